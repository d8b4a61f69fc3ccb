//! The page of an object that actions are done to.

use domain::{ProblemCode, actions::TargetRef};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    head::head,
    node, pod,
    read::{Detail, read_object},
    workload,
};
use crate::{
    Failure,
    actions::offers,
    components::{Crumb, Crumbs, loaded, settled},
    live::Live,
    messages::{phrases, tenants},
    reading::Reading,
    tenants::{target_of, tenant_href},
};

/// What was read of an object.
type Found = (TargetRef, Detail);

/// The page of an object: what it is, what may be done to it, and what there is to know about it.
#[component]
pub(crate) fn ObjectPage() -> AnyView {
    let params = use_params_map();
    let target = Memo::new(move |_| params.with(target_of));
    let revision = Live::revision();
    let read = Reading::new(move || (target.get(), revision.get()), |(target, _)| read(target));
    Live::follow(read, move || Some(format!("tenant:{}", target.get()?.tenant())));
    let offers = offers(target, move || {
        read.with(|read| read.as_ref()?.as_ref().ok().map(|(_, detail)| detail.mark()))
    });
    view! {
        {loaded(read, top)}
        {offers}
        {settled(read, |read| match read {
            Ok(found) => rest(found),
            // Told above already.
            Err(_) => ().into_any(),
        })}
    }
    .into_any()
}

async fn read(target: Option<TargetRef>) -> Result<Found, Failure> {
    let Some(target) = target else {
        #[cfg(feature = "ssr")]
        crate::rendering::set_status(ProblemCode::NotVisible);
        return Err(ProblemCode::NotVisible.into());
    };
    let detail = read_object(target.clone()).await?;
    Ok((target, detail))
}

fn top((target, detail): Found) -> AnyView {
    let tenant = target.tenant();
    let way = vec![
        Crumb::new(phrases().say(tenants::TITLE), "/tenants"),
        Crumb::new(tenant.to_string(), tenant_href(&tenant)),
    ];
    let head = match detail {
        Detail::Pod(detail) => pod::head(&target, *detail),
        Detail::Workload(detail) => head(&target, workload::standing(Some(*detail))),
        Detail::Node(detail) => head(&target, node::standing(&detail)),
        Detail::Unwatched => head(&target, workload::standing(None)),
    };
    view! {
        <Crumbs way=way />
        {head}
    }
    .into_any()
}

fn rest((target, detail): Found) -> AnyView {
    match detail {
        Detail::Pod(detail) => pod::rest(target.tenant(), *detail),
        Detail::Workload(detail) => workload::rest(&target, *detail),
        Detail::Node(detail) => node::rest(*detail),
        Detail::Unwatched => ().into_any(),
    }
}
