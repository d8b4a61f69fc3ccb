//! One file of the folder as text, able to say at which line something is wrong.

use domain::policy::PolicyTrouble;
use serde::de::DeserializeOwned;
use toml::Spanned;

/// The text of one file.
#[derive(Clone, Copy, Debug)]
pub(super) struct SourceText<'a> {
    /// The file, relative to the folder.
    pub(super) file: &'a str,
    /// Its text, without a byte order mark.
    pub(super) text: &'a str,
}

impl<'a> SourceText<'a> {
    /// A trouble at a line counted from 1.
    pub(super) fn trouble_at_line(&self, line: u32, reason: impl Into<String>) -> PolicyTrouble {
        PolicyTrouble { file: self.file.to_owned(), line: Some(line), reason: reason.into() }
    }

    /// A trouble at a byte of the text.
    pub(super) fn trouble_at(&self, byte: usize, reason: impl Into<String>) -> PolicyTrouble {
        self.trouble_at_line(line_of(self.text.as_bytes(), byte), reason)
    }

    /// A trouble at a value of a TOML file.
    pub(super) fn trouble_with<T>(
        &self,
        value: &Spanned<T>,
        reason: impl Into<String>,
    ) -> PolicyTrouble {
        self.trouble_at(value.span().start, reason)
    }

    /// The file as TOML. Unknown fields, duplicate keys and wrong types are troubles.
    pub(super) fn parse_toml<T: DeserializeOwned>(&self) -> Result<T, PolicyTrouble> {
        toml::from_str(self.text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            self.trouble_at(at, error.message().replace('\n', ", "))
        })
    }

    /// Its lines with their numbers, counted from 1.
    pub(super) fn numbered_lines(&self) -> impl Iterator<Item = (u32, &'a str)> {
        (1..).zip(self.text.lines())
    }
}

/// The line, counted from 1, in which a byte stands.
pub(super) fn line_of(text: &[u8], byte: usize) -> u32 {
    let before = text.iter().take(byte);
    let lines = before.filter(|b| **b == b'\n').count();
    u32::try_from(lines).unwrap_or(u32::MAX).saturating_add(1)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn toml_trouble(text: &str) -> String {
        let source = SourceText { file: "x.toml", text };
        source.parse_toml::<BTreeMap<String, i64>>().unwrap_err().to_string()
    }

    #[test]
    fn toml_troubles_name_their_line() {
        assert!(toml_trouble("a = 1\r\nb = \"x\"\r\n").starts_with("x.toml:2: invalid type"));
        assert!(toml_trouble("a = 1\n\na = 2\n").starts_with("x.toml:3: duplicate key"));
        assert!(toml_trouble("a = 1\nb").starts_with("x.toml:2: "));
    }

    #[test]
    fn a_byte_past_the_end_is_in_the_last_line() {
        assert_eq!(line_of(b"a\nb", 99), 2);
        assert_eq!(line_of(b"", 0), 1);
    }
}
