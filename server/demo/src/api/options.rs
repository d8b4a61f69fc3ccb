//! The options of a request: its query, and the `DeleteOptions` in a body.
//!
//! Never applies them.

use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;

use crate::{
    kinds::Kind,
    refusal::Refusal,
    selector::Selector,
    store::{Deletion, Effect},
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
    watch: String,
    allow_watch_bookmarks: String,
    timeout_seconds: String,
    dry_run: String,
    grace_period_seconds: String,
}

impl Options {
    pub(super) fn is_watch(&self) -> bool {
        is_true(&self.watch)
    }

    pub(super) fn wants_bookmarks(&self) -> bool {
        is_true(&self.allow_watch_bookmarks)
    }

    pub(super) fn timeout(&self) -> Option<Duration> {
        self.timeout_seconds.parse().ok().filter(|seconds| *seconds > 0).map(Duration::from_secs)
    }

    pub(super) fn selector(&self, kind: &Kind) -> Result<Selector, Refusal> {
        Ok(Selector::labels(&self.label_selector)?
            .and(Selector::fields(kind, &self.field_selector)?))
    }

    pub(super) fn effect(&self) -> Result<Effect, Refusal> {
        match self.dry_run.as_str() {
            "" => Ok(Effect::Commit),
            "All" => Ok(Effect::DryRun),
            other => Err(unsupported_dry_run(other)),
        }
    }

    /// What a `DeleteOptions` body says, or the query where it is silent.
    pub(super) fn deletion(&self, body: &Value) -> Result<(Deletion, Effect), Refusal> {
        let text = |pointer| body.pointer(pointer).and_then(Value::as_str).map(ToOwned::to_owned);
        let effect = match body["dryRun"].as_array().map(Vec::as_slice).unwrap_or_default() {
            [] => self.effect()?,
            [all] if all == "All" => Effect::DryRun,
            [other, ..] => return Err(unsupported_dry_run(other.as_str().unwrap_or_default())),
        };
        let deletion = Deletion {
            uid: text("/preconditions/uid"),
            revision: text("/preconditions/resourceVersion"),
            grace_seconds: body["gracePeriodSeconds"]
                .as_i64()
                .or_else(|| self.grace_period_seconds.parse().ok()),
        };
        Ok((deletion, effect))
    }
}

fn is_true(value: &str) -> bool {
    matches!(value, "true" | "1")
}

fn unsupported_dry_run(value: &str) -> Refusal {
    let complaint =
        format!("Unsupported value: []string{{\"{value}\"}}: supported values: \"All\"");
    Refusal::invalid(
        "meta.k8s.io",
        "CreateOptions",
        "",
        "dryRun",
        ("FieldValueNotSupported", &complaint),
    )
}
