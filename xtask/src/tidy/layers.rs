//! Rule: dependencies point one way, `domain ← app ← server`, and each layer knows only its own kind of crate.
//!
//! It reads manifests, because a crate that no manifest names cannot be named in code either.

use super::Finding;
use super::tree::Tree;
use crate::workspace::Package;

/// What one package of this workspace may depend on.
struct Layer {
    package: &'static str,
    /// The packages of this workspace that it may name.
    may_name: &'static [&'static str],
    /// The outside crates that it must not name, by their name or by a prefix that ends in `*`.
    must_not_name: &'static [&'static str],
}

/// Crates that do input or output, or bind to a runtime: what a pure crate must not know.
const EFFECTS: &[&str] = &[
    "axum*",
    "cedar-policy*",
    "getrandom",
    "http",
    "hyper*",
    "k8s-openapi",
    "kube*",
    "leptos*",
    "rand*",
    "reqwest",
    "sqlx*",
    "tokio*",
    "tower*",
    "webauthn-rs",
];

const LAYERS: &[Layer] = &[
    Layer { package: "domain", may_name: &[], must_not_name: EFFECTS },
    Layer {
        package: "app",
        may_name: &["domain"],
        must_not_name: &["cedar-policy*", "k8s-openapi", "kube*", "sqlx*", "webauthn-rs"],
    },
    Layer {
        package: "hydrate",
        may_name: &["app"],
        must_not_name: &["k8s-openapi", "kube*", "sqlx*", "tokio*"],
    },
    Layer { package: "demo-cluster", may_name: &[], must_not_name: &["leptos*", "sqlx*"] },
    Layer {
        package: "person",
        may_name: &[],
        must_not_name: &["kube*", "leptos*", "sqlx*", "webauthn-rs"],
    },
    Layer {
        package: "sekisho",
        may_name: &["app", "demo-cluster", "domain", "person"],
        must_not_name: &["openssl*", "native-tls"],
    },
    Layer {
        package: "harness",
        may_name: &[],
        must_not_name: &["kube*", "leptos*", "sqlx*", "tokio*"],
    },
    Layer { package: "fake-kubelet", may_name: &["harness"], must_not_name: &["leptos*", "sqlx*"] },
    Layer {
        package: "e2e",
        may_name: &["demo-cluster", "domain", "harness", "person", "sekisho"],
        must_not_name: &["leptos*"],
    },
    Layer {
        package: "xtask",
        may_name: &["harness"],
        must_not_name: &["kube*", "leptos*", "sqlx*", "tokio*"],
    },
];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let ours: Vec<_> = tree.packages.iter().map(|it| it.name.as_str()).collect();
    tree.packages
        .iter()
        .flat_map(|package| {
            complaints(package, &ours)
                .into_iter()
                .map(|complaint| Finding::in_file(&manifest(package), complaint))
        })
        .collect()
}

fn complaints(package: &Package, ours: &[&str]) -> Vec<String> {
    let Some(layer) = LAYERS.iter().find(|layer| layer.package == package.name) else {
        return vec![format!("`{}` has no place among the layers", package.name)];
    };
    let mut complaints = Vec::new();
    for name in package.dependencies.iter().map(String::as_str) {
        if ours.contains(&name) && !layer.may_name.contains(&name) {
            complaints.push(format!("`{}` may not depend on `{name}`", package.name));
        }
        if layer.must_not_name.iter().any(|pattern| fits(pattern, name)) {
            complaints.push(format!("`{}` may not know `{name}`", package.name));
        }
    }
    // One set of types in server and browser: a feature would make two.
    if package.name == "domain" && !package.features.is_empty() {
        complaints.push("`domain` has no Cargo features".to_owned());
    }
    complaints
}

fn fits(pattern: &str, name: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(prefix) => name.starts_with(prefix),
        None => pattern == name,
    }
}

fn manifest(package: &Package) -> String {
    package.folder.join("Cargo.toml").display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, dependencies: &[&str], features: &[&str]) -> Package {
        let owned = |names: &[&str]| names.iter().map(ToString::to_string).collect();
        Package {
            name: name.into(),
            folder: name.into(),
            dependencies: owned(dependencies),
            features: owned(features),
            ..Package::default()
        }
    }

    fn found(packages: Vec<Package>) -> Vec<String> {
        let tree = Tree { packages, ..Tree::default() };
        check(&tree).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_dependency_against_the_direction_is_found() {
        let found = found(vec![
            package("domain", &["serde", "app"], &[]),
            package("app", &["domain"], &["ssr"]),
        ]);
        assert_eq!(found, ["domain/Cargo.toml: `domain` may not depend on `app`"]);
    }

    #[test]
    fn a_crate_of_another_layer_is_found() {
        let found = found(vec![
            package("domain", &["tokio-stream"], &["ssr"]),
            package("app", &["sqlx"], &[]),
        ]);
        assert_eq!(
            found,
            [
                "domain/Cargo.toml: `domain` may not know `tokio-stream`",
                "domain/Cargo.toml: `domain` has no Cargo features",
                "app/Cargo.toml: `app` may not know `sqlx`",
            ]
        );
    }

    #[test]
    fn a_package_without_a_layer_is_found() {
        assert_eq!(
            found(vec![package("surprise", &[], &[])]),
            ["surprise/Cargo.toml: `surprise` has no place among the layers"]
        );
    }
}
