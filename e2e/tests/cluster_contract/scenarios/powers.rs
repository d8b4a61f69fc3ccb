//! Power comes from the action: neither the person nor the console has it alone.

use k8s_openapi::api::core::v1::Pod;
use kube::{
    Api, Client,
    api::{EvictParams, ListParams},
};

use crate::{rbac, stage::Stage};

const GROUP: &str = "sekisho:act:restart-pod";

fn code(evicted: kube::Result<kube::core::Status>) -> u16 {
    match evicted {
        Err(kube::Error::Api(status)) => status.code,
        other => panic!("not refused: {other:?}"),
    }
}

async fn evicting(client: Client, stage: &Stage) -> u16 {
    let pods: Api<Pod> = Api::namespaced(client, stage.namespace.as_str());
    code(pods.evict("api", &EvictParams::default()).await)
}

pub(crate) async fn the_person_without_the_group_is_refused(stage: &Stage) {
    stage.running_pod("api").await;
    let own = Client::try_from(stage.ground.user(rbac::ON_CALL).await).unwrap();
    assert_eq!(evicting(own, stage).await, 403);
    let impersonated = stage.console_speaking(|config| {
        config.auth_info.impersonate = Some(rbac::ON_CALL.to_owned());
    });
    assert_eq!(evicting(impersonated.await, stage).await, 403);
    let console = stage.console_speaking(|_| ()).await;
    assert_eq!(evicting(console, stage).await, 403);
    assert!(stage.look_up("api").await.is_ok());
}

pub(crate) async fn nobody_unlisted_is_impersonated(stage: &Stage) {
    stage.running_pod("api").await;
    let speaking = [
        (rbac::ON_CALL, "system:masters"),
        ("system:admin", GROUP),
        ("system:kube-controller-manager", GROUP),
        ("system:serviceaccount:kube-system:replicaset-controller", GROUP),
        ("unlisted@kawase.example", GROUP),
        (rbac::ON_CALL, "sekisho:act:reboot-node"),
    ];
    for (user, group) in speaking {
        let client = stage.console_speaking(|config| {
            config.auth_info.impersonate = Some(user.to_owned());
            config.auth_info.impersonate_groups = Some(vec![group.to_owned()]);
        });
        let client = client.await;
        assert_eq!(evicting(client.clone(), stage).await, 403, "{user} {group}");
        let pods: Api<Pod> = Api::namespaced(client, stage.namespace.as_str());
        let listed = pods.list(&ListParams::default()).await;
        assert!(
            matches!(listed, Err(kube::Error::Api(status)) if status.code == 403),
            "{user} {group}"
        );
    }
}
