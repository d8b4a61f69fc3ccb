//! Who must agree together: how many people, and of which groups some of them must be.
//!
//! Each person stands for one group at most, so that a request which needs a code owner and somebody of another team needs
//! two people, though one may be both.

use std::collections::BTreeSet;

use super::Decision;
use crate::{
    actions::Request,
    grants::Grant,
    names::{Login, TeamName},
    policy::{ApprovalSettings, ApproverGroup, Person, PolicySnapshot},
    problem::{Problem, ProblemCode},
    tenants::TenantName,
};

/// The people whose agreement an action needs, by the policy in force.
pub struct Quorum<'a> {
    policy: &'a PolicySnapshot,
    requester: &'a Login,
    owners: Vec<TeamName>,
    groups: &'a [ApproverGroup],
    needed: usize,
}

impl<'a> Quorum<'a> {
    /// What so many approvals of something in a tenant must be.
    #[must_use]
    pub fn new(
        policy: &'a PolicySnapshot,
        settings: Option<&'a ApprovalSettings>,
        tenant: &TenantName,
        requester: &'a Login,
        needed: u32,
    ) -> Self {
        let tier = policy.policy.tiers.of(tenant);
        Self {
            policy,
            requester,
            owners: policy.policy.ownership.owners(tenant),
            groups: settings.map_or(&[], |settings| settings.approvals_from(tier)),
            needed: needed as usize,
        }
    }

    /// What the approvals of a request must be.
    #[must_use]
    pub fn of(policy: &'a PolicySnapshot, request: &'a Request) -> Self {
        let body = &request.body;
        let tenant = body.target.tenant();
        let settings = policy.policy.actions.get(&body.action).map(|settings| &settings.asking);
        // Within a break-glass session nobody must agree, of whatever group, but to lift a guard rail.
        let settings = settings.filter(|_| body.session.is_none() || body.approvals_needed > 0);
        Self::new(policy, settings, &tenant, &body.requester, body.approvals_needed)
    }

    /// What the approvals of a grant must be. In an emergency anybody's who may approve it will do.
    #[must_use]
    pub fn of_grant(policy: &'a PolicySnapshot, grant: &'a Grant) -> Self {
        let body = &grant.body;
        let role = policy.policy.roles.role(&body.role.name);
        let settings = role.filter(|_| body.declaration.is_none()).map(|role| &role.asking);
        Self::new(policy, settings, &body.tenant.name(), &body.holder, body.approvals_needed)
    }

    /// The groups of which nobody is among these people.
    #[must_use]
    pub fn missing_from(&self, people: &[Login]) -> Vec<ApproverGroup> {
        unmatched(self.groups, &self.stand_for(people))
    }

    /// Whether, once this person approved as well, those who are still needed can be of the groups that are missing.
    #[must_use]
    pub fn has_room_for(&self, person: &Login, approvers: &[Login]) -> bool {
        let together = [approvers, std::slice::from_ref(person)].concat();
        leaves_room(self.groups, &self.stand_for(&together), self.needed)
    }

    /// Those who may approve beside those who did; nobody, where all of them together could not make it whole.
    #[must_use]
    pub fn open_to(&self, eligible: Vec<Login>, approvers: &[Login]) -> Vec<Login> {
        let mut open: Vec<_> = eligible
            .into_iter()
            .filter(|it| !approvers.contains(it) && self.has_room_for(it, approvers))
            .collect();
        if !self.missing_from(&[approvers, &open].concat()).is_empty() {
            open.clear();
        }
        open
    }

    /// An approval by somebody is of use only if those that are still needed can be of the groups that are missing.
    pub(crate) fn check_room_for(
        &self,
        person: &Login,
        decision: Decision,
        already: &[Login],
    ) -> Result<(), Problem> {
        if decision != Decision::Approve || self.has_room_for(person, already) {
            return Ok(());
        }
        Err(Problem::from(ProblemCode::OtherApproverNeeded)
            .with("from", ApproverGroup::list(&self.missing_from(already))))
    }

    fn stand_for(&self, people: &[Login]) -> Vec<BTreeSet<ApproverGroup>> {
        people.iter().map(|login| self.groups_of(login)).collect()
    }

    fn groups_of(&self, login: &Login) -> BTreeSet<ApproverGroup> {
        let Some(person) = self.policy.policy.people.get(login) else { return BTreeSet::new() };
        self.groups.iter().copied().filter(|group| self.is_in(person, *group)).collect()
    }

    fn is_in(&self, person: &Person, group: ApproverGroup) -> bool {
        match group {
            ApproverGroup::CodeOwners => self.owners.iter().any(|team| person.teams.contains(team)),
            ApproverGroup::OnCall => self.policy.is_on_call(person),
            ApproverGroup::AnotherTeam => {
                let requester = self.policy.policy.people.get(self.requester);
                requester.is_some_and(|requester| requester.teams.is_disjoint(&person.teams))
            }
        }
    }
}

impl PolicySnapshot {
    /// An approval by somebody is of use only if those that are still needed can be of the groups that are missing.
    pub(crate) fn check_has_room_for(
        &self,
        person: &Login,
        decision: Decision,
        request: &Request,
    ) -> Result<(), Problem> {
        Quorum::of(self, request).check_room_for(person, decision, &request.approvers())
    }
}

/// Whether so many people in all can still be of all groups.
fn leaves_room(
    groups: &[ApproverGroup],
    people: &[BTreeSet<ApproverGroup>],
    needed: usize,
) -> bool {
    let missing = unmatched(groups, people).len();
    missing == 0 || people.len() + missing <= needed
}

/// The fewest groups for which nobody stands, where each person stands for one.
fn unmatched(groups: &[ApproverGroup], people: &[BTreeSet<ApproverGroup>]) -> Vec<ApproverGroup> {
    let Some((group, others)) = groups.split_first() else { return Vec::new() };
    let stand_for_it = people.iter().enumerate().filter(|(_, stands)| stands.contains(group));
    let with_somebody = stand_for_it.map(|(taken, _)| {
        let left: Vec<_> = people.iter().enumerate().filter(|(it, _)| *it != taken).collect();
        let left: Vec<_> = left.into_iter().map(|(_, stands)| stands.clone()).collect();
        unmatched(others, &left)
    });
    let with_nobody = || [&[*group], unmatched(others, people).as_slice()].concat();
    with_somebody.min_by_key(Vec::len).unwrap_or_else(with_nobody)
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*, sample::subsequence};

    use super::{
        ApproverGroup::{AnotherTeam, CodeOwners, OnCall},
        *,
    };

    const ALL: [ApproverGroup; 3] = [CodeOwners, OnCall, AnotherTeam];

    fn groups() -> impl Strategy<Value = Vec<ApproverGroup>> {
        subsequence(&ALL, 0..=ALL.len())
    }

    proptest! {
        /// Whoever comes in whatever order: once there are as many as are needed, every group is among them.
        #[test]
        fn as_many_as_are_needed_are_of_every_group(
            asked in groups(),
            people in vec(groups(), 0..12),
            more in 0_usize..3,
        ) {
            let needed = asked.len() + more;
            let mut counted: Vec<BTreeSet<_>> = Vec::new();
            for person in people {
                let together = [counted.as_slice(), &[person.into_iter().collect()]].concat();
                if counted.len() < needed && leaves_room(&asked, &together, needed) {
                    counted = together;
                }
            }
            prop_assert!(counted.len() < needed || unmatched(&asked, &counted).is_empty());
        }

        /// Nobody is turned away while there is room for the groups beside them.
        #[test]
        fn whoever_is_of_a_group_that_is_missing_has_room(asked in groups(), people in vec(groups(), 0..4)) {
            let people: Vec<BTreeSet<_>> = people.into_iter().map(BTreeSet::from_iter).collect();
            for group in unmatched(&asked, &people) {
                let together = [people.as_slice(), &[BTreeSet::from([group])]].concat();
                let needed = people.len() + unmatched(&asked, &people).len();
                prop_assert!(leaves_room(&asked, &together, needed));
            }
        }
    }

    #[test]
    fn each_person_stands_for_one_group_and_the_best_way_is_found() {
        let both = BTreeSet::from([CodeOwners, AnotherTeam]);
        let owner = BTreeSet::from([CodeOwners]);
        let nobody = BTreeSet::new();
        let groups = [CodeOwners, AnotherTeam];
        for (people, missing) in [
            (vec![], vec![CodeOwners, AnotherTeam]),
            (vec![both.clone()], vec![AnotherTeam]),
            (vec![both.clone(), owner.clone()], vec![]),
            (vec![owner.clone(), both.clone()], vec![]),
            (vec![both.clone(), nobody.clone()], vec![AnotherTeam]),
            (vec![owner.clone(), owner], vec![AnotherTeam]),
            (vec![nobody, both.clone(), both], vec![]),
        ] {
            assert_eq!(unmatched(&groups, &people), missing, "{people:?}");
        }
        assert_eq!(unmatched(&[OnCall, OnCall], &[BTreeSet::from([OnCall])]), [OnCall]);
    }
}
