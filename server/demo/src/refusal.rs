//! Every way this API says no, as the `Status` object a real API server answers with.
//!
//! Messages follow Kubernetes to the letter where clients are known to read them. Never says yes.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::{complaint::Complaint, kinds::Kind};

/// A refused request.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{message}")]
pub(crate) struct Refusal {
    pub(crate) code: u16,
    pub(crate) reason: &'static str,
    pub(crate) message: String,
    pub(crate) details: Value,
}

impl Refusal {
    pub(crate) fn new(code: u16, reason: &'static str, message: impl Into<String>) -> Self {
        Self { code, reason, message: message.into(), details: Value::Null }
    }

    fn about(mut self, group: &str, resource: &str, name: &str) -> Self {
        let fields = [("name", name), ("group", group), ("kind", resource)];
        let present = fields.into_iter().filter(|(_, value)| !value.is_empty());
        self.details = present.map(|(field, value)| (field.to_owned(), json!(value))).collect();
        self
    }

    fn because(mut self, causes: Value) -> Self {
        self.details["causes"] = causes;
        self
    }

    pub(crate) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(400, "BadRequest", message)
    }

    pub(crate) fn unauthorized() -> Self {
        Self::new(401, "Unauthorized", "Unauthorized")
    }

    /// `resource` without its subresource; an empty one is a path outside the resources.
    pub(crate) fn forbidden(group: &str, resource: &str, name: &str, why: &str) -> Self {
        let what = match (resource, name) {
            ("", _) => String::new(),
            (_, "") => format!("{} is ", qualified(group, resource)),
            _ => format!("{} \"{name}\" is ", qualified(group, resource)),
        };
        Self::new(403, "Forbidden", format!("{what}forbidden: {why}")).about(group, resource, name)
    }

    /// Nothing new comes to a namespace that is on its way out.
    pub(crate) fn terminating(kind: &Kind, name: &str, namespace: &str) -> Self {
        let why = format!(
            "unable to create new content in namespace {namespace} because it is being terminated"
        );
        let message = format!("namespace {namespace} is being terminated");
        let causes = json!([{
            "reason": "NamespaceTerminating", "message": message, "field": "metadata.namespace",
        }]);
        Self::forbidden(kind.group, kind.plural, name, &why).because(causes)
    }

    pub(crate) fn not_found(kind: &Kind, name: &str) -> Self {
        let message = format!("{} \"{name}\" not found", qualified(kind.group, kind.plural));
        Self::new(404, "NotFound", message).about(kind.group, kind.plural, name)
    }

    /// A known group, an unknown resource.
    pub(crate) fn no_such_resource() -> Self {
        Self::new(404, "NotFound", "the server could not find the requested resource")
            .about("", "", "")
    }

    pub(crate) fn method_not_allowed() -> Self {
        let message = "the server does not allow this method on the requested resource";
        Self::new(405, "MethodNotAllowed", message).about("", "", "")
    }

    pub(crate) fn already_exists(kind: &Kind, name: &str) -> Self {
        let message = format!("{} \"{name}\" already exists", qualified(kind.group, kind.plural));
        Self::new(409, "AlreadyExists", message).about(kind.group, kind.plural, name)
    }

    pub(crate) fn modified(kind: &Kind, name: &str) -> Self {
        let why = "the object has been modified; please apply your changes to the latest version and try again";
        let what = qualified(kind.group, kind.plural);
        Self::new(
            409,
            "Conflict",
            format!("Operation cannot be fulfilled on {what} \"{name}\": {why}"),
        )
        .about(kind.group, kind.plural, name)
    }

    /// A precondition names another object, or another version of it, than the one that is there.
    pub(crate) fn precondition(
        kind: &Kind,
        name: &str,
        field: &str,
        wanted: &str,
        found: &str,
    ) -> Self {
        let hint = if field == "UID" { "deleted and then recreated" } else { "modified" };
        let message = format!(
            "Operation cannot be fulfilled on {} \"{name}\": the {field} in the precondition ({wanted}) \
             does not match the {field} in record ({found}). The object might have been {hint}",
            qualified(kind.group, kind.name)
        );
        Self::new(409, "Conflict", message).about(kind.group, kind.name, name)
    }

    pub(crate) fn expired(message: impl Into<String>) -> Self {
        Self::new(410, "Expired", message)
    }

    pub(crate) fn too_large() -> Self {
        Self::new(413, "RequestEntityTooLarge", "the request is too large")
    }

    pub(crate) fn unsupported_media_type() -> Self {
        Self::new(415, "UnsupportedMediaType", "415: Unsupported Media Type").about("", "", "")
    }

    /// One field of an object, or of its options, is wrong.
    pub(crate) fn invalid(
        group: &str,
        kind: &str,
        name: &str,
        field: &str,
        why: (&str, &str),
    ) -> Self {
        let (cause, complaint) = why;
        let message =
            format!("{} \"{name}\" is invalid: {field}: {complaint}", qualified(group, kind));
        let causes = json!([{ "reason": cause, "message": complaint, "field": field }]);
        Self::new(422, "Invalid", message).about(group, kind, name).because(causes)
    }

    /// Fields of an object are wrong.
    pub(crate) fn invalid_object(
        group: &str,
        kind: &str,
        name: &str,
        complaints: &[Complaint],
    ) -> Self {
        let told: Vec<String> = complaints.iter().map(ToString::to_string).collect();
        let told = match told.as_slice() {
            [one] => one.clone(),
            several => format!("[{}]", several.join(", ")),
        };
        let causes = complaints.iter().map(Complaint::cause).collect();
        let message = format!("{} \"{name}\" is invalid: {told}", qualified(group, kind));
        Self::new(422, "Invalid", message).about(group, kind, name).because(causes)
    }

    /// A patch does not apply. A real server does not say why.
    pub(crate) fn unprocessable() -> Self {
        let message = "the server rejected our request due to an error in our request";
        Self::new(422, "Invalid", message).about("", "", "")
    }

    /// An update names another object by UID than the one that is there.
    pub(crate) fn other_uid(group: &str, resource: &str, name: &str, uids: (&str, &str)) -> Self {
        let (wanted, found) = uids;
        let what = qualified(group, resource);
        let message = format!(
            "Operation cannot be fulfilled on {what} \"{name}\": \
             Precondition failed: UID in precondition: {wanted}, UID in object meta: {found}"
        );
        Self::new(409, "Conflict", message).about(group, resource, name)
    }

    /// A disruption budget has no room, or is not yet computed.
    pub(crate) fn over_budget(complaint: &str) -> Self {
        let message = "Cannot evict pod as it would violate the pod's disruption budget.";
        let causes = json!([{ "reason": "DisruptionBudget", "message": complaint }]);
        Self::new(429, "TooManyRequests", message).because(causes)
    }

    pub(crate) fn several_budgets() -> Self {
        let message = "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.";
        Self::new(500, "", message)
    }

    /// A binding refers to no kind of role. A real server finds that out before it validates, and answers with this.
    pub(crate) fn unsupported_role_reference(kind: &str) -> Self {
        Self::new(500, "", format!("unsupported role reference kind: {kind:?}"))
    }

    pub(crate) fn revision_too_large(wanted: u64, current: u64) -> Self {
        let message = format!("Timeout: Too large resource version: {wanted}, current: {current}");
        let causes = json!([{ "reason": "ResourceVersionTooLarge", "message": "Too large resource version" }]);
        Self::new(504, "Timeout", message).because(causes)
    }

    pub(crate) fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The `Status` object on the wire.
    pub(crate) fn status(&self) -> Value {
        let mut status = json!({
            "kind": "Status", "apiVersion": "v1", "metadata": {},
            "status": "Failure", "message": self.message, "code": self.code,
        });
        if !self.reason.is_empty() {
            status["reason"] = json!(self.reason);
        }
        if !self.details.is_null() {
            status["details"] = self.details.clone();
        }
        status
    }
}

/// `deployments.apps`; plain `pods` for the core group.
fn qualified(group: &str, resource: &str) -> String {
    if group.is_empty() { resource.to_owned() } else { format!("{resource}.{group}") }
}
