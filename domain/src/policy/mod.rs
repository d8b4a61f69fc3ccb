//! The policy repository as the rest of Sekisho sees it: who there is, who owns what, what actions ask for.
//!
//! Loading and checking it is the server's part; here it is a value that is whole and valid.

mod action_settings;
mod approval_settings;
mod approver_group;
mod calendar_shifts;
mod enforce;
mod guard_rails;
mod on_call;
mod person;
mod snapshot;
mod store;
mod tiers;
mod warning;

pub use action_settings::ActionSettings;
pub use approval_settings::{ApprovalSettings, TicketRule};
pub use approver_group::ApproverGroup;
pub use calendar_shifts::{CalendarShifts, DatedShift};
pub use guard_rails::{Freeze, GuardRail, GuardRails, Rate, UnknownGuardRail};
pub use on_call::{NotAWeekTime, OnCall, Shift, WeekTime};
pub use person::{Person, RoleName, Team};
pub use snapshot::{
    Ownership, Policy, PolicyDigest, PolicySnapshot, PolicySource, PolicyStatus, PolicyTrouble,
};
pub use store::{PolicyStore, PutInForceError};
pub use tiers::{Tier, Tiers};
pub use warning::PolicyWarning;
