//! What stands around every page.

use super::messages;

messages! {
    SKIP: "Skip to the content" | "本文へ移動";
    MAIN_NAVIGATION: "Main" | "メイン";
    HOME: "Home" | "ホーム";
    TENANTS: "Tenants" | "テナント";
    REQUESTS: "Requests" | "リクエスト";
    ACCESS: "My access" | "自分の権限";
    BREAK_GLASS: "Break-glass" | "ブレークグラス";
    REVIEWS: "Reviews" | "レビュー";
    HISTORY: "History" | "履歴";
    PEOPLE: "People" | "メンバー";
    ACCOUNT: "Account" | "アカウント";
    SIGNED_IN_AS: "Signed in as {name}" | "{name} としてサインイン中";
    SIGN_OUT: "Sign out" | "サインアウト";
    LANGUAGE: "Language" | "言語";
    THEME: "Theme" | "テーマ";
    THEME_SYSTEM: "System" | "自動";
    THEME_LIGHT: "Light" | "ライト";
    THEME_DARK: "Dark" | "ダーク";
    DEMO: "This is a demo. Its cluster is made up and runs inside the console; nothing here touches a real one."
        | "これはデモです。クラスターはコンソール内の作り物で、実在のクラスターには影響しません。";
    TRYING_AGAIN: "What stands here could not be read. It is tried again every few seconds." | "表示する内容を取得できませんでした。数秒ごとに再試行します。";
    OLD_POLICY: "An older policy is in force" | "以前のポリシーが適用されています";
    OLD_POLICY_WHY: "The policy folder was changed and is not valid, so that what it said before stays in force. Platform admins see what is wrong."
        | "ポリシーフォルダーの変更内容に誤りがあるため、変更前のポリシーが引き続き適用されています。詳細はプラットフォーム管理者が確認できます。";
    LIVE: "Live" | "ライブ";
    CONNECTING: "Connecting" | "接続中";
    RECONNECTING: "Connection lost. Trying again; what you see may be old."
        | "接続が切れました。再接続中です。表示は古い可能性があります。";
    ENDED: "Live updates have ended. Reload the page." | "ライブ更新が終了しました。ページを再読み込みしてください。";
    WATCH_LIVE: "Live from the cluster" | "クラスターの最新状態";
    WATCH_STARTING: "Still reading from the cluster; some of it is missing here."
        | "クラスターから読み込み中です。まだ一部が表示されていません。";
    WATCH_STALE: "The cluster is not answering. This is what was known {when}."
        | "クラスターが応答していません。表示は {when} 時点の情報です。";
    HEARD: "heard {when}" | "最終受信 {when}";
    CRUMBS: "Where you are" | "現在位置";
    COPY: "Copy {what}" | "{what} をコピー";
    COPIED: "Copied" | "コピーしました";
    LOADING: "Loading" | "読み込み中";
    NEXT_PAGE: "Next page" | "次のページ";
    FIRST_PAGE: "Back to the first page" | "最初のページへ";
    PAGES: "Pages" | "ページ";
    SEARCH: "Search" | "検索";
    NONE: "none" | "なし";
    NOT_FOUND: "There is nothing here" | "ここには何もありません";
    NOT_FOUND_WHY: "This address leads nowhere, or to something that is not yours to see. The console gives the same answer to both."
        | "このアドレスは存在しないか、閲覧が許可されていないものです。コンソールはどちらの場合も同じ回答を返します。";
    NOT_FOUND_NEXT: "Look through the tenants you may see. If one is missing, its owners are named in CODEOWNERS."
        | "閲覧できるテナントの一覧を確認してください。見当たらない場合、所有者は CODEOWNERS に記載されています。";
}
