//! Words for `resume-rollout`.

words! {
    "resume-rollout";
    NAME: "Resume rollout" | "ロールアウトの再開";
    TITLE: "Resume the rollout of {name}" | "{name} のロールアウトの再開";
    WHAT: "Lets a paused rollout go on: pods that are not of the newest template are replaced, whatever was written into the template meanwhile."
        | "一時停止したロールアウトを再開します。停止中に加えられたテンプレートの変更も含め、最新でない Pod は置き換えられます。";
    SUBMIT: "Ask to resume {name}" | "{name} の再開を申請";
    EXECUTE: "Resume {name} now" | "{name} を今すぐ再開";
    REASON: "Why the rollout may go on. Approvers and auditors read this." | "なぜロールアウトを再開できるか。承認者と監査担当者が読みます。";
}
