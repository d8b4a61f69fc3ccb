//! Looking at who can do what in a tenant.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    AccessItem, AccessPath, AccessView, AskedAccess, PathView, Principal, Rbac, Reach, RoleRef,
    Subject, Who, WrittenAccess, hidden::Hidden,
};
use crate::{
    access::Actor,
    actions::ActionKind,
    console::Console,
    grants::{Grant, GrantFilter, GrantStateName},
    names::{ClusterName, ClusterUser, Login},
    policy::PolicySnapshot,
    problem::Problem,
    tenants::TenantName,
};

/// The most lines that are told.
pub const MOST_LINES: usize = 2000;

/// Whom a subject may turn out to be.
struct Known {
    grants: BTreeMap<String, Grant>,
    people: BTreeMap<ClusterUser, Login>,
    hidden: Hidden,
    /// Bindings of the whole cluster that are for somebody who is not to be named, too: what they are called may say whom.
    veiled: BTreeSet<String>,
}

impl Console {
    /// Who can do what is asked about in a tenant that the person may see, as the cluster itself has it now.
    pub async fn who_can(
        &self,
        actor: &Actor,
        tenant: &TenantName,
        asked: &WrittenAccess,
    ) -> Result<AccessView, Problem> {
        let tenant = self.visible_tenant(actor, tenant).await?;
        let asked = asked.read()?;
        let rbac = tenant.cluster.grants().rbac(&tenant.name.namespace).await?;
        let mut known = self.known_in(actor, &tenant.name).await?;
        known.veil(&rbac);
        let mut items: Vec<_> =
            rbac.all_paths().filter_map(|path| known.item(path, &asked)).collect();
        items.sort_by_cached_key(|(is_of_the_cluster, item)| {
            (*is_of_the_cluster, item.who.clone(), item.path.reach, item.path.binding.clone())
        });
        let is_cut = items.len() > MOST_LINES;
        let items = items.into_iter().map(|(_, item)| item).take(MOST_LINES).collect();
        Ok(AccessView { items, is_cut })
    }

    async fn known_in(&self, actor: &Actor, tenant: &TenantName) -> Result<Known, Problem> {
        let held = GrantFilter {
            tenant: Some(tenant.clone()),
            ..GrantFilter::that_are(&GrantStateName::IN_CLUSTER)
        };
        let held = self.all_grants(&held).await?.into_iter();
        Ok(Known {
            grants: held.map(|grant| (grant.account_name(), grant)).collect(),
            people: self.policy().users_of(&tenant.cluster),
            hidden: self.hidden_from(actor, &tenant.cluster).await,
            veiled: BTreeSet::new(),
        })
    }
}

impl PolicySnapshot {
    fn users_of(&self, cluster: &ClusterName) -> BTreeMap<ClusterUser, Login> {
        let people = self.policy.people.values();
        people
            .filter_map(|person| {
                let user = person.cluster_users.get(cluster)?;
                Some((user.clone(), person.login.clone()))
            })
            .collect()
    }
}

impl Known {
    fn veil(&mut self, rbac: &Rbac) {
        let of_cluster = rbac.all_paths().filter(|path| path.reach == Reach::Cluster);
        let hidden = of_cluster.filter(|path| self.hidden.is_subject_of(path));
        self.veiled = hidden.map(|path| path.binding).collect();
    }

    /// The line of a path, and whether it is of the cluster itself.
    fn item(&self, path: AccessPath, asked: &AskedAccess) -> Option<(bool, AccessItem)> {
        let is_hidden = self.hidden.is_subject_of(&path);
        // Nobody finds out by asking about somebody who is not to be named.
        let is_meant = |principal: &Principal| !is_hidden && principal.is(&path.subject);
        if !asked.subject.as_ref().is_none_or(is_meant) {
            return None;
        }
        let path = self.hidden.without(path)?.answering(asked)?;
        // What belongs to the whole cluster may be called after whom it is for.
        let of_cluster = path.reach == Reach::Cluster;
        let is_veiled = is_hidden || of_cluster && self.veiled.contains(&path.binding);
        let is_told = |name: &str| !is_veiled && !self.hidden.is_in(name);
        let tells_role = matches!(path.role, RoleRef::Role(_)) || is_told(path.role.name());
        let tells_binding = !of_cluster || is_told(&path.binding);
        let who = if is_hidden { Who::HiddenAccount } else { self.who(&path.subject) };
        let item = AccessItem {
            who,
            only_named: path.is_for_named_alone(asked),
            risk: path.risk(),
            path: PathView {
                reach: path.reach,
                role: tells_role.then_some(path.role),
                binding: tells_binding.then_some(path.binding),
                rules: path.rules,
            },
        };
        Some((!is_hidden && path.subject.is_of_the_cluster(), item))
    }

    fn who(&self, subject: &Subject) -> Who {
        if let Some(grant) = subject.account_of_grant().and_then(|name| self.grants.get(name)) {
            return Who::Grant {
                login: grant.body.holder.clone(),
                until: grant.ends_at(),
                role: grant.body.role.name.clone(),
                id: grant.body.id,
            };
        }
        match subject.clone() {
            Subject::User { name } => match name.parse().ok().and_then(|user| self.person(user)) {
                Some(person) => person,
                None => Who::User { name },
            },
            Subject::Group { name } => match ActionKind::of_group(&name) {
                Some(action) => Who::Action { action: action.to_string() },
                None => Who::Group { name },
            },
            Subject::ServiceAccount { namespace, name } => Who::ServiceAccount { namespace, name },
        }
    }

    fn person(&self, user: ClusterUser) -> Option<Who> {
        let login = self.people.get(&user)?.clone();
        Some(Who::Person { login, user })
    }
}
