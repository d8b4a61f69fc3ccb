//! The groups of which some of those who approve must be, in words.

use domain::policy::ApproverGroup;

use crate::messages::{Message, Phrases, requests};

/// How many signatures there are, or are needed, and of whom some of them must be.
pub(super) fn with_groups(t: Phrases, signatures: String, groups: &[ApproverGroup]) -> String {
    if groups.is_empty() {
        return signatures;
    }
    let groups = groups.iter().map(|group| t.say(name(*group))).collect::<Vec<_>>().join(", ");
    t.fill(requests::SIGNATURES_FROM, &[("signatures", &signatures), ("groups", &groups)])
}

const fn name(group: ApproverGroup) -> Message {
    match group {
        ApproverGroup::CodeOwners => requests::FROM_CODE_OWNERS,
        ApproverGroup::OnCall => requests::FROM_ON_CALL,
        ApproverGroup::AnotherTeam => requests::FROM_ANOTHER_TEAM,
    }
}
