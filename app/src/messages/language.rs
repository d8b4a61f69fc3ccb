//! The languages that Sekisho speaks, and how one is chosen.

use std::{fmt, str::FromStr};

/// A language that every message exists in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Japanese.
    Japanese,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::English, Self::Japanese];

    /// Its tag (BCP 47).
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Japanese => "ja",
        }
    }

    /// What its speakers call it.
    #[must_use]
    pub const fn endonym(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Japanese => "日本語",
        }
    }

    /// The best match for an `Accept-Language` header (RFC 9110 §12.5.4); the first of equals wins.
    #[must_use]
    pub fn accepted(header: &str) -> Self {
        let mut best = (0, Self::default());
        for range in header.split(',') {
            let mut parts = range.split(';').map(str::trim);
            let language = parts.next().and_then(|tag| tag.parse().ok());
            let weight = parts.find_map(|part| part.strip_prefix("q=")).map_or(1000, thousandths);
            if let Some(language) = language.filter(|_| weight > best.0) {
                best = (weight, language);
            }
        }
        best.1
    }
}

/// A weight of RFC 9110 §12.4.2 in thousandths; what is malformed weighs nothing.
fn thousandths(weight: &str) -> u16 {
    let (whole, fraction) = weight.split_once('.').unwrap_or((weight, ""));
    let fraction: String = fraction.chars().chain("000".chars()).take(3).collect();
    match (whole, fraction.parse::<u16>()) {
        ("1", Ok(_)) => 1000,
        ("0", Ok(fraction)) => fraction,
        _ => 0,
    }
}

/// The tag names no language that Sekisho speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no language that Sekisho speaks")]
pub struct UnknownLanguage;

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(tag: &str) -> Result<Self, UnknownLanguage> {
        let primary = tag.split('-').next().unwrap_or(tag);
        Self::ALL
            .into_iter()
            .find(|language| primary.eq_ignore_ascii_case(language.tag()))
            .ok_or(UnknownLanguage)
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_known_language_is_chosen() {
        for (header, expected) in [
            ("ja", Language::Japanese),
            ("ja-JP,en;q=0.8", Language::Japanese),
            ("fr-CH, fr;q=0.9, en;q=0.5, ja;q=0.7", Language::Japanese),
            ("en-GB,en;q=0.9,ja;q=0.8", Language::English),
            ("ja;q=0,en;q=0.1", Language::English),
            ("de, *;q=0.5", Language::English),
            ("", Language::English),
            ("ja;q=nonsense", Language::English),
        ] {
            assert_eq!(Language::accepted(header), expected, "{header}");
        }
    }
}
