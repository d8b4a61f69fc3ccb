//! Discovery, get, list and the writes.

use http::{Method, Request};
use k8s_openapi::api::core::v1::{ConfigMap, Namespace, Pod};
use kube::{
    Api, Discovery, ResourceExt,
    api::{DeleteParams, ListParams, Patch, PatchParams, PostParams, Preconditions},
    core::PartialObjectMeta,
};
use serde_json::{Value, json};

use crate::running::{Running, deployment, send};

fn settings(name: &str) -> ConfigMap {
    serde_json::from_value(json!({ "metadata": { "name": name }, "data": { "a": "1" } })).unwrap()
}

fn refusal<T: std::fmt::Debug>(outcome: kube::Result<T>) -> (u16, String) {
    match outcome.unwrap_err() {
        kube::Error::Api(status) => (status.code, status.message),
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn discovery_names_the_modern_groups() {
    let running = Running::start().await;
    let client = running.admin().await;
    let discovery = Discovery::new(client.clone()).run().await.unwrap();
    for (group, version) in
        [("apps", "v1"), ("policy", "v1"), ("batch", "v1"), ("discovery.k8s.io", "v1")]
    {
        assert_eq!(discovery.get(group).unwrap().preferred_version(), Some(version), "{group}");
    }
    let core = discovery.get("").unwrap();
    assert!(core.recommended_resources().iter().any(|(resource, _)| resource.kind == "Pod"));
    assert_eq!(client.apiserver_version().await.unwrap().major, "1");
}

#[tokio::test]
async fn health_is_open_to_everybody_and_resources_are_not() {
    let running = Running::start().await;
    let anonymous =
        kube::Config::new(format!("http://{}", running.cluster.address()).parse().unwrap());
    let anonymous = kube::Client::try_from(anonymous).unwrap();
    for path in ["/healthz", "/readyz", "/livez", "/version"] {
        assert_eq!(send(&anonymous, Request::get(path), Value::Null).await.0, 200, "{path}");
    }
    let (code, status) = send(&anonymous, Request::get("/api/v1/pods"), Value::Null).await;
    assert_eq!(code, 403);
    assert_eq!(
        status["message"],
        "pods is forbidden: User \"system:anonymous\" cannot list resource \"pods\" in API group \"\" at the cluster scope"
    );
    let (code, status) =
        send(&running.client("wrong").await, Request::get("/api/v1/pods"), Value::Null).await;
    assert_eq!((code, &status["reason"]), (401, &json!("Unauthorized")));
}

#[tokio::test]
async fn what_does_not_exist_is_not_found_in_the_right_words() {
    let running = Running::start().await;
    let client = running.admin().await;
    let pods: Api<Pod> = Api::namespaced(client.clone(), "ledger");
    assert_eq!(refusal(pods.get("nope").await), (404, "pods \"nope\" not found".to_owned()));
    let nowhere: Api<ConfigMap> = Api::namespaced(client.clone(), "nowhere");
    let outcome = nowhere.create(&PostParams::default(), &settings("a")).await;
    assert_eq!(refusal(outcome), (404, "namespaces \"nowhere\" not found".to_owned()));
    let (code, status) = send(&client, Request::get("/api/v1/foo"), Value::Null).await;
    assert_eq!(
        (code, &status["message"]),
        (404, &json!("the server could not find the requested resource"))
    );
    assert_eq!(send(&client, Request::get("/apis/foo/v1/bars"), Value::Null).await.0, 404);
    let (code, status) = send(&client, Request::post("/api/v1/pods"), json!({})).await;
    assert_eq!((code, &status["reason"]), (405, &json!("MethodNotAllowed")));
}

#[tokio::test]
async fn writes_conflict_when_they_are_based_on_an_old_version() {
    let running = Running::start().await;
    let api: Api<ConfigMap> = Api::namespaced(running.admin().await, "ledger");
    let created = api.create(&PostParams::default(), &settings("a")).await.unwrap();
    assert!(created.uid().is_some() && created.creation_timestamp().is_some());
    let again = api.create(&PostParams::default(), &settings("a")).await;
    assert_eq!(refusal(again), (409, "configmaps \"a\" already exists".to_owned()));

    let patch = Patch::Merge(json!({ "data": { "a": "2" } }));
    let patched = api.patch("a", &PatchParams::default(), &patch).await.unwrap();
    assert_ne!(patched.resource_version(), created.resource_version());
    let unchanged = api.patch("a", &PatchParams::default(), &patch).await.unwrap();
    assert_eq!(
        unchanged.resource_version(),
        patched.resource_version(),
        "no change, no new version"
    );

    let (code, message) = refusal(api.replace("a", &PostParams::default(), &created).await);
    assert!(code == 409 && message.contains("the object has been modified"), "{code} {message}");
    assert_eq!(
        api.replace("a", &PostParams::default(), &patched).await.unwrap().data,
        patched.data
    );
}

#[tokio::test]
async fn deletions_check_their_preconditions_and_can_be_rehearsed() {
    let running = Running::start().await;
    let api: Api<ConfigMap> = Api::namespaced(running.admin().await, "ledger");
    let created = api.create(&PostParams::default(), &settings("a")).await.unwrap();
    let other = Preconditions {
        uid: Some("00000000-0000-0000-0000-000000000000".to_owned()),
        resource_version: None,
    };
    let (code, message) =
        refusal(api.delete("a", &DeleteParams::default().preconditions(other)).await);
    assert!(code == 409 && message.contains("the UID in the precondition"), "{code} {message}");
    api.delete("a", &DeleteParams::default().dry_run()).await.unwrap();
    assert_eq!(api.get("a").await.unwrap().resource_version(), created.resource_version());
    api.delete("a", &DeleteParams::default()).await.unwrap();
    assert_eq!(refusal(api.get("a").await).0, 404);
}

#[tokio::test]
async fn lists_select_by_labels_and_fields() {
    let running = Running::start().await;
    for (name, tier) in [("a", "api"), ("b", "web"), ("c", "api")] {
        let labels = json!({ "tier": tier });
        running.apply(json!({
            "apiVersion": "v1", "kind": "ConfigMap",
            "metadata": { "name": name, "namespace": "ledger", "labels": labels },
        }));
    }
    let api: Api<ConfigMap> = Api::all(running.admin().await);
    let names = async |params: ListParams| -> Vec<String> {
        api.list(&params).await.unwrap().items.iter().map(ResourceExt::name_any).collect()
    };
    assert_eq!(names(ListParams::default().labels("tier in (api),tier!=web")).await, ["a", "c"]);
    assert_eq!(names(ListParams::default().fields("metadata.name=b")).await, ["b"]);
    let (code, message) = refusal(api.list(&ListParams::default().fields("spec.foo=1")).await);
    assert_eq!((code, message.as_str()), (400, "field label not supported: spec.foo"));
    let metadata: Api<PartialObjectMeta<ConfigMap>> =
        Api::namespaced(running.admin().await, "ledger");
    assert_eq!(metadata.list(&ListParams::default()).await.unwrap().items.len(), 3);
}

#[tokio::test]
async fn pages_show_one_revision_until_it_is_compacted() {
    let running = Running::start().await;
    let api: Api<ConfigMap> = Api::namespaced(running.admin().await, "ledger");
    for name in ["a", "b", "c", "d"] {
        api.create(&PostParams::default(), &settings(name)).await.unwrap();
    }
    let first = api.list(&ListParams::default().limit(2)).await.unwrap();
    assert_eq!(first.metadata.remaining_item_count, Some(2));
    api.delete("c", &DeleteParams::default()).await.unwrap();
    let rest = ListParams::default().limit(2).continue_token(&first.metadata.continue_.unwrap());
    let second = api.list(&rest).await.unwrap();
    let names: Vec<_> = second.items.iter().map(ResourceExt::name_any).collect();
    assert_eq!(names, ["c", "d"], "the page still shows what was there when the list began");
    assert_eq!(second.metadata.resource_version, first.metadata.resource_version);
    running.cluster.compact();
    assert_eq!(refusal(api.list(&rest).await).0, 410);
}

#[tokio::test]
async fn a_namespace_takes_its_content_along() {
    let running = Running::start().await;
    let client = running.admin().await;
    let api: Api<ConfigMap> = Api::namespaced(client.clone(), "ledger");
    api.create(&PostParams::default(), &settings("a")).await.unwrap();
    let namespaces: Api<Namespace> = Api::all(client);
    namespaces.delete("ledger", &DeleteParams::default()).await.unwrap();
    assert_eq!(refusal(api.get("a").await).0, 404);
    assert_eq!(refusal(namespaces.get("ledger").await).0, 404);
}

#[tokio::test]
async fn unknown_patches_are_refused_by_media_type() {
    let running = Running::start().await;
    let client = running.admin().await;
    let request = Request::builder().method(Method::PATCH).uri("/api/v1/namespaces/ledger");
    let (code, status) = send(&client, request, json!({})).await;
    assert_eq!((code, &status["reason"]), (415, &json!("UnsupportedMediaType")));
}

#[tokio::test]
async fn a_workload_that_does_not_select_its_own_pods_is_refused() {
    let running = Running::start().await;
    let mut stray = deployment(1, "");
    stray["spec"]["selector"] = json!({ "matchLabels": { "app": "other" } });
    let refused = running.cluster.apply(stray).unwrap_err().to_string();
    assert!(refused.contains("`selector` does not match template `labels`"), "{refused}");
}
