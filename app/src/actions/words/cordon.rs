//! Words for `cordon`.

words! {
    "cordon";
    NAME: "Cordon node" | "ノードの cordon";
    TITLE: "Cordon node {name}" | "ノード {name} の cordon";
    WHAT: "Keeps new pods off the node until it is uncordoned. Pods that run on it run on; what they leave free stays unused meanwhile."
        | "uncordon するまで、ノードに新しい Pod が配置されないようにします。実行中の Pod はそのまま続きます。その間、ノードの空きリソースは使われません。";
    SUBMIT: "Ask to cordon {name}" | "{name} の cordon を申請";
    EXECUTE: "Cordon {name} now" | "{name} を今すぐ cordon";
    REASON: "What is wrong with the node. Approvers and auditors read this." | "ノードに何が起きているか。承認者と監査担当者が読みます。";
}
