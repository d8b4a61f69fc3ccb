//! Looking at an action on a target: what it asks for, and once that is said, what it would do.

use domain::{
    Console, Problem, ProblemCode,
    access::{Act, Actor},
    actions::{
        ActionKind, Bounds, Needed, Offer, Parameter, ParameterOffer, Parameters, PodSeen,
        TargetRef,
    },
};
use serde_json::Value;

use super::read::{Field, Input, Said, WizardNow, Wording};
use crate::{actions::words::Speech, rendering::reader};

/// An action on a target, as far as what was said tells it.
pub(super) async fn look(
    console: &Console,
    actor: &Actor,
    target: &TargetRef,
    action: &str,
    said: &Said,
) -> Result<WizardNow, Problem> {
    // An address that names no action for this kind leads nowhere, whatever else it names.
    let action = action.parse::<ActionKind>().map_err(|_| ProblemCode::NotVisible)?;
    if !action.declaration().targets().contains(&target.kind) {
        return Err(ProblemCode::NotVisible.into());
    }
    let speech = Speech::of(reader(), action);
    let declared = action.declaration().parameters();
    let mut now = WizardNow {
        words: wording(speech, target),
        fields: Vec::new(),
        trouble: None,
        review: None,
    };
    if !declared.is_empty() {
        let offer = offer(console, actor, target, action).await?;
        now.fields = fields(speech, declared, offer, said);
        if !declared.iter().any(|parameter| said.contains_key(parameter.name)) {
            return Ok(now);
        }
    }
    match console.review(actor, action, target, parameters(declared, said)).await {
        Ok(review) => now.review = Some(review),
        Err(problem) if !declared.is_empty() && is_mended_by_saying_otherwise(problem.code) => {
            // The form that mends it is the answer, so the answer is no problem.
            now.trouble = Some(problem);
        }
        Err(problem) => return Err(problem),
    }
    Ok(now)
}

/// The action as it is offered on this target; where it is refused, why.
async fn offer(
    console: &Console,
    actor: &Actor,
    target: &TargetRef,
    action: ActionKind,
) -> Result<Offer, Problem> {
    let offers = console.offers(actor, target).await?;
    let offer = offers.into_iter().find(|offer| offer.action == action).ok_or_else(|| {
        Problem::from(ProblemCode::Refused)
            .with("act", Act::Ask(action))
            .with("rule", "not-in-actions.toml")
    })?;
    match offer.refusal {
        Some(refusal) => Err(refusal),
        None => Ok(offer),
    }
}

fn wording(speech: Speech, target: &TargetRef) -> Wording {
    let name = target.name.as_str();
    Wording {
        title: speech.title(name),
        what: speech.what(),
        submit: speech.submit(name),
        reason: speech.reason(),
    }
}

fn fields(speech: Speech, declared: &[Parameter], offer: Offer, said: &Said) -> Vec<Field> {
    let of = |parameter: &Parameter| offer.parameters.iter().find(|it| it.name == parameter.name);
    declared.iter().map(|parameter| field(speech, parameter, of(parameter), said)).collect()
}

fn field(
    speech: Speech,
    parameter: &Parameter,
    offered: Option<&ParameterOffer>,
    said: &Said,
) -> Field {
    let choices = offered.map(|offered| offered.choices.clone()).unwrap_or_default();
    let pods = offered.map(|offered| offered.pods.clone()).unwrap_or_default();
    let revisions = offered.map(|offered| offered.revisions.clone()).unwrap_or_default();
    let current = match offered.and_then(|offered| offered.current.as_ref()) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Null) | None => String::new(),
        Some(other) => other.to_string(),
    };
    Field {
        name: parameter.name.to_owned(),
        label: speech.label(parameter.name),
        hint: speech.hint(parameter),
        required: parameter.needed == Needed::Always,
        value: said.get(parameter.name).cloned().unwrap_or_else(|| match parameter.bounds {
            Bounds::Pods => troubled(&pods),
            _ => current,
        }),
        input: match parameter.bounds {
            Bounds::Integer { least, most } => Input::Number { least, most },
            Bounds::Quantity => Input::Text,
            Bounds::Container | Bounds::StayOrLose => {
                Input::Choice(named(speech, parameter, choices))
            }
            Bounds::Pods => Input::Pods(pods),
            Bounds::Revision => Input::Revision(revisions),
        },
    }
}

/// Choices, each with what it is called.
fn named(speech: Speech, parameter: &Parameter, choices: Vec<String>) -> Vec<(String, String)> {
    choices
        .into_iter()
        .map(|choice| {
            let called = speech.said(parameter.name, &choice);
            (choice, called)
        })
        .collect()
}

/// The pods that somebody would want to restart, as the form takes them.
fn troubled(pods: &[PodSeen]) -> String {
    let troubled = pods.iter().filter(|pod| !pod.ready).map(|pod| pod.name.as_str());
    troubled.collect::<Vec<_>>().join(",")
}

/// What was said of each declared parameter; what was left empty was not said.
fn parameters(declared: &[Parameter], said: &Said) -> Parameters {
    let given = declared.iter().filter_map(|parameter| {
        let text = said.get(parameter.name)?.trim();
        (!text.is_empty()).then(|| (parameter.name.to_owned(), parameter.bounds.read(text)))
    });
    given.collect()
}

/// Whether the form is the place to mend it.
const fn is_mended_by_saying_otherwise(code: ProblemCode) -> bool {
    matches!(
        code,
        ProblemCode::ParameterMissing
            | ProblemCode::ParameterInvalid
            | ProblemCode::UnknownParameter
            | ProblemCode::NothingToChange
            | ProblemCode::Unsuited
    )
}
