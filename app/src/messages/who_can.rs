//! Who can do what in a tenant.

use super::messages;

messages! {
    TITLE: "Who can do what in {tenant}" | "{tenant} で誰が何をできるか";
    LINK: "Who can" | "アクセス権の一覧";
    INTRO: "As the cluster's own RBAC has it, for whoever comes with kubectl, too: standing rights and temporary roles, each with the path that gives it." | "クラスター自身の RBAC に基づきます。kubectl を使う人も含め、恒久的な権限と一時ロールを、付与の経路とともに表示します。";
    UNTOLD: "RBAC does not say who is in a group: whoever checks identities for the cluster does. Members of system:masters may do everything, whatever stands here." | "グループの所属は RBAC には記録されず、クラスターの認証基盤が決めます。system:masters のメンバーは、ここに表示されていなくてもすべての操作が可能です。";
    VERB: "Verb" | "操作（verb）";
    RESOURCE: "Resource" | "リソース";
    NAME: "Object" | "オブジェクト名";
    SUBJECT: "User of the cluster" | "クラスターのユーザー";
    ASK: "Ask" | "調べる";
    CLEAR: "Ask about everything" | "条件をクリア";
    CAPTION: "Who can do what, until when and by which path" | "誰が何をいつまでどの経路でできるかの一覧";
    WHO: "Who" | "誰が";
    UNTIL: "Until" | "期限";
    STANDING: "standing" | "恒久";
    PATH: "By" | "経路";
    WHAT: "What" | "できること";
    RISK: "At worst" | "最大の影響";
    PERSON: "person" | "個人";
    USER: "user" | "ユーザー";
    GROUP: "group" | "グループ";
    EVERYBODY: "everybody who signs in to the cluster" | "クラスターに認証されたすべての利用者";
    ACTION: "through this console, once it is approved" | "このコンソール経由（承認後のみ）";
    ACCOUNT: "service account" | "サービスアカウント";
    HIDDEN: "A service account of another namespace" | "他の名前空間のサービスアカウント";
    TEMPORARY: "temporary role {role}" | "一時ロール {role}";
    THERE: "{binding}, of this namespace" | "{binding}（この名前空間）";
    EVERYWHERE: "{binding}, of the whole cluster" | "{binding}（クラスター全体）";
    SOMEWHERE: "A binding of the whole cluster" | "クラスター全体のバインディング";
    RULE: "{verbs} on {resources}" | "{resources} に対する {verbs}";
    ONLY: "only {names}" | "{names} のみ";
    ONLY_NAMED: "For named objects only" | "名前が指定されたオブジェクトのみ";
    RULES: "{count} rules" | "ルール {count} 件";
    EMPTY: "Nobody can do that here" | "該当するアクセス権はありません";
    EMPTY_MORE: "No binding of this namespace or of the cluster gives it. Members of system:masters may do it all the same." | "この名前空間にもクラスター全体にも、これを許可するバインディングはありません。ただし system:masters のメンバーには可能です。";
    CUT: "There are more than are shown here. Ask about a verb or a resource." | "表示しきれない件数があります。操作（verb）やリソースで絞り込んでください。";
}
