//! The home page.

use super::{counted, messages};

messages! {
    TITLE: "Home" | "ホーム";
    ALL_WELL: "All is well" | "すべて正常です";
    ALL_WELL_MORE: "Every service you may see runs as it should, and nothing waits for you."
        | "閲覧できるすべてのサービスが正常に動作しており、対応待ちはありません。";
    WAITING: "Waiting for you" | "あなたの対応待ち";
    NOTHING_WAITS: "Nothing waits for you." | "対応待ちはありません。";
    NOTHING_WAITS_MORE: "Requests that you may approve, and approved ones that are yours to carry out, stand here."
        | "承認できるリクエストと、承認済みで実行を待つあなたのリクエストがここに表示されます。";
    TROUBLE: "Needs a look" | "要確認";
    RUNNING_WELL: "Running well" | "正常稼働中";
}

counted! {
    SERVICES_IN_TROUBLE: "{n} service needs a look" / "{n} services need a look" | "{n} 件のサービスに確認が必要です";
    REVIEWS_WAIT: "{n} review waits for your verdict" / "{n} reviews wait for your verdict" | "{n} 件のレビューがあなたの判定を待っています";
    ACCOUNTS_OWED: "{n} account of a break-glass session is yours to file" / "{n} accounts of break-glass sessions are yours to file" | "ブレークグラスの報告 {n} 件が未提出です";
    REQUESTS_WAIT: "{n} request waits for you" / "{n} requests wait for you" | "{n} 件のリクエストが対応待ちです";
}
