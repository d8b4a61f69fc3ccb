//! What is in the cluster at the start: history told by the same controllers that run it later.
//!
//! Each workload is applied at its own time in the past, and the controllers settle it then, so ages,
//! conditions, restarts and events agree with each other. Never writes a status by hand.

mod company;
mod manifests;
mod nodes;
mod people;
mod workload;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use self::{
    company::{Tenant, UNOWNED},
    workload::{Trouble, Workload},
};
use crate::{
    access,
    cluster::Cluster,
    controllers,
    controllers::behaviour::ANNOTATION,
    controllers::kubelet::{self, Due},
    kinds,
    object::Object,
    options::Seed,
    store::{Effect, Key, Part, Store},
};

/// How old the cluster itself is.
const AGE: SignedDuration = SignedDuration::from_hours(24 * 412);

/// Fills a new cluster, up to the present.
pub(crate) fn plant(cluster: &Cluster, seed: Seed) {
    let now = cluster.now();
    let store = &cluster.store;
    let birth = earlier(now, AGE);
    apply(store, birth, access::bootstrap_objects());
    apply(store, birth, nodes::objects());
    apply(store, birth, ["default", "kube-system"].map(|name| manifests::namespace(name, "")));
    if seed == Seed::KawasePay {
        let tenants = || company::TENANTS.iter().chain([&company::SYSTEM, &UNOWNED]);
        for tenant in tenants().filter(|tenant| tenant.namespace != "kube-system") {
            apply(store, birth, [manifests::namespace(tenant.namespace, tenant.team)]);
        }
        apply(store, birth, people::objects());
        let mut workloads: Vec<_> = tenants()
            .flat_map(|tenant| tenant.workloads.iter().map(move |w| (tenant, w)))
            .collect();
        workloads.sort_by_key(|(_, workload)| std::cmp::Reverse(workload.hours));
        for (tenant, workload) in workloads {
            tell(store, now, tenant, workload);
        }
    }
    // Everything once more: what was under way at some time may be overdue by now.
    settle(store, 0, now);
    controllers::events::expire(store, now);
    store.compact();
}

/// One workload's history, from its first deployment to its trouble.
fn tell(store: &Store, now: Timestamp, tenant: &Tenant, workload: &Workload) {
    let born = earlier(now, SignedDuration::from_hours(workload.hours));
    let since = store.revision();
    apply(store, born, manifests::of(tenant, workload));
    settle(store, since, born);
    match workload.trouble {
        Trouble::CrashLoop { restarts } => {
            crash_since(store, tenant, workload, restarts, born, now);
        }
        Trouble::OneCrashes { restarts } => {
            let since = store.revision();
            make_one_crash(store, tenant, workload, born);
            settle(store, since, born);
            crash_since(store, tenant, workload, restarts, born, now);
        }
        Trouble::StuckRollout { tag, minutes } => {
            let at = earlier(now, SignedDuration::from_mins(minutes));
            let since = store.revision();
            apply(store, at, [manifests::rollout(tenant, workload, tag)]);
            settle(store, since, at);
        }
        Trouble::None | Trouble::Pending | Trouble::NeverReady => {}
    }
}

/// Lets what crashes in a tenant do so at even pauses, from its birth up to now.
fn crash_since(
    store: &Store,
    tenant: &Tenant,
    workload: &Workload,
    restarts: u8,
    born: Timestamp,
    now: Timestamp,
) {
    let pause = SignedDuration::from_mins(workload.hours * 60 / (i64::from(restarts) + 1));
    for restart in 1..restarts {
        let at = born.saturating_add(pause * i32::from(restart)).unwrap_or(now);
        let since = store.revision();
        retry(store, tenant.namespace, at);
        settle(store, since, at);
    }
}

/// Tells the first pod of a workload to crash: the pod alone, not the template that others are made from.
fn make_one_crash(store: &Store, tenant: &Tenant, workload: &Workload, at: Timestamp) {
    let (objects, _) = store.snapshot();
    let prefix = format!("{}-", workload.name);
    let first = objects.iter().find(|(key, _)| {
        *key.kind == kinds::POD
            && key.namespace == tenant.namespace
            && key.name.starts_with(&prefix)
    });
    let (key, pod) = first.expect("a workload has pods");
    let mut pod = pod.value().clone();
    pod["metadata"]["annotations"][ANNOTATION] = json!("crash-loop");
    let mut transaction = store.begin(at);
    let told = transaction.replace(key, Object::new(pod), Part::Main, Effect::Commit);
    told.expect("the seed is consistent");
}

/// Lets controllers and kubelets work on what changed since a revision, until nothing does, all at one time.
fn settle(store: &Store, since: u64, at: Timestamp) {
    let mut before = since;
    while before != store.revision() {
        let from = before;
        before = store.revision();
        controllers::reconcile(store, at, from);
        for key in due_pods(store, Due::Step) {
            kubelet::advance(store, &key, at);
        }
    }
}

/// Restarts what has crashed in a namespace.
fn retry(store: &Store, namespace: &str, at: Timestamp) {
    for key in due_pods(store, Due::Retry).into_iter().filter(|key| key.namespace == namespace) {
        kubelet::advance(store, &key, at);
    }
}

fn due_pods(store: &Store, due: Due) -> Vec<Key> {
    let (objects, _) = store.snapshot();
    let pods = objects.iter().filter(|(key, _)| *key.kind == kinds::POD);
    pods.filter(|(_, pod)| kubelet::due(pod) == due).map(|(key, _)| key.clone()).collect()
}

fn apply(store: &Store, at: Timestamp, manifests: impl IntoIterator<Item = Value>) {
    let mut transaction = store.begin(at);
    for manifest in manifests {
        let object = Object::new(manifest);
        let kind = kinds::of(object.text("/apiVersion"), object.text("/kind"));
        let kind = kind.expect("the seed holds served kinds only");
        let key = Key::of(kind, &object);
        let applied = if transaction.objects().contains_key(&key) {
            transaction.replace(&key, object, Part::Main, Effect::Commit)
        } else {
            transaction.create(kind, object, Effect::Commit)
        };
        applied.expect("the seed is consistent");
    }
}

fn earlier(now: Timestamp, by: SignedDuration) -> Timestamp {
    now.saturating_sub(by).unwrap_or(now)
}

/// Labels that every object of a workload carries.
fn labels(tenant: &Tenant, name: &str) -> Value {
    json!({
        "app.kubernetes.io/name": name,
        "app.kubernetes.io/part-of": tenant.namespace,
        "app.kubernetes.io/managed-by": "kawase-deploy",
    })
}
