//! Shifts that come every week, as `oncall.toml` writes them.

use domain::policy::{NotAWeekTime, PolicyTrouble, Shift, WeekTime};
use serde::Deserialize;
use toml::Spanned;

use crate::policy::{
    people::{People, listed},
    source_text::SourceText,
    trouble::Troubles,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ShiftEntry {
    person: Spanned<String>,
    from: Spanned<String>,
    until: Spanned<String>,
}

pub(super) fn shift(
    source: &SourceText<'_>,
    role: &str,
    entry: &ShiftEntry,
    people: &People,
    troubles: &mut Troubles,
) -> Option<Shift> {
    let (person, from, until) = (
        troubles.keep(listed(source, &entry.person, people)),
        troubles.keep(week_time(source, &entry.from)),
        troubles.keep(week_time(source, &entry.until)),
    );
    Some(Shift { person: person?, role: role.to_owned(), from: from?, until: until? })
}

fn week_time(source: &SourceText<'_>, text: &Spanned<String>) -> Result<WeekTime, PolicyTrouble> {
    let time = text.get_ref().parse();
    time.map_err(|error: NotAWeekTime| source.trouble_with(text, error.to_string()))
}
