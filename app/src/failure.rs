//! Why a page could not show or do something: a problem of the console, or one on the way to it.

use domain::{Problem, ProblemCode};
use serde::{Deserialize, Serialize};
use server_fn::error::{FromServerFnError, ServerFnErrorErr};

use crate::wire::JsonText;

/// Why a page could not show or do something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// The console said no.
    #[error(transparent)]
    Problem(#[from] Problem),
    /// The passkey was not used.
    #[error(transparent)]
    Passkey(#[from] PasskeyTrouble),
    /// The console did not answer.
    #[error("the console cannot be reached")]
    Unreachable,
}

/// Why a passkey was not used. Nothing was sent to the console.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum PasskeyTrouble {
    /// The person closed the prompt, or it ran out of time.
    #[error("the passkey prompt was dismissed")]
    Dismissed,
    /// The browser has no passkeys here.
    #[error("this browser cannot use passkeys here")]
    Unsupported,
    /// The device holds a passkey of this person already.
    #[error("this device holds a passkey of this person already")]
    AlreadyHere,
    /// What would happen changed while the person was reading.
    #[error("the preview changed since it was shown")]
    PreviewMoved,
    /// Something was done or said in the case while the person was reading.
    #[error("the case changed since it was shown")]
    CaseMoved,
    /// The challenge commits to something other than what is shown.
    #[error("the challenge does not commit to what is shown: {part}")]
    OtherChallenge {
        /// The first part that differs.
        part: String,
    },
}

impl Failure {
    /// Whether signing in would help.
    pub(crate) fn is_signed_out(&self) -> bool {
        matches!(self, Self::Problem(Problem { code: ProblemCode::SignedOut, .. }))
    }

    /// Whether there is nothing to be seen.
    pub(crate) fn is_not_visible(&self) -> bool {
        matches!(self, Self::Problem(Problem { code: ProblemCode::NotVisible, .. }))
    }
}

impl From<ProblemCode> for Failure {
    fn from(code: ProblemCode) -> Self {
        Self::Problem(code.into())
    }
}

impl FromServerFnError for Failure {
    type Encoder = JsonText;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) => Self::Unreachable,
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => {
                Problem::malformed("arguments", error).into()
            }
            _ => ProblemCode::Internal.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_crosses_the_wire_whole() {
        let failures = [
            Failure::from(ProblemCode::NotVisible),
            Problem::from(ProblemCode::Refused).with("rule", "owners").into(),
            PasskeyTrouble::OtherChallenge { part: "digest".into() }.into(),
            Failure::Unreachable,
        ];
        for failure in failures {
            assert_eq!(Failure::de(failure.ser()), failure);
        }
    }

    #[test]
    fn an_answer_that_is_no_failure_of_ours_is_an_internal_problem() {
        let page = "<html>502 Bad Gateway</html>".as_bytes().to_vec();
        assert_eq!(Failure::de(page.into()), ProblemCode::Internal.into());
    }
}
