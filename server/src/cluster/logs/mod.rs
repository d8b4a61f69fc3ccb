//! The last lines of a container, read as the person who looks and with no more power than they have themselves.
//!
//! The console's own account never reads any. What was read is given for some seconds, to that person alone, and to no
//! log, metric or entry.

use std::{sync::Arc, time::Duration};

use axum::body::to_bytes;
use domain::{
    names::ClusterUser,
    resources::{ClusterError, ContainerRun, Lines, Run},
    time::Clock,
};
use http::StatusCode;
use kube::{
    Client,
    api::LogParams,
    core::{Request, Status},
};
use tokio::time::{error::Elapsed, timeout};

use super::{
    answers::Answers,
    failure::{meaning, meaning_of_status, no_answer},
    person::Person,
};

/// How old an answer may be, lines or none. Whoever looks, looks every few seconds.
const KEPT_FOR: Duration = Duration::from_secs(10);
/// How many answers are kept at most.
const KEPT: usize = 100;
/// How long the answer may take: a page waits for it.
const PATIENCE: Duration = Duration::from_secs(3);
/// How many bytes are read at most.
const LIMIT: usize = 64 << 10;
/// How many lines are asked for, and how many when these are so long that the limit cuts the last of them off.
const ASKED_FOR: [usize; 2] = [Lines::MOST, 1];

/// What the containers of one cluster wrote.
pub(super) struct ContainerLogs {
    client: Client,
    clock: Arc<dyn Clock>,
    answers: Answers<(ClusterUser, ContainerRun), Lines>,
}

impl ContainerLogs {
    pub(super) fn new(client: Client, clock: Arc<dyn Clock>) -> Self {
        Self { client, clock, answers: Answers::new(KEPT_FOR, KEPT) }
    }

    /// The last lines of one run of a container. Failures are kept, too: a node that is down is not asked at each look.
    pub(super) async fn last_lines(
        &self,
        user: &ClusterUser,
        run: &ContainerRun,
    ) -> Result<Lines, ClusterError> {
        let person = Person::looking(&self.client, user)?;
        let now = self.clock.now();
        self.answers.forget_old(now);
        let key = (user.clone(), run.clone());
        let read = || read_in_time(person, run.clone());
        self.answers.ask(now, &key, read).await
    }
}

async fn read_in_time(person: Person, run: ContainerRun) -> Result<Lines, ClusterError> {
    match timeout(PATIENCE, read(&person, &run)).await {
        Ok(read) => read,
        Err(Elapsed { .. }) => Err(no_answer(PATIENCE)),
    }
}

async fn read(person: &Person, run: &ContainerRun) -> Result<Lines, ClusterError> {
    let mut written = Vec::new();
    for lines in ASKED_FOR {
        written = written_last(person, run, lines).await?;
        if written.len() < LIMIT {
            break;
        }
    }
    Ok(Lines::last_of(&written))
}

/// What was written last, from the beginning of that many lines up to the limit.
async fn written_last(
    person: &Person,
    run: &ContainerRun,
    lines: usize,
) -> Result<Vec<u8>, ClusterError> {
    let asked = LogParams {
        container: Some(run.container.clone()),
        previous: run.run == Run::Previous,
        tail_lines: i64::try_from(lines).ok(),
        limit_bytes: i64::try_from(LIMIT).ok(),
        ..LogParams::default()
    };
    let pods = Request::new(format!("/api/v1/namespaces/{}/pods", run.namespace));
    let request = pods.logs(run.pod.as_str(), &asked).map_err(unexpected)?;
    let answer = person.send(request).await.map_err(|error| meaning(&error))?;
    let (head, body) = answer.into_parts();
    let body = to_bytes(axum::body::Body::new(body), LIMIT).await.map_err(unexpected)?;
    if head.status.is_success() { Ok(body.into()) } else { Err(refusal(head.status, &body)) }
}

fn refusal(code: StatusCode, body: &[u8]) -> ClusterError {
    let status = serde_json::from_slice::<Status>(body)
        .unwrap_or_else(|_| Status::failure(&String::from_utf8_lossy(body), ""))
        .with_code(code.as_u16());
    match status.code {
        // There is no such run, or it has not begun.
        400 => ClusterError::NotFound,
        // The API server speaks so of a node that it does not reach.
        500.. => ClusterError::Unreachable { message: status.message },
        _ => meaning_of_status(&status),
    }
}

fn unexpected(error: impl std::error::Error) -> ClusterError {
    ClusterError::Unexpected { message: error.to_string() }
}

#[cfg(test)]
mod tests;
