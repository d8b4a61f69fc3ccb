//! What is in the cluster at the start: history told by the same controllers that run it later.
//!
//! Each workload is applied at its own time in the past, and the controllers settle it then, so ages,
//! conditions, restarts and events agree with each other. Never writes a status by hand.

mod company;
mod manifests;
mod nodes;
mod people;
mod release;
mod static_pods;
mod workload;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use self::{
    company::{Tenant, UNOWNED},
    workload::{Shape, Trouble, Workload},
};
use crate::{
    access,
    cluster::Cluster,
    controllers,
    controllers::behaviour::ANNOTATION,
    controllers::cron_job::Schedule,
    controllers::kubelet::{self, Due},
    kinds,
    object::Object,
    options::Seed,
    store::{Effect, Key, Part, Store},
};

/// How old the cluster itself is.
const AGE: SignedDuration = SignedDuration::from_hours(24 * 412);

/// How many runs of a cron job are told: as many as it remembers.
const RUNS: usize = 3;

/// Fills a new cluster, up to the present.
pub(crate) fn plant(cluster: &Cluster, seed: Seed) {
    let now = cluster.now();
    let store = &cluster.store;
    let birth = earlier(now, AGE);
    apply(store, birth, access::bootstrap_objects());
    apply(store, birth, nodes::objects());
    apply(store, birth, ["default", "kube-system"].map(|name| manifests::namespace(name, "")));
    if seed == Seed::KawasePay {
        tell_company(store, birth, now);
    }
    // Everything once more: what was under way at some time may be overdue by now.
    settle(store, 0, now);
    controllers::events::expire(store, now);
    store.compact();
}

/// All releases in the order in which they came, then what is wrong today.
fn tell_company(store: &Store, birth: Timestamp, now: Timestamp) {
    let tenants = || company::TENANTS.iter().chain([&company::SYSTEM, &UNOWNED]);
    for tenant in tenants().filter(|tenant| tenant.namespace != "kube-system") {
        apply(store, birth, [manifests::namespace(tenant.namespace, tenant.team)]);
    }
    apply(store, birth, people::objects());
    happen(store, birth, static_pods::mirrors(store));
    let workloads: Vec<_> =
        tenants().flat_map(|tenant| tenant.workloads.iter().map(move |w| (tenant, w))).collect();
    let mut releases: Vec<_> = workloads
        .iter()
        .flat_map(|(tenant, workload)| workload.releases().map(move |r| (*tenant, *workload, r)))
        .collect();
    releases.sort_by_key(|(_, _, release)| std::cmp::Reverse(release.hours));
    for (tenant, workload, release) in releases {
        let at = earlier(now, SignedDuration::from_hours(release.hours));
        happen(store, at, manifests::of(tenant, workload, release));
    }
    for (tenant, workload) in workloads {
        tell_trouble(store, now, tenant, workload);
        if let Shape::CronJob { schedule } = workload.shape {
            tell_runs(store, now, tenant, workload, schedule);
        }
    }
}

/// What has gone wrong with a workload since its last release.
fn tell_trouble(store: &Store, now: Timestamp, tenant: &Tenant, workload: &Workload) {
    let born = earlier(now, SignedDuration::from_hours(workload.release.hours));
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
            happen(store, at, [manifests::stuck(tenant, workload, tag)]);
        }
        Trouble::Paused { tag, minutes } => {
            let at = earlier(now, SignedDuration::from_mins(minutes));
            let [begun, paused] = manifests::paused(tenant, workload, tag);
            let since = store.revision();
            apply(store, at, [begun]);
            // Its first pod is there, but not ready yet, when it is paused.
            controllers::reconcile(store, at, since);
            apply(store, at, [paused]);
            settle(store, since, at);
        }
        Trouble::None
        | Trouble::Pending
        | Trouble::NeverReady
        // See the runs of cron jobs.
        | Trouble::Suspended { .. } => {}
    }
}

/// The last runs of a cron job, up to now or to its suspension.
fn tell_runs(store: &Store, now: Timestamp, tenant: &Tenant, workload: &Workload, schedule: &str) {
    let born = earlier(now, SignedDuration::from_hours(workload.release.hours));
    let suspended = match workload.trouble {
        Trouble::Suspended { hours } => Some(earlier(now, SignedDuration::from_hours(hours))),
        _ => None,
    };
    let read = Schedule::read(schedule).expect("the seed holds good schedules only");
    for due in read.latest(born, suspended.unwrap_or(now), RUNS) {
        let since = store.revision();
        controllers::visit(store, tenant.namespace, due);
        settle(store, since, due);
    }
    if let Some(at) = suspended {
        happen(store, at, [manifests::suspended(tenant, workload, schedule)]);
    }
}

/// Applies manifests at a time, and lets everything come to rest then.
fn happen(store: &Store, at: Timestamp, manifests: impl IntoIterator<Item = Value>) {
    // As in any cluster, what is long past is told by nobody any more.
    controllers::events::expire(store, at);
    let since = store.revision();
    apply(store, at, manifests);
    settle(store, since, at);
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
    let pause = SignedDuration::from_mins(workload.release.hours * 60 / (i64::from(restarts) + 1));
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
    let pods = controllers::of_kind(&objects, &kinds::POD);
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
