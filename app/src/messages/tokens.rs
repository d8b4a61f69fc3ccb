//! Tokens that were issued.

use super::messages;

messages! {
    TITLE: "Tokens" | "トークン";
    INTRO: "Every credential that was issued for a role: yours, or everybody's if you read everybody's history. None is kept here." | "ロールのために発行されたすべてのトークンです。自分の分、または全員の履歴を閲覧できる場合は全員の分が表示されます。トークン自体は保存されていません。";
    CAPTION: "Tokens with role, state, tenant, person and when they end" | "トークンの一覧（ロール、状態、テナント、使用者、期限）";
    EMPTY: "No token was issued" | "発行されたトークンはありません";
    EMPTY_MORE: "Whoever makes a kubeconfig for a role that they hold finds its token here." | "付与中のロールの kubeconfig を発行すると、そのトークンがここに表示されます。";
    PERSON: "Issued to" | "発行先";
    ISSUED: "Issued" | "発行";
    EXPIRES: "Ends" | "期限";
    ALIVE: "Alive" | "有効";
    ENDING: "Ending" | "終了処理中";
    OVER: "Over" | "無効";
    REVOKE: "Revoke" | "失効";
    REVOKE_OF: "Revoke the token for {role} of {person}: the role ends" | "{person} の {role} のトークンを失効（ロールも終了します）";
    LINK: "Tokens that were issued" | "発行済みトークン";
}
