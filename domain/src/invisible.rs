//! Characters that nobody sees and that hide or turn what stands around them.

/// Zero-width and bidirectional formatting characters, and marks that turn text (Unicode UAX #9).
#[must_use]
pub const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{61c}' | '\u{feff}')
}
