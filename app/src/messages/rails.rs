//! Guard rails: what each bounds, what was found, and what lifts it.

use domain::policy::GuardRail;

use super::{Message, counted, messages};

messages! {
    NAMED: "{name}: {told}" | "{name}：{told}";
    STANDS: "A guard rail stands against it" | "ガードレールにより制限されています";
    LARGEST_CHANGE: "Largest change" | "変更幅の上限";
    LARGEST_CHANGE_TOLD: "At most {limit} of the replicas may change at once; this changes {found}." | "一度に変更できるのはレプリカの {limit} までです。この操作では {found} の変更になります。";
    READY_FLOOR: "Ready floor" | "Ready の下限";
    READY_FLOOR_TOLD: "At least {limit} replicas must stay ready; {found} would." | "最低 {limit} 個のレプリカが Ready である必要があります。この操作では {found} 個になります。";
    COOL_DOWN: "Cool-down" | "再操作までの待機";
    COOL_DOWN_TOLD: "A target is left alone for {limit} after it was acted on; the last time was {found}." | "一度操作した対象は {limit} の間操作できません。前回は {found} でした。";
    RATE: "Rate" | "操作の頻度";
    RATE_TOLD: "A tenant may be acted on {limit} times within {span}; it was acted on {found} times." | "1 つのテナントに対する操作は {span} 以内に {limit} 回までです。既に {found} 回実行されています。";
    FREEZE: "Freeze" | "変更凍結";
    FREEZE_TOLD: "“{limit}”: nothing is to be changed until {found}." | "「{limit}」：{found} まで変更できません。";
    NEVER_LIFTED: "It cannot be lifted here. The owners of actions.toml in the policy repository can change it by review." | "ここでは解除できません。ポリシーリポジトリの actions.toml の所有者が、レビューを通じて変更できます。";
    CANNOT_BE_ASKED: "This cannot be asked for as it stands" | "現在の内容では申請できません";
    CANNOT_BE_ASKED_MORE: "Choose other parameters, or wait until the guard rail no longer stands against it." | "別の内容を指定するか、制限が解消されるまでお待ちください。";
    ASKED_TO_LIFT: "This request asks for guard rails to be lifted" | "このリクエストはガードレールの解除を求めています";
    ASKED_TO_LIFT_MORE: "Who approves it lifts them, for this once. That is part of what the signature covers." | "承認すると、今回に限り解除されます。署名の対象に含まれます。";
    STANDS_NOW: "A guard rail stands against it that was not asked to be lifted: it would be refused." | "解除の申請がないガードレールに制限されているため、実行時に拒否されます。";
}

counted! {
    LIFT: "Ask for it to be lifted: needs {n} signature" / "Ask for it to be lifted: needs {n} signatures" | "解除を申請する（署名 {n} 件が必要）";
    LIFTED_BY: "It can be lifted: that needs {n} signature." / "It can be lifted: that needs {n} signatures." | "解除できます（署名 {n} 件が必要）。";
}

/// What a guard rail is called, and how it tells what it allows and what was found.
pub(crate) const fn told(rail: GuardRail) -> (Message, Message) {
    match rail {
        GuardRail::LargestChange => (LARGEST_CHANGE, LARGEST_CHANGE_TOLD),
        GuardRail::ReadyFloor => (READY_FLOOR, READY_FLOOR_TOLD),
        GuardRail::CoolDown => (COOL_DOWN, COOL_DOWN_TOLD),
        GuardRail::Rate => (RATE, RATE_TOLD),
        GuardRail::Freeze => (FREEZE, FREEZE_TOLD),
    }
}
