//! Ending grants, and a figure of those that outlast their end.

use domain::{Console, Problem};

const OVERDUE: &str = "sekisho_grants_overdue";

/// Says what it means.
pub fn describe() {
    metrics::describe_gauge!(
        OVERDUE,
        "Temporary roles that are to end and that a cluster may hold still"
    );
}

/// Takes away what is to end, and shows how much stays.
#[expect(clippy::cast_precision_loss, reason = "a figure for a graph")]
pub(super) async fn end(console: &Console) -> Result<usize, Problem> {
    // Before the walk, which a silent cluster may hold up.
    metrics::gauge!(OVERDUE).set(console.grants_overdue().await? as f64);
    console.end_grants().await
}
