//! Crash safety: a console is killed with SIGKILL, at named points and at random, while requests execute against a real
//! API server; then its log and requests are judged against what the API server itself recorded.
//!
//! Needs a control plane with a fake kubelet, handed over by `cargo xtask test crash`.

#![expect(clippy::unwrap_used, reason = "a stage that cannot be set is a failed test")]

mod console;
mod desk;
mod ground;
mod judge;
mod judge_waves;
mod people;
mod plan;
mod power;
mod record;
mod runs;
mod table;
mod writes;

use std::time::Instant;

use e2e::crash::{Chance, CrashPoint};

use crate::{ground::Ground, judge::violations, plan::Plan, runs::Scene, table::Table};

#[test]
fn whatever_a_kill_leaves_behind_is_settled_truly() {
    let plan = Plan::from_environment();
    println!("{plan}");
    let ground = Ground::set();
    let mut scene = Scene::open(&ground);
    let mut chance = Chance::new(plan.seed);
    let begun = Instant::now();
    let mut stories: Vec<_> =
        plan.points.iter().map(|point| scene.play(*point, &mut chance)).collect();
    for point in [CrashPoint::AfterWaveIntentCommit, CrashPoint::AfterEffect] {
        stories.push(scene.play_waves(point, &mut chance));
    }
    let played = begun.elapsed();
    let record = scene.close();

    println!("{}", Table { stories: &stories, record: &record });
    println!("played in {} s, all settled after {} s", played.as_secs(), begun.elapsed().as_secs());
    let found = violations(&stories, &record);
    assert!(found.is_empty(), "seed {}:\n{}", plan.seed, found.join("\n"));
    judge::is_tried(&stories, &record);
    ground.clear();
}
