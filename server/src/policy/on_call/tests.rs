//! Who is on call, as the rules see it; and every way to write it wrongly.

use domain::{
    access::{Act, Question, Resource, Verdict},
    actions::{ActionKind, catalogue::RestartPod},
    policy::PolicySnapshot,
    time::Timestamp,
};

use crate::policy::{
    Copies, Folder, LoadedPolicy,
    folder::{ON_CALL, RULES},
    load,
};

const SHIFTS: &str = "[rotations.payments]\nrole = \"on-duty\"\nshifts = [\n\
    { person = \"engineer\", from = \"Mon 09:00\", until = \"Thu 09:00\" },\n\
    { person = \"approver\", from = \"Thu 09:00\", until = \"Mon 09:00\" },\n]\n";
const DUTY: &str = "@id(\"whoever-is-on-duty-asks\")\n\
    permit (principal in Role::\"on-duty\", action == Action::\"ask\", resource);\n";

fn folder(shifts: &str) -> Folder {
    Folder::demo().with(ON_CALL, shifts.as_bytes()).with(RULES, DUTY.as_bytes())
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Whether the rules let somebody ask at a moment, by the role that goes with being on call.
fn asks(policy: &PolicySnapshot, login: &str, at: Timestamp) -> bool {
    let name = "demo/checkout".parse().unwrap();
    let resource = Resource::Tenant { owners: policy.policy.ownership.owners(&name), name };
    let person = &policy.policy.people[&login.parse().unwrap()];
    let act = Act::Ask(ActionKind::of(&RestartPod));
    let question = Question { person, act, resource: &resource, at };
    matches!(policy.rules.decide(question), Verdict::Allowed { .. })
}

#[test]
fn a_role_lasts_as_long_as_the_shift_that_it_goes_with() {
    let loaded = load(&folder(SHIFTS)).unwrap();
    let asks = |login: &str, at| asks(&loaded.snapshot, login, at);
    // 2026-01-05 is a Monday.
    let (monday, friday) = (at("2026-01-05T09:00:00Z"), at("2026-01-09T03:00:00Z"));
    assert!(asks("engineer", monday) && !asks("approver", monday));
    assert!(!asks("engineer", friday) && asks("approver", friday));
    assert!(!asks("on-call", monday), "a team's role is another");
}

#[test]
fn each_trouble_names_its_line() {
    for (good, bad, expected) in [
        ("\"engineer\"", "\"nobody\"", "oncall.toml:4: there is no such person in people.toml"),
        (
            "Thu 09:00\" },\n{",
            "Thu 25:00\" },\n{",
            "oncall.toml:4: a minute of the week is written",
        ),
        ("role = ", "roles = ", "oncall.toml:2: unknown field `roles`"),
    ] {
        let found = load(&folder(&SHIFTS.replacen(good, bad, 1))).unwrap_err().to_string();
        assert!(found.contains(expected), "{found} / {expected}");
    }
}

const CALENDAR: &str = "[rotations.night]\nrole = \"on-duty\"\ncalendar = \"duty.ics\"\n\
    time_zone = \"Asia/Tokyo\"\n\
    people = { \"First@kawase.example\" = \"engineer\", \"Second\" = \"approver\" }\n";
const DUTY_ICS: &str = "BEGIN:VCALENDAR\nVERSION:2.0\n\
    BEGIN:VEVENT\nUID:1\nDTSTART;TZID=Asia/Tokyo:20260105T180000\nDURATION:PT15H\n\
    RRULE:FREQ=DAILY\nSUMMARY:night\nATTENDEE:mailto:first@Kawase.example\nEND:VEVENT\n\
    BEGIN:VEVENT\nUID:1\nRECURRENCE-ID;TZID=Asia/Tokyo:20260107T180000\n\
    DTSTART;TZID=Asia/Tokyo:20260107T180000\nDURATION:PT15H\nSUMMARY: second \nEND:VEVENT\n\
    END:VCALENDAR\n";

fn with_calendar(calendar: &str) -> Folder {
    folder(CALENDAR).with("duty.ics", calendar.as_bytes())
}

fn on_duty(loaded: &LoadedPolicy, now: Timestamp) -> std::sync::Arc<PolicySnapshot> {
    let on_duty = loaded.on_duty(&Copies::default(), now);
    assert_eq!(on_duty.notices, []);
    on_duty.snapshot
}

#[test]
fn a_calendar_of_the_folder_puts_people_on_call() {
    let loaded = load(&with_calendar(DUTY_ICS)).unwrap();
    for (moment, first, second) in [
        ("2026-01-05T08:59:59.999999Z", false, false),
        ("2026-01-05T09:00:00Z", true, false),
        ("2026-01-05T23:59:59.999999Z", true, false),
        ("2026-01-06T00:00:00Z", false, false),
        ("2026-01-07T09:00:00Z", false, true),
        ("2026-01-08T09:00:00Z", true, false),
    ] {
        let now = at(moment);
        let policy = on_duty(&loaded, now);
        let found = (asks(&policy, "engineer", now), asks(&policy, "approver", now));
        assert_eq!(found, (first, second), "{moment}");
        assert!(!asks(&policy, "on-call", now), "{moment}");
        assert!(!asks(&loaded.snapshot, "engineer", now), "as loaded, no calendar is known");
    }
}

#[test]
fn what_a_calendar_says_is_known_for_some_days_only() {
    let loaded = load(&with_calendar(DUTY_ICS)).unwrap();
    let policy = on_duty(&loaded, at("2026-01-05T09:00:00Z"));
    assert!(asks(&policy, "engineer", at("2026-01-12T09:00:00Z")));
    assert!(!asks(&policy, "engineer", at("2026-01-14T09:00:00Z")));
}

#[test]
fn shifts_and_a_calendar_may_both_be_there() {
    let shifts =
        "shifts = [{ person = \"on-call\", from = \"Mon 00:00\", until = \"Mon 12:00\" }]\n";
    let both = folder(&format!("{CALENDAR}{shifts}")).with("duty.ics", DUTY_ICS.as_bytes());
    let now = at("2026-01-05T09:00:00Z");
    let policy = on_duty(&load(&both).unwrap(), now);
    assert!(asks(&policy, "engineer", now) && asks(&policy, "on-call", now));
}

#[test]
fn a_calendar_of_the_folder_is_part_of_the_policy() {
    let (one, other) =
        (with_calendar(DUTY_ICS), with_calendar(&DUTY_ICS.replace("PT15H", "PT14H")));
    assert_ne!(one.digest(), other.digest());
    let dir = tempfile::tempdir().unwrap();
    one.write(dir.path()).unwrap();
    assert_eq!(Folder::read(dir.path()), Ok(one));
}

fn trouble(folder: &Folder) -> String {
    load(folder).map_or_else(|invalid| invalid.to_string(), |_| String::new())
}

#[test]
fn a_broken_calendar_makes_the_folder_invalid_at_its_line() {
    for (good, bad, expected) in [
        ("PT15H", "tonight", "duty.ics:6: \"tonight\" is no length of time"),
        ("END:VCALENDAR\n", "", "duty.ics:17: END:VCALENDAR is missing"),
        ("first@", "third@", "duty.ics:10: the event names \"third@Kawase.example\", who is not"),
        (" second ", " ", "duty.ics:17: the event names \" \", who is not"),
        ("FREQ=DAILY", "FREQ=SECONDLY", "duty.ics:7: FREQ=SECONDLY is not understood"),
    ] {
        let found = trouble(&with_calendar(&DUTY_ICS.replacen(good, bad, 1)));
        assert!(found.starts_with(expected), "{found} / {expected}");
    }
}

#[test]
fn a_guest_at_an_event_is_passed_over_and_one_of_a_cancelled_event_too() {
    let now = at("2026-01-05T09:00:00Z");
    let guest = "ATTENDEE:mailto:guest@kawase.example\nATTENDEE:mailto:first@kawase.example";
    let with_guest = DUTY_ICS.replace("ATTENDEE:mailto:first@Kawase.example", guest);
    let policy = on_duty(&load(&with_calendar(&with_guest)).unwrap(), now);
    assert!(asks(&policy, "engineer", now));
    let cancelled = DUTY_ICS.replace("SUMMARY: second ", "STATUS:CANCELLED\nSUMMARY:night");
    let policy = on_duty(&load(&with_calendar(&cancelled)).unwrap(), now);
    let then = at("2026-01-07T09:00:00Z");
    assert!(!asks(&policy, "engineer", then) && !asks(&policy, "approver", then));
}

#[test]
fn whoever_declined_is_not_on_call() {
    let now = at("2026-01-05T09:00:00Z");
    let declined = DUTY_ICS.replace("ATTENDEE:", "ATTENDEE;PARTSTAT=DECLINED:");
    assert!(!asks(&on_duty(&load(&with_calendar(&declined)).unwrap(), now), "engineer", now));
}

#[test]
fn a_rotation_with_a_calendar_is_written_whole() {
    for (good, bad, expected) in [
        ("\"duty.ics\"", "\"other.ics\"", "oncall.toml:3: there is no calendar other.ics"),
        ("\"duty.ics\"", "\"ftp://x.example/\"", "oncall.toml:3: a calendar is a file"),
        ("\"duty.ics\"", "\"https://me:secret@x.example/\"", "oncall.toml:3: a calendar is a file"),
        ("Asia/Tokyo", "JST", "oncall.toml:4: a time zone is written by its IANA name"),
        ("\"engineer\"", "\"nobody\"", "oncall.toml:5: there is no such person"),
        ("\"Second\"", "\"first@kawase.example\"", "oncall.toml:5: is written twice"),
        ("people = {", "nobody = {", "oncall.toml:5: unknown field `nobody`"),
        ("calendar = \"duty.ics\"\n", "", "oncall.toml:1: a rotation has shifts, or a calendar"),
        (
            "time_zone",
            "calendar_stale_after = \"1h\"\ntime_zone",
            "oncall.toml:4: a calendar in the folder",
        ),
    ] {
        let folder = folder(&CALENDAR.replacen(good, bad, 1)).with("duty.ics", DUTY_ICS.as_bytes());
        let found = trouble(&folder);
        assert!(found.contains(expected), "{found} / {expected}");
    }
    let nobody = "[rotations.night]\nrole = \"on-duty\"\ncalendar = \"https://x.example/\"\n";
    assert!(trouble(&folder(nobody)).starts_with("oncall.toml:3: a calendar needs people"));
    let soon = format!("{CALENDAR}calendar_stale_after = \"1s\"\n")
        .replace("duty.ics", "https://x.example/");
    assert!(trouble(&folder(&soon)).starts_with("oncall.toml:6: must be a time such as"));
}

#[test]
fn a_calendar_that_no_rotation_names_is_trouble() {
    let expected = "duty.ics: no rotation in oncall.toml names this calendar";
    assert_eq!(trouble(&folder(SHIFTS).with("duty.ics", DUTY_ICS.as_bytes())), expected);
    assert_eq!(trouble(&Folder::demo().with("duty.ics", DUTY_ICS.as_bytes())), expected);
}

#[test]
fn a_calendar_that_is_fetched_puts_nobody_on_call_until_it_was() {
    let elsewhere = CALENDAR.replace("duty.ics", "https://calendars.example/duty.ics");
    let loaded = load(&folder(&elsewhere)).unwrap();
    let now = at("2026-01-05T09:00:00Z");
    let on_duty = loaded.on_duty(&Copies::default(), now);
    assert!(!asks(&on_duty.snapshot, "engineer", now));
    let told: Vec<_> = on_duty.notices.iter().map(ToString::to_string).collect();
    assert_eq!(told, ["rotation night: nobody is on call by its calendar, which was not fetched"]);
}
