//! Whether the people, teams, roles and tenants that rules name exist: a misspelt one in a `forbid` forbids nothing.

use cedar_policy::{EntityUid, PolicySet};
use domain::{names::Login, policy::OnCall, tenants::TenantName};

use super::parse::place;
use crate::policy::{people::People, source_text::SourceText, teams::Teams, trouble::Troubles};

/// Notes each name in a rule that names nothing.
pub(super) fn check(
    source: &SourceText<'_>,
    rules: &PolicySet,
    teams: &Teams,
    people: &People,
    on_call: &OnCall,
    troubles: &mut Troubles,
) {
    for rule in rules.policies() {
        for literal in rule.entity_literals() {
            if let Some(reason) = misspelt(&literal, teams, people, on_call) {
                let reason = format!("rule {} names {literal}: {reason}", rule.id());
                troubles.note(source.trouble_at(place(source, rule), reason));
            }
        }
    }
}

fn misspelt(
    literal: &EntityUid,
    teams: &Teams,
    people: &People,
    on_call: &OnCall,
) -> Option<&'static str> {
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
        "Request" => Some("requests have no names here"),
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
