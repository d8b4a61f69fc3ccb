//! What the files of the folder check alike: names, and what things are called for people.

use std::{fmt::Display, str::FromStr};

use domain::policy::PolicyTrouble;
use toml::Spanned;

use super::source_text::SourceText;

/// A name in the form that its kind demands.
pub(super) fn parsed<T: FromStr<Err: Display>>(
    source: &SourceText<'_>,
    text: &Spanned<String>,
) -> Result<T, PolicyTrouble> {
    let name = text.get_ref().parse();
    name.map_err(|error: T::Err| source.trouble_with(text, error.to_string()))
}

/// What something is called for people: one short, visible line.
pub(super) fn checked_title(
    source: &SourceText<'_>,
    text: &Spanned<String>,
) -> Result<String, PolicyTrouble> {
    let title = text.get_ref();
    let length = title.chars().count();
    if title.trim().is_empty() || length > 100 || title.chars().any(char::is_control) {
        let reason = "a name for people has 1 to 100 characters and no control characters";
        return Err(source.trouble_with(text, reason));
    }
    Ok(title.clone())
}
