//! One's own passkeys and sessions.

use super::messages;

messages! {
    TITLE: "Account" | "アカウント";
    TEAMS: "Teams" | "チーム";
    NO_TEAMS: "none" | "なし";
    PASSKEYS: "Passkeys" | "パスキー";
    PASSKEYS_CAPTION: "Your passkeys" | "あなたのパスキー";
    PASSKEYS_HINT: "Have two: with one lost, the other still lets you in. Adding or removing one takes a touch." | "2 つ登録しておくと、片方を紛失してもサインインできます。追加と削除にはパスキーでの確認が必要です。";
    LABEL: "Name" | "名前";
    ADDED: "Added" | "追加";
    USED: "Last used" | "最終使用";
    REMOVE: "Remove {label}" | "{label} を削除";
    REMOVE_SHORT: "Remove" | "削除";
    LAST_ONE: "The last passkey cannot be removed." | "最後のパスキーは削除できません。";
    ADD: "Add a passkey" | "パスキーを追加";
    ADD_LABEL: "What to call the new one" | "新しいパスキーの名前";
    APPEARANCE: "Language and theme" | "言語とテーマ";
    SESSIONS: "Sessions" | "セッション";
    SESSIONS_CAPTION: "Browsers in which you are signed in" | "サインイン中のブラウザー";
    BROWSER: "Browser" | "ブラウザー";
    BEGAN: "Signed in" | "サインイン";
    SEEN: "Last seen" | "最終利用";
    THIS_ONE: "this one" | "このブラウザー";
    END: "End" | "終了";
    END_OF: "End the session of {agent}" | "{agent} のセッションを終了";
    END_OTHERS: "End all others" | "ほかをすべて終了";
    UNNAMED_BROWSER: "a browser that gives no name" | "名称不明のブラウザー";
    TOUCH_TWICE: "First touch a passkey you have, then create the new one." | "まず既存のパスキーで確認し、続けて新しいパスキーを作成します。";
}
