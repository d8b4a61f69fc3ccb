//! Turning a verdict of the rules into a permit, or into a refusal that can be explained.

use serde::{Deserialize, Serialize};

use super::{
    Act, Actor, Execute, Permit, PermitScope, Preview, Question, Resource, RuleName, Verdict,
};
use crate::{
    actions::{Request, Target},
    names::{ClusterName, ClusterUser},
    policy::{Person, PolicySnapshot},
};

/// Why somebody may not do something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "refusal", rename_all = "snake_case")]
pub enum Refusal {
    /// Rules forbid it, or none allows it.
    #[error("no rule allows {act}")]
    Rules {
        /// What was asked for.
        act: Act,
        /// The rules that forbid it; none when nothing allows it.
        by: Vec<RuleName>,
    },
    /// The person has no user in that cluster.
    #[error("no cluster user is listed for cluster {cluster}")]
    NoClusterUser {
        /// The cluster.
        cluster: ClusterName,
    },
}

/// Asks the rules of the policy in force whether an actor may do something.
///
/// Reads are allowed by this alone; calls with power need a [`Permit`]: see [`preview_permit`] and
/// [`execution_permit`].
pub fn authorise(
    policy: &PolicySnapshot,
    actor: &Actor,
    act: Act,
    resource: &Resource,
) -> Result<(), Refusal> {
    decide(policy, actor.person(), act, resource)
}

fn decide(
    policy: &PolicySnapshot,
    person: &Person,
    act: Act,
    resource: &Resource,
) -> Result<(), Refusal> {
    let question = Question { person, act, resource, at: policy.at };
    match policy.rules.decide(question) {
        Verdict::Allowed { .. } => Ok(()),
        Verdict::Refused { by } => Err(Refusal::Rules { act, by }),
    }
}

/// The user as which an actor's calls reach a cluster.
pub fn cluster_user<'a>(
    actor: &'a Actor,
    cluster: &ClusterName,
) -> Result<&'a ClusterUser, Refusal> {
    user_of(actor.person(), cluster)
}

fn user_of<'a>(person: &'a Person, cluster: &ClusterName) -> Result<&'a ClusterUser, Refusal> {
    let refusal = || Refusal::NoClusterUser { cluster: cluster.clone() };
    person.cluster_users.get(cluster).ok_or_else(refusal)
}

/// Leave to ask the cluster what it would say to an action on a target: for whoever may ask for it,
/// decide it or execute it.
pub fn permit_preview(
    policy: &PolicySnapshot,
    actor: &Actor,
    act: Act,
    resource: &Resource,
    target: &Target,
) -> Result<Permit<Preview>, Refusal> {
    let Some(action) = act.action() else {
        return Err(Refusal::Rules { act, by: vec!["no-action-no-preview".to_owned()] });
    };
    authorise(policy, actor, act, resource)?;
    let tenant = target.tenant();
    Ok(Permit::grant(PermitScope {
        actor: actor.login().clone(),
        cluster_user: cluster_user(actor, &tenant.cluster)?.clone(),
        action,
        tenant,
        digest: target.fingerprint,
        request: None,
        approvers: Vec::new(),
    }))
}

/// Leave to carry out a request: the person's own, and executing with a committed intent.
///
/// Whether the approvals suffice is the request's own business: without them it has no intent
/// (see [`Request::begin`]).
pub fn permit_execution(
    policy: &PolicySnapshot,
    person: &Person,
    request: &Request,
) -> Result<Permit<Execute>, Refusal> {
    let body = &request.body;
    let tenant = body.target.tenant();
    let act = Act::Execute(body.action);
    let resource = request.as_resource(policy);
    decide(policy, person, act, &resource)?;
    if person.login != body.requester {
        return Err(Refusal::Rules { act, by: vec!["only-the-requester-executes".to_owned()] });
    }
    Ok(Permit::grant(PermitScope {
        actor: person.login.clone(),
        cluster_user: user_of(person, &tenant.cluster)?.clone(),
        action: body.action,
        tenant,
        digest: request.digest,
        request: Some(body.id),
        approvers: request.approvers(),
    }))
}
