//! A pod's life: from what it is now and what it is told to do, the next step. Decides only;
//! it never talks to the cluster and never looks at a clock.

use std::time::Duration;

use jiff::Timestamp;
use k8s_openapi::api::core::v1::Pod;

use crate::behaviour::{Behaviour, Unknown};

/// What its containers are doing, once a node has taken the pod.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Containers {
    /// Being created.
    Creating,
    /// Running and ready.
    Ready,
    /// Running; the readiness probe fails.
    Unready,
    /// Failed, waiting for the next attempt.
    CrashLooping,
    /// Ended with an error, for good.
    Failed,
    /// Refused, with a message for whoever wrote the pod.
    Refused(String),
}

/// What is to be done about a pod.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing until it changes.
    Rest,
    /// Nothing until this much time has passed.
    Wait(Duration),
    /// Report what its containers do.
    Report(Containers),
    /// It has ended: remove it.
    Remove,
}

/// The next step in the life of `pod`, which has been given to a node of ours.
#[must_use]
pub fn next(pod: &Pod, now: Timestamp) -> Step {
    let behaviour = Behaviour::of(pod.metadata.annotations.as_ref());
    if pod.metadata.deletion_timestamp.is_some() {
        return if behaviour == Ok(Behaviour::Hangs) { Step::Rest } else { Step::Remove };
    }
    let status = pod.status.as_ref();
    let phase = status.and_then(|status| status.phase.as_deref()).unwrap_or("Pending");
    if phase != "Pending" {
        return Step::Rest;
    }
    let taken = status.and_then(|status| status.start_time.as_ref()).map(|time| time.0);
    match (behaviour, taken) {
        (Ok(Behaviour::Slow(delay)), Some(taken)) => after(delay, taken, now),
        (_, Some(_)) => Step::Rest,
        (behaviour, None) => Step::Report(first(behaviour)),
    }
}

/// What containers do when a node has just taken the pod.
fn first(behaviour: Result<Behaviour, Unknown>) -> Containers {
    match behaviour {
        Ok(Behaviour::Healthy | Behaviour::Hangs) => Containers::Ready,
        Ok(Behaviour::Fails) => Containers::Failed,
        Ok(Behaviour::NeverReady) => Containers::Unready,
        Ok(Behaviour::CrashLoop) => Containers::CrashLooping,
        Ok(Behaviour::Pending | Behaviour::Slow(_)) => Containers::Creating,
        Err(unknown) => Containers::Refused(unknown.to_string()),
    }
}

fn after(delay: Duration, taken: Timestamp, now: Timestamp) -> Step {
    // The cluster keeps whole seconds: a pod that was taken late in one may be early.
    let passed = Duration::try_from(now.duration_since(taken)).unwrap_or_default();
    match delay.checked_sub(passed) {
        Some(left) if !left.is_zero() => Step::Wait(left),
        _ => Step::Report(Containers::Ready),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::behaviour::ANNOTATION;
    use k8s_openapi::{
        api::core::v1::PodStatus,
        apimachinery::pkg::apis::meta::v1::{ObjectMeta, Time},
    };

    const NOON: Timestamp = Timestamp::constant(1_700_000_000, 0);

    fn told(behaviour: &str) -> Pod {
        let annotations = [(ANNOTATION.to_owned(), behaviour.to_owned())].into();
        let metadata = ObjectMeta { annotations: Some(annotations), ..ObjectMeta::default() };
        Pod { metadata, ..Pod::default() }
    }

    fn in_phase(mut pod: Pod, phase: &str) -> Pod {
        pod.status = Some(PodStatus {
            phase: Some(phase.to_owned()),
            start_time: Some(Time(NOON)),
            ..PodStatus::default()
        });
        pod
    }

    #[test]
    fn each_behaviour_begins_as_told() {
        let begins = |pod: &Pod| next(pod, NOON);

        assert_eq!(begins(&Pod::default()), Step::Report(Containers::Ready));
        assert_eq!(begins(&told("never-ready")), Step::Report(Containers::Unready));
        assert_eq!(begins(&told("crash-loop")), Step::Report(Containers::CrashLooping));
        assert_eq!(begins(&told("pending")), Step::Report(Containers::Creating));
        assert_eq!(begins(&told("slow:1")), Step::Report(Containers::Creating));
        assert_eq!(begins(&told("hangs")), Step::Report(Containers::Ready));
        assert_eq!(begins(&told("fails")), Step::Report(Containers::Failed));
        assert!(matches!(begins(&told("fly")), Step::Report(Containers::Refused(_))));
    }

    #[test]
    fn a_slow_pod_waits_out_its_time() {
        let pod = in_phase(told("slow:2500"), "Pending");
        let after = |milliseconds| next(&pod, NOON + Duration::from_millis(milliseconds));

        assert_eq!(after(0), Step::Wait(Duration::from_millis(2500)));
        assert_eq!(after(2000), Step::Wait(Duration::from_millis(500)));
        assert_eq!(after(2500), Step::Report(Containers::Ready));
    }

    #[test]
    fn what_was_reported_is_left_alone() {
        assert_eq!(next(&in_phase(Pod::default(), "Running"), NOON), Step::Rest);
        assert_eq!(next(&in_phase(told("pending"), "Pending"), NOON), Step::Rest);
        assert_eq!(next(&in_phase(told("crash-loop"), "Running"), NOON), Step::Rest);
    }

    #[test]
    fn a_terminating_pod_is_removed_unless_it_was_told_to_hang() {
        for behaviour in ["pending", "crash-loop", "slow:60000"] {
            let mut pod = in_phase(told(behaviour), "Running");
            pod.metadata.deletion_timestamp = Some(Time(NOON));

            assert_eq!(next(&pod, NOON), Step::Remove, "{behaviour}");
        }
        let mut pod = in_phase(told("hangs"), "Running");
        pod.metadata.deletion_timestamp = Some(Time(NOON));
        assert_eq!(next(&pod, NOON), Step::Rest);
    }
}
