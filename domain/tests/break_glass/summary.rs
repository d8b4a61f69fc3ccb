//! How often glass is broken, month beside month.

use std::time::Duration;

use domain::{
    approvals::Decision,
    break_glass::{MonthOfSessions, Review, ReviewSummary},
};

use crate::fixtures::{WITHIN, account, alone, approved, case, start, verdict};

fn opened(mut review: Review, days_ago: u64) -> Review {
    review.opened_at = start().minus(Duration::from_hours(24 * days_ago));
    review
}

#[test]
fn months_are_set_beside_each_other_and_what_is_owed_is_counted_whenever_it_was() {
    let closed = |review: Review| {
        let at = review.opened_at;
        review.close(at, WITHIN, None).unwrap()
    };
    let unjustified = closed(opened(alone(1), 2));
    let on = case(&unjustified).digest().unwrap();
    let unjustified =
        unjustified.judge(verdict("security", Decision::Unjustified, on), on).unwrap();
    let mut drill = opened(alone(6), 3);
    drill.is_drill = true;
    let reviews = [
        closed(drill).file(account(start())).unwrap(),
        unjustified,
        opened(approved(2), 0),
        closed(opened(alone(3), 29)).file(account(start())).unwrap(),
        closed(opened(alone(4), 31)),
        closed(opened(approved(5), 90)),
    ];
    let summary = ReviewSummary::of(&reviews, start());
    assert_eq!(summary.last, MonthOfSessions { sessions: 3, alone: 2, unjustified: 1, drills: 1 });
    assert_eq!(
        summary.before,
        MonthOfSessions { sessions: 1, alone: 1, unjustified: 0, drills: 0 }
    );
    assert_eq!((summary.open, summary.late), (4, 4));
    assert_eq!(summary.accounts_overdue, 3, "the one that was judged owes it, too");
}
