//! Words for `set-resources`.

words! {
    "set-resources";
    NAME: "Set resources" | "リソースの変更";
    TITLE: "Set resources of {name}" | "{name} のリソースの変更";
    WHAT: "Gives one container other requests and limits of CPU and memory, and rolls that out: every pod is replaced. Requests that no node has room for leave new pods waiting."
        | "1 つのコンテナの CPU とメモリーの要求値と上限値を変更し、展開します。すべての Pod が置き換えられます。ノードに余裕のない要求値では、新しい Pod が起動できません。";
    SUBMIT: "Ask to set resources of {name}" | "{name} のリソース変更を申請";
    EXECUTE: "Set resources of {name} now" | "{name} のリソースを今すぐ変更";
    REASON: "What it runs short of, or takes too much of. Approvers and auditors read this." | "何が不足しているか、または過剰か。承認者と監査担当者が読みます。";
    "container": "Container" | "コンテナ", "Whose requests and limits these are." | "変更するコンテナです。";
    "cpu_request": "CPU request" | "CPU の要求値", "What a node keeps for it, such as 250m." | "ノードが確保する量です。例：250m";
    "cpu_limit": "CPU limit" | "CPU の上限値", "Beyond it the container is slowed down." | "超えると処理が遅くなります。";
    "memory_request": "Memory request" | "メモリーの要求値", "What a node keeps for it, such as 512Mi." | "ノードが確保する量です。例：512Mi";
    "memory_limit": "Memory limit" | "メモリーの上限値", "Beyond it the container is killed." | "超えるとコンテナが強制終了されます。";
}
