//! The cluster contract: what the console relies on, at the level of its cluster port, of the demo
//! cluster and of a real API server alike. A scenario knows neither; both must pass it.
//!
//! The real half needs a control plane handed over by `cargo xtask test contract`.

#![expect(clippy::unwrap_used, reason = "a stage that cannot be set is a failed test")]
#![expect(clippy::needless_pass_by_value, reason = "fixtures are written in place, as `json!(…)`")]

mod desk;
mod fixtures;
mod ground;
mod rbac;
mod scenarios;
mod stage;

/// Each scenario as two tests: on the demo cluster and on the real one.
macro_rules! contract {
    ($($area:ident: $($scenario:ident)*;)*) => {
        mod demo {
            use crate::{ground::Demo, scenarios, stage::Stage};
            $($(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $scenario() {
                    let stage = Stage::set(Demo::start().await, stringify!($scenario)).await;
                    scenarios::$area::$scenario(&stage).await;
                }
            )*)*
        }
        mod real {
            use crate::{ground::Real, scenarios, stage::Stage};
            $($(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $scenario() {
                    let stage = Stage::set(Real::handed_over(), stringify!($scenario)).await;
                    scenarios::$area::$scenario(&stage).await;
                }
            )*)*
        }
    };
}

contract! {
    watching:
        pods_come_change_and_go
        a_deleted_namespace_goes_with_all_it_holds
        workloads_budgets_and_events_are_seen
        a_kind_that_is_refused_breaks_no_other;
    access:
        the_cluster_says_who_sees_a_namespace;
    looking:
        a_missing_pod_is_not_found
        looking_takes_the_persons_own_rights
        a_fingerprint_outlives_status_and_not_substance
        a_namesake_has_another_uid;
    previewing:
        a_dry_run_changes_nothing
        a_namesake_is_never_meant
        a_budget_without_room_is_named
        an_action_is_accepted_only_where_its_group_is_bound;
    powers:
        the_person_without_the_group_is_refused
        nobody_unlisted_is_impersonated;
    acting:
        an_eviction_goes_out_as_the_person_with_one_group
        a_gone_pod_is_drift
        a_namesake_is_drift
        a_changed_label_is_drift
        a_changed_status_is_none
        a_budget_refuses_and_nothing_is_done
        nothing_is_sent_after_the_deadline;
    statuses:
        a_pod_is_called_what_kubectl_calls_it;
}
