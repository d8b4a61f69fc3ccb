//! Words for `suspend-cronjob`.

words! {
    "suspend-cronjob";
    NAME: "Suspend cron job" | "CronJob の停止";
    TITLE: "Suspend cron job {name}" | "CronJob {name} の停止";
    WHAT: "Keeps the cron job from starting jobs until it is resumed. Jobs that run already run on; times that pass meanwhile are missed."
        | "再開するまで、CronJob が Job を開始しないようにします。実行中の Job はそのまま続きます。停止中の予定時刻は実行されません。";
    SUBMIT: "Ask to suspend {name}" | "{name} の停止を申請";
    EXECUTE: "Suspend {name} now" | "{name} を今すぐ停止";
    REASON: "What its jobs do wrong. Approvers and auditors read this." | "Job に何が起きているか。承認者と監査担当者が読みます。";
}
