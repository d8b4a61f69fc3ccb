//! What must hold of requests that take pods away in waves: each pod once, each under a word, and all of them in the end.

use std::collections::BTreeMap;

use domain::{
    actions::{RequestView, StateName},
    audit::{Entry, EntryOutcome},
};

use crate::{desk::PODS_IN_WAVES, record::Record, writes::Write};

pub(crate) fn goes_in_waves(request: &RequestView) -> bool {
    request.action.as_str() == "restart-pods"
}

pub(crate) fn violations(record: &Record) -> Vec<String> {
    let requests = record.requests.iter().filter(|request| goes_in_waves(request));
    requests.flat_map(|request| of(record, request)).collect()
}

fn of(record: &Record, request: &RequestView) -> Vec<String> {
    let id = request.id.to_string();
    let writes = record.seen.writes.iter().filter(|write| write.request == id);
    let done: Vec<_> = writes.filter(|write| record.seen.took_effect(write)).collect();
    let mut found = Vec::new();
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for write in &done {
        *times.entry(write.target.as_str()).or_default() += 1;
        if !has_a_word(record, &id, write) {
            found.push(format!("{} went in a wave of {id} that has no word", write.target));
        }
    }
    let twice = times.iter().filter(|(_, times)| **times > 1);
    found.extend(twice.map(|(pod, times)| format!("{pod} went {times} times for {id}")));
    if times.len() != PODS_IN_WAVES || request.state != StateName::Succeeded {
        let (state, outcome) = (request.state.as_str(), &request.outcome);
        found.push(format!("{id} is {state} with {times:?} gone: {outcome:?}"));
    }
    found
}

fn has_a_word(record: &Record, request: &str, write: &Write) -> bool {
    let names_it = |entry: &Entry| {
        let pods = entry.detail.get("pods").and_then(|pods| pods.as_array());
        pods.is_some_and(|pods| pods.iter().any(|pod| pod["name"] == write.target))
    };
    record.entries.iter().any(|entry| {
        entry.outcome == EntryOutcome::WaveIntended
            && entry.request.is_some_and(|id| id.to_string() == request)
            && entry.at <= write.received
            && names_it(entry)
    })
}
