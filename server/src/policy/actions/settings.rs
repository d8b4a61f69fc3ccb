//! How an action is approved and how long things last.

use std::{collections::BTreeMap, ops::RangeInclusive, time::Duration};

use domain::policy::{ActionSettings, TicketRule};
use serde::Deserialize;
use toml::Spanned;

use super::guard_rails::{RailsEntry, RateEntry};
use crate::policy::{
    approvals::{AskingEntry, Given, Groups},
    source_text::SourceText,
    trouble::Troubles,
};

/// What the file says of one action, or of all that do not say otherwise.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    approvals: Option<Spanned<u32>>,
    approvals_in_tier: Option<BTreeMap<Spanned<String>, Spanned<u32>>>,
    approvals_from: Option<Groups>,
    approvals_from_in_tier: Option<BTreeMap<Spanned<String>, Groups>>,
    request_ttl: Option<Spanned<String>>,
    approval_ttl: Option<Spanned<String>>,
    execution_deadline: Option<Spanned<String>>,
    settle_within: Option<Spanned<String>>,
    ticket: Option<TicketRule>,
    ticket_pattern: Option<Spanned<String>>,
    largest_change: Option<Spanned<String>>,
    ready_floor: Option<Spanned<u32>>,
    cool_down: Option<Spanned<String>>,
    rate: Option<RateEntry>,
    lift: Option<BTreeMap<Spanned<String>, Spanned<u32>>>,
}

const APPROVAL_TTL: RangeInclusive<Duration> = Duration::from_mins(1)..=Duration::from_hours(24);
const EXECUTION_DEADLINE: RangeInclusive<Duration> =
    Duration::from_secs(1)..=Duration::from_mins(5);
const SETTLE_WITHIN: RangeInclusive<Duration> = Duration::from_secs(10)..=Duration::from_hours(2);

impl Entry {
    /// This entry, with what it leaves out from another.
    pub(super) fn or(&self, other: &Self) -> Self {
        macro_rules! either {
            ($($field:ident)*) => {
                Self { $($field: self.$field.clone().or_else(|| other.$field.clone()),)* }
            };
        }
        either! {
            approvals approvals_in_tier approvals_from approvals_from_in_tier request_ttl approval_ttl
            execution_deadline settle_within ticket ticket_pattern largest_change ready_floor cool_down rate lift
        }
    }

    /// The settings of the action of that name.
    pub(super) fn read(
        &self,
        source: &SourceText<'_>,
        name: &Spanned<String>,
        troubles: &mut Troubles,
    ) -> Option<ActionSettings> {
        let given = Given { source, name };
        let asking = AskingEntry {
            approvals: self.approvals.as_ref(),
            approvals_in_tier: self.approvals_in_tier.as_ref(),
            approvals_from: self.approvals_from.as_ref(),
            approvals_from_in_tier: self.approvals_from_in_tier.as_ref(),
            request_ttl: self.request_ttl.as_ref(),
            ticket: self.ticket,
            ticket_pattern: self.ticket_pattern.as_ref(),
            fewest_in_tier: 0,
        };
        let asking = asking.read(given, troubles);
        let mut lasting = |field, value: &Option<_>, range| {
            troubles.keep(given.lasting(field, value.as_ref(), range))
        };
        let approval_ttl = lasting("approval_ttl", &self.approval_ttl, &APPROVAL_TTL);
        let execution_deadline =
            lasting("execution_deadline", &self.execution_deadline, &EXECUTION_DEADLINE);
        let settle_within = lasting("settle_within", &self.settle_within, &SETTLE_WITHIN);
        let guard_rails = RailsEntry {
            largest_change: self.largest_change.as_ref(),
            ready_floor: self.ready_floor.as_ref(),
            cool_down: self.cool_down.as_ref(),
            rate: self.rate.as_ref(),
            lift: self.lift.as_ref(),
        };
        let guard_rails = guard_rails.read(source, troubles);
        Some(ActionSettings {
            asking: asking?,
            approval_ttl: approval_ttl?,
            execution_deadline: execution_deadline?,
            settle_within: settle_within?,
            guard_rails,
        })
    }
}
