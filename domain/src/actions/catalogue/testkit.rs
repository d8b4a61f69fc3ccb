//! Asking an action what it would change, for the tests beside each.

use serde_json::Value;

use crate::{
    actions::{Action, Change, InvalidRequest, Revision, Subject, merged},
    ids::{Ids, RequestId},
    testkit::{ManualClock, SeededIds},
    time::Clock,
};

/// What it would change about this object, with these parameters.
pub(super) fn change(
    action: &dyn Action,
    object: &Value,
    parameters: &Value,
) -> Result<Change, InvalidRequest> {
    change_knowing(action, object, &[], parameters)
}

/// The same, with what the object was before.
pub(super) fn change_knowing(
    action: &dyn Action,
    object: &Value,
    revisions: &[Revision],
    parameters: &Value,
) -> Result<Change, InvalidRequest> {
    action.change(&Subject {
        object,
        revisions,
        pods: &[],
        parameters: parameters.as_object().unwrap(),
        request: Some(RequestId::new(SeededIds::new(1).uuid())),
        asked_at: ManualClock::default().now(),
    })
}

/// The object after the patch that it would send.
pub(super) fn patched(action: &dyn Action, object: &Value, parameters: &Value) -> Value {
    match change(action, object, parameters) {
        Ok(Change::Patch { patch, .. }) => merged(object, &patch),
        other => panic!("no patch: {other:?}"),
    }
}
