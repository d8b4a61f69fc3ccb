//! How an action is approved and how long things last.

use std::{collections::BTreeMap, ops::RangeInclusive, time::Duration};

use domain::policy::{ActionSettings, ApprovalSettings, PolicyTrouble, TicketRule, Tier};
use serde::Deserialize;
use toml::Spanned;

use super::{
    groups::{Groups, GroupsEntry},
    guard_rails::{RailsEntry, RateEntry},
    tiers::tier_of,
};
use crate::policy::{
    bounds::{number, span},
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

/// By default nothing is carried out on one person's word; more than a handful of approvers never meet.
const APPROVALS: RangeInclusive<u32> = 1..=5;
/// In a tier, the requester's own touch may be enough.
const APPROVALS_IN_TIER: RangeInclusive<u32> = 0..=5;
const REQUEST_TTL: RangeInclusive<Duration> = Duration::from_mins(1)..=Duration::from_hours(72);
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
        let approvals = given.field("approvals", self.approvals.as_ref());
        let approvals = approvals.and_then(|it| number(source, it, &APPROVALS));
        let approvals = troubles.keep(approvals);
        let approvals_in_tier = self.in_tier(source, troubles);
        let mut lasting = |field, value: &Option<_>, range| {
            let value = given.field(field, value.as_ref());
            troubles.keep(value.and_then(|text| span(source, text, range)))
        };
        let request_ttl = lasting("request_ttl", &self.request_ttl, &REQUEST_TTL);
        let approval_ttl = lasting("approval_ttl", &self.approval_ttl, &APPROVAL_TTL);
        let execution_deadline =
            lasting("execution_deadline", &self.execution_deadline, &EXECUTION_DEADLINE);
        let settle_within = lasting("settle_within", &self.settle_within, &SETTLE_WITHIN);
        let ticket_pattern = self.ticket_pattern.as_ref();
        let ticket_pattern = ticket_pattern.map(|it| troubles.keep(pattern(source, it)));
        let guard_rails = RailsEntry {
            largest_change: self.largest_change.as_ref(),
            ready_floor: self.ready_floor.as_ref(),
            cool_down: self.cool_down.as_ref(),
            rate: self.rate.as_ref(),
            lift: self.lift.as_ref(),
        };
        let guard_rails = guard_rails.read(source, troubles);
        let groups = GroupsEntry {
            always: self.approvals_from.as_ref(),
            in_tier: self.approvals_from_in_tier.as_ref(),
        };
        let mut asking = ApprovalSettings {
            approvals: approvals?,
            approvals_in_tier: approvals_in_tier?,
            approvals_from: Vec::new(),
            approvals_from_in_tier: BTreeMap::new(),
            request_ttl: request_ttl?,
            ticket: self.ticket.unwrap_or(TicketRule::Optional),
            ticket_pattern: ticket_pattern.flatten(),
        };
        groups.read_into(&mut asking, source, name, troubles);
        Some(ActionSettings {
            asking,
            approval_ttl: approval_ttl?,
            execution_deadline: execution_deadline?,
            settle_within: settle_within?,
            guard_rails,
        })
    }

    fn in_tier(
        &self,
        source: &SourceText<'_>,
        troubles: &mut Troubles,
    ) -> Option<BTreeMap<Tier, u32>> {
        let entries = self.approvals_in_tier.as_ref();
        let read: Vec<_> = entries
            .into_iter()
            .flatten()
            .map(|(name, approvals)| {
                let tier = tier_of(source, name);
                let approvals = number(source, approvals, &APPROVALS_IN_TIER);
                Some((troubles.keep(tier)?, troubles.keep(approvals)?))
            })
            .collect();
        read.into_iter().collect()
    }
}

/// Where the settings of an action are looked for.
#[derive(Clone, Copy)]
struct Given<'a> {
    source: &'a SourceText<'a>,
    name: &'a Spanned<String>,
}

impl Given<'_> {
    fn field<'v, T>(self, field: &str, value: Option<&'v T>) -> Result<&'v T, PolicyTrouble> {
        value.ok_or_else(|| {
            let reason = format!("`{field}` is given neither here nor in [defaults]");
            self.source.trouble_with(self.name, reason)
        })
    }
}

fn pattern(source: &SourceText<'_>, text: &Spanned<String>) -> Result<String, PolicyTrouble> {
    match regex_lite::Regex::new(text.get_ref()) {
        Ok(_) => Ok(text.get_ref().clone()),
        Err(error) => Err(source.trouble_with(text, format!("is no regular expression: {error}"))),
    }
}
