//! What became of the runs, for people.

use std::{collections::BTreeMap, fmt};

use domain::actions::{EffectSeen, RequestView, Verdict};

use crate::{record::Record, runs::Story, writes::Does};

/// Each point with its hits, and how the requests ended that met it.
pub(crate) struct Table<'a> {
    pub(crate) stories: &'a [Story],
    pub(crate) record: &'a Record,
}

impl fmt::Display for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut points: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for story in self.stories {
            points.entry(story.point).or_default().push(story);
        }
        writeln!(f, "{:<24}{:>5}{:>9}  ended", "killed at", "hits", "done")?;
        for (point, stories) in points {
            let name = point.map_or("random".to_owned(), |point| point.to_string());
            let done = stories.iter().filter(|story| self.record.effects(&story.request) > 0);
            let (hits, done) = (stories.len(), done.count());
            writeln!(f, "{name:<24}{hits:>5}{done:>9}  {}", self.ends(&stories))?;
        }
        let (entries, requests) = (self.record.entries.len(), self.record.requests.len());
        let count = |does| self.record.seen.writes.iter().filter(|it| it.does == does).count();
        let (evictions, scales) = (count(Does::Evict), count(Does::Scale));
        write!(f, "{entries} entries, {requests} requests, {evictions} evictions, {scales} scales")
    }
}

impl Table<'_> {
    fn ends(&self, stories: &[&Story]) -> String {
        let mut ends: BTreeMap<_, u32> = BTreeMap::new();
        for story in stories {
            let request = self.record.request(&story.request);
            let end = request.map_or("gone".to_owned(), |it| format!("{} {}", it.action, end(it)));
            *ends.entry(end).or_default() += 1;
        }
        let ends = ends.iter().map(|(end, times)| format!("{end} {times}"));
        ends.collect::<Vec<_>>().join(", ")
    }
}

fn end(request: &RequestView) -> &'static str {
    match request.outcome.as_ref().map(|outcome| &outcome.verdict) {
        None => request.state.as_str(),
        Some(Verdict::Succeeded { .. }) => "succeeded",
        Some(Verdict::Failed { effect: EffectSeen::None, .. }) => "failed without effect",
        Some(Verdict::Failed { effect: EffectSeen::TookPlace, .. }) => "failed with effect",
        Some(Verdict::Unknown { .. }) => "unknown",
    }
}
