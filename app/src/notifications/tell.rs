//! Telling stuck notifications, on the server, which alone holds these words.

use domain::notifications::{About, EventKind, Failure, StuckDelivery};

use super::read::StuckRow;
use crate::{
    break_glass::session_href,
    messages::{Message, Phrases, messages, requests},
};

messages! {
    UNREACHABLE: "It could not be reached." | "接続できませんでした。";
    ADDRESS_REFUSED: "Its address is none that calls may go to." | "許可されていない宛先です。";
    TIMED_OUT: "It did not answer in time." | "時間内に応答がありませんでした。";
    REDIRECTED: "It answered with a redirect ({status}), which is not followed." | "リダイレクト（{status}）が返されました。リダイレクトには従いません。";
    ANSWERED: "It answered {status}." | "{status} が返されました。";
    NO_SECRET: "Its secret is not configured here." | "シークレットが設定されていません。";
    NO_DESTINATION: "The policy lists it no longer." | "ポリシーに存在しない送信先です。";
    REQUESTED: "A request waits for approval" | "承認待ちのリクエスト";
    PARTLY_APPROVED: "A request has one approval more" | "承認が 1 件追加";
    APPROVED: "A request is approved" | "リクエストの承認";
    DENIED: "A request was denied" | "リクエストの却下";
    WITHDRAWN: "A request was taken back" | "リクエストの取り下げ";
    EXPIRED: "A request ran out of time" | "リクエストの期限切れ";
    VOID: "A request is void" | "リクエストの失効";
    INTENDED: "The order was given" | "実行の指示";
    ROLE_APPROVED: "A role is approved and begins" | "ロールの承認";
    BREAK_GLASS_DECLARED: "An emergency was declared" | "ブレークグラスの宣言";
    BREAK_GLASS_OPENED: "A break-glass session was opened" | "ブレークグラスセッションの開始";
    BREAK_GLASS_DROPPED: "A declared emergency was never opened" | "開始されなかったブレークグラスの宣言";
    BREAK_GLASS_CLOSED: "A break-glass session closed" | "ブレークグラスセッションの終了";
    REVIEW_DUE: "The review of a session is due" | "セッションのレビュー依頼";
    REVIEW_REMINDED: "The review of a session is due still" | "セッションのレビューのリマインド";
    REVIEW_ESCALATED: "The review of a session is late" | "セッションのレビューの遅延";
    REVIEW_JUDGED: "A session was judged" | "セッションの判定";
    RECOVERY_ASKED: "Somebody is to be recovered" | "メンバーの復旧の申請";
    RECOVERY_DROPPED: "A recovery came to nothing" | "行われなかった復旧";
    RECOVERY_ENROLLED: "Somebody was recovered" | "メンバーの復旧";
    RECOVERY_REMINDED: "The review of a recovery is due still" | "復旧のレビューのリマインド";
    RECOVERY_ESCALATED: "The review of a recovery is late" | "復旧のレビューの遅延";
    RECOVERY_JUDGED: "A recovery was judged" | "復旧の判定";
}

/// A stuck notification, in words.
pub(super) fn row(t: Phrases, stuck: StuckDelivery) -> StuckRow {
    StuckRow {
        id: stuck.id,
        destination: stuck.destination.to_string(),
        event: t.say(event(stuck.event)).to_owned(),
        href: href(stuck.about),
        tenant: stuck.tenant,
        failure: stuck.failure.map(|why| failure(t, why)).unwrap_or_default(),
        attempts: stuck.attempts as usize,
        stuck_at: stuck.stuck_at,
        next_attempt: stuck.next_attempt,
    }
}

fn failure(t: Phrases, failure: Failure) -> String {
    let message = match failure {
        Failure::Unreachable => UNREACHABLE,
        Failure::AddressRefused => ADDRESS_REFUSED,
        Failure::TimedOut => TIMED_OUT,
        Failure::Redirected { status } => {
            return t.fill(REDIRECTED, &[("status", &status)]);
        }
        Failure::Answered { status } => {
            return t.fill(ANSWERED, &[("status", &status)]);
        }
        Failure::NoSecret => NO_SECRET,
        Failure::NoDestination => NO_DESTINATION,
    };
    t.say(message).to_owned()
}

/// Where what it tells of is.
fn href(about: About) -> String {
    match about {
        About::Request(id) => format!("/requests/{id}"),
        About::Grant(id) => format!("/grants/{id}"),
        About::Session(id) => session_href(id),
        About::Recovery(id) => format!("/recoveries/{id}"),
    }
}

const fn event(kind: EventKind) -> Message {
    match kind {
        EventKind::Requested => REQUESTED,
        EventKind::PartlyApproved => PARTLY_APPROVED,
        EventKind::Approved => APPROVED,
        EventKind::Denied => DENIED,
        EventKind::Withdrawn => WITHDRAWN,
        EventKind::Expired => EXPIRED,
        EventKind::Void => VOID,
        EventKind::Intended => INTENDED,
        EventKind::Succeeded => requests::OBSERVED_SUCCESS,
        EventKind::Failed => requests::OBSERVED_FAILURE,
        EventKind::Unknown => requests::OBSERVED_UNKNOWN,
        EventKind::RoleApproved => ROLE_APPROVED,
        EventKind::BreakGlassDeclared => BREAK_GLASS_DECLARED,
        EventKind::BreakGlassOpened => BREAK_GLASS_OPENED,
        EventKind::BreakGlassDropped => BREAK_GLASS_DROPPED,
        EventKind::BreakGlassClosed => BREAK_GLASS_CLOSED,
        EventKind::ReviewDue => REVIEW_DUE,
        EventKind::ReviewReminded => REVIEW_REMINDED,
        EventKind::ReviewEscalated => REVIEW_ESCALATED,
        EventKind::ReviewJudged => REVIEW_JUDGED,
        EventKind::RecoveryAsked => RECOVERY_ASKED,
        EventKind::RecoveryDropped => RECOVERY_DROPPED,
        EventKind::RecoveryEnrolled => RECOVERY_ENROLLED,
        EventKind::RecoveryReminded => RECOVERY_REMINDED,
        EventKind::RecoveryEscalated => RECOVERY_ESCALATED,
        EventKind::RecoveryJudged => RECOVERY_JUDGED,
    }
}
