//! A world in which somebody lost every passkey, and the people who sign for them.

use domain::{
    audit::{Entry, EntryAction, EntryFilter},
    recovery::AskedRecovery,
};
use person::{Answer, Authenticator, Browser};
use serde_json::{Value, json};

use crate::{asking::Signer, policy::login, world::World};

/// What an admin would send.
pub(crate) fn wish() -> Value {
    json!({ "login": "on-call", "reason": "the phone fell into the sea" })
}

/// A recovery of whoever is on call, which an admin and an owner of the same team may sign.
pub(super) struct Recovering {
    pub(super) world: World,
    pub(super) id: String,
    /// Who is recovered; their old passkey works until they came back.
    pub(super) on_call: Signer,
    pub(super) admin: Signer,
    pub(super) owner: Signer,
}

impl World {
    /// One in which an admin asked that somebody of the engineer's team is recovered; its identifier.
    pub(crate) async fn with_recovery_of_another() -> (Self, String) {
        let Recovering { world, id, .. } = Recovering::asked().await;
        (world, id)
    }

    /// The same world after whoever is on call came back by a recovery, whose verdict is due.
    pub(crate) async fn after_a_recovery(self) -> Self {
        let mut recovering = Recovering::signed_in(self).await;
        recovering.comes_back().await;
        recovering.world
    }

    /// An admin asks that whoever is on call is recovered; its identifier.
    pub(crate) async fn recovery_of_on_call(&self) -> String {
        let asked = AskedRecovery { login: login("on-call"), reason: "lost".to_owned() };
        let admin = self.actor("admin");
        self.console.ask_for_recovery(&admin, asked).await.unwrap().body.id.to_string()
    }

    /// What the log tells of recoveries, oldest first.
    pub(super) async fn told_of_recoveries(&self) -> Vec<String> {
        let entries = self.recovery_entries().await;
        entries.iter().map(|entry| entry.outcome.as_str().to_owned()).collect()
    }

    pub(super) async fn recovery_entries(&self) -> Vec<Entry> {
        let action = Some(EntryAction::Recovery);
        let mut entries = self.entries_of(&EntryFilter { action, ..EntryFilter::default() }).await;
        entries.reverse();
        entries
    }
}

impl Recovering {
    /// One that nobody signed yet.
    pub(super) async fn asked() -> Self {
        Self::asked_in(World::new().await).await
    }

    pub(super) async fn asked_in(world: World) -> Self {
        let (on_call, owner) = (world.signer("on-call").await, world.signer("owner").await);
        let mut admin = world.signer("admin").await;
        let id = admin.asks_for_recovery().await;
        Self { world, id, on_call, admin, owner }
    }

    /// One that both signed.
    pub(super) async fn signed() -> Self {
        Self::signed_in(World::new().await).await
    }

    pub(super) async fn signed_in(world: World) -> Self {
        let mut recovering = Self::asked_in(world).await;
        let id = recovering.id.clone();
        recovering.owner.decide_recovery(&id, "approve").await.done();
        recovering.admin.decide_recovery(&id, "approve").await.done();
        recovering
    }

    /// The secret of its link.
    pub(super) async fn link(&mut self) -> String {
        let made = self.admin.recovery_link(&self.id).await.done();
        made["link"].as_str().unwrap().to_owned()
    }

    /// The person comes back in another browser.
    pub(super) async fn comes_back(&mut self) -> Signer {
        let link = self.link().await;
        let mut browser = self.world.browser();
        let authenticator = browser.enrol(&link).await;
        Signer { browser, authenticator }
    }
}

/// Begins to come back by a link: the answer that is to be made to the console.
pub(super) async fn begin(browser: &mut Browser, link: &str) -> Answer {
    browser.post("/api/v1/identity/enrolment/options", json!({ "link": link })).await
}

/// Makes it.
pub(super) async fn finish(browser: &mut Browser, options: &Value, page: &str) -> Answer {
    let credential = Authenticator::new(page).register(options);
    let enrolment = json!({ "label": "new phone", "credential": credential });
    browser.post("/api/v1/identity/enrolment", enrolment).await
}

impl Signer {
    /// Asks that whoever is on call is recovered; its identifier.
    pub(super) async fn asks_for_recovery(&mut self) -> String {
        let asked = self.browser.post("/api/v1/recoveries", wish()).await;
        assert_eq!(asked.status, 201, "{}", asked.body);
        asked.body["id"].as_str().unwrap().to_owned()
    }

    pub(super) async fn recovery(&mut self, id: &str) -> Value {
        self.browser.get(&format!("/api/v1/recoveries/{id}")).await.done()
    }

    pub(super) async fn recovery_options(&mut self, id: &str, decision: &str) -> Answer {
        let path = format!("/api/v1/recoveries/{id}/signature-options");
        self.browser.post(&path, json!({ "decision": decision, "comment": "as seen" })).await
    }

    pub(super) async fn file_recovery(
        &mut self,
        id: &str,
        decision: &str,
        credential: &Value,
    ) -> Answer {
        let body = json!({ "decision": decision, "credential": credential, "comment": "as seen" });
        self.browser.post(&format!("/api/v1/recoveries/{id}/decisions"), body).await
    }

    /// Signs it or refuses it, or is told at the first or second step why not.
    pub(super) async fn decide_recovery(&mut self, id: &str, decision: &str) -> Answer {
        let options = self.recovery_options(id, decision).await;
        if options.status != 200 {
            return options;
        }
        let credential = self.authenticator.touch(&options.body);
        self.file_recovery(id, decision, &credential).await
    }

    pub(super) async fn recovery_link(&mut self, id: &str) -> Answer {
        self.browser.post(&format!("/api/v1/recoveries/{id}/link"), json!({})).await
    }

    pub(super) async fn stop_recovery(&mut self, id: &str) -> Answer {
        self.browser.post(&format!("/api/v1/recoveries/{id}/stop"), json!({})).await
    }

    /// Judges it, or is told at the first or second step why not.
    pub(super) async fn judge_recovery(&mut self, id: &str, verdict: &str) -> Answer {
        let asked = json!({ "verdict": verdict, "comment": "as seen" });
        let path = format!("/api/v1/recoveries/{id}/review/signature-options");
        let options = self.browser.post(&path, asked).await;
        if options.status != 200 {
            return options;
        }
        let credential = self.authenticator.touch(&options.body);
        let body = json!({ "verdict": verdict, "credential": credential, "comment": "as seen" });
        self.browser.post(&format!("/api/v1/recoveries/{id}/review/verdict"), body).await
    }
}
