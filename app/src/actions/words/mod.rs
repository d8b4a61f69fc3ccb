//! What each action is called and what it says of itself, in every language: one file per action, and its line here.
//!
//! Only the server holds these words. Pages get those they need in the reader's language with what they read, so that
//! an action that is added, or added from outside, weighs nothing in the browser and needs nothing there.

mod bounds;
mod found;
mod lines;
mod speech;
mod way;

pub(crate) use bounds::{bounds, choice};
pub(crate) use found::{found, seen};
pub(crate) use lines::{lines_of, lines_told};
pub(crate) use speech::Speech;
pub(crate) use way::{evicted, milestone, take_back, waves};

use crate::messages::{Message, messages};

/// What an action says of itself. `{name}` stands for the target's name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words {
    /// Its name in the API.
    action: &'static str,
    /// What it is called beside other actions.
    name: Message,
    /// What it is called on a target.
    title: Message,
    /// What it does, and what is lost or risked by it.
    what: Message,
    /// The button that asks for it.
    submit: Message,
    /// The button that carries it out.
    execute: Message,
    /// What belongs into the reason.
    reason: Message,
    /// Its parameters.
    parameters: &'static [ParameterWords],
}

/// What a parameter is called.
#[derive(Clone, Copy, Debug)]
struct ParameterWords {
    /// Its name in the API.
    name: &'static str,
    /// What it is called.
    label: Message,
    /// What it means.
    hint: Message,
}

/// Writes the words of one action down.
macro_rules! words {
    (
        $action:literal;
        $($field:ident: $en:literal | $ja:literal;)*
        $($parameter:literal: $label_en:literal | $label_ja:literal, $hint_en:literal | $hint_ja:literal;)*
    ) => {
        super::messages! { $($field: $en | $ja;)* }

        /// The words of this action.
        pub(super) const WORDS: super::Words = super::Words {
            action: $action,
            name: NAME,
            title: TITLE,
            what: WHAT,
            submit: SUBMIT,
            execute: EXECUTE,
            reason: REASON,
            parameters: &[$(super::ParameterWords {
                name: $parameter,
                label: super::Message { en: $label_en, ja: $label_ja },
                hint: super::Message { en: $hint_en, ja: $hint_ja },
            }),*],
        };
    };
}

/// Names the files.
macro_rules! table {
    ($($module:ident,)*) => {
        $(mod $module;)*

        /// The words of every action that has some.
        const TABLE: &[Words] = &[$($module::WORDS),*];

        /// Every message of these files.
        #[cfg(test)]
        const MESSAGES: &[&[(&str, Message)]] = &[$($module::ALL),*];
    };
}

table! {
    cancel_job,
    cordon,
    delete_pod,
    drain,
    isolate_pod,
    pause_rollout,
    rejoin_pod,
    resize_hpa,
    restart_pod,
    restart_pods,
    resume_cronjob,
    resume_rollout,
    rollback,
    rollout_restart,
    run_cronjob_now,
    scale,
    set_resources,
    suspend_cronjob,
    uncordon,
}

/// Every message of this folder, for the catalogue's own tests.
#[cfg(test)]
pub(crate) fn all() -> impl Iterator<Item = (&'static str, Message)> {
    let of_parameters = TABLE.iter().flat_map(|words| words.parameters).flat_map(|parameter| {
        [(parameter.name, parameter.label), (parameter.name, parameter.hint)]
    });
    let others = [bounds::ALL, found::ALL, lines::ALL, speech::ALL, way::ALL];
    MESSAGES.iter().copied().chain(others).flatten().copied().chain(of_parameters)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use domain::actions::ActionKind;

    use super::*;

    #[test]
    fn every_built_in_action_and_each_of_its_parameters_has_words() {
        for kind in ActionKind::all() {
            let words = TABLE.iter().find(|words| words.action == kind.as_str());
            let words = words.unwrap_or_else(|| panic!("{kind} has no words"));
            let declared = kind.declaration().parameters();
            let declared: BTreeSet<_> = declared.iter().map(|parameter| parameter.name).collect();
            let worded = words.parameters.iter().map(|parameter| parameter.name).collect();
            assert_eq!(declared, worded, "{kind}");
        }
        assert_eq!(TABLE.len(), ActionKind::all().len(), "words of no action");
    }

    #[test]
    fn what_is_pressed_says_to_what_it_happens() {
        for words in TABLE {
            for message in [words.title, words.submit, words.execute] {
                assert!(message.en.contains("{name}"), "{}: {}", words.action, message.en);
            }
        }
    }
}
