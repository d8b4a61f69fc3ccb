//! Words for `run-cronjob-now`.

words! {
    "run-cronjob-now";
    NAME: "Run cron job now" | "CronJob の即時実行";
    TITLE: "Run cron job {name} now" | "CronJob {name} の即時実行";
    WHAT: "Starts one job from the cron job's template now, suspended or not. Its schedule goes on as before, and jobs that run already run beside it: make sure that two at once do no harm."
        | "CronJob のテンプレートから Job を 1 つ直ちに開始します。停止中でも実行されます。スケジュールは変わらず、実行中の Job と並行して動きます。同時に動いても問題がないことを確認してください。";
    SUBMIT: "Ask to run {name}" | "{name} の即時実行を申請";
    EXECUTE: "Run {name} now" | "{name} を今すぐ実行";
    REASON: "Why it cannot wait for its time. Approvers and auditors read this." | "なぜ予定時刻まで待てないか。承認者と監査担当者が読みます。";
}
