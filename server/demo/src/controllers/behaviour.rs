//! How a pod behaves, as an annotation on it says: a demo needs things that go wrong.
//!
//! Never affects how the API treats the pod.

use crate::object::Object;

/// The annotation that makes a pod misbehave.
pub(crate) const ANNOTATION: &str = "sekisho.dev/demo";

/// What becomes of a pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Behaviour {
    /// It becomes ready and stays so.
    Healthy,
    /// Its container is killed for want of memory, again and again.
    CrashLoop,
    /// No node has room for it.
    Pending,
    /// It runs, but its readiness probe fails.
    NeverReady,
    /// Its image cannot be pulled.
    ImagePull,
    /// Its container ends successfully.
    Completes,
    /// Its container ends with an error.
    Fails,
    /// It is well, and does not end when it is told to.
    Hangs,
}

impl Behaviour {
    pub(crate) fn of(pod: &Object) -> Self {
        match pod.annotation(ANNOTATION) {
            "crash-loop" => Self::CrashLoop,
            "pending" => Self::Pending,
            "never-ready" => Self::NeverReady,
            "image-pull" => Self::ImagePull,
            "completes" => Self::Completes,
            "fails" => Self::Fails,
            "hangs" => Self::Hangs,
            _ => Self::Healthy,
        }
    }
}
