//! From the approved click, touch included, to the write that the API server has accepted; in turn with `kubectl delete`.

use std::{process::Stdio, time::Duration};

use domain::time::{Clock, Timestamp};
use harness::wait;
use sekisho::identity::SystemClock;
use serde_json::Value;
use tokio::time::Instant;

use super::{Stage, ground::NAMESPACE};
use crate::bench::{Trouble, progress::note, report::Figure, samples::Samples};

const WARM_UP: usize = 3;
const ROUNDS: usize = 25;
const HEARD_WITHIN: Duration = Duration::from_secs(30);

pub(super) async fn measure(stage: &mut Stage) -> Result<Figure, Trouble> {
    let [mut executions, mut deletions] = [(); 2].map(|()| Samples::default());
    for round in 0..WARM_UP + ROUNDS {
        let mut pods = stage.people.until_ready().await?.into_iter();
        let (Some(ours), Some(theirs)) = (pods.next(), pods.next()) else {
            return Err("there are no pods to restart".into());
        };
        // Whoever comes second may find caches of the machine warmer: they take turns at it.
        let (execution, deletion) = if round % 2 == 0 {
            let execution = executed(stage, &ours).await?;
            (execution, deleted(stage, &theirs)?)
        } else {
            let deletion = deleted(stage, &theirs)?;
            (executed(stage, &ours).await?, deletion)
        };
        if round >= WARM_UP {
            executions.add(execution);
            deletions.add(deletion);
        }
    }
    let millis =
        |samples: &Samples| [samples.median(), samples.p95()].map(|took| took.as_secs_f64() * 1e3);
    let ([ours, ours_p95], [theirs, theirs_p95]) = (millis(&executions), millis(&deletions));
    note(format_args!("execution: median {ours:.1} ms, p95 {ours_p95:.1} ms"));
    note(format_args!("kubectl: median {theirs:.1} ms, p95 {theirs_p95:.1} ms"));
    Ok(Figure {
        key: Some("execute_over_kubectl"),
        what: "click → accepted ÷ kubectl",
        value: ours / theirs,
        goal: Some(1.0),
        against: format!(
            "kubectl delete pod --wait=false: {theirs:.1} ms; the click: {ours:.1} ms"
        ),
    })
}

/// How long an approved restart takes from the click to the API server's acceptance, as its audit log tells.
async fn executed(stage: &mut Stage, pod: &str) -> Result<Duration, Trouble> {
    let id = stage.people.ask(pod).await?;
    stage.people.approve(&id).await;
    let touch = stage.people.touch(&id).await;
    let clicked = SystemClock.now();
    stage.people.execute(&id, touch).await;
    let log = stage.given.cluster.audit_log();
    let accepted = wait::until("the eviction in the audit log", HEARD_WITHIN, || {
        log.events_with(&id).ok()?.iter().find_map(accepted_at)
    })?;
    Ok(accepted.since(clicked))
}

fn accepted_at(event: &Value) -> Option<Timestamp> {
    let of_eviction = event["objectRef"]["subresource"] == "eviction";
    let meant = !event["requestURI"].as_str()?.contains("dryRun=All");
    let accepted = event["stage"] == "ResponseComplete" && event["responseStatus"]["code"] == 201;
    (of_eviction && meant && accepted).then_some(())?;
    event["stageTimestamp"].as_str()?.parse().ok()
}

fn deleted(stage: &Stage, pod: &str) -> Result<Duration, Trouble> {
    let cluster = &stage.given.cluster;
    let mut command = cluster.kubectl(&cluster.admin_kubeconfig());
    command.args(["delete", "pod", pod, "--wait=false", "--namespace", NAMESPACE]);
    command.stdin(Stdio::null());
    let began = Instant::now();
    let output = command.output()?;
    let took = began.elapsed();
    if output.status.success() {
        return Ok(took);
    }
    Err(format!("kubectl failed: {}", String::from_utf8_lossy(&output.stderr)).into())
}
