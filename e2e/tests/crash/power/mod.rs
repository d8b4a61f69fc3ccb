//! Power and kills: sessions are opened and closed while their consoles die, and in the end the cluster holds exactly what
//! was signed for and is not over.

mod held;
mod judge;

use std::time::{Duration, Instant};

use domain::{break_glass::ReviewStateName, grants::GrantStateName};
use e2e::crash::Chance;
use harness::wait;

use self::{
    held::Held,
    judge::{Evidence, is_tried, violations},
};
use crate::{
    console::Console,
    desk::{Desk, LIMIT},
    ground::Ground,
    plan::Plan,
    runs::moment,
};

#[test]
fn whatever_a_kill_leaves_of_power_is_held_or_gone() {
    let plan = Plan::from_environment();
    println!("{plan}, of power");
    let ground = Ground::with_roles();
    let mut chance = Chance::new(plan.seed);
    let mut night = Night::begin(&ground);
    let begun = Instant::now();
    for _ in &plan.points {
        night.play(&mut chance);
    }
    let evidence = night.end();
    println!("{evidence}\nplayed and settled in {} s", begun.elapsed().as_secs());
    let found = violations(&evidence);
    assert!(found.is_empty(), "seed {}:\n{}", plan.seed, found.join("\n"));
    is_tried(&evidence);
    ground.clear();
}

/// The consoles and people of the night.
struct Night<'a> {
    ground: &'a Ground,
    desk: Desk,
    consoles: u32,
    /// Sessions that an approver was told to have opened.
    opened: Vec<String>,
    /// Sessions that the on-call was told to have closed.
    closed: Vec<String>,
    kills: u32,
}

impl<'a> Night<'a> {
    fn begin(ground: &'a Ground) -> Self {
        let mut console = Console::start(ground, "power-0", None, 0);
        let desk = Desk::open(ground, &mut console);
        console.kill_while(Duration::ZERO, || ());
        Self { ground, desk, consoles: 1, opened: Vec::new(), closed: Vec::new(), kills: 0 }
    }

    /// A session is opened, and two times out of three closed; each time the console dies at any moment of it.
    fn play(&mut self, chance: &mut Chance) {
        let console = self.next_console(chance);
        let id = self.desk.declare();
        let touch = self.desk.touch_to_open(&id);
        let desk = &mut self.desk;
        let answer = console.kill_while(moment(chance), || desk.open_by_approval(&id, &touch));
        self.kills += 1;
        if answer.is_ok_and(|answer| answer.status.is_success()) {
            self.opened.push(id.clone());
        }
        let console = self.next_console(chance);
        if self.desk.stands(&id) == GrantStateName::Pending {
            let touch = self.desk.touch_to_open(&id);
            self.desk.open_by_approval(&id, &touch).unwrap().done();
            self.opened.push(id.clone());
        }
        let desk = &mut self.desk;
        if chance.below(3) > 0 {
            let answer = console.kill_while(moment(chance), || desk.close_session(&id));
            if answer.is_ok_and(|answer| answer.status.is_success()) {
                self.closed.push(id);
            }
        } else {
            console.kill_while(moment(chance), || ());
        }
        self.kills += 1;
    }

    /// The last console: it is not killed, and everything is given or gone.
    fn end(mut self) -> Evidence {
        let _console = self.next_console(&mut Chance::new(0));
        let settled = wait::until("an end of what is on its way", LIMIT, || {
            let moves = [GrantStateName::Activating, GrantStateName::Ending];
            let sessions = self.desk.sessions();
            let unsettled = sessions.iter().any(|session| {
                let is_over = session.state == GrantStateName::Ended;
                let mut live =
                    || self.desk.review(&session.id.to_string()) == Some(ReviewStateName::Live);
                moves.contains(&session.state) || is_over && live()
            });
            (!unsettled).then_some(sessions)
        });
        let sessions = settled.unwrap_or_else(|error| panic!("{error}"));
        let reviews = sessions.iter().filter_map(|session| {
            let id = session.id.to_string();
            self.desk.review(&id).map(|state| (id, state))
        });
        Evidence {
            reviews: reviews.collect(),
            origin: self.ground.origin.parse().unwrap(),
            entries: self.desk.entries(),
            held: Held::in_cluster(self.ground),
            sessions,
            opened: self.opened,
            closed: self.closed,
            kills: self.kills,
        }
    }

    fn next_console(&mut self, chance: &mut Chance) -> Console {
        let name = format!("power-{}", self.consoles);
        self.consoles += 1;
        let console = Console::start(self.ground, &name, None, chance.draw());
        self.desk.turn_to(self.ground);
        console
    }
}
