//! How something that is asked for is approved: what `actions.toml` and `roles.toml` say alike.

mod groups;

use std::{collections::BTreeMap, ops::RangeInclusive, time::Duration};

use domain::policy::{ApprovalSettings, PolicyTrouble, TicketRule, Tier};
use toml::Spanned;

use self::groups::GroupsEntry;
pub(super) use self::groups::{Groups, check_held};
use super::{
    actions::tier_of,
    bounds::{number, span},
    source_text::SourceText,
    trouble::Troubles,
};

/// By default nothing is given on one person's word; more than a handful of approvers never meet.
const APPROVALS: RangeInclusive<u32> = 1..=5;
const REQUEST_TTL: RangeInclusive<Duration> = Duration::from_mins(1)..=Duration::from_hours(72);

/// What a file says of one thing that may be asked for.
pub(super) struct AskingEntry<'a> {
    pub(super) approvals: Option<&'a Spanned<u32>>,
    pub(super) approvals_in_tier: Option<&'a BTreeMap<Spanned<String>, Spanned<u32>>>,
    pub(super) approvals_from: Option<&'a Groups>,
    pub(super) approvals_from_in_tier: Option<&'a BTreeMap<Spanned<String>, Groups>>,
    pub(super) request_ttl: Option<&'a Spanned<String>>,
    pub(super) ticket: Option<TicketRule>,
    pub(super) ticket_pattern: Option<&'a Spanned<String>>,
    /// The fewest approvals that a tier may ask for: none where the requester's own touch may be enough.
    pub(super) fewest_in_tier: u32,
}

/// Where the settings of something are looked for.
#[derive(Clone, Copy)]
pub(super) struct Given<'a> {
    pub(super) source: &'a SourceText<'a>,
    pub(super) name: &'a Spanned<String>,
}

impl Given<'_> {
    /// What is said here or for all.
    pub(super) fn field<'v, T>(
        self,
        field: &str,
        value: Option<&'v T>,
    ) -> Result<&'v T, PolicyTrouble> {
        value.ok_or_else(|| {
            let reason = format!("`{field}` is given neither here nor in [defaults]");
            self.source.trouble_with(self.name, reason)
        })
    }

    /// A time that is said here or for all, within a range.
    pub(super) fn lasting(
        self,
        field: &str,
        value: Option<&Spanned<String>>,
        range: &RangeInclusive<Duration>,
    ) -> Result<Duration, PolicyTrouble> {
        self.field(field, value).and_then(|text| span(self.source, text, range))
    }
}

impl AskingEntry<'_> {
    /// The settings that it makes.
    pub(super) fn read(
        &self,
        given: Given<'_>,
        troubles: &mut Troubles,
    ) -> Option<ApprovalSettings> {
        let source = given.source;
        let approvals = given.field("approvals", self.approvals);
        let approvals = approvals.and_then(|it| number(source, it, &APPROVALS));
        let approvals = troubles.keep(approvals);
        let approvals_in_tier = self.in_tier(source, troubles);
        let request_ttl =
            troubles.keep(given.lasting("request_ttl", self.request_ttl, &REQUEST_TTL));
        let ticket_pattern = self.ticket_pattern.map(|it| troubles.keep(pattern(source, it)));
        let mut settings = ApprovalSettings {
            approvals: approvals?,
            approvals_in_tier: approvals_in_tier?,
            approvals_from: Vec::new(),
            approvals_from_in_tier: BTreeMap::new(),
            request_ttl: request_ttl?,
            ticket: self.ticket.unwrap_or(TicketRule::Optional),
            ticket_pattern: ticket_pattern.flatten(),
        };
        let groups =
            GroupsEntry { always: self.approvals_from, in_tier: self.approvals_from_in_tier };
        groups.read_into(&mut settings, source, given.name, troubles);
        Some(settings)
    }

    fn in_tier(
        &self,
        source: &SourceText<'_>,
        troubles: &mut Troubles,
    ) -> Option<BTreeMap<Tier, u32>> {
        let range = self.fewest_in_tier..=*APPROVALS.end();
        let read: Vec<_> = self
            .approvals_in_tier
            .into_iter()
            .flatten()
            .map(|(name, approvals)| {
                let tier = tier_of(source, name);
                let approvals = number(source, approvals, &range);
                Some((troubles.keep(tier)?, troubles.keep(approvals)?))
            })
            .collect();
        read.into_iter().collect()
    }
}

fn pattern(source: &SourceText<'_>, text: &Spanned<String>) -> Result<String, PolicyTrouble> {
    match regex_lite::Regex::new(text.get_ref()) {
        Ok(_) => Ok(text.get_ref().clone()),
        Err(error) => Err(source.trouble_with(text, format!("is no regular expression: {error}"))),
    }
}
