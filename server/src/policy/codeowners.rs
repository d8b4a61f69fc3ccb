//! `CODEOWNERS`, line by line: patterns and the teams that own what they match.
//!
//! The dialect is GitHub's, with teams as the only owners. What GitHub would silently skip is trouble here.

use domain::{
    names::{InvalidName, TeamName},
    policy::PolicyTrouble,
};

use super::{source_text::SourceText, teams::Teams, trouble::Troubles};

/// One line that assigns owners; none take them away again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OwnershipLine {
    pub(super) line: u32,
    pub(super) pattern: String,
    pub(super) owners: Vec<TeamName>,
}

/// What no pattern may hold, and what a person should know about it.
const NOT_SUPPORTED: [(char, &str); 4] = [
    ('!', "CODEOWNERS knows no negation; take owners away with a line without owners"),
    ('[', "CODEOWNERS knows neither sections nor character ranges"),
    ('\\', "CODEOWNERS patterns hold no escapes here"),
    ('{', "CODEOWNERS patterns hold no alternatives"),
];

pub(super) fn read(
    source: &SourceText<'_>,
    teams: &Teams,
    troubles: &mut Troubles,
) -> Vec<OwnershipLine> {
    let mut lines = Vec::new();
    for (number, text) in source.numbered_lines() {
        let mut words = text.split_whitespace().take_while(|word| !word.starts_with('#'));
        let Some(pattern) = words.next() else {
            continue;
        };
        if let Some((_, reason)) = NOT_SUPPORTED.iter().find(|(c, _)| pattern.contains(*c)) {
            troubles.note(source.trouble_at_line(number, *reason));
            continue;
        }
        let owners =
            words.filter_map(|word| troubles.keep(owner(source, number, word, teams))).collect();
        lines.push(OwnershipLine { line: number, pattern: pattern.to_owned(), owners });
    }
    lines
}

/// `@team` or `@organisation/team`.
fn owner(
    source: &SourceText<'_>,
    line: u32,
    word: &str,
    teams: &Teams,
) -> Result<TeamName, PolicyTrouble> {
    let trouble = |reason: String| source.trouble_at_line(line, reason);
    let named = word
        .strip_prefix('@')
        .ok_or_else(|| trouble(format!("{word} is no team: owners are written @team")))?;
    let (_, last) = named.rsplit_once('/').unwrap_or(("", named));
    let team: TeamName = last.parse().map_err(|error: InvalidName| trouble(error.to_string()))?;
    if teams.by_name.contains_key(&team) {
        Ok(team)
    } else {
        Err(trouble(format!("there is no team {team} in teams.toml")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{InvalidPolicy, folder::CODEOWNERS, teams};

    fn read_text(text: &str) -> Result<Vec<OwnershipLine>, InvalidPolicy> {
        let mut troubles = Troubles::default();
        let teams = SourceText {
            file: "teams.toml",
            text: "[teams.risk]\ntitle = \"Risk\"\n[teams.core]\ntitle = \"Core\"\n",
        };
        let teams = teams::read(&teams, &mut troubles).unwrap();
        let source = SourceText { file: CODEOWNERS, text };
        let lines = read(&source, &teams, &mut troubles);
        troubles.finish(Some(lines))
    }

    #[test]
    fn comments_blank_lines_and_line_ends_do_not_count() {
        let text = "# who owns what\r\n\r\n/demo/a/ @risk @kawase/core # both\r\n  /demo/b/\r\n";
        let lines = read_text(text).unwrap();
        assert_eq!(lines.len(), 2);
        assert_eq!((lines[0].line, lines[0].pattern.as_str()), (3, "/demo/a/"));
        assert_eq!(lines[0].owners.len(), 2);
        assert_eq!(lines[1].owners, []);
    }

    #[test]
    fn each_trouble_names_its_line() {
        for (text, expected) in [
            ("\n/a/ @nobody", "CODEOWNERS:2: there is no team nobody in teams.toml"),
            ("/a/ @risk someone@kawase.example", "CODEOWNERS:1: someone@kawase.example is no team"),
            ("/a/ @", "CODEOWNERS:1: \"\" is no team name"),
            ("!/a/ @risk", "CODEOWNERS:1: CODEOWNERS knows no negation"),
            ("[Section] @risk", "CODEOWNERS:1: CODEOWNERS knows neither sections"),
            ("/a\\ b/ @risk", "CODEOWNERS:1: CODEOWNERS patterns hold no escapes"),
            ("/{a,b}/ @risk", "CODEOWNERS:1: CODEOWNERS patterns hold no alternatives"),
        ] {
            let found = read_text(text).unwrap_err().to_string();
            assert!(found.starts_with(expected), "{found} / {expected}");
        }
    }
}
