//! Rule: what is committed is finished; what is not done yet is an issue, not a remark in the code.

use super::Finding;
use super::tree::Tree;

/// Written in two parts, so that this file does not find itself.
const WORDS: &[&str] = &[
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("XX", "X"),
    concat!("todo", "!("),
    concat!("unimplemented", "!("),
];

pub fn check(tree: &Tree) -> Vec<Finding> {
    tree.texts(&["rs", "toml", "css", "ts", "sql", "sh", "cedar", "md"])
        .flat_map(|(path, text)| {
            text.lines().enumerate().filter_map(move |(index, line)| {
                let word = WORDS.iter().find(|word| says(line, word))?;
                Some(Finding::in_line(path, index, format!("`{word}` is left")))
            })
        })
        .collect()
}

/// Whether a line has the word as a word of its own.
fn says(line: &str, word: &str) -> bool {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
    line.match_indices(word).any(|(start, _)| {
        let before = line[..start].chars().next_back();
        let after = line[start + word.len()..].chars().next();
        !before.is_some_and(is_part) && (word.ends_with('(') || !after.is_some_and(is_part))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unfinished_words_are_found_as_whole_words() {
        let (remark, call) = (WORDS[0], WORDS[3]);
        let text = format!("//! x\n// {remark}: later\n{call}\"later\")\nlet my{remark}S = 1;\n");
        let tree = Tree::of(&[("app/src/lib.rs", &text)]);
        let lines: Vec<_> = check(&tree).into_iter().map(|it| it.line).collect();
        assert_eq!(lines, [Some(2), Some(3)]);
    }
}
