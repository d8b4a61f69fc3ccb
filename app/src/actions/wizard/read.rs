//! What the wizard reads.

use std::collections::BTreeMap;

use domain::{
    Problem,
    actions::{PodSeen, Review, RevisionOffer, TargetRef},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::GetUrl;

#[cfg(feature = "ssr")]
use super::look::look;
#[cfg(feature = "ssr")]
use crate::rendering::{Caller, answer};
use crate::{Failure, wire::Json};

/// What a person said of the parameters, as the address says it.
pub(super) type Said = BTreeMap<String, String>;

/// An action on a target, as far as it is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct WizardNow {
    /// What the action says of itself.
    pub(super) words: Wording,
    /// What it asks for beside the target.
    pub(super) fields: Vec<Field>,
    /// What is wrong with what was said.
    pub(super) trouble: Option<Problem>,
    /// What it would do; absent until enough was said.
    pub(super) review: Option<Review>,
}

/// What an action says of itself on this target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Wording {
    pub(super) title: String,
    pub(super) what: String,
    pub(super) submit: String,
    pub(super) reason: String,
}

/// A parameter, as a form asks for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) hint: String,
    pub(super) required: bool,
    /// What was said, or what it is now; empty where neither is known.
    pub(super) value: String,
    pub(super) input: Input,
}

/// How a parameter is chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Input {
    /// A whole number, both ends included.
    Number { least: i64, most: i64 },
    /// A short text.
    Text,
    /// One of these, each with what it is called.
    Choice(Vec<(String, String)>),
    /// Some of these, the troubled first.
    Pods(Vec<PodSeen>),
    /// One of these, the newest first.
    Revision(Vec<RevisionOffer>),
}

/// What an action on a target would do, given these parameters.
#[server(prefix = "/pages", input = GetUrl, output = Json)]
pub(super) async fn read_wizard(
    target: TargetRef,
    action: String,
    #[server(default)] said: Said,
) -> Result<WizardNow, Failure> {
    let Caller { console, actor } = Caller::current()?;
    answer(look(&console, &actor, &target, &action, &said).await)
}
