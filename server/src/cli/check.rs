//! `sekisho check DIR`: is this policy folder valid? For people and for continuous integration.

use std::{io::Write, path::PathBuf};

use clap::Args;
use domain::{
    policy::{PolicyDigest, PolicyTrouble},
    time::Clock,
};
use serde::Serialize;

use super::{Answer, Failure, Outputs, calendars::Calendars};
use crate::{
    identity::SystemClock,
    notifications::{MissingSecrets, Secrets},
    policy::{Folder, InvalidPolicy, LoadedPolicy, load},
};

/// Check a policy folder: exit code 0 when it is valid, 1 when it is not
#[derive(Debug, Args)]
pub(super) struct Check {
    /// The folder
    dir: PathBuf,
    /// The file of secrets: are all there that the folder names?
    #[arg(long, value_name = "FILE", env = "SEKISHO_NOTIFICATION_SECRETS")]
    notification_secrets: Option<PathBuf>,
    /// Answer in one line of JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    calendars: Calendars,
}

/// Said where glass can be broken and nobody would be paged.
const UNHEARD: &str = "break-glass: no destination of notifications.toml wants break-glass-opened, so that nobody is \
                       paged when somebody opens a session alone";

#[derive(Serialize)]
#[serde(untagged)]
enum Report<'a> {
    Valid {
        valid: bool,
        digest: PolicyDigest,
        people: usize,
        teams: usize,
        actions: usize,
        /// What there is to know about calendars, and whether somebody hears of emergencies.
        notices: Vec<String>,
    },
    Invalid {
        valid: bool,
        troubles: &'a [PolicyTrouble],
    },
}

impl Check {
    pub(super) fn run(self, outputs: &mut Outputs<'_>) -> Result<Answer, Failure> {
        let checked = Folder::read(&self.dir).and_then(|folder| load(&folder));
        // An empty variable is how shells say nothing.
        let secrets =
            self.notification_secrets.as_ref().filter(|path| !path.as_os_str().is_empty());
        if let (Some(path), Ok(loaded)) = (secrets, &checked) {
            MissingSecrets::none(&Secrets::read(path)?, loaded.policy())?;
        }
        let notices = match &checked {
            Ok(loaded) => self.notices(loaded)?,
            Err(_) => Vec::new(),
        };
        if self.json {
            serde_json::to_writer(&mut *outputs.out, &Report::of(&checked, notices))?;
            writeln!(outputs.out)?;
        } else {
            tell(&checked, outputs.out)?;
            notices.iter().try_for_each(|notice| writeln!(outputs.out, "{notice}"))?;
        }
        Ok(if checked.is_ok() { Answer::Yes } else { Answer::No })
    }
}

impl Check {
    fn notices(&self, loaded: &LoadedPolicy) -> Result<Vec<String>, Failure> {
        let now = SystemClock.now();
        let copies = self.calendars.copies(loaded, now)?;
        let calendars = loaded.on_duty(&copies, now).notices;
        let mut notices: Vec<_> = calendars.iter().map(ToString::to_string).collect();
        if loaded.policy().breaks_glass_unheard() {
            notices.push(UNHEARD.to_owned());
        }
        Ok(notices)
    }
}

impl<'a> Report<'a> {
    fn of(checked: &'a Result<LoadedPolicy, InvalidPolicy>, notices: Vec<String>) -> Self {
        match checked {
            Ok(loaded) => Self::Valid {
                valid: true,
                digest: loaded.digest(),
                people: loaded.policy().people.len(),
                teams: loaded.policy().teams.len(),
                actions: loaded.policy().actions.len(),
                notices,
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
    use std::{fs, os::unix::fs::PermissionsExt, path::Path};

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
            ran.out.starts_with("valid: 6 people, 9 teams, 19 actions\npolicy "),
            "{}",
            ran.out
        );
        assert!(ran.out.contains("nobody is paged"), "the demo pages nobody: {}", ran.out);
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
    fn secrets_that_the_folder_names_are_looked_for() {
        let dir = broken();
        fs::copy(Path::new(DEMO).join("CODEOWNERS"), dir.path().join("CODEOWNERS")).unwrap();
        let told =
            "[destinations.pager]\nkind = \"pagerduty\"\nsecret = \"pager\"\ntenants = [\"*/*\"]\n";
        fs::write(dir.path().join("notifications.toml"), told).unwrap();
        let keep = tempfile::tempdir().unwrap();
        let secrets = keep.path().join("secrets.toml");
        let check = |text: &str| {
            fs::write(&secrets, text).unwrap();
            fs::set_permissions(&secrets, fs::Permissions::from_mode(0o600)).unwrap();
            let named = format!("--notification-secrets={}", secrets.display());
            run(&["check", dir.path().to_str().unwrap(), &named])
        };
        let key = "routing_key = \"0123456789abcdef0123456789abcdef\"\n";
        let good = check(&format!("[pager]\nkind = \"pagerduty\"\n{key}"));
        assert_eq!(good.answer.unwrap(), Answer::Yes);
        let bare = run(&["check", dir.path().to_str().unwrap()]);
        assert_eq!(bare.answer.unwrap(), Answer::Yes, "who has no secrets checks the folder");
        assert!(!bare.out.contains("nobody is paged"), "{}", bare.out);
        for other in ["", "[pager]\nkind = \"slack\"\nurl = \"https://x.example/\"\n"] {
            let missing = check(other).answer.unwrap_err().to_string();
            assert!(missing.contains("pager needs the pagerduty secret pager"), "{missing}");
        }
    }

    /// A folder whose one rotation has this calendar.
    fn with_calendar(calendar: &str) -> tempfile::TempDir {
        let dir = broken();
        fs::copy(Path::new(DEMO).join("CODEOWNERS"), dir.path().join("CODEOWNERS")).unwrap();
        let rotation = format!(
            "[rotations.night]\nrole = \"on-duty\"\ncalendar = \"{calendar}\"\npeople = {{ Night = \"engineer\" }}\n"
        );
        fs::write(dir.path().join("oncall.toml"), rotation).unwrap();
        dir
    }

    #[test]
    fn calendars_of_the_folder_are_checked_and_others_are_told_of() {
        let dir = with_calendar("duty.ics");
        let event = "BEGIN:VEVENT\nUID:1\nSUMMARY:Day\nDTSTART:20260101T000000Z\nEND:VEVENT\n";
        let calendar = format!("BEGIN:VCALENDAR\n{event}END:VCALENDAR\n");
        fs::write(dir.path().join("duty.ics"), calendar).unwrap();
        let ran = run(&["check", dir.path().to_str().unwrap()]);
        assert!(
            ran.out.starts_with("duty.ics:6: the event names \"Day\", who is not"),
            "{}",
            ran.out
        );

        let dir = with_calendar("http://127.0.0.1:1/hunter2.ics");
        let ran = run(&["check", dir.path().to_str().unwrap()]);
        assert_eq!(ran.answer.unwrap(), Answer::Yes);
        let told = "rotation night: nobody is on call by its calendar, which was not fetched\n";
        assert!(ran.out.contains(told), "{}", ran.out);
        let ran = run(&["check", "--json", dir.path().to_str().unwrap()]);
        let report: Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!(report["notices"], json!([told.trim_end(), UNHEARD]));
        let ran = run(&["check", "--fetch-calendars", dir.path().to_str().unwrap()]);
        let failure = ran.answer.unwrap_err().to_string();
        assert!(
            failure.starts_with("rotation night: its calendar was not fetched: 127.0.0.1"),
            "{failure}"
        );
        assert!(!failure.contains("hunter2"), "{failure}");
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
