//! What the policy names and no secret leads to: told before anything waits for it.

use domain::policy::Policy;

use super::Secrets;

/// Destinations of the policy have no secret, or one of another kind.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct MissingSecrets(Vec<String>);

impl MissingSecrets {
    /// Finds none of the policy's destinations without its secret.
    pub fn none(secrets: &Secrets, policy: &Policy) -> Result<(), Self> {
        let missing = policy.destinations.values().filter(|told| secrets.of(told).is_none());
        let lines = missing.map(|told| {
            let (name, kind, secret) = (&told.name, told.kind.as_str(), &told.secret);
            format!(
                "notifications.toml: {name} needs the {kind} secret {secret}, which --notification-secrets does not hold"
            )
        });
        let lines: Vec<_> = lines.collect();
        if lines.is_empty() { Ok(()) } else { Err(Self(lines)) }
    }
}
