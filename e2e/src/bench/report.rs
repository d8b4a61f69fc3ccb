//! The figures: a table for people and one line of JSON for programs.
#![expect(clippy::print_stdout, reason = "the result of the measurement")]

/// One figure.
#[derive(Clone, Debug)]
pub struct Figure {
    /// Its name in the line of JSON; none if it only stands in the table.
    pub key: Option<&'static str>,
    /// What it is, for people.
    pub what: &'static str,
    /// The figure.
    pub value: f64,
    /// What it should not exceed, if there is such a goal.
    pub goal: Option<f64>,
    /// What it was measured against, or how.
    pub against: String,
}

impl Figure {
    fn row(&self) -> String {
        let goal = self.goal.map(|goal| format!("≤ {goal}")).unwrap_or_default();
        let met = match self.goal {
            Some(goal) if self.value <= goal => "met",
            Some(_) => "MISSED",
            None => "",
        };
        let value = number(self.value);
        format!("{:<34}{value:>10}  {goal:<7}{met:<8}{}", self.what, self.against)
    }
}

/// Prints all of them.
pub fn print(figures: &[Figure]) {
    println!("\n{:<34}{:>10}  {:<7}{:<8}measured against", "figure", "", "goal", "");
    for figure in figures {
        println!("{}", figure.row());
    }
    println!("\n{}", json(figures));
}

/// The keys in the order of the table.
fn json(figures: &[Figure]) -> String {
    let fields = figures.iter().filter_map(|figure| {
        let key = figure.key?;
        Some(format!("\"{key}\":{}", number(figure.value)))
    });
    format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
}

/// Three digits that count, and no more than three after the point.
fn number(value: f64) -> String {
    match value {
        0.0 => "0".to_owned(),
        value if value < 0.1 => format!("{value:.4}"),
        value if value < 10.0 => format!("{value:.3}"),
        value => format!("{value:.1}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(key: Option<&'static str>, value: f64, goal: Option<f64>) -> Figure {
        Figure { key, what: "memory", value, goal, against: "/proc".to_owned() }
    }

    #[test]
    fn the_line_has_the_named_figures_in_their_order() {
        let figures = [
            figure(Some("b"), 0.0, None),
            figure(None, 2.0, None),
            figure(Some("a"), 1.23456, None),
        ];
        assert_eq!(json(&figures), r#"{"b":0,"a":1.235}"#);
    }

    #[test]
    fn a_goal_is_met_or_missed() {
        assert!(figure(None, 120.0, Some(120.0)).row().contains(" met "));
        assert!(figure(None, 120.5, Some(120.0)).row().contains(" MISSED "));
        assert!(!figure(None, 120.5, None).row().contains('≤'));
    }
}
