//! What the API server hears of page views while the answers of its access reviews are kept.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::{Stage, shows_pods};
use crate::bench::{
    Trouble,
    audit::{Calls, Since},
    console::tenant_page,
    progress::note,
    report::Figure,
};

/// Well below the ten seconds for which the console keeps an answer.
const WITHIN: Duration = Duration::from_secs(6);
const VIEWS: u32 = 200;
/// Of the engineer's team.
const TENANT: usize = 0;

pub(super) async fn measure(stage: &Stage) -> Result<Figure, Trouble> {
    let visitor = stage.visitor();
    // Lets an earlier answer run out, so that the first view asks anew and all that follow fall within its time.
    sleep(Duration::from_secs(11)).await;
    let asked = Since::now(&stage.given.cluster)?;
    shows_pods(TENANT, &visitor.get(&tenant_page(TENANT)).await?)?;
    if asked.calls_of_console()?.others == 0 {
        return Err("the first view asked the API server nothing: is its audit log read?".into());
    }

    let began = Instant::now();
    let since = Since::now(&stage.given.cluster)?;
    let mut views = 0;
    while views < VIEWS && began.elapsed() < WITHIN {
        shows_pods(TENANT, &visitor.get(&tenant_page(TENANT)).await?)?;
        views += 1;
    }
    let (span, viewing) = (began.elapsed(), since.calls_of_console()?);
    let since = Since::now(&stage.given.cluster)?;
    sleep(span).await;
    let idle = since.calls_of_console()?;

    let told = |calls: Calls| format!("{} calls and {} watches", calls.others, calls.watches);
    note(format_args!("{views} views in {:.1} s: {}", span.as_secs_f64(), told(viewing)));
    note(format_args!("as long without views: {}", told(idle)));
    let more = u32::try_from(viewing.others.saturating_sub(idle.others))?;
    Ok(Figure {
        key: Some("apiserver_requests_per_view"),
        what: "API server requests per page view",
        value: f64::from(more) / f64::from(views),
        goal: Some(0.0),
        against: format!("its audit log, {views} views within the cache's TTL, less an idle span"),
    })
}
