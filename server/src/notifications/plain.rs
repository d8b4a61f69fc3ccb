//! What people typed, made harmless: plain text in one line, of bounded length.

use domain::invisible::is_invisible;

/// The longest text taken from a person, in characters.
const LONGEST: usize = 300;

/// The text without control characters and without characters that turn or hide what stands around them.
pub(super) fn plain(text: &str) -> String {
    let spaced = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut visible = spaced.filter(|c| !is_invisible(*c));
    let mut plain: String = visible.by_ref().take(LONGEST).collect();
    if visible.next().is_some() {
        plain.pop();
        plain.push('…');
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_not_sent() {
        assert_eq!(plain("a\u{202e}b\u{2066}c\nd\u{7}\u{200b}"), "abc d ");
        assert_eq!(plain("日本語 & <b>"), "日本語 & <b>");
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        let cut = plain(&"語".repeat(301));
        assert_eq!(cut.chars().count(), LONGEST);
        assert!(cut.ends_with("語…"));
        assert_eq!(plain(&"語".repeat(300)), "語".repeat(300));
    }
}
