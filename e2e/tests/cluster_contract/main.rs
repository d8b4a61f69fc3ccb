//! The cluster contract: what the console relies on, at the level of its cluster port, of the demo
//! cluster and of a real API server alike. A scenario knows neither; both must pass it.
//!
//! The real half needs a control plane handed over by `cargo xtask test contract`.

#![expect(clippy::unwrap_used, reason = "a stage that cannot be set is a failed test")]
#![expect(clippy::needless_pass_by_value, reason = "fixtures are written in place, as `json!(…)`")]

mod containers;
mod desk;
mod fixtures;
mod ground;
mod nodes;
mod policy;
mod question;
mod rbac;
mod scenarios;
mod stage;
mod webhook;
mod workloads;

/// Each of these `scenarios` as a test on this ground.
macro_rules! on {
    ($ground:ident: $($area:ident: $($scenario:ident)*;)*) => {
        $($(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $scenario() {
                let ground = crate::ground::$ground().await;
                let stage = crate::stage::Stage::set(ground, stringify!($scenario)).await;
                scenarios::$area::$scenario(&stage).await;
            }
        )*)*
    };
}

/// Each scenario as two tests: on the demo cluster and on the real one.
macro_rules! contract {
    ($($scenarios:tt)*) => {
        mod demo {
            use crate::scenarios;
            on!(demo: $($scenarios)*);
        }
        mod real {
            use crate::scenarios;
            on!(real: $($scenarios)*);
        }
    };
}

/// What the demo's cluster has not: quotas, webhooks, nodes that do not answer.
mod beyond_the_demo {
    use crate::scenarios;
    on!(real:
        scaling: pods_that_a_quota_refuses_are_told_in_its_words;
        lines: a_node_that_does_not_answer_is_told;
        jobs: a_quota_refuses_a_job_before_and_when_it_is_made;
        admission:
            a_webhook_that_says_no_is_heard_before_and_when_it_is_done
            what_a_webhook_adds_is_shown_before_and_is_there_afterwards;
    );
}

/// What only a node that runs containers has: their truth. `cargo xtask test kubelet` hands one over.
mod kubelet {
    use crate::scenarios::kubelet as scenarios;
    on!(node:
        pods:
            a_restarted_pod_ends_in_order_and_another_container_runs
            a_replacement_that_crashes_is_told_with_its_last_words
            a_deleted_pod_is_gone_and_its_container_killed_at_once
            an_isolated_pod_keeps_its_container_running;
        rollouts:
            a_restart_ends_every_container_in_order
            a_rollback_to_an_image_that_is_not_there_is_told
            less_memory_than_is_needed_is_told;
        jobs:
            a_cron_job_runs_to_its_end
            a_job_that_fails_is_told
            a_cancelled_job_ends_its_container;
        waves:
            the_next_container_ends_after_another_runs
            the_first_container_that_crashes_leaves_the_rest_running;
    );
    on!(whole_node:
        drains: a_drain_waits_until_what_lingers_has_ended;
    );
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
    lines:
        lines_take_the_persons_own_rights
        of_a_namesake_nothing_is_read
        a_rollout_that_crashes_shows_the_last_lines;
    previewing:
        a_dry_run_changes_nothing
        a_namesake_is_never_meant
        a_budget_without_room_is_named;
    powers:
        the_person_without_the_group_is_refused
        nobody_unlisted_is_impersonated;
    refusals:
        each_group_may_do_what_its_action_does_and_no_more
        no_group_may_do_anything_where_it_is_not_bound
        a_power_that_was_taken_back_is_refused_at_execution
        a_workload_that_changed_or_went_voids_the_request
        a_limit_below_its_request_is_invalid_before_and_when_it_is_done;
    pods:
        a_restarted_pod_is_replaced
        a_replacement_that_crashes_is_a_failure
        a_replacement_that_is_never_ready_is_late
        a_replacement_that_nobody_makes_is_told
        a_pod_that_hangs_goes_and_what_took_its_place_is_told
        a_pod_that_stays_is_told_when_time_is_over
        an_isolated_pod_is_let_go_and_replaced
        a_pod_that_its_controller_took_back_is_not_isolated
        an_isolated_pod_that_went_is_told
        an_isolated_pod_rejoins
        labels_changed_after_the_touch_are_not_given;
    rollouts:
        a_restart_replaces_every_pod_of_every_kind
        what_a_partition_holds_back_is_not_waited_for
        a_rollback_brings_an_earlier_template_back_for_every_kind
        other_resources_are_rolled_out_and_what_is_left_out_stays
        a_paused_rollout_waits_until_it_is_resumed
        a_rollout_whose_pods_crash_has_failed_at_once
        a_rollout_that_is_never_ready_is_late
        a_resumed_rollout_whose_pods_crash_has_failed_at_once
        a_rollout_that_was_paused_again_is_late;
    scaling:
        replicas_come_and_go_down_to_none
        a_stateful_set_is_scaled
        another_number_by_somebody_else_is_told
        an_autoscaler_gets_other_bounds;
    jobs:
        a_cron_job_is_suspended_and_resumed
        a_cron_job_runs_now
        a_second_attempt_meets_the_first
        a_lost_answer_is_told_by_what_was_made
        a_job_that_fails_is_told
        a_cancelled_job_ends_and_is_kept
        a_cancelled_job_whose_pod_stays_is_told
        a_cancelled_job_that_went_has_ended;
    meanwhile:
        what_was_changed_back_was_overwritten
        a_target_that_went_is_told;
    waves:
        chosen_pods_go_wave_after_wave_and_no_other
        the_first_pod_that_does_not_run_stops_the_rest
        a_budget_holds_pods_back_until_it_has_room
        a_namesake_is_left_alone;
    nodes:
        a_node_is_cordoned_and_uncordoned
        a_cordoned_node_is_not_cordoned_again
        a_node_is_not_reached_through_any_other_namespace
        a_node_is_not_changed_without_the_group
        a_taint_that_comes_and_goes_voids_nothing
        a_node_that_changed_or_went_voids_the_request
        a_node_that_went_after_the_word_is_told
        a_lost_answer_about_a_node_is_told_by_the_node;
    drains:
        a_node_is_drained_of_what_can_be_started_elsewhere
        a_budget_holds_a_drain_up_and_is_named_until_it_has_room
        a_drain_reaches_tenants_that_the_person_may_not_see
        a_drained_node_that_went_is_told;
    grants:
        a_role_is_given_to_an_account_of_its_own_and_taken_away
        two_grants_of_one_role_end_each_for_itself
        a_role_of_the_company_is_granted_with_its_rules_as_they_are
        what_is_copied_or_edited_by_hand_is_seen
        what_a_finalizer_keeps_is_not_gone
        what_stands_there_already_is_not_taken_for_ours
        the_console_gives_listed_roles_in_tenants_and_nothing_else
        what_somebody_may_do_already_is_told_by_the_cluster;
    reaping:
        what_has_expired_is_ended_without_a_console
        the_reaper_only_ever_deletes;
    who_can:
        what_is_told_is_what_the_cluster_allows
        a_binding_to_a_role_that_is_not_there_gives_nothing;
    acting:
        a_gone_pod_is_drift
        a_namesake_is_drift
        a_changed_label_is_drift
        a_changed_status_is_none
        a_budget_refuses_and_nothing_is_done
        nothing_is_sent_after_the_deadline;
    statuses:
        a_pod_is_called_what_kubectl_calls_it;
}
