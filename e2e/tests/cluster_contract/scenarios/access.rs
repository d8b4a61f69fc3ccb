//! Who may see a namespace is the cluster's own word.

use std::time::Duration;

use crate::{
    fixtures::create,
    rbac,
    stage::{Stage, eventually, new_namespace, user},
};

pub(crate) async fn the_cluster_says_who_sees_a_namespace(stage: &Stage) {
    let (on_call, stranger) = (user(rbac::ON_CALL), user(rbac::STRANGER));
    assert_eq!(stage.cluster.may_view(&on_call, &stage.namespace).await, Ok(true));
    assert_eq!(stage.cluster.may_view(&stranger, &stage.namespace).await, Ok(false));
    let nowhere = "no-such-namespace".parse().unwrap();
    assert_eq!(stage.cluster.may_view(&on_call, &nowhere).await, Ok(false));

    let other = new_namespace(&stage.admin, "other").await;
    assert_eq!(stage.cluster.may_view(&on_call, &other).await, Ok(false));
    create(&stage.admin, Some(other.as_str()), rbac::people_look(&other)).await;
    eventually("the new binding", async || {
        stage.clock.advance(Duration::from_secs(10));
        stage.cluster.may_view(&on_call, &other).await.unwrap().then_some(())
    })
    .await;
}
