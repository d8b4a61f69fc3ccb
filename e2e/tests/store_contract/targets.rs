//! Targets: what else is asked for and was done there, and that nothing is done to one twice at once.

use domain::{
    actions::{
        Around, CommitError, Decided, Limits, Neighbours, Request, RequestChange, RequestStore,
        StandsAs, StateName, Target, WorkloadImpact,
    },
    audit::{EntryAction, EntryOutcome},
    policy::PolicyStore,
    time::Timestamp,
};
use sekisho::store::Store;

use crate::{
    databases::Database,
    fixtures::{
        approved, change, entry, executing, login, minute, policy, put, request, request_about,
        succeeded, target,
    },
};

on_both!(
    open_neighbours_are_found_oldest_first,
    ended_neighbours_are_not_open,
    what_reaches_the_same_workload_is_near,
    the_last_act_is_remembered_however_it_ended,
    acts_on_the_tenant_are_counted_since_a_moment,
    a_target_is_told_by_its_identifiers_alone,
    a_target_is_acted_on_by_one_at_a_time,
    a_target_is_left_alone_for_as_long_as_it_is_to_rest,
    whatever_ended_makes_room_for_the_next,
    other_targets_are_not_kept_waiting,
    an_execution_is_not_kept_waiting_by_itself,
);

async fn around(store: &Store, target: &Target, since: Timestamp) -> Neighbours {
    store.around(Around { target, workload: None, since }).await.expect("the neighbours")
}

/// Another target in the same tenant.
fn another() -> Target {
    Target { uid: "another-uid".to_owned(), ..target("checkout") }
}

fn acting(request: Request) -> RequestChange {
    change(request, "on-call", EntryOutcome::Intended)
}

async fn open_neighbours_are_found_oldest_first(db: Database) {
    let (first, second) = (request(2, "on-call", "checkout"), request(1, "engineer", "checkout"));
    let waits = approved(second.clone());
    put(&db.store, [first.clone(), second, waits.clone()]).await;
    put(&db.store, [request_about(3, "on-call", another())]).await;

    let found = around(&db.store, &target("checkout"), minute(0)).await;
    assert_eq!(found.open, [(&waits).into(), (&first).into()]);
    assert_eq!((found.last, found.acted_on_tenant), (None, 0));
}

async fn what_reaches_the_same_workload_is_near(db: Database) {
    let workload = |name: &str| WorkloadImpact {
        kind: "Deployment".to_owned(),
        name: name.to_owned(),
        desired: 3,
        desired_after: 3,
        ready: 3,
        ready_after: 2,
        rolling_out: false,
    };
    let reaching = |n, name| {
        let mut request = request_about(n, "on-call", another());
        request.preview.blast_radius.workload = Some(workload(name));
        request
    };
    let (on_it, near, far) =
        (request(1, "on-call", "checkout"), reaching(2, "api"), reaching(3, "web"));
    let ledger = Target { uid: "ledger-uid".to_owned(), ..target("ledger") };
    let mut elsewhere = request_about(4, "on-call", ledger);
    elsewhere.preview.blast_radius.workload = Some(workload("api"));
    put(&db.store, [near.clone(), on_it.clone(), far, elsewhere]).await;

    let target = target("checkout");
    let asked = Around { target: &target, workload: Some(&workload("api")), since: minute(0) };
    let found = db.store.around(asked).await.expect("the neighbours");
    assert_eq!(found.open, [(&on_it).into(), (&near).into()]);
    assert_eq!(found.last, None, "only what was done to the target itself counts for its rest");
}

async fn ended_neighbours_are_not_open(db: Database) {
    let asked = request(1, "on-call", "checkout");
    let expired = asked.clone().expire(minute(90)).expect("expired");
    put(&db.store, [asked, expired]).await;
    let found = around(&db.store, &target("checkout"), minute(0)).await;
    assert_eq!(found, Neighbours::default());
}

async fn the_last_act_is_remembered_however_it_ended(db: Database) {
    for n in [2, 1] {
        let approved = approved(request(n, "on-call", "checkout"));
        let acted = executing(approved.clone(), minute(2 * n));
        let ended = succeeded(acted.clone());
        put(&db.store, [request(n, "on-call", "checkout"), approved, acted, ended]).await;
    }
    let found = around(&db.store, &target("checkout"), minute(60)).await;
    let last = found.last.expect("an act");
    assert_eq!((last.state, last.acted_at), (StateName::Succeeded, Some(minute(4))));
    assert_eq!(found.open, []);
}

async fn acts_on_the_tenant_are_counted_since_a_moment(db: Database) {
    let ledger = Target { uid: "ledger-uid".to_owned(), ..target("ledger") };
    let targets = [target("checkout"), another(), ledger];
    for (n, target) in (1..).zip(targets) {
        let asked = request_about(n, "on-call", target);
        let approved = approved(asked.clone());
        put(&db.store, [asked, approved.clone(), executing(approved, minute(n))]).await;
    }
    let counted =
        async |since| around(&db.store, &target("checkout"), minute(since)).await.acted_on_tenant;
    assert_eq!(counted(0).await, 2);
    assert_eq!(counted(1).await, 1, "since that moment, not at it");
    assert_eq!(counted(2).await, 0);
}

/// Whoever registers the cluster under another name sees what was done there all the same.
async fn a_target_is_told_by_its_identifiers_alone(db: Database) {
    let asked = request(1, "on-call", "checkout");
    put(&db.store, [asked.clone()]).await;
    let renamed = Target { cluster: "prod".parse().expect("a name"), ..target("checkout") };
    assert_eq!(around(&db.store, &renamed, minute(0)).await.open, [(&asked).into()]);
    let uid = domain::resources::ClusterUid("another".to_owned());
    let elsewhere = Target { cluster_uid: uid, ..target("checkout") };
    assert_eq!(around(&db.store, &elsewhere, minute(0)).await.open, []);
}

async fn two_approved(db: &Database) -> [Request; 2] {
    let approved = [1, 2].map(|n| approved(request(n, "on-call", "checkout")));
    for (n, approved) in (1..).zip(&approved) {
        put(&db.store, [request(n, "on-call", "checkout"), approved.clone()]).await;
    }
    approved
}

async fn a_target_is_acted_on_by_one_at_a_time(db: Database) {
    let [first, second] = two_approved(&db).await;
    db.store.commit(acting(executing(first, minute(1)))).await.expect("the first");
    let refused = db.store.commit(acting(executing(second.clone(), minute(1)))).await;
    assert_eq!(refused, Err(CommitError::TargetBusy));
    let stands = db.store.request(second.body.id).await.expect("read").expect("there");
    assert_eq!(stands, second, "it may be tried again");
}

async fn a_target_is_left_alone_for_as_long_as_it_is_to_rest(db: Database) {
    let [first, second] = two_approved(&db).await;
    let acted = executing(first, minute(5));
    put(&db.store, [acted.clone(), succeeded(acted)]).await;
    let word = |since| {
        let limits = Limits { untouched_since: Some(minute(since)), ..Limits::default() };
        let by = login("on-call");
        let decided = Decided {
            by,
            policy: policy(),
            nonce: None,
            counted_on: Vec::new(),
            session: None,
            limits,
            stands_as: StandsAs::OwnDoing,
        };
        RequestChange { decided: Some(decided), ..acting(executing(second.clone(), minute(6))) }
    };
    let put_in_force = entry("platform-admin", EntryAction::Policy, EntryOutcome::Succeeded);
    db.store.put_in_force(policy(), None, put_in_force).await.expect("in force");
    assert_eq!(db.store.commit(word(4)).await, Err(CommitError::Overtaken));
    db.store.commit(word(5)).await.expect("it rested");
}

async fn whatever_ended_makes_room_for_the_next(db: Database) {
    let [first, second] = two_approved(&db).await;
    let acted = executing(first, minute(1));
    put(&db.store, [acted.clone(), succeeded(acted)]).await;
    db.store.commit(acting(executing(second, minute(2)))).await.expect("the second");
}

async fn other_targets_are_not_kept_waiting(db: Database) {
    let [first, _] = two_approved(&db).await;
    put(&db.store, [executing(first, minute(1))]).await;
    let asked = request_about(3, "on-call", another());
    let approved = approved(asked.clone());
    put(&db.store, [asked, approved.clone()]).await;
    db.store.commit(acting(executing(approved, minute(1)))).await.expect("another target");
}

async fn an_execution_is_not_kept_waiting_by_itself(db: Database) {
    let [first, _] = two_approved(&db).await;
    let acted = executing(first, minute(1));
    let heard = acted.clone().acknowledge(domain::actions::Accepted::default()).expect("heard");
    put(&db.store, [acted, heard.clone(), succeeded(heard)]).await;
}
