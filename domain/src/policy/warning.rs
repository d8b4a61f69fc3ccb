//! The warning that the policy folder is not what is in force.

use serde::{Deserialize, Serialize};

use super::PolicyTrouble;
use crate::{
    access::{Act, Actor, Resource, authorise},
    console::Console,
    time::Timestamp,
};

/// The policy folder is not valid, so that an older policy stays in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyWarning {
    /// Since when the policy in force is in force.
    pub in_force_since: Timestamp,
    /// What is wrong and where. Only for whoever manages people: the files name every tenant.
    pub trouble: Option<PolicyTrouble>,
}

impl Console {
    /// The warning that this person should see, while there is one.
    pub(crate) fn policy_warning(&self, actor: &Actor) -> Option<PolicyWarning> {
        let status = self.ports.policy.status();
        let trouble = status.trouble?;
        let told = authorise(&self.policy(), actor, Act::ManagePeople, &Resource::Console).is_ok();
        Some(PolicyWarning { in_force_since: status.loaded_at, trouble: told.then_some(trouble) })
    }
}
