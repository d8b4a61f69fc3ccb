//! Requests on their way: asked for, signed and carried out as browsers do it.

use std::time::Duration;

use domain::{
    access::Actor,
    actions::{ActionKind, Asked, Parameters, ReadyEffect, catalogue::RestartPod},
    approvals::Decision,
    ids::SessionId,
    policy::PolicySource,
};
use person::{Answer, Authenticator, Browser};
use serde_json::{Value, json};

use crate::{policy::login, world::World};

/// What is asked for.
pub(crate) fn restart() -> Value {
    json!({
        "action": "restart-pod",
        "target": target("checkout"),
        "reason": "it answers nobody",
        "ticket": "INC-7",
    })
}

pub(crate) fn target(namespace: &str) -> Value {
    json!({ "cluster": "demo", "namespace": namespace, "kind": "Pod", "name": "api-0" })
}

impl World {
    /// A world in which a request of whoever is on call waits for its approval.
    pub(crate) async fn with_request() -> (Self, String) {
        let world = Self::new().await;
        let id = world.asked_by("on-call").await;
        (world, id)
    }

    /// A world with an approved request, and whoever may carry it out.
    pub(crate) async fn with_approval() -> (Self, String, Signer) {
        let (world, id) = Self::with_request().await;
        let on_call = world.approved(&id).await;
        (world, id, on_call)
    }

    /// A request is approved; whoever may carry it out.
    pub(crate) async fn approved(&self, id: &str) -> Signer {
        let on_call = self.signer("on-call").await;
        self.signer("owner").await.decide(id, "approve").await.done();
        on_call
    }

    /// A world with a request whose intent is committed, and what is to be done now.
    pub(crate) async fn with_intent() -> (Self, String, ReadyEffect) {
        let (world, id, on_call) = Self::with_approval().await;
        let ready = world.begin(&id, on_call).await;
        (world, id, ready)
    }

    async fn begin(&self, id: &str, mut signer: Signer) -> ReadyEffect {
        let (actor, console) = (self.actor("on-call"), &self.console);
        let (browser, id) = (console.new_ceremony_id(), id.parse().unwrap());
        let asked = console.signature_options(&actor, &browser, id, Decision::Execute, None);
        let options = serde_json::to_value(asked.await.unwrap()).unwrap();
        let credential = serde_json::from_value(signer.authenticator.touch(&options)).unwrap();
        console.begin_execution(&actor, &browser, id, &credential).await.unwrap().1
    }

    /// A request of this person.
    pub(crate) async fn asked_by(&self, name: &str) -> String {
        let asked = Asked {
            action: ActionKind::of(&RestartPod),
            target: serde_json::from_value(target("checkout")).unwrap(),
            parameters: Parameters::new(),
            lifts: Vec::new(),
            reason: "it answers nobody".to_owned(),
            ticket: None,
        };
        self.console.submit(&self.actor(name), asked).await.unwrap().id.to_string()
    }

    /// This person, as the console knows whoever is signed in.
    pub(crate) fn actor(&self, name: &str) -> Actor {
        let person = self.policy.current().policy.people[&login(name)].clone();
        Actor::new(person, SessionId::new(uuid::Uuid::nil()))
    }

    /// This person before a browser, with a passkey.
    pub(crate) async fn signer(&self, name: &str) -> Signer {
        let (browser, authenticator) = self.person(name).await;
        Signer { browser, authenticator }
    }

    /// Where a request stands.
    pub(crate) async fn state_of(&self, id: &str) -> String {
        let request = self.console.request(&self.actor("second"), id.parse().unwrap()).await;
        request.unwrap().view.state.as_str().to_owned()
    }

    /// What the log tells of actions, oldest first.
    pub(crate) async fn story(&self) -> Vec<String> {
        let entries = self.entries().await;
        let acts = entries.iter().rev().filter(|entry| entry.action.as_str() == "restart-pod");
        acts.map(|entry| entry.outcome.as_str().to_owned()).collect()
    }

    /// Waits until whatever answered calls began is done.
    pub(crate) async fn deeds_done(&self) {
        self.state.deeds.done(Duration::from_mins(5)).await.unwrap();
    }

    /// Waits until the log tells of this: deeds outlive the calls that began them.
    pub(crate) async fn heard(&self, outcome: &str) {
        self.heard_of("restart-pod", outcome).await;
    }

    /// The same of another action.
    pub(crate) async fn heard_of(&self, action: &str, outcome: &str) {
        let heard = async {
            while self.told(action, outcome).await == 0 {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), heard).await.unwrap();
    }
}

/// Somebody who signs.
pub(crate) struct Signer {
    pub(crate) browser: Browser,
    pub(crate) authenticator: Authenticator,
}

impl Signer {
    pub(crate) async fn options(&mut self, id: &str, decision: &str) -> Answer {
        let path = format!("/api/v1/requests/{id}/signature-options");
        self.browser.post(&path, json!({ "decision": decision })).await
    }

    /// The touch for a decision.
    pub(crate) async fn sign(&mut self, id: &str, decision: &str) -> Value {
        let options = self.options(id, decision).await.done();
        self.authenticator.touch(&options)
    }

    /// Hands a touch in, for what it may never have been.
    pub(crate) async fn file(&mut self, id: &str, decision: &str, credential: &Value) -> Answer {
        let (path, body) = match decision {
            "execute" => ("execution", json!({ "credential": credential })),
            "deny" => (
                "decisions",
                json!({ "decision": decision, "credential": credential, "comment": "not tonight" }),
            ),
            _ => ("decisions", json!({ "decision": decision, "credential": credential })),
        };
        self.browser.post(&format!("/api/v1/requests/{id}/{path}"), body).await
    }

    pub(crate) async fn decide(&mut self, id: &str, decision: &str) -> Answer {
        let credential = self.sign(id, decision).await;
        self.file(id, decision, &credential).await
    }

    /// Signs in again, after a session ran out.
    pub(crate) async fn return_to_work(&mut self) {
        self.browser.sign_in(&mut self.authenticator).await.done();
    }
}
