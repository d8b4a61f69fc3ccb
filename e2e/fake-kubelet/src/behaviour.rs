//! What a pod is told to do, by its annotation `sekisho.dev/fake`. Without one it is healthy.

use std::{collections::BTreeMap, str::FromStr, time::Duration};

/// The annotation's name.
pub const ANNOTATION: &str = "sekisho.dev/fake";

/// How a pod behaves once it is on a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behaviour {
    /// Runs and is ready at once.
    Healthy,
    /// `slow:<ms>`: is ready only after that long.
    Slow(Duration),
    /// `never-ready`: runs, but its readiness probe fails.
    NeverReady,
    /// `crash-loop`: its containers fail again and again.
    CrashLoop,
    /// `pending`: its containers are never created.
    Pending,
    /// `fails`: its containers end with an error, and nobody starts them again.
    Fails,
    /// `hangs`: is well, and does not end when it is told to.
    Hangs,
}

/// An annotation that means nothing.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{ANNOTATION}: `{0}` is none of crash-loop, fails, hangs, never-ready, pending, slow:<ms>")]
pub struct Unknown(String);

impl Behaviour {
    /// What a pod with these annotations is told to do.
    pub fn of(annotations: Option<&BTreeMap<String, String>>) -> Result<Self, Unknown> {
        annotations
            .and_then(|annotations| annotations.get(ANNOTATION))
            .map_or(Ok(Self::Healthy), |told| told.parse())
    }
}

impl FromStr for Behaviour {
    type Err = Unknown;

    fn from_str(told: &str) -> Result<Self, Unknown> {
        let unknown = || Unknown(told.to_owned());
        match told.split_once(':') {
            None if told == "never-ready" => Ok(Self::NeverReady),
            None if told == "crash-loop" => Ok(Self::CrashLoop),
            None if told == "pending" => Ok(Self::Pending),
            None if told == "fails" => Ok(Self::Fails),
            None if told == "hangs" => Ok(Self::Hangs),
            Some(("slow", milliseconds)) => {
                let milliseconds = milliseconds.parse().map_err(|_| unknown())?;
                Ok(Self::Slow(Duration::from_millis(milliseconds)))
            }
            _ => Err(unknown()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(value: &str) -> Result<Behaviour, Unknown> {
        Behaviour::of(Some(&BTreeMap::from([(ANNOTATION.to_owned(), value.to_owned())])))
    }

    #[test]
    fn healthy_unless_told_otherwise() {
        assert_eq!(Behaviour::of(None), Ok(Behaviour::Healthy));
        assert_eq!(Behaviour::of(Some(&BTreeMap::new())), Ok(Behaviour::Healthy));
        assert_eq!(told("crash-loop"), Ok(Behaviour::CrashLoop));
        assert_eq!(told("never-ready"), Ok(Behaviour::NeverReady));
        assert_eq!(told("pending"), Ok(Behaviour::Pending));
        assert_eq!(told("fails"), Ok(Behaviour::Fails));
        assert_eq!(told("hangs"), Ok(Behaviour::Hangs));
        assert_eq!(told("slow:1500"), Ok(Behaviour::Slow(Duration::from_millis(1500))));
    }

    #[test]
    fn nonsense_is_named() {
        for value in ["", "slow", "slow:", "slow:-1", "crash-loop:3", "Pending"] {
            assert_eq!(told(value), Err(Unknown(value.to_owned())), "{value:?}");
        }
    }
}
