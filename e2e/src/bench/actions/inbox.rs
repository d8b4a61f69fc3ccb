//! The approver's inbox, with few and with many requests that wait.

use axum::http::{HeaderValue, header};
use tokio::time::Instant;

use super::Stage;
use crate::bench::{Trouble, caller::Caller, progress::note, report::Figure, samples::Samples};

const WARM_UP: usize = 20;
const ROUNDS: usize = 200;
const FEW: usize = 10;
const MANY: usize = 500;
/// What a page holds when nobody says how much.
const PAGE: usize = 50;

pub(super) async fn measure(stage: &mut Stage) -> Result<Figure, Trouble> {
    let pods = stage.people.quiet_pods().await;
    // The preview's own request waits already.
    fill(stage, &pods, FEW - 1).await?;
    let few = inbox(stage, FEW).await?;
    fill(stage, &pods, MANY - FEW).await?;
    let many = inbox(stage, MANY).await?;
    let [few, many] = [few, many].map(|samples| samples.median().as_secs_f64() * 1e3);
    note(format_args!("median {few:.2} ms with {FEW} that wait, {many:.2} ms with {MANY}"));
    Ok(Figure {
        key: Some("inbox_500_over_10"),
        what: "inbox with 500 ÷ with 10",
        value: many / few,
        goal: None,
        against: format!(
            "GET /api/v1/requests?state=pending: {many:.2} ms, {PAGE} shown; {few:.2} ms"
        ),
    })
}

async fn fill(stage: &mut Stage, pods: &[String], requests: usize) -> Result<(), Trouble> {
    for pod in pods.iter().cycle().take(requests) {
        stage.people.ask(pod).await?;
    }
    Ok(())
}

async fn inbox(stage: &Stage, waiting: usize) -> Result<Samples, Trouble> {
    let json = HeaderValue::from_static("application/json");
    let approver = stage.console.visitor(&stage.people.approver_cookies()?);
    let approver = approver.sending(header::ACCEPT, json);
    let mut samples = Samples::default();
    for round in 0..WARM_UP + ROUNDS {
        let began = Instant::now();
        let shown = shown(&approver).await?;
        if round >= WARM_UP {
            samples.add(began.elapsed());
        }
        if shown != waiting.min(PAGE) {
            return Err(format!("{shown} requests are shown of {waiting}").into());
        }
    }
    Ok(samples)
}

async fn shown(approver: &Caller) -> Result<usize, Trouble> {
    let page = approver.get("/api/v1/requests?state=pending").await?.json()?;
    Ok(page["items"].as_array().map_or(0, Vec::len))
}
