//! `get` of `pods/log`: what one run of one container wrote.
//!
//! Never follows, and never lets anybody read a run that there was not.

use axum::http::StatusCode;
use serde_json::Value;

use super::{Answer, call::Call};
use crate::{
    access::Resource, cluster::Cluster, controllers::kubelet::written, kinds, object::Object,
    refusal::Refusal, store::Key,
};

pub(super) fn read(cluster: &Cluster, call: &Call, resource: &Resource) -> Result<Answer, Refusal> {
    let key = Key::new(&kinds::POD, &resource.namespace, &resource.name);
    let pod = cluster.store.get(&key);
    let pod = pod.ok_or_else(|| Refusal::not_found(&kinds::POD, &resource.name))?;
    let container = container(&pod, &call.options.container)?;
    if !pod.has("/spec/nodeName") {
        // No kubelet could be asked.
        return Ok(Answer::Text(StatusCode::OK, String::new()));
    }
    let ended = has_ended(&pod, container, call.options.is_previous())?;
    let lines = written(&pod, container, ended);
    let tail = call.options.tail_lines.parse().unwrap_or(lines.len()).min(lines.len());
    let text = lines[lines.len() - tail..].join("\n") + "\n";
    let limit = call.options.limit_bytes.parse().unwrap_or(text.len());
    let text = text.char_indices().take_while(|(at, c)| at + c.len_utf8() <= limit);
    Ok(Answer::Text(StatusCode::OK, text.map(|(_, c)| c).collect()))
}

fn container<'a>(pod: &'a Object, name: &str) -> Result<&'a Value, Refusal> {
    let all = pod.items("/spec/containers");
    match (all, name) {
        ([only], "") => Ok(only),
        (_, "") => {
            let names: Vec<_> = all.iter().filter_map(|it| it["name"].as_str()).collect();
            Err(Refusal::bad_request(format!(
                "a container name must be specified for pod {}, choose one of: [{}]",
                pod.name(),
                names.join(" ")
            )))
        }
        _ => all.iter().find(|container| container["name"] == name).ok_or_else(|| {
            let pod = pod.name();
            Refusal::bad_request(format!("container {name} is not valid for pod {pod}"))
        }),
    }
}

/// Whether the run that is asked for has ended. A container that waits to be started again shows the one that ended last.
fn has_ended(pod: &Object, container: &Value, is_previous: bool) -> Result<bool, Refusal> {
    let name = container["name"].as_str().unwrap_or_default();
    let mut statuses = pod.items("/status/containerStatuses").iter();
    let status = statuses.find(|status| status["name"] == name).unwrap_or(&Value::Null);
    let (state, last) = (&status["state"], &status["lastState"]["terminated"]);
    let ended_before = !last.is_null();
    if is_previous && !ended_before {
        let pod = pod.name();
        let message =
            format!("previous terminated container \"{name}\" in pod \"{pod}\" not found");
        return Err(Refusal::bad_request(message));
    }
    if is_previous || !state["terminated"].is_null() {
        return Ok(true);
    }
    if state["running"].is_null() && !ended_before {
        let reason = state["waiting"]["reason"].as_str().unwrap_or("ContainerCreating");
        let pod = pod.name();
        return Err(Refusal::bad_request(format!(
            "container \"{name}\" in pod \"{pod}\" is waiting to start: {reason}"
        )));
    }
    Ok(state["running"].is_null())
}
