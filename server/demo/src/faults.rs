//! Faults on demand, for tests of those who call this cluster.
//!
//! Never acts by itself: without a rule, nothing fails.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use serde_json::json;

use crate::{
    access::{Attributes, Target},
    refusal::Refusal,
    store::Effect,
};

/// Which requests fail, how, and how often.
#[derive(Clone, Debug)]
pub struct FaultRule {
    verb: String,
    resource: String,
    times: usize,
    writes: Writes,
    fault: Fault,
}

/// Which writes a rule means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Writes {
    All,
    /// Only those with `dryRun=All`.
    Rehearsed,
    /// Only those that would be kept.
    Kept,
}

/// What goes wrong.
#[derive(Clone, Debug)]
pub(crate) enum Fault {
    Refuse(Refusal),
    Slow(Duration),
    Disconnect,
    LoseAnswer,
}

impl FaultRule {
    fn new(verb: &str, resource: &str, fault: Fault) -> Self {
        Self {
            verb: verb.to_owned(),
            resource: resource.to_owned(),
            times: 1,
            writes: Writes::All,
            fault,
        }
    }

    /// Refuses the next matching request with an HTTP status such as 403, 409, 410, 429 or 500.
    /// `resource` is written as in RBAC rules, `pods/eviction`; `*` matches everything.
    #[must_use]
    pub fn refuse(verb: &str, resource: &str, code: u16) -> Self {
        let (reason, message) = match code {
            403 => ("Forbidden", "forbidden: injected fault"),
            404 => ("NotFound", "not found: injected fault"),
            400 => ("BadRequest", "bad request: injected fault"),
            401 => ("Unauthorized", "Unauthorized"),
            422 => ("Invalid", "the object is invalid: injected fault"),
            409 => ("Conflict", "Operation cannot be fulfilled: injected fault"),
            410 => ("Expired", "The resourceVersion is too old: injected fault"),
            429 => ("TooManyRequests", "too many requests, please try again later: injected fault"),
            503 => (
                "ServiceUnavailable",
                "the server is currently unable to handle the request: injected fault",
            ),
            504 => ("Timeout", "request did not complete within the allotted time: injected fault"),
            _ => ("InternalError", "Internal error occurred: injected fault"),
        };
        let mut refusal = Refusal::new(code, reason, message);
        refusal.details = json!({});
        Self::new(verb, resource, Fault::Refuse(refusal))
    }

    /// Answers the next matching request correctly, but late.
    #[must_use]
    pub fn slow(verb: &str, resource: &str, delay: Duration) -> Self {
        Self::new(verb, resource, Fault::Slow(delay))
    }

    /// Breaks the connection of the next matching request before anything is done.
    #[must_use]
    pub fn disconnect(verb: &str, resource: &str) -> Self {
        Self::new(verb, resource, Fault::Disconnect)
    }

    /// Does what the next matching request asks, then breaks the connection instead of answering.
    #[must_use]
    pub fn lose_answer(verb: &str, resource: &str) -> Self {
        Self::new(verb, resource, Fault::LoseAnswer)
    }

    /// Refuses with these words instead of its own, as an admission webhook or a quota would.
    #[must_use]
    pub fn saying(mut self, message: &str) -> Self {
        if let Fault::Refuse(refusal) = &mut self.fault {
            message.clone_into(&mut refusal.message);
        }
        self
    }

    /// Applies to dry runs only.
    #[must_use]
    pub fn rehearsals(mut self) -> Self {
        self.writes = Writes::Rehearsed;
        self
    }

    /// Applies to writes that would be kept only, so that a dry run before them succeeds.
    #[must_use]
    pub fn kept(mut self) -> Self {
        self.writes = Writes::Kept;
        self
    }

    /// Applies to so many matching requests instead of one.
    #[must_use]
    pub fn times(mut self, times: usize) -> Self {
        self.times = times;
        self
    }

    fn matches(&self, attributes: &Attributes, effect: Effect) -> bool {
        let Attributes { verb, target } = attributes;
        let resource = match target {
            Target::Resource(resource) => resource.full_name(),
            Target::Path(path) => path.clone(),
        };
        let meant = match self.writes {
            Writes::All => true,
            Writes::Rehearsed => effect == Effect::DryRun,
            Writes::Kept => effect == Effect::Commit,
        };
        meant
            && (self.verb == "*" || self.verb == *verb)
            && (self.resource == "*" || self.resource == resource)
    }
}

/// The rules that wait for their requests.
#[derive(Default)]
pub(crate) struct Faults(Mutex<Vec<FaultRule>>);

impl Faults {
    pub(crate) fn add(&self, rule: FaultRule) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(rule);
    }

    /// The fault that meets a request, if any; each use counts.
    pub(crate) fn take(&self, attributes: &Attributes, effect: Effect) -> Option<Fault> {
        let mut rules = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let rule =
            rules.iter_mut().find(|rule| rule.times > 0 && rule.matches(attributes, effect))?;
        rule.times -= 1;
        let fault = rule.fault.clone();
        rules.retain(|rule| rule.times > 0);
        Some(fault)
    }
}
