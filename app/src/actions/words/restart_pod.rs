//! Words for `restart-pod`.

words! {
    "restart-pod";
    NAME: "Restart pod" | "Pod の再起動";
    TITLE: "Restart pod {name}" | "Pod {name} の再起動";
    WHAT: "Evicts the pod through the Eviction API, honouring disruption budgets, so that its controller starts a new one. What it was doing ends within its grace period; what it kept in memory is lost."
        | "Eviction API で Pod を退避し、コントローラーが新しい Pod を起動します。Disruption Budget は守られます。処理は猶予期間内に終了し、メモリー上の内容は失われます。";
    SUBMIT: "Ask to restart {name}" | "{name} の再起動を申請";
    EXECUTE: "Restart {name} now" | "{name} を今すぐ再起動";
    REASON: "What is wrong, and why a restart helps. Approvers and auditors read this." | "何が起きていて、なぜ再起動が必要か。承認者と監査担当者が読みます。";
}
