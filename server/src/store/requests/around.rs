//! What else is asked for and was done around a target.

use domain::{
    actions::{Around, Limits, Neighbour, Neighbours, Target},
    store::StoreError,
    time::Timestamp,
};

use super::list::record;
use crate::store::{
    connection::{Reading, Recording},
    row::Row,
    statement::{Argument, Connected, statements},
};

statements! {
    OPEN[1] = "SELECT record FROM requests \
        WHERE target = $1 AND state IN ('pending', 'approved', 'executing') ORDER BY created_at, id LIMIT 20";
    NEARBY[1] = "SELECT record FROM requests \
        WHERE tenant = $1 AND state IN ('pending', 'approved', 'executing') \
        ORDER BY CASE state WHEN 'executing' THEN 0 ELSE 1 END, created_at, id LIMIT 200";
    LAST[1] = "SELECT record FROM requests \
        WHERE target = $1 AND acted_at IS NOT NULL ORDER BY acted_at DESC LIMIT 1";
    TOUCHED[2] = "SELECT id FROM requests WHERE target = $1 AND acted_at > $2 LIMIT 1";
    ACTED[2] = "SELECT COUNT(*) AS acted FROM requests WHERE tenant = $1 AND acted_at > $2";
}

/// The most requests on the same workload that are told of: a preview is kept with each request and signature.
const MOST_NEAR: usize = 10;

/// Whether an execution would keep within its limits, judged where no other can come between.
pub(super) async fn keeps_within(
    recording: &mut Recording,
    limits: Limits,
    target: &Target,
) -> Result<bool, StoreError> {
    if let Some((most, since)) = limits.rate
        && acted(recording, target, since).await? >= u64::from(most)
    {
        return Ok(false);
    }
    let Some(since) = limits.untouched_since else { return Ok(true) };
    let touched = [Argument::Text(Some(key(target))), Argument::time(since)];
    Ok(TOUCHED.first(recording, touched).await?.is_none())
}

/// How often the tenant of a target was acted on after that moment.
async fn acted(
    connection: &mut impl Connected,
    target: &Target,
    since: Timestamp,
) -> Result<u64, StoreError> {
    let counted = [Argument::text(&target.tenant()), Argument::time(since)];
    let acted = ACTED.first(connection, counted).await?;
    let acted = acted.map(|row| row.integer("acted")).transpose()?.unwrap_or(0);
    Ok(u64::try_from(acted).unwrap_or(0))
}

/// By what a target is told from every other, whatever the configuration calls its cluster.
pub(super) fn key(target: &Target) -> String {
    format!("{}/{}", target.cluster_uid.0, target.uid)
}

/// What else is asked for and was done there.
pub(super) async fn around(
    reading: &mut Reading,
    around: Around<'_>,
) -> Result<Neighbours, StoreError> {
    let Around { target, workload, since } = around;
    let key = Argument::Text(Some(key(target)));
    let neighbour = |row: &Row| record(row).map(|request| Neighbour::from(&request));
    let open = OPEN.fetch(reading, [key.clone()]).await?;
    let mut open = open.iter().map(neighbour).collect::<Result<Vec<_>, _>>()?;
    if workload.is_some() {
        let in_tenant = NEARBY.fetch(reading, [Argument::text(&target.tenant())]).await?;
        let in_tenant = in_tenant.iter().map(record).collect::<Result<Vec<_>, _>>()?;
        let near = in_tenant.iter().filter(|it| around.is_near(it));
        open.extend(near.take(MOST_NEAR).map(Neighbour::from));
    }
    let last = LAST.first(reading, [key]).await?;
    let acted = acted(reading, target, since).await?;
    Ok(Neighbours { open, last: last.as_ref().map(neighbour).transpose()?, acted_on_tenant: acted })
}
