//! The one policy in force, the same for every replica.

use async_trait::async_trait;
use domain::{
    audit::{Entry, EntryDraft},
    policy::{PolicyDigest, PolicyStore, PutInForceError},
    store::StoreError,
};

use super::{
    Store,
    statement::{Argument, Connected, statements},
};

statements! {
    IN_FORCE[0] = "SELECT digest FROM policy WHERE id = 0";
    PUT_FIRST[1] = "INSERT INTO policy (id, digest) VALUES (0, $1) ON CONFLICT (id) DO NOTHING";
    PUT_NEXT[2] = "UPDATE policy SET digest = $1 WHERE id = 0 AND digest = $2";
}

#[async_trait]
impl PolicyStore for Store {
    async fn current(&self) -> Result<Option<PolicyDigest>, StoreError> {
        in_force(&mut self.read().await?).await
    }

    async fn put_in_force(
        &self,
        digest: PolicyDigest,
        expected: Option<PolicyDigest>,
        entry: EntryDraft,
    ) -> Result<Entry, PutInForceError> {
        let mut recording = self.record().await?;
        let digest = Argument::text(&digest.0);
        let put = match expected {
            None => PUT_FIRST.execute(&mut recording, [digest]).await?,
            Some(expected) => {
                PUT_NEXT.execute(&mut recording, [digest, Argument::text(&expected.0)]).await?
            }
        };
        if put == 0 {
            return Err(PutInForceError::Moved(in_force(&mut recording).await?));
        }
        let entry = recording.append(entry).await?;
        recording.commit().await?;
        Ok(entry)
    }
}

/// The policy in force; none before the first.
pub(super) async fn in_force(on: &mut impl Connected) -> Result<Option<PolicyDigest>, StoreError> {
    let row = IN_FORCE.first(on, []).await?;
    row.map(|row| row.parsed("digest").map(PolicyDigest)).transpose()
}
