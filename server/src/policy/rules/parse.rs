//! From the text of `console.cedar` to rules that have names and fit the schema.

use std::collections::BTreeSet;

use cedar_policy::{Policy, PolicyId, PolicySet, ValidationMode, Validator};
use domain::{access::RuleName, names::TeamName, policy::PolicyTrouble};
use miette::Diagnostic;

use super::schema::SCHEMA;
use crate::policy::{source_text::SourceText, trouble::Troubles};

/// Parses rules, names each by its `@id("…")`, and validates them strictly.
///
/// Warnings count as troubles: a rule that can never apply, or whose letters deceive the eye, is
/// not what its reviewers believe it to be.
pub(in crate::policy) fn parse(
    source: &SourceText<'_>,
    troubles: &mut Troubles,
) -> Option<PolicySet> {
    let parsed = match source.text.parse::<PolicySet>() {
        Ok(parsed) => parsed,
        Err(errors) => {
            for error in errors.iter() {
                troubles.note(diagnosed(source, error));
            }
            return None;
        }
    };
    for template in parsed.templates() {
        let at = offset(source, &template.to_cedar());
        troubles.note(source.trouble_at(at, "a rule has no slots such as ?principal"));
    }
    let rules = named(source, &parsed, troubles)?;
    let judged = Validator::new(SCHEMA.clone()).validate(&rules, ValidationMode::Strict);
    for error in judged.validation_errors() {
        troubles.note(diagnosed(source, error));
    }
    for warning in judged.validation_warnings() {
        troubles.note(diagnosed(source, warning));
    }
    Some(rules)
}

/// The same rules under the names that their annotations give.
fn named(
    source: &SourceText<'_>,
    parsed: &PolicySet,
    troubles: &mut Troubles,
) -> Option<PolicySet> {
    let mut taken = BTreeSet::new();
    let mut rules: Vec<_> = parsed.policies().map(|rule| (place(source, rule), rule)).collect();
    rules.sort_by_key(|(at, _)| *at);
    let mut renamed = Vec::new();
    for (at, rule) in rules {
        let name = rule_name(rule).map_err(|reason| source.trouble_at(at, reason));
        let Some(name) = troubles.keep(name) else {
            continue;
        };
        if taken.insert(name.clone()) {
            renamed.push(rule.new_id(PolicyId::new(name)));
        } else {
            troubles.note(source.trouble_at(at, format!("there is a rule {name} already")));
        }
    }
    let set = PolicySet::from_policies(renamed);
    troubles.keep(set.map_err(|error| diagnosed(source, &error)))
}

fn rule_name(rule: &Policy) -> Result<RuleName, &'static str> {
    let name =
        rule.annotation("id").ok_or("each rule carries an annotation @id(\"name-of-the-rule\")")?;
    // A rule is named like a team: verdicts, entries and pages show it.
    match name.parse::<TeamName>() {
        Ok(_) => Ok(name.to_owned()),
        Err(_) => Err("a rule's @id is 1 to 64 of a-z, 0-9, '-', '_' and '.'"),
    }
}

/// Where a rule begins.
pub(super) fn place(source: &SourceText<'_>, rule: &Policy) -> usize {
    rule.to_cedar().map_or(0, |text| offset(source, &text))
}

fn offset(source: &SourceText<'_>, text: &str) -> usize {
    source.text.find(text).unwrap_or(0)
}

fn diagnosed(source: &SourceText<'_>, error: &dyn Diagnostic) -> PolicyTrouble {
    let at = error.labels().and_then(|mut labels| labels.next());
    let at = at.map_or(0, |label| label.offset());
    let reason = match error.help() {
        Some(help) => format!("{error} ({help})"),
        None => error.to_string(),
    };
    source.trouble_at(at, reason)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::folder::RULES;

    fn trouble(text: &str) -> String {
        let mut troubles = Troubles::default();
        let source = SourceText { file: RULES, text };
        let parsed = parse(&source, &mut troubles);
        troubles.finish(parsed).unwrap_err().to_string()
    }

    #[test]
    fn each_trouble_names_its_line() {
        let rules = [
            "permit (principal, action == Action::\"view\", resource);",
            "@id(\"Two Words\")\npermit (principal, action == Action::\"view\", resource);",
            "@id(\"a\")\npermit (principal, action == Action::\"look\", resource);",
            "@id(\"a\")\npermit (principal, action == Action::\"view\", resource)\nwhen { resource.owner == principal };",
            "@id(\"a\")\npermit (principal, action == Action::\"ask\", resource)\nwhen { context.action == ActionKind::\"restart-podz\" };",
            "@id(\"a\")\npermit (principal, action == Action::\"ask\", resource)\nwhen { context.reason == \"x\" };",
            "@id(\"a\")\npermit (principal, action == Action::\"view\", resource)\nwhen { resource.namespace == 1 };",
            "@id(\"a\")\npermit (principal == ?principal, action == Action::\"view\", resource);",
            "@id(\"a\")\n\npermit (principal, action == Action::\"view\", resource",
            "@id(\"a\")\npermit (principal, action == Action::\"view\", resource)\nwhen { false };",
            "@id(\"a\")\npermit (principal, action == Action::\"view\", resource);\n@id(\"a\")\nforbid (principal, action == Action::\"view\", resource);",
        ];
        let found: Vec<_> = rules.into_iter().map(trouble).collect();
        insta::assert_snapshot!(found.join("\n--\n"), @r#"
        console.cedar:1: each rule carries an annotation @id("name-of-the-rule")
        --
        console.cedar:1: a rule's @id is 1 to 64 of a-z, 0-9, '-', '_' and '.'
        --
        console.cedar:1: for policy `a`, unable to find an applicable action given the policy scope constraints
        console.cedar:1: for policy `a`, policy is impossible: the policy expression evaluates to false for all valid requests
        console.cedar:2: for policy `a`, unrecognized action `Action::"look"` (did you mean `Action::"ask"`?)
        --
        console.cedar:3: for policy `a`, attribute `owner` on entity type `Tenant` not found (did you mean `owners`?)
        --
        console.cedar:3: for policy `a`: entity `ActionKind::"restart-podz"` is of an enumerated entity type, but `"restart-podz"` is not declared as a valid eid (valid entity eids: "restart-pod", "restart-pods", "delete-pod", "isolate-pod", "rejoin-pod", "rollout-restart", "rollback", "pause-rollout", "resume-rollout", "scale", "resize-hpa", "set-resources", "suspend-cronjob", "resume-cronjob", "run-cronjob-now", "cancel-job", "cordon", "uncordon", "drain")
        --
        console.cedar:3: for policy `a`, attribute `reason` in context for Action::"ask" not found (did you mean `action`?)
        --
        console.cedar:3: the types Long and String are not compatible (for policy `a`, both operands to a `==` expression must have compatible types. Types must be exactly equal to be compatible)
        --
        console.cedar:1: a rule has no slots such as ?principal
        --
        console.cedar:3: unexpected end of input
        --
        console.cedar:1: for policy `a`, policy is impossible: the policy expression evaluates to false for all valid requests
        --
        console.cedar:3: there is a rule a already
        "#);
    }
}
