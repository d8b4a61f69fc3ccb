//! How often glass is broken, above the list: for whoever reads everybody's history.

use domain::break_glass::{MonthOfSessions, ReviewSummary};
use leptos::prelude::*;

use crate::{
    components::{Fact, more},
    messages::{phrases, reviews},
};

/// This month beside the one before, and what is owed.
#[component]
pub(super) fn Summary(summary: ReviewSummary) -> AnyView {
    let t = phrases();
    let open = t.fill(
        reviews::OWED_NOW,
        &[
            ("open", &summary.open),
            ("late", &summary.late),
            ("accounts", &summary.accounts_overdue),
        ],
    );
    view! {
        <dl class="facts">
            <Fact term=t.say(reviews::LAST_MONTH)>
                {month(summary.last)} {more(format!("{}: {}", t.say(reviews::MONTH_BEFORE), month(summary.before)))}
            </Fact>
            <Fact term=t.say(reviews::OWED_TERM)>{open}</Fact>
        </dl>
    }
    .into_any()
}

fn month(seen: MonthOfSessions) -> String {
    phrases().fill(
        reviews::MONTH,
        &[
            ("sessions", &seen.sessions),
            ("alone", &seen.alone),
            ("unjustified", &seen.unjustified),
            ("drills", &seen.drills),
        ],
    )
}
