//! Words for `resize-hpa`.

words! {
    "resize-hpa";
    NAME: "Resize autoscaler" | "オートスケーラーの範囲変更";
    TITLE: "Resize the autoscaler {name}" | "オートスケーラー {name} の範囲変更";
    WHAT: "Gives the autoscaler other bounds: the least and the most replicas between which it chooses. A lower most may end pods at once; a higher one may take room from others."
        | "オートスケーラーが選ぶレプリカ数の下限と上限を変更します。上限を下げると Pod が直ちに終了することがあり、上げるとほかのワークロードの余地を使うことがあります。";
    SUBMIT: "Ask to resize {name}" | "{name} の範囲変更を申請";
    EXECUTE: "Resize {name} now" | "{name} の範囲を今すぐ変更";
    REASON: "Why its bounds do not fit. Approvers and auditors read this." | "なぜ現在の範囲では不十分か。承認者と監査担当者が読みます。";
    "min_replicas": "Least replicas" | "レプリカ数の下限", "It never asks for fewer." | "これより少なくなりません。";
    "max_replicas": "Most replicas" | "レプリカ数の上限", "It never asks for more." | "これより多くなりません。";
}
