//! What may be done to a target, by this person, and why not.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::request::usual_approvals;
use super::{
    Action, ActionKind, Bounds, FieldChange, LOSE, Needed, Parameters, PodSeen, Reads, STAY,
    Snapshot, Subject, TargetKind, TargetRef, field_changes,
};
use crate::{
    access::{Act, Actor, authorise},
    console::Console,
    policy::{ActionSettings, TicketRule},
    problem::Problem,
    tenants::VisibleTenant,
    time::Timestamp,
};

/// An action, as it is offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// What can be done.
    pub action: ActionKind,
    /// What that does, in a sentence in English.
    pub summary: String,
    /// What a person says beside the target.
    pub parameters: Vec<ParameterOffer>,
    /// Why this person may not do it, or why it cannot be done to this target now.
    pub refusal: Option<Problem>,
    /// Approvals it needs here.
    pub approvals_needed: u32,
    /// Whether a ticket must be named.
    pub ticket: TicketRule,
    /// What a ticket looks like, as a regular expression.
    pub ticket_pattern: Option<String>,
}

/// A parameter, with what it is now and what there is to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParameterOffer {
    /// Its name.
    pub name: String,
    /// What it may be.
    pub bounds: Bounds,
    /// Whether the action needs it.
    pub needed: Needed,
    /// What it is now, where the target says so.
    pub current: Option<Value>,
    /// The names to choose from, where there are such.
    pub choices: Vec<String>,
    /// The pods to choose from, the troubled first, where there are such.
    pub pods: Vec<PodSeen>,
    /// The revisions to choose from, newest first, where there are such.
    pub revisions: Vec<RevisionOffer>,
}

/// An earlier revision, and how what runs now would change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevisionOffer {
    /// Its number.
    pub number: i64,
    /// When the cluster made it.
    pub created_at: Timestamp,
    /// What going back to it would change; nothing where it is what runs.
    pub changes: Vec<FieldChange>,
}

impl Console {
    /// What may be done to a target the person may see, and what not, and why.
    pub async fn offers(&self, actor: &Actor, target: &TargetRef) -> Result<Vec<Offer>, Problem> {
        let policy = self.policy();
        let tenant = self.visible_tenant(actor, &target.tenant()).await?;
        let kinds = offered(&policy.policy.actions, target.kind);
        let reads =
            |what| kinds.iter().any(|(kind, _)| kind.declaration().reads() == what).then_some(what);
        let told_from = reads(Reads::Revisions).unwrap_or(Reads::Target);
        let snapshot = tenant.look_up(actor, target, told_from).await?;
        // Without them what is done pod by pod has nothing to choose from; the rest is offered all the same.
        let snapshot = match reads(Reads::Pods) {
            Some(_) => snapshot.clone().with_pods(tenant.cluster.as_ref()).unwrap_or(snapshot),
            None => snapshot,
        };
        let tier = policy.policy.tiers.of(&tenant.name);
        // All of them are done to the same kind: one answer is every answer.
        let session = match kinds.first() {
            Some((action, _)) => self.session_for(actor, *action, &tenant.name).await?,
            None => None,
        };
        let offers = kinds.into_iter().map(|(action, settings)| Offer {
            refusal: self.why_not(actor, action, &tenant, &snapshot),
            parameters: parameters(action.declaration(), Some(&snapshot)),
            approvals_needed: usual_approvals(settings, tier, session),
            ..offer(action, settings)
        });
        Ok(offers.collect())
    }

    /// The actions that are offered for a kind of object, wherever it is.
    #[must_use]
    pub fn catalogue(&self, kind: TargetKind) -> Vec<Offer> {
        let policy = self.policy();
        let kinds = offered(&policy.policy.actions, kind);
        kinds.into_iter().map(|(action, settings)| offer(action, settings)).collect()
    }

    fn why_not(
        &self,
        actor: &Actor,
        action: ActionKind,
        tenant: &VisibleTenant,
        snapshot: &Snapshot,
    ) -> Option<Problem> {
        let policy = self.policy();
        if let Err(refusal) = authorise(&policy, actor, Act::Ask(action), &tenant.as_resource()) {
            return Some(refusal.into());
        }
        let declaration = action.declaration();
        if !declaration.parameters().is_empty() {
            // What is said may make it possible.
            return None;
        }
        let subject = Subject {
            object: &snapshot.object,
            revisions: &snapshot.revisions,
            pods: &snapshot.pods,
            parameters: &Parameters::new(),
            request: None,
            asked_at: self.now(),
        };
        declaration.change(&subject).err().map(Problem::from)
    }
}

type Settings = std::collections::BTreeMap<ActionKind, ActionSettings>;

/// The actions for a kind of object that the policy lists, in the catalogue's order.
fn offered(settings: &Settings, kind: TargetKind) -> Vec<(ActionKind, &ActionSettings)> {
    let listed = ActionKind::all().iter().filter_map(|action| settings.get_key_value(action));
    listed
        .filter(|(action, _)| action.declaration().targets().contains(&kind))
        .map(|(action, settings)| (*action, settings))
        .collect()
}

fn offer(action: ActionKind, settings: &ActionSettings) -> Offer {
    Offer {
        action,
        summary: action.declaration().summary().to_owned(),
        parameters: parameters(action.declaration(), None),
        refusal: None,
        approvals_needed: settings.asking.approvals,
        ticket: settings.asking.ticket,
        ticket_pattern: settings.asking.ticket_pattern.clone(),
    }
}

fn parameters(declaration: &dyn Action, snapshot: Option<&Snapshot>) -> Vec<ParameterOffer> {
    let current = snapshot.map(|snapshot| declaration.current(&snapshot.object));
    let offered = declaration.parameters().iter().map(|parameter| ParameterOffer {
        name: parameter.name.to_owned(),
        bounds: parameter.bounds,
        needed: parameter.needed,
        current: current.as_ref().and_then(|current| current.get(parameter.name).cloned()),
        choices: match (parameter.bounds, snapshot) {
            (Bounds::Container, Some(snapshot)) => containers(&snapshot.object),
            (Bounds::StayOrLose, _) => [STAY, LOSE].map(str::to_owned).into(),
            _ => Vec::new(),
        },
        pods: match (parameter.bounds, snapshot) {
            (Bounds::Pods, Some(snapshot)) => pods(snapshot),
            _ => Vec::new(),
        },
        revisions: match (parameter.bounds, snapshot) {
            (Bounds::Revision, Some(snapshot)) => revisions(snapshot),
            _ => Vec::new(),
        },
    });
    offered.collect()
}

fn containers(object: &Value) -> Vec<String> {
    let containers = object["spec"]["template"]["spec"]["containers"].as_array();
    let names = containers.into_iter().flatten().filter_map(|it| it["name"].as_str());
    names.map(str::to_owned).collect()
}

fn pods(snapshot: &Snapshot) -> Vec<PodSeen> {
    let mut pods: Vec<_> = snapshot.pods.iter().collect();
    pods.sort_by_key(|pod| (!pod.is_failing(), pod.is_ready()));
    pods.into_iter().map(|pod| PodSeen::from(pod.as_ref())).collect()
}

fn revisions(snapshot: &Snapshot) -> Vec<RevisionOffer> {
    let offered = snapshot.revisions.iter().map(|revision| {
        let mut back = snapshot.object.clone();
        back["spec"]["template"] = revision.template.clone();
        RevisionOffer {
            number: revision.number,
            created_at: revision.created_at,
            changes: field_changes(&snapshot.object, &back),
        }
    });
    offered.collect()
}
