//! The last lines that a container wrote, made harmless to look at.
//!
//! Lines may hold secrets: they are for the person who looks, and never kept, told elsewhere or logged.

use std::{fmt, iter::Peekable, str::Chars};

use serde::{Deserialize, Serialize};

use crate::{
    invisible::is_invisible,
    names::{Namespace, ObjectName},
};

/// One run of a container of one very pod.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ContainerRun {
    /// The namespace of the pod.
    pub namespace: Namespace,
    /// The pod's name.
    pub pod: ObjectName,
    /// The pod's UID; of a namesake nothing is read.
    pub uid: String,
    /// The container's name.
    pub container: String,
    /// How often the container was started again so far.
    pub restarts: u32,
    /// Which of its runs.
    pub run: Run,
}

/// Which run of a container.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Run {
    /// The one under way, or the last there was.
    Current,
    /// The one before that.
    Previous,
}

/// The last lines of a container: text and tabs, no more of it than a person reads at a glance.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Lines(Vec<String>);

impl Lines {
    /// The most lines there are.
    pub const MOST: usize = 20;
    /// The longest line there is, in characters.
    pub const LONGEST: usize = 400;

    /// The last lines of what was written, whatever it was.
    #[must_use]
    pub fn last_of(written: &[u8]) -> Self {
        let text = String::from_utf8_lossy(written);
        let mut lines: Vec<_> = text.lines().map(harmless).collect();
        let is_blank = |line: &String| line.is_empty();
        lines.truncate(lines.iter().rposition(|line| !is_blank(line)).map_or(0, |last| last + 1));
        let skipped = lines.len().saturating_sub(Self::MOST);
        Self(lines.into_iter().skip(skipped).skip_while(is_blank).collect())
    }

    /// The lines, the last at the end.
    #[must_use]
    pub fn as_slice(&self) -> &[String] {
        &self.0
    }
}

/// How many there are, and nothing of what they say.
impl fmt::Debug for Lines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lines({})", self.0.len())
    }
}

/// The line without control characters and escape sequences, without what cannot be seen, and cut where it is long.
fn harmless(line: &str) -> String {
    let mut harmless = String::new();
    let (mut left, mut length) = (line.chars().peekable(), 0);
    while let Some(c) = left.next() {
        let shown = match c {
            '\u{1b}' => {
                skip_sequence(&mut left);
                continue;
            }
            '\t' => '\t',
            c if is_invisible(c) => continue,
            c if c.is_control() => ' ',
            c => c,
        };
        length += 1;
        if length == Lines::LONGEST && left.peek().is_some() {
            harmless.push('…');
            break;
        }
        harmless.push(shown);
    }
    harmless.truncate(harmless.trim_end().len());
    harmless
}

/// Skips what follows an escape (ECMA-48 §5.3, §5.4, §5.6): a control sequence up to its final byte, a control string
/// up to its terminator, anything else with the bytes before its final one.
fn skip_sequence(left: &mut Peekable<Chars<'_>>) {
    loop {
        match left.next() {
            Some('[') => drop(left.find(|c| ('@'..='~').contains(c))),
            Some(' '..='/') => drop(left.find(|c| !(' '..='/').contains(c))),
            // Another escape ends it too, and begins what follows.
            Some(']' | 'P' | 'X' | '^' | '_')
                if left.find(|c| matches!(c, '\u{7}' | '\u{1b}')) == Some('\u{1b}') =>
            {
                continue;
            }
            _ => {}
        }
        return;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(written: &[u8]) -> Vec<String> {
        Lines::last_of(written).as_slice().to_vec()
    }

    #[test]
    fn the_last_lines_are_kept_in_order() {
        let written: Vec<_> = (1..=50).map(|n| format!("line {n}")).collect();
        let kept = lines(written.join("\n").as_bytes());
        assert_eq!(kept.len(), Lines::MOST);
        assert_eq!((kept[0].as_str(), kept[19].as_str()), ("line 31", "line 50"));
    }

    #[test]
    fn blank_lines_stand_between_lines_only() {
        assert_eq!(lines(b"\n\n one\r\n\n\ttwo  \n\n \n"), [" one", "", "\ttwo"]);
        assert_eq!(lines(b"\n \n"), [""; 0]);
        assert_eq!(lines(b""), [""; 0]);
    }

    #[test]
    fn escape_sequences_and_control_characters_do_nothing() {
        let coloured =
            b"\x1b[1;31mpanic\x1b[0m: \x1b]8;;https://evil.example\x1b\\here\x1b]8;;\x07";
        assert_eq!(lines(coloured), ["panic: here"]);
        assert_eq!(lines(b"a\x1b(Bb\x1bcc\x00d\x08\x7fe"), ["abc d  e"]);
        assert_eq!(lines(b"left open \x1b]0;title\nnext \x1b["), ["left open", "next"]);
        assert_eq!(lines(b"\x1b]0;title\x1b[31mred"), ["red"]);
    }

    #[test]
    fn what_is_no_text_or_turns_text_is_not_shown() {
        assert_eq!(lines(b"caf\xc3\xa9 \xff\xfe"), ["café \u{fffd}\u{fffd}"]);
        assert_eq!(lines("a\u{202e}b\u{2066}c\u{200b}\u{9b}d".as_bytes()), ["abc d"]);
        assert_eq!(lines("日本語 <b>".as_bytes()), ["日本語 <b>"]);
    }

    #[test]
    fn a_long_line_is_cut_between_characters() {
        let cut = lines("語".repeat(Lines::LONGEST + 1).as_bytes()).remove(0);
        assert_eq!(cut.chars().count(), Lines::LONGEST);
        assert!(cut.ends_with("語…"));
        let whole = "語".repeat(Lines::LONGEST);
        assert_eq!(lines(whole.as_bytes()), [whole]);
    }

    #[test]
    fn what_they_say_is_in_no_debug_output() {
        let lines = Lines::last_of(b"password=hunter2\n");
        assert_eq!(format!("{lines:?}"), "Lines(1)");
    }
}
