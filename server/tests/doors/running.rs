//! A console that runs: what its jobs do meanwhile, and how it ends.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    time::Duration,
};

use domain::{grants::FoundBinding, identity::FAILURE_WINDOW, resources::Clusters};
use person::Browser;
use sekisho::{
    jobs::Jobs,
    serve::{Assembled, ServeError, Server},
};
use serde_json::json;
use tokio::{
    sync::oneshot,
    task::JoinHandle,
    time::{sleep, timeout},
};

use crate::{
    cluster::Demo,
    world::{ORIGIN, World},
};

/// Less than calls are given to end.
const AT_ONCE: Duration = Duration::from_secs(8);

struct Running {
    address: SocketAddr,
    end: oneshot::Sender<()>,
    run: JoinHandle<Result<(), ServeError>>,
}

impl Running {
    async fn start(world: &World) -> Self {
        let assembled = Assembled {
            console: world.console.clone(),
            router: world.router.clone(),
            deeds: world.state.deeds.clone(),
            streams: world.state.streams.clone(),
        };
        let clusters: Arc<dyn Clusters> = Arc::new(world.cluster.clone());
        let server = Server::bind((Ipv4Addr::LOCALHOST, 0).into()).await.unwrap();
        let address = server.address();
        let (end, told) = oneshot::channel::<()>();
        let told = async move { drop(told.await) };
        let jobs = Jobs::start(&world.console, &clusters);
        let run = server.run_until(told, assembled, jobs);
        Self { address, end, run: tokio::spawn(run) }
    }

    async fn end(self) -> Result<(), ServeError> {
        self.end.send(()).unwrap();
        timeout(AT_ONCE, self.run).await.unwrap().unwrap()
    }
}

#[tokio::test]
async fn a_deed_under_way_is_finished_before_the_end() {
    let world = World::new().await;
    let running = Running::start(&world).await;
    let finished = Arc::new(AtomicBool::new(false));
    world.state.deeds.begin({
        let finished = Arc::clone(&finished);
        async move {
            sleep(Duration::from_secs(1)).await;
            finished.store(true, SeqCst);
        }
    });
    running.end().await.unwrap();
    assert!(finished.load(SeqCst));
}

#[tokio::test]
async fn nobody_waits_for_an_open_page() {
    let world = World::new().await;
    let running = Running::start(&world).await;
    let mut browser = Browser::at(running.address, ORIGIN);
    browser.enrol(&world.link("engineer").await).await;
    let stream = browser.listen("/api/v1/stream?view=home").await;
    let reading = tokio::spawn(stream.to_its_end());
    sleep(Duration::from_millis(200)).await;
    running.end().await.unwrap();
    let text = reading.await.unwrap();
    assert!(text.contains("changed") && !text.contains("ended"), "{text}");
}

#[tokio::test]
async fn jobs_do_what_is_to_be_done() {
    let world = World::new().await;
    let guess = json!({ "link": "guess" });
    world.browser().post("/api/v1/identity/enrolment/options", guess).await;
    world.clock.advance(FAILURE_WINDOW);
    let running = Running::start(&world).await;
    let counted = async {
        while world.told("anonymous-failures", "failed").await == 0 {
            sleep(Duration::from_millis(50)).await;
        }
    };
    timeout(AT_ONCE, counted).await.unwrap();
    running.end().await.unwrap();
}

#[tokio::test]
async fn a_job_that_breaks_down_ends_the_console() {
    let world = World::over(Demo::that_breaks()).await;
    let running = Running::start(&world).await;
    let ended = timeout(AT_ONCE, running.run).await.unwrap().unwrap();
    let told = ended.unwrap_err().to_string();
    assert_eq!(told, "the job \"settle executions\" broke down");
}

#[tokio::test]
async fn what_fell_due_while_no_console_ran_is_done_as_one_begins() {
    let world = World::new().await.after_a_recovery().await;
    world.list_roles(1).await;
    world.allow_break_glass(true).await;
    let held = world.role_wished_by("engineer").await;
    world.signer("third").await.decide_grant(&held, "approve").await.done();
    world.heard_of("grant", "given").await;
    world.signer("second").await.breaks_glass().await;
    world.heard_of("break-glass", "given").await;
    world.role_wished_by("third").await;
    world.recovery_of_on_call().await;
    world.cluster.grants.spoil(|standing| {
        let copy = FoundBinding {
            namespace: Some("ledger".parse().unwrap()),
            uid: "copied-uid".to_owned(),
            grant: None,
            ..standing.bindings[0].clone()
        };
        standing.bindings.push(copy);
    });
    world.clock.advance(Duration::from_hours(25));
    let running = Running::start(&world).await;
    let done = async {
        for (action, outcome) in [
            ("grant", "ended"),
            ("grant", "expired"),
            ("grant", "removed"),
            ("break-glass", "ended"),
            ("review", "due"),
            ("recovery", "expired"),
            ("recovery", "escalated"),
        ] {
            while world.told(action, outcome).await == 0 {
                sleep(Duration::from_millis(50)).await;
            }
        }
    };
    timeout(AT_ONCE * 2, done).await.unwrap();
    assert_eq!(world.held(), (0, 0));
    running.end().await.unwrap();
}
