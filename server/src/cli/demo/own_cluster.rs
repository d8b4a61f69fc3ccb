//! A demo over a cluster of the person's own: the demo's people, and a policy folder that they may edit.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use domain::names::ClusterUser;

use crate::{
    cli::Failure,
    policy::{Folder, LoadedPolicy, load},
};

/// The policy folder of such a demo.
pub(super) struct OwnPolicy {
    folder: PathBuf,
    pub(super) loaded: LoadedPolicy,
}

impl OwnPolicy {
    /// Reads the folder below the demo's data; written there first, where it is not.
    pub(super) fn open(data: &Path) -> Result<Self, Failure> {
        let folder = data.join("policy");
        if !folder.exists() {
            Folder::demo_over_own_cluster().write(&folder)?;
        }
        let loaded = load(&Folder::read(&folder)?)?;
        Ok(Self { folder, loaded })
    }

    /// What the person's cluster must allow before there is anything to see or do.
    pub(super) fn write_what_is_needed(&self, notes: &mut dyn Write) -> io::Result<()> {
        let folder = self.folder.display();
        let users: Vec<_> = self.cluster_users().map(|user| format!("--user={user}")).collect();
        let users = users.join(" ");
        writeln!(
            notes,
            "\nThis demo runs over your own cluster, which decides what its people see and do:\n\n  \
             kubectl create clusterrolebinding sekisho-demo-view --clusterrole=view {users}\n\n  \
             kubectl get namespaces -o name | sekisho rbac {folder} --cluster demo --namespaces - |\n    \
             kubectl apply -f -\n\n\
             The first lets them look, the second lets the console restart pods for them where they may ask for it.\n\
             Who owns which namespace stands in {folder}/CODEOWNERS; the demo reads it when it starts."
        )
    }

    fn cluster_users(&self) -> impl Iterator<Item = &str> {
        let people = self.loaded.policy().people.values();
        people.flat_map(|person| person.cluster_users.values()).map(ClusterUser::as_str)
    }
}

#[cfg(test)]
mod tests {
    use domain::tenants::TenantName;

    use super::*;

    #[test]
    fn every_namespace_has_an_owner_until_somebody_says_otherwise() {
        let data = tempfile::tempdir().unwrap();
        let policy = OwnPolicy::open(data.path()).unwrap();
        let owners = |tenant: &str| {
            let tenant: TenantName = tenant.parse().unwrap();
            policy.loaded.policy().ownership.owners(&tenant).len()
        };
        assert_eq!((owners("demo/anything"), owners("elsewhere/anything")), (1, 0));
        std::fs::write(policy.folder.join("CODEOWNERS"), "/demo/shop/ @kawase/risk\n").unwrap();
        let edited = OwnPolicy::open(data.path()).unwrap();
        let tenant: TenantName = "demo/anything".parse().unwrap();
        assert!(edited.loaded.policy().ownership.owners(&tenant).is_empty(), "an edit was lost");
    }

    #[test]
    fn what_is_needed_names_everybody_and_the_folder() {
        let data = tempfile::tempdir().unwrap();
        let policy = OwnPolicy::open(data.path()).unwrap();
        let mut notes = Vec::new();
        policy.write_what_is_needed(&mut notes).unwrap();
        let notes = String::from_utf8(notes).unwrap();
        assert!(notes.contains("--user=on-call@kawase.example"), "{notes}");
        assert!(notes.contains(&format!("sekisho rbac {}", policy.folder.display())), "{notes}");
    }
}
