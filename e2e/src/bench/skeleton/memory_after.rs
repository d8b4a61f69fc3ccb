//! What the server holds in memory when all is done.

use super::{Stage, kibibytes};
use crate::bench::{Trouble, memory::Memory, report::Figure};

pub(super) fn measure(stage: &Stage) -> Result<Vec<Figure>, Trouble> {
    let Memory { now, peak } = Memory::of(stage.console.pid())?;
    let figure = |key, what, value: u64, goal, against: &str| Figure {
        key,
        what,
        value: kibibytes(value * 1024) / 1024.0,
        goal,
        against: against.to_owned(),
    };
    Ok(vec![
        figure(Some("rss_mb"), "server memory, MiB", now, Some(120.0), "VmRSS, after the load"),
        figure(None, "server memory at its peak, MiB", peak, None, "VmHWM, since its start"),
    ])
}
