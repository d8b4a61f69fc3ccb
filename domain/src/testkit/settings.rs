//! What a policy says where a test has nothing to say about it.

use std::{collections::BTreeMap, time::Duration};

use crate::policy::{ApprovalSettings, TicketRule};

/// So many approvals by anybody who may give them, within half an hour; a ticket may be named.
#[must_use]
pub fn approvals(approvals: u32) -> ApprovalSettings {
    ApprovalSettings {
        approvals,
        approvals_in_tier: BTreeMap::new(),
        approvals_from: Vec::new(),
        approvals_from_in_tier: BTreeMap::new(),
        request_ttl: Duration::from_mins(30),
        ticket: TicketRule::Optional,
        ticket_pattern: None,
    }
}
