//! Changes of requests: committed whole with their entry, or not at all.

use domain::{
    actions::{CommitError, Decided, RequestStore, StateName},
    approvals::Decision,
    audit::{EntryAction, EntryDraft, EntryFilter, EntryOutcome, EntryStore},
    canonical::Digest,
    identity::IdentityStore,
    page::PageRequest,
    policy::{PolicyDigest, PolicyStore},
    store::StoreError,
};

use crate::{
    databases::Database,
    fixtures::{
        approving, asking, change, commitment, entry, login, minute, nonce, policy, request, start,
        step_up,
    },
};

on_both!(
    a_request_is_read_as_it_was_committed,
    a_request_is_asked_for_once,
    other_tenants_that_a_change_reaches_have_entries_of_their_own_or_none_has,
    a_step_cannot_be_skipped_or_repeated,
    another_request_under_the_same_id_is_refused,
    an_unknown_spent_or_foreign_nonce_is_refused,
    a_nonce_that_ran_out_is_refused,
    a_locked_person_decides_nothing,
    a_decision_under_another_policy_is_refused,
    a_locked_approver_counts_no_more,
    a_record_that_is_not_what_was_signed_is_not_believed,
);

async fn in_force(db: &Database) {
    let put = entry("platform-admin", EntryAction::Policy, EntryOutcome::Succeeded);
    db.store.put_in_force(policy(), None, put).await.expect("in force");
}

/// A pending request, with the policy in force and the approver's nonce good.
async fn awaiting_approval(db: &Database) -> domain::actions::Request {
    in_force(db).await;
    let request = request(1, "on-call", "checkout");
    db.store.commit(asking(request.clone())).await.expect("asked");
    let digest = request.digest;
    step_up(&db.store, &commitment("approver", Decision::Approve, digest, nonce(1))).await;
    request
}

/// Nothing of what was refused is there: neither the state, nor the entry, nor the loss of the nonce.
async fn refused_without_trace(db: &Database, request: &domain::actions::Request) {
    let id = request.body.id;
    let state = db.store.request(id).await.expect("read").expect("there").state.name();
    assert_eq!(state, StateName::Pending);
    let filter = EntryFilter { outcome: Some(EntryOutcome::Approved), ..EntryFilter::default() };
    let approved = db.store.entries(&filter, &PageRequest::default()).await.expect("a page");
    assert_eq!(approved.items, []);
}

async fn a_request_is_read_as_it_was_committed(db: Database) {
    let request = awaiting_approval(&db).await;
    let approval = approving(request.clone(), "approver", nonce(1));
    let written = db.store.commit(approval.clone()).await.expect("approved");
    assert_eq!(written, approval.entry.at_sequence(2));
    assert_eq!(db.store.request(request.body.id).await, Ok(Some(approval.request)));
}

async fn a_request_is_asked_for_once(db: Database) {
    let asked = asking(request(1, "on-call", "checkout"));
    db.store.commit(asked.clone()).await.expect("asked");
    assert_eq!(db.store.commit(asked).await, Err(CommitError::Conflict));
}

async fn other_tenants_that_a_change_reaches_have_entries_of_their_own_or_none_has(db: Database) {
    let request = awaiting_approval(&db).await;
    let mut approval = approving(request.clone(), "approver", nonce(1));
    let elsewhere = |name: &str| EntryDraft {
        tenant: format!("demo/{name}").parse().ok(),
        ..request.entry_by_itself(start(), EntryOutcome::WaveIntended)
    };
    approval.others = vec![elsewhere("ledger"), elsewhere("payouts")];
    let own = db.store.commit(approval.clone()).await.expect("committed");
    assert_eq!(db.store.commit(approval).await, Err(CommitError::NonceSpent), "once");
    let filter =
        EntryFilter { outcome: Some(EntryOutcome::WaveIntended), ..EntryFilter::default() };
    let told = db.store.entries(&filter, &PageRequest::default()).await.expect("a page").items;
    let told: Vec<_> = told.into_iter().map(|it| (it.sequence, it.tenant)).collect();
    let place = |after, name: &str| (own.sequence + after, format!("demo/{name}").parse().ok());
    assert_eq!(told, [place(2, "payouts"), place(1, "ledger")]);
}

async fn a_step_cannot_be_skipped_or_repeated(db: Database) {
    let asked = request(1, "on-call", "checkout");
    let withdrawn = asked.clone().withdraw(&login("on-call"), start()).expect("withdrawn");
    let step = change(withdrawn, "on-call", EntryOutcome::Withdrawn);
    assert_eq!(db.store.commit(step.clone()).await, Err(CommitError::Conflict), "never asked");
    db.store.commit(asking(asked)).await.expect("asked");
    db.store.commit(step.clone()).await.expect("withdrawn");
    assert_eq!(db.store.commit(step).await, Err(CommitError::Conflict), "twice");
}

async fn another_request_under_the_same_id_is_refused(db: Database) {
    let asked = request(1, "on-call", "checkout");
    db.store.commit(asking(asked)).await.expect("asked");
    let other = request(1, "on-call", "ledger");
    let other = other.withdraw(&login("on-call"), start()).expect("withdrawn");
    let step = change(other, "on-call", EntryOutcome::Withdrawn);
    assert_eq!(db.store.commit(step).await, Err(CommitError::Conflict));
}

async fn an_unknown_spent_or_foreign_nonce_is_refused(db: Database) {
    let request = awaiting_approval(&db).await;
    for (by, nonce) in [("approver", nonce(9)), ("engineer", nonce(1))] {
        let refused = db.store.commit(approving(request.clone(), by, nonce)).await;
        assert_eq!(refused, Err(CommitError::NonceSpent));
        refused_without_trace(&db, &request).await;
    }
    db.store.commit(approving(request, "approver", nonce(1))).await.expect("approved");

    let other = self::request(2, "on-call", "ledger");
    db.store.commit(asking(other.clone())).await.expect("asked");
    let replayed = db.store.commit(approving(other, "approver", nonce(1))).await;
    assert_eq!(replayed, Err(CommitError::NonceSpent));
}

async fn a_nonce_that_ran_out_is_refused(db: Database) {
    let request = awaiting_approval(&db).await;
    let mut late = approving(request.clone(), "approver", nonce(1));
    late.entry.at = minute(5);
    assert_eq!(db.store.commit(late).await, Err(CommitError::NonceSpent));
    refused_without_trace(&db, &request).await;
}

async fn a_locked_person_decides_nothing(db: Database) {
    let request = awaiting_approval(&db).await;
    let lock = entry("platform-admin", EntryAction::Lock, EntryOutcome::Succeeded);
    db.store.lock(&login("approver"), start(), lock).await.expect("locked");
    let approval = approving(request.clone(), "approver", nonce(1));
    assert_eq!(db.store.commit(approval.clone()).await, Err(CommitError::Locked));
    refused_without_trace(&db, &request).await;

    let unlock = entry("platform-admin", EntryAction::Unlock, EntryOutcome::Succeeded);
    db.store.unlock(&login("approver"), unlock).await.expect("unlocked");
    db.store.commit(approval).await.expect("the nonce is as good as it was");
}

async fn a_decision_under_another_policy_is_refused(db: Database) {
    let request = awaiting_approval(&db).await;
    let approval = approving(request.clone(), "approver", nonce(1));
    let newer = PolicyDigest(Digest::of(b"newer"));
    let put = entry("platform-admin", EntryAction::Policy, EntryOutcome::Succeeded);
    db.store.put_in_force(newer, Some(policy()), put).await.expect("in force");
    assert_eq!(db.store.commit(approval.clone()).await, Err(CommitError::PolicyMoved));
    refused_without_trace(&db, &request).await;

    let decided = approval.decided.map(|decided| Decided { policy: newer, ..decided });
    let again = domain::actions::RequestChange { decided, ..approval };
    db.store.commit(again).await.expect("approved under the policy in force");
}

async fn a_locked_approver_counts_no_more(db: Database) {
    let request = awaiting_approval(&db).await;
    let lock = entry("platform-admin", EntryAction::Lock, EntryOutcome::Succeeded);
    db.store.lock(&login("engineer"), start(), lock).await.expect("locked");
    let mut change = approving(request.clone(), "approver", nonce(1));
    let decided = change.decided.take().expect("a decision");
    change.decided = Some(Decided { counted_on: vec![login("engineer")], ..decided });
    assert_eq!(db.store.commit(change).await, Err(CommitError::ApproverLocked));
    refused_without_trace(&db, &request).await;
}

/// Whoever writes into the table past the console is not believed, though no trigger stands there.
async fn a_record_that_is_not_what_was_signed_is_not_believed(db: Database) {
    let request = awaiting_approval(&db).await;
    let forged =
        "UPDATE requests SET record = REPLACE(record, 'one payment in ten', 'all of them')";
    let written = sqlx::query(forged).execute(&mut db.as_runtime().await).await.expect("written");
    assert_eq!(written.rows_affected(), 1);
    let read = db.store.request(request.body.id).await;
    assert!(matches!(read, Err(StoreError::Corrupt(_))), "{read:?}");
}
