//! Appending an entry at the head of the log, inside the transaction of the change that it tells of.

use domain::{
    audit::{Entry, EntryDraft},
    store::StoreError,
};

use crate::store::{
    connection::Recording,
    statement::{Argument, statements},
};

statements! {
    /// A trigger moves the head along.
    APPEND[9] = "INSERT INTO entries \
        (sequence, occurred_at, actor, action, outcome, tenant, request, grant_id, leaf) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
}

impl Recording {
    /// Writes an entry; it stands once the transaction is committed.
    pub(in crate::store) async fn append(
        &mut self,
        draft: EntryDraft,
    ) -> Result<Entry, StoreError> {
        let sequence = u64::try_from(self.next)
            .map_err(|_| StoreError::Corrupt("the head of the log is below zero".to_owned()))?;
        let entry = draft.at_sequence(sequence);
        let leaf =
            entry.leaf_bytes().map_err(|error| StoreError::Corrupt(format!("entry: {error}")))?;
        let arguments = [
            Argument::Integer(Some(self.next)),
            Argument::time(entry.at),
            Argument::optional(entry.actor.as_ref()),
            Argument::text(&entry.action),
            Argument::text(&entry.outcome),
            Argument::optional(entry.tenant.as_ref()),
            Argument::optional(entry.request.as_ref()),
            Argument::optional(entry.grant.as_ref()),
            Argument::Bytes(leaf),
        ];
        APPEND.execute(self, arguments).await?;
        self.next += 1;
        Ok(entry)
    }
}
