//! Who a process is: its id and when the kernel started it. An id alone is soon somebody
//! else's; with the start time it can be kept in a file and trusted later. Never signals
//! a process that is no longer the one it was.

use std::{fs, process, str::FromStr, time::Duration};

use rustix::process::{Pid, Signal, kill_process};

use crate::wait;

/// How long a process may take to end when asked, before it is killed.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// One process, distinguishable from a later one under the same id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Identity {
    pid: u32,
    started: u64,
}

impl Identity {
    /// This process.
    pub(crate) fn own() -> Option<Self> {
        Self::of(process::id())
    }

    /// The living process under `pid`.
    pub(crate) fn of(pid: u32) -> Option<Self> {
        started(pid).map(|started| Self { pid, started })
    }

    /// Ends everything that this process started, directly or through others.
    pub(crate) fn stop_descendants() {
        // Held before any of it ends: whoever lost their parent would no longer be told from strangers.
        let mut held = Vec::new();
        loop {
            let mut others = Self::descendants();
            others.retain(|other| !held.contains(other));
            if others.is_empty() {
                break;
            }
            for other in &others {
                other.signal(Signal::STOP);
            }
            held.extend(others);
        }
        held.into_iter().rev().for_each(Self::stop);
    }

    /// Everything alive that this process started, parents before their children.
    fn descendants() -> Vec<Self> {
        let alive: Vec<_> = processes().filter_map(|pid| Some((pid, Stat::of(pid)?))).collect();
        let mut family = vec![process::id()];
        let mut next = 0;
        while let Some(&of) = family.get(next) {
            family.extend(alive.iter().filter(|(_, stat)| stat.parent == of).map(|(pid, _)| *pid));
            next += 1;
        }
        family.into_iter().skip(1).filter_map(Self::of).collect()
    }

    /// Its id.
    pub(crate) fn pid(self) -> u32 {
        self.pid
    }

    /// Whether it still runs. One that only waits to be reaped does not.
    pub(crate) fn is_alive(self) -> bool {
        started(self.pid) == Some(self.started)
    }

    /// Sends `signal` if the process still is the one it was.
    pub(crate) fn signal(self, signal: Signal) {
        let pid = i32::try_from(self.pid).ok().and_then(Pid::from_raw);
        if let Some(pid) = pid.filter(|_| self.is_alive()) {
            // It may end between the look and the signal: then there is nothing to do.
            let _ = kill_process(pid, signal);
        }
    }

    /// Ends it: asks first, kills when it does not listen.
    pub(crate) fn stop(self) {
        // A paused process hears nothing.
        self.signal(Signal::CONT);
        self.signal(Signal::TERM);
        if !self.is_gone_within(PATIENCE) {
            self.signal(Signal::KILL);
            self.is_gone_within(PATIENCE);
        }
    }

    fn is_gone_within(self, limit: Duration) -> bool {
        wait::until("the end of a process", limit, || (!self.is_alive()).then_some(())).is_ok()
    }
}

impl std::fmt::Display for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.pid, self.started)
    }
}

impl FromStr for Identity {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (pid, started) = text.trim().split_once(' ').ok_or(())?;
        Ok(Self { pid: pid.parse().map_err(drop)?, started: started.parse().map_err(drop)? })
    }
}

/// The ids of all processes.
fn processes() -> impl Iterator<Item = u32> {
    let folders = fs::read_dir("/proc").into_iter().flatten().flatten();
    folders.filter_map(|folder| folder.file_name().to_str()?.parse().ok())
}

/// The start time of a running process.
fn started(pid: u32) -> Option<u64> {
    Stat::of(pid).map(|stat| stat.started)
}

/// What the kernel tells of a running process, by `proc(5)`'s stat.
struct Stat {
    /// Field 4: who started it, or took it over.
    parent: u32,
    /// Field 22: when, in clock ticks since boot.
    started: u64,
}

impl Stat {
    fn of(pid: u32) -> Option<Self> {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        // The name, in parentheses, may itself contain spaces and parentheses.
        let mut fields = stat.rsplit_once(") ")?.1.split(' ');
        let state = fields.next()?;
        if matches!(state, "Z" | "X") {
            return None;
        }
        let parent = fields.next()?.parse().ok()?;
        Some(Self { parent, started: fields.nth(17)?.parse().ok()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    fn sleeper() -> process::Child {
        Command::new("sleep").arg("1000").spawn().expect("sleep runs")
    }

    #[test]
    fn survives_a_round_trip_through_a_file() {
        let own = Identity::own().expect("alive");

        assert_eq!(own.to_string().parse(), Ok(own));
        assert!("nonsense".parse::<Identity>().is_err());
    }

    #[test]
    fn another_process_under_the_same_id_is_left_alone() {
        let mut child = sleeper();
        let real = Identity::of(child.id()).expect("alive");
        let earlier = Identity { started: real.started - 1, ..real };

        assert!(!earlier.is_alive());
        earlier.stop();

        assert!(real.is_alive());
        child.kill().expect("killed");
        child.wait().expect("reaped");
    }

    #[test]
    fn a_paused_process_is_stopped() {
        let mut child = sleeper();
        let identity = Identity::of(child.id()).expect("alive");
        identity.signal(Signal::STOP);

        identity.stop();

        assert!(!identity.is_alive());
        child.wait().expect("reaped");
    }
}
