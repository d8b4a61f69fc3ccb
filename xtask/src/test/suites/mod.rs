//! The table of suites, in the order in which they run: the sooner one can fail, the earlier it stands.

mod bundle;
mod dependencies;
mod fmt;
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
    },
    Suite {
        name: "fmt",
        proves: "the code is formatted",
        when: When::Always,
        run: fmt::run,
    },
    Suite {
        name: "deny",
        proves: "licences, sources and banned or duplicate dependencies are as deny.toml says",
        when: When::Always,
        run: dependencies::deny,
    },
    Suite {
        name: "lint",
        proves: "clippy has no complaint, native and WebAssembly",
        when: When::Always,
        run: lint::run,
    },
    Suite {
        name: "unit",
        proves: "each package does what its own tests say",
        when: When::Always,
        run: unit::run,
    },
    Suite {
        name: "bundle",
        proves: "the browser's half builds as people get it and stays within its byte budget",
        when: When::Always,
        run: bundle::run,
    },
    Suite {
        name: "services",
        proves: "Postgres and the Kubernetes control plane, as tests use them, start, stop and recover",
        when: When::Always,
        run: services::run,
    },
    Suite {
        name: "advisories",
        proves: "no dependency has a known vulnerability or is abandoned",
        when: When::OnRequest("the RustSec database from the internet"),
        run: dependencies::advisories,
    },
];
