//! A stage: one namespace of one cluster, its RBAC, and the console's adapter over it.

use std::{sync::Arc, time::Duration};

use domain::{
    actions::{ActionKind, Reads, Snapshot, TargetKind, TargetRef},
    grants::GRANTS_NAMESPACE,
    names::{ClusterName, ClusterUser, Namespace},
    resources::{Cluster, ClusterError, PodRow, WatchState},
    testkit::ManualClock,
};
use futures::StreamExt;
use k8s_openapi::api::authorization::v1::SubjectAccessReview;
use kube::{
    Api, Client, Config, ResourceExt,
    api::{ApiResource, DynamicObject, GroupVersionKind, PostParams},
};
use sekisho::cluster::{ClusterSettings, ExecPlugins, KubernetesCluster};
use serde_json::{Value, json};
use tokio::time::{sleep, timeout};

use crate::{
    fixtures::{budget, create, pod},
    ground::Ground,
    rbac,
};

/// Nothing here takes this long unless it never comes. A real kubelet may let a minute go by before it forgets a pod, and
/// wave waits for wave.
const LIMIT: Duration = Duration::from_mins(3);

/// Where a scenario is played.
pub(crate) struct Stage {
    pub(crate) ground: Box<dyn Ground>,
    pub(crate) admin: Client,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) cluster: Arc<dyn Cluster>,
    /// A namespace of the scenario's own, in which the on-call may look and the action is bound.
    pub(crate) namespace: Namespace,
}

impl Stage {
    pub(crate) async fn set(ground: impl Ground + 'static, scenario: &str) -> Self {
        let admin = Client::try_from(ground.admin().await).unwrap();
        for object in rbac::of_cluster() {
            create(&admin, None, object).await;
        }
        let clock = Arc::new(ManualClock::default());
        let cluster = connect(&ground, rbac::CONSOLE, &clock).await;
        let namespace = new_namespace(&admin, scenario).await;
        for object in rbac::actions_are_bound(&namespace) {
            create(&admin, None, object).await;
        }
        create(&admin, Some(namespace.as_str()), rbac::people_look(&namespace)).await;
        let stage = Self { ground: Box::new(ground), admin, clock, cluster, namespace };
        stage
            .until("the watches", || {
                let live = stage.cluster.freshness().watch == WatchState::Live;
                (live && stage.cluster.namespace(&stage.namespace).is_some()).then_some(())
            })
            .await;
        stage.rbac_is_in_force().await;
        stage
    }

    /// An API server learns of new bindings a moment later than they are written.
    async fn rbac_is_in_force(&self) {
        let namespace = self.namespace.as_str();
        let mut asked = vec![
            json!({"user": rbac::ON_CALL, "resourceAttributes":
                {"verb": "list", "resource": "pods", "namespace": namespace}}),
            json!({"user": rbac::APPROVER, "resourceAttributes":
                {"verb": "list", "resource": "pods", "namespace": namespace}}),
            json!({"user": rbac::CONSOLE, "resourceAttributes":
                {"verb": "impersonate", "resource": "users", "name": rbac::STRANGER}}),
            json!({"user": rbac::ON_CALL, "resourceAttributes": {"verb": "get", "resource": "nodes"}}),
            json!({"user": rbac::ON_CALL, "resourceAttributes":
                {"verb": "list", "resource": "pods", "namespace": Namespace::platform()}}),
        ];
        for (verb, group, resource, namespace) in [
            ("create", "rbac.authorization.k8s.io", "rolebindings", namespace),
            ("create", "", "serviceaccounts", GRANTS_NAMESPACE),
        ] {
            asked.push(json!({"user": rbac::CONSOLE, "resourceAttributes":
                {"verb": verb, "group": group, "resource": resource, "namespace": namespace}}));
        }
        asked.extend(ActionKind::all().iter().map(|action| {
            let power = action.declaration().powers()[0];
            let namespace = if action.is_cluster_wide() { "" } else { namespace };
            let (resource, subresource) =
                power.resources[0].split_once('/').unwrap_or((power.resources[0], ""));
            json!({"user": rbac::ON_CALL, "groups": [action.cluster_group()], "resourceAttributes":
                {"verb": power.verbs[0], "group": power.group, "resource": resource,
                    "subresource": subresource, "namespace": namespace}})
        }));
        let reviews: Api<SubjectAccessReview> = Api::all(self.admin.clone());
        for spec in asked {
            let review: SubjectAccessReview =
                serde_json::from_value(json!({"spec": spec})).unwrap();
            eventually(&format!("the RBAC of the stage: {spec}"), async || {
                let answer = reviews.create(&PostParams::default(), &review).await.unwrap();
                answer.status.is_some_and(|status| status.allowed).then_some(())
            })
            .await;
        }
    }

    /// What the watches show, as soon as they do.
    pub(crate) async fn until<T>(&self, what: &str, look: impl FnMut() -> Option<T>) -> T {
        seen(self.cluster.as_ref(), what, look).await
    }

    /// Waits until the watches show just this; tells what they show instead when they never do.
    pub(crate) async fn until_equal(&self, expected: &[String], look: impl Fn() -> Vec<String>) {
        let equal = self.until("what is expected", || (look() == expected).then_some(()));
        if timeout(LIMIT / 2, equal).await.is_err() {
            assert_eq!(look(), expected);
        }
    }

    /// A pod that runs and is ready, and that the watches have seen so.
    pub(crate) async fn running_pod(&self, name: &str) -> Arc<PodRow> {
        self.bring_up(pod(name)).await
    }

    /// The same, of a pod as it is given.
    pub(crate) async fn bring_up(&self, pod: Value) -> Arc<PodRow> {
        let name = pod["metadata"]["name"].as_str().unwrap().to_owned();
        self.create(pod).await;
        self.ground.bring_up(&self.admin, self.namespace.as_str(), &name).await;
        self.until(&format!("{name} ready"), || self.pod(&name).filter(|pod| pod.is_ready())).await
    }

    /// The pod as the watches show it.
    pub(crate) fn pod(&self, name: &str) -> Option<Arc<PodRow>> {
        let pods = self.cluster.pods(&self.namespace);
        pods.into_iter().find(|pod| pod.name.as_str() == name)
    }

    pub(crate) fn target(&self, kind: TargetKind, name: &str) -> TargetRef {
        let platform = kind.is_cluster_wide().then(Namespace::platform);
        TargetRef {
            cluster: self.cluster.name().clone(),
            namespace: platform.unwrap_or_else(|| self.namespace.clone()),
            kind,
            name: name.parse().unwrap(),
        }
    }

    /// Looks a pod up as the on-call.
    pub(crate) async fn look_up(&self, name: &str) -> Result<Snapshot, ClusterError> {
        let target = self.target(TargetKind::Pod, name);
        self.cluster.look_up(&user(rbac::ON_CALL), &target, Reads::Target).await
    }

    /// Creates an object in the namespace of the stage.
    pub(crate) async fn create(&self, object: Value) {
        create(&self.admin, Some(self.namespace.as_str()), object).await;
    }

    /// The newest of these versions in which the cluster serves a kind, by its plural.
    pub(crate) async fn served(&self, plural: &str, versions: &[&'static str]) -> &'static str {
        for version in versions {
            let list = self.admin.list_api_group_resources(version).await;
            if list.is_ok_and(|list| list.resources.iter().any(|it| it.name == plural)) {
                return version;
            }
        }
        panic!("{plural} are served in none of {versions:?}")
    }

    /// Creates a budget in the newest version that the cluster serves.
    pub(crate) async fn create_budget(&self, budget: impl FnOnce(&str) -> Value) {
        self.create(budget(self.policy_version().await)).await;
    }

    async fn policy_version(&self) -> &'static str {
        self.served("poddisruptionbudgets", &["policy/v1", "policy/v1beta1"]).await
    }

    /// The budgets of the namespace of the stage, as an administrator.
    pub(crate) async fn budgets(&self) -> Api<DynamicObject> {
        let version = self.policy_version().await.trim_start_matches("policy/");
        let kind = GroupVersionKind::gvk("policy", version, "PodDisruptionBudget");
        let resource = ApiResource::from_gvk(&kind);
        Api::namespaced_with(self.admin.clone(), self.namespace.as_str(), &resource)
    }

    /// A budget over one running pod that may not be disrupted.
    pub(crate) async fn exhausted_budget(&self, name: &str, app: &str) {
        self.create_budget(|version| budget(name, app, 1, version)).await;
        self.until("the budget's verdict", || {
            let budgets = self.cluster.budgets(&self.namespace);
            budgets.into_iter().find(|budget| budget.healthy == 1 && budget.allowed == 0)
        })
        .await;
    }

    /// A client of the console's own account that says of itself what `speak_as` writes.
    pub(crate) async fn console_speaking(&self, speak_as: impl FnOnce(&mut Config)) -> Client {
        let mut config = self.ground.user(rbac::CONSOLE).await;
        config.default_retry = false;
        speak_as(&mut config);
        Client::try_from(config).unwrap()
    }
}

/// The console's adapter over a cluster, by that account.
pub(crate) async fn connect(
    ground: &(impl Ground + ?Sized),
    account: &str,
    clock: &Arc<ManualClock>,
) -> Arc<dyn Cluster> {
    let settings = ClusterSettings {
        name: ClusterName::try_from("main".to_owned()).unwrap(),
        source: ground.console(account),
        exec_plugins: ExecPlugins::Refused,
    };
    Arc::new(KubernetesCluster::connect(settings, clock.clone()).await.unwrap())
}

/// A namespace nobody had before, with the account that its pods name.
pub(crate) async fn new_namespace(admin: &Client, scenario: &str) -> Namespace {
    let prefix: String = scenario.replace('_', "-").chars().take(40).collect();
    let namespace = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"generateName": format!("{prefix}-")}});
    let name = create(admin, None, namespace).await.name_any();
    let account =
        json!({"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "default"}});
    create(admin, Some(&name), account).await;
    name.parse().unwrap()
}

pub(crate) fn user(name: &str) -> ClusterUser {
    name.parse().unwrap()
}

/// What the watches of a cluster show, as soon as they do.
pub(crate) async fn seen<T>(
    cluster: &dyn Cluster,
    what: &str,
    mut look: impl FnMut() -> Option<T>,
) -> T {
    let mut changes = cluster.changes();
    let looking = async {
        loop {
            if let Some(found) = look() {
                return found;
            }
            changes.next().await;
        }
    };
    timeout(LIMIT, looking).await.unwrap_or_else(|_| panic!("the watches never showed {what}"))
}

/// What a cluster answers when asked again and again.
pub(crate) async fn eventually<T>(what: &str, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    let asking = async {
        loop {
            if let Some(answer) = ask().await {
                return answer;
            }
            sleep(Duration::from_millis(50)).await;
        }
    };
    timeout(LIMIT, asking).await.unwrap_or_else(|_| panic!("{what} never came"))
}
