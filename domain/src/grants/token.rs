//! A credential for a role that is held: a token of the grant's account, as a kubeconfig, shown once.

use std::{sync::Arc, time::Duration};

use serde::{Deserialize, Serialize};

use super::{Grant, GrantState, Held};
use crate::{
    access::Actor,
    audit::{Entry, EntryAction, EntryDraft, EntryOutcome},
    canonical::Digest,
    console::Console,
    ids::GrantId,
    names::Namespace,
    problem::{Problem, ProblemCode},
    resources::{Cluster, ClusterError},
    time::Timestamp,
};

/// The shortest time for which a cluster makes a token (Kubernetes' own bound).
pub const SHORTEST_TOKEN: Duration = Duration::from_mins(10);

/// A kubeconfig, shown once and kept nowhere.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kubeconfig {
    /// The file.
    pub kubeconfig: String,
    /// When its token ends; it ends before where the role does.
    pub expires_at: Timestamp,
}

/// A token that a cluster made.
#[derive(Clone, PartialEq, Eq)]
pub struct ClusterToken {
    /// The token.
    pub secret: String,
    /// When it ends by itself.
    pub expires_at: Timestamp,
    /// Where the cluster is reached.
    pub server: String,
    /// What its certificate is checked against, as PEM; absent where the usual authorities are enough.
    pub authority: Option<String>,
}

/// Proof that the word to make a token stands in the audit log. Consumed by making it.
#[derive(Debug)]
#[must_use = "a word that is not kept allows nothing"]
pub struct CommittedToken {
    account: String,
    account_uid: String,
    lasts: Duration,
    sequence: u64,
}

impl CommittedToken {
    fn committed(grant: &Grant, held: &Held, lasts: Duration, entry: &Entry) -> Self {
        let (account, account_uid) = (grant.account_name(), held.account_uid.clone());
        Self { account, account_uid, lasts, sequence: entry.sequence }
    }

    /// The account that it is for.
    #[must_use]
    pub fn account(&self) -> &str {
        &self.account
    }

    /// What tells that account from another of its name.
    #[must_use]
    pub fn account_uid(&self) -> &str {
        &self.account_uid
    }

    /// How long it lasts.
    #[must_use]
    pub fn lasts(&self) -> Duration {
        self.lasts
    }

    /// Its place in the audit log.
    #[must_use]
    pub fn sequence(&self) -> u64 {
        self.sequence
    }
}

impl Console {
    /// Makes a token for a role that the person holds, for as long as they hold it. It is shown now and never again.
    pub async fn kubeconfig(&self, actor: &Actor, id: GrantId) -> Result<Kubeconfig, Problem> {
        let grant = self.visible_grant(actor, id).await?;
        let (tenant, role) = (grant.body.tenant.name(), grant.body.role.name.clone());
        let action = grant.entry_action();
        let made = self.try_kubeconfig(actor, grant).await;
        self.note_grant_refusal(actor, action, &tenant, &role, Some(id), made).await
    }

    async fn try_kubeconfig(&self, actor: &Actor, grant: Grant) -> Result<Kubeconfig, Problem> {
        if grant.body.holder != *actor.login() {
            return Err(ProblemCode::NotRequester.into());
        }
        let GrantState::Active(hold) = &grant.state else {
            return Err(Problem::from(ProblemCode::WrongState).with("state", grant.state.name()));
        };
        if grant.is_drill() {
            return Err(ProblemCode::Drill.into());
        }
        let left = hold.activation.until.since(self.now());
        if left < SHORTEST_TOKEN {
            return Err(Problem::from(ProblemCode::TooShortForToken)
                .with("left_seconds", left.as_secs())
                .with("shortest_seconds", SHORTEST_TOKEN.as_secs()));
        }
        let cluster = self.ports.clusters.cluster(&grant.body.tenant.cluster);
        let cluster = cluster.ok_or(ProblemCode::ClusterUnavailable)?;
        let entry = token_entry(&grant, self.now(), actor, EntryOutcome::Intended)
            .with("seconds", left.as_secs());
        let entry = self.ports.entries.append(entry).await?;
        let word = CommittedToken::committed(&grant, &hold.held, left, &entry);
        self.make_token(actor, &grant, &cluster, word).await
    }

    async fn make_token(
        &self,
        actor: &Actor,
        grant: &Grant,
        cluster: &Arc<dyn Cluster>,
        word: CommittedToken,
    ) -> Result<Kubeconfig, Problem> {
        let made = cluster.grants().token(word).await;
        let entry = |outcome| token_entry(grant, self.now(), actor, outcome);
        let entry = match &made {
            Ok(token) => entry(EntryOutcome::Succeeded)
                .with("expires_at", token.expires_at.to_string())
                .with("token_sha256", Digest::of(token.secret.as_bytes()).to_string()),
            Err(error @ (ClusterError::Refused { .. } | ClusterError::NotFound)) => {
                entry(EntryOutcome::Failed).with("reason", error.to_string())
            }
            Err(error) => entry(EntryOutcome::Unknown).with("reason", error.to_string()),
        };
        // Whoever is told of a token is in the log with it, or is not told.
        self.ports.entries.append(entry).await?;
        let token = made.map_err(|error| match error {
            // Its account is gone, or a namesake stands there: reconciling ends the grant.
            ClusterError::NotFound => ProblemCode::TargetDrifted.into(),
            error => Problem::from(error),
        })?;
        Ok(Kubeconfig { expires_at: token.expires_at, kubeconfig: kubeconfig(grant, &token)? })
    }
}

fn token_entry(grant: &Grant, at: Timestamp, actor: &Actor, outcome: EntryOutcome) -> EntryDraft {
    EntryDraft { action: EntryAction::Token, ..grant.entry(at, actor.login(), outcome) }
}

/// The file, as `kubectl` reads it: JSON is YAML.
fn kubeconfig(grant: &Grant, token: &ClusterToken) -> Result<String, Problem> {
    #[derive(Serialize)]
    struct Context<'a> {
        cluster: &'a str,
        namespace: &'a Namespace,
        user: &'a str,
    }
    let cluster = grant.body.tenant.cluster.as_str();
    let account = grant.account_name();
    let mut reached = serde_json::json!({ "server": token.server });
    if let Some(authority) = &token.authority {
        use base64::{Engine, engine::general_purpose::STANDARD};
        reached["certificate-authority-data"] = STANDARD.encode(authority).into();
    }
    let context =
        Context { cluster, namespace: &grant.body.tenant.namespace, user: account.as_str() };
    let file = serde_json::json!({
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{ "name": cluster, "cluster": reached }],
        "users": [{ "name": account, "user": { "token": token.secret } }],
        "contexts": [{ "name": "sekisho", "context": context }],
        "current-context": "sekisho",
    });
    serde_json::to_string_pretty(&file).map_err(|_| ProblemCode::Internal.into())
}
