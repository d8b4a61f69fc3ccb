//! What is explained of the demo's policy.

use crate::{
    cli::{
        Answer,
        testing::{DEMO, run},
    },
    policy::Folder,
};

fn explained(arguments: &[&str]) -> String {
    let ran = run(&[&["explain", DEMO], arguments].concat());
    match ran.answer {
        Ok(answer) => format!("{answer:?}\n{}", ran.out),
        Err(failure) => format!("{failure}\n"),
    }
}

#[test]
fn verdicts_are_explained() {
    let restart = ["--action", "restart-pod", "--tenant", "demo/checkout"];
    let scale = ["--action", "scale", "--resource", "demo/card-vault"];
    let cases: [&[&str]; 8] = [
        &["--actor", "engineer", "--act", "view", "--tenant", "demo/ledger"],
        &["--actor", "engineer", "--act", "view", "--tenant", "demo/loyalty-pilot"],
        &[&["--actor", "admin", "--act", "ask"], &restart[..]].concat(),
        &[&["--actor", "approver", "--act", "decide", "--requester", "on-call"], &restart[..]]
            .concat(),
        &[&["--actor", "on-call", "--act", "decide"], &restart[..]].concat(),
        &["--actor", "security", "--act", "read-history"],
        &[&["--actor", "on-call"], &scale[..]].concat(),
        &[&["--actor", "approver", "--act", "lift", "--requester", "on-call"], &scale[..]].concat(),
    ];
    let told: Vec<_> = cases.into_iter().map(explained).collect();
    insta::assert_snapshot!(told.join("--\n"), @r#"
    Yes
    engineer may view: allowed by teams-view-their-tenants
    demo/ledger is owned by payments-core
    who else could: admin, approver, on-call, second-on-call, security
    --
    No
    engineer may not view: no rule allows it
    nobody owns demo/loyalty-pilot
    who else could: admin
    --
    No
    admin may not ask restart-pod: refused by platform-admins-hold-no-power
    demo/checkout is owned by payments-core
    who else could: on-call, second-on-call
    demo/checkout is of tier 2; approvals that restart-pod needs there: 1
    --
    Yes
    approver may decide restart-pod: allowed by owners-decide-requests
    demo/checkout is owned by payments-core
    who else could: engineer, second-on-call
    demo/checkout is of tier 2; approvals that restart-pod needs there: 1
    --
    No
    on-call may not decide restart-pod: refused by nobody-decides-their-own-request
    demo/checkout is owned by payments-core
    who else could: approver, engineer, second-on-call
    demo/checkout is of tier 2; approvals that restart-pod needs there: 1
    --
    Yes
    security may read-history: allowed by security-reads-history
    nobody else could
    --
    Yes
    on-call may ask scale: allowed by on-call-asks-for-actions
    demo/card-vault is owned by risk
    who else could: second-on-call
    demo/card-vault is of tier 0; approvals that scale needs there: 1
    signatures that lift its guard rail largest-change: 2
    signatures that lift its guard rail ready-floor: 2
    --
    Yes
    approver may lift scale: allowed by owners-lift-guard-rails
    demo/card-vault is owned by risk
    who else could: second-on-call
    demo/card-vault is of tier 0; approvals that scale needs there: 1
    signatures that lift its guard rail largest-change: 2
    signatures that lift its guard rail ready-floor: 2
    "#);
}

#[test]
fn calendars_count_at_the_moment_that_is_asked_about() {
    let dir = tempfile::tempdir().unwrap();
    let rotation = "[rotations.night]\nrole = \"on-call\"\ncalendar = \"duty.ics\"\n\
        people = { night = \"engineer\" }\n";
    let calendar = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:Night\n\
        DTSTART:20260101T180000Z\nDURATION:PT12H\nRRULE:FREQ=WEEKLY\nEND:VEVENT\nEND:VCALENDAR\n";
    Folder::demo().write(dir.path()).unwrap();
    std::fs::write(dir.path().join("oncall.toml"), rotation).unwrap();
    std::fs::write(dir.path().join("duty.ics"), calendar).unwrap();
    let asked = |at: &str| {
        let policy = dir.path().to_str().unwrap();
        let who = ["explain", policy, "--actor", "engineer", "--action", "restart-pod"];
        run(&[&who[..], &["--tenant", "demo/ledger", "--at", at]].concat()).answer.unwrap()
    };
    assert_eq!(asked("2031-06-05T17:59:59Z"), Answer::No);
    assert_eq!(asked("2031-06-05T18:00:00Z"), Answer::Yes);
    assert_eq!(asked("2031-06-06T05:59:59Z"), Answer::Yes);
    assert_eq!(asked("2031-06-06T06:00:00Z"), Answer::No);
}

#[test]
fn the_groups_of_which_approvals_must_come_are_told() {
    let dir = tempfile::tempdir().unwrap();
    Folder::demo().write(dir.path()).unwrap();
    let actions = dir.path().join("actions.toml");
    let text = std::fs::read_to_string(&actions).unwrap();
    let groups = "[actions.scale]\napprovals_from = [\"another-team\"]\n";
    std::fs::write(actions, text.replace("[actions.scale]\n", groups)).unwrap();
    let asked = |action: &str| {
        let policy = dir.path().to_str().unwrap();
        run(&[
            "explain",
            policy,
            "--actor",
            "on-call",
            "--action",
            action,
            "--tenant",
            "demo/ledger",
        ])
        .out
    };
    let told = "somebody of each of these groups is among them: another-team\n";
    assert!(asked("scale").contains(told), "{}", asked("scale"));
    assert!(!asked("cancel-job").contains("groups"), "{}", asked("cancel-job"));
    let deciding = |actor: &str| {
        let who = ["--actor", actor, "--act", "decide", "--requester", "on-call"];
        let what = ["--action", "scale", "--tenant", "demo/ledger"];
        run(&[&["explain", dir.path().to_str().unwrap()], &who[..], &what].concat())
    };
    let colleague = deciding("second-on-call");
    assert_eq!(colleague.answer.unwrap(), Answer::No);
    assert!(
        colleague.out.contains("is of none of these groups: another-team"),
        "{}",
        colleague.out
    );
    assert!(colleague.out.contains("who else could: approver, engineer\n"), "{}", colleague.out);
    assert_eq!(deciding("approver").answer.unwrap(), Answer::Yes);
}

#[test]
fn what_cannot_be_asked_is_said() {
    let cases: [&[&str]; 4] = [
        &["--actor", "nobody", "--act", "read-history"],
        &["--actor", "engineer", "--act", "ask", "--tenant", "demo/ledger"],
        &["--actor", "engineer", "--act", "view"],
        &["--actor", "engineer", "--act", "manage-people", "--tenant", "demo/ledger"],
    ];
    let told: Vec<_> = cases.into_iter().map(explained).collect();
    insta::assert_snapshot!(told.concat(), @r#"
    there is no nobody in people.toml
    ask needs --action
    view needs --tenant
    manage-people is not about a tenant
    "#);
}
