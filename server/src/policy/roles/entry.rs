//! One role, as the file says it.

use std::{collections::BTreeMap, ops::RangeInclusive, time::Duration};

use domain::{
    grants::{GrantableRole, SHORTEST},
    names::{ClusterRoleName, GrantableRoleName},
    policy::{PolicyTrouble, TicketRule},
};
use serde::Deserialize;
use toml::Spanned;

use super::{Name, rules::RuleEntry};
use crate::policy::{
    approvals::{AskingEntry, Given, Groups},
    bounds::span,
    checks::{checked_title, parsed},
    source_text::SourceText,
    trouble::Troubles,
};

const LONGEST_IN_ALL: Duration = Duration::from_hours(72);
const LONGEST: RangeInclusive<Duration> = SHORTEST..=Duration::from_hours(24);

/// What the file says of all roles that do not say otherwise.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Defaults {
    approvals: Option<Spanned<u32>>,
    approvals_in_tier: Option<BTreeMap<Spanned<String>, Spanned<u32>>>,
    approvals_from: Option<Groups>,
    approvals_from_in_tier: Option<BTreeMap<Spanned<String>, Groups>>,
    request_ttl: Option<Spanned<String>>,
    ticket: Option<TicketRule>,
    ticket_pattern: Option<Spanned<String>>,
    longest: Option<Spanned<String>>,
    longest_in_all: Option<Spanned<String>>,
}

/// What the file says of one role.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub(super) name: Name,
    cluster_role: Option<Spanned<String>>,
    summary: Spanned<String>,
    rules: Option<Vec<Spanned<RuleEntry>>>,
    approvals: Option<Spanned<u32>>,
    approvals_in_tier: Option<BTreeMap<Spanned<String>, Spanned<u32>>>,
    approvals_from: Option<Groups>,
    approvals_from_in_tier: Option<BTreeMap<Spanned<String>, Groups>>,
    request_ttl: Option<Spanned<String>>,
    ticket: Option<TicketRule>,
    ticket_pattern: Option<Spanned<String>>,
    longest: Option<Spanned<String>>,
    longest_in_all: Option<Spanned<String>>,
}

/// Why a cluster role of that name is nobody's to list: the console would be let bind it before anybody looked at it.
fn reserved(cluster_role: &str) -> Option<&'static str> {
    const AGGREGATED: [&str; 3] = ["admin", "edit", "view"];
    if cluster_role == "cluster-admin" {
        Some("can never be granted: wildcard")
    } else if AGGREGATED.contains(&cluster_role) {
        Some("can never be granted: aggregated")
    } else if cluster_role.starts_with("sekisho:") {
        Some("belongs to the console; a role of ours says its `rules` instead")
    } else {
        None
    }
}

impl Entry {
    pub(super) fn read(
        &self,
        defaults: &Defaults,
        source: &SourceText<'_>,
        troubles: &mut Troubles,
    ) -> Option<GrantableRole> {
        let given = Given { source, name: &self.name };
        let name = troubles.keep(parsed::<GrantableRoleName>(source, &self.name));
        let summary = troubles.keep(checked_title(source, &self.summary));
        let cluster_role = troubles.keep(self.cluster_role(source));
        let rules = self.rules.as_ref();
        let rules = rules.map(|rules| super::rules::read(rules, source, troubles));
        let asking = self.asking(defaults).read(given, troubles);
        let longest = self.longest.as_ref().or(defaults.longest.as_ref());
        let longest = troubles.keep(given.lasting("longest", longest, &LONGEST));
        let in_all = self.longest_in_all.as_ref().or(defaults.longest_in_all.as_ref());
        let in_all = match (in_all, longest) {
            // Less than is asked for at once would say nothing.
            (Some(text), Some(longest)) => {
                troubles.keep(span(source, text, &(longest..=LONGEST_IN_ALL)))
            }
            (_, longest) => longest,
        };
        Some(GrantableRole {
            name: name?,
            cluster_role: cluster_role?,
            summary: summary?,
            rules: rules.map_or(Some(None), |rules| rules.map(Some))?,
            asking: asking?,
            longest: longest?,
            longest_in_all: in_all?,
        })
    }

    /// A role that the company has, or one of ours whose rules are said here.
    fn cluster_role(&self, source: &SourceText<'_>) -> Result<ClusterRoleName, PolicyTrouble> {
        let ours = format!("sekisho:role:{}", self.name.get_ref());
        match (&self.cluster_role, &self.rules) {
            (Some(named), None) => match reserved(named.get_ref()) {
                Some(why) => Err(source.trouble_with(named, why)),
                None => parsed(source, named),
            },
            (None, Some(_)) => {
                ours.parse().map_err(|_| source.trouble_with(&self.name, "is no name of a role"))
            }
            (Some(_), Some(_)) => Err(source.trouble_with(
                &self.name,
                "says both its `rules` and its `cluster_role`: rules make a cluster role of their own",
            )),
            (None, None) => Err(source.trouble_with(
                &self.name,
                "says neither its `rules` nor its `cluster_role`",
            )),
        }
    }

    fn asking<'a>(&'a self, defaults: &'a Defaults) -> AskingEntry<'a> {
        macro_rules! either {
            ($field:ident) => {
                self.$field.as_ref().or(defaults.$field.as_ref())
            };
        }
        AskingEntry {
            approvals: either!(approvals),
            approvals_in_tier: either!(approvals_in_tier),
            approvals_from: either!(approvals_from),
            approvals_from_in_tier: either!(approvals_from_in_tier),
            request_ttl: either!(request_ttl),
            ticket: self.ticket.or(defaults.ticket),
            ticket_pattern: either!(ticket_pattern),
            fewest_in_tier: 1,
        }
    }
}
