//! Tokens that were issued.

use super::messages;

messages! {
    TITLE: "Tokens" | "トークン";
    INTRO: "Every credential that was issued for a role: yours, or everybody's if you read everybody's history. None is kept here. Revoking one ends its role, and every other token of it." | "ロールのために発行されたすべてのトークンです。自分の分、または全員の履歴を閲覧できる場合は全員の分が表示されます。トークン自体は保存されていません。失効させると、ロールとそのすべてのトークンも終了します。";
    CAPTION: "Tokens with role, state, tenant, person and when they end" | "トークンの一覧（ロール、状態、テナント、使用者、期限）";
    EMPTY: "No token was issued" | "発行されたトークンはありません";
    EMPTY_MORE: "Whoever makes a kubeconfig for a role that they hold finds its token here." | "付与中のロールの kubeconfig を発行すると、そのトークンがここに表示されます。";
    PERSON: "Issued to" | "発行先";
    ISSUED: "Issued" | "発行";
    EXPIRES: "Ends" | "期限";
    ALIVE: "Alive" | "有効";
    ENDING: "Ending" | "終了処理中";
    OVER: "Over" | "無効";
    REVOKE: "Revoke and end the role" | "失効（ロールも終了）";
    REVOKE_OF: "Revoke and end the role: {role} of {person}" | "失効（ロールも終了）：{person} の {role}";
    LINK: "Tokens that were issued" | "発行済みトークン";
}
