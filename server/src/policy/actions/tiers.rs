//! How much hangs on each tenant.

use std::collections::BTreeMap;

use domain::{
    policy::{PolicyTrouble, Tier, Tiers},
    tenants::TenantName,
};
use toml::Spanned;

use crate::policy::{source_text::SourceText, trouble::Troubles};

/// The name under which the tier of whatever is not named stands; no tenant is called so.
const DEFAULT: &str = "default";
const NO_TIER: &str = "a tier is 0 to 3";

/// A tier, if it is one.
fn tier(number: u8) -> Option<Tier> {
    Some(Tier(number)).filter(|tier| *tier <= Tier::LEAST)
}

/// The tier that a key names.
pub(in crate::policy) fn tier_of(
    source: &SourceText<'_>,
    key: &Spanned<String>,
) -> Result<Tier, PolicyTrouble> {
    let named = key.get_ref().parse().ok().and_then(tier);
    named.ok_or_else(|| source.trouble_with(key, NO_TIER))
}

pub(super) fn read(
    source: &SourceText<'_>,
    entries: &BTreeMap<Spanned<String>, Spanned<u8>>,
    troubles: &mut Troubles,
) -> Tiers {
    let mut tiers = Tiers::default();
    for (name, number) in entries {
        let found = tier(*number.get_ref());
        let found = found.ok_or_else(|| source.trouble_with(number, NO_TIER));
        let Some(found) = troubles.keep(found) else { continue };
        if name.get_ref() == DEFAULT {
            tiers.default = found;
        } else if let Some(tenant) = troubles.keep(tenant(source, name)) {
            tiers.named.insert(tenant, found);
        }
    }
    tiers
}

fn tenant(source: &SourceText<'_>, name: &Spanned<String>) -> Result<TenantName, PolicyTrouble> {
    let parsed = name.get_ref().parse();
    parsed.map_err(|_| source.trouble_with(name, "a tenant is written cluster/namespace"))
}
