//! The table at the end of a run, and the list of suites. This is a run's result, so it goes to standard output.
#![expect(clippy::print_stdout, reason = "the result of the task, for people and scripts")]

use std::time::Duration;

use super::Verdict;
use super::suite::{Suite, When};
use crate::progress::seconds;

/// What became of one suite.
#[derive(Debug)]
pub struct Line {
    /// The suite's name.
    pub suite: &'static str,
    /// How long it ran, its preparations included.
    pub duration: Duration,
    /// Why it failed, if it did.
    pub complaint: Option<String>,
}

/// What became of each suite so far.
#[derive(Debug, Default)]
pub struct Report {
    lines: Vec<Line>,
}

impl Report {
    /// Adds a suite's outcome.
    pub fn add(&mut self, line: Line) {
        self.lines.push(line);
    }

    /// What all suites together said; a run of none has proved nothing.
    pub fn verdict(&self) -> Verdict {
        if self.lines.is_empty() || self.failed() > 0 {
            return Verdict::Failed;
        }
        Verdict::Passed
    }

    /// Prints the table and the closing line.
    pub fn print(&self) {
        print!("\n{}", self.render());
    }

    fn failed(&self) -> usize {
        self.lines.iter().filter(|line| line.complaint.is_some()).count()
    }

    fn render(&self) -> String {
        let failed = self.failed();
        let heading = format!("{:<14}{:<9}{:>9}", "suite", "result", "time");
        let closing = format!("\n{} passed, {failed} failed\n", self.lines.len() - failed);
        std::iter::once(heading)
            .chain(self.lines.iter().map(Line::render))
            .chain(std::iter::once(closing))
            .collect::<Vec<_>>()
            .join("\n")
    }
}

impl Line {
    fn render(&self) -> String {
        let (suite, time) = (self.suite, seconds(self.duration));
        match &self.complaint {
            None => format!("{suite:<14}{:<9}{time:>9}", "passed"),
            Some(complaint) => {
                format!("{suite:<14}{:<9}{time:>9}  {}", "FAILED", shortened(complaint))
            }
        }
    }
}

/// A complaint that fits beside the table; the whole of it stands where the suite ended.
fn shortened(complaint: &str) -> String {
    const WIDTH: usize = 72;
    if complaint.chars().count() <= WIDTH {
        return complaint.to_owned();
    }
    complaint.chars().take(WIDTH - 1).chain(['…']).collect()
}

/// Prints what each suite proves.
pub fn print_list(suites: &[Suite]) {
    for suite in suites {
        match suite.when {
            When::Always => println!("{:<14}{}", suite.name, suite.proves),
            When::OnRequest(need) => {
                println!("{:<14}{} (on request: needs {need})", suite.name, suite.proves);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(complaints: &[Option<&str>]) -> Report {
        let mut report = Report::default();
        for complaint in complaints {
            report.add(Line {
                suite: "unit",
                duration: Duration::from_millis(12_340),
                complaint: complaint.map(str::to_owned),
            });
        }
        report
    }

    #[test]
    fn the_closing_line_counts_suites() {
        let text = report(&[None, Some("it broke"), None]).render();
        assert!(text.contains("unit          FAILED      12.3 s  it broke\n"));
        assert!(text.ends_with("\n2 passed, 1 failed\n"));
    }

    #[test]
    fn a_long_complaint_is_cut_to_the_table() {
        let text = report(&[Some(&"関".repeat(100))]).render();
        assert!(text.contains(&format!("  {}…\n", "関".repeat(71))));
    }

    #[test]
    fn one_failure_fails_the_run_and_so_does_running_nothing() {
        assert_eq!(report(&[None]).verdict(), Verdict::Passed);
        assert_eq!(report(&[None, Some("x")]).verdict(), Verdict::Failed);
        assert_eq!(report(&[]).verdict(), Verdict::Failed);
    }
}
