//! The people of the console, for those who manage them.

use super::{counted, messages};

messages! {
    TITLE: "People" | "メンバー";
    INTRO: "Who may use the console stands in people.toml. Here they are let in and, if need be, locked out." | "利用できる人は people.toml で定義されます。ここでは登録リンクの発行とロックを行います。";
    CAPTION: "People with their teams and passkeys" | "メンバーの一覧（チーム、パスキー）";
    LOGIN: "Person" | "メンバー";
    TEAMS: "Teams" | "チーム";
    PASSKEYS: "Passkeys" | "パスキー";
    STATE: "State" | "状態";
    ENROLLED: "Enrolled" | "登録済み";
    NOT_ENROLLED: "Not enrolled" | "未登録";
    LOCKED: "Locked" | "ロック中";
    DEPARTED: "Not in people.toml" | "people.toml にありません";
    ACTIONS: "Actions" | "操作";
    INVITE: "Make a link" | "リンクを発行";
    INVITE_FOR: "Make an enrolment link for {login}" | "{login} の登録リンクを発行";
    LOCK: "Lock" | "ロック";
    LOCK_OF: "Lock {login}" | "{login} をロック";
    UNLOCK: "Unlock" | "ロック解除";
    UNLOCK_OF: "Unlock {login}" | "{login} のロックを解除";
    LOCK_HINT: "Locking ends the person's sessions and takes back their open requests at once." | "ロックすると、セッションと未完了のリクエストが直ちに終了します。";
    LINK_READY: "A link for {login}" | "{login} の登録リンク";
    LINK_MORE: "It works once, within 15 minutes, and is shown only now. Hand it over in person or over a channel you trust." | "15 分間、一度だけ有効です。再表示できません。対面または信頼できる経路で渡してください。";
    LINK: "enrolment link" | "登録リンク";
}

counted! {
    PASSKEY_COUNT: "{n} passkey" / "{n} passkeys" | "{n} 個";
}
