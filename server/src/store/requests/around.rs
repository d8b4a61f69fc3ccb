//! What else is asked for and was done around a target.

use domain::{
    actions::{Around, Neighbour, Neighbours, Target},
    store::StoreError,
};

use super::list::record;
use crate::store::{
    connection::Reading,
    row::Row,
    statement::{Argument, statements},
};

statements! {
    OPEN[1] = "SELECT record FROM requests \
        WHERE target = $1 AND state IN ('pending', 'approved', 'executing') ORDER BY created_at, id LIMIT 20";
    LAST[1] = "SELECT record FROM requests \
        WHERE target = $1 AND acted_at IS NOT NULL ORDER BY acted_at DESC LIMIT 1";
    ACTED[2] = "SELECT COUNT(*) AS acted FROM requests WHERE tenant = $1 AND acted_at > $2";
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
    let Around { target, since } = around;
    let key = Argument::Text(Some(key(target)));
    let neighbour = |row: &Row| record(row).map(|request| Neighbour::from(&request));
    let open = OPEN.fetch(reading, [key.clone()]).await?;
    let last = LAST.first(reading, [key]).await?;
    let counted = [Argument::text(&target.tenant()), Argument::time(since)];
    let acted = ACTED.first(reading, counted).await?;
    let acted = acted.map(|row| row.integer("acted")).transpose()?.unwrap_or(0);
    Ok(Neighbours {
        open: open.iter().map(neighbour).collect::<Result<_, _>>()?,
        last: last.as_ref().map(neighbour).transpose()?,
        acted_on_tenant: u64::try_from(acted).unwrap_or(0),
    })
}
