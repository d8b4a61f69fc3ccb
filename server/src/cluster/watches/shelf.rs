//! Where a watch puts its rows.

use domain::names::Namespace;

/// Where an object stands: a namespace in itself, a node in the platform's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) namespace: Namespace,
    pub(super) name: String,
}

/// Whether something that a page shows has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Difference {
    /// Nothing that a row keeps.
    Same,
    /// Something.
    Changed,
}

/// Rows of one kind, written by one watch and read by many.
pub(super) trait Shelf: Send + Sync + 'static {
    /// What it holds.
    type Row: Send + 'static;

    /// Puts these rows in place of all others.
    fn replace(&self, rows: Vec<(Place, Self::Row)>);

    /// Puts one row.
    fn put(&self, place: Place, row: Self::Row) -> Difference;

    /// Takes one row away; `last` is what was known of it at the end.
    fn remove(&self, place: &Place, last: Option<Self::Row>) -> Difference;
}
