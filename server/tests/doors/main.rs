//! The HTTP door, knocked at as browsers and scripts do: ceremonies, sessions, people, requests, and a
//! sweep of every route. The console behind it stands on a real SQLite file; its clock stands still until told.

#![expect(clippy::unwrap_used, reason = "a fixture that does not hold is a broken test")]

mod asking;
mod attacks;
mod break_glass;
mod ceremonies;
mod cluster;
mod drains;
mod drifts;
mod entries;
mod forged;
mod grants;
mod groups;
mod lapses;
mod last_lines;
mod limits;
mod nodes;
mod notifications;
mod offers;
mod oracle;
mod outages;
mod page_sweep;
mod passkeys;
mod people;
mod policy;
mod probes;
mod rails;
mod recovery;
mod requests;
mod running;
mod samples;
mod sessions;
mod settling;
mod signatures;
mod streams;
mod sweep;
mod waves;
mod who_can;
mod world;
