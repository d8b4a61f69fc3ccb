//! The wizard that asks for a restart, and how far a restart reaches.

use super::messages;

messages! {
    TITLE: "Restart {name}" | "{name} の再起動";
    STEPS: "Steps" | "手順";
    STEP_REVIEW: "Review" | "確認";
    STEP_SIGN: "Approval and signature" | "承認と署名";
    STEP_WATCH: "Watch it happen" | "結果の確認";
    WHAT: "This evicts the pod through the Eviction API, so that its controller starts a new one. Nothing happens until it is approved and you carry it out." | "Eviction API で Pod を退避し、コントローラーが新しい Pod を起動します。承認後にあなたが実行するまで、何も起こりません。";
    TARGET: "The pod" | "対象の Pod";
    CLUSTER_SAYS: "The cluster says" | "クラスターの判定";
    ACCEPTED: "It would accept" | "受け入れ可能";
    REFUSED_BUDGET: "A disruption budget has no room: {names}" | "Disruption Budget に余裕がありません：{names}";
    REFUSED_FORBIDDEN: "Its own rules refuse you this" | "クラスターの規則により拒否されます";
    REFUSED_OTHER: "It would refuse" | "拒否されます";
    REACH: "How far it reaches" | "影響範囲";
    READY_REPLICAS: "Ready replicas" | "Ready なレプリカ";
    READY_CHANGE: "{before} of {desired} now, {after} while the pod is away" | "現在 {desired} 中 {before}、再起動中は {after}";
    ALONE: "The pod belongs to no workload" | "Pod はどのワークロードにも属していません";
    BUDGETS: "Disruption budgets" | "Disruption Budget";
    BUDGET: "{allowed} more may go; {healthy} healthy, {demanded} demanded" | "あと {allowed} 個まで停止可能（正常 {healthy}、必要 {demanded}）";
    NO_BUDGETS: "None covers this pod" | "この Pod を対象とするものはありません";
    REPLACEMENT: "What takes its place" | "置き換え";
    REPLACED_BY: "{kind} {name} starts a new pod" | "{kind} {name} が新しい Pod を起動します";
    NOT_REPLACED: "Nothing: nobody keeps this pod, and it will not come back" | "なし：管理するコントローラーがないため、Pod は復元されません";
    STATUS_NOW: "Status" | "状態";
    NONE_READY: "Nothing would be ready while the pod is away" | "再起動中は Ready な Pod がなくなります";
    APPROVALS: "Approvals" | "承認";
    APPROVALS_BY: "{needed} needed, from: {people}" | "{needed} 件必要：{people}";
    APPROVALS_NOBODY: "{needed} needed, but nobody may give them now. The rules in console.cedar decide who may." | "{needed} 件必要ですが、承認できる人がいません。承認者は console.cedar の規則で決まります。";
    REASON: "Reason" | "理由";
    REASON_HINT: "What is wrong, and why a restart helps. Approvers and auditors read this." | "何が起きていて、なぜ再起動が必要か。承認者と監査担当者が読みます。";
    TICKET: "Ticket" | "チケット";
    TICKET_REQUIRED: "Where the incident is written down" | "インシデントの記録先";
    TICKET_OPTIONAL: "Optional: where the incident is written down" | "任意：インシデントの記録先";
    SUBMIT: "Ask to restart {name}" | "{name} の再起動を申請";
    SENDING: "Asking…" | "申請中…";
    PROBABLY_REFUSED: "The cluster would refuse this now. You may still ask: it is checked again before anything happens." | "現時点ではクラスターが拒否します。申請は可能で、実行前に再度確認されます。";
}
