//! The kinds of action, by name.

use std::{cmp::Ordering, fmt, hash, str::FromStr, sync::OnceLock};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{Action, catalogue::BUILT_IN};

/// A kind of emergency action: two are the same when their names are.
#[derive(Clone, Copy)]
pub struct ActionKind(&'static dyn Action);

/// What the groups of actions begin with.
const ACT_GROUP: &str = "sekisho:act:";

static CATALOGUE: OnceLock<Vec<ActionKind>> = OnceLock::new();

/// Somebody asked which actions there are; from then on they stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the catalogue of actions is in use already")]
pub struct CatalogueInUse;

impl ActionKind {
    /// The kind that this declares.
    #[must_use]
    pub const fn of(action: &'static dyn Action) -> Self {
        Self(action)
    }

    /// Every kind there is, in the order in which people are offered them.
    #[must_use]
    pub fn all() -> &'static [Self] {
        CATALOGUE.get_or_init(|| BUILT_IN.to_vec())
    }

    /// Adds actions to those that are built in, before anybody asked for any.
    pub fn extend(own: &[Self]) -> Result<(), CatalogueInUse> {
        CATALOGUE.set([BUILT_IN, own].concat()).map_err(|_| CatalogueInUse)
    }

    /// Its name: in the API, in `actions.toml`, in the group `sekisho:act:<name>`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.0.name()
    }

    /// Its declaration.
    #[must_use]
    pub fn declaration(self) -> &'static dyn Action {
        self.0
    }

    /// Whether it is done to what belongs to no namespace, so that no binding in a namespace can give its power.
    #[must_use]
    pub fn is_cluster_wide(self) -> bool {
        self.0.targets().iter().any(|target| target.is_cluster_wide())
    }

    /// The one group that a call for it carries; reviewed code binds it per tenant.
    #[must_use]
    pub fn cluster_group(self) -> String {
        format!("{ACT_GROUP}{self}")
    }

    /// The action whose group this is, if it is one's.
    #[must_use]
    pub fn of_group(group: &str) -> Option<Self> {
        group.strip_prefix(ACT_GROUP)?.parse().ok()
    }
}

impl fmt::Display for ActionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for ActionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl PartialEq for ActionKind {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for ActionKind {}

impl PartialOrd for ActionKind {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ActionKind {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl hash::Hash for ActionKind {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl Serialize for ActionKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for ActionKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// There is no action of that name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no action {0:?}")]
pub struct UnknownAction(pub String);

impl FromStr for ActionKind {
    type Err = UnknownAction;

    fn from_str(text: &str) -> Result<Self, UnknownAction> {
        Self::all()
            .iter()
            .copied()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| UnknownAction(text.chars().take(80).collect()))
    }
}
