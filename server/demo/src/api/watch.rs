//! `watch`: the history as a stream of events, with bookmarks, selectors and `410 Expired`.
//!
//! Never skips a change: a watch that falls out of the history ends with an error event.

use std::{convert::Infallible, future::pending, sync::Arc, time::Duration};

use axum::body::{Body, Bytes};
use futures::stream;
use serde_json::{Value, json};
use tokio::{
    sync::watch,
    time::{Instant, sleep_until},
};

use super::{Answer, call::Call, read::is_in, view::View};
use crate::{
    access::Resource,
    cluster::{Cluster, Interruption},
    kinds::Kind,
    object::Object,
    refusal::Refusal,
    selector::Selector,
    store::Change,
};

/// How long a watch lasts for which the client sets no end.
const DEFAULT_TIMEOUT: Duration = Duration::from_mins(30);

struct Watch {
    cluster: Arc<Cluster>,
    kind: &'static Kind,
    resource: Resource,
    selector: Selector,
    view: View,
    /// The state before the first change, for clients that ask for one.
    opening: Option<Vec<Value>>,
    seen: u64,
    bookmark: Option<Instant>,
    ends: Instant,
    revisions: watch::Receiver<u64>,
    interruptions: watch::Receiver<Interruption>,
    over: bool,
}

pub(super) fn open(
    cluster: &Arc<Cluster>,
    call: &Call,
    kind: &'static Kind,
    resource: &Resource,
    view: View,
) -> Result<Answer, Refusal> {
    let now = Instant::now();
    let mut watch = Watch {
        selector: call.options.selector(kind)?,
        cluster: Arc::clone(cluster),
        kind,
        resource: resource.clone(),
        view,
        opening: None,
        seen: call.options.resource_version.parse().unwrap_or(0),
        bookmark: call.options.wants_bookmarks().then(|| now + cluster.bookmark_every),
        ends: now + call.options.timeout().unwrap_or(DEFAULT_TIMEOUT),
        revisions: cluster.store.subscribe(),
        interruptions: cluster.interruptions(),
        over: false,
    };
    if watch.seen == 0 {
        watch.read_state();
    }
    let events = stream::unfold(watch, Watch::next);
    Ok(Answer::Stream(Body::from_stream(events)))
}

impl Watch {
    /// Without a revision, a watch begins with what is there.
    fn read_state(&mut self) {
        let (objects, revision) = self.cluster.store.snapshot();
        let members = objects.iter().filter(|(key, _)| is_in(key, self.kind, &self.resource));
        let matching = members.filter(|(_, object)| self.selector.matches(object));
        let added = matching.map(|(_, object)| event("ADDED", &self.view.object(object)));
        self.opening = Some(added.collect());
        self.seen = revision;
    }

    /// Waits for the next events; `None` when the watch is over.
    async fn next(mut self) -> Option<(Result<Bytes, Infallible>, Self)> {
        let mut events = self.opening.take().unwrap_or_default();
        while events.is_empty() && !self.over {
            self.revisions.mark_unchanged();
            match self.cluster.store.changes_since(self.seen) {
                Ok(changes) => events.extend(self.take(&changes)),
                Err(expired) => events.push(self.fail(&expired)),
            }
            if events.is_empty() {
                events.extend(self.wait().await);
            }
        }
        if events.is_empty() {
            return None;
        }
        let lines: Vec<String> = events.iter().map(Value::to_string).collect();
        Some((Ok(Bytes::from(lines.join("\n") + "\n")), self))
    }

    fn take(&mut self, changes: &[Change]) -> Vec<Value> {
        if let Some(last) = changes.last() {
            self.seen = last.revision;
        }
        let members = changes.iter().filter(|change| is_in(&change.key, self.kind, &self.resource));
        members.filter_map(|change| self.describe(change)).collect()
    }

    /// A change as this watch sees it: what stops matching its selector is deleted to it.
    fn describe(&self, change: &Change) -> Option<Value> {
        let matching = |object: &Option<Arc<Object>>| {
            object.clone().filter(|object| self.selector.matches(object))
        };
        match (matching(&change.before), matching(&change.after)) {
            (None, Some(after)) => Some(event("ADDED", &self.view.object(&after))),
            (Some(_), Some(after)) => Some(event("MODIFIED", &self.view.object(&after))),
            (Some(before), None) => {
                let mut last = self.view.object(&before);
                last["metadata"]["resourceVersion"] = json!(change.revision.to_string());
                Some(event("DELETED", &last))
            }
            (None, None) => None,
        }
    }

    fn fail(&mut self, refusal: &Refusal) -> Value {
        self.over = true;
        event("ERROR", &refusal.status())
    }

    async fn wait(&mut self) -> Option<Value> {
        let bookmark = self.bookmark;
        let bookmark_is_due = async move {
            match bookmark {
                Some(at) => sleep_until(at).await,
                None => pending().await,
            }
        };
        tokio::select! {
            _ = self.revisions.changed() => None,
            () = bookmark_is_due => Some(self.bookmark()),
            () = sleep_until(self.ends) => { self.over = true; None }
            _ = self.interruptions.changed() => {
                let interruption = *self.interruptions.borrow_and_update();
                match interruption {
                    Interruption::Expire(_) => Some(self.fail(&Refusal::expired("too old resource version"))),
                    Interruption::None | Interruption::End => { self.over = true; None }
                }
            }
        }
    }

    fn bookmark(&mut self) -> Value {
        self.bookmark = Some(Instant::now() + self.cluster.bookmark_every);
        event(
            "BOOKMARK",
            &json!({
                "kind": self.kind.name,
                "apiVersion": self.kind.api_version(),
                "metadata": { "resourceVersion": self.seen.to_string() },
            }),
        )
    }
}

fn event(kind: &str, object: &Value) -> Value {
    json!({ "type": kind, "object": object })
}
