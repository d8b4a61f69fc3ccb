//! The schema that rules are held to.

use std::sync::LazyLock;

use cedar_policy::Schema;

/// What rules may speak of.
pub(super) static SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
    let (schema, _) = Schema::from_cedarschema_str(include_str!("console.cedarschema"))
        .expect("the schema is part of this program and parsed by its tests");
    schema
});

#[cfg(test)]
mod tests {
    use domain::actions::ActionKind;

    use super::*;

    #[test]
    fn the_schema_knows_every_kind_of_action() {
        let (_, warnings) =
            Schema::from_cedarschema_str(include_str!("console.cedarschema")).unwrap();
        assert_eq!(warnings.count(), 0);
        let kinds = ActionKind::ALL.map(|kind| format!("\"{kind}\"")).join(", ");
        let listed = format!("entity ActionKind enum [{kinds}];");
        assert!(include_str!("console.cedarschema").contains(&listed));
    }
}
