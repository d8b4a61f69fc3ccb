//! Recoveries of people who lost every passkey.

use super::{counted, messages};

messages! {
    TITLE: "Recovery of {person}" | "{person} の復旧";
    CAPTION: "Recoveries with person, state and who asked" | "復旧の一覧（対象者、状態、申請者）";
    PERSON: "Person" | "対象者";
    STATE: "State" | "状態";
    ASKED_BY: "Asked by" | "申請者";
    ASKED: "Asked" | "申請日時";
    ENDS: "Until" | "期限";
    CAME_IN: "Came in again" | "再登録日時";
    SIGNED_AS: "Signed as {parts}" | "署名（{parts}として）";
    AS_ADMIN: "admin" | "管理者";
    AS_TEAM_MATE: "team mate" | "チームメンバー";
    DIGEST_HINT: "What both signatures commit to" | "両方の署名はこの値に対して行われます";

    PENDING: "Waits for signatures" | "署名待ち";
    PENDING_MORE: "Missing: {missing}. It runs out {when}. Until somebody comes in by it, nothing changes for the person." | "必要な署名：{missing}。期限：{when}。再登録されるまで、対象者には何も変わりません。";
    APPROVED: "Both signed" | "署名完了";
    APPROVED_MORE: "The admin who signed makes the link and hands it to {person}. It runs out {when}." | "署名した管理者がリンクを発行し、{person} に渡します。期限：{when}。";
    ENROLLED: "Came in again; to be judged" | "再登録済み・判定待ち";
    ENROLLED_MORE: "{person} has one new passkey; the old ones and every session are gone. The verdict is due {when}." | "{person} は新しいパスキーのみを持ちます。以前のパスキーとセッションはすべて無効です。判定の期限：{when}。";
    LATE: "The verdict is late" | "判定が遅延";
    LATE_MORE: "The verdict was due {when}. The security team is told, and this stays so until it is judged." | "判定の期限は{when}に過ぎました。セキュリティチームに通知され、判定されるまでこの状態が続きます。";
    NOBODY_MORE: "Nobody is left who may judge it. It stays open." | "判定できる人がいません。判定待ちのまま残ります。";
    JUDGED: "Judged" | "判定済み";
    JUDGED_MORE: "{by} signed this verdict." | "{by} がこの判定に署名しました。";
    DENIED: "Refused" | "却下";
    DENIED_MORE: "{by} signed a no. Nobody comes in by it." | "{by} が却下に署名しました。この復旧は行われません。";
    WITHDRAWN: "Stopped" | "停止";
    WITHDRAWN_MORE: "{by} stopped it. Nobody comes in by it." | "{by} が停止しました。この復旧は行われません。";
    LEFT_MORE: "It ended because the person may not come in at all any more." | "対象者がアクセスできなくなったため、終了しました。";
    EXPIRED: "Out of time" | "期限切れ";
    EXPIRED_MORE: "Its time ran out before anybody came in. Ask anew." | "再登録の前に期限が切れました。もう一度申請してください。";

    FOLLOWS: "What follows from it" | "この復旧によって起こること";
    FOLLOWS_SIGN: "An admin and a team mate sign: two people, neither of them the person." | "管理者とチームメンバーの二人が署名します。対象者本人は署名できません。";
    FOLLOWS_LINK: "The admin who signed hands over a link that works once, within 15 minutes." | "署名した管理者が、15 分間、一度だけ使えるリンクを渡します。";
    FOLLOWS_GONE: "With the new passkey all old ones are gone, every session ends, and so does every role that the person holds." | "新しいパスキーの登録により、以前のパスキー、セッション、付与中のロールはすべて無効になります。";
    FOLLOWS_DAY: "For a day the person may neither approve anything nor open a break-glass session alone." | "24 時間は、承認もブレークグラスの単独での開始もできません。";
    FOLLOWS_REVIEW: "Somebody of security who was no part of it judges it." | "関与していないセキュリティ担当者が判定します。";

    DECIDE_HINT: "Are you sure that it is them who asks? See or hear them. Your passkey signs whom, why and who asked, as they stand above." | "本人からの依頼であることを、対面または通話で確認しましたか。パスキーは上記の対象者、理由、申請者に署名します。";
    STOP: "Stop it" | "停止";
    STOP_HINT: "Nobody comes in by it any more, whoever signed." | "署名の有無にかかわらず、この復旧は行われなくなります。";
    LINK: "Link" | "リンク";
    LINK_HINT: "Hand it to the person face to face, or in a call in which you see them. Another link voids the one before." | "対面、または顔の見える通話で本人に渡してください。新しく発行すると、前のリンクは無効になります。";
    MAKE_LINK: "Make the link" | "リンクを発行";
    LINK_READY: "The link, shown once" | "リンク（再表示できません）";
    LINK_MORE: "It works once. Whoever uses it becomes this person here." | "一度だけ使えます。使った人がこのメンバー本人として扱われます。";
    VERDICT_HINT: "Your passkey signs exactly what stands above: what was asked for, and everything that was done." | "パスキーは上記の内容（申請と実施された操作）そのものに署名します。";
    JUSTIFIED_MORE: "It was right to let them in again." | "再登録は適切でした。";
    FOLLOW_UPS_MORE: "It was right, and something is to be done about what made it necessary." | "適切でしたが、原因への対応が必要です。";
    UNJUSTIFIED_MORE: "It was not right. Have an admin lock the person, and look at what they did since." | "不適切でした。管理者にロックを依頼し、その後の操作を確認してください。";

    OWN_UNREAD: "Whether somebody wants to recover you cannot be told now. It is asked again every few seconds." | "あなたの復旧が申請されているかどうかを確認できません。数秒ごとに再確認します。";
    OWN: "Somebody wants to let you in anew, as if you had lost every passkey" | "あなたがパスキーをすべて失ったとして、復旧が申請されています";
    OWN_MORE: "If you did not ask for this, stop it now and tell the security team: whoever uses its link becomes you here." | "依頼した覚えがなければ、すぐに停止し、セキュリティチームに連絡してください。リンクを使った人があなたとして登録されます。";
    STOP_OWN: "Stop the recovery of yourself" | "自分の復旧を停止";
    SHOW: "Show the recovery" | "復旧を表示";
    LATELY: "You were recovered less than a day ago" | "復旧から 24 時間が経過していません";
    LATELY_MORE: "Until then you can neither approve anything nor open a break-glass session alone. It ends" | "それまでは、承認もブレークグラスの単独での開始もできません。解除：";

    UNDER_WAY: "Recoveries under way" | "進行中の復旧";
    WAITING: "Recoveries that wait for you" | "あなたの対応を待つ復旧";
    TO_JUDGE: "Recoveries" | "復旧";
    RECOVER: "Recover" | "復旧";
    RECOVER_OF: "Recover {login}, who lost every passkey" | "パスキーをすべて失った {login} を復旧";
    ASK_TITLE: "Recover {person}" | "{person} の復旧";
    ASK_HINT: "For somebody who lost every passkey. An admin and a team mate sign; until the person comes in by it, nothing changes, and they can stop it." | "パスキーをすべて失った人のための手続きです。管理者とチームメンバーが署名します。再登録されるまで何も変わらず、本人は停止できます。";
    WHY: "Why" | "理由";
    WHY_HINT: "What happened, and how you know that it is them. It is signed, and reviewed afterwards." | "経緯と、本人確認の方法を書いてください。署名と事後レビューの対象になります。";
    ASK: "Ask for it" | "申請";
    NOT_NOW: "Not now" | "キャンセル";
}

counted! {
    WAIT: "{n} recovery waits for you" / "{n} recoveries wait for you" | "{n}件の復旧があなたの対応を待っています";
}
