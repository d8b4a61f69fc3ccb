//! The lines of a calendar: unfolded, and split into name, parameters and value (RFC 5545 §3.1).

use super::CalendarTrouble;

/// One property, with the line at which it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ContentLine {
    pub(super) line: u32,
    /// In capitals: names know no case.
    pub(super) name: String,
    parameters: Vec<(String, String)>,
    pub(super) value: String,
}

impl ContentLine {
    /// A parameter, by its name in capitals.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        let found = self.parameters.iter().find(|(other, _)| other == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The value as TEXT (RFC 5545 §3.3.11), in one line.
    pub(super) fn text(&self) -> String {
        let mut text = String::with_capacity(self.value.len());
        let mut rest = self.value.chars();
        while let Some(next) = rest.next() {
            text.push(match next {
                '\\' => match rest.next() {
                    Some('n' | 'N') | None => ' ',
                    Some(escaped) => escaped,
                },
                other => other,
            });
        }
        text
    }

    pub(super) fn trouble(&self, reason: impl Into<String>) -> CalendarTrouble {
        CalendarTrouble::new(self.line, reason)
    }
}

/// All lines of a calendar.
pub(super) fn content_lines(bytes: &[u8]) -> Result<Vec<ContentLine>, CalendarTrouble> {
    unfolded(bytes).into_iter().map(|(line, bytes)| split(line, bytes)).collect()
}

/// Lines as they were before they were folded. Folding may cut a character in two, so this comes before all decoding.
fn unfolded(bytes: &[u8]) -> Vec<(u32, Vec<u8>)> {
    let mut lines: Vec<(u32, Vec<u8>)> = Vec::new();
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    for (number, line) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        match (line, lines.last_mut()) {
            ([b' ' | b'\t', rest @ ..], Some((_, before))) => before.extend_from_slice(rest),
            ([], _) => {}
            _ => lines.push((number, line.to_vec())),
        }
    }
    lines
}

fn split(line: u32, bytes: Vec<u8>) -> Result<ContentLine, CalendarTrouble> {
    let text = String::from_utf8(bytes).map_err(|_| CalendarTrouble::new(line, "is not UTF-8"))?;
    let odd = || CalendarTrouble::new(line, "is no line of a calendar, such as SUMMARY:Night");
    let end = text.find([';', ':']).filter(|end| *end > 0).ok_or_else(odd)?;
    let (name, mut rest) = text.split_at(end);
    let mut parameters = Vec::new();
    while let Some(parameter) = rest.strip_prefix(';') {
        let (name, value) = parameter.split_once('=').ok_or_else(odd)?;
        let end = end_of_parameter(value).ok_or_else(odd)?;
        parameters.push((name.to_ascii_uppercase(), value[..end].replace('"', "")));
        rest = &value[end..];
    }
    let value = rest.strip_prefix(':').ok_or_else(odd)?.to_owned();
    Ok(ContentLine { line, name: name.to_ascii_uppercase(), parameters, value })
}

/// Where a parameter's value is over. Quotes keep what would end it.
fn end_of_parameter(value: &str) -> Option<usize> {
    let mut quoted = false;
    value.find(|next| {
        quoted ^= next == '"';
        !quoted && (next == ';' || next == ':')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &[u8]) -> Vec<ContentLine> {
        content_lines(bytes).unwrap()
    }

    #[test]
    fn folded_lines_are_one_again_even_where_a_character_was_cut() {
        let text = "SUMMARY:On Call - \u{5ddd}\u{702c}\r\nUID:1\r\n".as_bytes();
        let cut = text.iter().position(|byte| *byte > 127).unwrap() + 1;
        let folded = [&text[..cut], b"\r\n ", &text[cut..]].concat();
        let found = lines(&folded);
        assert_eq!(found[0].text(), "On Call - \u{5ddd}\u{702c}");
        assert_eq!((found[0].line, found[1].line), (1, 3));
    }

    #[test]
    fn parameters_are_told_from_values() {
        let [line] = &lines(b"attendee;cn=\"Doe; Jane: \";PartStat=ACCEPTED:mailto:a@b\n")[..]
        else {
            panic!("one line")
        };
        assert_eq!((line.name.as_str(), line.value.as_str()), ("ATTENDEE", "mailto:a@b"));
        assert_eq!(line.parameter("CN"), Some("Doe; Jane: "));
        assert_eq!(line.parameter("PARTSTAT"), Some("ACCEPTED"));
        assert_eq!(line.parameter("ROLE"), None);
    }

    #[test]
    fn text_is_unescaped() {
        assert_eq!(lines(b"SUMMARY:a\\, b\\; c\\\\d\\ne\\")[0].text(), "a, b; c\\d e ");
    }

    #[test]
    fn what_is_no_line_is_told_with_its_number() {
        for (text, line) in [
            (&b"UID:1\nhello\n"[..], 2),
            (b":x", 1),
            (b"A;B:x", 1),
            (b"A;B=\"x:y", 1),
            (b"UID:1\n\nX:\xff", 3),
        ] {
            assert_eq!(content_lines(text).unwrap_err().line, line, "{}", text.escape_ascii());
        }
    }
}
