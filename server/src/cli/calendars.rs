//! `--fetch-calendars`: the calendars that `oncall.toml` takes from elsewhere, for commands that judge a folder.

use std::sync::Arc;

use clap::Args;
use domain::time::Timestamp;

use super::{Failure, wait_for};
use crate::{
    notifications::PATIENCE,
    outgoing::{Client, Networks, SystemResolver},
    policy::{Copies, LoadedPolicy},
};

/// Whether calendars are fetched, and from where.
#[derive(Debug, Args)]
pub(super) struct Calendars {
    /// Fetch the calendars that oncall.toml takes from elsewhere; without it, nobody is on call by them
    #[arg(long)]
    fetch_calendars: bool,
    /// Networks that they may be fetched from although they are not public, such as `10.20.0.0/16`
    #[arg(long, value_name = "NETWORKS", env = "SEKISHO_PRIVATE_NETWORKS")]
    private_networks: Option<Networks>,
}

impl Calendars {
    /// What they are now, taken as known around that moment.
    pub(super) fn copies(&self, loaded: &LoadedPolicy, at: Timestamp) -> Result<Copies, Failure> {
        if !self.fetch_calendars {
            return Ok(Copies::default());
        }
        let networks = self.private_networks.clone().unwrap_or_default();
        let client = Client::new(Arc::new(SystemResolver), networks, PATIENCE)?;
        wait_for(async {
            let mut copies = Copies::default();
            for (rotation, address) in loaded.fetched_calendars() {
                let fetched = address.fetch(Some(&client), at).await;
                let fetched = fetched.map_err(|source| Failure::Calendar {
                    rotation: rotation.to_owned(),
                    source,
                })?;
                copies.keep(address.clone(), fetched, at);
            }
            Ok(copies)
        })
    }
}
