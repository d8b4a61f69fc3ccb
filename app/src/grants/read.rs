//! What the pages of grants read.

use domain::{
    Problem,
    grants::{Added, EndReason, GrantBody, GrantStateName, Holder, LastTime, RoleOffer, Weighed},
    ids::GrantId,
    names::{GrantableRoleName, Login},
    page::Page,
    tenants::TenantName,
    time::Timestamp,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::GetUrl;

#[cfg(feature = "ssr")]
use crate::rendering::{Caller, answer};
use crate::{Failure, wire::Json};

/// A grant, as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct GrantRow {
    pub(super) id: GrantId,
    pub(super) role: GrantableRoleName,
    pub(super) tenant: TenantName,
    pub(super) holder: Login,
    pub(super) state: GrantStateName,
    pub(super) ends_at: Option<Timestamp>,
    pub(super) created_at: Timestamp,
    pub(super) may_return: bool,
    /// Whether it is a break-glass session.
    pub(super) is_session: bool,
}

/// A grant, as its page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "what this person may do, each by itself")]
pub(crate) struct GrantNow {
    /// What signatures commit to; its digest is computed from it wherever it is shown.
    pub(crate) body: GrantBody,
    pub(crate) state: GrantStateName,
    /// When its time began, once it did.
    pub(crate) began_at: Option<Timestamp>,
    pub(crate) ends_at: Option<Timestamp>,
    /// Whether its holder opened it alone, where it is a break-glass session.
    pub(crate) is_alone: bool,
    /// Who signed.
    pub(crate) approved_by: Vec<Login>,
    /// Who refused, and why.
    pub(crate) denied: Option<(Login, String)>,
    pub(crate) end: Option<EndReason>,
    /// Who may approve it, while it waits.
    pub(crate) approvers: Vec<Login>,
    pub(crate) may: Vec<domain::approvals::Decision>,
    pub(crate) may_return: bool,
    pub(crate) may_extend: bool,
    pub(crate) may_revoke: bool,
}

#[cfg(feature = "ssr")]
pub(crate) fn row(view: domain::grants::GrantView) -> GrantRow {
    GrantRow {
        id: view.id,
        tenant: view.tenant(),
        role: view.role,
        holder: view.holder,
        state: view.state,
        ends_at: view.ends_at,
        created_at: view.created_at,
        may_return: view.may_return,
        is_session: view.declaration.is_some(),
    }
}

/// A grant, as its page shows it.
#[cfg(feature = "ssr")]
pub(crate) fn shown(view: domain::grants::GrantView) -> GrantNow {
    let denied = view.denial.as_ref().map(|denial| {
        let why = denial.comment.as_ref().map(|comment| comment.text.clone());
        (denial.person.clone(), why.unwrap_or_default())
    });
    GrantNow {
        body: view.body(),
        state: view.state,
        began_at: view.began_at,
        ends_at: view.ends_at,
        is_alone: view.is_alone,
        approved_by: view.approvals.into_iter().map(|approval| approval.person).collect(),
        denied,
        end: view.ending.map(|ending| ending.reason),
        approvers: view.approvers,
        may: view.may,
        may_return: view.may_return,
        may_extend: view.may_extend,
        may_revoke: view.may_revoke,
    }
}

/// What this person holds, asked for and held.
#[server(prefix = "/pages", input = GetUrl, output = Json)]
pub(super) async fn read_access(cursor: String) -> Result<Page<GrantRow>, Failure> {
    use domain::page::PageRequest;
    let Caller { console, actor } = Caller::current()?;
    let cursor = (!cursor.is_empty()).then_some(cursor);
    let own = console.own_grants(&actor, &PageRequest { cursor, limit: None }).await;
    Ok(answer(own)?.map(row))
}

/// The roles there are in a tenant.
#[server(prefix = "/pages", input = GetUrl, output = Json)]
pub(super) async fn read_roles(tenant: TenantName) -> Result<Vec<RoleOffer>, Failure> {
    let Caller { console, actor } = Caller::current()?;
    answer(console.grantable_roles(&actor, &tenant).await)
}

/// A role before it is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Wished {
    pub(super) offer: RoleOffer,
    pub(super) tenant: TenantName,
    pub(super) shortest_seconds: u64,
    pub(super) added: Vec<Added>,
    pub(super) incomplete: bool,
    pub(super) holders: Vec<Holder>,
    pub(super) last: Option<LastTime>,
    pub(super) approvers: Vec<Login>,
}

/// What a role would add.
#[server(prefix = "/pages", input = GetUrl, output = Json)]
pub(super) async fn read_role(
    tenant: TenantName,
    role: GrantableRoleName,
) -> Result<Wished, Failure> {
    let Caller { console, actor } = Caller::current()?;
    let review = answer(console.review_role(&actor, &tenant, &role).await)?;
    Ok(Wished {
        offer: review.offer,
        tenant: review.tenant,
        shortest_seconds: review.shortest_seconds,
        added: review.added,
        incomplete: review.incomplete,
        holders: review.holders,
        last: review.last,
        approvers: review.approvers,
    })
}

/// One grant.
#[server(prefix = "/pages", input = GetUrl, output = Json)]
pub(super) async fn read_grant(id: GrantId) -> Result<GrantNow, Failure> {
    let Caller { console, actor } = Caller::current()?;
    Ok(shown(answer(console.grant(&actor, id).await)?))
}

/// What is weighed about a grant that waits, or why the cluster cannot tell it; nothing about any other grant. The page
/// around it stands either way.
#[server(prefix = "/pages", input = GetUrl, output = Json)]
pub(super) async fn read_weighed(id: GrantId) -> Result<Option<Result<Weighed, Problem>>, Failure> {
    use domain::ProblemCode as Code;
    let Caller { console, actor } = Caller::current()?;
    match console.weigh_grant(&actor, id).await {
        Err(problem) if problem.code == Code::WrongState => Ok(None),
        Err(problem)
            if [Code::ClusterUnavailable, Code::ClusterRefused, Code::NoClusterUser]
                .contains(&problem.code) =>
        {
            Ok(Some(Err(problem)))
        }
        weighed => answer(weighed).map(|weighed| Some(Ok(weighed))),
    }
}
