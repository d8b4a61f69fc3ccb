//! What the cluster's failures mean to the domain.

use std::{error::Error as StdError, time::Duration};

use domain::resources::ClusterError;
use kube::core::Status;
use tokio::time::{error::Elapsed, timeout};

use super::connection::CALL_TIMEOUT;

/// Makes one call that changes nothing, within the time a call may take.
pub(super) async fn within_time<T>(
    call: impl Future<Output = kube::Result<T>>,
) -> Result<T, ClusterError> {
    match timeout(CALL_TIMEOUT, call).await {
        Ok(answer) => answer.map_err(|error| meaning(&error)),
        Err(Elapsed { .. }) => Err(no_answer(CALL_TIMEOUT)),
    }
}

/// The cluster did not answer in time.
pub(super) fn no_answer(after: Duration) -> ClusterError {
    ClusterError::Unreachable { message: format!("no answer within {after:?}") }
}

/// What an error of a call that changes nothing means.
pub(super) fn meaning(error: &kube::Error) -> ClusterError {
    match error {
        kube::Error::Api(status) => meaning_of_status(status),
        kube::Error::SerdeError(_) | kube::Error::FromUtf8(_) => {
            ClusterError::Unexpected { message: chain(error) }
        }
        _ => ClusterError::Unreachable { message: chain(error) },
    }
}

/// What a refusal of the API server means.
pub(super) fn meaning_of_status(status: &Status) -> ClusterError {
    let message = status.message.clone();
    match status.code {
        404 => ClusterError::NotFound,
        403 => ClusterError::Refused { message },
        429 => ClusterError::Busy,
        502..=504 => ClusterError::Unreachable { message },
        code => ClusterError::Unexpected { message: format!("{code} {message}") },
    }
}

/// An error with all its causes, outermost first.
pub(super) fn chain(error: &(dyn StdError + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let next = error.to_string();
        if !text.contains(&next) {
            text = format!("{text}: {next}");
        }
        cause = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(code: u16) -> ClusterError {
        let status = Status::failure("words", "Reason").with_code(code);
        meaning(&kube::Error::Api(status.boxed()))
    }

    #[test]
    fn statuses_are_told_apart() {
        assert_eq!(status(404), ClusterError::NotFound);
        assert_eq!(status(429), ClusterError::Busy);
        let message = "words".to_owned();
        assert_eq!(status(403), ClusterError::Refused { message });
        assert!(matches!(status(503), ClusterError::Unreachable { .. }));
        assert!(
            matches!(status(409), ClusterError::Unexpected { message } if message == "409 words")
        );
    }

    #[tokio::test(start_paused = true)]
    async fn a_call_without_answer_ends() {
        let never = within_time(std::future::pending::<kube::Result<()>>()).await;
        assert!(matches!(never, Err(ClusterError::Unreachable { .. })));
    }
}
