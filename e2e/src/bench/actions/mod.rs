//! Bench `actions`: an approved restart, a preview and the inbox, over a real API server with a fake kubelet.

mod executing;
mod ground;
mod inbox;
mod people;
mod previewing;

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

/// Everything that is measured, up and running.
struct Stage {
    given: Given,
    folder: RunFolder,
    console: Console,
    people: People,
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
            let console = parts.start(&folder)?;
            let people = People::enrol(&console).await?;
            Ok((console, people))
        })
        .await?;
        let mut stage = Self { given, folder, console, people };
        step("pods that are ready", stage.people.until_ready()).await?;
        Ok(stage)
    }
}

/// Measures, and prints what was found.
pub async fn run() -> Result<(), Trouble> {
    let given = Given::from_environment()?;
    let folder = RunFolder::fresh(&env::temp_dir(), "sekisho-bench")?;
    let mut stage = Stage::set(given, folder).await?;

    let executing =
        step("executions, in turn with kubectl", executing::measure(&mut stage)).await?;
    let previewing =
        step("previews, in turn with dry runs", previewing::measure(&mut stage)).await?;
    let inbox = step("the inbox", inbox::measure(&mut stage)).await?;
    report::print(&[executing, previewing, inbox]);
    note("each ratio is of one run, on one machine");
    let Stage { folder, console, .. } = stage;
    drop(console);
    Ok(folder.remove()?)
}
