//! Requests as lists and pages show them, in the reader's language.

use domain::{
    Problem,
    actions::{DecisionView, Now, PreviewReport, RequestBody, StateName, VoidReason},
    approvals::Decision,
    ids::RequestId,
    names::Login,
    policy::ApproverGroup,
    resources::Freshness,
    tenants::TenantName,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// A request, as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RequestRow {
    pub(super) id: RequestId,
    /// What is asked for, of what.
    pub(super) title: String,
    pub(super) kind: String,
    pub(super) tenant: TenantName,
    pub(super) state: StateName,
    pub(super) requester: Login,
    pub(super) reason: String,
    pub(super) created_at: Timestamp,
}

/// A request as one person sees it now, what it would do now, and what the page says beside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Case {
    pub(super) view: CaseView,
    pub(super) now: Option<Outlook>,
    pub(super) said: Said,
    /// How far it has come, while it is under way.
    pub(super) watched: Option<Watched>,
    /// The last lines of what fails, for as long as it is there.
    pub(super) last_lines: Option<LastLines>,
}

/// What a request would do now. A preview is read from the page as it comes: told apart by a tag inside of it, it would
/// be read a second way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Outlook {
    /// This.
    Preview(Box<PreviewReport>),
    /// Nothing: its target is no longer what was asked about.
    Drifted(VoidReason),
    /// It cannot be said.
    Unavailable(Problem),
}

impl From<Now> for Outlook {
    fn from(now: Now) -> Self {
        match now {
            Now::Preview(preview) => Self::Preview(preview),
            Now::Drifted { reason } => Self::Drifted(reason),
            Now::Unavailable { problem } => Self::Unavailable(problem),
        }
    }
}

/// A request, as its page shows it. How it ended is told in words already: the codes would weigh more than the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct CaseView {
    /// What signatures commit to; its digest is computed from it wherever it is shown.
    pub(super) body: RequestBody,
    pub(super) state: StateName,
    /// When it ends by itself; absent once it cannot.
    pub(super) ends_at: Option<Timestamp>,
    /// When it ended, once it did.
    pub(super) ended_at: Option<Timestamp>,
    /// What its requester saw.
    pub(super) preview: PreviewReport,
    pub(super) approvals_needed: u32,
    pub(super) approvals: Vec<DecisionView>,
    pub(super) denial: Option<DecisionView>,
    pub(super) void: Option<VoidReason>,
    /// When the word was given, once it was.
    pub(super) ordered_at: Option<Timestamp>,
    /// Until when its outcome is watched for, once the word was given.
    pub(super) settle_by: Option<Timestamp>,
    pub(super) ending: Option<Ending>,
    /// What this person may decide about it now.
    pub(super) may: Vec<Decision>,
    pub(super) may_withdraw: bool,
    /// Groups of each of which somebody must still approve.
    pub(super) approvals_missing_from: Vec<ApproverGroup>,
    /// Who may approve it, while it waits for approvals.
    pub(super) approvers: Vec<Login>,
}

/// How far a request has come that is being carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Watched {
    /// How old what is seen may be; absent where the person may no longer look.
    pub(super) freshness: Option<Freshness>,
    /// What is seen on its way: what it is called, and whether it is behind.
    pub(super) milestones: Vec<(String, bool)>,
    /// The new pods, the troubled first, and how each fares; then what the cluster warns of, and why.
    pub(super) seen: Vec<(String, String)>,
}

/// The last lines of a container that fails.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct LastLines {
    /// Whose they are.
    pub(super) title: String,
    /// The lines, or why there are none.
    pub(super) told: Result<String, String>,
}

/// How a request ended that was carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Ending {
    pub(super) at: Timestamp,
    pub(super) how: How,
    /// What was seen or found of it.
    pub(super) told: String,
    /// How many pods went, where they go in waves.
    pub(super) evicted: Option<String>,
}

/// How a request ended that was carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum How {
    /// What was wanted came about.
    Well,
    /// Nothing was changed.
    NothingDone,
    /// It was carried out, and what should follow did not.
    Badly,
    /// Nobody saw how.
    Unseen,
}

/// What the page of a request says beside the request itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Said {
    /// What is asked for, of what.
    pub(super) title: String,
    /// The button that carries it out.
    pub(super) execute: String,
    /// The button that takes it back or ends what is under way, and what that does.
    pub(super) take_back: (String, String),
    /// What the requester said: what it is called, and what it is.
    pub(super) parameters: Vec<(String, String)>,
    /// The same as a command.
    pub(super) kubectl: String,
    /// What came of it: its name and its page.
    pub(super) made: Option<Way>,
    /// The way back, once something may have been done.
    pub(super) way_back: Option<Way>,
    /// The way to ask once more for what was not done.
    pub(super) again: Option<Way>,
}

/// A way to another page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Way {
    /// What it is called.
    pub(super) title: String,
    /// Where it leads.
    pub(super) href: String,
}
