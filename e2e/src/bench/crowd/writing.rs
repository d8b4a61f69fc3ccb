//! Writing many objects, some at once.

use std::time::Duration;

use axum::http::{Method, StatusCode};
use futures::{StreamExt, TryStreamExt, stream};
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::bench::{Trouble, caller::Caller};

/// Writers at work at once.
const WRITERS: usize = 16;
/// How often a write is tried that the API server puts off, and how long between.
const TRIES: u32 = 40;
const PAUSE: Duration = Duration::from_millis(250);

/// One object to write.
pub(super) struct Write {
    method: Method,
    path: String,
    media_type: &'static str,
    object: Value,
}

impl Write {
    pub(super) fn create(path: String, object: Value) -> Self {
        Self { method: Method::POST, path, media_type: "application/json", object }
    }

    pub(super) fn patch(path: String, object: Value) -> Self {
        Self { method: Method::PATCH, path, media_type: "application/merge-patch+json", object }
    }

    pub(super) fn namespace(name: &str) -> Self {
        let object = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}});
        Self::create("/api/v1/namespaces".to_owned(), object)
    }

    /// Sends it, and again while the API server is not ready for it. Returns the object as it stands then.
    pub(super) async fn send(self, admin: &Caller) -> Result<Value, Trouble> {
        let mut tries = 0;
        loop {
            let answer =
                admin.write(self.method.clone(), &self.path, self.media_type, &self.object).await?;
            tries += 1;
            if tries == TRIES || !is_put_off(answer.status, &answer.text()) {
                return answer.json();
            }
            sleep(PAUSE).await;
        }
    }
}

/// Too many at once, or the token of the namespace's account is still on its way.
fn is_put_off(status: StatusCode, text: &str) -> bool {
    status == StatusCode::TOO_MANY_REQUESTS || (!status.is_success() && text.contains("API token"))
}

/// Does all of these, some at once.
pub(super) async fn write_all<F>(writes: impl Iterator<Item = F>) -> Result<(), Trouble>
where
    F: Future<Output = Result<Value, Trouble>>,
{
    stream::iter(writes).buffer_unordered(WRITERS).try_for_each(|_| async { Ok(()) }).await
}
