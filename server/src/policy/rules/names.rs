//! What the domain's things are called in Cedar.

use std::sync::LazyLock;

use cedar_policy::{EntityId, EntityTypeName, EntityUid};
use domain::{
    access::Act,
    actions::ActionKind,
    names::{GrantableRoleName, Login, TeamName},
    tenants::TenantName,
};

macro_rules! type_names {
    ($($name:ident = $text:literal;)*) => {
        $(static $name: LazyLock<EntityTypeName> = LazyLock::new(|| {
            $text.parse().expect("a single identifier is a type name")
        });)*
    };
}

type_names! {
    ROLE = "Role";
    TEAM = "Team";
    PERSON = "Person";
    TENANT = "Tenant";
    REQUEST = "Request";
    GRANTABLE_ROLE = "GrantableRole";
    GRANT = "Grant";
    CONSOLE = "Console";
    ACTION = "Action";
    ACTION_KIND = "ActionKind";
}

fn uid(type_name: &EntityTypeName, id: impl AsRef<str>) -> EntityUid {
    EntityUid::from_type_name_and_id(type_name.clone(), EntityId::new(id))
}

pub(super) fn role(name: &str) -> EntityUid {
    uid(&ROLE, name)
}

pub(super) fn team(name: &TeamName) -> EntityUid {
    uid(&TEAM, name.as_str())
}

pub(super) fn person(login: &Login) -> EntityUid {
    uid(&PERSON, login.as_str())
}

pub(super) fn tenant(name: &TenantName) -> EntityUid {
    uid(&TENANT, name.to_string())
}

/// The one request that a question is about.
pub(super) fn request() -> EntityUid {
    uid(&REQUEST, "this")
}

pub(super) fn grantable_role(name: &GrantableRoleName) -> EntityUid {
    uid(&GRANTABLE_ROLE, name.as_str())
}

/// The one grant that a question is about.
pub(super) fn grant() -> EntityUid {
    uid(&GRANT, "this")
}

pub(super) fn console() -> EntityUid {
    uid(&CONSOLE, "console")
}

pub(super) fn act(act: Act) -> EntityUid {
    uid(&ACTION, act.verb())
}

pub(super) fn action_kind(kind: ActionKind) -> EntityUid {
    uid(&ACTION_KIND, kind.as_str())
}
