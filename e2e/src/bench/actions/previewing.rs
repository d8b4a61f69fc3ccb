//! What an approver sees of a request, computed now; in turn with one bare dry run of the API server.

use std::time::Duration;

use axum::http::{HeaderValue, Method, header};
use serde_json::json;
use tokio::time::Instant;

use super::{Stage, ground::NAMESPACE};
use crate::bench::{Trouble, caller::Caller, progress::note, report::Figure, samples::Samples};

const WARM_UP: usize = 20;
const ROUNDS: usize = 200;

pub(super) async fn measure(stage: &mut Stage) -> Result<Figure, Trouble> {
    stage.people.until_ready().await?;
    let pod = stage.people.quiet_pods().await.into_iter().next().ok_or("there is no pod")?;
    let id = stage.people.ask(&pod).await?;
    let json = HeaderValue::from_static("application/json");
    let approver = stage.console.visitor(&stage.people.approver_cookies()?);
    let approver = approver.sending(header::ACCEPT, json);
    let api_server = Caller::of_kubeconfig(&stage.given.cluster.admin_kubeconfig()).await?;

    let [mut previews, mut dry_runs] = [(); 2].map(|()| Samples::default());
    for round in 0..WARM_UP + ROUNDS {
        let (preview, dry_run) = if round % 2 == 0 {
            let preview = previewed(&approver, &id).await?;
            (preview, dry_run(&api_server, &pod).await?)
        } else {
            let dry_run = dry_run(&api_server, &pod).await?;
            (previewed(&approver, &id).await?, dry_run)
        };
        if round >= WARM_UP {
            previews.add(preview);
            dry_runs.add(dry_run);
        }
    }
    let [preview, dry_run] =
        [&previews, &dry_runs].map(|samples| samples.median().as_secs_f64() * 1e3);
    let p95 = previews.p95().as_secs_f64() * 1e3;
    note(format_args!(
        "preview: median {preview:.2} ms, p95 {p95:.2} ms; dry run: {dry_run:.2} ms"
    ));
    Ok(Figure {
        key: Some("preview_over_dry_run"),
        what: "preview ÷ API server's dry run",
        value: preview / dry_run,
        goal: Some(3.0),
        against: format!(
            "eviction?dryRun=All over TLS, kept alive: {dry_run:.2} ms; the preview: {preview:.2} ms"
        ),
    })
}

async fn previewed(approver: &Caller, id: &str) -> Result<Duration, Trouble> {
    let began = Instant::now();
    let answer = approver.get(&format!("/api/v1/requests/{id}")).await?;
    let took = began.elapsed();
    let now = answer.json()?["now"].clone();
    if now["now"] == "preview" && now["dry_run"]["verdict"] == "accepted" {
        return Ok(took);
    }
    Err(format!("this is no preview: {now}").into())
}

async fn dry_run(api_server: &Caller, pod: &str) -> Result<Duration, Trouble> {
    let path = format!("/api/v1/namespaces/{NAMESPACE}/pods/{pod}/eviction?dryRun=All");
    let options = json!({ "dryRun": ["All"] });
    let body =
        json!({ "metadata": { "name": pod, "namespace": NAMESPACE }, "deleteOptions": options });
    let began = Instant::now();
    let answer = api_server.write(Method::POST, &path, "application/json", &body).await?;
    let took = began.elapsed();
    answer.done()?;
    Ok(took)
}
