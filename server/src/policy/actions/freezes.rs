//! The times in which nothing is to be changed.

use domain::{
    policy::{Freeze, PolicyTrouble},
    time::Timestamp,
};
use serde::Deserialize;
use toml::Spanned;

use crate::policy::{source_text::SourceText, trouble::Troubles};

/// What the file says of one.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FreezeEntry {
    name: String,
    from: Spanned<String>,
    until: Spanned<String>,
}

pub(super) fn read(
    source: &SourceText<'_>,
    entries: &[Spanned<FreezeEntry>],
    troubles: &mut Troubles,
) -> Vec<Freeze> {
    entries.iter().filter_map(|entry| troubles.keep(freeze(source, entry))).collect()
}

fn freeze(source: &SourceText<'_>, entry: &Spanned<FreezeEntry>) -> Result<Freeze, PolicyTrouble> {
    let FreezeEntry { name, from, until } = entry.get_ref();
    let freeze =
        Freeze { name: name.clone(), from: moment(source, from)?, until: moment(source, until)? };
    if freeze.until <= freeze.from {
        return Err(source.trouble_with(entry, "ends before it begins"));
    }
    Ok(freeze)
}

fn moment(source: &SourceText<'_>, text: &Spanned<String>) -> Result<Timestamp, PolicyTrouble> {
    let parsed = text.get_ref().parse();
    parsed
        .map_err(|_| source.trouble_with(text, "must be a moment such as \"2026-12-24T00:00:00Z\""))
}
