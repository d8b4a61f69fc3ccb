//! `sekisho check DIR`: is this policy folder valid? For people and for continuous integration.

use std::{io::Write, path::PathBuf};

use clap::Args;
use domain::policy::{PolicyDigest, PolicyTrouble};
use serde::Serialize;

use super::{Answer, Failure, Outputs};
use crate::policy::{Folder, InvalidPolicy, LoadedPolicy, load};

/// Check a policy folder: exit code 0 when it is valid, 1 when it is not
#[derive(Debug, Args)]
pub(super) struct Check {
    /// The folder
    dir: PathBuf,
    /// Answer in one line of JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Report<'a> {
    Valid { valid: bool, digest: PolicyDigest, people: usize, teams: usize, actions: usize },
    Invalid { valid: bool, troubles: &'a [PolicyTrouble] },
}

impl Check {
    pub(super) fn run(self, outputs: &mut Outputs<'_>) -> Result<Answer, Failure> {
        let checked = Folder::read(&self.dir).and_then(|folder| load(&folder));
        if self.json {
            serde_json::to_writer(&mut *outputs.out, &Report::of(&checked))?;
            writeln!(outputs.out)?;
        } else {
            tell(&checked, outputs.out)?;
        }
        Ok(if checked.is_ok() { Answer::Yes } else { Answer::No })
    }
}

impl<'a> Report<'a> {
    fn of(checked: &'a Result<LoadedPolicy, InvalidPolicy>) -> Self {
        match checked {
            Ok(loaded) => Self::Valid {
                valid: true,
                digest: loaded.digest(),
                people: loaded.policy().people.len(),
                teams: loaded.policy().teams.len(),
                actions: loaded.policy().actions.len(),
            },
            Err(invalid) => Self::Invalid { valid: false, troubles: invalid.troubles() },
        }
    }
}

fn tell(checked: &Result<LoadedPolicy, InvalidPolicy>, out: &mut dyn Write) -> Result<(), Failure> {
    match checked {
        Ok(loaded) => {
            let policy = loaded.policy();
            writeln!(
                out,
                "valid: {} people, {} teams, {} actions\npolicy {}",
                policy.people.len(),
                policy.teams.len(),
                policy.actions.len(),
                policy.digest
            )?;
        }
        Err(invalid) => {
            for trouble in invalid.troubles() {
                writeln!(out, "{trouble}")?;
            }
            writeln!(out, "not valid: {} to mend", invalid.troubles().len())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use serde_json::{Value, json};

    use super::*;
    use crate::cli::testing::{DEMO, run};

    fn broken() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for entry in fs::read_dir(DEMO).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), dir.path().join(entry.file_name())).unwrap();
        }
        fs::write(dir.path().join("CODEOWNERS"), "\n/demo/checkout/ @nobody\n").unwrap();
        dir
    }

    #[test]
    fn a_valid_folder_is_told_with_its_digest() {
        let ran = run(&["check", DEMO]);
        assert_eq!(ran.answer.unwrap(), Answer::Yes);
        assert!(
            ran.out.starts_with("valid: 6 people, 8 teams, 15 actions\npolicy "),
            "{}",
            ran.out
        );
    }

    #[test]
    fn troubles_are_told_one_a_line() {
        let dir = broken();
        let ran = run(&["check", dir.path().to_str().unwrap()]);
        assert_eq!(ran.answer.unwrap(), Answer::No);
        assert_eq!(
            ran.out,
            "CODEOWNERS:2: there is no team nobody in teams.toml\nnot valid: 1 to mend\n"
        );
    }

    #[test]
    fn machines_read_json() {
        let dir = broken();
        let ran = run(&["check", "--json", dir.path().to_str().unwrap()]);
        assert_eq!(ran.answer.unwrap(), Answer::No);
        let report: Value = serde_json::from_str(&ran.out).unwrap();
        let trouble = json!({"file": "CODEOWNERS", "line": 2, "reason": "there is no team nobody in teams.toml"});
        assert_eq!(report, json!({"valid": false, "troubles": [trouble]}));

        let ran = run(&["check", "--json", DEMO]);
        let report: Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!(report["valid"], json!(true));
        assert_eq!(report["digest"].as_str().map(str::len), Some(64));
    }
}
