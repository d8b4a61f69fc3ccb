//! One watch: list, follow, and begin anew when it breaks.
//!
//! It is our own loop over list and watch calls, because freshness needs to hear bookmarks, which
//! `kube::runtime::watcher` keeps to itself.

use std::{pin::pin, sync::Arc, time::Duration};

use domain::resources::Change;
use futures::StreamExt;
use kube::api::{ListParams, WatchEvent, WatchParams};
use tokio::time::{Instant, error::Elapsed, sleep, timeout};

use super::{
    backoff::Backoff,
    health::News,
    shelf::{Difference, Shelf},
    source::{Feed, Source, Watched},
};
use crate::cluster::{connection::CALL_TIMEOUT, failure::chain};

/// How many objects one page of a list holds: what bounds the memory a list takes.
const PAGE: u32 = 500;
/// How long one watch call lasts, in seconds. Its end is news too: nothing is older than this unheard.
const WATCH_SECONDS: u32 = 30;
/// A watch that is silent for this long is dead: the API server should have ended it.
const SILENCE: Duration = Duration::from_secs(WATCH_SECONDS as u64 + 5);
/// How long until a kind that the cluster does not serve is looked for again.
const ABSENT: Duration = Duration::from_secs(WATCH_SECONDS as u64);
/// A watch that ends sooner than this without a word is treated as broken.
const TOO_SHORT: Duration = Duration::from_secs(1);

/// Why a watch broke.
#[derive(Debug, thiserror::Error)]
enum Trouble {
    /// The connection; the watch goes on where it was.
    #[error("{0}")]
    Connection(String),
    /// The version is too old to go on from (410): everything is listed again.
    #[error("the cluster no longer knows the version the watch stood at")]
    Expired,
    /// The API server refuses; everything is listed again, in case it stops to.
    #[error("{0}")]
    Refused(String),
}

impl From<kube::Error> for Trouble {
    fn from(error: kube::Error) -> Self {
        match &error {
            kube::Error::Api(status) if status.code == 410 => Self::Expired,
            kube::Error::Api(status) if status.code < 500 && status.code != 429 => {
                Self::Refused(chain(&error))
            }
            _ => Self::Connection(chain(&error)),
        }
    }
}

impl From<Elapsed> for Trouble {
    fn from(_: Elapsed) -> Self {
        Self::Connection("the API server does not answer".to_owned())
    }
}

/// Where a watch goes on.
struct Position<K, R> {
    feed: Feed<K, R>,
    version: String,
}

/// Keeps a shelf like the cluster, as long as it is polled.
pub(super) async fn keep<S, H>(source: S, shelf: Arc<H>, news: News)
where
    S: Source,
    H: Shelf<Row = S::Row>,
{
    let mut backoff = Backoff::default();
    let mut position = None;
    loop {
        let trouble = match &mut position {
            Some(at) => follow(at, shelf.as_ref(), &news, &mut backoff).await.err(),
            None => match begin(&source, shelf.as_ref(), &news).await {
                Ok(Some(at)) => {
                    position = Some(at);
                    None
                }
                Ok(None) => {
                    sleep(ABSENT).await;
                    None
                }
                Err(trouble) => Some(trouble),
            },
        };
        let Some(trouble) = trouble else { continue };
        if !matches!(trouble, Trouble::Connection(_)) {
            position = None;
        }
        if !matches!(trouble, Trouble::Expired) {
            news.broken(&trouble);
        }
        sleep(backoff.wait()).await;
    }
}

/// Lists everything; none when the cluster does not serve the kind.
async fn begin<S, H>(
    source: &S,
    shelf: &H,
    news: &News,
) -> Result<Option<Position<S::Object, S::Row>>, Trouble>
where
    S: Source,
    H: Shelf<Row = S::Row>,
{
    let Some(feed) = timeout(CALL_TIMEOUT, source.open()).await?? else {
        shelf.replace(Vec::new());
        news.heard();
        return Ok(None);
    };
    let mut rows = Vec::new();
    let mut params = ListParams::default().limit(PAGE);
    let version = loop {
        let page = timeout(CALL_TIMEOUT, feed.api.list(&params)).await??;
        let on_page = page.items.into_iter().filter_map(|object| feed.row(object));
        rows.extend(on_page.filter_map(|(place, row)| Some((place, row?))));
        match page.metadata.continue_.filter(|token| !token.is_empty()) {
            Some(token) => params = params.continue_token(&token),
            None => break page.metadata.resource_version.unwrap_or_default(),
        }
    };
    shelf.replace(rows);
    news.heard();
    news.changed(Change::Everything);
    Ok(Some(Position { feed, version }))
}

/// Follows changes until the watch call ends, as it does every half minute.
async fn follow<K, H>(
    at: &mut Position<K, H::Row>,
    shelf: &H,
    news: &News,
    backoff: &mut Backoff,
) -> Result<(), Trouble>
where
    K: Watched,
    H: Shelf,
{
    let began = Instant::now();
    let params = WatchParams::default().timeout(WATCH_SECONDS);
    let watch = at.feed.api.watch(&params, &at.version);
    let mut events = pin!(timeout(CALL_TIMEOUT, watch).await??);
    news.heard();
    let mut silent = true;
    while let Some(event) = timeout(SILENCE, events.next()).await? {
        take(at, shelf, news, event?)?;
        news.heard();
        backoff.reset();
        silent = false;
    }
    if silent && began.elapsed() < TOO_SHORT {
        return Err(Trouble::Connection("the watch ended at once".to_owned()));
    }
    backoff.reset();
    Ok(())
}

fn take<K, H>(
    at: &mut Position<K, H::Row>,
    shelf: &H,
    news: &News,
    event: WatchEvent<K>,
) -> Result<(), Trouble>
where
    K: Watched,
    H: Shelf,
{
    let (object, deleted) = match event {
        WatchEvent::Added(object) | WatchEvent::Modified(object) => (object, false),
        WatchEvent::Deleted(object) => (object, true),
        WatchEvent::Bookmark(bookmark) => {
            at.version = bookmark.metadata.resource_version;
            return Ok(());
        }
        WatchEvent::Error(status) => return Err(kube::Error::Api(status).into()),
    };
    if let Some(version) = Feed::<K, H::Row>::version(&object) {
        at.version = version;
    }
    let Some((place, row)) = at.feed.row(object) else {
        return Ok(());
    };
    let namespace = place.namespace.clone();
    let difference = match row {
        Some(row) if !deleted => shelf.put(place, row),
        last => shelf.remove(&place, last),
    };
    if difference == Difference::Changed {
        news.changed(Change::Namespace(namespace));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
