//! The last lines of the first container that fails among the pods of an execution: which container, which of its
//! runs, and what is told where there are none.
//!
//! They are read as the person who looks, for that person alone, and are part of no entry.

use serde::{Deserialize, Serialize};

use super::{EffectSeen, Request, RequestState, Verdict, progress::new_pods};
use crate::{
    access::{Actor, cluster_user},
    console::Console,
    resources::{
        Cluster, ClusterError, ContainerRow, ContainerRun, ContainerState, Lines, PodRow, Run,
    },
};

/// The last lines of a container.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastLines {
    /// The pod's name.
    pub pod: String,
    /// The container's name.
    pub container: String,
    /// Of which run they are.
    pub run: Run,
    /// The lines, or why there are none.
    pub told: LinesTold,
}

/// What is told of the last lines of a container.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinesTold {
    /// The lines; none if it wrote nothing.
    Lines(Lines),
    /// The cluster's own RBAC does not let this person read them.
    Refused,
    /// They are no longer there.
    Gone,
    /// The cluster, or the pod's node, did not answer in time.
    Silent,
}

impl Console {
    /// The last lines of the first container that fails, for a person who was found to see the tenant.
    pub(super) async fn last_lines(
        &self,
        actor: &Actor,
        request: &Request,
        cluster: &dyn Cluster,
    ) -> Option<LastLines> {
        let run = failing(request, cluster)?;
        let user = cluster_user(actor, cluster.name()).ok()?;
        let told = LinesTold::from(cluster.last_lines(user, &run).await);
        Some(LastLines { pod: run.pod.into(), container: run.container, run: run.run, told })
    }
}

/// The run to read of: of an execution under way that of a container that broke; of one that failed, if none broke,
/// that of one which is not ready. Pods that came after it failed are none of its business.
fn failing(request: &Request, cluster: &dyn Cluster) -> Option<ContainerRun> {
    match &request.state {
        RequestState::Executing(execution) => {
            let pods = new_pods(request, execution, cluster);
            pods.iter().find_map(|pod| broken(pod))
        }
        RequestState::Failed(ended) => {
            let took_place = matches!(
                ended.outcome.verdict,
                Verdict::Failed { effect: EffectSeen::TookPlace, .. }
            );
            let mut pods = new_pods(request, &ended.execution, cluster);
            pods.retain(|pod| took_place && pod.created_at <= ended.outcome.at);
            let unready = || pods.iter().find_map(|pod| unready(pod));
            pods.iter().find_map(|pod| broken(pod)).or_else(unready)
        }
        _ => None,
    }
}

/// The first container that broke, init containers first. One that was started again tells why by its run before.
fn broken(pod: &PodRow) -> Option<ContainerRun> {
    first(pod, |container| match (&container.state, &container.last_state) {
        (ContainerState::Terminated { exit_code, .. }, _) => {
            (*exit_code != 0).then_some(Run::Current)
        }
        (_, Some(ContainerState::Terminated { .. })) if !container.ready => Some(Run::Previous),
        _ => None,
    })
}

/// The first container that runs and is not ready.
fn unready(pod: &PodRow) -> Option<ContainerRun> {
    first(pod, |container| {
        let runs = matches!(container.state, ContainerState::Running { .. });
        (runs && !container.ready).then_some(Run::Current)
    })
}

fn first(pod: &PodRow, judge: impl Fn(&ContainerRow) -> Option<Run>) -> Option<ContainerRun> {
    if pod.deleting_since.is_some() || pod.is_ready() {
        return None;
    }
    pod.containers.iter().find_map(|container| {
        Some(ContainerRun {
            namespace: pod.namespace.clone(),
            pod: pod.name.clone(),
            uid: pod.uid.clone(),
            container: container.name.clone(),
            restarts: container.restarts,
            run: judge(container)?,
        })
    })
}

impl From<Result<Lines, ClusterError>> for LinesTold {
    fn from(read: Result<Lines, ClusterError>) -> Self {
        match read {
            Ok(lines) => Self::Lines(lines),
            Err(ClusterError::Refused { .. }) => Self::Refused,
            Err(ClusterError::NotFound) => Self::Gone,
            Err(
                ClusterError::Busy
                | ClusterError::Unreachable { .. }
                | ClusterError::Unexpected { .. },
            ) => Self::Silent,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn container(name: &str, state: &Value, last_state: &Value) -> Value {
        json!({"name": name, "kind": "main", "image": "api:1", "image_id": null, "ready": false, "restarts": 4,
            "state": state, "last_state": last_state})
    }

    fn pod(containers: &[Value]) -> PodRow {
        let pod = json!({"namespace": "checkout", "name": "api-0", "uid": "uid-0", "phase": "Running",
            "status": "Error", "ready": 0, "containers_total": 1, "restarts": 4, "restarted_at": null,
            "created_at": "2026-01-01T00:00:00Z", "deleting_since": null, "node": "node-1", "owner": null,
            "labels": {}, "containers": containers, "conditions": [], "message": null,
            "service_account": null, "ip": null, "mirror": false, "local_data": false});
        serde_json::from_value(pod).unwrap()
    }

    fn ended(exit_code: i32) -> Value {
        json!({"state": "terminated", "reason": "Error", "exit_code": exit_code, "at": null})
    }

    fn waiting(reason: &str) -> Value {
        json!({"state": "waiting", "reason": reason, "message": null})
    }

    fn running() -> Value {
        json!({"state": "running", "since": null})
    }

    fn of(run: Option<ContainerRun>) -> Option<(String, Run)> {
        run.map(|run| (run.container, run.run))
    }

    fn alone(state: &Value, last_state: &Value) -> Option<Run> {
        broken(&pod(&[container("main", state, last_state)])).map(|run| run.run)
    }

    #[test]
    fn a_container_that_was_started_again_tells_why_by_the_run_before() {
        assert_eq!(alone(&waiting("CrashLoopBackOff"), &ended(137)), Some(Run::Previous));
        assert_eq!(alone(&waiting("CrashLoopBackOff"), &ended(0)), Some(Run::Previous));
        assert_eq!(alone(&running(), &ended(1)), Some(Run::Previous), "between two crashes");
        assert_eq!(alone(&ended(1), &Value::Null), Some(Run::Current));
        assert_eq!(alone(&ended(1), &ended(1)), Some(Run::Current), "the newest that ended");
    }

    #[test]
    fn what_never_ran_or_ended_well_has_nothing_to_tell() {
        for reason in ["ImagePullBackOff", "ContainerCreating", "CreateContainerConfigError"] {
            assert_eq!(alone(&waiting(reason), &Value::Null), None, "{reason}");
        }
        assert_eq!(alone(&ended(0), &Value::Null), None);
        assert_eq!(alone(&running(), &Value::Null), None, "starting is no failure");
    }

    #[test]
    fn the_first_that_broke_is_told_and_the_others_are_not() {
        let init = container("migrate", &ended(0), &Value::Null);
        let main = container("main", &waiting("CrashLoopBackOff"), &ended(1));
        let late = container("proxy", &ended(2), &Value::Null);
        let pod = pod(&[init, main, late]);
        assert_eq!(of(broken(&pod)), Some(("main".to_owned(), Run::Previous)));
        let run = broken(&pod).unwrap();
        assert_eq!((run.pod.as_str(), run.uid.as_str(), run.restarts), ("api-0", "uid-0", 4));
    }

    #[test]
    fn an_init_container_comes_before_those_that_wait_for_it() {
        let init = container("migrate", &waiting("CrashLoopBackOff"), &ended(1));
        let main = container("main", &waiting("PodInitializing"), &Value::Null);
        assert_eq!(of(broken(&pod(&[init, main]))), Some(("migrate".to_owned(), Run::Previous)));
    }

    #[test]
    fn of_those_that_run_the_one_that_is_not_ready_is_told() {
        let mut ready = container("proxy", &running(), &Value::Null);
        ready["ready"] = true.into();
        let starting = container("main", &running(), &Value::Null);
        let both = pod(&[ready, starting]);
        assert_eq!(of(unready(&both)), Some(("main".to_owned(), Run::Current)));
        assert_eq!(of(broken(&both)), None);
    }

    #[test]
    fn a_pod_that_ends_or_is_ready_is_left_alone() {
        let crashing = || pod(&[container("main", &waiting("CrashLoopBackOff"), &ended(1))]);
        let ending = PodRow { deleting_since: Some(crashing().created_at), ..crashing() };
        assert_eq!(broken(&ending), None);
        let mut ready = crashing();
        let condition = json!({"type": "Ready", "status": "True", "reason": null, "message": null, "since": null});
        ready.conditions.push(serde_json::from_value(condition).unwrap());
        assert_eq!(broken(&ready), None);
    }

    #[test]
    fn where_there_are_no_lines_it_is_told_why() {
        let refused = ClusterError::Refused { message: "forbidden".to_owned() };
        let unreachable = ClusterError::Unreachable { message: "no route to host".to_owned() };
        let table = [
            (Ok(Lines::default()), json!({"lines": []})),
            (Ok(Lines::last_of(b"out of memory\n")), json!({"lines": ["out of memory"]})),
            (Err(refused), json!("refused")),
            (Err(ClusterError::NotFound), json!("gone")),
            (Err(unreachable), json!("silent")),
            (Err(ClusterError::Busy), json!("silent")),
        ];
        for (read, told) in table {
            assert_eq!(serde_json::to_value(LinesTold::from(read)).unwrap(), told);
        }
    }
}
