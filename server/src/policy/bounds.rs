//! Numbers and times within the bounds that make sense for them.

use std::{ops::RangeInclusive, time::Duration};

use domain::policy::PolicyTrouble;
use jiff::SignedDuration;
use toml::Spanned;

use super::source_text::SourceText;

/// A number within a range.
pub(super) fn number(
    source: &SourceText<'_>,
    value: &Spanned<u32>,
    range: &RangeInclusive<u32>,
) -> Result<u32, PolicyTrouble> {
    if range.contains(value.get_ref()) {
        return Ok(*value.get_ref());
    }
    let reason = format!("must be {} to {}", range.start(), range.end());
    Err(source.trouble_with(value, reason))
}

/// A time within a range.
pub(super) fn span(
    source: &SourceText<'_>,
    text: &Spanned<String>,
    range: &RangeInclusive<Duration>,
) -> Result<Duration, PolicyTrouble> {
    let span: Option<Duration> =
        text.get_ref().parse::<SignedDuration>().ok().and_then(|span| span.try_into().ok());
    span.filter(|span| range.contains(span)).ok_or_else(|| {
        let reason = format!(
            "must be a time such as \"15m\" or \"1h 30m\", from {:?} to {:?}",
            range.start(),
            range.end()
        );
        source.trouble_with(text, reason)
    })
}
