//! Notifications that are stuck, for those who can mend them.

use super::{counted, messages};

messages! {
    TITLE: "Notifications" | "通知";
    INTRO: "What should be told and does not arrive. It is tried on for a day, less and less often; nothing else waits for it." | "届いていない通知です。間隔を空けながら 1 日再試行します。ほかの処理には影響しません。";
    CAPTION: "Notifications that do not arrive" | "届いていない通知の一覧";
    EMPTY: "Everything arrives" | "すべて届いています";
    EMPTY_MORE: "What fails five times in a row is listed here, with the reason." | "5 回続けて失敗した通知が、理由とともにここに表示されます。";
    STUCK_NOW: "Notifications do not arrive" | "届いていない通知があります";
    DESTINATION: "Destination" | "送信先";
    WHY: "Why" | "理由";
    EVENT: "What it tells of" | "内容";
    SINCE: "Stuck since" | "発生時期";
    NEXT: "Next try" | "次の再試行";
    GIVEN_UP: "given up" | "再試行を終了";
    RETRY: "Try again" | "再試行";
    RETRY_OF: "Try again to tell {destination}" | "{destination} への通知を再試行";
}

counted! {
    ATTEMPTS: "tried once" / "tried {n} times" | "試行 {n} 回";
    STUCK_COUNT: "{n} notification is stuck." / "{n} notifications are stuck." | "{n} 件の通知が届いていません。";
}
