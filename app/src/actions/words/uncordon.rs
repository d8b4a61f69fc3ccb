//! Words for `uncordon`.

words! {
    "uncordon";
    NAME: "Uncordon node" | "ノードの uncordon";
    TITLE: "Uncordon node {name}" | "ノード {name} の uncordon";
    WHAT: "Lets new pods onto the node again. Pods that moved elsewhere stay there, and whatever was wrong with the node must be mended first."
        | "ノードに再び Pod が配置されるようにします。ほかのノードへ移った Pod は戻りません。先にノードの問題を解消しておく必要があります。";
    SUBMIT: "Ask to uncordon {name}" | "{name} の uncordon を申請";
    EXECUTE: "Uncordon {name} now" | "{name} を今すぐ uncordon";
    REASON: "Why the node is fit again. Approvers and auditors read this." | "ノードが復旧したと判断した理由。承認者と監査担当者が読みます。";
}
