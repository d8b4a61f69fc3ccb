//! One console: started, used, killed.

use std::{fs, os::unix::process::ExitStatusExt as _, process::Command, thread, time::Duration};

use e2e::crash::CrashPoint;
use harness::{
    service::{Error, Service},
    wait,
};

use crate::{desk::LIMIT, ground::Ground};

/// What `kill -9` sends.
const SIGKILL: i32 = 9;

/// A running console.
pub(crate) struct Console {
    service: Service,
}

impl Console {
    /// Starts one that dies at that point, and waits until it serves.
    pub(crate) fn start(ground: &Ground, name: &str, point: Option<CrashPoint>, seed: u64) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_crashing_console"));
        ground.configure(&mut command);
        command.arg("--seed").arg(seed.to_string());
        if let Some(point) = point {
            command.arg("--crash-at").arg(point.to_string());
        }
        let mut console = Self { service: Service::start(name, command, &ground.folder).unwrap() };
        console.until("a console that serves", |console| {
            console.service.check().unwrap();
            console.log().contains("Sekisho listens on").then_some(())
        });
        console
    }

    /// The link by which a platform admin enrols, as a new console prints it.
    pub(crate) fn first_link(&mut self) -> String {
        self.until("the link of the first admin", |console| {
            let log = console.log();
            let line = log.lines().find(|line| line.starts_with("admin may enrol"))?;
            line.rsplit_once(' ').map(|(_, link)| link.to_owned())
        })
    }

    /// Waits until it has killed itself, which it must have done at that point and over that request.
    pub(crate) fn until_dead(mut self, point: CrashPoint, request: &str) {
        let end =
            self.until(&format!("a kill at {point}"), |console| console.service.check().err());
        let Error::Ended { status, tail, .. } = end else { panic!("{end}") };
        assert_eq!(status.signal(), Some(SIGKILL), "it was to be killed at {point}:\n{tail}");
        assert!(self.log().contains(&format!("crashing at {point} over {request}")), "{tail}");
    }

    /// Kills it so long after `act` began, wherever that is by then.
    pub(crate) fn kill_while<T>(mut self, after: Duration, act: impl FnOnce() -> T) -> T {
        self.service.check().unwrap();
        thread::scope(|scope| {
            scope.spawn(|| {
                // The moment is what is drawn: there is nothing to wait for.
                thread::sleep(after);
                self.service.kill();
            });
            act()
        })
    }

    fn log(&self) -> String {
        fs::read_to_string(self.service.log()).unwrap_or_default()
    }

    fn until<T>(&mut self, what: &str, mut look: impl FnMut(&mut Self) -> Option<T>) -> T {
        let found = wait::until(what, LIMIT, || look(self));
        found.unwrap_or_else(|error| panic!("{error}:\n{}", self.log()))
    }
}
