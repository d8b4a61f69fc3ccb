//! Rows by namespace and name.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
};

use domain::names::Namespace;

use super::shelf::{Difference, Place, Shelf};

type Rows<R> = HashMap<Namespace, BTreeMap<String, Arc<R>>>;

/// Rows of one kind. Its lock is held for one look or one change, never across a wait.
pub(super) struct Store<R> {
    rows: RwLock<Rows<R>>,
}

impl<R> Default for Store<R> {
    fn default() -> Self {
        Self { rows: RwLock::default() }
    }
}

impl<R> Store<R> {
    /// The rows of a namespace, by name.
    pub(super) fn of(&self, namespace: &Namespace) -> Vec<Arc<R>> {
        self.read()
            .get(namespace)
            .map(|rows| rows.values().map(Arc::clone).collect())
            .unwrap_or_default()
    }

    /// One row.
    pub(super) fn get(&self, namespace: &Namespace, name: &str) -> Option<Arc<R>> {
        self.read().get(namespace)?.get(name).map(Arc::clone)
    }

    /// Every row, in no order.
    pub(super) fn all(&self) -> Vec<Arc<R>> {
        self.read().values().flat_map(BTreeMap::values).map(Arc::clone).collect()
    }

    fn read(&self) -> RwLockReadGuard<'_, Rows<R>> {
        self.rows.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Rows<R>> {
        self.rows.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<R: PartialEq + Send + Sync + 'static> Shelf for Store<R> {
    type Row = R;

    fn replace(&self, rows: Vec<(Place, R)>) {
        let mut fresh = Rows::new();
        for (place, row) in rows {
            let of_namespace = fresh.entry(place.namespace).or_default();
            of_namespace.insert(place.name, Arc::new(row));
        }
        let old = std::mem::replace(&mut *self.write(), fresh);
        drop(old);
    }

    fn put(&self, place: Place, row: R) -> Difference {
        let row = Arc::new(row);
        let mut rows = self.write();
        let of_namespace = rows.entry(place.namespace).or_default();
        match of_namespace.insert(place.name, Arc::clone(&row)) {
            Some(before) if before == row => Difference::Same,
            _ => Difference::Changed,
        }
    }

    fn remove(&self, place: &Place, _last: Option<R>) -> Difference {
        let mut rows = self.write();
        let Some(of_namespace) = rows.get_mut(&place.namespace) else {
            return Difference::Same;
        };
        let removed = of_namespace.remove(&place.name);
        if of_namespace.is_empty() {
            rows.remove(&place.namespace);
        }
        removed.map_or(Difference::Same, |_| Difference::Changed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(namespace: &str, name: &str) -> Place {
        Place { namespace: namespace.parse().unwrap(), name: name.to_owned() }
    }

    fn rows(store: &Store<u32>, namespace: &str) -> Vec<u32> {
        let rows = store.of(&namespace.parse().unwrap());
        rows.iter().map(|row| **row).collect()
    }

    #[test]
    fn rows_are_read_by_namespace_in_order_of_name() {
        let store = Store::default();
        store.put(place("b", "x"), 3);
        store.put(place("a", "y"), 2);
        store.put(place("a", "x"), 1);
        assert_eq!(rows(&store, "a"), [1, 2]);
        assert_eq!(store.all().len(), 3);
        assert_eq!(store.get(&"b".parse().unwrap(), "x").as_deref(), Some(&3));
    }

    #[test]
    fn only_what_differs_is_a_change() {
        let store = Store::default();
        assert_eq!(store.put(place("a", "x"), 1), Difference::Changed);
        assert_eq!(store.put(place("a", "x"), 1), Difference::Same);
        assert_eq!(store.put(place("a", "x"), 2), Difference::Changed);
        assert_eq!(store.remove(&place("a", "x"), None), Difference::Changed);
        assert_eq!(store.remove(&place("a", "x"), None), Difference::Same);
    }

    #[test]
    fn replacing_forgets_what_is_not_listed() {
        let store = Store::default();
        store.put(place("a", "x"), 1);
        store.replace(vec![(place("b", "y"), 2)]);
        assert_eq!((rows(&store, "a"), rows(&store, "b")), (vec![], vec![2]));
    }
}
