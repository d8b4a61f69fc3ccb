//! The schema that rules are held to.

use std::sync::LazyLock;

use cedar_policy::Schema;
use domain::actions::ActionKind;

/// Where the kinds of action stand in the text.
const KINDS: &str = "\"…\"";

/// What rules may speak of.
pub(super) static SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
    let (schema, _) = Schema::from_cedarschema_str(&text())
        .expect("the schema is part of this program and parsed by its tests");
    schema
});

/// The schema with every kind of action there is.
fn text() -> String {
    let kinds: Vec<_> = ActionKind::all().iter().map(|kind| format!("\"{kind}\"")).collect();
    include_str!("console.cedarschema").replacen(KINDS, &kinds.join(", "), 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_knows_every_kind_of_action_and_warns_of_nothing() {
        let text = text();
        let (_, warnings) = Schema::from_cedarschema_str(&text).unwrap();
        assert_eq!(warnings.count(), 0);
        assert!(!text.contains(KINDS));
        assert!(ActionKind::all().iter().all(|kind| text.contains(&format!("\"{kind}\""))));
    }
}
