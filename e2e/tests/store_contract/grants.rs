//! Changes of grants: committed whole with their entry, or not at all; found by what they are of.

use std::time::Duration;

use domain::{
    actions::{CommitError, Decided, Limits, StandsAs},
    approvals::{Commitment, Decision, Purpose},
    audit::{EntryAction, EntryFilter, EntryOutcome, EntryStore},
    canonical::Digest,
    grants::{
        ClusterRole, EndReason, Grant, GrantChange, GrantFilter,
        GrantStateName::{self, Active, Ended, Ending, Pending, Withdrawn},
        GrantStore, GrantableRole, Held, NewGrant, PinnedTenant, RoleRule,
    },
    identity::IdentityStore,
    ids::GrantId,
    page::PageRequest,
    policy::{PolicyDigest, PolicyStore, Tier},
    resources::ClusterUid,
    store::StoreError,
    testkit,
};

use crate::{
    databases::Database,
    fixtures::{
        MINUTE, commitment, entry, login, minute, nonce, policy, signed, start, step_up, uuid,
    },
};

on_both!(
    a_grant_is_read_as_it_was_committed,
    a_step_of_a_grant_is_neither_skipped_nor_repeated,
    an_approval_needs_its_nonce_the_policy_in_force_and_an_approver_who_is_not_locked,
    one_of_fifty_ends_the_grant,
    a_lock_ends_what_is_held_and_withdraws_what_waits,
    who_departs_holds_nothing,
    grants_are_found_by_each_field,
    pages_of_grants_join_without_gap_or_double,
    a_grant_that_is_not_what_was_signed_is_not_believed,
);

/// Somebody's wish at minute `n`, for half an hour.
fn grant(n: u32, holder: &str, namespace: &str) -> Grant {
    let set = |text: &str| [text.to_owned()].into();
    let logs = RoleRule {
        api_groups: set(""),
        resources: set("pods/log"),
        resource_names: [].into(),
        verbs: set("get"),
    };
    let role = GrantableRole {
        name: "logs".parse().expect("a name"),
        cluster_role: "sekisho:role:logs".parse().expect("a name"),
        summary: "Logs".to_owned(),
        rules: None,
        asking: testkit::approvals(1),
        longest: Duration::from_hours(1),
        longest_in_all: Duration::from_hours(1),
    };
    let wish = NewGrant {
        id: GrantId::new(uuid(n)),
        holder: login(holder),
        tenant: PinnedTenant {
            cluster: "demo".parse().expect("a cluster"),
            cluster_uid: ClusterUid("cluster-uid".to_owned()),
            namespace: namespace.parse().expect("a namespace"),
            namespace_uid: "namespace-uid".to_owned(),
        },
        cluster_role: ClusterRole {
            uid: "role-uid".to_owned(),
            rules: vec![logs],
            aggregated: false,
        },
        ttl: MINUTE * 30,
        reason: "the pool leaks".to_owned(),
        ticket: None,
        extends: None,
        lapses_by: None,
    };
    Grant::ask(wish, &role, Tier(2), minute(n)).expect("a grant")
}

fn touch(grant: &Grant, by: &str) -> Commitment {
    let decided = commitment(by, Decision::Approve, grant.digest, nonce(1));
    Commitment { purpose: Purpose::Grant, ..decided }
}

fn approved(grant: Grant, by: &str) -> Grant {
    let approval = signed(touch(&grant, by));
    grant.approve(approval, start()).expect("approved")
}

fn held(grant: Grant) -> Grant {
    let held = Held { account_uid: "account".to_owned(), binding_uid: "binding".to_owned() };
    approved(grant, "approver").given(held, start()).expect("held")
}

fn change(grant: Grant, outcome: EntryOutcome) -> GrantChange {
    let entry = grant.entry_by_itself(start(), outcome);
    GrantChange::of(grant, entry)
}

/// The change by which somebody approves it with nonce 1.
fn approving(grant: Grant, by: &str) -> GrantChange {
    let decided = Decided {
        by: login(by),
        policy: policy(),
        nonce: Some(nonce(1)),
        counted_on: Vec::new(),
        session: None,
        limits: Limits::default(),
        stands_as: StandsAs::OwnDoing,
    };
    let change = change(approved(grant, by), EntryOutcome::Approved);
    GrantChange { decided: Some(decided), ..change }
}

/// Puts each of a grant's steps into the store, none of them decided by anybody.
async fn put(db: &Database, steps: impl IntoIterator<Item = Grant>) {
    for step in steps {
        db.store.commit_grant(change(step, EntryOutcome::Requested)).await.expect("a step");
    }
}

async fn put_held(db: &Database, grant: Grant) {
    put(db, [grant.clone(), approved(grant.clone(), "approver"), held(grant)]).await;
}

async fn in_force(db: &Database) {
    let put = entry("platform-admin", EntryAction::Policy, EntryOutcome::Succeeded);
    db.store.put_in_force(policy(), None, put).await.expect("in force");
}

async fn stands(db: &Database, n: u32) -> GrantStateName {
    let read = db.store.grant(GrantId::new(uuid(n))).await.expect("read");
    read.expect("there").state.name()
}

async fn told(db: &Database, outcome: EntryOutcome) -> usize {
    let filter = EntryFilter {
        action: Some(EntryAction::Grant),
        outcome: Some(outcome),
        ..EntryFilter::default()
    };
    let page = PageRequest { cursor: None, limit: Some(200) };
    db.store.entries(&filter, &page).await.expect("a page").items.len()
}

async fn a_grant_is_read_as_it_was_committed(db: Database) {
    in_force(&db).await;
    let asked = grant(1, "engineer", "checkout");
    put(&db, [asked.clone()]).await;
    step_up(&db.store, &touch(&asked, "approver")).await;
    let approval = approving(asked.clone(), "approver");
    let written = db.store.commit_grant(approval.clone()).await.expect("approved");
    assert_eq!(written, approval.entry.at_sequence(2));
    assert_eq!(db.store.grant(asked.body.id).await, Ok(Some(approval.grant)));
    assert_eq!(db.store.grant(GrantId::new(uuid(2))).await, Ok(None));
}

async fn a_step_of_a_grant_is_neither_skipped_nor_repeated(db: Database) {
    let asked = grant(1, "engineer", "checkout");
    let given = held(asked.clone());
    let skipped = db.store.commit_grant(change(given, EntryOutcome::Succeeded)).await;
    assert_eq!(skipped, Err(CommitError::Conflict), "never asked for");
    put(&db, [asked.clone()]).await;
    let again = db.store.commit_grant(change(asked.clone(), EntryOutcome::Requested)).await;
    assert_eq!(again, Err(CommitError::Conflict), "asked for twice");
    let other = grant(1, "engineer", "ledger").withdraw(&login("engineer"), start());
    let foreign = change(other.expect("withdrawn"), EntryOutcome::Withdrawn);
    assert_eq!(db.store.commit_grant(foreign).await, Err(CommitError::Conflict), "another's");
    let withdrawn = asked.withdraw(&login("engineer"), start()).expect("withdrawn");
    let step = change(withdrawn, EntryOutcome::Withdrawn);
    db.store.commit_grant(step.clone()).await.expect("withdrawn");
    assert_eq!(db.store.commit_grant(step).await, Err(CommitError::Conflict), "twice");
    assert_eq!(told(&db, EntryOutcome::Withdrawn).await, 1);
}

async fn an_approval_needs_its_nonce_the_policy_in_force_and_an_approver_who_is_not_locked(
    db: Database,
) {
    in_force(&db).await;
    let asked = grant(1, "engineer", "checkout");
    put(&db, [asked.clone()]).await;
    let refused = db.store.commit_grant(approving(asked.clone(), "approver")).await;
    assert_eq!(refused, Err(CommitError::NonceSpent), "nobody was asked to touch anything");

    step_up(&db.store, &touch(&asked, "approver")).await;
    let mut elsewhere = approving(asked.clone(), "approver");
    let newer = PolicyDigest(Digest::of(b"newer"));
    elsewhere.decided = elsewhere.decided.map(|it| Decided { policy: newer, ..it });
    assert_eq!(db.store.commit_grant(elsewhere).await, Err(CommitError::PolicyMoved));

    let lock = entry("platform-admin", EntryAction::Lock, EntryOutcome::Succeeded);
    db.store.lock(&login("approver"), start(), lock).await.expect("locked");
    let approval = approving(asked, "approver");
    assert_eq!(db.store.commit_grant(approval.clone()).await, Err(CommitError::Locked));
    assert_eq!((stands(&db, 1).await, told(&db, EntryOutcome::Approved).await), (Pending, 0));

    let unlock = entry("platform-admin", EntryAction::Unlock, EntryOutcome::Succeeded);
    db.store.unlock(&login("approver"), unlock).await.expect("unlocked");
    db.store.commit_grant(approval).await.expect("what was refused spent nothing");
}

async fn one_of_fifty_ends_the_grant(db: Database) {
    let asked = grant(1, "engineer", "checkout");
    put_held(&db, asked.clone()).await;
    let ends = |n: u32| {
        let reason =
            [EndReason::Expired, EndReason::Returned, EndReason::LostRight][n as usize % 3];
        let ending = held(asked.clone()).end(reason, None, minute(5)).expect("ending");
        let store = db.store.clone();
        tokio::spawn(async move { store.commit_grant(change(ending, EntryOutcome::Ending)).await })
    };
    let mut ended = 0;
    for attempt in (0..50).map(ends).collect::<Vec<_>>() {
        match attempt.await.expect("an attempt") {
            Ok(_) => ended += 1,
            Err(error) => assert_eq!(error, CommitError::Conflict),
        }
    }
    assert_eq!((ended, told(&db, EntryOutcome::Ending).await), (1, 1));
}

/// What somebody waits for and holds, and what somebody else does.
async fn several(db: &Database) {
    put(db, [grant(1, "engineer", "checkout")]).await;
    put_held(db, grant(2, "engineer", "checkout")).await;
    let returned = grant(3, "engineer", "checkout");
    let withdrawn = returned.clone().withdraw(&login("engineer"), start()).expect("withdrawn");
    put(db, [returned, withdrawn]).await;
    put_held(db, grant(4, "on-call", "ledger")).await;
}

async fn states_of_several(db: &Database) -> [GrantStateName; 4] {
    [stands(db, 1).await, stands(db, 2).await, stands(db, 3).await, stands(db, 4).await]
}

async fn a_lock_ends_what_is_held_and_withdraws_what_waits(db: Database) {
    several(&db).await;
    let lock = entry("platform-admin", EntryAction::Lock, EntryOutcome::Succeeded);
    db.store.lock(&login("engineer"), minute(5), lock).await.expect("locked");
    assert_eq!(states_of_several(&db).await, [Withdrawn, Ending, Withdrawn, Active]);
    assert_eq!(told(&db, EntryOutcome::Ending).await, 1);
    assert_eq!(told(&db, EntryOutcome::Withdrawn).await, 1);
}

async fn who_departs_holds_nothing(db: Database) {
    several(&db).await;
    let gone = || {
        let mut entry = entry("engineer", EntryAction::RevokeSession, EntryOutcome::Succeeded);
        entry.actor = None;
        entry
    };
    let told = db.store.depart(&login("engineer"), minute(5), gone()).await.expect("departed");
    assert!(told.is_some());
    assert_eq!(states_of_several(&db).await, [Withdrawn, Ending, Withdrawn, Active]);
    let again = db.store.depart(&login("engineer"), minute(6), gone()).await;
    assert_eq!(again, Ok(None), "there is nothing left to end");
}

async fn grants_are_found_by_each_field(db: Database) {
    several(&db).await;
    let any = GrantFilter::default();
    let until = held(grant(2, "engineer", "checkout")).ends_at();
    for (filter, expected) in [
        (any.clone(), vec![4, 3, 2, 1]),
        (GrantFilter { holder: Some(login("engineer")), ..any.clone() }, vec![3, 2, 1]),
        (GrantFilter { tenant: "demo/ledger".parse().ok(), ..any.clone() }, vec![4]),
        (GrantFilter { states: vec![Active, Pending], ..any.clone() }, vec![4, 2, 1]),
        (GrantFilter { states: vec![Ended], ..any.clone() }, vec![]),
        (GrantFilter { ended_by: Some(start()), ..any.clone() }, vec![]),
        (GrantFilter { ended_by: until, states: vec![Active], ..any.clone() }, vec![4, 2]),
        (
            GrantFilter {
                holder: Some(login("engineer")),
                tenant: "demo/checkout".parse().ok(),
                states: vec![Withdrawn],
                ended_by: None,
            },
            vec![3],
        ),
    ] {
        let page = db.store.grants(&filter, &PageRequest::default()).await.expect("a page");
        let found: Vec<_> = page.items.iter().map(|grant| grant.body.id).collect();
        let expected: Vec<_> = expected.into_iter().map(|n| GrantId::new(uuid(n))).collect();
        assert_eq!(found, expected, "{filter:?}");
    }
}

async fn pages_of_grants_join_without_gap_or_double(db: Database) {
    put(&db, (1..=5).map(|n| grant(n, "engineer", "checkout"))).await;
    let mut found = Vec::new();
    let mut page = PageRequest { cursor: None, limit: Some(2) };
    loop {
        let read = db.store.grants(&GrantFilter::default(), &page).await.expect("a page");
        assert!(read.items.len() <= 2);
        found.extend(read.items.into_iter().map(|grant| grant.body.id));
        match read.next {
            Some(next) => page.cursor = Some(next),
            None => break,
        }
    }
    assert_eq!(found, [5, 4, 3, 2, 1].map(|n| GrantId::new(uuid(n))));
}

/// Whoever writes into the table past the console is not believed; the others are there as before.
async fn a_grant_that_is_not_what_was_signed_is_not_believed(db: Database) {
    put(&db, [grant(1, "engineer", "checkout"), grant(2, "engineer", "checkout")]).await;
    let forged =
        "UPDATE grants SET record = REPLACE(record, 'pods/log', 'pods/exec') WHERE id = $1";
    let id = GrantId::new(uuid(1)).to_string();
    let mut direct = db.as_runtime().await;
    let written = sqlx::query(forged).bind(id).execute(&mut direct).await.expect("written");
    assert_eq!(written.rows_affected(), 1);
    let read = db.store.grant(GrantId::new(uuid(1))).await;
    assert!(matches!(read, Err(StoreError::Corrupt(_))), "{read:?}");
    let page = db.store.grants(&GrantFilter::default(), &PageRequest::default()).await;
    assert_eq!(page.expect("a page").items, [grant(2, "engineer", "checkout")]);
}
