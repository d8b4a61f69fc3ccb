//! The two folders that are compiled in: one to begin with, and the demo's.

use super::folder::{ACTIONS, CODEOWNERS, Folder, PEOPLE, ROLES, RULES, TEAMS};

macro_rules! embedded_folder {
    ($name:literal) => {
        Folder::from_texts([
            (ACTIONS, include_str!(concat!("../../policy/", $name, "/actions.toml"))),
            (CODEOWNERS, include_str!(concat!("../../policy/", $name, "/CODEOWNERS"))),
            (PEOPLE, include_str!(concat!("../../policy/", $name, "/people.toml"))),
            (ROLES, include_str!(concat!("../../policy/", $name, "/roles.toml"))),
            (RULES, include_str!(concat!("../../policy/", $name, "/console.cedar"))),
            (TEAMS, include_str!(concat!("../../policy/", $name, "/teams.toml"))),
        ])
    };
}

impl Folder {
    /// The folder to begin with: the usual rules, one platform admin, nothing owned yet.
    #[must_use]
    pub fn starter() -> Self {
        embedded_folder!("default")
    }

    /// The folder of the demo cluster and its personas.
    #[must_use]
    pub fn demo() -> Self {
        embedded_folder!("demo")
    }
}

/// Every namespace belongs to one of the demo's teams.
const ALL_OWNED: &str = "\
# Who owns which namespace of your cluster, which the demo calls `demo`. The last line that matches counts.

/demo/*/    @kawase/payments-core
";

impl Folder {
    /// The demo's people over a cluster of somebody's own.
    #[must_use]
    pub fn demo_over_own_cluster() -> Self {
        Self::demo().with(CODEOWNERS, ALL_OWNED.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::load;

    #[test]
    fn both_folders_are_valid() {
        assert!(load(&Folder::starter()).is_ok());
        assert!(load(&Folder::demo()).is_ok());
    }

    #[test]
    fn the_demo_runs_under_the_usual_rules() {
        let rules = |folder: &Folder| folder.text(RULES).unwrap().text.to_owned();
        assert_eq!(rules(&Folder::demo()), rules(&Folder::starter()));
    }
}
