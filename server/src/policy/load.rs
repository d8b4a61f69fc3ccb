//! From a folder to the policy it makes: whole and valid, or every reason why not.

use std::{fmt, sync::Arc};

use domain::{
    policy::{Policy, PolicyDigest, PolicySnapshot},
    time::Timestamp,
};

use super::{
    actions, approvals,
    folder::{ACTIONS, CODEOWNERS, Folder, NOTIFICATIONS, ON_CALL, PEOPLE, ROLES, RULES, TEAMS},
    notifications::{self, Destinations},
    on_call::{self, CalendarAddress, CalendarNotice, Copies, Rotations},
    ownership::CodeOwners,
    people,
    roles::{self, Roles},
    rules::{self, CedarRules, SpokenOf},
    teams,
    trouble::{InvalidPolicy, Troubles},
};

/// A policy as it was loaded from a folder.
#[derive(Clone)]
pub struct LoadedPolicy {
    /// The policy and its rules.
    pub snapshot: Arc<PolicySnapshot>,
    /// Who owns what, as CODEOWNERS writes it.
    pub ownership: Arc<CodeOwners>,
    rules: Arc<CedarRules>,
    rotations: Arc<Rotations>,
}

/// A policy around a moment, with whomever calendars put on call.
pub struct OnDuty {
    /// The policy.
    pub snapshot: Arc<PolicySnapshot>,
    /// What there is to know about its calendars.
    pub notices: Vec<CalendarNotice>,
}

impl LoadedPolicy {
    /// What the folder says.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.snapshot.policy
    }

    /// The same policy as it is around a moment: calendars are expanded, from the folder and from the copies of those
    /// that are fetched. As it was loaded, nobody is on call by a calendar.
    #[must_use]
    pub fn on_duty(&self, copies: &Copies, now: Timestamp) -> OnDuty {
        if !self.rotations.have_calendars() {
            return OnDuty { snapshot: Arc::clone(&self.snapshot), notices: Vec::new() };
        }
        let (on_call, notices) = self.rotations.on_call(copies, now);
        let snapshot = PolicySnapshot {
            rules: Arc::new(self.rules.with_on_call(&on_call)),
            policy: Arc::new(Policy { on_call, ..self.policy().clone() }),
            at: self.snapshot.at,
        };
        OnDuty { snapshot: Arc::new(snapshot), notices }
    }

    /// Whether who is on call depends on calendars.
    #[must_use]
    pub fn has_calendars(&self) -> bool {
        self.rotations.have_calendars()
    }

    /// The calendars that are to be fetched, each with the name of its rotation.
    pub fn fetched_calendars(&self) -> impl Iterator<Item = (&str, &CalendarAddress)> {
        self.rotations.fetched()
    }

    /// What tells this policy from every other.
    #[must_use]
    pub fn digest(&self) -> PolicyDigest {
        self.policy().digest
    }
}

impl fmt::Debug for LoadedPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LoadedPolicy").field("digest", &self.digest()).finish_non_exhaustive()
    }
}

/// Loads the policy that a folder makes.
///
/// A trouble in one file does not end the search in the others. Only where a file names what another
/// one lists, and that one cannot be read, its own troubles wait until then.
pub fn load(folder: &Folder) -> Result<LoadedPolicy, InvalidPolicy> {
    let mut troubles = Troubles::default();
    let loaded = read(folder, &mut troubles);
    troubles.finish(loaded)
}

fn read(folder: &Folder, troubles: &mut Troubles) -> Option<LoadedPolicy> {
    let mut text = |file| troubles.keep(folder.text(file));
    let (actions_text, rules_text) = (text(ACTIONS), text(RULES));
    let mut if_any = |file| folder.has(file).then(|| text(file));
    let (told_text, shifts_text) = (if_any(NOTIFICATIONS), if_any(ON_CALL));
    let ladder_text = if_any(ROLES);
    let (owners_text, people_text, teams_text) = (text(CODEOWNERS), text(PEOPLE), text(TEAMS));

    let actions = actions_text.and_then(|text| actions::read(&text, troubles));
    let parsed = rules_text.and_then(|text| rules::parse(&text, troubles));
    let granted = match ladder_text {
        Some(text) => text.and_then(|text| roles::read(&text, troubles)),
        None => Some(Roles::default()),
    };
    let ladder = granted.as_ref().map(|granted| &granted.ladder);
    let teams = teams::read(&teams_text?, troubles)?;
    let ownership = owners_text.and_then(|text| CodeOwners::read(&text, &teams, troubles));
    let destinations = match told_text {
        Some(text) => text.and_then(|text| notifications::read(&text, &teams, troubles)),
        None => Some(Destinations::new()),
    };
    let people = people::read(&people_text?, &teams, troubles)?;
    let rotations = match shifts_text {
        Some(text) => text.and_then(|text| on_call::read(&text, folder, &people, troubles)),
        None => Some(on_call::without_file(folder, troubles)),
    };
    let on_call = rotations.as_ref().map(Rotations::without_calendars);
    if let (Some(actions), Some(ladder), Some(on_call)) = (&actions, ladder, &on_call) {
        let asking = actions.settings.iter();
        let asking = asking.map(|(action, settings)| (action.to_string(), &settings.asking));
        approvals::check_held(ACTIONS, asking, &teams, on_call, troubles);
        let asking = ladder.0.iter().map(|role| (role.name.to_string(), &role.asking));
        approvals::check_held(ROLES, asking, &teams, on_call, troubles);
    }
    let asked = actions.as_ref().zip(ladder);
    let rules = rules_text.zip(parsed).zip(asked.zip(on_call.as_ref()));
    let rules = rules.map(|((text, rules), ((actions, ladder), on_call))| {
        let (teams, people, tiers) = (&teams, &people, &actions.tiers);
        let of = SpokenOf { teams, people, tiers, ladder, on_call };
        CedarRules::compile(&text, rules, of, troubles)
    });

    let (ownership, actions) = (Arc::new(ownership?), actions?);
    let Roles { ladder, break_glass } = granted?;
    let policy = Policy {
        digest: folder.digest(),
        people,
        teams: teams.by_name,
        actions: actions.settings,
        roles: ladder,
        break_glass,
        tiers: actions.tiers,
        freezes: actions.freezes,
        on_call: on_call?,
        ownership: ownership.clone(),
        destinations: destinations?,
    };
    let rules = Arc::new(rules?);
    let snapshot = PolicySnapshot {
        policy: Arc::new(policy),
        rules: rules.clone(),
        at: Timestamp::from_micros(0),
    };
    let (snapshot, rotations) = (Arc::new(snapshot), Arc::new(rotations?));
    Some(LoadedPolicy { snapshot, ownership, rules, rotations })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn troubles_of_all_files_are_found_together() {
        let folder = Folder::demo()
            .with(ACTIONS, b"[actions.dance]\n")
            .with(CODEOWNERS, b"/demo/checkout/ @nobody\n")
            .with(PEOPLE, b"[people.one]\nname = \"One\"\nteams = [\"nobody\"]\n")
            .with(RULES, b"permit (principal, action, resource);\n");
        insta::assert_snapshot!(load(&folder).unwrap_err(), @r#"
        CODEOWNERS:1: there is no team nobody in teams.toml
        actions.toml:1: there is no action "dance"
        console.cedar:1: each rule carries an annotation @id("name-of-the-rule")
        people.toml:3: there is no team nobody in teams.toml
        "#);
    }

    #[test]
    fn a_group_that_nobody_can_be_in_is_refused() {
        let with_role = |role: &str| {
            let text = |file| Folder::demo().text(file).unwrap().text.to_owned();
            let scale = "[actions.scale]\napprovals_from = [\"on-call\"]\n";
            let actions = text(ACTIONS).replace("[actions.scale]\n", scale);
            let teams =
                text(TEAMS).replace("roles = [\"on-call\"]", &format!("roles = [\"{role}\"]"));
            let folder = Folder::demo().with(ACTIONS, actions.as_bytes());
            load(&folder.with(TEAMS, teams.as_bytes()))
        };
        assert!(with_role("on-call").is_ok());
        let told = with_role("on-duty").unwrap_err().to_string();
        assert!(
            told.contains("actions.toml: scale needs an approval of the group on-call"),
            "{told}"
        );
    }

    #[test]
    fn a_byte_order_mark_and_windows_line_ends_change_nothing_but_the_digest() {
        let mut folder = Folder::demo();
        for file in [ACTIONS, CODEOWNERS, PEOPLE, RULES, TEAMS] {
            let text = folder.text(file).unwrap().text.replace('\n', "\r\n");
            folder = folder.with(file, format!("\u{feff}{text}").as_bytes());
        }
        let (plain, windows) = (load(&Folder::demo()).unwrap(), load(&folder).unwrap());
        assert_eq!(plain.policy().people, windows.policy().people);
        assert_eq!(plain.policy().teams, windows.policy().teams);
        assert_eq!(plain.policy().actions, windows.policy().actions);
        assert_ne!(plain.digest(), windows.digest());
    }

    #[test]
    fn a_broken_teams_file_is_told_without_what_follows_from_it() {
        let folder = Folder::demo().with(TEAMS, b"[teams]\nrisk = 1\n");
        let invalid = load(&folder).unwrap_err();
        assert_eq!(invalid.troubles().len(), 1);
        assert!(invalid.to_string().starts_with("teams.toml:2: "), "{invalid}");
    }

    #[test]
    fn empty_files_are_no_policy() {
        let empty = [ACTIONS, PEOPLE, TEAMS]
            .into_iter()
            .fold(Folder::demo(), |folder, file| folder.with(file, b""));
        assert!(load(&empty).is_err());
    }
}
