//! An action speaking to one reader: its own words, or, where it was added without any, those that fit every action.

use domain::actions::{ActionKind, Parameter};

use super::{TABLE, Words, bounds, choice, messages};
use crate::{
    actions::ActionName,
    messages::{Message, Phrases},
};

messages! {
    TITLE: "{action}: {name}" | "{action}：{name}";
    SUBMIT: "Ask for {action} on {name}" | "{name} への {action} を申請";
    EXECUTE: "Carry {action} out on {name} now" | "{name} への {action} を今すぐ実行";
    REASON: "What is wrong, and why this helps. Approvers and auditors read this." | "何が起きていて、なぜ必要か。承認者と監査担当者が読みます。";
}

/// An action speaking to one reader.
#[derive(Clone, Copy)]
pub(crate) struct Speech {
    t: Phrases,
    action: ActionKind,
    words: Option<&'static Words>,
}

impl Speech {
    /// An action, for a reader of this language.
    pub(crate) fn of(t: Phrases, action: ActionKind) -> Self {
        let words = TABLE.iter().find(|words| words.action == action.as_str());
        Self { t, action, words }
    }

    /// What every action is called, for pages that name any.
    pub(crate) fn names(t: Phrases) -> Vec<ActionName> {
        let name = |action: &ActionKind| ActionName {
            action: action.to_string(),
            name: Self::of(t, *action).name(),
        };
        ActionKind::all().iter().map(name).collect()
    }

    /// What it is called beside other actions.
    pub(crate) fn name(self) -> String {
        match self.words {
            Some(words) => self.t.say(words.name).to_owned(),
            None => self.action.to_string(),
        }
    }

    /// What it is called on a target of this name.
    pub(crate) fn title(self, name: &str) -> String {
        self.fill(|words| words.title, TITLE, name)
    }

    /// What it does; where it has no words, its declaration's in English.
    pub(crate) fn what(self) -> String {
        match self.words {
            Some(words) => self.t.say(words.what).to_owned(),
            None => self.action.declaration().summary().to_owned(),
        }
    }

    /// The button that asks for it.
    pub(crate) fn submit(self, name: &str) -> String {
        self.fill(|words| words.submit, SUBMIT, name)
    }

    /// The button that carries it out.
    pub(crate) fn execute(self, name: &str) -> String {
        self.fill(|words| words.execute, EXECUTE, name)
    }

    /// What belongs into the reason.
    pub(crate) fn reason(self) -> String {
        self.t.say(self.words.map_or(REASON, |words| words.reason)).to_owned()
    }

    /// What a parameter is called.
    pub(crate) fn label(self, parameter: &str) -> String {
        match self.parameter(parameter) {
            Some(words) => self.t.say(words.label).to_owned(),
            None => parameter.to_owned(),
        }
    }

    /// What a parameter means and may be.
    pub(crate) fn hint(self, parameter: &Parameter) -> String {
        let bounds = bounds(self.t, parameter);
        match self.parameter(parameter.name) {
            Some(words) => format!("{} {bounds}", self.t.say(words.hint)),
            None => bounds,
        }
    }

    /// What was said of a parameter.
    pub(crate) fn said(self, parameter: &str, value: &str) -> String {
        let declared = self.action.declaration().parameters();
        let declared = declared.iter().find(|declared| declared.name == parameter);
        declared.map_or_else(|| value.to_owned(), |it| choice(self.t, it.bounds, value))
    }

    fn parameter(self, name: &str) -> Option<&'static super::ParameterWords> {
        self.words?.parameters.iter().find(|parameter| parameter.name == name)
    }

    fn fill(self, own: fn(&Words) -> Message, fallback: Message, name: &str) -> String {
        let message = self.words.map_or(fallback, own);
        self.t.fill(message, &[("name", &name), ("action", &self.action)])
    }
}

#[cfg(test)]
mod tests {
    use domain::actions::{
        Action, Change, Follow, InvalidRequest, Parameters, Power, Reach, Subject, TargetKind,
        TargetRef,
    };

    use super::*;
    use crate::messages::Language;

    /// An action that somebody added, without words.
    struct TagPod;

    impl Action for TagPod {
        fn name(&self) -> &'static str {
            "tag-pod"
        }

        fn summary(&self) -> &'static str {
            "Puts a tag on the pod."
        }

        fn targets(&self) -> &'static [TargetKind] {
            &[TargetKind::Pod]
        }

        fn powers(&self) -> &'static [Power] {
            &[]
        }

        fn change(&self, _: &Subject<'_>) -> Result<Change, InvalidRequest> {
            Ok(Change::Evict)
        }

        fn reach(&self, _: &Subject<'_>) -> Reach {
            Reach::NoPod
        }

        fn follow(&self) -> Follow {
            Follow::Change
        }

        fn kubectl(&self, _: &TargetRef, _: &Parameters) -> String {
            String::new()
        }
    }

    #[test]
    fn an_action_speaks_the_readers_language() {
        let scale: ActionKind = "scale".parse().unwrap();
        assert_eq!(Speech::of(Phrases(Language::English), scale).title("api"), "Scale api");
        assert_eq!(Speech::of(Phrases(Language::Japanese), scale).label("replicas"), "レプリカ数");
    }

    #[test]
    fn an_action_without_words_is_told_by_its_declaration() {
        let speech = Speech::of(Phrases(Language::English), ActionKind::of(&TagPod));
        assert_eq!(speech.name(), "tag-pod");
        assert_eq!(speech.what(), "Puts a tag on the pod.");
        assert_eq!(speech.submit("api-0"), "Ask for tag-pod on api-0");
        assert_eq!(speech.title("api-0"), "tag-pod: api-0");
    }

    #[test]
    fn a_choice_is_told_in_the_readers_language_and_other_values_as_they_are() {
        let drain = |language| Speech::of(Phrases(language), "drain".parse().unwrap());
        assert_eq!(drain(Language::English).said("local_data", "lose"), "lose");
        assert_eq!(drain(Language::Japanese).said("local_data", "lose"), "失う");
        assert_eq!(drain(Language::Japanese).said("at_once", "5"), "5");
    }
}
