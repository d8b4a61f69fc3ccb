//! The JSON API: each handler reads its input, calls one use case and shapes the answer.

mod actions;
mod agent;
mod break_glass;
mod deciding;
mod enrolment;
mod entries;
mod grants;
mod input;
mod nodes;
mod notifications;
mod passkeys;
mod people;
mod pods;
mod recoveries;
mod request_events;
mod requests;
mod reviews;
mod session;
mod sessions;
mod stream;
mod tenants;
mod tokens;
mod who_can;

use super::Endpoint;

pub(super) fn endpoints() -> Vec<Endpoint> {
    [
        enrolment::endpoints(),
        session::endpoints(),
        sessions::endpoints(),
        passkeys::endpoints(),
        people::endpoints(),
        recoveries::endpoints(),
        tenants::endpoints(),
        who_can::endpoints(),
        pods::endpoints(),
        nodes::endpoints(),
        actions::endpoints(),
        requests::endpoints(),
        request_events::endpoints(),
        grants::endpoints(),
        break_glass::endpoints(),
        reviews::endpoints(),
        tokens::endpoints(),
        entries::endpoints(),
        notifications::endpoints(),
        stream::endpoints(),
    ]
    .concat()
}
