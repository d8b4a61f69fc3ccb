//! Tenants and workloads.

use super::{counted, messages};

messages! {
    TITLE: "Tenants" | "テナント";
    INTRO: "The namespaces you may see, the worst first." | "閲覧できる Namespace の一覧です。状態の悪い順に並んでいます。";
    CAPTION: "Tenants with their team, health and pods" | "テナントの一覧（チーム、状態、Pod）";
    TENANT: "Tenant" | "テナント";
    TEAM: "Team" | "チーム";
    HEALTH: "Health" | "状態";
    PODS: "Pods" | "Pod";
    PODS_READY: "{ready} of {total} ready" | "{total} 個中 {ready} 個が Ready";
    FAILING: "{n} failing" | "{n} 個が異常";
    UNOWNED: "nobody" | "なし";
    HEALTHY: "Healthy" | "正常";
    DEGRADED: "Degraded" | "一部異常";
    FAILING_HEALTH: "Failing" | "異常";
    EMPTY_HEALTH: "Empty" | "空";
    EMPTY: "No tenant is yours to see" | "閲覧できるテナントがありません";
    EMPTY_MORE: "A tenant appears here when CODEOWNERS gives its namespace to a team of yours and the cluster lets your user list its pods."
        | "CODEOWNERS で Namespace があなたのチームに割り当てられ、クラスターで Pod の一覧取得が許可されると、ここに表示されます。";
    SILENT: "Some clusters do not answer" | "応答しないクラスターがあります";
    SILENT_MORE: "{clusters}: what you may see there is not known now, so their tenants are missing here."
        | "{clusters}：閲覧権限を確認できないため、テナントを表示していません。";
    WORKLOADS: "Workloads" | "ワークロード";
    WORKLOADS_CAPTION: "Workloads with their replicas and images" | "ワークロードの一覧（レプリカ、イメージ）";
    NO_WORKLOADS: "No workload runs here." | "ワークロードはありません。";
    NO_WORKLOADS_MORE: "Deployments, StatefulSets, DaemonSets, jobs and their like stand here once they are deployed."
        | "Deployment、StatefulSet、DaemonSet、Job などがデプロイされるとここに表示されます。";
    WORKLOAD: "Workload" | "ワークロード";
    REPLICAS: "Replicas" | "レプリカ";
    REPLICAS_OF: "{ready} of {desired}" | "{ready} / {desired}";
    IMAGES: "Images" | "イメージ";
    STATE: "State" | "状態";
    AGE: "Age" | "経過";
    ROLLED_OUT: "Rolled out" | "展開済み";
    ROLLING_OUT: "Rolling out" | "展開中";
    STUCK: "Stuck" | "停滞";
    SHORT: "Short of replicas" | "レプリカ不足";
    SCALED_TO_ZERO: "Scaled to zero" | "レプリカ 0";
    SCHEDULED: "Scheduled" | "スケジュール済み";
    JOB_DONE: "Completed" | "完了";
    JOB_RUNNING: "Running" | "実行中";
    JOB_FAILED: "Failed" | "失敗";
}

counted! {
    MORE_IMAGES: "and {n} more" / "and {n} more" | "ほか {n} 件";
}
