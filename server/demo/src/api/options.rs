//! The options of a request: its query, and the `DeleteOptions` in a body.
//!
//! Never applies them.

use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;

use crate::{
    complaint::Complaint,
    kinds::Kind,
    refusal::Refusal,
    selector::Selector,
    store::{Deletion, Effect, Propagation},
};

/// The query parameters this API knows; it ignores others, as the real one does.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Options {
    pub(super) label_selector: String,
    pub(super) field_selector: String,
    pub(super) limit: String,
    #[serde(rename = "continue")]
    pub(super) continuation: String,
    pub(super) resource_version: String,
    pub(super) container: String,
    pub(super) tail_lines: String,
    pub(super) limit_bytes: String,
    previous: String,
    watch: String,
    allow_watch_bookmarks: String,
    timeout_seconds: String,
    dry_run: String,
    grace_period_seconds: String,
    propagation_policy: String,
    orphan_dependents: String,
}

impl Options {
    pub(super) fn is_watch(&self) -> bool {
        is_true(&self.watch)
    }

    pub(super) fn wants_bookmarks(&self) -> bool {
        is_true(&self.allow_watch_bookmarks)
    }

    /// Whether the run before is meant.
    pub(super) fn is_previous(&self) -> bool {
        is_true(&self.previous)
    }

    pub(super) fn timeout(&self) -> Option<Duration> {
        self.timeout_seconds.parse().ok().filter(|seconds| *seconds > 0).map(Duration::from_secs)
    }

    pub(super) fn selector(&self, kind: &Kind) -> Result<Selector, Refusal> {
        Ok(Selector::labels(&self.label_selector)?
            .and(Selector::fields(kind, &self.field_selector)?))
    }

    /// Whether a write is only rehearsed. `options` is the kind whose field that is.
    pub(super) fn effect(&self, options: &str) -> Result<Effect, Refusal> {
        match self.dry_run.as_str() {
            "" => Ok(Effect::Commit),
            "All" => Ok(Effect::DryRun),
            other => Err(unsupported_dry_run(options, other)),
        }
    }

    /// What a `DeleteOptions` body says, or the query where it is silent.
    pub(super) fn deletion(&self, body: &Value) -> Result<(Deletion, Effect), Refusal> {
        let text = |pointer| body.pointer(pointer).and_then(Value::as_str).map(ToOwned::to_owned);
        let effect = match body["dryRun"].as_array().map(Vec::as_slice).unwrap_or_default() {
            [] => self.effect("DeleteOptions")?,
            [all] if all == "All" => Effect::DryRun,
            [other, ..] => {
                let value = other.as_str().unwrap_or_default();
                return Err(unsupported_dry_run("DeleteOptions", value));
            }
        };
        let deletion = Deletion {
            uid: text("/preconditions/uid"),
            revision: text("/preconditions/resourceVersion"),
            grace_seconds: body["gracePeriodSeconds"]
                .as_i64()
                .or_else(|| self.grace_period_seconds.parse().ok()),
            propagation: self.propagation(body)?,
        };
        Ok((deletion, effect))
    }

    /// What is said of the things an object owns; the older flag says it too.
    fn propagation(&self, body: &Value) -> Result<Option<Propagation>, Refusal> {
        let policy = body["propagationPolicy"].as_str().unwrap_or(&self.propagation_policy);
        let orphan = body["orphanDependents"].as_bool().or(self.orphan_dependents.parse().ok());
        match (policy, orphan) {
            ("", None) => Ok(None),
            ("", Some(true)) => Ok(Some(Propagation::Orphan)),
            ("", Some(false)) => Ok(Some(Propagation::Background)),
            (policy, _) => Propagation::read(policy).map(Some).ok_or_else(|| {
                let known = ["Foreground", "Background", "Orphan", "nil"];
                let complaint =
                    Complaint::unsupported("propagationPolicy", &Value::from(policy), &known);
                Refusal::invalid_object("meta.k8s.io", "DeleteOptions", "", &[complaint])
            }),
        }
    }
}

fn is_true(value: &str) -> bool {
    matches!(value, "true" | "1")
}

fn unsupported_dry_run(options: &str, value: &str) -> Refusal {
    let complaint =
        format!("Unsupported value: []string{{\"{value}\"}}: supported values: \"All\"");
    let why = ("FieldValueNotSupported", complaint.as_str());
    Refusal::invalid("meta.k8s.io", options, "", "dryRun", why)
}
