//! Who can do what, as the console makes it out of the objects of RBAC: the same as the cluster says itself.

mod drawn;

use std::sync::Arc;

use domain::{names::Namespace, who_can::Rbac};
use e2e::crash::Chance;
use serde_json::json;

use crate::{
    fixtures::create,
    question::Question,
    stage::{Stage, eventually, new_namespace},
};
use drawn::Drawn;

const QUESTIONS: usize = 500;
const SEED: u64 = 4;

pub(crate) async fn what_is_told_is_what_the_cluster_allows(stage: &Stage) {
    let other = new_namespace(&stage.admin, "other").await;
    let mut chance = Chance::new(SEED);
    let drawn = Drawn::rbac(&mut chance, [&stage.namespace, &other]);
    for object in &drawn.objects {
        create(&stage.admin, None, object.clone()).await;
    }
    in_force(stage, &drawn).await;
    let there = stage.cluster.grants().rbac(&stage.namespace).await.unwrap();
    let elsewhere = stage.cluster.grants().rbac(&other).await.unwrap();

    let questions = (0..QUESTIONS).map(|_| drawn.question(&mut chance)).collect::<Vec<_>>();
    let answers = stage.ground.can_i(&questions).await;
    let mut allowed = 0;
    for (question, answer) in questions.iter().zip(&answers) {
        let rbac = if question.namespace == stage.namespace.as_str() { &there } else { &elsewhere };
        assert_eq!(told(rbac, question), *answer, "{question:?}");
        allowed += usize::from(*answer);
    }
    assert_eq!(answers.len(), QUESTIONS);
    assert!((QUESTIONS / 10..QUESTIONS * 9 / 10).contains(&allowed), "{allowed} say little");
}

/// Whether some path is told that answers the question.
fn told(rbac: &Arc<Rbac>, question: &Question) -> bool {
    let asked = question.asked();
    rbac.paths(&asked).iter().any(|path| !path.is_for_named_alone(&asked))
}

/// Waits for an API server to have learned of the last binding of each kind.
async fn in_force(stage: &Stage, drawn: &Drawn) {
    for question in &drawn.last {
        eventually("the RBAC that was drawn", async || {
            stage.ground.can_i(std::slice::from_ref(question)).await[0].then_some(())
        })
        .await;
    }
}

pub(crate) async fn a_binding_to_a_role_that_is_not_there_gives_nothing(stage: &Stage) {
    let namespace: &Namespace = &stage.namespace;
    let binding = json!({
        "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding",
        "metadata": { "name": "dangling", "namespace": namespace },
        "roleRef": { "apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "gone" },
        "subjects": [{ "kind": "ServiceAccount", "name": "robot", "namespace": namespace }],
    });
    create(&stage.admin, None, binding).await;
    let rbac = stage.cluster.grants().rbac(namespace).await.unwrap();
    assert!(rbac.bindings.iter().any(|binding| binding.name == "dangling"));
    let paths = rbac.paths(&domain::who_can::AskedAccess::default());
    assert!(paths.iter().all(|path| path.binding != "dangling"));
}
