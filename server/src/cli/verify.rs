//! `sekisho verify`: the signatures of exported entries, checked offline.

use std::{
    fs,
    io::{self, Read, Write},
    path::PathBuf,
};

use clap::Args;
use domain::audit::Entry;
use serde::Deserialize;

use super::{Answer, Failure, Outputs};
use crate::{
    identity::Origin,
    verify::{Checked, Keys, Pins, Report, verify_entries},
};

/// Check the signatures of exported entries offline
///
/// Takes what GET /api/v1/entries answers, one page after another, or bare entries one a line.
#[derive(Debug, Args)]
pub(super) struct Verify {
    /// The exported entries, in a file or on the input (-)
    entries: PathBuf,
    /// The console's public address, on which the signatures were made
    #[arg(long, value_name = "URL")]
    origin: Origin,
    /// Key fingerprints from elsewhere: TOML, login = ["SHA-256 of the COSE key", …]
    #[arg(long, value_name = "FILE")]
    pins: Option<PathBuf>,
}

/// What stands in an export.
#[derive(Deserialize)]
#[serde(untagged)]
enum Exported {
    Page { items: Vec<Entry> },
    One(Box<Entry>),
}

impl Verify {
    pub(super) fn run(self, outputs: &mut Outputs<'_>) -> Result<Answer, Failure> {
        let keys = match &self.pins {
            Some(file) => Keys::Pinned(Pins::parse(&fs::read_to_string(file)?)?),
            None => Keys::AssertedByServer,
        };
        let report = verify_entries(&self.read()?, self.origin.url(), &keys);
        write(&report, &keys, outputs.out)?;
        let sound = report.bad().next().is_none();
        Ok(if sound { Answer::Yes } else { Answer::No })
    }

    fn read(&self) -> Result<Vec<Entry>, Failure> {
        let mut text = String::new();
        if self.entries.as_os_str() == "-" {
            io::stdin().read_to_string(&mut text)?;
        } else {
            fs::File::open(&self.entries)?.read_to_string(&mut text)?;
        }
        let mut entries = Vec::new();
        for exported in serde_json::Deserializer::from_str(&text).into_iter::<Exported>() {
            match exported? {
                Exported::Page { items } => entries.extend(items),
                Exported::One(entry) => entries.push(*entry),
            }
        }
        Ok(entries)
    }
}

fn write(report: &Report, keys: &Keys, out: &mut dyn Write) -> io::Result<()> {
    for (place, checked) in report.bad() {
        writeln!(out, "entry {place}: {}", told(checked))?;
    }
    let keys = match keys {
        Keys::AssertedByServer => "keys asserted by the server",
        Keys::Pinned(_) => "keys pinned",
    };
    let (all, hold) = (report.entries.len(), report.count(&Checked::Holds));
    writeln!(
        out,
        "{all} entries, {hold} signatures hold, {} do not; {keys}",
        report.bad().count()
    )?;
    if !report.gaps.is_empty() {
        writeln!(
            out,
            "the export lacks {} entries between its first and its last",
            report.gaps.len()
        )?;
    }
    Ok(())
}

fn told(checked: &Checked) -> String {
    match checked {
        Checked::Unsigned => "needs no signature".to_owned(),
        Checked::Holds => "its signature holds".to_owned(),
        Checked::Missing => "carries no signature that can be read".to_owned(),
        Checked::Flawed(flaw) => flaw.to_string(),
        Checked::Misplaced => "its signature is for something else".to_owned(),
        Checked::Contradicted(contradiction) => contradiction.to_string(),
        Checked::NotPinned => "signed by a key that is not pinned".to_owned(),
    }
}
