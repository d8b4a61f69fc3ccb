//! What the consoles of a test stand on: a cluster with one tenant, a policy folder, a data folder, an address.

use std::{
    collections::BTreeMap,
    env, fs,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    process::Command,
};

use harness::{control_plane::Cluster, ports, run_folder::RunFolder, tool};
use sekisho::policy::{
    Folder, load,
    rbac::{CONSOLE_USER, Namespaces, render},
};
use serde_json::{Value, json};

/// The cluster, as the policy calls it.
pub(crate) const CLUSTER: &str = "demo";
/// The one tenant.
pub(crate) const NAMESPACE: &str = "checkout";

/// The workload whose pods are restarted.
pub(crate) const API: &str = "checkout-api";
/// To how many replicas a workload of one is scaled.
pub(crate) const SCALED_TO: u64 = 2;
/// More than there are runs.
const WORKERS: usize = 100;

/// The groups that an API server gives the console's account.
const CONSOLE_GROUPS: [&str; 2] = ["system:serviceaccounts", "system:serviceaccounts:sekisho"];

const TENANT: &str = include_str!("tenant.yaml");
const CODEOWNERS: &str = "/demo/checkout/ @kawase/payments-core\n";
/// Short times, so that what nobody heard of is settled soon.
const ACTIONS: &str = "[defaults]\napprovals = 1\nrequest_ttl = \"1h\"\napproval_ttl = \"1h\"\n\
                       execution_deadline = \"5s\"\nsettle_within = \"1m\"\nticket = \"optional\"\n\
                       [actions.restart-pod]\n[actions.scale]\n\
                       [actions.restart-pods]\nsettle_within = \"5m\"\n";

/// The files of the demo's policy that are taken as they are.
const DEMO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../server/policy/demo");
const TAKEN: [&str; 3] = ["people.toml", "teams.toml", "console.cedar"];

/// What outlives every console.
pub(crate) struct Ground {
    pub(crate) cluster: Cluster,
    pub(crate) folder: RunFolder,
    pub(crate) address: SocketAddr,
    pub(crate) origin: String,
    kubeconfig: PathBuf,
    /// What the API server had recorded before.
    pub(crate) events_before: usize,
}

impl Ground {
    pub(crate) fn set() -> Self {
        Self::with(&TAKEN)
    }

    /// The same, where roles are granted.
    pub(crate) fn with_roles() -> Self {
        Self::with(&[&TAKEN[..], &["roles.toml"]].concat())
    }

    fn with(taken: &[&str]) -> Self {
        let cluster = Cluster::from_environment().unwrap_or_else(|error| panic!("{error}"));
        let folder = RunFolder::fresh(&env::temp_dir(), "sekisho-crash").unwrap();
        for name in ["policy", "site", "data"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        write_policy(&folder.path().join("policy"), taken);
        // Nobody looks at its pages.
        let manifest = r#"{"js":"a.js","wasm":"a.wasm","css":"a.css"}"#;
        fs::write(folder.path().join("site/manifest.json"), manifest).unwrap();
        let port = ports::free().unwrap();
        let ground = Self {
            kubeconfig: cluster.kubeconfig_for(CONSOLE_USER, &CONSOLE_GROUPS).unwrap(),
            events_before: cluster.audit_log().events().unwrap().len(),
            address: (Ipv4Addr::LOCALHOST, port).into(),
            origin: format!("http://localhost:{port}"),
            cluster,
            folder,
        };
        ground.apply("tenant.yaml", TENANT);
        ground.apply("workers.json", &workers().to_string());
        ground.apply("rbac.yaml", &ground.rendered_rbac());
        let replicas = ["--namespace", NAMESPACE, "rollout", "status", "deployment/checkout-api"];
        tool::output(ground.kubectl().args(replicas).args(["--timeout", "60s"])).unwrap();
        ground
    }

    /// The arguments of `sekisho serve`.
    pub(crate) fn configure(&self, console: &mut Command) {
        let path = |name: &str| self.folder.path().join(name);
        console.args(["--origin", &self.origin, "--cluster", CLUSTER]);
        console.arg("--listen").arg(self.address.to_string());
        console.arg("--kubeconfig").arg(&self.kubeconfig);
        for (flag, name) in [("--data", "data"), ("--policy", "policy"), ("--site", "site")] {
            console.arg(flag).arg(path(name));
        }
    }

    /// Removes what nobody needs to look at any more.
    pub(crate) fn clear(self) {
        self.folder.remove().unwrap();
    }

    /// The replicas that each deployment asks for.
    pub(crate) fn sizes(&self) -> BTreeMap<String, u64> {
        let list = ["--namespace", NAMESPACE, "get", "deployments", "--output", "json"];
        let list: Value =
            serde_json::from_str(&tool::output(self.kubectl().args(list)).unwrap()).unwrap();
        let size = |it: &Value| {
            Some((it["metadata"]["name"].as_str()?.to_owned(), it["spec"]["replicas"].as_u64()?))
        };
        list["items"].as_array().unwrap().iter().filter_map(size).collect()
    }

    fn rendered_rbac(&self) -> String {
        let policy = load(&Folder::read(&self.folder.path().join("policy")).unwrap()).unwrap();
        render(&policy, &CLUSTER.parse().unwrap(), &Namespaces::Named).unwrap()
    }

    fn apply(&self, name: &str, text: &str) {
        let path = self.folder.path().join(name);
        fs::write(&path, text).unwrap();
        tool::output(self.kubectl().args(["apply", "--filename"]).arg(path)).unwrap();
    }

    pub(crate) fn kubectl(&self) -> Command {
        self.cluster.kubectl(&self.cluster.admin_kubeconfig())
    }
}

/// The name of a workload that is to be scaled; each is scaled once.
pub(crate) fn worker(number: usize) -> String {
    assert!(number < WORKERS, "there are {WORKERS} workers");
    format!("checkout-worker-{number:02}")
}

fn workers() -> Value {
    let deployment = |number| {
        let name = worker(number);
        let labels = json!({ "app.kubernetes.io/name": name });
        let container = json!({ "name": "worker", "image": "registry.kawase.example/checkout/worker:2026.47.3" });
        let template =
            json!({ "metadata": { "labels": labels }, "spec": { "containers": [container] } });
        json!({ "apiVersion": "apps/v1", "kind": "Deployment",
            "metadata": { "name": name, "namespace": NAMESPACE },
            "spec": { "replicas": 1, "selector": { "matchLabels": labels }, "template": template } })
    };
    json!({ "apiVersion": "v1", "kind": "List", "items": (0..WORKERS).map(deployment).collect::<Vec<_>>() })
}

fn write_policy(folder: &Path, taken: &[&str]) {
    for name in taken {
        fs::copy(Path::new(DEMO).join(name), folder.join(name)).unwrap();
    }
    fs::write(folder.join("CODEOWNERS"), CODEOWNERS).unwrap();
    fs::write(folder.join("actions.toml"), ACTIONS).unwrap();
}
