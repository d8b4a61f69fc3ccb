//! The last lines of a container that fails: whom they are shown, and where they are never found.

use domain::{
    actions::{LastLines, LinesTold, Progress},
    resources::Run,
};
use serde_json::json;

use crate::world::World;

/// A restart whose new pod crashes.
async fn crashing() -> (World, String) {
    let (world, id, ready) = World::with_intent().await;
    world.console.carry_out(ready).await.unwrap();
    world.cluster.recreate_crashing(world.console.now());
    (world, id)
}

impl World {
    async fn progress(&self, login: &str, id: &str) -> Progress {
        let actor = self.actor(login);
        self.console.progress(&actor, id.parse().unwrap()).await.unwrap()
    }

    async fn lines_of(&self, login: &str, id: &str) -> Option<LastLines> {
        self.progress(login, id).await.last_lines
    }
}

#[tokio::test]
async fn the_container_that_fails_tells_why_to_each_as_themselves() {
    let (world, id) = crashing().await;
    let told = serde_json::to_value(world.lines_of("on-call", &id).await).unwrap();
    let expected = json!({"pod": "api-0", "container": "main", "run": "previous",
        "told": {"lines": ["no database answers", "panicked"]}});
    assert_eq!(told, expected);
    assert!(world.lines_of("engineer", &id).await.is_some());
    let read = world.cluster.lines_read();
    let users: Vec<_> = read.iter().map(|(user, _)| user.as_str()).collect();
    assert_eq!(users, ["on-call", "engineer"]);
    let run = &read[0].1;
    assert_eq!((run.uid.as_str(), run.run, run.restarts), ("another-uid", Run::Previous, 3));
}

#[tokio::test]
async fn a_failure_tells_why_for_as_long_as_its_pod_is_there() {
    let (world, id) = crashing().await;
    assert_eq!(world.settled().await, 1);
    assert_eq!(world.state_of(&id).await, "failed");
    let (mut engineer, _) = world.person("engineer").await;
    let verdict = engineer.listen(&format!("/api/v1/requests/{id}/events")).await;
    let text = verdict.to_its_end().await;
    assert!(text.starts_with("event: verdict\n") && text.contains("no database answers"), "{text}");

    world.clock.advance(std::time::Duration::from_secs(1));
    world.cluster.recreate_crashing(world.console.now());
    let read = world.cluster.lines_read().len();
    assert_eq!(
        world.lines_of("on-call", &id).await,
        None,
        "a pod that came later is another story"
    );
    world.cluster.remove();
    assert_eq!(world.lines_of("on-call", &id).await, None);
    assert_eq!(world.cluster.lines_read().len(), read);
}

#[tokio::test]
async fn where_the_cluster_refuses_lines_that_is_told_and_nothing_else_is_missing() {
    let (world, id) = crashing().await;
    let with_lines = world.progress("on-call", &id).await;
    world.cluster.refuse_lines();
    let without = world.progress("on-call", &id).await;
    let told = without.last_lines.clone().unwrap().told;
    assert_eq!(told, LinesTold::Refused);
    assert_eq!(Progress { last_lines: with_lines.last_lines.clone(), ..without }, with_lines);
}

#[tokio::test]
async fn a_pod_that_is_well_is_not_read_of() {
    let (world, id, ready) = World::with_intent().await;
    assert_eq!(world.lines_of("on-call", &id).await, None);
    world.console.carry_out(ready).await.unwrap();
    world.cluster.recreate();
    assert_eq!(world.lines_of("on-call", &id).await, None);
    assert_eq!(world.settled().await, 1);
    assert_eq!(world.lines_of("on-call", &id).await, None);
    assert!(world.cluster.lines_read().is_empty());
}

#[tokio::test]
async fn who_may_not_see_the_tenant_gets_nothing_and_nothing_is_read() {
    let (world, id) = crashing().await;
    let path = format!("/api/v1/requests/{id}/events");
    let (mut outsider, _) = world.person("outsider").await;
    assert_eq!(outsider.get(&path).await.code(), (404, "not_visible"));
    assert_eq!(world.browser().get(&path).await.code(), (401, "signed_out"));

    world.cluster.fall_silent();
    assert_eq!(world.lines_of("on-call", &id).await, None, "nobody says that they may see it");
    world.cluster.speak_again();
    world.policy.move_to("on-call", "ledger");
    let seen = world.progress("on-call", &id).await;
    assert!(seen.milestones.is_empty(), "their own request stays theirs");
    assert_eq!(seen.last_lines, None);
    assert!(world.cluster.lines_read().is_empty());
}

#[tokio::test]
async fn what_was_read_is_kept_nowhere() {
    let (world, id) = crashing().await;
    assert!(world.lines_of("on-call", &id).await.is_some());
    assert_eq!(world.settled().await, 1);
    assert!(world.lines_of("on-call", &id).await.is_some());
    assert!(world.is_kept("it answers nobody"), "the reason is found where all is kept");
    assert!(!world.is_kept("no database answers"));
}
