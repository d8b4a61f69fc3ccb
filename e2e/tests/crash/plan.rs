//! Which runs are made, drawn from a seed.

use std::{env, fmt, process};

use clap::ValueEnum;
use e2e::crash::{Chance, CrashPoint};

/// How many runs are made.
const RUNS: &str = "SEKISHO_TEST_CRASH_RUNS";
/// What they are drawn from.
const SEED: &str = "SEKISHO_TEST_CRASH_SEED";
const USUAL_RUNS: u64 = 10;

/// The runs of a test.
pub(crate) struct Plan {
    pub(crate) seed: u64,
    /// Where each run's console is killed: at a named point, or at random.
    pub(crate) points: Vec<Option<CrashPoint>>,
}

impl Plan {
    pub(crate) fn from_environment() -> Self {
        let runs = number(RUNS).unwrap_or(USUAL_RUNS);
        let any = || Chance::new(u64::from(process::id())).draw();
        Self::drawn(number(SEED).unwrap_or_else(any), usize::try_from(runs).unwrap())
    }

    /// Every point as often as seven tenths of the runs allow, but once; the rest is random.
    fn drawn(seed: u64, runs: usize) -> Self {
        let named: Vec<_> = of_one_call().collect();
        let each = (runs * 7 / 10 / named.len()).max(1);
        let mut points: Vec<_> =
            named.iter().copied().map(Some).cycle().take(each * named.len()).collect();
        points.resize(runs, None);
        Chance::new(seed).shuffle(&mut points);
        Self { seed, points }
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (runs, seed) = (self.points.len(), self.seed);
        write!(f, "{runs} runs drawn from {SEED}={seed}")
    }
}

/// The points in the life of a request that is carried out by one call.
fn of_one_call() -> impl Iterator<Item = CrashPoint> {
    CrashPoint::value_variants().iter().copied().filter(|point| !point.is_of_waves())
}

fn number(variable: &str) -> Option<u64> {
    env::var(variable)
        .ok()
        .map(|text| text.parse().unwrap_or_else(|_| panic!("{variable} is no number")))
}

#[test]
fn a_hundred_runs_hit_each_point_five_times_and_ten_hit_each_once() {
    let hits = |runs| {
        let plan = Plan::drawn(1, runs);
        assert_eq!(plan.points.len(), runs);
        let hit = |point| plan.points.iter().filter(|planned| **planned == Some(point)).count();
        of_one_call().map(hit).min()
    };
    assert_eq!((hits(10), hits(100)), (Some(1), Some(7)));
}
