//! Whether the people, teams, roles and tenants that rules name exist: a misspelt one in a `forbid` forbids nothing.

use cedar_policy::{EntityUid, PolicySet};
use domain::{names::Login, tenants::TenantName};

use super::{parse::place, spoken_of::SpokenOf};
use crate::policy::{source_text::SourceText, trouble::Troubles};

/// Notes each name in a rule that names nothing.
pub(super) fn check(
    source: &SourceText<'_>,
    rules: &PolicySet,
    of: SpokenOf<'_>,
    troubles: &mut Troubles,
) {
    for rule in rules.policies() {
        for literal in rule.entity_literals() {
            if let Some(reason) = misspelt(&literal, of) {
                let reason = format!("rule {} names {literal}: {reason}", rule.id());
                troubles.note(source.trouble_at(place(source, rule), reason));
            }
        }
    }
}

fn misspelt(literal: &EntityUid, of: SpokenOf<'_>) -> Option<&'static str> {
    let SpokenOf { teams, people, ladder, on_call, .. } = of;
    let id: &str = literal.id().as_ref();
    let mut roles = teams.roles().into_iter().chain(on_call.roles());
    match literal.type_name().basename() {
        "Role" if !roles.any(|role| role == id) => {
            Some("no team in teams.toml holds that role, and no shift in oncall.toml has it")
        }
        "Team" if !teams.by_name.keys().any(|team| team.as_str() == id) => {
            Some("there is no such team in teams.toml")
        }
        "Person" if !people.keys().map(Login::as_str).any(|login| login == id) => {
            Some("there is no such person in people.toml")
        }
        "Tenant" if id.parse::<TenantName>().is_err() => {
            Some("a tenant is written cluster/namespace")
        }
        "GrantableRole" if !ladder.0.iter().any(|role| role.name.as_str() == id) => {
            Some("there is no such role in roles.toml")
        }
        "Request" => Some("requests have no names here"),
        "Grant" => Some("grants have no names here"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::policy::{Folder, folder::RULES, load};

    fn trouble(condition: &str) -> String {
        let rules = format!(
            "@id(\"a\")\npermit (principal in Role::\"on-call\", action == Action::\"view\", resource);\n\
             @id(\"b\")\nforbid (principal, action == Action::\"view\", resource)\nwhen {{ {condition} }};\n"
        );
        let folder = Folder::demo().with(RULES, rules.as_bytes());
        load(&folder).map_or_else(|invalid| invalid.to_string(), |_| String::new())
    }

    #[test]
    fn names_that_name_nothing_are_trouble() {
        for (condition, expected) in [
            ("principal in Role::\"on-cal\"", "no team in teams.toml holds that role"),
            ("principal in Team::\"risks\"", "there is no such team"),
            ("principal == Person::\"nobody\"", "there is no such person"),
            ("resource == Tenant::\"checkout\"", "a tenant is written"),
            ("GrantableRole::\"debag\".rung == 2", "there is no such role in roles.toml"),
        ] {
            let found = trouble(condition);
            assert!(found.starts_with("console.cedar:3: rule b names "), "{found}");
            assert!(found.contains(expected), "{found}");
        }
    }

    #[test]
    fn names_that_name_something_are_none() {
        assert_eq!(
            trouble("principal == Person::\"engineer\" && resource == Tenant::\"demo/ledger\""),
            ""
        );
    }
}
