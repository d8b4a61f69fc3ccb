//! How a job finds its own pods: by a label that no other job has.
//!
//! Never touches a job that brings a selector of its own.

use serde_json::json;

use crate::object::Object;

/// Labels the template with the job's name and UID, and selects by the latter.
pub(super) fn select_own_pods(job: &mut Object) {
    if job.has("/spec/selector") {
        return;
    }
    let (name, uid) = (job.name().to_owned(), job.uid().to_owned());
    for (label, value) in [
        ("batch.kubernetes.io~1controller-uid", &uid),
        ("batch.kubernetes.io~1job-name", &name),
        ("controller-uid", &uid),
        ("job-name", &name),
    ] {
        job.set(&format!("/spec/template/metadata/labels/{label}"), value.as_str());
    }
    let label = json!({ "batch.kubernetes.io/controller-uid": uid });
    job.set("/spec/selector", json!({ "matchLabels": label }));
}
