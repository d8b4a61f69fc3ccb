//! Words for `rollout-restart`.

words! {
    "rollout-restart";
    NAME: "Restart workload" | "ワークロードの再起動";
    TITLE: "Restart every pod of {name}" | "{name} の全 Pod の再起動";
    WHAT: "Replaces every pod of the workload by a new one of the same template, as many at a time as its rollout strategy allows. What the pods kept in memory is lost."
        | "ワークロードのすべての Pod を、同じテンプレートの新しい Pod に順次置き換えます。同時に置き換える数はロールアウト戦略に従います。メモリー上の内容は失われます。";
    SUBMIT: "Ask to restart {name}" | "{name} の再起動を申請";
    EXECUTE: "Restart {name} now" | "{name} を今すぐ再起動";
    REASON: "What is wrong with all of its pods, and why new ones help. Approvers and auditors read this." | "すべての Pod に何が起きていて、なぜ再起動が必要か。承認者と監査担当者が読みます。";
}
