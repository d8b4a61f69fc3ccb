//! Adding an action is writing its declaration: everything else comes of it, from the rules to the outcome.
//!
//! A program of its own, since what there is stays as it is once somebody asked.

#![expect(clippy::unwrap_used, reason = "a fixture that does not hold is a broken test")]

use std::{fs, path::Path, sync::Arc, time::Duration};

use app::Deployment;
use demo_cluster::{DemoCluster, Options, Pace, Seed};
use domain::{
    actions::{
        Action, ActionKind, Bounds, Change, Follow, InvalidRequest, Parameter, Parameters, Power,
        Reach, Subject, TargetKind, TargetRef, documentation,
    },
    identity::SessionLimits,
    ids::Ids,
    names::ClusterName,
    resources::{Clusters, WatchState},
    time::Clock,
};
use person::{Authenticator, Browser};
use sekisho::{
    cluster::{BearerToken, ClusterSettings, ClusterSource, ExecPlugins, RegisteredClusters},
    http::AddressFrom,
    identity::{SystemClock, SystemIds},
    pages::Site,
    policy::{
        FixedPolicy, Folder, LoadedPolicy, load,
        rbac::{CONSOLE_USER, Namespaces, manifests, render},
    },
    serve::{Assembled, Parts, assemble},
    store::{DatabaseUrl, Store},
};
use serde_json::{Value, json};

const ORIGIN: &str = "https://console.example.org";
const NAME: &str = "set-progress-deadline";
const WIZARD: &str = "/tenants/demo/checkout/deployment/checkout-api/set-progress-deadline";

/// How long a rollout may stand still: nothing that anybody foresaw.
struct SetProgressDeadline;

impl Action for SetProgressDeadline {
    fn name(&self) -> &'static str {
        NAME
    }

    fn summary(&self) -> &'static str {
        "Says how long a rollout may stand still before it counts as stuck."
    }

    fn targets(&self) -> &'static [TargetKind] {
        &[TargetKind::Deployment]
    }

    fn parameters(&self) -> &'static [Parameter] {
        const { &[Parameter::needed("seconds", Bounds::Integer { least: 60, most: 3600 })] }
    }

    fn powers(&self) -> &'static [Power] {
        &[Power { group: "apps", resources: &["deployments"], verbs: &["patch"] }]
    }

    fn change(&self, subject: &Subject<'_>) -> Result<Change, InvalidRequest> {
        let mut wanted = subject.object.clone();
        wanted["spec"]["progressDeadlineSeconds"] = subject.parameters["seconds"].clone();
        Change::towards(subject.object, &wanted)
    }

    fn reach(&self, _: &Subject<'_>) -> Reach {
        Reach::NoPod
    }

    fn follow(&self) -> Follow {
        Follow::Change
    }

    fn kubectl(&self, target: &TargetRef, _: &Parameters) -> String {
        format!("kubectl edit deployment {}", target.name)
    }
}

/// The demo's policy, with the action listed and a rule that names it.
fn policy() -> LoadedPolicy {
    let folder = tempfile::tempdir().unwrap();
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("policy/demo");
    for entry in fs::read_dir(demo).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
    }
    append(folder.path(), "actions.toml", &format!("\n[actions.{NAME}]\nticket = \"required\"\n"));
    let rule = format!(
        "\n@id(\"not-by-the-second\")\nforbid (principal == Person::\"second-on-call\", action == Action::\"ask\", resource)\n\
         when {{ context.action == ActionKind::\"{NAME}\" }};\n"
    );
    append(folder.path(), "console.cedar", &rule);
    load(&Folder::read(folder.path()).unwrap()).unwrap()
}

fn append(folder: &Path, file: &str, text: &str) {
    let path = folder.join(file);
    let mut content = fs::read_to_string(&path).unwrap();
    // Tables may stand in any order; a new one at the end is one more.
    content.push_str(text);
    fs::write(path, content).unwrap();
}

/// A console over an embedded cluster.
struct World {
    console: Assembled,
    _cluster: DemoCluster,
    _folder: tempfile::TempDir,
}

impl World {
    async fn new(policy: &LoadedPolicy) -> Self {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let ids = Arc::new(SystemIds::new(Arc::clone(&clock)));
        let name: ClusterName = "demo".parse().unwrap();
        let cluster = embedded(policy, &name, Arc::clone(&clock), ids.secret()).await;
        let source = ClusterSource::Address {
            url: format!("http://{}", cluster.address()),
            token: BearerToken::new(cluster.console_token()),
        };
        let settings = ClusterSettings { name, source, exec_plugins: ExecPlugins::Refused };
        let clusters = RegisteredClusters::connect(vec![settings], &clock).await.unwrap();
        let clusters: Arc<dyn Clusters> = Arc::new(clusters);
        let folder = tempfile::tempdir().unwrap();
        let database = DatabaseUrl::Sqlite(folder.path().join("sekisho.db"));
        let console = assemble(Parts {
            policy: Arc::new(FixedPolicy::new(policy, clock.now())),
            clock,
            ids,
            store: Store::open(&database).await.unwrap(),
            courier: Arc::new(sekisho::notifications::Unconfigured),
            clusters: Arc::clone(&clusters),
            origin: ORIGIN.parse().unwrap(),
            session_limits: SessionLimits::default(),
            site: site(folder.path()),
            deployment: Deployment::Demo,
            address_from: AddressFrom::Peer,
        })
        .unwrap();
        console.console.enforce_policy().await.unwrap();
        until("the watches", async || clusters.all()[0].freshness().watch == WatchState::Live)
            .await;
        Self { console, _cluster: cluster, _folder: folder }
    }

    async fn person(&self, login: &str) -> (Browser, Authenticator) {
        let link = self.console.console.invite_from_machine(&login.parse().unwrap()).await.unwrap();
        let mut browser = Browser::over(self.console.router.clone(), ORIGIN);
        let authenticator = browser.enrol(&link.secret.reveal()).await;
        (browser, authenticator)
    }
}

async fn embedded(
    policy: &LoadedPolicy,
    name: &ClusterName,
    clock: Arc<dyn Clock>,
    entropy: [u8; 32],
) -> DemoCluster {
    let now = move || jiff::Timestamp::from_microsecond(clock.now().as_micros()).unwrap();
    let options = Options {
        console_user: CONSOLE_USER.to_owned(),
        seed: Seed::KawasePay,
        pace: Pace::IMMEDIATE,
        ..Options::demo(Arc::new(now), entropy)
    };
    let cluster = DemoCluster::start(options).await.unwrap();
    for manifest in manifests(policy, name, &Namespaces::Named) {
        cluster.apply(serde_json::to_value(&manifest).unwrap()).unwrap();
    }
    cluster
}

fn site(folder: &Path) -> Site {
    let manifest = r#"{"js":"a.js","wasm":"a.wasm","css":"a.css"}"#;
    fs::write(folder.join("manifest.json"), manifest).unwrap();
    Site::open(folder).unwrap()
}

async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let waiting = async {
        while !holds().await {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), waiting).await.expect(what);
}

fn asked(seconds: &Value) -> Value {
    json!({
        "action": NAME,
        "target": {"cluster": "demo", "namespace": "checkout", "kind": "Deployment", "name": "checkout-api"},
        "parameters": {"seconds": seconds},
        "reason": "its images are large",
        "ticket": "CHG-1",
    })
}

/// A page as it is sent, to its end.
async fn page(browser: &mut Browser, path: &str) -> String {
    browser.listen(path).await.to_its_end().await
}

fn holds(page: &str, texts: &[&str]) {
    for text in texts {
        assert!(page.contains(text), "{text}: {page}");
    }
}

/// What the palette finds by these words: what it is called, and where it is.
async fn found(browser: &mut Browser, words: &str) -> Vec<(String, String)> {
    let path =
        format!("/pages/app/palette/read/find_places?words={words}&at=/tenants/demo/checkout");
    let found = browser.get(&path).await.done();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    found.as_array().unwrap().iter().map(|it| (text(&it["label"]), text(&it["href"]))).collect()
}

/// What was done, how it stood with it, and who did it.
fn of_entry(entry: &Value) -> (&str, &str, &str) {
    let text = |field: &str| entry[field].as_str().unwrap_or_default();
    (text("action"), text("outcome"), text("actor"))
}

async fn decide(
    browser: &mut Browser,
    passkey: &mut Authenticator,
    id: &str,
    decision: &str,
) -> Value {
    let path = format!("/api/v1/requests/{id}");
    let wish = json!({ "decision": decision });
    let options = browser.post(&format!("{path}/signature-options"), wish).await.done();
    let credential = passkey.touch(&options);
    let answer = if decision == "execute" {
        browser.post(&format!("{path}/execution"), json!({ "credential": credential })).await
    } else {
        let body = json!({ "decision": decision, "credential": credential });
        browser.post(&format!("{path}/decisions"), body).await
    };
    answer.done()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_declaration_alone_goes_the_whole_way() {
    ActionKind::extend(&[ActionKind::of(&SetProgressDeadline)]).unwrap();
    let kind: ActionKind = NAME.parse().unwrap();
    assert!(documentation::page(kind).contains("a whole number from 60 to 3600"));

    let policy = policy();
    let name = "demo".parse().unwrap();
    let rendered = render(&policy, &name, &Namespaces::Named).unwrap();
    assert!(rendered.contains(&format!("name: sekisho:act:{NAME}")), "{rendered}");

    let world = World::new(&policy).await;
    let (mut on_call, mut passkey) = world.person("on-call").await;
    let (mut second, _) = world.person("second-on-call").await;
    let here = "/api/v1/actions?cluster=demo&namespace=checkout&kind=Deployment&name=checkout-api";
    let offer = |offers: Value| {
        let offers = offers["items"].as_array().unwrap().clone();
        offers.into_iter().find(|offer| offer["action"] == NAME).unwrap()
    };
    let offered = offer(on_call.get(here).await.done());
    assert_eq!(offered["refusal"], json!(null));
    assert_eq!(
        offered["parameters"][0]["bounds"],
        json!({"type": "integer", "least": 60, "most": 3600})
    );
    assert_eq!((&offered["ticket"], &offered["approvals_needed"]), (&json!("required"), &json!(1)));
    let refused = offer(second.get(here).await.done());
    assert_eq!(refused["refusal"]["facts"]["rule"], "not-by-the-second");

    for (seconds, code) in [
        (json!(59), (422, "parameter_invalid")),
        (json!("sixty"), (422, "parameter_invalid")),
        (json!(600), (409, "nothing_to_change")),
    ] {
        assert_eq!(
            on_call.post("/api/v1/requests", asked(&seconds)).await.code(),
            code,
            "{seconds}"
        );
    }
    assert_eq!(
        found(&mut on_call, "progress-deadline%20checkout-api").await,
        [("set-progress-deadline: checkout-api".to_owned(), WIZARD.to_owned())]
    );
    holds(
        &page(&mut on_call, &format!("{WIZARD}?seconds=900")).await,
        &[
            "set-progress-deadline: checkout-api",
            "kubectl edit deployment checkout-api",
            "Ask for set-progress-deadline on checkout-api",
        ],
    );
    let request = on_call.post("/api/v1/requests", asked(&json!(900))).await.done();
    let id = request["id"].as_str().unwrap().to_owned();
    let change = &request["preview"]["changes"];
    assert_eq!(
        *change,
        json!([{"field": "spec.progressDeadlineSeconds", "before": "600", "after": "900"}])
    );
    let (mut owner, mut their_passkey) = world.person("approver").await;
    let approved = decide(&mut owner, &mut their_passkey, &id, "approve").await;
    assert_eq!(approved["state"], "approved");
    holds(
        &page(&mut on_call, &format!("/requests/{id}")).await,
        &[
            "kubectl edit deployment checkout-api",
            "Carry set-progress-deadline out on checkout-api now",
        ],
    );
    decide(&mut on_call, &mut passkey, &id, "execute").await;
    let console = &world.console.console;
    until("the outcome", async || {
        console.settle_executions().await.unwrap();
        let request = on_call.get(&format!("/api/v1/requests/{id}")).await.done();
        request["state"] == "succeeded"
    })
    .await;
    let after = offer(on_call.get(here).await.done());
    assert_eq!(after["refusal"], json!(null));
    let (mut security, _) = world.person("security").await;
    let told = security.get(&format!("/api/v1/entries?request={id}")).await.done();
    let told: Vec<_> = told["items"].as_array().unwrap().iter().rev().map(of_entry).collect();
    assert_eq!(
        told,
        [
            (NAME, "requested", "on-call"),
            (NAME, "approved", "approver"),
            (NAME, "intended", "on-call"),
            (NAME, "accepted", "on-call"),
            (NAME, "succeeded", "on-call"),
        ]
    );
}
