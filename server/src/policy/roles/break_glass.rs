//! How glass is broken, as the file says it.

use std::{ops::RangeInclusive, time::Duration};

use domain::{
    break_glass::BreakGlassSettings, grants::SHORTEST, policy::Tier, tenants::TenantName,
};
use serde::Deserialize;
use toml::Spanned;

use crate::policy::{bounds::span, source_text::SourceText, trouble::Troubles};

const PATIENCE: RangeInclusive<Duration> = Duration::ZERO..=Duration::from_hours(1);
const LONGEST: RangeInclusive<Duration> = SHORTEST..=Duration::from_hours(4);
const DECLARED_FOR: RangeInclusive<Duration> = Duration::from_mins(10)..=Duration::from_hours(24);
const REVIEW_WITHIN: RangeInclusive<Duration> = Duration::from_hours(1)..=Duration::from_hours(168);

/// What the file says; whatever it leaves out is usual.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    patience: Option<Spanned<String>>,
    #[serde(default)]
    at_once_in_tier: Vec<Spanned<u8>>,
    longest: Option<Spanned<String>>,
    declared_for: Option<Spanned<String>>,
    review_within: Option<Spanned<String>>,
    #[serde(default)]
    drills_in: Vec<Spanned<String>>,
}

impl Entry {
    pub(super) fn read(
        &self,
        source: &SourceText<'_>,
        troubles: &mut Troubles,
    ) -> Option<BreakGlassSettings> {
        let mut time = |said: &Option<Spanned<String>>, range, usual| match said {
            Some(text) => troubles.keep(span(source, text, range)),
            None => Some(usual),
        };
        let patience = time(&self.patience, &PATIENCE, Duration::from_mins(10));
        let longest = time(&self.longest, &LONGEST, Duration::from_mins(30));
        let declared_for = time(&self.declared_for, &DECLARED_FOR, Duration::from_hours(1));
        let review_within = time(&self.review_within, &REVIEW_WITHIN, Duration::from_hours(24));
        let tiers: Vec<_> = self
            .at_once_in_tier
            .iter()
            .map(|tier| {
                let known = Some(Tier(*tier.get_ref())).filter(|tier| tier.0 <= Tier::LEAST.0);
                troubles.keep(known.ok_or_else(|| source.trouble_with(tier, "a tier is 0 to 3")))
            })
            .collect();
        let drills: Vec<_> = self
            .drills_in
            .iter()
            .map(|tenant| {
                let named = tenant.get_ref().parse::<TenantName>();
                troubles.keep(named.map_err(|error| source.trouble_with(tenant, error.to_string())))
            })
            .collect();
        let settings = BreakGlassSettings {
            patience: patience?,
            at_once_in_tier: tiers.into_iter().collect::<Option<_>>()?,
            longest: longest?,
            declared_for: declared_for?,
            review_within: review_within?,
            drills_in: drills.into_iter().collect::<Option<_>>()?,
        };
        if settings.patience >= settings.declared_for
            && let Some(said) = self.patience.as_ref().or(self.declared_for.as_ref())
        {
            let reason = "patience outlasts `declared_for`: nobody could ever open alone";
            troubles.note(source.trouble_with(said, reason));
            return None;
        }
        Some(settings)
    }
}
