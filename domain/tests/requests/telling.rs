//! What is told of a request outside, and what is not.

use std::time::Duration;

use domain::{
    actions::Request,
    approvals::{Comment, Decision},
    audit::EntryOutcome,
    notifications::{Event, EventKind},
};

use crate::fixtures::{REQUESTER, request, signed, start};

fn told(request: &Request, outcome: EntryOutcome) -> Option<Event> {
    let mut draft = request.entry_by_itself(start(), outcome);
    draft.actor = Some(REQUESTER.parse().unwrap());
    Event::of(request, &draft.at_sequence(7))
}

fn approved(request: Request, by: &str) -> Request {
    let mut approval = signed(by, Decision::Approve, request.digest);
    approval.comment = Some(Comment { text: "hunter2".to_owned(), signed: false });
    request.approve(approval, Duration::from_mins(15), start()).unwrap()
}

/// It is kept until it is told, maybe by a newer console: its fields keep their names.
#[test]
fn an_event_is_golden() {
    let event = told(&request(1), EntryOutcome::Requested).unwrap();
    insta::assert_snapshot!(serde_json::to_string(&event).unwrap(), @r#"{"entry":7,"kind":"requested","at":"2026-01-01T00:00:00.000000Z","actor":"on-call","request":"00000000-0001-7000-8000-000000000000","action":"restart-pod","tenant":"demo/checkout","target":{"kind":"Pod","name":"api-7d9f-abcde"},"requester":"on-call","reason":"checkout drops one payment in ten","ticket":"INC-1","approvals":0,"approvals_needed":1,"expires_at":"2026-01-01T01:00:00.000000Z"}"#);
    let again: Event = serde_json::from_str(&serde_json::to_string(&event).unwrap()).unwrap();
    assert_eq!(again, event);
}

#[test]
fn the_last_approval_is_told_as_the_approval() {
    let once = approved(request(2), "approver");
    let event = told(&once, EntryOutcome::Approved).unwrap();
    assert_eq!((event.kind, event.approvals), (EventKind::PartlyApproved, 1));
    let event = told(&approved(once, "second"), EntryOutcome::Approved).unwrap();
    assert_eq!((event.kind, event.approvals), (EventKind::Approved, 2));
}

#[test]
fn neither_signatures_nor_comments_are_told() {
    let event = told(&approved(request(1), "approver"), EntryOutcome::Approved).unwrap();
    let text = serde_json::to_string(&event).unwrap();
    assert!(!text.contains("hunter2") && !text.contains("credential"), "{text}");
}

#[test]
fn nobody_is_waited_for_where_no_approval_is_needed() {
    assert!(told(&request(1), EntryOutcome::Requested).unwrap().begins_waiting());
    assert!(!told(&request(0), EntryOutcome::Requested).unwrap().begins_waiting());
    let done = told(&request(1), EntryOutcome::Succeeded).unwrap();
    assert!(!done.begins_waiting() && !done.kind.ends_waiting());
}
