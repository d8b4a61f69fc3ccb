//! A message in every language, and the phrasebook that says it in one.

use std::fmt::Display;

use leptos::prelude::use_context;

use super::Language;

/// One message. It cannot be written down in one language only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Message {
    /// In English.
    pub(crate) en: &'static str,
    /// In Japanese.
    pub(crate) ja: &'static str,
}

/// A message about a number of things, `{n}`. Japanese does not inflect by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Counted {
    /// In English, of one.
    pub(crate) one: &'static str,
    /// In English, of any other number.
    pub(crate) other: &'static str,
    /// In Japanese.
    pub(crate) ja: &'static str,
}

/// The catalogue, read in one language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Phrases(pub(crate) Language);

/// The phrasebook of the person who looks.
pub(crate) fn phrases() -> Phrases {
    use_context().unwrap_or_default()
}

impl Phrases {
    /// A message without placeholders.
    pub(crate) const fn say(self, message: Message) -> &'static str {
        match self.0 {
            Language::English => message.en,
            Language::Japanese => message.ja,
        }
    }

    /// A message with its placeholders filled.
    pub(crate) fn fill(self, message: Message, values: &[(&str, &dyn Display)]) -> String {
        fill(self.say(message), values)
    }

    /// A message about a number of things.
    pub(crate) fn count(self, message: Counted, n: usize) -> String {
        let text = match (self.0, n) {
            (Language::English, 1) => message.one,
            (Language::English, _) => message.other,
            (Language::Japanese, _) => message.ja,
        };
        fill(text, &[("n", &n)])
    }
}

/// Puts values in the place of `{name}`; what has no value stays as it is. Values are not read again.
fn fill(template: &str, values: &[(&str, &dyn Display)]) -> String {
    let mut text = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let named = after.split_once('}').and_then(|(name, tail)| {
            let (_, value) = values.iter().find(|(known, _)| *known == name)?;
            Some((value, tail))
        });
        if let Some((value, tail)) = named {
            text.push_str(&value.to_string());
            rest = tail;
        } else {
            text.push('{');
            rest = after;
        }
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_take_the_place_of_their_names_once() {
        let message = Message { en: "{a} then {b}, {c}", ja: "{b}の前に{a}" };
        let values: [(&str, &dyn Display); 2] = [("a", &"{b}"), ("b", &2)];
        assert_eq!(Phrases(Language::English).fill(message, &values), "{b} then 2, {c}");
        assert_eq!(Phrases(Language::Japanese).fill(message, &values), "2の前に{b}");
    }

    #[test]
    fn english_tells_one_from_many() {
        let pods = Counted { one: "{n} pod", other: "{n} pods", ja: "Pod {n}個" };
        assert_eq!(Phrases(Language::English).count(pods, 1), "1 pod");
        assert_eq!(Phrases(Language::English).count(pods, 0), "0 pods");
        assert_eq!(Phrases(Language::Japanese).count(pods, 1), "Pod 1個");
    }
}
