//! One run after another: a restart or a scale is asked for, approved and executed, and its console killed on the way.

use std::time::Duration;

use axum::http::StatusCode;
use domain::actions::StateName;
use e2e::crash::{Chance, CrashPoint};

use crate::{
    console::Console,
    desk::Desk,
    ground::Ground,
    people::Gone,
    record::Record,
    writes::{Does, Seen},
};

/// What was done in one run.
pub(crate) struct Story {
    /// The point at which its console was killed; at random where it is none.
    pub(crate) point: Option<CrashPoint>,
    pub(crate) request: String,
}

/// The consoles and people of a test.
pub(crate) struct Scene<'a> {
    ground: &'a Ground,
    desk: Desk,
    /// How many consoles there were.
    consoles: u32,
}

impl<'a> Scene<'a> {
    /// Enrols everybody; the console that does it is killed as well.
    pub(crate) fn open(ground: &'a Ground) -> Self {
        let mut console = Console::start(ground, "console-0", None, 0);
        let desk = Desk::open(ground, &mut console);
        console.kill_while(Duration::ZERO, || ());
        Self { ground, desk, consoles: 1 }
    }

    /// One run. What it leaves executing meets the crashes of the runs after it.
    pub(crate) fn play(&mut self, point: Option<CrashPoint>, chance: &mut Chance) -> Story {
        let console = self.next_console(point, chance);
        let does = if chance.below(2) == 0 { Does::Evict } else { Does::Scale };
        let request = self.desk.ask(does);
        let request = request.expect("nothing kills a console before there is a request");
        match point {
            None => {
                self.desk.approve(&request).unwrap().done();
                self.execute_and_kill(console, &request, chance);
            }
            Some(point) => {
                let answered = self.go_the_whole_way(&request);
                // Killed before that, it cannot have answered that it executes.
                assert!(answered.is_err() || point >= CrashPoint::DuringEffect, "{point}");
                console.until_dead(point, &request);
                if point.may_leave_unexecuted() {
                    self.finish(point, &request, chance);
                }
            }
        }
        Story { point, request }
    }

    /// Pods go in waves, and the console is killed in the first of them; the next one brings them all to their end.
    pub(crate) fn play_waves(&mut self, point: CrashPoint, chance: &mut Chance) -> Story {
        let console = self.next_console(Some(point), chance);
        self.desk.until_settled();
        let request = self.desk.ask_for_waves();
        self.go_the_whole_way(&request).expect("the waves go after the answer");
        console.until_dead(point, &request);
        let console = self.next_console(None, chance);
        self.desk.until_settled();
        console.kill_while(Duration::ZERO, || ());
        Story { point: Some(point), request }
    }

    /// The last console: it is not killed, and everything comes to its end.
    pub(crate) fn close(mut self) -> Record {
        let _console = self.next_console(None, &mut Chance::new(0));
        self.desk.until_settled();
        self.desk.execute_the_rest();
        self.desk.until_settled();
        Record {
            origin: self.ground.origin.parse().unwrap(),
            entries: self.desk.entries(),
            requests: self.desk.requests(),
            seen: Seen::since_set(self.ground),
            acknowledged: self.desk.acknowledged,
        }
    }

    fn next_console(&mut self, point: Option<CrashPoint>, chance: &mut Chance) -> Console {
        let name = format!("console-{}", self.consoles);
        self.consoles += 1;
        let console = Console::start(self.ground, &name, point, chance.draw());
        self.desk.turn_to(self.ground);
        console
    }

    fn go_the_whole_way(&mut self, request: &str) -> Result<(), Gone> {
        self.desk.approve(request)?.done();
        let touch = self.desk.touch(request)?.expect("an approved request awaits its execution");
        self.desk.execute(request, &touch)?.done();
        Ok(())
    }

    /// A new console takes the request where the dead one left it; this one is killed at random.
    fn finish(&mut self, point: CrashPoint, request: &str, chance: &mut Chance) {
        let console = self.next_console(None, chance);
        let approval = self.desk.approve(request).unwrap();
        if point == CrashPoint::BeforeApprovalCommit {
            approval.done();
        } else {
            assert_eq!(approval.status, StatusCode::CONFLICT, "after {point}: {}", approval.body);
        }
        if self.desk.state(request) == StateName::Approved {
            return self.execute_and_kill(console, request, chance);
        }
        assert_eq!(point, CrashPoint::DuringIntentCommit);
        let refused = self.desk.touch(request).unwrap().unwrap_err();
        assert_eq!(refused.status, StatusCode::CONFLICT, "executed already: {}", refused.body);
        console.kill_while(moment(chance), || ());
    }

    fn execute_and_kill(&mut self, console: Console, request: &str, chance: &mut Chance) {
        let touch = self.desk.touch(request).unwrap().expect("it is approved");
        let desk = &mut self.desk;
        let answer = console.kill_while(moment(chance), || desk.execute(request, &touch));
        if let Ok(answer) = answer {
            answer.done();
        }
    }
}

/// A moment between a millisecond and two seconds, each order of magnitude as likely.
pub(crate) fn moment(chance: &mut Chance) -> Duration {
    let base = Duration::from_millis(1 << chance.below(11));
    base + chance.within(base)
}
