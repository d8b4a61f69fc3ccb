//! Words for `rollback`.

words! {
    "rollback";
    NAME: "Roll back" | "ロールバック";
    TITLE: "Roll {name} back" | "{name} のロールバック";
    WHAT: "Gives the workload the pod template back that it had at an earlier revision, and rolls that out. Replicas and everything else outside the template stay; what the code changed elsewhere, such as in a database, is not undone."
        | "ワークロードの Pod テンプレートを以前のリビジョンに戻し、展開します。レプリカ数などテンプレート以外の設定は変わりません。データベースなど、ほかの場所に加えられた変更は元に戻りません。";
    SUBMIT: "Ask to roll {name} back" | "{name} のロールバックを申請";
    EXECUTE: "Roll {name} back now" | "{name} を今すぐロールバック";
    REASON: "What broke with the newer revision. Approvers and auditors read this." | "新しいリビジョンで何が起きたか。承認者と監査担当者が読みます。";
    "revision": "Revision" | "リビジョン", "The one to go back to, with what that changes." | "戻す先のリビジョンと、それによる変更点です。";
}
