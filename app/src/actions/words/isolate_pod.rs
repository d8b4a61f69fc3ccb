//! Words for `isolate-pod`.

words! {
    "isolate-pod";
    NAME: "Isolate pod" | "Pod の隔離";
    TITLE: "Isolate pod {name}" | "Pod {name} の隔離";
    WHAT: "Takes the pod's labels away and keeps them in an annotation: Services send it nothing any more, its controller lets go of it and starts another one, and the pod runs on to be looked at. Network policies that select it by its labels no longer do."
        | "Pod のラベルを外し、アノテーションに保存します。Service からの通信は届かなくなり、コントローラーの管理からも外れて新しい Pod が起動します。Pod は調査のために動き続けます。ラベルで選択している NetworkPolicy は適用されなくなります。";
    SUBMIT: "Ask to isolate {name}" | "{name} の隔離を申請";
    EXECUTE: "Isolate {name} now" | "{name} を今すぐ隔離";
    REASON: "What the pod does wrong, and what is to be looked at in it. Approvers and auditors read this." | "Pod に何が起きていて、何を調査するか。承認者と監査担当者が読みます。";
}
