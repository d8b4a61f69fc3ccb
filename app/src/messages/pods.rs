//! Pods, their containers, conditions and events.

use super::{counted, messages};

messages! {
    PODS: "Pods" | "Pod";
    CAPTION: "Pods with status, restarts, age, node and owner" | "Pod の一覧（状態、再起動回数、経過、ノード、オーナー）";
    SEARCH: "Search pods by name, status, node or owner" | "名前・状態・ノード・オーナーで Pod を検索";
    NAME: "Name" | "名前";
    STATUS: "Status" | "状態";
    READY: "Ready" | "Ready";
    RESTARTS: "Restarts" | "再起動";
    AGE: "Age" | "経過";
    NODE: "Node" | "ノード";
    OWNER: "Owner" | "オーナー";
    SORT: "Sort by" | "並べ替え";
    SORT_TROUBLE: "Trouble first" | "異常を優先";
    SORT_NAME: "Name" | "名前";
    SORT_STATUS: "Status" | "状態";
    SORT_RESTARTS: "Most restarts" | "再起動の多い順";
    SORT_AGE: "Youngest" | "新しい順";
    SORT_NODE: "Node" | "ノード";
    APPLY: "Show" | "表示";
    NO_PODS: "No pod runs here." | "Pod はありません。";
    NO_PODS_MORE: "Pods appear as soon as a workload starts them." | "ワークロードが Pod を起動すると表示されます。";
    NO_MATCH: "No pod matches “{search}”." | "「{search}」に一致する Pod はありません。";
    NO_MATCH_MORE: "Every word must stand in the name, status, node or owner." | "すべての語が名前・状態・ノード・オーナーのいずれかに含まれる必要があります。";
    SHOW_ALL: "Show all pods" | "すべての Pod を表示";
    UNSCHEDULED: "not scheduled" | "未割り当て";
    NO_OWNER: "nobody" | "なし";
    RESTART: "Restart this pod…" | "この Pod を再起動…";
    OVERVIEW: "Overview" | "概要";
    NAMESPACE: "Tenant" | "テナント";
    UID: "UID" | "UID";
    ADDRESS: "Address" | "アドレス";
    SERVICE_ACCOUNT: "Service account" | "サービスアカウント";
    WORKLOAD: "Workload" | "ワークロード";
    CREATED: "Created" | "作成";
    DELETING: "Being deleted since" | "削除開始";
    LABELS: "Labels" | "ラベル";
    CONTAINERS: "Containers" | "コンテナ";
    CONTAINERS_CAPTION: "Containers with their state, restarts and image" | "コンテナの一覧（状態、再起動回数、イメージ）";
    CONTAINER: "Container" | "コンテナ";
    INIT: "init" | "init";
    STATE: "State" | "状態";
    IMAGE: "Image" | "イメージ";
    LAST_STATE: "Last time" | "前回";
    WAITING: "Waiting" | "待機中";
    RUNNING: "Running" | "実行中";
    TERMINATED: "Terminated" | "終了";
    EXIT: "exit code {code}" | "終了コード {code}";
    CONDITIONS: "Conditions" | "コンディション";
    CONDITIONS_CAPTION: "Conditions of the pod" | "Pod のコンディション";
    CONDITION: "Condition" | "コンディション";
    REASON: "Reason" | "理由";
    MESSAGE: "Message" | "メッセージ";
    SINCE: "Since" | "開始";
    EVENTS: "Events" | "イベント";
    EVENTS_CAPTION: "What the cluster reported about it, newest first" | "クラスターが報告したイベント（新しい順）";
    EVENT: "Event" | "イベント";
    SEEN: "Seen" | "発生";
    WARNING: "Warning" | "警告";
    NORMAL: "Normal" | "通常";
    NO_EVENTS: "The cluster reported nothing of late." | "最近のイベントはありません。";
    NO_EVENTS_MORE: "Kubernetes keeps events for about an hour." | "Kubernetes はイベントを約 1 時間保持します。";
}

counted! {
    TIMES: "{n} time" / "{n} times" | "{n} 回";
}
