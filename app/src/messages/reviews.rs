//! Reviews of break-glass sessions: their list, the case of one, and the verdict.

use super::messages;

messages! {
    TITLE: "Reviews" | "レビュー";
    INTRO: "Every break-glass session is judged by somebody who was no part of it. Those that you may judge or read about stand here, and your own." | "すべてのブレークグラスセッションは、関与していない人が判定します。判定または閲覧できるものと、自分のものが表示されます。";
    TABS: "Reviews by state" | "状態別のレビュー";
    CAPTION: "Reviews with person, tenant, reviewer and when they are due" | "レビューの一覧（使用者、テナント、担当者、期限）";
    LAST_MONTH: "Last 30 days" | "直近30日間";
    MONTH_BEFORE: "the 30 days before" | "その前の30日間";
    MONTH: "sessions: {sessions}; alone: {alone}; unjustified: {unjustified}; drills: {drills}" | "セッション：{sessions}件、単独：{alone}件、不当：{unjustified}件、訓練：{drills}件";
    OWED_TERM: "Owed now" | "未処理";
    OWED_NOW: "verdicts: {open}, of these late: {late}; accounts overdue: {accounts}" | "判定待ち：{open}件（うち遅延：{late}件）、期限を過ぎた報告：{accounts}件";
    TAB_OPEN: "To be judged" | "判定待ち";
    TAB_LIVE: "Still live" | "進行中";
    TAB_JUDGED: "Judged" | "判定済み";
    NONE_OPEN: "Nothing is to be judged" | "判定待ちのレビューはありません";
    NONE_OPEN_MORE: "A review stands here from the moment a session closes until somebody signed their verdict." | "セッションが終了してから判定されるまで、ここに表示されます。";
    NONE_LIVE: "No session is live" | "進行中のセッションはありません";
    NONE_LIVE_MORE: "The review of a session begins when it is opened, and is to be judged once it is closed." | "レビューはセッションの開始とともに作成され、終了後に判定の対象となります。";
    NONE_JUDGED: "Nothing was judged yet" | "判定済みのレビューはありません";
    NONE_JUDGED_MORE: "Judged sessions stay here, with the verdict." | "判定されたセッションが、結果とともにここに残ります。";
    STATE: "State" | "状態";
    DUE: "Due" | "期限";
    REVIEWER: "Reviewer" | "レビュー担当者";
    NOBODY: "nobody is left who may judge it" | "判定できる人がいません";
    LIVE: "Session is live" | "セッション進行中";
    OPEN: "To be judged" | "判定待ち";
    LATE: "Late" | "遅延";
    OWED: "account owed" | "報告未提出";
    OVERDUE: "account overdue" | "報告期限超過";

    CASE_TITLE: "Review: {person} in {tenant}" | "レビュー：{tenant} での {person}";
    LIVE_MORE: "The session is open still: there is nothing to judge yet." | "セッションは進行中です。まだ判定の対象ではありません。";
    OPEN_MORE: "Account and verdict are due {when}." | "報告と判定の期限：{when}。";
    LATE_MORE: "Account and verdict were due {when}. The security team was told, and this stays so until it is judged." | "報告と判定の期限は{when}に過ぎました。セキュリティチームに通知済みで、判定されるまでこの状態が続きます。";
    PAST_MORE: "Account and verdict were due {when}. The security team is being told." | "報告と判定の期限は{when}に過ぎました。セキュリティチームに通知します。";
    NOBODY_MORE: "Nobody is left who may judge it: everybody whom console.cedar allows to was part of the session or of its incident, or is locked. It stays open." | "判定できる人がいません。console.cedar で許可された人が全員、セッションまたは同じインシデントに関与しているか、ロックされています。判定待ちのまま残ります。";
    JUDGED_MORE: "{person} signed this verdict." | "{person} がこの判定に署名しました。";
    ABOUT: "How it went" | "経過";
    CLOSED: "Closed" | "終了";
    STEP: "Went on with" | "継続";
    SESSION: "Break-glass session" | "ブレークグラスセッション";
    SPOILT: "What was declared cannot be shown" | "宣言の内容を表示できません";
    SPOILT_MORE: "What is kept of the session is not what was signed. What was done stands below all the same; tell the security team." | "保存されているセッションの記録が、署名された内容と一致しません。実施された操作は以下に表示されます。セキュリティチームに連絡してください。";
    ACCOUNT_OWED: "No account yet" | "報告は未提出です";
    ACCOUNT_OWED_MORE: "{person} owes it. You can judge without it; the account stays owed." | "{person} の報告を待っています。報告がなくても判定できますが、提出義務は残ります。";
    ACCOUNT_OVERDUE: "The account is overdue" | "報告期限が過ぎています";
    DEEDS: "What was done" | "実施された操作";
    NO_DEEDS: "The console knows of nothing that was done." | "コンソールの記録に操作はありません。";
    CUT: "More was done than is shown here. The history has the rest." | "表示しきれない操作があります。残りは履歴で確認してください。";
    PAST_CONSOLE: "What was done with the session's token directly on the cluster is not seen here." | "セッションのトークンでクラスターに対して直接行われた操作は、ここには表示されません。";
    BY: "by {person}" | "{person}";

    VERDICT: "Your verdict" | "判定";
    VERDICT_HINT: "Your passkey signs exactly what stands above: what was declared, what was done, and the account as it is now." | "パスキーは上記の内容（宣言、実施された操作、現在の報告）そのものに署名します。";
    WHICH: "What you find" | "判定結果";
    JUSTIFIED: "Justified" | "妥当";
    JUSTIFIED_MORE: "Breaking glass was right." | "ブレークグラスの使用は適切でした。";
    FOLLOW_UPS: "Justified, with follow-ups" | "妥当、要対応あり";
    FOLLOW_UPS_MORE: "It was right, and something is to be done about what made it necessary." | "使用は適切でしたが、原因への対応が必要です。";
    UNJUSTIFIED: "Unjustified" | "不当";
    UNJUSTIFIED_MORE: "It was not right." | "使用は適切ではありませんでした。";
    COMMENT_HINT: "Needed unless it was simply justified. Your signature covers it." | "「妥当」以外の場合は必須です。署名の対象に含まれます。";
    COMMENT_MISSING: "Say what is to follow, or what was not right: the person reads it. Nothing was signed." | "必要な対応、または問題点を入力してください。使用者が読みます。まだ署名されていません。";
    CHOOSE: "Choose what you find first." | "先に判定結果を選択してください。";
    SIGN: "Sign the verdict" | "判定に署名";
}
