//! Who may do what: the question, the rules that answer it, and the permit that an effect demands.
//!
//! The only place where a verdict becomes a [`Permit`].

mod act;
mod actor;
mod authorise;
mod grant_permit;
mod permit;
mod rules;

pub use act::{Act, Resource};
pub use actor::Actor;
pub use authorise::{Refusal, authorise, cluster_user, permit_execution, permit_preview};
pub use grant_permit::{GrantPermit, GrantScope, permit_grant};
pub use permit::{Execute, Permit, PermitScope, Preview, Purpose};
pub use rules::{Question, RuleName, Rules, Verdict};
