//! Writing a call down: method, path, and a body that names the very object.

use domain::{
    actions::{Change, Part},
    resources::ClusterError,
};
use http::{Method, Request, header::CONTENT_TYPE};
use serde_json::{Value, json};

use super::{Call, GIVEN_UP_AFTER, Mode};
use crate::cluster::person::malformed;

/// By this name the cluster's own `managedFields` tell of what the console changed.
const FIELD_MANAGER: &str = "&fieldManager=sekisho";

struct Written {
    method: Method,
    path: String,
    query: &'static str,
    media_type: &'static str,
    body: Value,
}

impl Call<'_> {
    pub(super) fn write(&self, mode: Mode<'_>) -> Result<Request<Vec<u8>>, ClusterError> {
        let Written { method, path, query, media_type, body } = match self.change {
            Change::Evict => self.eviction(mode),
            Change::Delete { grace_seconds } => self.deletion(*grace_seconds, mode),
            Change::Patch { part, patch } => self.patch(*part, patch, mode),
            Change::Create { object, .. } => self.creation(object),
            Change::Evictions(_) => {
                let message = "evictions are sent pod by pod".to_owned();
                return Err(ClusterError::Unexpected { message });
            }
        };
        // In the address, so that the cluster's own audit log tells the one from the other.
        let meant = match mode {
            Mode::DryRun => "&dryRun=All",
            Mode::Of { .. } | Mode::Whatever => "",
        };
        let patience = GIVEN_UP_AFTER.as_secs();
        Request::builder()
            .method(method)
            .uri(format!("{path}?timeout={patience}s{query}{meant}"))
            .header(CONTENT_TYPE, media_type)
            .body(body.to_string().into_bytes())
            .map_err(malformed)
    }

    fn object(&self) -> String {
        self.place.object(self.target.namespace, self.target.name)
    }

    /// Carries no `apiVersion`: 1.20 wants policy/v1beta1, later releases policy/v1, and both fill in their own.
    fn eviction(&self, mode: Mode<'_>) -> Written {
        let mut options = json!({"preconditions": self.preconditions(mode)});
        if let Mode::DryRun = mode {
            options["dryRun"] = json!(["All"]);
        }
        Written {
            method: Method::POST,
            path: format!("{}/eviction", self.object()),
            query: "",
            media_type: "application/json",
            body: json!({
                "metadata": {"name": self.target.name, "namespace": self.target.namespace},
                "deleteOptions": options,
            }),
        }
    }

    fn deletion(&self, grace_seconds: Option<u32>, mode: Mode<'_>) -> Written {
        let mut options = json!({
            "apiVersion": "v1",
            "kind": "DeleteOptions",
            "propagationPolicy": "Background",
            "preconditions": self.preconditions(mode),
        });
        if let Some(seconds) = grace_seconds {
            options["gracePeriodSeconds"] = seconds.into();
        }
        if let Mode::DryRun = mode {
            options["dryRun"] = json!(["All"]);
        }
        Written {
            method: Method::DELETE,
            path: self.object(),
            query: "",
            media_type: "application/json",
            body: options,
        }
    }

    fn patch(&self, part: Part, patch: &Value, mode: Mode<'_>) -> Written {
        let mut patch = patch.clone();
        patch["metadata"]["uid"] = self.target.uid.into();
        if let Mode::Of { resource_version } = mode {
            patch["metadata"]["resourceVersion"] = resource_version.into();
        }
        let subresource = match part {
            Part::Whole => "",
            Part::Scale => "/scale",
        };
        Written {
            method: Method::PATCH,
            path: format!("{}{subresource}", self.object()),
            query: FIELD_MANAGER,
            media_type: "application/merge-patch+json",
            body: patch,
        }
    }

    fn creation(&self, object: &Value) -> Written {
        Written {
            method: Method::POST,
            path: self.place.collection(self.target.namespace),
            query: FIELD_MANAGER,
            media_type: "application/json",
            body: object.clone(),
        }
    }

    fn preconditions(&self, mode: Mode<'_>) -> Value {
        match mode {
            Mode::DryRun | Mode::Whatever => json!({"uid": self.target.uid}),
            Mode::Of { resource_version } => {
                json!({"uid": self.target.uid, "resourceVersion": resource_version})
            }
        }
    }
}
