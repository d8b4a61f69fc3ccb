//! How long power lasts beyond its end.

use std::time::Duration;

use domain::time::{Clock, Timestamp};
use sekisho::identity::SystemClock;
use tokio::{task::JoinSet, time::sleep};

use super::{Stage, people::Held, power::Holder};
use crate::bench::{Trouble, progress::note, report::Figure, samples::Samples};

/// How many roles are measured for each figure.
const ROLES: usize = 50;
/// The shortest time for which a role may be held.
const SHORT: Duration = Duration::from_mins(1);
const LONG: Duration = Duration::from_mins(30);

/// From the click that gives it back to the refusal.
pub(super) async fn given_back(stage: &mut Stage) -> Result<Figure, Trouble> {
    let mut samples = Samples::default();
    for _ in 0..ROLES {
        let (held, holder) = hold(stage, LONG).await?;
        let clicked = SystemClock.now();
        let (given, refused) =
            tokio::join!(stage.people.give_back(&held.id), holder.refused_after(clicked));
        given?;
        samples.add(refused?);
    }
    Ok(figure("revoke_p95_s", "given back → refused (p95, s)", 2.0, &samples))
}

/// From the end of its time to the refusal.
pub(super) async fn with_time(stage: &mut Stage) -> Result<Figure, Trouble> {
    let mut refusals = JoinSet::new();
    for _ in 0..ROLES {
        let (held, holder) = hold(stage, SHORT).await?;
        refusals.spawn(async move { holder.refused_after(held.ends_at).await });
    }
    let samples = all(refusals).await?;
    Ok(figure("expiry_p95_s", "end of its time → refused (p95, s)", 5.0, &samples))
}

/// The console is killed before that moment and started after it: from its start to the refusal.
pub(super) async fn unattended(mut stage: Stage) -> Result<(Figure, Stage), Trouble> {
    let mut held = Vec::new();
    let mut last = Timestamp::from_micros(0);
    // As many as can be had before the first of them ends.
    let full = SystemClock.now().plus(SHORT.saturating_sub(Duration::from_secs(15)));
    while held.len() < ROLES && SystemClock.now() < full {
        let (role, holder) = hold(&mut stage, SHORT).await?;
        last = last.max(role.ends_at);
        held.push(holder);
    }
    let Stage { folder, parts, console, people, cluster } = stage;
    drop(console);
    let over = last.plus(Duration::from_secs(2));
    sleep(over.since(SystemClock.now())).await;
    note(format_args!("{} roles outlast their end while no console runs", held.len()));
    let mut refusals = JoinSet::new();
    let started = SystemClock.now();
    for holder in held {
        refusals.spawn(async move { holder.refused_after(started).await });
    }
    let console = parts.clone().start(&folder)?;
    let samples = all(refusals).await?;
    let figure =
        figure("after_restart_p95_s", "start of the console → refused (p95, s)", 5.0, &samples);
    Ok((figure, Stage { folder, parts, console, people, cluster }))
}

async fn hold(stage: &mut Stage, ttl: Duration) -> Result<(Held, Holder), Trouble> {
    let held = stage.people.hold(ttl).await?;
    let holder = stage.cluster.holder(&held.id).await?;
    Ok((held, holder))
}

async fn all(mut refusals: JoinSet<Result<Duration, Trouble>>) -> Result<Samples, Trouble> {
    let mut samples = Samples::default();
    while let Some(refused) = refusals.join_next().await {
        samples.add(refused??);
    }
    Ok(samples)
}

fn figure(key: &'static str, what: &'static str, goal: f64, samples: &Samples) -> Figure {
    let [median, p95] = [samples.median(), samples.p95()].map(|took| took.as_secs_f64());
    Figure {
        key: Some(key),
        what,
        value: p95,
        goal: Some(goal),
        against: format!("the API server's own answer to the role's account; median {median:.2} s"),
    }
}
