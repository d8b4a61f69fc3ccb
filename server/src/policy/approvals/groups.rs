//! Of which groups approvals must come: as many groups as there are approvals, at most.

use std::collections::BTreeMap;

use domain::policy::{ApprovalSettings, ApproverGroup, OnCall, PolicyTrouble, Tier};
use toml::Spanned;

use crate::policy::{actions::tier_of, source_text::SourceText, teams::Teams, trouble::Troubles};

/// Groups, as the file lists them.
pub(in crate::policy) type Groups = Spanned<Vec<ApproverGroup>>;

/// What the file says of an action's groups.
#[derive(Clone, Copy)]
pub(super) struct GroupsEntry<'a> {
    pub(super) always: Option<&'a Groups>,
    pub(super) in_tier: Option<&'a BTreeMap<Spanned<String>, Groups>>,
}

impl GroupsEntry<'_> {
    /// Writes them into the settings of the action of that name.
    pub(super) fn read_into(
        self,
        settings: &mut ApprovalSettings,
        source: &SourceText<'_>,
        name: &Spanned<String>,
        troubles: &mut Troubles,
    ) {
        if let Some(groups) = self.always.and_then(|it| troubles.keep(each_once(source, it))) {
            settings.approvals_from = groups;
        }
        for (tier, groups) in self.in_tier.into_iter().flatten() {
            let tier = troubles.keep(tier_of(source, tier));
            let groups = troubles.keep(each_once(source, groups));
            settings.approvals_from_in_tier.extend(tier.zip(groups));
        }
        let short = Tier::ALL.into_iter().find(|tier| {
            settings.approvals_from(*tier).len() > settings.approvals_in(*tier) as usize
        });
        if let Some(tier) = short {
            troubles.keep::<()>(Err(source.trouble_with(name, too_few(settings, tier))));
        }
    }
}

fn each_once(
    source: &SourceText<'_>,
    groups: &Groups,
) -> Result<Vec<ApproverGroup>, PolicyTrouble> {
    let named = groups.get_ref();
    let twice = named.iter().enumerate().find(|(at, group)| named[..*at].contains(group));
    match twice {
        None => Ok(named.clone()),
        Some((_, group)) => Err(source.trouble_with(groups, format!("{group} is named twice"))),
    }
}

fn too_few(settings: &ApprovalSettings, tier: Tier) -> String {
    let (approvals, groups) = (settings.approvals_in(tier), settings.approvals_from(tier));
    let groups = ApproverGroup::list(groups);
    format!("needs {approvals} approvals in tier {tier}, too few for one of each of: {groups}")
}

/// A group that nobody can ever be in would keep everything from being approved.
pub(in crate::policy) fn check_held<'a>(
    file: &str,
    asking: impl Iterator<Item = (String, &'a ApprovalSettings)>,
    teams: &Teams,
    on_call: &OnCall,
    troubles: &mut Troubles,
) {
    let role = ApproverGroup::ON_CALL_ROLE;
    if teams.roles().into_iter().chain(on_call.roles()).any(|held| held == role) {
        return;
    }
    let asks = |settings: &ApprovalSettings| {
        let from = |tier: &Tier| settings.approvals_from(*tier);
        Tier::ALL.iter().any(|tier| from(tier).contains(&ApproverGroup::OnCall))
    };
    for (name, _) in asking.filter(|(_, settings)| asks(settings)).take(1) {
        let reason = format!(
            "{name} needs an approval of the group on-call, and no team in teams.toml and no shift in oncall.toml \
             has the role {role}"
        );
        troubles.note(PolicyTrouble { file: file.to_owned(), line: None, reason });
    }
}
