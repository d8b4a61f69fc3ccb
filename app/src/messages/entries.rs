//! The history: entries of the audit log.

use super::messages;

messages! {
    TITLE: "History" | "履歴";
    INTRO_ALL: "Everything that was done through the console, newest first. Entries never change." | "コンソールで行われたすべての操作です。新しい順に並び、変更されることはありません。";
    INTRO_OWN: "What you did through the console, newest first. The security team reads everybody's." | "あなたがコンソールで行った操作です。新しい順に並んでいます。全員の履歴はセキュリティチームが閲覧できます。";
    CAPTION: "Entries of the audit log" | "監査ログの記録";
    NUMBER: "No." | "番号";
    WHEN: "When" | "日時";
    WHO: "Who" | "誰が";
    WHAT: "What" | "操作";
    WHERE: "Tenant" | "テナント";
    OUTCOME: "Outcome" | "結果";
    REQUEST: "Request" | "リクエスト";
    SHOW_REQUEST: "Open the request" | "リクエストを開く";
    NOBODY: "nobody known" | "不明";
    CONSOLE: "the console" | "コンソール";
    PERSON: "Person" | "人";
    FROM: "From (UTC)" | "開始（UTC）";
    TO: "Before (UTC)" | "終了（UTC）";
    ANY: "Any" | "すべて";
    APPLY: "Show" | "表示";
    CLEAR: "Clear the filter" | "絞り込みを解除";
    EMPTY: "No entry matches" | "該当する記録がありません";
    EMPTY_MORE: "Every sign-in, request, decision and effect becomes an entry before it counts." | "サインイン、申請、判断、実行はすべて、有効になる前に記録されます。";
    SIGN_IN: "Sign in" | "サインイン";
    SIGN_OUT: "Sign out" | "サインアウト";
    REVOKE_SESSION: "End a session" | "セッションの終了";
    ENROL: "Enrol a passkey" | "パスキーの登録";
    ADD_PASSKEY: "Add a passkey" | "パスキーの追加";
    REMOVE_PASSKEY: "Remove a passkey" | "パスキーの削除";
    INVITE: "Make an enrolment link" | "登録リンクの発行";
    LOCK: "Lock a person" | "メンバーのロック";
    UNLOCK: "Unlock a person" | "メンバーのロック解除";
    ANONYMOUS_FAILURES: "Failed ceremonies of nobody known" | "不明な相手による認証失敗";
    POLICY: "New policy in force" | "ポリシーの更新";
    NOTIFY: "Notify outside the console" | "外部への通知";
    REQUESTED: "Asked" | "申請";
    APPROVED: "Approved" | "承認";
    DENIED: "Denied" | "却下";
    WITHDRAWN: "Withdrawn" | "取り下げ";
    EXPIRED: "Expired" | "期限切れ";
    VOID: "Void" | "無効";
    INTENDED: "Intended" | "実行指示";
    ACCEPTED: "Accepted by the cluster" | "クラスターが受理";
    WAVE_INTENDED: "Wave intended" | "ウェーブの実行指示";
    WAVE_ANSWERED: "Wave answered" | "ウェーブへの応答";
    STOPPED: "Stopped" | "停止";
    SUCCEEDED: "Succeeded" | "成功";
    FAILED: "Failed" | "失敗";
    UNKNOWN: "Unknown" | "不明";
    REFUSED: "Refused" | "拒否";
}
