//! Words for `scale`.

words! {
    "scale";
    NAME: "Scale" | "スケール";
    TITLE: "Scale {name}" | "{name} のスケール";
    WHAT: "Asks for another number of replicas. Fewer means that pods are ended; none means that the service is gone. Where an autoscaler minds the workload, it may ask for yet another number."
        | "レプリカ数を変更します。減らすと Pod が終了し、0 にするとサービスが停止します。オートスケーラーの管理下にある場合は、さらに別の数に変更されることがあります。";
    SUBMIT: "Ask to scale {name}" | "{name} のスケールを申請";
    EXECUTE: "Scale {name} now" | "{name} を今すぐスケール";
    REASON: "Why it needs this many. Approvers and auditors read this." | "なぜこのレプリカ数が必要か。承認者と監査担当者が読みます。";
    "replicas": "Replicas" | "レプリカ数", "How many there should be." | "変更後のレプリカ数です。";
}
