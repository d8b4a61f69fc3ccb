//! The message catalogue: every string that a person reads, in every language, as one typed item.
//!
//! Never holds text in one language only, and never builds sentences by joining words.

pub(crate) mod account;
pub(crate) mod actions;
pub(crate) mod break_glass;
pub(crate) mod entries;
pub(crate) mod frame;
pub(crate) mod grants;
pub(crate) mod home;
mod language;
mod message;
pub(crate) mod nodes;
pub(crate) mod notifications;
pub(crate) mod palette;
pub(crate) mod people;
pub(crate) mod pods;
pub(crate) mod problems;
pub(crate) mod rails;
pub(crate) mod recovery;
pub(crate) mod requests;
pub(crate) mod reviews;
pub(crate) mod sign_in;
pub(crate) mod tenants;
pub(crate) mod times;
pub(crate) mod tokens;
pub(crate) mod unsuited;
pub(crate) mod who_can;
pub(crate) mod workloads;

pub use language::Language;
pub(crate) use message::{Counted, Message, Phrases, phrases};

/// Writes messages down: `NAME: "English" | "日本語";`.
macro_rules! messages {
    ($($name:ident: $en:literal | $ja:literal;)*) => {
        $(pub(crate) const $name: $crate::messages::Message =
            $crate::messages::Message { en: $en, ja: $ja };)*

        /// Every message of this page.
        #[cfg(test)]
        pub(crate) const ALL: &[(&str, $crate::messages::Message)] =
            &[$((stringify!($name), $name),)*];
    };
}
pub(crate) use messages;

/// Writes counted messages down: `NAME: "one" / "other" | "日本語";`.
macro_rules! counted {
    ($($name:ident: $one:literal / $other:literal | $ja:literal;)*) => {
        $(pub(crate) const $name: $crate::messages::Counted =
            $crate::messages::Counted { one: $one, other: $other, ja: $ja };)*
    };
}
pub(crate) use counted;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn catalogue() -> impl Iterator<Item = (&'static str, Message)> {
        [
            account::ALL,
            actions::ALL,
            break_glass::ALL,
            entries::ALL,
            frame::ALL,
            home::ALL,
            nodes::ALL,
            palette::ALL,
            notifications::ALL,
            people::ALL,
            pods::ALL,
            rails::ALL,
            recovery::ALL,
            requests::ALL,
            reviews::ALL,
            sign_in::ALL,
            tenants::ALL,
            times::ALL,
            tokens::ALL,
            grants::ALL,
            unsuited::ALL,
            who_can::ALL,
            workloads::ALL,
        ]
        .into_iter()
        .flatten()
        .copied()
        .chain(problems::all())
        .chain(on_the_server())
    }

    /// The words that only the server holds.
    fn on_the_server() -> impl Iterator<Item = (&'static str, Message)> {
        #[cfg(feature = "ssr")]
        return crate::actions::words::all()
            .chain(crate::notifications::tell::ALL.iter().copied())
            .chain(crate::palette::find::ALL.iter().copied());
        #[cfg(not(feature = "ssr"))]
        return std::iter::empty();
    }

    fn placeholders(text: &str) -> BTreeSet<&str> {
        text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect()
    }

    #[test]
    fn both_languages_fill_in_the_same_things() {
        for (name, Message { en, ja }) in catalogue() {
            assert_eq!(placeholders(en), placeholders(ja), "{name}");
        }
    }

    #[test]
    fn no_message_is_empty_or_untranslated() {
        for (name, Message { en, ja }) in catalogue() {
            assert!(!en.trim().is_empty() && !ja.trim().is_empty(), "{name}");
            assert!(en.is_ascii() || !en.contains(|c: char| c >= '\u{3000}'), "{name} is Japanese");
        }
    }
}
