//! Who holds roles, and who agrees.

use std::time::Duration;

use axum::http::StatusCode;
use domain::time::Timestamp;
use person::{Answer, Authenticator, Browser};
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use super::ground::{NAMESPACE, ROLE};
use crate::bench::{Trouble, console::Console, policy::CLUSTER};

/// How long anything here may take.
const WITHIN: Duration = Duration::from_mins(1);
/// How soon it is tried again.
const AGAIN: Duration = Duration::from_millis(50);

/// Somebody with a browser and a passkey.
type Person = (Browser, Authenticator);

/// The people.
pub(super) struct People {
    on_call: Person,
    approver: Person,
}

/// A role that somebody holds.
pub(super) struct Held {
    pub(super) id: String,
    pub(super) ends_at: Timestamp,
}

impl People {
    pub(super) async fn enrol(console: &Console) -> Result<Self, Trouble> {
        let (on_call, approver) =
            (console.enrol("on-call").await?, console.enrol("approver").await?);
        Ok(Self { on_call, approver })
    }

    /// Waits until the console has seen the tenant.
    pub(super) async fn until_seen(&mut self) -> Result<(), Trouble> {
        let path = format!("/api/v1/grantable-roles?cluster={CLUSTER}&namespace={NAMESPACE}");
        until(|answer| answer.status.is_success(), async || self.on_call.0.get(&path).await)
            .await
            .map(drop)
    }

    /// The on-call asks for the role, the approver agrees, and the cluster holds it.
    pub(super) async fn hold(&mut self, ttl: Duration) -> Result<Held, Trouble> {
        let wish = json!({ "cluster": CLUSTER, "namespace": NAMESPACE, "role": ROLE,
            "ttl_seconds": ttl.as_secs(), "reason": "it is measured" });
        let asked = post(&mut self.on_call.0, "/api/v1/grants", &wish).await?;
        let id = asked["id"].as_str().ok_or("a grant has an id")?.to_owned();
        let (browser, passkey) = &mut self.approver;
        let options = format!("/api/v1/grants/{id}/signature-options");
        let options = post(browser, &options, &json!({ "decision": "approve" })).await?;
        let decision = json!({ "decision": "approve", "credential": passkey.touch(&options) });
        post(browser, &format!("/api/v1/grants/{id}/decisions"), &decision).await?;
        let path = format!("/api/v1/grants/{id}");
        let held = until(
            |answer| answer.body["state"] == "active",
            async || self.on_call.0.get(&path).await,
        )
        .await?;
        let ends_at = held.body["ends_at"].as_str().ok_or("what is held ends")?.parse()?;
        Ok(Held { id, ends_at })
    }

    /// The on-call gives it back.
    pub(super) async fn give_back(&mut self, id: &str) -> Result<(), Trouble> {
        post(&mut self.on_call.0, &format!("/api/v1/grants/{id}/return"), &json!({})).await?;
        Ok(())
    }
}

/// Calls until the console takes it: it holds people back who knock too often.
async fn post(browser: &mut Browser, path: &str, body: &Value) -> Result<Value, Trouble> {
    let taken = until(
        |answer| answer.status != StatusCode::TOO_MANY_REQUESTS,
        async || browser.post(path, body.clone()).await,
    );
    Ok(taken.await?.done())
}

async fn until(
    is_it: impl Fn(&Answer) -> bool,
    mut call: impl AsyncFnMut() -> Answer,
) -> Result<Answer, Trouble> {
    let began = Instant::now();
    loop {
        let answer = call().await;
        if is_it(&answer) {
            return Ok(answer);
        }
        if began.elapsed() > WITHIN {
            return Err(format!("{} {}", answer.status, answer.body).into());
        }
        sleep(AGAIN).await;
    }
}
