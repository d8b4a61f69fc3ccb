//! The page of a tenant, in turn with the API server's own list of the same pods and with `kubectl`, all three as the
//! same person.

use std::{path::Path, process::Stdio, time::Duration};

use tokio::time::{Instant, sleep};

use super::{Stage, shows_pods, tenants};
use crate::bench::{
    Trouble,
    caller::{Answer, Caller},
    console::tenant_page,
    crowd::tenant,
    policy,
    progress::note,
    report::Figure,
    samples::Samples,
};

const WARM_UP: usize = 30;
const ROUNDS: usize = 200;
/// `kubectl` takes part in one round of so many.
const KUBECTL_EVERY: usize = 10;
const SHOWN_WITHIN: Duration = Duration::from_mins(1);

/// Waits until the pages of all tenants show their pods.
pub(super) async fn until_shown(stage: &Stage) -> Result<(), Trouble> {
    let visitor = stage.visitor();
    let began = Instant::now();
    for number in policy::tenants_of_engineer(super::CROWD) {
        while let Err(trouble) = shows_pods(number, &visitor.get(&tenant_page(number)).await?) {
            if began.elapsed() > SHOWN_WITHIN {
                return Err(trouble);
            }
            sleep(Duration::from_millis(200)).await;
        }
    }
    Ok(())
}

/// The three ways to look at a tenant's pods.
struct Ways {
    visitor: Caller,
    api_server: Caller,
}

impl Ways {
    async fn page(&self, number: usize) -> Result<(Duration, Answer), Trouble> {
        timed(&self.visitor, &tenant_page(number), number).await
    }

    async fn list(&self, number: usize) -> Result<(Duration, Answer), Trouble> {
        let path = format!("/api/v1/namespaces/{}/pods", tenant(number));
        timed(&self.api_server, &path, number).await
    }
}

async fn timed(caller: &Caller, path: &str, number: usize) -> Result<(Duration, Answer), Trouble> {
    let began = Instant::now();
    let answer = caller.get(path).await?;
    let took = began.elapsed();
    shows_pods(number, &answer)?;
    Ok((took, answer))
}

pub(super) async fn measure(stage: &Stage) -> Result<Vec<Figure>, Trouble> {
    let kubeconfig = stage.given.cluster.kubeconfig_for(policy::USER, &[])?;
    let api_server = Caller::of_kubeconfig(&kubeconfig).await?;
    let ways = Ways { visitor: stage.visitor(), api_server };
    let [mut pages, mut lists, mut kubectls] = [(); 3].map(|()| Samples::default());
    let (mut page_bytes, mut list_bytes) = (0, 0);
    for (round, number) in tenants().enumerate().take(WARM_UP + ROUNDS) {
        // Whoever comes second may find caches of the machine warmer: they take turns at it.
        let (page, list) = if round % 2 == 0 {
            let page = ways.page(number).await?;
            (page, ways.list(number).await?)
        } else {
            let list = ways.list(number).await?;
            (ways.page(number).await?, list)
        };
        if round < WARM_UP {
            continue;
        }
        pages.add(page.0);
        lists.add(list.0);
        (page_bytes, list_bytes) = (page.1.body.len(), list.1.body.len());
        if round % KUBECTL_EVERY == 0 {
            kubectls.add(kubectl(stage, &kubeconfig, number)?);
        }
    }
    let [page, list, kubectl] = [&pages, &lists, &kubectls].map(Samples::median);
    let line = |what: &str, samples: &Samples, more: String| {
        let [median, p95] = [samples.median(), samples.p95()].map(|took| took.as_secs_f64() * 1e3);
        note(format_args!("{what}: median {median:.2} ms, p95 {p95:.2} ms{more}"));
    };
    line("page", &pages, format!(", {page_bytes} bytes"));
    line("API server", &lists, format!(", {list_bytes} bytes"));
    line("kubectl", &kubectls, String::new());
    let ratio = |key, what, other: Duration, whose: &str| Figure {
        key: Some(key),
        what,
        value: page.as_secs_f64() / other.as_secs_f64(),
        goal: None,
        against: format!(
            "{whose}: {:.2} ms; the page: {:.2} ms (p95 {:.2})",
            other.as_secs_f64() * 1e3,
            page.as_secs_f64() * 1e3,
            pages.p95().as_secs_f64() * 1e3
        ),
    };
    Ok(vec![
        ratio(
            "page_over_apiserver",
            "page ÷ API server's own list",
            list,
            "GET …/pods over TLS, kept alive",
        ),
        ratio("page_over_kubectl", "page ÷ kubectl get pods", kubectl, "the whole process"),
    ])
}

fn kubectl(stage: &Stage, kubeconfig: &Path, number: usize) -> Result<Duration, Trouble> {
    let mut command = stage.given.cluster.kubectl(kubeconfig);
    command.args(["get", "pods", "--namespace", &tenant(number)]).stdin(Stdio::null());
    let began = Instant::now();
    let output = command.output()?;
    let took = began.elapsed();
    let printed = String::from_utf8_lossy(&output.stdout);
    if printed.lines().count() == super::CROWD.pods_each + 1 {
        return Ok(took);
    }
    Err(format!("kubectl failed: {}", String::from_utf8_lossy(&output.stderr)).into())
}
