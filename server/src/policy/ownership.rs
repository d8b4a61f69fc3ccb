//! Who owns a tenant: the teams that CODEOWNERS would ask about a new file in the tenant's folder.
//!
//! The last line that matches wins, with gitignore's patterns; a trailing `/*` reaches only the files
//! directly in a folder, as on GitHub.

use std::{
    collections::HashMap,
    fmt,
    sync::{PoisonError, RwLock},
};

use domain::{
    names::{ClusterName, Namespace, TeamName},
    policy::Ownership,
    tenants::TenantName,
};
use ignore::{
    Match,
    gitignore::{Gitignore, GitignoreBuilder},
};

use super::{
    codeowners::{self, OwnershipLine},
    source_text::SourceText,
    teams::Teams,
    tenant_path::TenantPath,
    trouble::Troubles,
};

/// A file that nobody can name in a pattern, only meet with a wildcard: patterns hold no spaces.
const NEW_FILE: &str = "a new file";

/// How many tenants' owners are remembered; asking for more begins anew.
const REMEMBERED: usize = 8192;

/// Who owns which tenant.
pub struct CodeOwners {
    matcher: Gitignore,
    /// By pattern as the matcher knows it. Of equal patterns the last counts, as everywhere in CODEOWNERS.
    owners: HashMap<String, Vec<TeamName>>,
    lines: Vec<OwnershipLine>,
    path: TenantPath,
    remembered: RwLock<HashMap<TenantName, Vec<TeamName>>>,
}

impl CodeOwners {
    /// Reads a CODEOWNERS file.
    pub(super) fn read(
        source: &SourceText<'_>,
        teams: &Teams,
        troubles: &mut Troubles,
    ) -> Option<Self> {
        let lines = codeowners::read(source, teams, troubles);
        let mut builder = GitignoreBuilder::new("");
        let mut owners = HashMap::new();
        for line in &lines {
            for pattern in reach(&line.pattern) {
                if let Err(error) = builder.add_line(None, &pattern) {
                    troubles.note(source.trouble_at_line(line.line, error.to_string()));
                }
                owners.insert(pattern, line.owners.clone());
            }
        }
        let matcher = builder.build();
        let matcher = matcher.map_err(|error| source.trouble_at_line(1, error.to_string()));
        Some(Self {
            matcher: troubles.keep(matcher)?,
            owners,
            lines,
            path: teams.tenant_path.clone(),
            remembered: RwLock::default(),
        })
    }

    /// The namespaces of a cluster that lines name in full and whose owners stand.
    #[must_use]
    pub fn namespaces_named(&self, cluster: &ClusterName) -> Vec<Namespace> {
        let mut namespaces: Vec<_> = self
            .lines
            .iter()
            .filter_map(|line| self.path.tenant_named_by(&line.pattern))
            .filter(|tenant| tenant.cluster == *cluster && !self.match_owners(tenant).is_empty())
            .map(|tenant| tenant.namespace)
            .collect();
        namespaces.sort();
        namespaces.dedup();
        namespaces
    }

    /// The lines, by number, that may own tenants without naming them.
    #[must_use]
    pub fn lines_without_names(&self) -> Vec<u32> {
        self.lines
            .iter()
            .filter(|line| !line.owners.is_empty())
            .filter(|line| self.path.tenant_named_by(&line.pattern).is_none())
            .map(|line| line.line)
            .collect()
    }

    fn match_owners(&self, tenant: &TenantName) -> Vec<TeamName> {
        let file = format!("{}/{NEW_FILE}", self.path.folder(tenant));
        match self.matcher.matched(file, false) {
            Match::Ignore(glob) => self.owners.get(glob.original()).cloned(),
            Match::None | Match::Whitelist(_) => None,
        }
        .unwrap_or_default()
    }
}

impl Ownership for CodeOwners {
    fn owners(&self, tenant: &TenantName) -> Vec<TeamName> {
        let remembered = self.remembered.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(owners) = remembered.get(tenant) {
            return owners.clone();
        }
        drop(remembered);
        let owners = self.match_owners(tenant);
        let mut remembered = self.remembered.write().unwrap_or_else(PoisonError::into_inner);
        // Names come from outside too: whoever invents many costs others a match, never memory.
        if remembered.len() >= REMEMBERED {
            remembered.clear();
        }
        remembered.insert(tenant.clone(), owners.clone());
        owners
    }
}

impl fmt::Debug for CodeOwners {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CodeOwners").field("lines", &self.lines).finish_non_exhaustive()
    }
}

/// The patterns for what a pattern matches, and for all that lies in a folder that it matches.
fn reach(pattern: &str) -> Vec<String> {
    let mut patterns = vec![pattern.to_owned()];
    if !pattern.ends_with("/*") {
        let folder = pattern.strip_suffix('/').unwrap_or(pattern);
        let anchored = folder.contains('/');
        let anywhere = if anchored { "" } else { "**/" };
        patterns.push(format!("{anywhere}{folder}/**"));
    }
    patterns
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::teams;

    fn compiled(codeowners: &str, tenant_path: &str) -> CodeOwners {
        let mut troubles = Troubles::default();
        let teams = format!(
            "tenant_path = \"{tenant_path}\"\n[teams.a]\ntitle = \"A\"\n[teams.b]\ntitle = \"B\"\n"
        );
        let teams = SourceText { file: "teams.toml", text: &teams };
        let teams = teams::read(&teams, &mut troubles).unwrap();
        let source = SourceText { file: "CODEOWNERS", text: codeowners };
        let compiled = CodeOwners::read(&source, &teams, &mut troubles);
        troubles.finish(compiled).unwrap()
    }

    fn owners(codeowners: &str, tenant: &str) -> String {
        let owners =
            compiled(codeowners, "/<cluster>/<namespace>/").owners(&tenant.parse().unwrap());
        owners.iter().map(TeamName::as_str).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_last_line_that_matches_wins() {
        let text = "* @b\n/demo/checkout/ @a @b\n";
        assert_eq!(owners(text, "demo/checkout"), "a b");
        assert_eq!(owners(text, "demo/ledger"), "b");
        let text = "/demo/checkout/ @a\n/demo/ @b\n";
        assert_eq!(owners(text, "demo/checkout"), "b");
        let text = "/demo/checkout/ @a\n/demo/checkout/ @b\n";
        assert_eq!(owners(text, "demo/checkout"), "b");
        let text = "/demo/ @a\n/demo/checkout/\n";
        assert_eq!(owners(text, "demo/checkout"), "");
    }

    #[test]
    fn patterns_reach_as_far_as_on_github() {
        for (pattern, owned) in [
            ("/demo/checkout/", true),
            ("/demo/checkout", true),
            ("/demo/checkout/*", true),
            ("/demo/checkout/**", true),
            ("/demo/*/", true),
            ("/demo/check*/", true),
            ("/demo/", true),
            ("checkout/", true),
            ("demo/checkout/", true),
            ("**/checkout/", true),
            ("*", true),
            ("/*/checkout/", true),
            ("/demo/*", false),
            ("/checkout/", false),
            ("/demo/checkou/", false),
            ("/demo/checkout/deploy/", false),
            ("/demo/checkout/*.yaml", false),
            ("*.yaml", false),
            ("/demo/Checkout/", false),
        ] {
            let found = owners(&format!("{pattern} @a\n"), "demo/checkout");
            assert_eq!(found == "a", owned, "{pattern}");
        }
    }

    #[test]
    fn folders_may_lie_elsewhere() {
        let owners =
            compiled("checkout/ @a\n/k8s/demo/ledger/ @b\n", "/k8s/<cluster>/<namespace>/");
        let of = |tenant: &str| owners.owners(&tenant.parse().unwrap()).len();
        assert_eq!(of("demo/checkout"), 1);
        assert_eq!(of("demo/ledger"), 1);
        assert_eq!(of("k8s/ledger"), 0);
    }

    #[test]
    fn only_standing_names_of_the_cluster_are_listed() {
        let text = "/demo/b/ @b\n/demo/a/ @a\n/demo/b/ @a\n/other/c/ @a\n/demo/gone/ @a\n/demo/gone/\n/demo/x*/ @a\n";
        let owners = compiled(text, "/<cluster>/<namespace>/");
        let named = owners.namespaces_named(&"demo".parse().unwrap());
        assert_eq!(named.iter().map(Namespace::as_str).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(owners.lines_without_names(), [7]);
    }

    #[test]
    fn what_is_remembered_stays_bounded_and_right() {
        let owners = compiled("/demo/checkout/ @a\n", "/<cluster>/<namespace>/");
        for n in 0..=REMEMBERED {
            assert!(owners.owners(&format!("demo/n{n}").parse().unwrap()).is_empty());
        }
        assert!(owners.remembered.read().unwrap().len() <= REMEMBERED);
        let checkout = "demo/checkout".parse().unwrap();
        assert_eq!(owners.owners(&checkout), owners.owners(&checkout));
        assert_eq!(owners.owners(&checkout).len(), 1);
    }
}
