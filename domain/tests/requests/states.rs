//! In which state a request takes which event: read by reviewers, kept true by the machine itself.

use std::fmt::Write as _;

use domain::{
    actions::{
        Accepted, Before, Change, Evictions, Finding, Outcome, Request, StateName, TransitionError,
        Verdict, VoidReason,
    },
    approvals::Decision,
    time::Timestamp,
};

use crate::fixtures::{REQUESTER, request, settings, signed, start};

type Event = (&'static str, fn(Request) -> Result<Request, TransitionError>);

fn later() -> Timestamp {
    start().plus(std::time::Duration::from_hours(99))
}

const EVENTS: [Event; 9] = [
    ("approve", |request| {
        let approval = signed("approver", Decision::Approve, request.digest);
        request.approve(approval, settings(1).approval_ttl, start())
    }),
    ("deny", |request| {
        let denial = signed("approver", Decision::Deny, request.digest);
        request.deny(denial, start())
    }),
    ("execute", |request| {
        let touch = signed(REQUESTER, Decision::Execute, request.digest);
        request.begin(touch, Change::Evict, Before::default(), &settings(1), start())
    }),
    ("withdraw", |request| request.withdraw(&REQUESTER.parse().unwrap(), start())),
    ("expire", |request| request.expire(later())),
    ("void", |request| request.void(VoidReason::Changed, start())),
    ("stop", |request| request.stop(&"approver".parse().unwrap())),
    ("acknowledge", |request| request.acknowledge(Accepted::default())),
    ("settle", |request| {
        let verdict = Verdict::Unknown { reason: Finding::NotSeen };
        request.settle(Outcome { verdict, at: start() })
    }),
];

fn after(events: &[&str]) -> Request {
    let event = |name: &&str| EVENTS.iter().find(|(known, _)| known == name).unwrap().1;
    events.iter().map(event).fold(request(1), |request, event| event(request).unwrap())
}

/// One request in each state, by the way that leads there.
fn in_each_state() -> Vec<Request> {
    let mut requests: Vec<_> = [
        &[][..],
        &["approve"],
        &["deny"],
        &["withdraw"],
        &["expire"],
        &["void"],
        &["approve", "execute"],
        &["approve", "execute", "settle"],
    ]
    .map(after)
    .into();
    for verdict in [
        Verdict::Succeeded { made: None, audit_id: None },
        Verdict::Failed {
            effect: domain::actions::EffectSeen::None,
            reason: Finding::NotDelivered,
        },
    ] {
        let executing = after(&["approve", "execute"]);
        requests.push(executing.settle(Outcome { verdict, at: start() }).unwrap());
    }
    requests
}

/// A request that takes pods away in waves, whose word was given.
fn in_waves() -> Request {
    let change = Change::Evictions(Evictions { first: None, pods: Vec::new(), at_once: 1 });
    let request = after(&["approve"]);
    let touch = signed(REQUESTER, Decision::Execute, request.digest);
    request.begin(touch, change, Before::default(), &settings(1), start()).unwrap()
}

fn write_row(table: &mut String, name: &str, request: &Request) {
    write!(table, "\n{name:<12}").unwrap();
    for (_, event) in EVENTS {
        let led_to = event(request.clone()).map_or("-", |request| request.state.name().as_str());
        write!(table, "{led_to:<13}").unwrap();
    }
}

#[test]
fn what_each_state_takes_is_as_reviewed() {
    let requests = in_each_state();
    let mut table = format!("{:<12}", "");
    for (event, _) in EVENTS {
        write!(table, "{event:<13}").unwrap();
    }
    for name in StateName::ALL {
        let request = requests.iter().find(|request| request.state.name() == name).unwrap();
        write_row(&mut table, name.as_str(), request);
        if name == StateName::Executing {
            let in_waves = in_waves();
            write_row(&mut table, "  in waves", &in_waves);
            let stopped = in_waves.stop(&REQUESTER.parse().unwrap()).unwrap();
            write_row(&mut table, "  stopped", &stopped);
        }
    }
    let table: Vec<_> = table.lines().map(str::trim_end).collect();
    insta::assert_snapshot!("states", table.join("\n"));
}
