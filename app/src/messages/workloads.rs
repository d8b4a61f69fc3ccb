//! The page of a workload, and of whatever else actions are done to.

use super::{counted, messages};

messages! {
    OVERVIEW: "Overview" | "概要";
    KIND: "Kind" | "種類";
    REPLICAS: "Replicas" | "レプリカ";
    REPLICAS_OF: "{ready} of {desired} ready, {updated} of the newest template" | "{desired} 中 {ready} が Ready、{updated} が最新のテンプレート";
    JOBS_OF: "{ready} of {desired} completions" | "完了 {ready} / {desired}";
    OWNER: "Kept by" | "オーナー";
    PODS: "Its pods" | "Pod";
    NO_PODS: "It keeps no pod now." | "現在 Pod はありません。";
    NO_PODS_MORE: "Pods appear as soon as it starts them." | "Pod が起動すると表示されます。";
    JOBS: "Its jobs" | "Job";
    CONDITIONS_CAPTION: "Conditions of the workload" | "ワークロードのコンディション";
    NO_CONDITIONS: "The cluster reports no condition of it." | "コンディションはありません。";
    NOT_WATCHED: "The console does not watch objects of this kind: what may be done is read from the cluster itself." | "この種類のオブジェクトは監視対象外です。操作に必要な情報はクラスターから直接取得します。";
}

counted! {
    ALL_PODS: "Show all {n} pod" / "Show all {n} pods" | "{n} 個の Pod をすべて表示";
}
