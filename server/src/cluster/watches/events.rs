//! Events by the object they are about, within bounds: a noisy object or cluster costs no more memory.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use domain::{names::Namespace, resources::EventRow};

use super::shelf::{Difference, Place, Shelf};

/// Events kept of one object.
const PER_OBJECT: usize = 50;
/// Events kept of a cluster; when there are more, the oldest tenth goes.
const OVERALL: usize = 20_000;

/// The events of a cluster.
#[derive(Default)]
pub(super) struct Events {
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    by_object: HashMap<(Namespace, String), BTreeMap<String, Arc<EventRow>>>,
    total: usize,
}

impl Events {
    /// The events about one object, newest first.
    pub(super) fn about(&self, namespace: &Namespace, uid: &str) -> Vec<Arc<EventRow>> {
        let key = (namespace.clone(), uid.to_owned());
        let mut events: Vec<_> = self
            .lock()
            .by_object
            .get(&key)
            .map(|events| events.values().map(Arc::clone).collect())
            .unwrap_or_default();
        events.sort_by_key(|event| Reverse(event.last_at));
        events
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn put(&mut self, name: String, row: EventRow) -> Difference {
        let Some(uid) = row.about_uid.clone() else {
            return Difference::Same;
        };
        let events = self.by_object.entry((row.namespace.clone(), uid)).or_default();
        if events.insert(name, Arc::new(row)).is_none() {
            self.total += 1;
        }
        if events.len() > PER_OBJECT {
            let oldest = events.iter().min_by_key(|(_, event)| event.last_at);
            if let Some(name) = oldest.map(|(name, _)| name.clone()) {
                events.remove(&name);
                self.total -= 1;
            }
        }
        if self.total > OVERALL {
            self.forget_oldest();
        }
        Difference::Changed
    }

    fn forget_oldest(&mut self) {
        let events = self.by_object.values().flat_map(BTreeMap::values);
        let mut times: Vec<_> = events.map(|event| event.last_at).collect();
        let (_, cut, _) = times.select_nth_unstable(OVERALL / 10);
        let cut = *cut;
        for events in self.by_object.values_mut() {
            events.retain(|_, event| event.last_at > cut);
        }
        self.by_object.retain(|_, events| !events.is_empty());
        self.total = self.by_object.values().map(BTreeMap::len).sum();
    }
}

impl Shelf for Events {
    type Row = EventRow;

    fn replace(&self, rows: Vec<(Place, EventRow)>) {
        let mut fresh = Kept::default();
        for (place, row) in rows {
            fresh.put(place.name, row);
        }
        *self.lock() = fresh;
    }

    fn put(&self, place: Place, row: EventRow) -> Difference {
        self.lock().put(place.name, row)
    }

    /// The API server forgets events after an hour or so.
    fn remove(&self, place: &Place, last: Option<EventRow>) -> Difference {
        let Some((namespace, uid)) = last.and_then(|row| Some((row.namespace, row.about_uid?)))
        else {
            return Difference::Same;
        };
        let mut kept = self.lock();
        let key = (namespace, uid);
        let Some(events) = kept.by_object.get_mut(&key) else {
            return Difference::Same;
        };
        let removed = events.remove(&place.name).is_some();
        if events.is_empty() {
            kept.by_object.remove(&key);
        }
        if !removed {
            return Difference::Same;
        }
        kept.total -= 1;
        Difference::Changed
    }
}

#[cfg(test)]
mod tests {
    use domain::{resources::EventKind, time::Timestamp};

    use super::*;

    fn event(uid: &str, at: usize) -> EventRow {
        EventRow {
            namespace: "payouts".parse().unwrap(),
            about_kind: "Pod".into(),
            about_name: "api-1".into(),
            about_uid: Some(uid.into()),
            kind: EventKind::Normal,
            reason: "Pulled".into(),
            message: String::new(),
            count: 1,
            last_at: Timestamp::from_micros(i64::try_from(at).unwrap()),
        }
    }

    fn place(name: usize) -> Place {
        Place { namespace: "payouts".parse().unwrap(), name: format!("event-{name}") }
    }

    fn times(events: &Events, uid: &str) -> Vec<i64> {
        let about = events.about(&"payouts".parse().unwrap(), uid);
        about.iter().map(|event| event.last_at.as_micros()).collect()
    }

    #[test]
    fn the_newest_come_first_and_the_oldest_go() {
        let events = Events::default();
        for at in 0..60 {
            events.put(place(at), event("p", at));
        }
        let times = times(&events, "p");
        assert_eq!((times.len(), times[0], times[49]), (50, 59, 10));
    }

    #[test]
    fn an_event_that_ended_is_gone() {
        let events = Events::default();
        events.put(place(1), event("p", 1));
        events.put(place(2), event("p", 2));
        assert_eq!(events.remove(&place(1), Some(event("p", 1))), Difference::Changed);
        assert_eq!(events.remove(&place(1), Some(event("p", 1))), Difference::Same);
        assert_eq!(times(&events, "p"), [2]);
    }

    #[test]
    fn a_noisy_cluster_is_bounded() {
        let events = Events::default();
        for at in 0..=OVERALL {
            events.put(place(at), event(&format!("uid-{}", at / 10), at));
        }
        let total = events.lock().total;
        assert!(total <= OVERALL && total > OVERALL / 2, "{total}");
        assert!(times(&events, "uid-0").is_empty());
        assert_eq!(times(&events, &format!("uid-{}", OVERALL / 10)).len(), 1);
    }

    #[test]
    fn a_new_list_replaces_all() {
        let events = Events::default();
        events.put(place(1), event("p", 1));
        events.replace(vec![(place(2), event("q", 2))]);
        assert_eq!((times(&events, "p"), times(&events, "q")), (vec![], vec![2]));
    }
}
