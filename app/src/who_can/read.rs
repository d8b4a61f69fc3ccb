//! What the page of who can do what reads.

use domain::{
    tenants::TenantName,
    who_can::{AccessView, WrittenAccess},
};
use leptos::prelude::*;
use server_fn::codec::GetUrl;

#[cfg(feature = "ssr")]
use crate::rendering::{Caller, answer};
use crate::{Failure, wire::Json};

/// Who can do what is asked about in a tenant.
#[server(prefix = "/pages", input = GetUrl, output = Json)]
pub(super) async fn read_who_can(
    tenant: TenantName,
    asked: WrittenAccess,
) -> Result<AccessView, Failure> {
    let Caller { console, actor } = Caller::current()?;
    answer(console.who_can(&actor, &tenant, &asked).await)
}
