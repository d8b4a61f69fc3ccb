//! What the cluster's own audit log must tell of every request that was carried out.

use domain::{actions::ActionKind, ids::RequestId};
use serde_json::{Value, json};

use crate::{
    rbac,
    stage::{Stage, eventually},
};

/// The one write in the name of a request: sent by the console, as the person, with the action's group and no other.
pub(super) async fn of_one_write(stage: &Stage, action: ActionKind, request: RequestId) -> Value {
    let request = request.to_string();
    let writes = || {
        let told = stage.ground.audit(&request);
        let is_write = |event: &Value| {
            let of_it =
                event["impersonatedUser"]["extra"]["sekisho.dev/request"] == json!([request]);
            let meant = !event["requestURI"].as_str().unwrap_or_default().contains("dryRun=All");
            of_it && meant && event["verb"] != "get" && event["stage"] == "ResponseComplete"
        };
        told.into_iter().filter(is_write).collect::<Vec<_>>()
    };
    let event = eventually("the audit event", async || writes().pop()).await;
    assert_eq!(writes().len(), 1, "{:#?}", writes());

    assert_eq!(event["user"]["username"], rbac::CONSOLE);
    let person = &event["impersonatedUser"];
    assert_eq!(person["username"], rbac::ON_CALL);
    let groups = person["groups"].as_array().unwrap().iter();
    let ours: Vec<_> = groups.filter(|group| *group != "system:authenticated").collect();
    assert_eq!(ours, [&json!(action.cluster_group())]);
    let extra = json!({
        "sekisho.dev/actor": ["on-call"],
        "sekisho.dev/request": [request],
        "sekisho.dev/approvers": ["approver", "second-on-call"],
    });
    assert_eq!(person["extra"], extra);
    assert!(event["userAgent"].as_str().unwrap().starts_with("sekisho/"));
    event
}
