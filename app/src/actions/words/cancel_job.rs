//! Words for `cancel-job`.

words! {
    "cancel-job";
    NAME: "Cancel job" | "Job の中止";
    TITLE: "Cancel job {name}" | "Job {name} の中止";
    WHAT: "Ends the job by giving it a deadline that has passed: its pods are ended, what they had half done stays half done, and it counts as failed with DeadlineExceeded. It is kept to be looked at."
        | "期限切れの締め切りを設定して Job を終了します。Pod は終了し、途中の処理は途中のまま残ります。Job は DeadlineExceeded の失敗として扱われ、調査のために残ります。";
    SUBMIT: "Ask to cancel {name}" | "{name} の中止を申請";
    EXECUTE: "Cancel {name} now" | "{name} を今すぐ中止";
    REASON: "What the job does wrong, and why it may be ended half way. Approvers and auditors read this." | "Job に何が起きていて、なぜ途中で終了してよいか。承認者と監査担当者が読みます。";
}
