//! One row of the audit log and its canonical leaf bytes.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{
    actions::ActionKind,
    canonical::{NotCanonical, canonical_json},
    ids::{GrantId, RequestId},
    names::Login,
    tenants::TenantName,
    time::Timestamp,
};

/// What is to be written down; the store gives it its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryDraft {
    /// When it happened.
    pub at: Timestamp,
    /// Who did it; absent where nobody known did.
    pub actor: Option<Login>,
    /// What was done.
    pub action: EntryAction,
    /// How it stands with it.
    pub outcome: EntryOutcome,
    /// The tenant it reaches.
    pub tenant: Option<TenantName>,
    /// The request it belongs to.
    pub request: Option<RequestId>,
    /// The grant it belongs to.
    pub grant: Option<GrantId>,
    /// What else belongs to the evidence; holds no floats and no secrets.
    pub detail: Map<String, Value>,
}

/// One row of the audit log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its place in the log, counted from 0 without gaps.
    #[serde(rename = "id")]
    pub sequence: u64,
    /// When it happened.
    pub at: Timestamp,
    /// Who did it.
    pub actor: Option<Login>,
    /// What was done.
    pub action: EntryAction,
    /// How it stands with it.
    pub outcome: EntryOutcome,
    /// The tenant it reaches.
    pub tenant: Option<TenantName>,
    /// The request it belongs to.
    pub request: Option<RequestId>,
    /// The grant it belongs to; left out where it belongs to none, as in every leaf from before there were any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grant: Option<GrantId>,
    /// What else belongs to the evidence.
    pub detail: Map<String, Value>,
}

impl EntryDraft {
    /// A draft without tenant, request or detail.
    #[must_use]
    pub fn new(
        at: Timestamp,
        actor: Option<Login>,
        action: EntryAction,
        outcome: EntryOutcome,
    ) -> Self {
        let detail = Map::new();
        Self { at, actor, action, outcome, tenant: None, request: None, grant: None, detail }
    }

    /// The same with one more piece of evidence.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.detail.insert(name.to_owned(), value.into());
        self
    }

    /// The same with one more piece of structured evidence.
    ///
    /// # Panics
    /// Never for types of this crate: all of them are JSON.
    #[must_use]
    pub fn with_json<T: Serialize>(self, name: &str, value: &T) -> Self {
        self.with(name, serde_json::to_value(value).expect("evidence is JSON"))
    }

    /// The entry at its place.
    #[must_use]
    pub fn at_sequence(self, sequence: u64) -> Entry {
        let Self { at, actor, action, outcome, tenant, request, grant, detail } = self;
        Entry { sequence, at, actor, action, outcome, tenant, request, grant, detail }
    }
}

impl Entry {
    /// The canonical bytes that are its leaf in the Merkle tree: RFC 8785 JSON, marked `sekisho/entry/v1`.
    pub fn leaf_bytes(&self) -> Result<Vec<u8>, NotCanonical> {
        #[derive(Serialize)]
        struct Versioned<'a> {
            r#type: &'static str,
            #[serde(flatten)]
            entry: &'a Entry,
        }
        canonical_json(&Versioned { r#type: "sekisho/entry/v1", entry: self })
    }
}

macro_rules! codes {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $code:literal,)* } $(or $wrapped:ident($inner:ty))?) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub enum $name {
            $($(#[$doc])* $variant,)*
            $(
                /// An emergency action.
                $wrapped($inner),
            )?
        }

        impl $name {
            /// Its code: in the API, the log and the database.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)*
                    $(Self::$wrapped(inner) => <$inner>::as_str(inner),)?
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = UnknownCode;

            fn from_str(text: &str) -> Result<Self, UnknownCode> {
                match text {
                    $($code => Ok(Self::$variant),)*
                    $(other if other.parse::<$inner>().is_ok() => {
                        other.parse().map(Self::$wrapped).map_err(|_| UnknownCode(other.to_owned()))
                    })?
                    other => Err(UnknownCode(other.chars().take(80).collect())),
                }
            }
        }

        impl TryFrom<String> for $name {
            type Error = UnknownCode;

            fn try_from(text: String) -> Result<Self, UnknownCode> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(code: $name) -> Self {
                code.as_str().to_owned()
            }
        }
    };
}

/// No such code exists.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no code {0:?}")]
pub struct UnknownCode(pub String);

codes! {
    /// What an entry tells of.
    EntryAction {
        /// A session began, or a known credential failed to begin one.
        SignIn = "sign-in",
        /// A session ended by its owner's wish.
        SignOut = "sign-out",
        /// Sessions were ended by revocation.
        RevokeSession = "revoke-session",
        /// A first passkey was enrolled by link.
        Enrol = "enrol",
        /// A further passkey was added.
        AddPasskey = "add-passkey",
        /// A passkey was removed.
        RemovePasskey = "remove-passkey",
        /// A one-time link was made.
        Invite = "invite",
        /// A person was locked.
        Lock = "lock",
        /// A person was unlocked.
        Unlock = "unlock",
        /// Failed ceremonies of nobody known, counted over a window.
        AnonymousFailures = "anonymous-failures",
        /// Another policy came into force.
        Policy = "policy",
        /// A notification was given up, or is to be attempted again.
        Notify = "notify",
        /// A role was asked for, given or taken away.
        Grant = "grant",
        /// A credential for a role was made.
        Token = "token",
        /// An emergency was declared, or its session opened or closed.
        BreakGlass = "break-glass",
        /// A break-glass session was accounted for, or judged.
        Review = "review",
        /// Somebody who lost every passkey is to be let in again, or was.
        Recovery = "recovery",
    } or Action(ActionKind)
}

codes! {
    /// How it stands with what an entry tells of.
    EntryOutcome {
        /// A request was made.
        Requested = "requested",
        /// A request was approved.
        Approved = "approved",
        /// A request was denied by an approver.
        Denied = "denied",
        /// A request was withdrawn.
        Withdrawn = "withdrawn",
        /// A request ran out of time.
        Expired = "expired",
        /// A request became void by drift.
        Void = "void",
        /// The word was given: the effect may follow.
        Intended = "intended",
        /// The cluster was heard to accept the effect.
        Accepted = "accepted",
        /// The word was given for some of its pods.
        WaveIntended = "wave_intended",
        /// What the cluster said of these was written down.
        WaveAnswered = "wave_answered",
        /// Somebody has it go no further.
        Stopped = "stopped",
        /// A session was opened by nobody's word but its holder's own.
        Opened = "opened",
        /// A session closed: its review is due.
        Due = "due",
        /// Somebody is asked to judge it.
        Assigned = "assigned",
        /// Whoever owes something was reminded.
        Reminded = "reminded",
        /// It is late, and security was told.
        Escalated = "escalated",
        /// Somebody told what they found and did.
        Accounted = "accounted",
        /// Somebody signed their verdict.
        Judged = "judged",
        /// The link was made by which somebody comes in again.
        Linked = "linked",
        /// Somebody came in again, with a new passkey and no other.
        Enrolled = "enrolled",
        /// The cluster holds what was given.
        Given = "given",
        /// The word was given that it ends.
        Ending = "ending",
        /// The cluster holds nothing of it any more.
        Ended = "ended",
        /// Something stands in a cluster that nothing here explains.
        Unexplained = "unexplained",
        /// That was taken away.
        Removed = "removed",
        /// It came about.
        Succeeded = "succeeded",
        /// It did not.
        Failed = "failed",
        /// Nobody saw how it ended.
        Unknown = "unknown",
        /// Rules or checks refused it.
        Refused = "refused",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actions::catalogue::RestartPod;

    fn draft() -> EntryDraft {
        let at = Timestamp::from_micros(1_767_225_600_000_000);
        EntryDraft::new(
            at,
            Some("on-call".parse().unwrap()),
            EntryAction::Action(ActionKind::of(&RestartPod)),
            EntryOutcome::Intended,
        )
        .with("deadline", "soon")
    }

    #[test]
    fn leaf_bytes_are_golden() {
        let leaf = String::from_utf8(draft().at_sequence(7).leaf_bytes().unwrap()).unwrap();
        assert_eq!(
            leaf,
            "{\"action\":\"restart-pod\",\"actor\":\"on-call\",\"at\":\"2026-01-01T00:00:00.000000Z\",\
             \"detail\":{\"deadline\":\"soon\"},\"id\":7,\"outcome\":\"intended\",\"request\":null,\
             \"tenant\":null,\"type\":\"sekisho/entry/v1\"}"
        );
    }

    #[test]
    fn an_entry_is_read_back_from_its_leaf() {
        let entry = draft().at_sequence(7);
        let again: Entry = serde_json::from_slice(&entry.leaf_bytes().unwrap()).unwrap();
        assert_eq!(again, entry);
    }

    #[test]
    fn unknown_codes_are_refused() {
        assert!("made-up".parse::<EntryAction>().is_err());
        assert!("".parse::<EntryOutcome>().is_err());
    }
}
