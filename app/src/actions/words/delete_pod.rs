//! Words for `delete-pod`.

words! {
    "delete-pod";
    NAME: "Delete pod" | "Pod の強制削除";
    TITLE: "Delete pod {name} at once" | "Pod {name} の強制削除";
    WHAT: "Deletes the pod at once, without grace and without asking disruption budgets. For a pod that hangs: what it was doing is lost, and on a node that does not answer it may go on running beside its replacement."
        | "猶予期間も Disruption Budget の確認もなく、Pod を直ちに削除します。応答しない Pod のための操作です。処理中の内容は失われ、ノードが応答しない場合は新しい Pod と並行して動き続けることがあります。";
    SUBMIT: "Ask to delete {name}" | "{name} の強制削除を申請";
    EXECUTE: "Delete {name} now" | "{name} を今すぐ強制削除";
    REASON: "How the pod hangs, and why it may lose what it does: an eviction is the gentler way. Approvers and auditors read this." | "Pod がどのように停止しているか、なぜ通常の再起動では不十分か。承認者と監査担当者が読みます。";
}
