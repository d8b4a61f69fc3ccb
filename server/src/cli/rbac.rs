//! `sekisho rbac DIR`: the Kubernetes RBAC that a policy folder asks for, to review and apply by hand.

use std::{
    collections::BTreeSet,
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
};

use clap::Args;
use domain::names::{ClusterName, InvalidName, Namespace};

use super::{Answer, Failure, Outputs};
use crate::policy::{
    Folder, LoadedPolicy, load,
    rbac::{Namespaces, render},
};

/// Render the Kubernetes RBAC of a policy folder, for kubectl apply
///
/// What is owned by a wildcard in CODEOWNERS is bound only where the namespaces are given:
///
///   kubectl get namespaces -o name | sekisho rbac DIR --namespaces -
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct Rbac {
    /// The folder
    dir: PathBuf,
    /// The cluster; may be left out where people.toml lists users in one only
    #[arg(long, value_name = "NAME")]
    cluster: Option<ClusterName>,
    /// The namespaces of the cluster, one a line, in a file or on the input (-)
    #[arg(long, value_name = "FILE")]
    namespaces: Option<PathBuf>,
}

impl Rbac {
    pub(super) fn run(self, outputs: &mut Outputs<'_>) -> Result<Answer, Failure> {
        let loaded = load(&Folder::read(&self.dir)?)?;
        let cluster = match self.cluster {
            Some(cluster) => cluster,
            None => only_cluster(&loaded)?,
        };
        let namespaces = match &self.namespaces {
            Some(path) => Namespaces::Listed(listed(&read(path)?)?),
            None => Namespaces::Named,
        };
        let text = render(&loaded, &cluster, &namespaces)?;
        outputs.out.write_all(text.as_bytes())?;
        if namespaces == Namespaces::Named {
            for line in loaded.ownership.lines_without_names() {
                writeln!(
                    outputs.notes,
                    "CODEOWNERS:{line}: names no tenant in full; what it owns is bound only with --namespaces"
                )?;
            }
        }
        Ok(Answer::Yes)
    }
}

fn only_cluster(loaded: &LoadedPolicy) -> Result<ClusterName, Failure> {
    let people = loaded.policy().people.values();
    let clusters: BTreeSet<_> = people.flat_map(|person| person.cluster_users.keys()).collect();
    let mut names = clusters.iter();
    if let (Some(only), None) = (names.next(), names.next()) {
        return Ok((*only).clone());
    }
    Err(Failure::WhichCluster(clusters.iter().map(ToString::to_string).collect()))
}

fn read(path: &Path) -> io::Result<String> {
    if path.as_os_str() != "-" {
        return fs::read_to_string(path);
    }
    let mut text = String::new();
    io::stdin().read_to_string(&mut text)?;
    Ok(text)
}

/// Namespaces one a line, bare or as `kubectl get namespaces -o name` writes them.
fn listed(text: &str) -> Result<BTreeSet<Namespace>, InvalidName> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| line.strip_prefix("namespace/").unwrap_or(line).parse())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::testing::{DEMO, run};

    #[test]
    fn the_only_cluster_need_not_be_named() {
        let ran = run(&["rbac", DEMO]);
        assert_eq!(ran.answer.unwrap(), Answer::Yes);
        assert!(
            ran.out.starts_with("# Rendered by `sekisho rbac` for cluster demo"),
            "{}",
            ran.out
        );
        assert_eq!(ran.notes, "");
    }

    #[test]
    fn a_cluster_that_nobody_uses_must_be_named() {
        let starter = concat!(env!("CARGO_MANIFEST_DIR"), "/policy/default");
        assert!(matches!(run(&["rbac", starter]).answer, Err(Failure::WhichCluster(_))));
        assert!(run(&["rbac", starter, "--cluster", "prod"]).answer.is_ok());
    }

    #[test]
    fn a_list_of_namespaces_is_read_as_kubectl_writes_it() {
        let names = listed("namespace/checkout\n\n ledger \r\n").unwrap();
        assert_eq!(names.iter().map(Namespace::as_str).collect::<Vec<_>>(), ["checkout", "ledger"]);
        assert!(listed("NAME STATUS AGE").is_err());
    }
}
