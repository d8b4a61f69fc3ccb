//! Bench `skeleton`: the page of a tenant, in a cluster of 200 tenants and 4,000 pods.

mod given;
mod memory_after;
mod pages;
mod requests;
mod throughput;

use std::env;

use axum::http::HeaderValue;
use harness::run_folder::RunFolder;

use super::{
    Trouble,
    caller::{Answer, Caller},
    console::{Console, Parts, let_engineer_view, tenant_page},
    crowd::{Crowd, Place},
    policy,
    progress::{note, step},
    report::{self, Figure},
};
use given::Given;

const CROWD: Crowd = Crowd { tenants: 200, pods_each: 20 };

/// Everything that is measured, up and running.
struct Stage {
    given: Given,
    folder: RunFolder,
    console: Console,
    cookies: HeaderValue,
}

impl Stage {
    async fn set(given: Given, folder: RunFolder) -> Result<Self, Trouble> {
        let admin = Caller::of_kubeconfig(&given.cluster.admin_kubeconfig()).await?;
        CROWD.settle(&admin).await?;
        let parts = Parts {
            program: given.program.clone(),
            site: given.site.clone(),
            policy: folder.path().join("policy"),
            kubeconfig: given.console_kubeconfig.clone(),
        };
        step("policy and RBAC", async {
            policy::write(&parts.policy, &given.rules, CROWD)?;
            parts.apply_rbac(&given.cluster, folder.path())?;
            let tenants = policy::tenants_of_engineer(CROWD);
            let_engineer_view(&given.cluster, folder.path(), tenants)
        })
        .await?;
        let (console, cookies) = step("a console, and somebody signed in", async {
            let console = parts.start(&folder)?;
            let cookies = console.sign_in().await?;
            Ok((console, cookies))
        })
        .await?;
        let stage = Self { given, folder, console, cookies };
        step("the first pages with pods", pages::until_shown(&stage)).await?;
        Ok(stage)
    }

    /// The engineer before their browser.
    fn visitor(&self) -> Caller {
        self.console.visitor(&self.cookies)
    }
}

/// The tenants that are looked at, over and over.
fn tenants() -> impl Iterator<Item = usize> + Clone {
    policy::tenants_of_engineer(CROWD).collect::<Vec<_>>().into_iter().cycle()
}

/// Whether an answer shows every pod of the tenant: an error is never measured.
fn shows_pods(tenant: usize, answer: &Answer) -> Result<(), Trouble> {
    let text = answer.text();
    let missing = CROWD.places(tenant).map(Place::name).find(|name| !text.contains(name));
    match missing {
        None if answer.status.is_success() => Ok(()),
        _ => Err(format!("{} without the pods of {}", answer.status, tenant_page(tenant)).into()),
    }
}

/// Measures, and prints what was found.
pub async fn run() -> Result<(), Trouble> {
    let given = Given::from_environment()?;
    let bundle = given.bundle_bytes;
    let folder = RunFolder::fresh(&env::temp_dir(), "sekisho-bench")?;
    let stage = Stage::set(given, folder).await?;

    let pages =
        step("pages, in turn with the API server and kubectl", pages::measure(&stage)).await?;
    let requests = step("calls to the API server", requests::measure(&stage)).await?;
    let throughput =
        step("throughput, in turn with a bare handler", throughput::measure(&stage)).await?;
    let memory = memory_after::measure(&stage)?;
    let bundle = Figure {
        key: Some("bundle_br_kb"),
        what: "script, module and sheet, KiB",
        value: kibibytes(bundle),
        goal: Some(350.0),
        against: "brotli, as browsers fetch them".to_owned(),
    };
    report::print(&[pages, throughput, vec![requests], memory, vec![bundle]].concat());
    note("each ratio is of one run, on one machine");
    let Stage { folder, console, .. } = stage;
    drop(console);
    Ok(folder.remove()?)
}

#[expect(clippy::cast_precision_loss, reason = "sizes are far below 2^52")]
fn kibibytes(bytes: u64) -> f64 {
    bytes as f64 / 1024.0
}
