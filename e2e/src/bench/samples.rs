//! Durations of one thing done many times.

use std::time::Duration;

/// Durations of one thing done many times.
#[derive(Clone, Debug, Default)]
pub struct Samples(Vec<Duration>);

impl Samples {
    /// Adds one.
    pub fn add(&mut self, duration: Duration) {
        self.0.push(duration);
    }

    /// The middle one.
    #[must_use]
    pub fn median(&self) -> Duration {
        self.quantile(50)
    }

    /// The one that 95 in a hundred do not exceed.
    #[must_use]
    pub fn p95(&self) -> Duration {
        self.quantile(95)
    }

    /// The nearest rank; zero when there are none.
    fn quantile(&self, percent: usize) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let rank = (sorted.len() * percent).div_ceil(100);
        sorted.get(rank.saturating_sub(1)).copied().unwrap_or_default()
    }
}

/// The middle one of some figures; zero when there are none.
#[must_use]
pub fn median_of(mut figures: Vec<f64>) -> f64 {
    figures.sort_unstable_by(f64::total_cmp);
    figures.get(figures.len().saturating_sub(1) / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_of_the_nearest_rank() {
        let mut samples = Samples::default();
        assert_eq!(samples.median(), Duration::ZERO);
        for millis in (1..=100).rev() {
            samples.add(Duration::from_millis(millis));
        }
        assert_eq!(samples.median(), Duration::from_millis(50));
        assert_eq!(samples.p95(), Duration::from_millis(95));
    }

    #[test]
    fn the_median_of_figures_is_one_of_them() {
        assert_eq!(median_of(vec![3.0, 1.0, 2.0]).to_string(), "2");
        assert_eq!(median_of(Vec::new()).to_string(), "0");
    }
}
