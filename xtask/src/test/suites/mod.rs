//! The table of suites, in the order in which they run: the sooner one can fail, the earlier it stands.

mod browser;
mod bundle;
mod contract;
mod crash;
mod dependencies;
mod fmt;
mod kubelet;
mod lint;
mod services;
mod tidy;
mod unit;

use super::suite::{Suite, When};

/// Every suite.
pub const ALL: &[Suite] = &[
    Suite {
        name: "tidy",
        proves: "the house rules hold: module docs, sizes, dependency direction, links, migrations",
        when: When::Always,
        run: tidy::run,
        full: None,
    },
    Suite {
        name: "fmt",
        proves: "the code is formatted",
        when: When::Always,
        run: fmt::run,
        full: None,
    },
    Suite {
        name: "deny",
        proves: "licences, sources and banned or duplicate dependencies are as deny.toml says",
        when: When::Always,
        run: dependencies::deny,
        full: None,
    },
    Suite {
        name: "lint",
        proves: "clippy has no complaint, native and WebAssembly",
        when: When::Always,
        run: lint::run,
        full: None,
    },
    Suite {
        name: "unit",
        proves: "each package does what its own tests say",
        when: When::Always,
        run: unit::run,
        full: None,
    },
    Suite {
        name: "bundle",
        proves: "the browser's half builds as people get it and stays within its byte budget",
        when: When::Always,
        run: bundle::run,
        full: None,
    },
    Suite {
        name: "contract",
        proves: "the store on SQLite and Postgres, the cluster on the demo's and a real API server: one contract each",
        when: When::Always,
        run: contract::run,
        full: None,
    },
    Suite {
        name: "services",
        proves: "Postgres and the Kubernetes control plane, as tests use them, start, stop and recover",
        when: When::Always,
        run: services::run,
        full: None,
    },
    Suite {
        name: "crash",
        proves: "a console killed at any point has no effect without intent, loses nothing and leaves nothing stuck",
        when: When::Always,
        run: crash::run,
        full: Some(crash::run_in_full),
    },
    Suite {
        name: "kubelet",
        proves: "what actions do to containers, and what is told of it, on a node that really runs them",
        when: When::Always,
        run: kubelet::run,
        full: None,
    },
    Suite {
        name: "browser",
        proves: "people go the whole way in a real browser, over the demo's cluster and a real one",
        when: When::Always,
        run: browser::run,
        full: None,
    },
    Suite {
        name: "advisories",
        proves: "no dependency has a known vulnerability or is abandoned",
        when: When::OnRequest("the RustSec database from the internet"),
        run: dependencies::advisories,
        full: None,
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::native;
    use crate::workspace::Workspace;

    #[test]
    fn every_end_to_end_test_belongs_to_a_suite() {
        let workspace = Workspace::find().unwrap();
        let orphans: Vec<_> = native::tests_of(workspace.packages(), &["e2e"])
            .into_iter()
            .filter(|test| !contract::TESTS.contains(test) && !crash::TESTS.contains(test))
            .collect();
        assert!(orphans.is_empty(), "no suite runs {orphans:?}");
    }

    #[test]
    fn suite_names_are_unique() {
        let mut names: Vec<_> = ALL.iter().map(|suite| suite.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), ALL.len());
    }
}
