//! Words for `resume-cronjob`.

words! {
    "resume-cronjob";
    NAME: "Resume cron job" | "CronJob の再開";
    TITLE: "Resume cron job {name}" | "CronJob {name} の再開";
    WHAT: "Lets a suspended cron job start jobs again at its next times. Where it has a starting deadline, a time that passed within it is made up for at once."
        | "停止中の CronJob が、次の予定時刻から Job を開始するようにします。開始期限が設定されている場合、期限内に過ぎた予定は直ちに実行されます。";
    SUBMIT: "Ask to resume {name}" | "{name} の再開を申請";
    EXECUTE: "Resume {name} now" | "{name} を今すぐ再開";
    REASON: "Why its jobs may run again. Approvers and auditors read this." | "なぜ Job を再開できるか。承認者と監査担当者が読みます。";
}
