//! Whether an action keeps within its guard rails. Pure: the same sight, the same answer.

use serde::{Deserialize, Serialize};

use super::{BlastRadius, Limits, Neighbours, Replacement};
use crate::{
    policy::{Freeze, GuardRail, GuardRails},
    time::Timestamp,
};

/// A guard rail that stands against an action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tripped {
    /// Which.
    pub rail: GuardRail,
    /// What it allows: a share in percent, a number of replicas, a time.
    pub limit: String,
    /// What was found instead.
    pub found: String,
    /// How many signatures lift it; absent where none do.
    pub lifted_by: Option<u32>,
}

/// What guard rails look at.
#[derive(Clone, Copy, Debug)]
pub struct RailSight<'a> {
    /// How far the action reaches.
    pub blast_radius: &'a BlastRadius,
    /// What else was done there.
    pub neighbours: &'a Neighbours,
    /// The times in which nothing is to be changed.
    pub freezes: &'a [Freeze],
    /// The present moment.
    pub now: Timestamp,
}

impl GuardRails {
    /// Those that stand against an action.
    #[must_use]
    pub fn tripped(&self, sight: RailSight<'_>) -> Vec<Tripped> {
        let found = [
            (GuardRail::LargestChange, self.largest_change(sight)),
            (GuardRail::ReadyFloor, self.ready_floor(sight)),
            (GuardRail::CoolDown, self.cool_down(sight)),
            (GuardRail::Rate, self.rate(sight)),
            (GuardRail::Freeze, frozen(sight)),
        ];
        let tripped = found.into_iter().filter_map(|(rail, found)| Some((rail, found?)));
        tripped
            .map(|(rail, (limit, found))| Tripped {
                rail,
                limit,
                found,
                lifted_by: self.lift.get(&rail).copied(),
            })
            .collect()
    }

    /// Those about other executions, to be judged once more when the word is committed. What is lifted does not count.
    #[must_use]
    pub fn limits(&self, lifts: &[GuardRail], now: Timestamp) -> Limits {
        let stands = |rail| !lifts.contains(&rail);
        Limits {
            rate: self
                .rate
                .filter(|_| stands(GuardRail::Rate))
                .map(|rate| (rate.most, now.minus(rate.within))),
            untouched_since: self
                .cool_down
                .filter(|_| stands(GuardRail::CoolDown))
                .map(|rest| now.minus(rest)),
        }
    }

    fn largest_change(&self, sight: RailSight<'_>) -> Option<(String, String)> {
        let limit = self.largest_change?;
        let workload = sight.blast_radius.workload.as_ref()?;
        let (before, after) = (workload.desired, workload.desired_after);
        let change = u64::from(before.abs_diff(after)) * 100;
        // From nothing to something is no share of anything; it is told as the whole.
        let share =
            change.checked_div(u64::from(before)).unwrap_or(if after > 0 { 100 } else { 0 });
        let exact = change > u64::from(limit) * u64::from(before.max(u32::from(after > 0)));
        exact.then(|| (format!("{limit} %"), format!("{share} % ({before} → {after})")))
    }

    fn ready_floor(&self, sight: RailSight<'_>) -> Option<(String, String)> {
        let floor = self.ready_floor?;
        let radius = sight.blast_radius;
        if radius.workload.is_none()
            && matches!(radius.replacement, Some(Replacement::Controller { .. }))
        {
            // Something keeps the pod that is taken away, and nobody here knows how many it keeps.
            return Some((floor.to_string(), "?".to_owned()));
        }
        let pod_by_pod = radius.reached.iter().flat_map(|reach| &reach.workloads);
        // What is below the floor already may be mended: only what it loses counts.
        let losing =
            radius.workload.iter().chain(pod_by_pod).filter(|it| it.ready_after < it.ready);
        let least = losing.map(|workload| workload.ready_after).min()?;
        (least < floor).then(|| (floor.to_string(), least.to_string()))
    }

    fn cool_down(&self, sight: RailSight<'_>) -> Option<(String, String)> {
        let rest = self.cool_down?;
        let last = sight.neighbours.last.as_ref()?.acted_at?;
        let over = last.plus(rest);
        (sight.now < over).then(|| (format!("{}s", rest.as_secs()), last.to_string()))
    }

    fn rate(&self, sight: RailSight<'_>) -> Option<(String, String)> {
        let rate = self.rate?;
        let found = sight.neighbours.acted_on_tenant;
        (found >= u64::from(rate.most))
            .then(|| (format!("{} / {}s", rate.most, rate.within.as_secs()), found.to_string()))
    }
}

fn frozen(sight: RailSight<'_>) -> Option<(String, String)> {
    let freeze = Freeze::standing(sight.freezes, sight.now)?;
    Some((freeze.name.clone(), freeze.until.to_string()))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::{
        actions::{ActionKind, Neighbour, StateName, TenantReach, WorkloadImpact},
        ids::{Ids, RequestId},
        policy::Rate,
        testkit::{ManualClock, SeededIds},
        time::Clock,
    };

    fn reaching(desired: u32, desired_after: u32, ready: u32, ready_after: u32) -> BlastRadius {
        BlastRadius {
            workload: Some(WorkloadImpact {
                kind: "Deployment".to_owned(),
                name: "api".to_owned(),
                desired,
                desired_after,
                ready,
                ready_after,
                rolling_out: false,
            }),
            ..BlastRadius::default()
        }
    }

    fn now() -> Timestamp {
        ManualClock::default().now()
    }

    fn stand(
        rails: &GuardRails,
        blast_radius: &BlastRadius,
        neighbours: &Neighbours,
    ) -> Vec<GuardRail> {
        let sight = RailSight { blast_radius, neighbours, freezes: &[], now: now() };
        rails.tripped(sight).into_iter().map(|tripped| tripped.rail).collect()
    }

    #[test]
    fn the_largest_change_counts_from_what_is_wanted_now() {
        let rails = GuardRails { largest_change: Some(50), ..GuardRails::default() };
        let trips = |before, after| {
            !stand(&rails, &reaching(before, after, 0, 0), &Neighbours::default()).is_empty()
        };
        assert!(!trips(4, 6) && !trips(4, 2) && !trips(3, 4) && !trips(0, 0));
        assert!(trips(4, 7) && trips(4, 1) && trips(3, 1) && trips(0, 1));
    }

    #[test]
    fn the_floor_holds_against_loss_only() {
        let rails = GuardRails { ready_floor: Some(2), ..GuardRails::default() };
        let trips = |ready, after| {
            !stand(&rails, &reaching(3, 3, ready, after), &Neighbours::default()).is_empty()
        };
        assert!(trips(2, 1) && trips(3, 0));
        assert!(!trips(3, 2) && !trips(1, 1) && !trips(0, 0));
    }

    #[test]
    fn the_floor_holds_for_every_workload_that_is_reached_pod_by_pod() {
        let rails = GuardRails { ready_floor: Some(1), ..GuardRails::default() };
        let workload = |ready, after| reaching(ready, ready, ready, after).workload.unwrap();
        let trips = |workloads: Vec<WorkloadImpact>| {
            let tenant = "main/ledger".parse().unwrap();
            let (pods, budgets, services) = (Vec::new(), Vec::new(), Vec::new());
            let reach = TenantReach { tenant, pods, workloads, budgets, services };
            let radius = BlastRadius { reached: vec![reach], ..BlastRadius::default() };
            stand(&rails, &radius, &Neighbours::default()) == [GuardRail::ReadyFloor]
        };
        assert!(!trips(vec![]) && !trips(vec![workload(3, 2), workload(0, 0)]));
        assert!(trips(vec![workload(3, 2), workload(1, 0)]));
    }

    fn acted(seconds_ago: u64, on_tenant: u64) -> Neighbours {
        let last = Neighbour {
            id: RequestId::new(SeededIds::new(1).uuid()),
            action: ActionKind::all()[0],
            name: None,
            requester: "on-call".parse().unwrap(),
            state: StateName::Succeeded,
            acted_at: Some(Timestamp::from_micros(
                now().as_micros() - i64::try_from(seconds_ago).unwrap() * 1_000_000,
            )),
        };
        Neighbours { open: Vec::new(), last: Some(last), acted_on_tenant: on_tenant }
    }

    #[test]
    fn a_target_is_left_alone_for_a_while() {
        let cool_down = Some(Duration::from_mins(5));
        let rails = GuardRails { cool_down, ..GuardRails::default() };
        let calm = reaching(3, 3, 3, 3);
        assert_eq!(stand(&rails, &calm, &acted(299, 1)), [GuardRail::CoolDown]);
        assert_eq!(stand(&rails, &calm, &acted(300, 1)), []);
        assert_eq!(stand(&rails, &calm, &Neighbours::default()), []);
    }

    #[test]
    fn a_tenant_is_acted_on_so_often() {
        let rate = Some(Rate { most: 3, within: Duration::from_hours(1) });
        let rails = GuardRails { rate, ..GuardRails::default() };
        let calm = reaching(3, 3, 3, 3);
        assert_eq!(stand(&rails, &calm, &acted(9, 2)), []);
        assert_eq!(stand(&rails, &calm, &acted(9, 3)), [GuardRail::Rate]);
    }

    #[test]
    fn a_freeze_stands_from_its_first_moment_to_its_last() {
        let freeze = Freeze {
            name: "year-end".to_owned(),
            from: now(),
            until: now().plus(Duration::from_hours(1)),
        };
        assert!(freeze.stands(now()) && !freeze.stands(freeze.until));
        let sight = RailSight {
            blast_radius: &reaching(1, 1, 1, 1),
            neighbours: &Neighbours::default(),
            freezes: &[freeze],
            now: now(),
        };
        let lift = [(GuardRail::Freeze, 2)].into();
        let tripped = GuardRails { lift, ..GuardRails::default() }.tripped(sight);
        assert_eq!(tripped.len(), 1);
        assert_eq!((tripped[0].rail, tripped[0].lifted_by), (GuardRail::Freeze, Some(2)));
    }
}
