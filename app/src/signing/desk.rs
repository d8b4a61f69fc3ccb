//! How far a decision has come, and its way to the console.

use std::sync::Arc;

use domain::approvals::Decision;
use leptos::{html, prelude::*, task::spawn_local};
use serde::Serialize;

use super::sent::{Sent, address, needs_comment, takes_comment};
use crate::{
    Failure, PasskeyTrouble,
    browser::{Method, Shown, StepUp, call, check, scroll_to_top, send, touch_passkey},
    components::Bell,
};

/// How far a decision has come. Lives outside of what is read anew.
#[derive(Clone, Copy)]
pub(crate) struct Desk {
    /// What whoever decides writes.
    pub(super) comment: RwSignal<String>,
    /// Where they write it.
    pub(super) comment_field: NodeRef<html::Textarea>,
    /// Whether they decided without a word where one is needed.
    pub(super) comment_missing: RwSignal<bool>,
    /// What is under way.
    pub(crate) stage: RwSignal<Stage>,
    /// How the last attempt failed.
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// Rings when what is decided about should be read anew.
    pub(crate) changed: Bell,
}

/// What is under way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Stage {
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

/// What is decided about.
#[derive(Clone)]
pub(crate) struct Matter {
    /// Its address in the API.
    pub(crate) path: String,
    /// What the page shows of it, as far as a signature on this decision with that comment commits to it.
    pub(crate) on_page: OnPage,
}

type OnPage = Arc<dyn Fn(Decision, Option<&str>) -> Result<Shown, PasskeyTrouble> + Send + Sync>;

/// The body of what says nothing.
#[derive(Serialize)]
pub(super) struct Nothing {}

impl Desk {
    /// An empty desk.
    pub(crate) fn new() -> Self {
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
    pub(crate) fn decide(self, decision: Decision, matter: Matter) {
        if self.stage.get_untracked() != Stage::Idle {
            return;
        }
        let silent = self.comment.with_untracked(|comment| comment.trim().is_empty());
        let missing = silent && needs_comment(decision);
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
            let ended = self.sign_and_send(decision, &matter).await;
            self.end(ended);
        });
    }

    /// Sends what needs no touch.
    pub(crate) fn order(self, path: String) {
        if self.stage.get_untracked() != Stage::Idle {
            return;
        }
        self.stage.set(Stage::Sending);
        self.failure.set(None);
        spawn_local(async move {
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

    async fn sign_and_send(self, decision: Decision, matter: &Matter) -> Result<(), Failure> {
        let path = &matter.path;
        let comment = self.comment.get_untracked();
        let comment = Some(comment.trim()).filter(|it| !it.is_empty() && takes_comment(decision));
        let wish = Sent::wish(decision, comment);
        let asked: StepUp = call(Method::Post, &format!("{path}/signature-options"), &wish).await?;
        let on_page = (matter.on_page)(decision, comment)?;
        check(&on_page, &asked.commitment, &asked.public_key.challenge())?;
        self.stage.set(Stage::Touching);
        let credential = touch_passkey(&asked.public_key).await?;
        self.stage.set(Stage::Sending);
        let signed = Sent::signed(decision, credential, comment);
        send(Method::Post, &format!("{path}/{}", address(decision)), &signed).await
    }
}
