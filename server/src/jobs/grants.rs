//! Ending grants and holding them against the clusters, with figures of what should not be.

use domain::{Console, Problem, grants::Scan};

const OVERDUE: &str = "sekisho_grants_overdue";
const DIFFERENCES: &str = "sekisho_grant_differences_total";

/// Says what it means.
pub fn describe() {
    metrics::describe_gauge!(
        OVERDUE,
        "Temporary roles that are to end and that a cluster may hold still"
    );
    metrics::describe_counter!(
        DIFFERENCES,
        "How often a cluster held something else than was signed, or what no grant explains"
    );
}

/// Takes away what is to end, and shows how much stays.
#[expect(clippy::cast_precision_loss, reason = "a figure for a graph")]
pub(super) async fn end(console: &Console) -> Result<usize, Problem> {
    // Before the walk, which a silent cluster may hold up.
    metrics::gauge!(OVERDUE).set(console.grants_overdue().await? as f64);
    console.end_grants().await
}

/// Brings clusters and grants to agree, and counts how often they did not.
pub(super) async fn reconcile(console: &Console, scan: Scan) -> Result<usize, Problem> {
    let differences = console.reconcile_grants(scan).await?;
    metrics::counter!(DIFFERENCES).increment(differences as u64);
    Ok(differences)
}
