//! Words for `restart-pods`.

words! {
    "restart-pods";
    NAME: "Restart pods in waves" | "Pod の段階的な再起動";
    TITLE: "Restart pods of {name}" | "{name} の Pod の再起動";
    WHAT: "Evicts the chosen pods in waves through the Eviction API, honouring disruption budgets. The next pods go once others are ready in place of the last; the first that does not run stops it. It can be stopped between waves."
        | "選択した Pod を Eviction API で段階的に退避します。Disruption Budget は守られます。新しい Pod が Ready になると次に進み、動作しない Pod があれば停止します。途中で止めることもできます。";
    SUBMIT: "Ask to restart these pods of {name}" | "{name} の選択した Pod の再起動を申請";
    EXECUTE: "Restart these pods of {name} now" | "{name} の選択した Pod を今すぐ再起動";
    REASON: "What is wrong with these pods, and why a restart helps. Approvers and auditors read this." | "これらの Pod に何が起きていて、なぜ再起動が必要か。承認者と監査担当者が読みます。";
    "pods": "Pods" | "Pod", "Which pods are restarted." | "再起動する Pod です。";
    "at_once": "At a time" | "同時に", "How many may be missing at a time." | "同時に停止してよい Pod の数です。";
}
