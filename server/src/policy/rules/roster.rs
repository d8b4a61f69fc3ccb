//! People and teams as Cedar sees them, made once per policy, and the few of them that a question needs.

use std::collections::{HashMap, HashSet};

use cedar_policy::{Entities, Entity, EntityUid, PolicySet, RestrictedExpression};
use domain::{
    access::Resource,
    grants::Ladder,
    names::{GrantableRoleName, Login, TeamName},
    policy::{OnCall, Person, Team, Tier, Tiers},
    tenants::TenantName,
    time::Timestamp,
};

use super::{names, spoken_of::SpokenOf};

/// Everybody and every team, ready to be handed to Cedar.
#[derive(Clone, Debug)]
pub(super) struct Roster {
    people: HashMap<Login, Listed>,
    teams: HashMap<TeamName, Entity>,
    tiers: Tiers,
    ladder: Ladder,
    on_call: OnCall,
    /// The people and teams that rules name: a rule may look at somebody the question is not about.
    named_in_rules: Vec<Entity>,
}

#[derive(Clone, Debug)]
struct Listed {
    entity: Entity,
    /// What it belongs to at all times.
    parents: Vec<EntityUid>,
    teams: Vec<TeamName>,
}

/// The entities of a question do not fit together.
#[derive(Debug, thiserror::Error)]
#[error("the question cannot be put to the rules")]
pub(super) struct Unfit;

impl Roster {
    pub(super) fn new(rules: &PolicySet, of: SpokenOf<'_>) -> Self {
        let SpokenOf { teams, people, tiers, ladder, on_call } = of;
        let team = |team: &Team| {
            let parents = team.roles.iter().map(|role| names::role(role)).collect();
            (team.name.clone(), Entity::new_no_attrs(names::team(&team.name), parents))
        };
        let mut roster = Self {
            people: people.iter().map(|(login, person)| (login.clone(), listed(person))).collect(),
            teams: teams.by_name.values().map(team).collect(),
            tiers: tiers.clone(),
            ladder: ladder.clone(),
            on_call: on_call.clone(),
            named_in_rules: Vec::new(),
        };
        roster.named_in_rules = roster.named(rules);
        roster
    }

    /// The same people and teams while these are on call.
    pub(super) fn with_on_call(&self, on_call: &OnCall) -> Self {
        Self { on_call: on_call.clone(), ..self.clone() }
    }

    fn named(&self, rules: &PolicySet) -> Vec<Entity> {
        let literals: HashSet<EntityUid> =
            rules.policies().flat_map(cedar_policy::Policy::entity_literals).collect();
        let everybody = self.people.values().map(|listed| &listed.entity);
        everybody
            .chain(self.teams.values())
            .filter(|entity| literals.contains(&entity.uid()))
            .cloned()
            .collect()
    }

    /// Whether somebody is listed.
    pub(super) fn lists(&self, login: &Login) -> bool {
        self.people.contains_key(login)
    }

    /// What rules may look at for a question of a person about a resource.
    pub(super) fn entities(
        &self,
        person: &Login,
        resource: &Resource,
        at: Timestamp,
    ) -> Result<Entities, Unfit> {
        let mut people = vec![person];
        let mut teams: Vec<&TeamName> = Vec::new();
        let mut found = Vec::new();
        match resource {
            Resource::Tenant { name, owners } => {
                teams.extend(owners);
                found.push(tenant(name, owners, self.tiers.of(name))?);
            }
            Resource::Request { requester, tenant: name, owners } => {
                people.push(requester);
                teams.extend(owners);
                found.push(tenant(name, owners, self.tiers.of(name))?);
                found.push(request(requester, name)?);
            }
            Resource::Grant { holder, role, tenant: name, owners } => {
                people.push(holder);
                teams.extend(owners);
                found.push(tenant(name, owners, self.tiers.of(name))?);
                found.push(self.role(role)?);
                found.push(grant(holder, role, name)?);
            }
            Resource::Console => {}
        }
        for login in people {
            let Some(person) = self.people.get(login) else { continue };
            teams.extend(&person.teams);
            found.push(self.on_duty(login, person, at));
        }
        found.extend(teams.into_iter().filter_map(|team| self.teams.get(team)).cloned());
        found.extend(self.named_in_rules.iter().cloned());
        let mut seen = HashSet::new();
        found.retain(|entity| seen.insert(entity.uid()));
        Entities::from_entities(found, None).map_err(|_| Unfit)
    }
}

impl Roster {
    /// A role on its rung. One that is listed no more stands above all that are.
    fn role(&self, name: &GrantableRoleName) -> Result<Entity, Unfit> {
        let rung = self.ladder.rung(name).unwrap_or(self.ladder.0.len() + 1);
        let rung = i64::try_from(rung).map_err(|_| Unfit)?;
        let attributes = [("rung", RestrictedExpression::new_long(rung))];
        with_attributes(names::grantable_role(name), attributes)
    }

    /// A person as they are at a moment: whoever is on call has the role that goes with it.
    fn on_duty(&self, login: &Login, person: &Listed, at: Timestamp) -> Entity {
        let roles = self.on_call.roles_of(login, at);
        if roles.is_empty() {
            return person.entity.clone();
        }
        let roles = roles.into_iter().map(|role| names::role(role));
        let parents = person.parents.iter().cloned().chain(roles).collect();
        Entity::new_no_attrs(names::person(login), parents)
    }
}

/// A person, with the roles as parents of their own.
fn listed(person: &Person) -> Listed {
    let teams = person.teams.iter().map(names::team);
    let roles = person.roles.iter().map(|role| names::role(role));
    let parents: Vec<_> = teams.chain(roles).collect();
    Listed {
        entity: Entity::new_no_attrs(
            names::person(&person.login),
            parents.iter().cloned().collect(),
        ),
        parents,
        teams: person.teams.iter().cloned().collect(),
    }
}

fn tenant(name: &TenantName, owners: &[TeamName], tier: Tier) -> Result<Entity, Unfit> {
    let owners = owners.iter().map(|team| RestrictedExpression::new_entity_uid(names::team(team)));
    let attributes = [
        ("cluster", RestrictedExpression::new_string(name.cluster.to_string())),
        ("namespace", RestrictedExpression::new_string(name.namespace.to_string())),
        ("owners", RestrictedExpression::new_set(owners)),
        ("tier", RestrictedExpression::new_long(tier.0.into())),
    ];
    with_attributes(names::tenant(name), attributes)
}

fn request(requester: &Login, tenant: &TenantName) -> Result<Entity, Unfit> {
    let attributes = [
        ("requester", RestrictedExpression::new_entity_uid(names::person(requester))),
        ("tenant", RestrictedExpression::new_entity_uid(names::tenant(tenant))),
    ];
    with_attributes(names::request(), attributes)
}

fn grant(holder: &Login, role: &GrantableRoleName, tenant: &TenantName) -> Result<Entity, Unfit> {
    let attributes = [
        ("holder", RestrictedExpression::new_entity_uid(names::person(holder))),
        ("role", RestrictedExpression::new_entity_uid(names::grantable_role(role))),
        ("tenant", RestrictedExpression::new_entity_uid(names::tenant(tenant))),
    ];
    with_attributes(names::grant(), attributes)
}

fn with_attributes<const N: usize>(
    uid: EntityUid,
    attributes: [(&str, RestrictedExpression); N],
) -> Result<Entity, Unfit> {
    let attributes = attributes.map(|(name, value)| (name.to_owned(), value));
    Entity::new(uid, attributes.into(), HashSet::new()).map_err(|_| Unfit)
}
