//! What may be done to a target, the wizard that asks for it, and how far it reaches.

use super::{counted, messages};

messages! {
    MAY_BE_DONE: "What may be done" | "できる操作";
    NOTHING_OFFERED: "Nothing is offered for this kind of object." | "この種類のオブジェクトに対する操作はありません。";
    NOTHING_OFFERED_MORE: "actions.toml of the policy repository lists the actions there are here." | "利用できる操作は、ポリシーリポジトリの actions.toml で定義されています。";
    NOT_NOW: "Not now" | "実行できません";
    STEPS: "Steps" | "手順";
    STEP_REVIEW: "Review" | "確認";
    STEP_SIGN: "Approval and signature" | "承認と署名";
    WAY: "How far it has come" | "進行状況";
    STEP_WATCH: "Watch it happen" | "結果の確認";
    NOTHING_YET: "Nothing happens until it is approved and you carry it out." | "承認後にあなたが実行するまで、何も起こりません。";
    PARAMETERS: "What you ask for" | "指定する内容";
    REVISION: "Revision {number}" | "リビジョン {number}";
    CHOOSE: "Choose…" | "選択…";
    SHOW_REVIEW: "Show what it would do" | "影響を確認";
    RUNS_NOW: "It runs now" | "現在のリビジョン";
    NO_REVISIONS: "The cluster keeps no earlier revision of it." | "以前のリビジョンはクラスターに残っていません。";
    TARGET: "The target" | "対象";
    CLUSTER_SAYS: "The cluster says" | "クラスターの判定";
    ACCEPTED: "It would accept" | "受け入れ可能";
    REFUSED_BUDGET: "A disruption budget has no room: {names}" | "Disruption Budget に余裕がありません：{names}";
    REFUSED_FORBIDDEN: "Its own rules refuse you this" | "クラスターの規則により拒否されます";
    REFUSED_INVALID: "The object would not be valid" | "オブジェクトが不正な内容になります";
    REFUSED_OTHER: "It would refuse" | "拒否されます";
    REACH: "How far it reaches" | "影響範囲";
    READY_REPLICAS: "Ready replicas" | "Ready なレプリカ";
    READY_CHANGE: "{before} of {desired} now, at least {after} while it happens" | "現在 {desired} 中 {before}、実行中は最低 {after}";
    WANTED_AFTER: "{before} replicas are asked for now, {after} from then on" | "要求数は現在 {before}、実行後は {after}";
    ALONE: "It belongs to no workload" | "どのワークロードにも属していません";
    ROLLING_OUT: "A rollout is under way already" | "ロールアウトが既に進行中です";
    SERVICES: "Services that send it requests" | "トラフィックを送る Service";
    SERVICE: "{before} ready pods behind it now, at least {after} while it happens" | "現在 Ready な Pod {before} 個、実行中は最少 {after} 個";
    NO_SERVICES: "None loses a pod" | "影響を受けるものはありません";
    SCALERS: "Minded by an autoscaler" | "オートスケーラー";
    SCALER: "chooses between {least} and {most} replicas, and may ask for another number" | "{least}〜{most} の範囲で決定し、別のレプリカ数にすることがあります";
    BUDGETS: "Disruption budgets" | "Disruption Budget";
    BUDGET: "{allowed} more may go; {healthy} healthy, {demanded} demanded" | "あと {allowed} 個まで停止可能（正常 {healthy}、必要 {demanded}）";
    NO_BUDGETS: "None covers what it takes away" | "影響を受ける Pod を対象とするものはありません";
    REPLACEMENT: "What takes its place" | "置き換え";
    REPLACED_BY: "{kind} {name} starts a new pod" | "{kind} {name} が新しい Pod を起動します";
    NOT_REPLACED: "Nothing: nobody keeps this pod, and it will not come back" | "なし：管理するコントローラーがないため、Pod は復元されません";
    STATUS_NOW: "Status" | "状態";
    NONE_READY: "Nothing would be ready while it happens" | "実行中は Ready な Pod がなくなります";
    CHANGES: "What changes" | "変更点";
    CHANGES_CAPTION: "Fields that would be others, as the cluster would keep them" | "変更されるフィールド（クラスターに保存される内容）";
    NO_CHANGES: "No field of the object changes." | "オブジェクトのフィールドは変わりません。";
    FIELD: "Field" | "フィールド";
    CHANGE: "Change" | "変更";
    BEFORE: "Now" | "現在";
    AFTER: "After" | "変更後";
    ADDED: "added" | "追加";
    REMOVED: "removed" | "削除";
    CHANGED: "changed" | "変更";
    NEIGHBOURS: "What else is asked for or was done here" | "同じ対象へのほかの操作";
    NO_NEIGHBOURS: "Nothing else is asked for, and the console has not acted on it before." | "ほかの申請はなく、コンソールからの操作履歴もありません。";
    NEIGHBOUR_BY: "by {person}" | "申請者：{person}";
    KUBECTL: "The same with kubectl" | "同等の kubectl コマンド";
    KUBECTL_HINT: "What somebody with the power would type. Nobody has it." | "権限があれば同じ操作になるコマンドです。この権限は誰にも与えられていません。";
    COMMAND: "the command" | "コマンド";
    APPROVALS: "Approvals" | "承認";
    APPROVALS_NONE: "None: your own touch carries it out" | "不要：あなたのパスキーで実行できます";
    APPROVALS_BY: "{needed} needed, from: {people}" | "{needed} 件必要：{people}";
    APPROVALS_NOBODY: "{needed} needed, but nobody may give them now. The rules in console.cedar decide who may." | "{needed} 件必要ですが、承認できる人がいません。承認者は console.cedar の規則で決まります。";
    REASON: "Reason" | "理由";
    TICKET: "Ticket" | "チケット";
    TICKET_REQUIRED: "Where the incident is written down." | "インシデントの記録先。";
    TICKET_OPTIONAL: "Optional: where the incident is written down." | "任意：インシデントの記録先。";
    TICKET_LOOKS: "It looks like" | "形式：";
    SENDING: "Asking…" | "申請中…";
    PROBABLY_REFUSED: "The cluster would refuse this now. You may still ask: it is checked again before anything happens." | "現時点ではクラスターが拒否します。申請は可能で、実行前に再度確認されます。";
}

counted! {
    MORE_CHANGES: "and {n} more field" / "and {n} more fields" | "ほか {n} 件のフィールド";
    OTHERS_OPEN: "{n} other request on this target is open" / "{n} other requests on this target are open" | "この対象にはほかに {n} 件の未完了のリクエストがあります";
}
