//! Telling requests, on the server, as lists and pages show them.

use domain::actions::{
    ActionKind, EffectSeen, Follow, Outcome, Progress, RequestNow, RequestView, TargetKind, Verdict,
};
use serde_json::Value;

use super::{
    case::{Case, CaseView, Ending, How, RequestRow, Said, Watched, Way},
    words::{Speech, found, milestone, seen},
};
use crate::{
    messages::Phrases,
    tenants::{action_href, object_href},
};

/// A request, as a list shows it.
pub(crate) fn row(t: Phrases, view: RequestView) -> RequestRow {
    RequestRow {
        title: Speech::of(t, view.action).title(view.target.name.as_str()),
        kind: view.target.kind.to_string(),
        tenant: view.target.tenant(),
        id: view.id,
        state: view.state,
        requester: view.requester,
        reason: view.reason,
        created_at: view.created_at,
    }
}

/// A request, as its page shows it.
pub(super) fn case(t: Phrases, request: RequestNow, progress: Option<Progress>) -> Case {
    let RequestNow { view, now } = request;
    let watched = progress.map(|progress| watched(t, progress));
    Case { said: said(t, &view), view: shown(t, view), now, watched }
}

fn watched(t: Phrases, progress: Progress) -> Watched {
    let milestones = progress.milestones.iter().map(|it| (milestone(t, it.milestone), it.seen));
    Watched {
        milestones: milestones.collect(),
        pods: progress.pods.into_iter().map(|pod| (pod.name, pod.status)).collect(),
    }
}

fn shown(t: Phrases, view: RequestView) -> CaseView {
    CaseView {
        body: view.body(),
        ending: view.outcome.as_ref().map(|outcome| ending(t, view.action, outcome)),
        ordered_at: view.intent.map(|intent| intent.at),
        state: view.state,
        ends_at: view.ends_at,
        preview: view.preview,
        approvals_needed: view.approvals_needed,
        approvals: view.approvals,
        denial: view.denial,
        void: view.void,
        may: view.may,
        may_withdraw: view.may_withdraw,
        approvers: view.approvers,
    }
}

/// What the page of a request says beside it.
fn said(t: Phrases, view: &RequestView) -> Said {
    let speech = Speech::of(t, view.action);
    let name = view.target.name.as_str();
    let parameters = view.parameters.iter();
    Said {
        title: speech.title(name),
        execute: speech.execute(name),
        parameters: parameters.map(|(name, value)| (speech.label(name), plain(value))).collect(),
        kubectl: view.action.declaration().kubectl(&view.target.to_ref(), &view.parameters),
        made: made(view),
        way_back: way_back(t, view),
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn ending(t: Phrases, action: ActionKind, outcome: &Outcome) -> Ending {
    let (how, told) = match &outcome.verdict {
        Verdict::Succeeded { made, .. } => {
            (How::Well, seen(t, action.declaration().follow(), made.as_deref()))
        }
        Verdict::Failed { effect: EffectSeen::None, reason } => {
            (How::NothingDone, found(t, reason))
        }
        Verdict::Failed { effect: EffectSeen::TookPlace, reason } => (How::Badly, found(t, reason)),
        Verdict::Unknown { reason } => (How::Unseen, found(t, reason)),
    };
    Ending { at: outcome.at, how, told }
}

fn made(view: &RequestView) -> Option<Way> {
    let Verdict::Succeeded { made: Some(made), .. } = &view.outcome.as_ref()?.verdict else {
        return None;
    };
    let kind = match view.action.declaration().follow() {
        Follow::Start => TargetKind::Job,
        _ => TargetKind::Pod,
    };
    let href = object_href(&view.target.tenant(), kind, &made.parse().ok()?);
    Some(Way { title: made.clone(), href })
}

fn way_back(t: Phrases, view: &RequestView) -> Option<Way> {
    if let Verdict::Failed { effect: EffectSeen::None, .. } = view.outcome.as_ref()?.verdict {
        // Nothing was changed: there is nothing to come back from.
        return None;
    }
    let back: ActionKind = view.action.declaration().way_back()?.parse().ok()?;
    let title = Speech::of(t, back).title(view.target.name.as_str());
    Some(Way { title, href: action_href(&view.target.to_ref(), back.as_str()) })
}
