//! `set-resources`: other requests and limits of one container.

use serde_json::Value;

use super::{
    command::{kubectl, named, said},
    rollout_restart::refuse_what_rolls_nothing,
};
use crate::actions::{
    Action, Bounds, Change, Follow, InvalidRequest, Parameter, Parameters, Power, Reach, Subject,
    TargetKind, TargetRef,
};

const CONTAINER: &str = "container";
/// The parameters, where each stands in a container's `resources`, and what `kubectl` calls it.
const QUANTITIES: [(&str, &str, &str); 4] = [
    ("cpu_request", "requests", "cpu"),
    ("cpu_limit", "limits", "cpu"),
    ("memory_request", "requests", "memory"),
    ("memory_limit", "limits", "memory"),
];

/// Gives one container of a workload other requests and limits of CPU and memory.
#[derive(Debug)]
pub struct SetResources;

impl Action for SetResources {
    fn name(&self) -> &'static str {
        "set-resources"
    }

    fn summary(&self) -> &'static str {
        "Gives one container other requests and limits of CPU and memory, and rolls that out. What is left out stays."
    }

    fn targets(&self) -> &'static [TargetKind] {
        &[TargetKind::Deployment, TargetKind::StatefulSet, TargetKind::DaemonSet]
    }

    fn parameters(&self) -> &'static [Parameter] {
        const { &[
            Parameter::needed(CONTAINER, Bounds::Container),
            Parameter::optional("cpu_request", Bounds::Quantity),
            Parameter::optional("cpu_limit", Bounds::Quantity),
            Parameter::optional("memory_request", Bounds::Quantity),
            Parameter::optional("memory_limit", Bounds::Quantity),
        ] }
    }

    fn powers(&self) -> &'static [Power] {
        &[Power {
            group: "apps",
            resources: &["deployments", "statefulsets", "daemonsets"],
            verbs: &["patch"],
        }]
    }

    fn change(&self, subject: &Subject<'_>) -> Result<Change, InvalidRequest> {
        refuse_what_rolls_nothing(subject)?;
        let mut wanted = subject.object.clone();
        let name = said(subject.parameters, CONTAINER);
        let containers = wanted["spec"]["template"]["spec"]["containers"].as_array_mut();
        let container = containers.into_iter().flatten().find(|it| it["name"] == *name);
        let container = container.ok_or_else(|| InvalidRequest::Parameter {
            name: CONTAINER.to_owned(),
            rule: Bounds::Container.rule(),
        })?;
        for (parameter, side, resource) in QUANTITIES {
            if let Some(quantity) = subject.parameters.get(parameter) {
                container["resources"][side][resource] = quantity.clone();
            }
        }
        Change::towards(subject.object, &wanted)
    }

    fn reach(&self, _subject: &Subject<'_>) -> Reach {
        Reach::EachInTurn
    }

    fn follow(&self) -> Follow {
        Follow::Rollout
    }

    fn way_back(&self) -> Option<&'static str> {
        Some("rollback")
    }

    fn kubectl(&self, target: &TargetRef, parameters: &Parameters) -> String {
        let text = |name: &str| parameters.get(name).and_then(Value::as_str);
        let container = format!("--containers={}", text(CONTAINER).unwrap_or_default());
        let sides = ["requests", "limits"].into_iter().filter_map(|side| {
            let of_side = QUANTITIES.into_iter().filter(|(_, its_side, _)| *its_side == side);
            let said: Vec<_> = of_side
                .filter_map(|(name, _, resource)| Some(format!("{resource}={}", text(name)?)))
                .collect();
            (!said.is_empty()).then(|| format!("--{side}={}", said.join(",")))
        });
        let options: Vec<_> = std::iter::once(container).chain(sides).collect();
        kubectl(target, format_args!("set resources {} {}", named(target), options.join(" ")))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{super::testkit::{change, patched}, *};

    fn workload(resources: &Value) -> Value {
        let containers = json!([{"name": "api", "image": "api:1", "resources": resources}, {"name": "proxy"}]);
        json!({"spec": {"template": {"spec": {"containers": containers}}}})
    }

    #[test]
    fn one_quantity_of_one_container_changes() {
        let before = workload(&json!({"limits": {"cpu": "1", "memory": "1Gi"}}));
        let asked = json!({CONTAINER: "api", "memory_limit": "2Gi"});
        let after = patched(&SetResources, &before, &asked);
        assert_eq!(after, workload(&json!({"limits": {"cpu": "1", "memory": "2Gi"}})));
    }

    #[test]
    fn a_container_that_is_not_there_is_refused() {
        let asked = json!({CONTAINER: "web", "memory_limit": "2Gi"});
        let refused = change(&SetResources, &workload(&json!({})), &asked);
        assert!(matches!(refused, Err(InvalidRequest::Parameter { name, .. }) if name == CONTAINER));
    }
}
