//! What went wrong, told to a person: what happened, whether anything was done, what to do next.

use domain::Problem;
use leptos::prelude::*;

use super::{Loading, NotThere, Notice, SessionEnd, Tone};
use crate::{
    Failure, PasskeyTrouble,
    live::Live,
    messages::{Phrases, frame, phrases, problems, sign_in},
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
    let lines = lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
    view! {
        <Notice tone=Tone::Danger title=title>
            {lines}
        </Notice>
    }
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
    let fact = |name: &str| problem.facts.get(name);
    let mut lines = Vec::new();
    if let (Some(field), Some(rule)) = (fact("field"), fact("rule")) {
        lines.push(t.fill(problems::FIELD, &[("field", field), ("rule", rule)]));
    } else if let Some(rule) = fact("rule") {
        lines.push(t.fill(problems::RULE, &[("rule", rule)]));
    }
    if let Some(message) = fact("message") {
        lines.push(t.fill(problems::SAID, &[("message", message)]));
    }
    lines.push(t.say(explanation.done).to_owned());
    lines.push(t.say(explanation.next).to_owned());
    Told { title: t.say(explanation.happened).to_owned(), lines }
}

#[cfg(test)]
mod tests {
    use domain::ProblemCode;

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
}
