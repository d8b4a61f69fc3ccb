//! Why an action cannot be done to a target as it is.

use domain::actions::Unsuited;

use super::{Message, messages};

messages! {
    PAUSED: "Its rollout is paused: nothing would be rolled out. Resume it first." | "ロールアウトが一時停止中のため、何も展開されません。先に再開してください。";
    HELD_BY_PARTITION: "Its partition holds every pod back: nothing would be rolled out. Whoever owns the manifest lowers it." | "partition の設定により、どの Pod も更新されません。マニフェストの管理者が値を下げる必要があります。";
    REPLACED_BY_HAND: "Its pods are replaced by hand only (OnDelete): nothing would be rolled out. Restart its pods one by one." | "Pod は手動でのみ置き換えられる設定（OnDelete）のため、何も展開されません。Pod を 1 つずつ再起動してください。";
    KEPT_BY_STATEFUL_SET: "A StatefulSet keeps it, whose next pod would need its name. Restart it instead." | "StatefulSet の Pod であり、次の Pod が同じ名前を必要とします。代わりに再起動してください。";
    NOT_ISOLATED: "It is not isolated." | "隔離されていません。";
    SUSPENDED: "It is suspended: nothing of it runs that could be ended." | "一時停止中のため、終了する対象がありません。";
    ENDED: "It has ended already." | "既に終了しています。";
    LEAST_ABOVE_MOST: "The least would be above the most." | "下限が上限を超えています。";
    TOO_MANY_PODS: "More pods would go than one request takes away." | "1 つのリクエストで扱える Pod の数を超えています。";
    NO_SUCH_POD: "It keeps no pod of that name. Pods come and go: choose among those that are there now." | "その名前の Pod はありません。現在ある Pod から選び直してください。";
}

/// Why not, in words.
pub(crate) const fn why(unsuited: Unsuited) -> Message {
    match unsuited {
        Unsuited::Paused => PAUSED,
        Unsuited::ReplacedByHand => REPLACED_BY_HAND,
        Unsuited::HeldByPartition => HELD_BY_PARTITION,
        Unsuited::KeptByStatefulSet => KEPT_BY_STATEFUL_SET,
        Unsuited::NotIsolated => NOT_ISOLATED,
        Unsuited::Ended => ENDED,
        Unsuited::Suspended => SUSPENDED,
        Unsuited::LeastAboveMost => LEAST_ABOVE_MOST,
        Unsuited::TooManyPods => TOO_MANY_PODS,
        Unsuited::NoSuchPod => NO_SUCH_POD,
    }
}
