//! Signing a decision about a request: the challenge is checked against the page before the touch.

use domain::{
    approvals::{Decision, Purpose},
    ids::RequestId,
    names::Login,
};
use leptos::{html, prelude::*, task::spawn_local};
use serde::Serialize;

use super::case::{Case, Outlook};
use crate::{
    Failure, PasskeyTrouble,
    browser::{Credential, Method, Shown, StepUp, call, check, scroll_to_top, send, touch_passkey},
    components::Bell,
};

/// How far a decision has come. Lives outside of what is read anew.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    /// What the approver writes.
    pub(super) comment: RwSignal<String>,
    /// Where they write it.
    pub(super) comment_field: NodeRef<html::Textarea>,
    /// Whether they denied without a word.
    pub(super) comment_missing: RwSignal<bool>,
    /// What is under way.
    pub(super) stage: RwSignal<Stage>,
    /// How the last attempt failed.
    pub(super) failure: RwSignal<Option<Failure>>,
    /// Rings when the request should be read anew.
    pub(super) changed: Bell,
}

/// What is under way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Stage {
    /// Nothing.
    #[default]
    Idle,
    /// The console is being asked for what is to be signed.
    Asking,
    /// The passkey is being asked.
    Touching,
    /// The decision is being sent.
    Sending,
}

#[derive(Serialize)]
struct Wish<'a> {
    decision: Decision,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<&'a str>,
}

#[derive(Serialize)]
struct Signed<'a> {
    decision: Decision,
    credential: Credential,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<&'a str>,
}

#[derive(Serialize)]
struct Touched {
    credential: Credential,
}

#[derive(Serialize)]
struct Nothing {}

impl Desk {
    /// An empty desk.
    pub(super) fn new() -> Self {
        Self {
            comment: RwSignal::new(String::new()),
            comment_field: NodeRef::new(),
            comment_missing: RwSignal::new(false),
            stage: RwSignal::new(Stage::Idle),
            failure: RwSignal::new(None),
            changed: Bell::new(),
        }
    }

    /// Signs and sends a decision about what is shown.
    pub(super) fn decide(self, decision: Decision, shown: Case, person: Login) {
        if self.stage.get_untracked() != Stage::Idle {
            return;
        }
        // Who is refused is told why: without a word there is nothing to sign.
        let silent = self.comment.with_untracked(|comment| comment.trim().is_empty());
        let missing = silent && decision == Decision::Deny;
        self.comment_missing.set(missing);
        if missing {
            if let Some(field) = self.comment_field.get_untracked() {
                // A field that cannot be focused still says what it lacks.
                let _ = field.focus();
            }
            return;
        }
        self.stage.set(Stage::Asking);
        self.failure.set(None);
        spawn_local(async move {
            let ended = self.sign_and_send(decision, &shown, person).await;
            self.end(ended);
        });
    }

    /// Takes the request back.
    pub(super) fn withdraw(self, id: RequestId) {
        if self.stage.get_untracked() != Stage::Idle {
            return;
        }
        self.stage.set(Stage::Sending);
        spawn_local(async move {
            let path = format!("/api/v1/requests/{id}/withdrawal");
            self.end(send(Method::Post, &path, &Nothing {}).await);
        });
    }

    fn end(self, ended: Result<(), Failure>) {
        self.stage.set(Stage::Idle);
        if ended.is_ok() {
            // What became of it is told at the top, which a phone had scrolled past.
            scroll_to_top();
        }
        self.failure.set(ended.err());
        self.changed.ring();
    }

    async fn sign_and_send(
        self,
        decision: Decision,
        shown: &Case,
        person: Login,
    ) -> Result<(), Failure> {
        let path = format!("/api/v1/requests/{}", shown.view.body.id);
        let comment = self.comment.get_untracked();
        let comment = Some(comment.trim())
            .filter(|comment| !comment.is_empty() && decision != Decision::Execute);
        let wish = Wish { decision, comment };
        let asked: StepUp = call(Method::Post, &format!("{path}/signature-options"), &wish).await?;
        let on_page = on_page(decision, shown, person, comment)?;
        check(&on_page, &asked.commitment, &asked.public_key.challenge())?;
        self.stage.set(Stage::Touching);
        let credential = touch_passkey(&asked.public_key).await?;
        self.stage.set(Stage::Sending);
        if decision == Decision::Execute {
            send(Method::Post, &format!("{path}/execution"), &Touched { credential }).await
        } else {
            let signed = Signed { decision, credential, comment };
            send(Method::Post, &format!("{path}/decisions"), &signed).await
        }
    }
}

/// What the page shows, as far as a signature commits to it.
fn on_page(
    decision: Decision,
    shown: &Case,
    person: Login,
    comment: Option<&str>,
) -> Result<Shown, PasskeyTrouble> {
    let Some(Outlook::Preview(preview)) = &shown.now else {
        return Err(PasskeyTrouble::PreviewMoved);
    };
    let part = || PasskeyTrouble::OtherChallenge { part: "preview".to_owned() };
    Ok(Shown {
        purpose: Purpose::Request,
        decision,
        // Computed here from what is shown, whatever digest the page was sent.
        digest: shown.view.body.digest(),
        preview_digest: Some(preview.digest().map_err(|_| part())?),
        person,
        cluster_uid: Some(shown.view.body.target.cluster_uid.clone()),
        comment: comment.map(str::to_owned),
    })
}
