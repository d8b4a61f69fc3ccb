//! Words for `rejoin-pod`.

words! {
    "rejoin-pod";
    NAME: "Rejoin pod" | "Pod の隔離解除";
    TITLE: "Rejoin pod {name}" | "Pod {name} の隔離解除";
    WHAT: "Gives an isolated pod its labels back: Services send it requests again. Its controller takes it back too and, having one too many, ends one of its pods."
        | "隔離された Pod のラベルを元に戻します。Service からの通信が再び届き、コントローラーの管理にも戻ります。1 つ余るため、いずれかの Pod が終了します。";
    SUBMIT: "Ask to rejoin {name}" | "{name} の隔離解除を申請";
    EXECUTE: "Rejoin {name} now" | "{name} の隔離を今すぐ解除";
    REASON: "What was found in the pod, and why it may serve again. Approvers and auditors read this." | "調査の結果と、なぜ通信を再開できるか。承認者と監査担当者が読みます。";
}
