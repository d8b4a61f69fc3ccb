//! Telling requests, on the server, as lists and pages show them.

use domain::{
    actions::{
        self, EffectSeen, Finding, Follow, Outcome, Progress, RequestNow, RequestView, StateName,
        TargetKind, Verdict, WayOn,
    },
    resources::EventKind,
};
use leptos_router::params::ParamsMap;
use serde_json::Value;

use super::{
    case::{Case, CaseView, Ending, How, LastLines, Outlook, RequestRow, Said, Watched, Way},
    words::{Speech, evicted, found, lines_of, lines_told, milestone, seen, take_back, waves},
};
use crate::{
    messages::Phrases,
    tenants::{action_href, object_href},
};

/// The most warnings that a page shows.
const MOST_WARNINGS: usize = 5;

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
    let said = said(t, &view);
    let now = now.map(Outlook::from);
    let is_under_way = view.state == StateName::Executing;
    let view = shown(t, view);
    let Some(progress) = progress else {
        return Case { view, now, said, watched: None, last_lines: None };
    };
    let last_lines = progress.last_lines.as_ref().map(|lines| last_lines(t, lines));
    let watched = is_under_way.then(|| watched(t, progress));
    Case { view, now, said, watched, last_lines }
}

fn last_lines(t: Phrases, lines: &actions::LastLines) -> LastLines {
    LastLines { title: lines_of(t, lines), told: lines_told(t, &lines.told) }
}

fn watched(t: Phrases, progress: Progress) -> Watched {
    let milestones = progress.milestones.iter().map(|it| (milestone(t, it.milestone), it.seen));
    let waves = progress.waves.map(|seen| waves(t, &seen)).unwrap_or_default();
    let pods = progress.pods.into_iter().map(|pod| (pod.name, pod.status));
    let warnings = progress.events.into_iter().filter(|event| event.kind == EventKind::Warning);
    let warnings = warnings.map(|event| (event.reason, event.message)).take(MOST_WARNINGS);
    Watched {
        freshness: progress.freshness,
        milestones: milestones.collect(),
        seen: waves.into_iter().chain(pods).chain(warnings).collect(),
    }
}

fn shown(t: Phrases, view: RequestView) -> CaseView {
    CaseView {
        body: view.body(),
        ending: view.outcome.as_ref().map(|outcome| ending(t, &view, outcome)),
        ordered_at: view.intent.map(|intent| intent.at),
        settle_by: view.intent.map(|intent| intent.settle_by),
        state: view.state,
        ends_at: view.ends_at,
        ended_at: view.ended_at,
        preview: view.preview,
        approvals_needed: view.approvals_needed,
        approvals: view.approvals,
        approvals_missing_from: view.approvals_missing_from,
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
        take_back: take_back(t, view.state, view.action.declaration().follow()),
        parameters: parameters
            .map(|(name, value)| (speech.label(name), speech.said(name, &plain(value))))
            .collect(),
        kubectl: view.action.declaration().kubectl(&view.target.to_ref(), &view.parameters),
        made: made(view),
        way_back: view.way_back.as_ref().map(|way| way_on(t, view, way)),
        again: view.again.as_ref().map(|way| way_on(t, view, way)),
    }
}

fn plain(value: &Value) -> String {
    joined(value, ", ")
}

/// A value, as the address of a form takes it.
fn listed(value: &Value) -> String {
    joined(value, ",")
}

fn joined(value: &Value, between: &str) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(between),
        other => other.to_string(),
    }
}

fn ending(t: Phrases, view: &RequestView, outcome: &Outcome) -> Ending {
    let (how, told) = match &outcome.verdict {
        Verdict::Succeeded { made, .. } => {
            (How::Well, seen(t, view.action.declaration().follow(), made.as_deref()))
        }
        Verdict::Failed { effect: EffectSeen::None, reason } => {
            (How::NothingDone, found(t, reason))
        }
        Verdict::Failed { effect: EffectSeen::TookPlace, reason } => (How::Badly, found(t, reason)),
        Verdict::Unknown { reason } => (How::Unseen, found(t, reason)),
    };
    Ending { at: outcome.at, how, told, evicted: view.evicted.map(|it| evicted(t, it)) }
}

fn made(view: &RequestView) -> Option<Way> {
    let (Verdict::Succeeded { made: Some(made), .. }
    | Verdict::Failed {
        reason: Finding::JobLate { name: made, .. } | Finding::JobFailed { name: made },
        ..
    }) = &view.outcome.as_ref()?.verdict
    else {
        return None;
    };
    let kind = match view.action.declaration().follow() {
        Follow::Start => TargetKind::Job,
        _ => TargetKind::Pod,
    };
    let href = object_href(&view.target.tenant(), kind, &made.parse().ok()?);
    Some(Way { title: made.clone(), href })
}

/// The form of an action on the same target, filled in as far as its parameters are known.
fn way_on(t: Phrases, view: &RequestView, way: &WayOn) -> Way {
    let mut said = ParamsMap::new();
    for (name, value) in &way.parameters {
        said.insert(name.clone(), listed(value));
    }
    let form = action_href(&view.target.to_ref(), way.action.as_str());
    Way {
        title: Speech::of(t, way.action).title(view.target.name.as_str()),
        href: format!("{form}{}", said.to_query_string()),
    }
}

#[cfg(test)]
mod tests {
    use domain::{
        actions::{Milestone, PodSeen, Reached},
        resources::EventRow,
        time::Timestamp,
    };

    use super::*;
    use crate::messages::Language;

    fn event(kind: EventKind, reason: &str, at: i64) -> EventRow {
        EventRow {
            namespace: "checkout".parse().unwrap(),
            about_kind: "Pod".into(),
            about_name: "checkout-api-1".into(),
            about_uid: None,
            kind,
            reason: reason.into(),
            message: format!("because of {reason}"),
            count: 1,
            last_at: Timestamp::from_micros(at),
        }
    }

    #[test]
    fn new_pods_come_first_and_then_the_latest_warnings() {
        let warnings = (0..9).map(|n| event(EventKind::Warning, &format!("Warning{n}"), 9 - n));
        let usual = std::iter::once(event(EventKind::Normal, "Pulled", 10));
        let progress = Progress {
            state: StateName::Executing,
            milestones: vec![Reached { milestone: Milestone::Ordered, seen: true }],
            workload: None,
            pods: vec![PodSeen {
                name: "checkout-api-1".into(),
                status: "ErrImagePull".into(),
                ready: false,
            }],
            events: usual.chain(warnings).collect(),
            waves: None,
            last_lines: None,
            outcome: None,
            freshness: None,
        };
        let told = watched(Phrases(Language::English), progress);
        assert_eq!(told.milestones, [("Ordered".to_owned(), true)]);
        let pod = ("checkout-api-1".to_owned(), "ErrImagePull".to_owned());
        assert_eq!(told.seen[0], pod);
        let reasons: Vec<_> = told.seen[1..].iter().map(|(reason, _)| reason.as_str()).collect();
        assert_eq!(reasons, ["Warning0", "Warning1", "Warning2", "Warning3", "Warning4"]);
        assert_eq!(told.seen[1].1, "because of Warning0");
    }
}
