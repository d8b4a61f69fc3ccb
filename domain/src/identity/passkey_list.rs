//! A person's own passkeys, as they see them.

use serde::{Deserialize, Serialize};

use super::{CredentialId, Passkey, PasskeyLabel};
use crate::{access::Actor, console::Console, problem::Problem, time::Timestamp};

/// What a list tells of a passkey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasskeyRow {
    /// Its credential id.
    pub id: CredentialId,
    /// What its owner calls it.
    pub label: PasskeyLabel,
    /// When it was enrolled.
    pub created_at: Timestamp,
    /// When it was last used.
    pub used_at: Option<Timestamp>,
}

impl From<Passkey> for PasskeyRow {
    fn from(passkey: Passkey) -> Self {
        Self {
            id: passkey.id,
            label: passkey.label,
            created_at: passkey.created_at,
            used_at: passkey.used_at,
        }
    }
}

impl Console {
    /// The person's passkeys, oldest first.
    pub async fn own_passkeys(&self, actor: &Actor) -> Result<Vec<PasskeyRow>, Problem> {
        let passkeys = self.ports.identity.passkeys(actor.login()).await?;
        Ok(passkeys.into_iter().map(PasskeyRow::from).collect())
    }
}
