//! The invariants of crash safety, judged over what is left when every run is over.

use domain::{
    actions::{EffectSeen, RequestView, StateName, Verdict},
    audit::EntryOutcome,
};
use e2e::crash::CrashPoint;
use sekisho::verify::{Keys, verify_entries};

use crate::{
    desk::Step,
    ground::{API, SCALED_TO},
    judge_waves,
    record::Record,
    runs::Story,
    writes::{Does, Write},
};

/// What does not hold, in words.
pub(crate) fn violations(stories: &[Story], record: &Record) -> Vec<String> {
    let mut found = sequence(record);
    let seen = &record.seen;
    found.extend(seen.writes.iter().filter_map(|write| unexplained(record, write)));
    found.extend(seen.removed.iter().filter_map(|pod| unasked(record, pod)));
    found.extend(seen.sizes.iter().filter_map(|(name, size)| odd(record, name, *size)));
    found.extend(record.acknowledged.iter().filter_map(|(id, step)| lost(record, id, *step)));
    let of_one_call = |request: &&RequestView| !judge_waves::goes_in_waves(request);
    let single = record.requests.iter().filter(of_one_call);
    found.extend(single.filter_map(|request| untrue(record, request)));
    found.extend(judge_waves::violations(record));
    found.extend(stories.iter().filter_map(|story| unexpected(record, story)));
    found
}

/// The log has no gap and every signature in it holds.
fn sequence(record: &Record) -> Vec<String> {
    let report = verify_entries(&record.entries, record.origin.url(), &Keys::AssertedByServer);
    let places = record.entries.iter().map(|entry| entry.sequence);
    let mut found: Vec<_> =
        report.bad().map(|(place, how)| format!("entry {place}: {how:?}")).collect();
    if !places.eq(0..record.entries.len() as u64) {
        found.push(format!("the log has gaps: {:?}", report.gaps));
    }
    found
}

/// No effect without a committed intent, and none twice.
fn unexplained(record: &Record, write: &Write) -> Option<String> {
    let Write { request: id, target, received, does, .. } = write;
    if record.request(id).is_some_and(judge_waves::goes_in_waves) {
        return None;
    }
    let done = format!("{does:?} of {target} for {id}");
    let Some(intent) = record.entry(id, EntryOutcome::Intended) else {
        return Some(format!("{done}, which has no intent"));
    };
    if intent.at > *received {
        return Some(format!("{done} at {received}, before its intent at {}", intent.at));
    }
    let asked = record.request(id).map(|request| request.target.name.as_str());
    if asked != Some(target) {
        return Some(format!("{done}, which is about {asked:?}"));
    }
    (record.effects(id) > 1).then(|| format!("{done}, more than once"))
}

/// No pod goes but by an eviction in the name of a request.
fn unasked(record: &Record, removed: &str) -> Option<String> {
    let writes = &record.seen.writes;
    let asked = writes.iter().any(|write| {
        write.does == Does::Evict && write.target == removed && record.seen.took_effect(write)
    });
    (!asked).then(|| format!("{removed} went for no request"))
}

/// A workload is as it was, or as a request made it.
fn odd(record: &Record, name: &str, size: u64) -> Option<String> {
    let writes = &record.seen.writes;
    let scaled = writes.iter().any(|write| {
        write.does == Does::Scale && write.target == name && record.seen.took_effect(write)
    });
    let is_right = match scaled {
        _ if name == API => !scaled,
        true => size == SCALED_TO,
        false => size == 1,
    };
    (!is_right).then(|| format!("{name} asks for {size} replicas; scaled: {scaled}"))
}

/// Nothing acknowledged is lost.
fn lost(record: &Record, id: &str, step: Step) -> Option<String> {
    let Some(request) = record.request(id) else {
        return Some(format!("{id} was acknowledged and is gone"));
    };
    let (outcome, stands) = match step {
        Step::Requested => (EntryOutcome::Requested, true),
        Step::Approved => (EntryOutcome::Approved, request.state != StateName::Pending),
        Step::Executing => (EntryOutcome::Intended, request.outcome.is_some()),
    };
    if record.entry(id, outcome).is_none() {
        return Some(format!("{id} was acknowledged as {step:?} and has no entry {outcome}"));
    }
    (!stands)
        .then(|| format!("{id} was acknowledged as {step:?} and is {}", request.state.as_str()))
}

/// No request is stuck, and what is said of its end is what the API server saw.
fn untrue(record: &Record, request: &RequestView) -> Option<String> {
    let id = request.id.to_string();
    let done = record.effects(&id) > 0;
    let heard = record.entry(&id, EntryOutcome::Accepted);
    let told = heard.and_then(|entry| entry.detail.get("audit_id")?.as_str());
    if told.is_some_and(|told| record.seen.writes.iter().all(|write| write.audit_id != told)) {
        return Some(format!(
            "{id} was heard to be accepted in a call that the API server does not know"
        ));
    }
    let is_true = match request.outcome.as_ref().map(|outcome| &outcome.verdict) {
        // Executed by nobody, because its pod went before.
        None => request.state == StateName::Void && !done,
        Some(Verdict::Succeeded { .. } | Verdict::Failed { effect: EffectSeen::TookPlace, .. }) => {
            done && heard.is_some()
        }
        Some(Verdict::Failed { effect: EffectSeen::None, .. }) => !done,
        // Only where the answer was lost.
        Some(Verdict::Unknown { .. }) => done && heard.is_none(),
    };
    (!is_true).then(|| {
        let (state, heard) = (request.state.as_str(), heard.is_some());
        format!("{id} is {state}, {:?}; done: {done}, heard: {heard}", request.outcome)
    })
}

/// A point where only one end is right ended so.
fn unexpected(record: &Record, story: &Story) -> Option<String> {
    use CrashPoint as At;
    let request = record.request(&story.request)?;
    let verdict = request.outcome.as_ref().map(|outcome| &outcome.verdict);
    let is_right = match story.point {
        _ if judge_waves::goes_in_waves(request) => true,
        Some(At::AfterIntentCommit) => {
            matches!(verdict, Some(Verdict::Failed { effect: EffectSeen::None, .. }))
        }
        Some(At::AfterEffect) => matches!(verdict, Some(Verdict::Unknown { .. })),
        Some(At::AfterAcceptedCommit | At::BeforeOutcomeCommit | At::AfterOutcomeCommit) => {
            matches!(verdict, Some(Verdict::Succeeded { .. }))
        }
        _ => true,
    };
    let point = story.point.map(|point| point.to_string()).unwrap_or_default();
    (!is_right)
        .then(|| format!("{} was killed at {point} and ended with {verdict:?}", story.request))
}

/// A judge that finds nothing must be able to: it is given the record with one thing wrong at a time.
pub(crate) fn is_tried(stories: &[Story], record: &Record) {
    let finds = |what: &str, spoil: &dyn Fn(&mut Record)| {
        let mut spoilt = record.clone();
        spoil(&mut spoilt);
        assert!(!violations(stories, &spoilt).is_empty(), "the judge does not see {what}");
    };
    let done = record.seen.writes.iter().rfind(|write| write.is_accepted()).unwrap();
    let told = |record: &Record, outcome| {
        record.entries.iter().position(|entry| entry.outcome == outcome).unwrap()
    };
    finds("a lost entry", &|record| {
        record.entries.pop();
        record.entries.remove(told(record, EntryOutcome::Requested));
    });
    finds("a forged signature", &|record| {
        let place = told(record, EntryOutcome::Intended);
        record.entries[place].actor = Some("approver".parse().unwrap());
    });
    finds("a second effect", &|record| record.seen.writes.push(done.clone()));
    finds("an effect without request", &|record| {
        record.seen.removed.push("checkout-api-that-nobody-meant".to_owned());
    });
    finds("a size that nobody asked for", &|record| {
        record.seen.sizes.insert("checkout-worker-that-nobody-meant".to_owned(), SCALED_TO);
    });
    finds("an effect before its word", &|record| {
        for write in &mut record.seen.writes {
            write.received = write.received.minus(std::time::Duration::from_mins(5));
        }
    });
    finds("an effect that never was", &|record| record.seen.writes.clear());
    finds("a lost request", &|record| drop(record.requests.pop()));
    finds("a stuck request", &|record| {
        for request in &mut record.requests {
            (request.state, request.outcome) = (StateName::Executing, None);
        }
    });
}
