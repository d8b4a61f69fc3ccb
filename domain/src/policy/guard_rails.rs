//! The bounds within which an action is carried out without more ado, as `actions.toml` says.

use std::{collections::BTreeMap, fmt, str::FromStr, time::Duration};

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// The guard rails of an action. An absent one does not stand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuardRails {
    /// The largest change of a workload's replicas, in percent of what it wants now.
    pub largest_change: Option<u32>,
    /// The least replicas that stay ready.
    pub ready_floor: Option<u32>,
    /// How long one target is left alone after it was acted on.
    pub cool_down: Option<Duration>,
    /// How often one tenant may be acted on.
    pub rate: Option<Rate>,
    /// How many signatures in all lift a guard rail; one that is not listed cannot be lifted.
    pub lift: BTreeMap<GuardRail, u32>,
}

/// So many times within so long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    /// The most times.
    pub most: u32,
    /// Within the last so long.
    pub within: Duration,
}

/// A time in which nothing is to be changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Freeze {
    /// What it is called: people read it where they are refused.
    pub name: String,
    /// From when.
    pub from: Timestamp,
    /// Until when; from that moment on it is over.
    pub until: Timestamp,
}

impl Freeze {
    /// The first of these that stands at a moment.
    #[must_use]
    pub fn standing(freezes: &[Self], now: Timestamp) -> Option<&Self> {
        freezes.iter().find(|freeze| freeze.stands(now))
    }

    /// Whether it stands at a moment.
    #[must_use]
    pub fn stands(&self, now: Timestamp) -> bool {
        self.from <= now && now < self.until
    }
}

/// A kind of guard rail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GuardRail {
    /// See [`GuardRails::largest_change`].
    LargestChange,
    /// See [`GuardRails::ready_floor`].
    ReadyFloor,
    /// See [`GuardRails::cool_down`].
    CoolDown,
    /// See [`GuardRails::rate`].
    Rate,
    /// See [`Freeze`].
    Freeze,
}

impl GuardRail {
    /// Every kind.
    pub const ALL: [Self; 5] =
        [Self::LargestChange, Self::ReadyFloor, Self::CoolDown, Self::Rate, Self::Freeze];

    /// As `actions.toml` and the API write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LargestChange => "largest-change",
            Self::ReadyFloor => "ready-floor",
            Self::CoolDown => "cool-down",
            Self::Rate => "rate",
            Self::Freeze => "freeze",
        }
    }
}

impl fmt::Display for GuardRail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// There is no such guard rail.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no guard rail {name:?}; there are {}", GuardRail::ALL.map(GuardRail::as_str).join(", "))]
pub struct UnknownGuardRail {
    /// What was written.
    pub name: String,
}

impl FromStr for GuardRail {
    type Err = UnknownGuardRail;

    fn from_str(text: &str) -> Result<Self, UnknownGuardRail> {
        Self::ALL
            .into_iter()
            .find(|rail| rail.as_str() == text)
            .ok_or_else(|| UnknownGuardRail { name: text.chars().take(80).collect() })
    }
}
