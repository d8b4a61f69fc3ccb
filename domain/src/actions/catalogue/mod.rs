//! The actions there are, one file each. Whoever adds one writes its file and its line here, and nothing else.
//!
//! Never names a cluster's client or a page: an action is told in data and pure functions.

mod command;
#[cfg(test)]
mod testkit;

use super::ActionKind;

/// Declares the modules and, in this order, what is offered.
macro_rules! catalogue {
    ($($module:ident::$action:ident,)*) => {
        $(
            mod $module;
            pub use $module::$action;
        )*

        /// The actions that are built in.
        pub(super) const BUILT_IN: &[ActionKind] = &[$(ActionKind::of(&$action)),*];
    };
}

catalogue! {
    restart_pod::RestartPod,
    restart_pods::RestartPods,
    delete_pod::DeletePod,
    isolate_pod::IsolatePod,
    rejoin_pod::RejoinPod,
    rollout_restart::RolloutRestart,
    rollback::Rollback,
    pause_rollout::PauseRollout,
    resume_rollout::ResumeRollout,
    scale::Scale,
    resize_hpa::ResizeHpa,
    set_resources::SetResources,
    suspend_cronjob::SuspendCronJob,
    resume_cronjob::ResumeCronJob,
    run_cronjob_now::RunCronJobNow,
    cancel_job::CancelJob,
    cordon::Cordon,
    uncordon::Uncordon,
    drain::Drain,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_unique_and_fit_for_groups_and_addresses() {
        let names: BTreeSet<_> = BUILT_IN.iter().map(|kind| kind.as_str()).collect();
        assert_eq!(names.len(), BUILT_IN.len());
        let fits = |name: &str| name.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        assert!(names.iter().all(|name| fits(name)), "{names:?}");
    }

    #[test]
    fn every_command_can_be_told_of_a_request_that_says_less() {
        let target = |kind| crate::actions::TargetRef {
            cluster: "main".parse().unwrap(),
            namespace: "checkout".parse().unwrap(),
            kind,
            name: "api".parse().unwrap(),
        };
        for kind in BUILT_IN {
            let action = kind.declaration();
            let command =
                action.kubectl(&target(action.targets()[0]), &crate::actions::Parameters::new());
            assert!(command.starts_with("kubectl "), "{kind}: {command}");
        }
    }

    #[test]
    fn every_way_back_is_an_action() {
        for kind in BUILT_IN {
            let back = kind.declaration().way_back();
            assert!(back.is_none_or(|name| name.parse::<ActionKind>().is_ok()), "{kind}");
        }
    }

    #[test]
    fn none_is_done_both_to_what_is_in_a_namespace_and_to_what_is_in_none() {
        for kind in BUILT_IN {
            let targets = kind.declaration().targets();
            let wide = targets[0].is_cluster_wide();
            assert!(targets.iter().all(|target| target.is_cluster_wide() == wide), "{kind}");
            assert_eq!(kind.is_cluster_wide(), wide, "{kind}");
        }
    }

    #[test]
    fn none_asks_for_the_power_to_read_secrets_or_to_give_power_away() {
        const NEVER: [&str; 9] = [
            "*",
            "secrets",
            "configmaps",
            "roles",
            "rolebindings",
            "clusterroles",
            "clusterrolebindings",
            "serviceaccounts/token",
            "pods/exec",
        ];
        const VERBS: [&str; 3] = ["create", "patch", "delete"];
        for kind in BUILT_IN {
            let powers = kind.declaration().powers();
            assert!(!powers.is_empty(), "{kind}");
            for power in powers {
                assert!(power.resources.iter().all(|it| !NEVER.contains(it)), "{kind}: {power:?}");
                assert!(power.verbs.iter().all(|verb| VERBS.contains(verb)), "{kind}: {power:?}");
            }
        }
    }
}
