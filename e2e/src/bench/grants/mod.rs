//! Bench `grants`: from the end of a role to the first request that the API server refuses its holder.
//!
//! The holder's token outlives the role on purpose: an administrator made it. What is measured is the end of the power,
//! not that of a credential.

mod ending;
mod ground;
mod people;
mod power;

use std::env;

use harness::run_folder::RunFolder;

use super::{
    Trouble,
    console::{Console, Parts},
    given::Given,
    progress::{note, step},
    report,
};
use people::People;
use power::Cluster;

/// Everything that is measured, up and running.
struct Stage {
    folder: RunFolder,
    parts: Parts,
    console: Console,
    people: People,
    cluster: Cluster,
}

impl Stage {
    async fn set(given: Given, folder: RunFolder) -> Result<Self, Trouble> {
        let parts = Parts {
            program: given.program.clone(),
            site: folder.path().join("site"),
            policy: folder.path().join("policy"),
            kubeconfig: given.console_kubeconfig.clone(),
        };
        step("a tenant, policy and RBAC", async { ground::set(&given, &parts, &folder) }).await?;
        let (console, people) = step("a console, and somebody signed in", async {
            let console = parts.clone().start(&folder)?;
            let people = People::enrol(&console).await?;
            Ok((console, people))
        })
        .await?;
        let cluster = Cluster::of(&given.cluster).await?;
        let mut stage = Self { folder, parts, console, people, cluster };
        step("a tenant that is seen", stage.people.until_seen()).await?;
        Ok(stage)
    }
}

/// Measures, and prints what was found.
pub async fn run() -> Result<(), Trouble> {
    let given = Given::from_environment()?;
    let folder = RunFolder::fresh(&env::temp_dir(), "sekisho-bench")?;
    let mut stage = Stage::set(given, folder).await?;
    let revoking = step("roles that are given back", ending::given_back(&mut stage)).await?;
    let expiring = step("roles that end with their time", ending::with_time(&mut stage)).await?;
    let (restarting, stage) =
        step("the same, with the console down at that moment", ending::unattended(stage)).await?;
    report::print(&[expiring, revoking, restarting]);
    note("each is of one run, on one machine; what the API server itself takes is in it");
    let Stage { folder, console, .. } = stage;
    drop(console);
    Ok(folder.remove()?)
}
