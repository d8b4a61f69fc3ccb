//! How many pods a rollout takes away at a time, by the workload's own strategy.

use serde_json::Value;

use crate::actions::TargetKind;

/// How many pods its rollout may leave missing at a time.
pub(super) fn at_once(kind: TargetKind, object: &Value, desired: u32) -> u32 {
    let spec = &object["spec"];
    if spec["strategy"]["type"] == "Recreate" {
        return desired;
    }
    let rolling = match kind {
        TargetKind::Deployment => &spec["strategy"]["rollingUpdate"],
        _ => &spec["updateStrategy"]["rollingUpdate"],
    };
    let missing = &rolling["maxUnavailable"];
    match kind {
        // Its shares are rounded down for what may be missing and up for what may be added; where that leaves neither,
        // it takes one.
        TargetKind::Deployment => {
            let missing = share(missing, desired, rounded_down).unwrap_or(desired / 4);
            let added = share(&rolling["maxSurge"], desired, rounded_up).unwrap_or(1);
            if missing == 0 && added == 0 { 1 } else { missing }
        }
        TargetKind::DaemonSet => share(missing, desired, rounded_up).unwrap_or(1),
        _ => 1,
    }
}

const fn rounded_down(of: u64, percent: u64) -> u64 {
    of * percent / 100
}

const fn rounded_up(of: u64, percent: u64) -> u64 {
    (of * percent).div_ceil(100)
}

/// A number of pods, given as such or as a share of those that are wanted.
fn share(bound: &Value, desired: u32, percent: fn(u64, u64) -> u64) -> Option<u32> {
    let number = match bound {
        Value::Number(number) => number.as_u64()?,
        Value::String(share) => {
            percent(u64::from(desired), share.trim_end_matches('%').parse().ok()?)
        }
        _ => return None,
    };
    u32::try_from(number).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_rollout_takes_what_its_strategy_allows() {
        let deployment = |strategy: &Value| json!({"spec": {"strategy": strategy}});
        for (strategy, missing) in [
            (json!({"type": "Recreate"}), 10),
            (json!({"rollingUpdate": {"maxUnavailable": "25%"}}), 2),
            (json!({"rollingUpdate": {"maxUnavailable": 3}}), 3),
            (json!({"rollingUpdate": {"maxUnavailable": 0}}), 0),
            (json!({"rollingUpdate": {"maxUnavailable": "9%", "maxSurge": 0}}), 1),
            (json!({"rollingUpdate": {"maxUnavailable": "9%", "maxSurge": "1%"}}), 0),
            (json!({}), 2),
        ] {
            let found = at_once(TargetKind::Deployment, &deployment(&strategy), 10);
            assert_eq!(found, missing, "{strategy}");
        }
        let daemons =
            json!({"spec": {"updateStrategy": {"rollingUpdate": {"maxUnavailable": "11%"}}}});
        assert_eq!(at_once(TargetKind::DaemonSet, &daemons, 10), 2);
        assert_eq!(at_once(TargetKind::StatefulSet, &json!({}), 10), 1);
    }
}
