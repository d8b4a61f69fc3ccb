//! What rules may speak of: what the other files of the folder list.

use domain::{
    grants::Ladder,
    policy::{OnCall, Tiers},
};

use crate::policy::{people::People, teams::Teams};

/// People, teams and roles, and how much hangs on each tenant.
#[derive(Clone, Copy)]
pub(in crate::policy) struct SpokenOf<'a> {
    pub(in crate::policy) teams: &'a Teams,
    pub(in crate::policy) people: &'a People,
    pub(in crate::policy) tiers: &'a Tiers,
    pub(in crate::policy) ladder: &'a Ladder,
    pub(in crate::policy) on_call: &'a OnCall,
}
