//! The outbox: what is committed is told, by one at a time, until it arrived.

use std::collections::BTreeSet;

use domain::{
    actions::RequestStore,
    audit::{EntryAction, EntryDraft, EntryOutcome},
    identity::IdentityStore,
    names::DestinationName,
    notifications::{
        Backlog, ClaimId, Claiming, Delivery, DeliveryId, Event, EventKind, Failure, Missed,
        NewDelivery, Outbox,
    },
    page::PageRequest,
    time::Timestamp,
};
use sekisho::store::Store;

use crate::{
    databases::Database,
    fixtures::{MINUTE, asking, change, entry, login, minute, request, start, uuid},
};

on_both!(
    what_is_committed_is_told_and_nothing_else,
    what_a_lock_withdraws_is_told,
    an_event_is_routed_once,
    of_many_at_once_one_takes_each_delivery,
    a_hold_that_ran_out_is_taken_again,
    nothing_is_forgotten_before_it_arrived,
    whose_hold_ended_settles_nothing,
    a_request_is_told_in_order,
    what_is_given_up_keeps_nothing_waiting,
    what_is_stuck_is_listed_and_set_going_again,
    pages_of_what_is_stuck_join_without_gap_or_double,
    what_was_given_up_is_forgotten_and_nothing_else,
);

const FAILURE: Failure = Failure::Answered { status: 500 };

fn chat() -> DestinationName {
    "chat".parse().expect("a destination")
}

fn claim_id(n: u32) -> ClaimId {
    ClaimId::new(uuid(n))
}

/// Asks for restarts, so many, and routes them to the chat; the deliveries have the numbers of the requests.
async fn told(store: &Store, count: u32) {
    for n in 1..=count {
        store.commit(asking(request(n, "on-call", "checkout"))).await.expect("asked");
    }
    route(store, 0).await;
}

/// Routes everything to the chat, by deliveries that are numbered from there.
async fn route(store: &Store, from: u32) {
    let events = store.unrouted(100).await.expect("events");
    for (event, n) in events.iter().zip(from + 1..) {
        let delivery = NewDelivery { id: DeliveryId::new(uuid(n)), destination: chat() };
        assert_eq!(store.route(event, &[delivery], start()).await, Ok(true));
    }
}

/// Claims as that number, at that minute, for another.
async fn claim(store: &Store, n: u32, at: u32) -> Vec<Delivery> {
    let wanted = Claiming {
        destination: chat(),
        now: minute(at),
        until: minute(at + 1),
        claim: claim_id(n),
        limit: 4,
    };
    store.claim(&wanted).await.expect("a claim")
}

fn given_up() -> EntryDraft {
    entry("admin", EntryAction::Notify, EntryOutcome::Failed)
}

fn missed(delivery: &Delivery, next: Timestamp, stuck_at: Option<Timestamp>) -> Missed {
    let Delivery { id, claim, .. } = *delivery;
    Missed { id, claim, failure: FAILURE, next, stuck_at }
}

async fn kinds(store: &Store) -> Vec<EventKind> {
    store.unrouted(100).await.expect("events").iter().map(|event| event.kind).collect()
}

async fn what_is_committed_is_told_and_nothing_else(db: Database) {
    let asked = request(1, "on-call", "checkout");
    let written = db.store.commit(asking(asked.clone())).await.expect("asked");
    let [event] = db.store.unrouted(10).await.expect("events").try_into().expect("one");
    assert_eq!(Some(event), Event::of(&asked, &written));
    assert!(db.store.commit(asking(asked.clone())).await.is_err(), "it is asked for once");
    assert_eq!(kinds(&db.store).await, [EventKind::Requested]);
    let withdrawn = asked.withdraw(&login("on-call"), start()).expect("withdrawn");
    let step = change(withdrawn, "on-call", EntryOutcome::Withdrawn);
    db.store.commit(step).await.expect("withdrawn");
    assert_eq!(kinds(&db.store).await, [EventKind::Requested, EventKind::Withdrawn]);
    db.store.unrouted(1).await.expect("events");
    assert_eq!(db.store.unrouted(1).await.expect("events").len(), 1, "within the bound");
}

async fn what_a_lock_withdraws_is_told(db: Database) {
    told(&db.store, 2).await;
    let lock = entry("admin", EntryAction::Lock, EntryOutcome::Succeeded);
    db.store.lock(&login("on-call"), minute(1), lock).await.expect("locked");
    assert_eq!(kinds(&db.store).await, [EventKind::Withdrawn; 2]);
}

async fn an_event_is_routed_once(db: Database) {
    db.store.commit(asking(request(1, "on-call", "checkout"))).await.expect("asked");
    let [event] = db.store.unrouted(10).await.expect("events").try_into().expect("one");
    let attempts: Vec<_> = (0..20)
        .map(|n| {
            let (store, event) = (db.store.clone(), event.clone());
            let delivery = NewDelivery { id: DeliveryId::new(uuid(n)), destination: chat() };
            tokio::spawn(async move { store.route(&event, &[delivery], start()).await })
        })
        .collect();
    let mut routed = 0;
    for attempt in attempts {
        routed += u32::from(attempt.await.expect("an attempt").expect("an answer"));
    }
    assert_eq!(routed, 1);
    assert_eq!(claim(&db.store, 1, 0).await.len(), 1);
    assert_eq!(kinds(&db.store).await, []);
}

async fn of_many_at_once_one_takes_each_delivery(db: Database) {
    const DELIVERIES: u32 = 40;
    told(&db.store, DELIVERIES).await;
    let workers: Vec<_> = (0..8)
        .map(|n| {
            let store = db.store.clone();
            tokio::spawn(async move {
                let mut taken = Vec::new();
                loop {
                    let claimed = claim(&store, n, 0).await;
                    if claimed.is_empty() {
                        return taken;
                    }
                    assert!(claimed.len() <= 4);
                    taken.extend(claimed.into_iter().map(|delivery| delivery.id));
                }
            })
        })
        .collect();
    let mut taken = Vec::new();
    for worker in workers {
        taken.extend(worker.await.expect("a worker"));
    }
    // One that found nothing while others took everything may have ended early: what is left is still due.
    loop {
        let claimed = claim(&db.store, 99, 0).await;
        if claimed.is_empty() {
            break;
        }
        taken.extend(claimed.into_iter().map(|delivery| delivery.id));
    }
    assert_eq!(taken.len(), DELIVERIES as usize, "none twice");
    assert_eq!(taken.iter().collect::<BTreeSet<_>>().len(), DELIVERIES as usize, "all of them");
}

async fn a_hold_that_ran_out_is_taken_again(db: Database) {
    told(&db.store, 1).await;
    let [first] = claim(&db.store, 1, 0).await.try_into().expect("one");
    assert_eq!((first.attempts, first.since), (1, start()));
    assert_eq!(claim(&db.store, 2, 0).await, []);
    assert_eq!(db.store.due(minute(0)).await, Ok(Vec::new()));
    assert_eq!(db.store.due(minute(1)).await, Ok(vec![chat()]));
    let [again] = claim(&db.store, 2, 1).await.try_into().expect("one");
    assert_eq!((again.id, again.attempts), (first.id, 2));
}

async fn nothing_is_forgotten_before_it_arrived(db: Database) {
    told(&db.store, 1).await;
    let [held] = claim(&db.store, 1, 0).await.try_into().expect("one");
    let one = Backlog { waiting: 1, stuck: 0, given_up: 0 };
    assert_eq!(db.store.backlog().await, Ok(one), "held is not arrived");
    let later = missed(&held, minute(5), None);
    assert_eq!(db.store.put_off(&later).await, Ok(true));
    assert_eq!(db.store.backlog().await, Ok(one), "missed is not arrived");
    assert_eq!(claim(&db.store, 2, 4).await, []);
    let [again] = claim(&db.store, 2, 5).await.try_into().expect("one");
    db.store.delivered(again.id).await.expect("arrived");
    assert_eq!(db.store.backlog().await, Ok(Backlog::default()));
    assert_eq!(db.store.due(minute(60)).await, Ok(Vec::new()));
}

async fn whose_hold_ended_settles_nothing(db: Database) {
    told(&db.store, 1).await;
    let [slow] = claim(&db.store, 1, 0).await.try_into().expect("one");
    let [fast] = claim(&db.store, 2, 1).await.try_into().expect("one");
    let later = missed(&slow, minute(50), Some(minute(1)));
    assert_eq!(db.store.put_off(&later).await, Ok(false));
    let gone = db.store.give_up(slow.id, slow.claim, FAILURE, given_up()).await;
    assert_eq!(gone, Ok(None));
    assert_eq!(db.store.due(minute(2)).await, Ok(vec![chat()]), "it is as the other left it");
    // What arrived did so, whoever says it; the other's word comes too late then.
    db.store.delivered(slow.id).await.expect("arrived");
    assert_eq!(db.store.put_off(&missed(&fast, minute(3), None)).await, Ok(false));
    assert_eq!(db.store.backlog().await, Ok(Backlog::default()));
}

/// One request that was asked for and withdrawn, as deliveries 1 and 2.
async fn asked_and_withdrawn(db: &Database) {
    told(&db.store, 1).await;
    let asked = request(1, "on-call", "checkout");
    let withdrawn = asked.withdraw(&login("on-call"), start()).expect("withdrawn");
    let step = change(withdrawn, "on-call", EntryOutcome::Withdrawn);
    db.store.commit(step).await.expect("withdrawn");
    route(&db.store, 1).await;
}

async fn a_request_is_told_in_order(db: Database) {
    asked_and_withdrawn(&db).await;
    let [first] = claim(&db.store, 1, 0).await.try_into().expect("the first alone");
    assert_eq!(first.event.kind, EventKind::Requested);
    assert_eq!(claim(&db.store, 2, 0).await, [], "the first is under way");
    db.store.put_off(&missed(&first, minute(9), None)).await.expect("put off");
    assert_eq!(claim(&db.store, 2, 1).await, [], "the first is put off");
    let [first] = claim(&db.store, 2, 9).await.try_into().expect("the first alone");
    db.store.delivered(first.id).await.expect("arrived");
    let [second] = claim(&db.store, 2, 9).await.try_into().expect("the second");
    assert_eq!(second.event.kind, EventKind::Withdrawn);
}

async fn what_is_given_up_keeps_nothing_waiting(db: Database) {
    asked_and_withdrawn(&db).await;
    let [first] = claim(&db.store, 1, 0).await.try_into().expect("the first alone");
    let gone = db.store.give_up(first.id, first.claim, FAILURE, given_up()).await;
    assert_eq!(gone, Ok(Some(given_up().at_sequence(2))));
    let [second] = claim(&db.store, 2, 0).await.try_into().expect("the second");
    assert_eq!(second.event.kind, EventKind::Withdrawn);
    assert_eq!(claim(&db.store, 3, 60).await.len(), 1, "what was given up is due no more");
}

async fn what_is_stuck_is_listed_and_set_going_again(db: Database) {
    told(&db.store, 1).await;
    let id = DeliveryId::new(uuid(1));
    let again = || entry("admin", EntryAction::Notify, EntryOutcome::Requested);
    assert_eq!(db.store.retry(id, again()).await, Ok(None), "it is not stuck");
    let [held] = claim(&db.store, 1, 0).await.try_into().expect("one");
    db.store.put_off(&missed(&held, minute(5), Some(minute(1)))).await.expect("put off");
    let [held] = claim(&db.store, 1, 5).await.try_into().expect("one");
    db.store.put_off(&missed(&held, minute(9), Some(minute(6)))).await.expect("put off");
    let page = db.store.stuck(&PageRequest::default()).await.expect("a page");
    let [stuck] = page.items.try_into().expect("one");
    assert_eq!((stuck.id, stuck.attempts, stuck.failure), (id, 2, Some(FAILURE)));
    assert_eq!((stuck.stuck_at, stuck.next_attempt), (minute(1), Some(minute(9))));
    let [held] = claim(&db.store, 1, 9).await.try_into().expect("one");
    db.store.give_up(id, held.claim, FAILURE, given_up()).await.expect("given up");
    let page = db.store.stuck(&PageRequest::default()).await.expect("a page");
    assert_eq!(page.items[0].next_attempt, None);
    assert_eq!(db.store.backlog().await, Ok(Backlog { waiting: 0, stuck: 1, given_up: 1 }));

    let retried = db.store.retry(id, again()).await.expect("retried");
    assert_eq!(retried.map(|entry| entry.outcome), Some(EntryOutcome::Requested));
    assert_eq!(db.store.backlog().await, Ok(Backlog { waiting: 1, stuck: 0, given_up: 0 }));
    let [anew] = claim(&db.store, 2, 10).await.try_into().expect("one");
    assert_eq!((anew.attempts, anew.since), (1, again().at));
}

async fn pages_of_what_is_stuck_join_without_gap_or_double(db: Database) {
    told(&db.store, 5).await;
    for _ in 0..2 {
        for held in claim(&db.store, 1, 0).await {
            // Two share each moment.
            let n = u32::try_from(held.event.entry / 2).expect("small");
            let stuck = missed(&held, minute(99), Some(start().plus(MINUTE * n)));
            db.store.put_off(&stuck).await.expect("put off");
        }
    }
    let mut found = Vec::new();
    let mut page = PageRequest { cursor: None, limit: Some(2) };
    loop {
        let next = db.store.stuck(&page).await.expect("a page");
        found.extend(next.items.into_iter().map(|stuck| (stuck.stuck_at, stuck.id)));
        match next.next {
            Some(cursor) => page.cursor = Some(cursor),
            None => break,
        }
    }
    assert_eq!(found.len(), 5);
    assert!(found.is_sorted_by(|a, b| a > b), "newest first, each once: {found:?}");
}

async fn what_was_given_up_is_forgotten_and_nothing_else(db: Database) {
    told(&db.store, 3).await;
    let [first, second, _] = claim(&db.store, 1, 0).await.try_into().expect("three");
    db.store.put_off(&missed(&first, minute(9), Some(start()))).await.expect("put off");
    db.store.give_up(second.id, second.claim, FAILURE, given_up()).await.expect("given up");
    let before = start().minus(MINUTE);
    assert_eq!(db.store.forget_given_up(before).await, Ok(0), "it is not so old yet");
    assert_eq!(db.store.forget_given_up(start()).await, Ok(1));
    assert_eq!(db.store.backlog().await, Ok(Backlog { waiting: 2, stuck: 1, given_up: 0 }));
}
