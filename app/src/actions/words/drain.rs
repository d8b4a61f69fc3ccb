//! Words for `drain`.

words! {
    "drain";
    NAME: "Drain node" | "ノードの drain";
    TITLE: "Drain node {name}" | "ノード {name} の drain";
    WHAT: "Cordons the node, then evicts its pods in waves, whatever tenants they are of, honouring disruption budgets. Mirror pods and pods of DaemonSets stay. Pods that come to the node meanwhile are not touched. It can be stopped between waves; the node stays cordoned."
        | "ノードを cordon し、テナントを問わず Pod を段階的に退避します。Disruption Budget は守られます。ミラー Pod と DaemonSet の Pod は残ります。申請後に配置された Pod には触れません。途中で止めることもでき、ノードは cordon されたままです。";
    SUBMIT: "Ask to drain {name}" | "{name} の drain を申請";
    EXECUTE: "Drain {name} now" | "{name} を今すぐ drain";
    REASON: "What is wrong with the node, and until when it is to be empty. Approvers and auditors read this." | "ノードに何が起きていて、いつまで空にする必要があるか。承認者と監査担当者が読みます。";
    "at_once": "At a time" | "同時に", "How many pods may be on their way at a time." | "同時に退避してよい Pod の数です。";
    "local_data": "Pods with emptyDir data" | "emptyDir を持つ Pod", "What becomes of pods that hold data on this node." | "このノードにデータを持つ Pod の扱いです。";
    "unmanaged": "Pods that nothing starts again" | "コントローラーのない Pod", "What becomes of pods that no controller keeps." | "コントローラーに管理されていない Pod の扱いです。";
}
