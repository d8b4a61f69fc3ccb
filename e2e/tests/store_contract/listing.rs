//! Lists: what filters find, in which order, page by page.

use domain::{
    actions::{ActionKind, RequestFilter, RequestStore, StateName, catalogue::RestartPod},
    audit::{EntryAction, EntryDraft, EntryFilter, EntryOutcome, EntryStore},
    ids::RequestId,
    page::PageRequest,
    policy::PolicyStore,
    store::StoreError,
};
use sekisho::store::Store;

use crate::{
    databases::Database,
    fixtures::{
        approving, asking, commitment, entry, login, minute, nonce, policy, request, step_up, uuid,
    },
};

on_both!(
    entries_are_filtered_by_each_field,
    entries_are_filtered_by_time_whatever_their_number,
    pages_of_entries_join_without_gap_or_double,
    a_cursor_that_was_not_handed_out_is_refused,
    requests_are_filtered_by_each_field,
    pages_of_requests_join_without_gap_or_double,
);

/// Entry `n` differs from the others in every field that can be filtered by.
fn numbered(n: u32) -> EntryDraft {
    let (action, outcome, name) = match n {
        0 => (EntryAction::SignIn, EntryOutcome::Failed, "engineer"),
        1 => (EntryAction::Lock, EntryOutcome::Succeeded, "platform-admin"),
        _ => (EntryAction::Action(ActionKind::of(&RestartPod)), EntryOutcome::Requested, "on-call"),
    };
    let mut draft = entry(name, action, outcome);
    draft.at = minute(n);
    draft.tenant = Some(format!("demo/tenant-{n}").parse().expect("a tenant"));
    draft.request = Some(RequestId::new(uuid(n)));
    draft
}

async fn found(store: &Store, filter: EntryFilter) -> Vec<u64> {
    let page = store.entries(&filter, &PageRequest::default()).await.expect("a page");
    page.items.iter().map(|entry| entry.sequence).collect()
}

async fn entries_are_filtered_by_each_field(db: Database) {
    for n in 0..3 {
        db.store.append(numbered(n)).await.expect("appended");
    }
    let any = EntryFilter::default();
    assert_eq!(found(&db.store, any.clone()).await, [2, 1, 0]);
    for n in 0..3_u32 {
        let draft = numbered(n);
        let (actor, tenant, request) = (draft.actor, draft.tenant, draft.request);
        let filters = [
            EntryFilter { actor, ..any.clone() },
            EntryFilter { tenant, ..any.clone() },
            EntryFilter { action: Some(draft.action), ..any.clone() },
            EntryFilter { outcome: Some(draft.outcome), ..any.clone() },
            EntryFilter { request, ..any.clone() },
            EntryFilter { from: Some(minute(n)), to: Some(minute(n + 1)), ..any.clone() },
        ];
        for filter in filters {
            assert_eq!(found(&db.store, filter.clone()).await, [u64::from(n)], "{filter:?}");
        }
    }
    let both = EntryFilter {
        actor: Some(login("engineer")),
        outcome: Some(EntryOutcome::Succeeded),
        ..any
    };
    assert_eq!(found(&db.store, both).await, [0_u64; 0]);
}

/// Clocks of replicas differ: the log's order is not quite the order of time.
async fn entries_are_filtered_by_time_whatever_their_number(db: Database) {
    for at in [3, 1, 2] {
        db.store.append(numbered(at)).await.expect("appended");
    }
    let until = EntryFilter { to: Some(minute(3)), ..EntryFilter::default() };
    assert_eq!(found(&db.store, until).await, [2, 1]);
    let since = EntryFilter { from: Some(minute(2)), ..EntryFilter::default() };
    assert_eq!(found(&db.store, since).await, [0, 2]);
}

async fn pages_of_entries_join_without_gap_or_double(db: Database) {
    for n in 0..5 {
        let mut draft = numbered(2);
        // Pairs at the same moment: the number decides between them.
        draft.at = minute(n / 2);
        db.store.append(draft).await.expect("appended");
    }
    let filter = EntryFilter { actor: Some(login("on-call")), ..EntryFilter::default() };
    let mut page = PageRequest { cursor: None, limit: Some(2) };
    let mut seen = Vec::new();
    loop {
        let answer = db.store.entries(&filter, &page).await.expect("a page");
        seen.push(answer.items.iter().map(|entry| entry.sequence).collect::<Vec<_>>());
        page.cursor = answer.next;
        if page.cursor.is_none() {
            break;
        }
    }
    assert_eq!(seen, [vec![4, 3], vec![2, 1], vec![0]]);
}

async fn a_cursor_that_was_not_handed_out_is_refused(db: Database) {
    for n in 0..2 {
        db.store.append(numbered(n)).await.expect("appended");
    }
    let first = PageRequest { cursor: None, limit: Some(1) };
    let of_entries = db.store.entries(&EntryFilter::default(), &first).await.expect("a page").next;
    let of_entries = PageRequest { cursor: of_entries, limit: None };
    let made_up = PageRequest { cursor: Some("7".to_owned()), limit: None };

    let answer = db.store.entries(&EntryFilter::default(), &made_up).await;
    assert_eq!(answer, Err(StoreError::BadCursor));
    let answer = db.store.requests(&RequestFilter::default(), &of_entries).await;
    assert_eq!(answer, Err(StoreError::BadCursor));
}

async fn requests_found(store: &Store, filter: RequestFilter) -> Vec<u32> {
    let page = store.requests(&filter, &PageRequest::default()).await.expect("a page");
    let number = |n: &u32, id: RequestId| RequestId::new(uuid(*n)) == id;
    let numbers = page.items.iter().map(|request| {
        (0..100).find(|n| number(n, request.body.id)).expect("a request of this test")
    });
    numbers.collect()
}

async fn requests_are_filtered_by_each_field(db: Database) {
    let put = entry("platform-admin", EntryAction::Policy, EntryOutcome::Succeeded);
    db.store.put_in_force(policy(), None, put).await.expect("in force");
    for (n, who, namespace) in [(0, "engineer", "checkout"), (1, "on-call", "ledger")] {
        db.store.commit(asking(request(n, who, namespace))).await.expect("asked");
    }
    let approval = approving(request(2, "on-call", "checkout"), "approver", nonce(1));
    let digest = approval.request.digest;
    db.store.commit(asking(request(2, "on-call", "checkout"))).await.expect("asked");
    step_up(
        &db.store,
        &commitment("approver", domain::approvals::Decision::Approve, digest, nonce(1)),
    )
    .await;
    db.store.commit(approval).await.expect("approved");

    let any = RequestFilter::default();
    let requester = RequestFilter { requester: Some(login("on-call")), ..any.clone() };
    let tenant =
        RequestFilter { tenant: Some("demo/checkout".parse().expect("a tenant")), ..any.clone() };
    let pending = RequestFilter { states: vec![StateName::Pending], ..any.clone() };
    let open = vec![StateName::Pending, StateName::Approved];
    let ending = RequestFilter { ends_before: Some(minute(61)), ..any.clone() };
    let cases = [
        (any.clone(), vec![2, 1, 0]),
        (requester.clone(), vec![2, 1]),
        (tenant, vec![2, 0]),
        (pending, vec![1, 0]),
        (RequestFilter { states: open, ..any.clone() }, vec![2, 1, 0]),
        (RequestFilter { states: vec![StateName::Failed], ..any }, vec![]),
        (RequestFilter { states: vec![StateName::Pending], ..requester }, vec![1]),
        // Approved for 15 minutes; pending for an hour from its making.
        (ending, vec![2, 0]),
    ];
    for (filter, expected) in cases {
        assert_eq!(requests_found(&db.store, filter.clone()).await, expected, "{filter:?}");
    }
}

async fn pages_of_requests_join_without_gap_or_double(db: Database) {
    for n in 0..5 {
        db.store.commit(asking(request(n, "on-call", "checkout"))).await.expect("asked");
    }
    let filters = [
        RequestFilter::default(),
        RequestFilter { states: vec![StateName::Pending], ..RequestFilter::default() },
        RequestFilter {
            states: vec![StateName::Pending, StateName::Approved],
            ..RequestFilter::default()
        },
    ];
    for filter in filters {
        let mut page = PageRequest { cursor: None, limit: Some(2) };
        let mut seen = Vec::new();
        loop {
            let answer = db.store.requests(&filter, &page).await.expect("a page");
            seen.extend(answer.items.iter().map(|request| request.body.created_at));
            page.cursor = answer.next;
            if page.cursor.is_none() {
                break;
            }
        }
        assert_eq!(seen, [4, 3, 2, 1, 0].map(minute), "{filter:?}");
    }
}
