//! Words for `pause-rollout`.

words! {
    "pause-rollout";
    NAME: "Pause rollout" | "ロールアウトの一時停止";
    TITLE: "Pause the rollout of {name}" | "{name} のロールアウトの一時停止";
    WHAT: "Stops the rollout where it stands: old and new pods go on running side by side, and no new template is rolled out, not even an urgent one, until it is resumed."
        | "ロールアウトをその場で止めます。新旧の Pod は並行して動き続け、再開するまでは、緊急のものも含めて新しいテンプレートは展開されません。";
    SUBMIT: "Ask to pause {name}" | "{name} の一時停止を申請";
    EXECUTE: "Pause {name} now" | "{name} を今すぐ一時停止";
    REASON: "What goes wrong with the rollout, and what is to be found out meanwhile. Approvers and auditors read this." | "ロールアウトに何が起きていて、その間に何を調べるか。承認者と監査担当者が読みます。";
}
