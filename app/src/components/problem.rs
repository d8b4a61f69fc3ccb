//! What went wrong, told to a person: what happened, whether anything was done, what to do next.

use std::time::Duration;

use domain::{Problem, ProblemCode, actions::Tripped, policy::GuardRail};
use leptos::{html, prelude::*};
use serde::de::DeserializeOwned;

use super::{Loading, NotThere, Notice, SessionEnd, Tone, Views, rail_name, rail_told, span};
use crate::{
    Failure, PasskeyTrouble,
    browser::show,
    live::Live,
    messages::{Phrases, break_glass, frame, phrases, problems, rails, sign_in, unsuited},
    wire::read_name,
};

/// A page in whose place a problem stands.
#[component]
pub(crate) fn ProblemPage(failure: Failure) -> impl IntoView {
    if failure.is_not_visible() {
        return view! { <NotThere /> }.into_any();
    }
    if failure.is_signed_out() {
        SessionEnd::notice();
        return view! { <Loading /> }.into_any();
    }
    if failure == Failure::Unreachable {
        Live::try_again();
        let t = phrases();
        return view! {
            <Notice tone=Tone::Danger title=t.say(sign_in::UNREACHABLE)>
                <p>{t.say(frame::TRYING_AGAIN)}</p>
            </Notice>
        }
        .into_any();
    }
    view! { <ProblemNotice failure=failure /> }.into_any()
}

/// A problem beside what it is about.
#[component]
pub(crate) fn ProblemNotice(failure: Failure) -> impl IntoView {
    let Told { title, lines } = tell(phrases(), &failure);
    let lines = lines.into_iter().map(|line| view! { <p>{line}</p> }).views();
    view! {
        <Notice tone=Tone::Danger title=title>
            {lines}
        </Notice>
    }
}

/// A problem with what was tried, once there is one. It comes into sight wherever on the page it stands.
#[component]
pub(crate) fn Trouble(failure: RwSignal<Option<Failure>>) -> AnyView {
    let told = move || failure.get().map(in_sight);
    view! { {move || told()} }.into_any()
}

fn in_sight(failure: Failure) -> AnyView {
    let place = NodeRef::<html::Div>::new();
    place.on_load(|place| show(&place));
    view! {
        <div node_ref=place>
            <ProblemNotice failure=failure />
        </div>
    }
    .into_any()
}

struct Told {
    title: String,
    lines: Vec<String>,
}

fn tell(t: Phrases, failure: &Failure) -> Told {
    let (title, more) = match failure {
        Failure::Problem(problem) => return tell_problem(t, problem),
        Failure::Unreachable => (sign_in::UNREACHABLE, sign_in::UNREACHABLE_MORE),
        Failure::Passkey(PasskeyTrouble::Dismissed) => {
            (sign_in::DISMISSED, sign_in::DISMISSED_MORE)
        }
        Failure::Passkey(PasskeyTrouble::Unsupported) => {
            (sign_in::UNSUPPORTED, sign_in::UNSUPPORTED_MORE)
        }
        Failure::Passkey(PasskeyTrouble::AlreadyHere) => {
            (sign_in::ALREADY_HERE, sign_in::ALREADY_HERE_MORE)
        }
        Failure::Passkey(PasskeyTrouble::PreviewMoved) => {
            (sign_in::PREVIEW_MOVED, sign_in::PREVIEW_MOVED_MORE)
        }
        Failure::Passkey(PasskeyTrouble::CaseMoved) => {
            (sign_in::CASE_MOVED, sign_in::CASE_MOVED_MORE)
        }
        Failure::Passkey(PasskeyTrouble::OtherChallenge { part }) => {
            return Told {
                title: t.say(sign_in::OTHER_CHALLENGE).to_owned(),
                lines: vec![t.fill(sign_in::OTHER_CHALLENGE_MORE, &[("part", part)])],
            };
        }
    };
    Told { title: t.say(title).to_owned(), lines: vec![t.say(more).to_owned()] }
}

fn tell_problem(t: Phrases, problem: &Problem) -> Told {
    let explanation = problems::explain(problem.code);
    let mut lines = facts(t, problem);
    lines.push(t.say(explanation.done).to_owned());
    lines.push(t.say(explanation.next).to_owned());
    Told { title: t.say(explanation.happened).to_owned(), lines }
}

/// Why something cannot be done, in a line for each fact, where nobody asked for it yet.
pub(crate) fn why_not(t: Phrases, problem: &Problem) -> Vec<String> {
    let explanation = problems::explain(problem.code);
    let happened = t.say(explanation.happened).to_owned();
    let mut lines = vec![happened];
    lines.extend(facts(t, problem));
    if problem.code == ProblemCode::Refused {
        lines.push(t.say(explanation.next).to_owned());
    }
    lines
}

/// What a problem names, in words.
fn facts(t: Phrases, problem: &Problem) -> Vec<String> {
    let fact = |name: &str| problem.facts.get(name);
    let mut lines = Vec::new();
    match (problem.code, fact("field"), fact("rule")) {
        // In which words the API says what a parameter may be is for its callers; people have the form.
        (ProblemCode::ParameterInvalid, ..) | (_, _, None) => {}
        (_, Some(field), Some(rule)) => {
            lines.push(t.fill(problems::FIELD, &[("field", field), ("rule", rule)]));
        }
        (_, None, Some(rule)) => lines.push(t.fill(problems::RULE, &[("rule", rule)])),
    }
    let named = [
        ("name", problems::PARAMETER),
        ("pattern", problems::TICKET_LOOKS),
        ("message", problems::SAID),
        ("lifters", problems::LIFTERS),
    ];
    let told = named
        .into_iter()
        .filter_map(|(name, message)| fact(name).map(|value| t.fill(message, &[(name, value)])));
    lines.extend(told);
    if let Some(unsuited) = fact("why").and_then(|why| code(why)) {
        lines.push(t.say(unsuited::why(unsuited)).to_owned());
    }
    if let Some(closed) = fact("why").and_then(|why| code(why)) {
        lines.push(t.say(break_glass::closed(closed)).to_owned());
    }
    if let Some(left) = fact("left_seconds").and_then(|left| left.parse().ok()) {
        let left = span(t, Duration::from_secs(left));
        lines.push(t.fill(break_glass::LEFT_SECONDS, &[("span", &left)]));
    }
    if let Some(rail) = fact("rail").and_then(|rail| code(rail)) {
        lines.extend(tell_rail(t, rail, problem));
    }
    lines
}

/// Which rail, its limit, what was found, and what lifts it.
fn tell_rail(t: Phrases, rail: GuardRail, problem: &Problem) -> Vec<String> {
    let (Some(limit), Some(found)) = (problem.facts.get("limit"), problem.facts.get("found"))
    else {
        return vec![rail_name(t, rail).to_owned()];
    };
    let lifted_by = problem.facts.get("lifted_by").and_then(|n| n.parse().ok());
    let lifted = match lifted_by {
        Some(n) => t.count(rails::LIFTED_BY, n),
        None => t.say(rails::NEVER_LIFTED).to_owned(),
    };
    let tripped = Tripped { rail, limit: limit.clone(), found: found.clone(), lifted_by: None };
    let named = [("name", &rail_name(t, rail) as _), ("told", &rail_told(t, &tripped) as _)];
    vec![t.fill(rails::NAMED, &named), lifted]
}

/// A code of the domain, as the API writes it.
fn code<T: DeserializeOwned>(text: &str) -> Option<T> {
    read_name(text).ok()
}

#[cfg(test)]
mod tests {
    use domain::actions::Unsuited;

    use super::*;
    use crate::messages::Language;

    #[test]
    fn a_denial_names_the_rule_and_who_could_allow_it() {
        let refused = Problem::from(ProblemCode::Refused).with("rule", "owners-only");
        let told = tell(Phrases(Language::English), &refused.into());
        assert_eq!(told.title, "The rules do not allow this");
        assert!(told.lines.iter().any(|line| line == "Rule: owners-only"));
        assert!(told.lines.iter().any(|line| line.contains("console.cedar")));
    }

    #[test]
    fn malformed_input_names_the_field() {
        let problem = Problem::malformed("cursor", "begin again");
        let told = tell(Phrases(Language::English), &problem.into());
        assert!(told.lines.iter().any(|line| line == "cursor: begin again"));
    }

    #[test]
    fn a_guard_rail_names_itself_its_limit_and_what_lifts_it() {
        let problem = Problem::from(ProblemCode::GuardRail)
            .with("rail", "ready-floor")
            .with("limit", 2)
            .with("found", 0)
            .with("lifted_by", 2);
        let told = tell(Phrases(Language::English), &problem.clone().into());
        assert_eq!(told.lines[0], "Ready floor: At least 2 replicas must stay ready; 0 would.");
        assert_eq!(told.lines[1], "It can be lifted: that needs 2 signatures.");
        let Problem { code, mut facts } = problem;
        facts.remove("lifted_by");
        let told = tell(Phrases(Language::Japanese), &Problem { code, facts }.into());
        assert!(told.lines[1].contains("actions.toml"));
    }

    #[test]
    fn what_a_target_is_unsuited_by_is_said_in_the_readers_language() {
        let problem = Problem::from(ProblemCode::Unsuited).with("why", Unsuited::Paused);
        let lines = why_not(Phrases(Language::Japanese), &problem);
        assert!(lines[1].contains("一時停止中"), "{lines:?}");
    }

    #[test]
    fn whoever_cannot_open_a_session_alone_is_told_why_and_for_how_long() {
        let closed = Problem::from(ProblemCode::SoloClosed).with("why", "unreviewed");
        let told = tell(Phrases(Language::English), &closed.into());
        assert_eq!(told.lines[0], "Two of your sessions wait for their review.");
        assert_eq!(told.lines[1], "Nothing was done.");
        let patience = Problem::from(ProblemCode::Patience).with("left_seconds", 299);
        let told = tell(Phrases(Language::Japanese), &patience.into());
        assert_eq!(told.lines[0], "あと4分で、単独で開始できます。");
    }

    #[test]
    fn a_parameter_is_named_and_its_rule_left_to_the_form() {
        let problem = Problem::from(ProblemCode::ParameterInvalid)
            .with("name", "replicas")
            .with("rule", "a whole number from 0 to 1000");
        let told = tell(Phrases(Language::Japanese), &problem.into());
        assert_eq!(told.lines[0], "パラメーター：replicas");
        assert!(told.lines.iter().all(|line| !line.contains("whole number")));
    }
}
