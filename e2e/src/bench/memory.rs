//! The memory of a process, as Linux counts it.

use std::fs;

use super::Trouble;

/// What a process holds in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Memory {
    /// Resident now, in KiB (`VmRSS`).
    pub now: u64,
    /// The most that was ever resident, in KiB (`VmHWM`).
    pub peak: u64,
}

impl Memory {
    /// That of a running process.
    pub fn of(pid: u32) -> Result<Self, Trouble> {
        Self::read(&fs::read_to_string(format!("/proc/{pid}/status"))?)
    }

    fn read(status: &str) -> Result<Self, Trouble> {
        let field = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            line.strip_suffix("kB")?.trim().parse().ok()
        };
        match (field("VmRSS:"), field("VmHWM:")) {
            (Some(now), Some(peak)) => Ok(Self { now, peak }),
            _ => Err("the system does not say how much memory the server holds".into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_s_words_are_understood() {
        let status = "Name:\tsekisho\nVmHWM:\t  123456 kB\nVmRSS:\t   98304 kB\nThreads:\t4\n";
        assert_eq!(Memory::read(status).unwrap(), Memory { now: 98_304, peak: 123_456 });
        assert!(Memory::read("Name:\tkthreadd\n").is_err());
    }
}
