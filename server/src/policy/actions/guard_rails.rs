//! The bounds within which an action is carried out without more ado.

use std::{collections::BTreeMap, ops::RangeInclusive, time::Duration};

use domain::policy::{GuardRail, GuardRails, PolicyTrouble, Rate, UnknownGuardRail};
use serde::Deserialize;
use toml::Spanned;

use crate::policy::{
    bounds::{number, span},
    source_text::SourceText,
    trouble::Troubles,
};

/// What the file says of an action's guard rails.
pub(super) struct RailsEntry<'a> {
    pub(super) largest_change: Option<&'a Spanned<String>>,
    pub(super) ready_floor: Option<&'a Spanned<u32>>,
    pub(super) cool_down: Option<&'a Spanned<String>>,
    pub(super) rate: Option<&'a RateEntry>,
    pub(super) lift: Option<&'a BTreeMap<Spanned<String>, Spanned<u32>>>,
}

/// So many times within so long.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RateEntry {
    most: Spanned<u32>,
    within: Spanned<String>,
}

const READY_FLOOR: RangeInclusive<u32> = 0..=1000;
const COOL_DOWN: RangeInclusive<Duration> = Duration::from_secs(1)..=Duration::from_hours(24);
const MOST: RangeInclusive<u32> = 1..=1000;
const WITHIN: RangeInclusive<Duration> = Duration::from_mins(1)..=Duration::from_hours(24);
const SIGNATURES: RangeInclusive<u32> = 1..=5;

impl RailsEntry<'_> {
    pub(super) fn read(&self, source: &SourceText<'_>, troubles: &mut Troubles) -> GuardRails {
        let mut keep = |found: Option<Result<u32, _>>| found.and_then(|found| troubles.keep(found));
        let largest_change = keep(self.largest_change.map(|text| share(source, text)));
        let ready_floor = keep(self.ready_floor.map(|it| number(source, it, &READY_FLOOR)));
        let cool_down = self.cool_down.map(|text| span(source, text, &COOL_DOWN));
        let cool_down = cool_down.and_then(|found| troubles.keep(found));
        let rate = self.rate.map(|rate| rate.read(source));
        let rate = rate.and_then(|found| troubles.keep(found));
        let lift = self.lift(source, troubles);
        GuardRails { largest_change, ready_floor, cool_down, rate, lift }
    }

    fn lift(&self, source: &SourceText<'_>, troubles: &mut Troubles) -> BTreeMap<GuardRail, u32> {
        let entries = self.lift.into_iter().flatten();
        let read = entries.filter_map(|(name, signatures)| {
            let rail = name.get_ref().parse();
            let rail = rail
                .map_err(|error: UnknownGuardRail| source.trouble_with(name, error.to_string()));
            let signatures = number(source, signatures, &SIGNATURES);
            Some((troubles.keep(rail)?, troubles.keep(signatures)?))
        });
        read.collect()
    }
}

impl RateEntry {
    fn read(&self, source: &SourceText<'_>) -> Result<Rate, PolicyTrouble> {
        Ok(Rate {
            most: number(source, &self.most, &MOST)?,
            within: span(source, &self.within, &WITHIN)?,
        })
    }
}

fn share(source: &SourceText<'_>, text: &Spanned<String>) -> Result<u32, PolicyTrouble> {
    let percent = text.get_ref().strip_suffix('%').map(str::trim_end);
    percent.and_then(|number| number.parse().ok()).ok_or_else(|| {
        source.trouble_with(text, "must be a share such as \"50 %\", of what is wanted now")
    })
}
