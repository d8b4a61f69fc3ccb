//! The command palette.

use super::{counted, messages};

messages! {
    OPEN: "Go to…" | "移動・操作…";
    TITLE: "Command palette" | "コマンドパレット";
    FIELD: "Where to, or what to do?" | "移動先または操作";
    HINT: "A tenant, a pod or workload, a page, or an action such as “restart checkout”." | "テナント、Pod、ワークロード、ページ、または「再起動 checkout」のような操作。";
    FOUND: "What was found" | "検索結果";
    NOTHING: "Nothing that you may see matches." | "閲覧できるものに一致がありません。";
    CLOSE: "Close" | "閉じる";
    FAILED: "That could not be looked up. Type again to try again." | "検索できませんでした。もう一度入力してください。";
}

counted! {
    RESULTS: "{n} result" / "{n} results" | "{n} 件";
}
