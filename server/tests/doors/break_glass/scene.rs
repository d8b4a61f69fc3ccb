//! A world in which glass can be broken, and people who do.

use std::time::Duration;

use domain::{
    audit::{Entry, EntryAction, EntryFilter},
    break_glass::BreakGlassSettings,
    policy::Tier,
};
use person::Answer;
use serde_json::{Value, json};

use crate::{asking::Signer, world::World};

/// How long approvers have where they have any time.
pub(super) const PATIENCE: Duration = Duration::from_mins(10);
/// How long a session lasts.
pub(super) const TTL: Duration = Duration::from_mins(20);
/// How long after the close account and verdict are due.
pub(super) const WITHIN: Duration = Duration::from_hours(24);

/// What somebody at night would send.
pub(crate) fn emergency() -> Value {
    json!({
        "cluster": "demo", "namespace": "checkout", "role": "debug", "ttl_seconds": TTL.as_secs(),
        "broken": "payments fail", "intent": "restart the ledger", "incident": "INC-7",
    })
}

fn settings(at_once: bool) -> BreakGlassSettings {
    let tiers = Tier::ALL.into_iter().filter(|_| at_once);
    BreakGlassSettings {
        patience: PATIENCE,
        at_once_in_tier: tiers.collect(),
        longest: Duration::from_mins(30),
        declared_for: Duration::from_hours(1),
        review_within: WITHIN,
        drills_in: ["demo/checkout".parse().unwrap()].into(),
    }
}

impl World {
    /// One in which nobody waits for approvers.
    pub(super) async fn at_night() -> Self {
        Self::with_break_glass(true).await
    }

    /// One in which approvers have their time.
    pub(super) async fn by_day() -> Self {
        Self::with_break_glass(false).await
    }

    async fn with_break_glass(at_once: bool) -> Self {
        let world = Self::with_roles(2).await;
        world.allow_break_glass(at_once).await;
        world
    }

    /// From now on glass can be broken; at once, or after approvers had their time.
    pub(crate) async fn allow_break_glass(&self, at_once: bool) {
        self.policy.amend(|policy| policy.break_glass = Some(settings(at_once)));
        self.console.enforce_policy().await.unwrap();
    }

    /// One in which on-call opened a session alone.
    pub(super) async fn with_session() -> (Self, String, Signer) {
        let world = Self::at_night().await;
        let mut on_call = world.signer("on-call").await;
        let id = on_call.breaks_glass().await;
        world.heard_of("break-glass", "given").await;
        (world, id, on_call)
    }

    /// One in which they closed it, and its review is due.
    pub(super) async fn with_review() -> (Self, String, Signer) {
        let (world, id, mut on_call) = Self::with_session().await;
        on_call.close(&id).await.done();
        world.followed().await;
        (world, id, on_call)
    }

    /// One with a session of somebody else's in the engineer's team, which is live.
    pub(crate) async fn with_session_of_another() -> (Self, String) {
        let (world, id, _) = Self::with_session().await;
        (world, id)
    }

    /// What every console does over and over.
    pub(crate) async fn followed(&self) {
        self.grants_looked_after().await;
        self.console.follow_sessions().await.unwrap();
        while self.console.chase_reviews().await.unwrap() > 0 {}
    }

    /// What the log tells of sessions and reviews, oldest first.
    pub(super) async fn told_at_night(&self) -> Vec<String> {
        let mut told = Vec::new();
        for action in [EntryAction::BreakGlass, EntryAction::Review] {
            told.extend(self.entries_about(action).await);
        }
        told.sort_by_key(|entry| entry.sequence);
        told.iter().map(|entry| entry.outcome.as_str().to_owned()).collect()
    }

    pub(super) async fn entries_about(&self, action: EntryAction) -> Vec<Entry> {
        let filter = EntryFilter { action: Some(action), ..EntryFilter::default() };
        self.entries_of(&filter).await
    }
}

impl Signer {
    /// Declares an emergency; its identifier.
    pub(crate) async fn declares(&mut self) -> String {
        let declared = self.browser.post("/api/v1/break-glass", emergency()).await;
        assert_eq!(declared.status, 201, "{}", declared.body);
        declared.body["id"].as_str().unwrap().to_owned()
    }

    /// Declares one and opens it alone.
    pub(crate) async fn breaks_glass(&mut self) -> String {
        let id = self.declares().await;
        self.open(&id).await.done();
        id
    }

    pub(super) async fn opening_options(&mut self, id: &str) -> Answer {
        let path = format!("/api/v1/break-glass/{id}/signature-options");
        self.browser.post(&path, json!({ "decision": "open" })).await
    }

    /// Opens it alone, or is told at the first or second step why not.
    pub(crate) async fn open(&mut self, id: &str) -> Answer {
        let options = self.opening_options(id).await;
        if options.status != 200 {
            return options;
        }
        let credential = self.authenticator.touch(&options.body);
        self.file_opening(id, &credential).await
    }

    pub(super) async fn file_opening(&mut self, id: &str, credential: &Value) -> Answer {
        let path = format!("/api/v1/break-glass/{id}/opening");
        self.browser.post(&path, json!({ "credential": credential })).await
    }

    pub(super) async fn session(&mut self, id: &str) -> Value {
        self.browser.get(&format!("/api/v1/break-glass/{id}")).await.done()
    }

    pub(crate) async fn close(&mut self, id: &str) -> Answer {
        self.browser.post(&format!("/api/v1/break-glass/{id}/closing"), json!({})).await
    }

    /// Takes back what was only declared.
    pub(super) async fn take_back(&mut self, id: &str) {
        self.browser.post(&format!("/api/v1/grants/{id}/return"), json!({})).await.done();
    }

    pub(super) async fn tell(&mut self, id: &str) -> Answer {
        let account = json!({ "found": "a lock", "done": "a restart", "follow_ups": "an index" });
        self.browser.post(&format!("/api/v1/break-glass/{id}/account"), account).await
    }

    pub(super) async fn review(&mut self, id: &str) -> Value {
        self.browser.get(&format!("/api/v1/reviews/{id}")).await.done()
    }

    pub(super) async fn sign_verdict(&mut self, id: &str, verdict: &str) -> Answer {
        let path = format!("/api/v1/reviews/{id}/signature-options");
        self.browser.post(&path, json!({ "verdict": verdict, "comment": "as seen" })).await
    }

    pub(super) async fn file_verdict(
        &mut self,
        id: &str,
        verdict: &str,
        credential: &Value,
    ) -> Answer {
        let body = json!({ "verdict": verdict, "credential": credential, "comment": "as seen" });
        self.browser.post(&format!("/api/v1/reviews/{id}/verdict"), body).await
    }

    /// Judges it, or is told at the first or second step why not.
    pub(crate) async fn judge(&mut self, id: &str, verdict: &str) -> Answer {
        let options = self.sign_verdict(id, verdict).await;
        if options.status != 200 {
            return options;
        }
        let credential = self.authenticator.touch(&options.body);
        self.file_verdict(id, verdict, &credential).await
    }
}
