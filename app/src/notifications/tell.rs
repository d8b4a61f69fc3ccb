//! Telling stuck notifications, on the server, which alone holds these words.

use domain::notifications::{EventKind, Failure, StuckDelivery};

use super::read::StuckRow;
use crate::messages::{Message, Phrases, messages, requests};

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
}

/// A stuck notification, in words.
pub(super) fn row(t: Phrases, stuck: StuckDelivery) -> StuckRow {
    StuckRow {
        id: stuck.id,
        destination: stuck.destination.to_string(),
        event: t.say(event(stuck.event)).to_owned(),
        request: stuck.request,
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
    }
}
