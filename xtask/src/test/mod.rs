//! `cargo xtask test`: sets up and runs the suites, cheapest first, and sums them up at the end.
//!
//! A suite that cannot run counts as failed: nothing is skipped in silence, and a suite without tests is not in the table.

mod report;
mod suite;
mod suites;
mod tool;

use std::time::{Duration, Instant};

use harness::patience::{self, Ending};

use crate::progress::{failure, seconds, step};
use crate::workspace::Workspace;

use report::{Line, Report};
use suite::{Suite, SuiteError, When};

pub use suite::Length;

/// What all suites together said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Every suite passed.
    Passed,
    /// At least one suite failed or could not run.
    Failed,
}

/// A suite was asked for that does not exist.
#[derive(Debug, thiserror::Error)]
#[error("there is no suite `{0}`; `cargo xtask test --list` names them")]
pub struct UnknownSuite(String);

/// Prints the suites and what each proves.
pub fn list() {
    report::print_list(suites::ALL);
}

/// Runs the named suites, or all that need no request when none is named, in the order of the table.
pub fn run(
    workspace: &Workspace,
    names: &[String],
    length: Length,
) -> Result<Verdict, UnknownSuite> {
    let mut report = Report::default();
    for suite in chosen(suites::ALL, names)? {
        let started = Instant::now();
        let (outcome, ending) = patience::within(length.patience(), || {
            step(&format!("suite {}", suite.name), || suite.at(length)(workspace))
        });
        if let Err(error) = &outcome {
            failure(error);
        }
        report.add(Line {
            suite: suite.name,
            duration: started.elapsed(),
            complaint: complaint(outcome, ending, length.patience()),
        });
    }
    report.print();
    Ok(report.verdict())
}

/// What is wrong with how a suite ended, if anything is.
fn complaint(outcome: Result<(), SuiteError>, ending: Ending, limit: Duration) -> Option<String> {
    match ending {
        Ending::InTime => outcome.err().map(|error| error.to_string()),
        Ending::Cut => Some(format!("it did not end within {} and was cut", seconds(limit))),
    }
}

fn chosen<'a>(
    all: &'a [Suite],
    names: &[String],
) -> Result<impl Iterator<Item = &'a Suite>, UnknownSuite> {
    if let Some(name) = names.iter().find(|name| all.iter().all(|suite| suite.name != *name)) {
        return Err(UnknownSuite(name.clone()));
    }
    Ok(all.iter().filter(move |suite| {
        if names.is_empty() {
            suite.when == When::Always
        } else {
            names.iter().any(|name| suite.name == name)
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &[Suite] = &[
        Suite { name: "first", proves: "", when: When::Always, run: |_| Ok(()), full: None },
        Suite {
            name: "second",
            proves: "",
            when: When::OnRequest("a network"),
            run: |_| Ok(()),
            full: None,
        },
    ];

    fn names(asked: &[&str]) -> Result<Vec<&'static str>, UnknownSuite> {
        let asked: Vec<_> = asked.iter().map(ToString::to_string).collect();
        Ok(chosen(TABLE, &asked)?.map(|suite| suite.name).collect())
    }

    #[test]
    fn without_a_name_everything_runs_that_needs_no_request() {
        assert_eq!(names(&[]).unwrap(), ["first"]);
    }

    #[test]
    fn the_table_s_order_stands_whatever_the_order_of_asking() {
        assert_eq!(names(&["second", "first"]).unwrap(), ["first", "second"]);
    }

    #[test]
    fn a_suite_that_was_cut_has_failed_whatever_it_said() {
        let limit = Duration::from_secs(90);
        assert_eq!(complaint(Ok(()), Ending::InTime, limit), None);
        assert_eq!(
            complaint(Ok(()), Ending::Cut, limit).unwrap(),
            "it did not end within 90.0 s and was cut"
        );
    }

    #[test]
    fn an_unknown_name_runs_nothing() {
        assert_eq!(
            names(&["first", "third"]).unwrap_err().to_string(),
            "there is no suite `third`; `cargo xtask test --list` names them"
        );
    }
}
