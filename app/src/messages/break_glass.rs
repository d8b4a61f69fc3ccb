//! Break-glass: declaring an emergency, opening its session, and what is said of it afterwards.

use domain::break_glass::ClosedAlone;

use super::{Message, messages};

messages! {
    TITLE: "Break-glass" | "ブレークグラス";
    INTRO: "Emergency power that is taken at once, alone if need be, and answered for afterwards, always." | "緊急時に、必要であれば単独で直ちに取得する権限です。使用後は必ず報告とレビューが行われます。";
    LIVE_NOW: "Live now" | "進行中";
    LIVE_CAPTION: "Live break-glass sessions" | "進行中のブレークグラスセッション";
    WAITING_CAPTION: "Declared emergencies that nobody opened yet" | "まだ開始されていない宣言";
    NONE_LIVE: "No session is live" | "進行中のセッションはありません";
    NONE_LIVE_MORE: "Sessions in tenants that you may see stand here from the moment they are opened until the cluster holds nothing of them." | "閲覧できるテナントのセッションが、開始されてからクラスターに何も残らなくなるまで、ここに表示されます。";
    PERSON: "Person" | "使用者";
    OPENED: "Opened" | "開始";
    ALONE: "Alone" | "単独";
    APPROVED: "With an approver" | "承認あり";
    A_DRILL: "A drill" | "訓練";
    GOING: "closed; its power is being taken away" | "終了済み、権限を削除中";
    CLOSE: "Close the session" | "セッションを終了";
    CLOSE_OF: "Close the session of {person} in {tenant}" | "{tenant} での {person} のセッションを終了";
    SHOW: "Show the session" | "セッションを表示";
    DECLARE_WHERE: "Declare an emergency" | "緊急事態を宣言";
    DECLARE_WHERE_MORE: "Choose the tenant in which something is broken. The form asks for a role, what is broken, and what you will do; nothing is opened before you touch your passkey or somebody approves." | "障害が起きているテナントを選択してください。ロール、障害の内容、実施する作業を入力します。パスキーで確認するか承認されるまで、何も開始されません。";
    TO_TENANTS: "Choose among your tenants" | "テナントの一覧から選択";
    ALL_REVIEWS: "Reviews of sessions" | "セッションのレビュー";

    DECLARE_TITLE: "Break-glass in {tenant}" | "{tenant} でのブレークグラス";
    DECLARE_INTRO: "For an emergency. The role is what kubectl may do; actions in this console need no approval with any of them. Role and time cannot be changed once it is declared, and after two sessions of yours that wait for their review you cannot open one alone. Take the smallest role that will do." | "緊急時用です。ロールは kubectl で行える操作の範囲です。コンソールの操作は、どのロールでも承認不要です。宣言後はロールと期間を変更できません。レビュー待ちのセッションが 2 件になると単独で開始できなくなります。足りるもののうち最小のロールを選択してください。";
    GO_ON_TITLE: "Go on in {tenant}" | "{tenant} で継続";
    GO_ON_INTRO: "More time, or a larger role. It takes an approval or a touch of its own; what you hold stays until its own end, so that nothing breaks off. All of it ends within twice the longest of one session, is closed with one press, and is reviewed as one." | "期間の延長、またはより大きいロールの取得です。承認、またはあらためてパスキーでの確認が必要です。現在の権限はその期限まで残るため、作業は中断されません。全体は 1 セッションの最長期間の 2 倍までで、終了もレビューもまとめて行われます。";
    GO_ON: "More time, or a larger role" | "延長・より大きいロール";
    DRILL_CHOICE: "This is a drill" | "これは訓練です";
    DRILL_HINT: "Everything goes as in earnest, the pages to people included, but the cluster is never told: it gives no power, and spares no approval." | "通知を含めすべて本番と同様に進みますが、クラスターには何も反映されません。権限は付与されず、承認も省略されません。";
    DRILL: "This is a drill" | "これは訓練です";
    DRILL_MORE: "Nothing of it is power: there is no token, and actions need their approvals as ever. It is closed, accounted for and reviewed as in earnest." | "権限はありません。トークンは発行されず、操作には通常どおり承認が必要です。終了、報告、レビューは本番と同様に行われます。";
    WHICH_ROLE: "Role" | "ロール";
    UP_TO: "up to {span}" | "最長 {span}";
    CANNOT_TAKE: "It cannot be taken" | "使用できません";
    NO_ROLE: "You can break no glass here" | "ここではブレークグラスを使用できません";
    NO_ROLE_MORE: "None of the roles can be taken by you in this tenant. Nothing was declared. Call whoever is on call, or the security team." | "このテナントで使用できるロールがありません。何も宣言されていません。オンコール担当者またはセキュリティチームに連絡してください。";
    MINUTES: "For how long, in minutes" | "期間（分）";
    MINUTES_HINT: "From {shortest} to {longest}. It ends by itself; close it as soon as you are done. A kubeconfig can be made only while 10 min or more are left." | "{shortest} 以上 {longest} 以下。期限で自動的に終了します。作業が終わったら、すぐに終了してください。kubeconfig は残り 10 分以上ある間のみ発行できます。";
    BROKEN: "What is broken" | "障害の内容";
    BROKEN_HINT: "A sentence is enough." | "一文で構いません。";
    INTENT: "What you will do" | "実施する作業";
    INTENT_HINT: "What you mean to look at and change. Afterwards it stands beside what you did." | "調査や変更の予定を記入してください。使用後、実際の操作と並べて確認されます。";
    INCIDENT: "Incident" | "インシデント";
    INCIDENT_HINT: "Where it is written down: a ticket, a channel, a link." | "記録先（チケット、チャンネル、リンクなど）。";
    NEXT: "What happens next" | "宣言後の流れ";
    IS_ASKED: "Is asked to approve" | "承認を依頼される人";
    NOBODY_ASKED: "Nobody could approve it now." | "現在、承認できる人はいません。";
    ALONE_TERM: "Open it alone" | "単独での開始";
    AT_ONCE: "At once: you touch your passkey on the next page." | "すぐに可能です。次の画面でパスキーを使用します。";
    AFTER_PATIENCE: "{span} after you declare it, if nobody has approved by then." | "宣言から {span} 経過しても承認されない場合に可能です。";
    ALWAYS: "Afterwards" | "使用後";
    ALWAYS_MORE: "You write what you found and did; somebody who was no part of it reviews everything that was done." | "判明したことと実施した内容を報告します。関与していない人が、すべての操作をレビューします。";
    CLOSED: "You cannot open a session alone" | "単独ではセッションを開始できません";
    CLOSED_MORE: "You can declare it all the same: an approver can open it." | "宣言は可能です。承認者が承認すると開始されます。";
    CLOSED_ACCOUNT_OVERDUE: "Your account of an earlier session is overdue. File it first." | "以前のセッションの報告期限が過ぎています。先に報告を提出してください。";
    CLOSED_UNREVIEWED: "Two of your sessions wait for their review." | "あなたのセッションのうち 2 件がレビュー待ちです。";
    CLOSED_LIVE: "A session that you opened alone is live. Close it first." | "単独で開始したセッションが進行中です。先に終了してください。";
    CLOSED_DENIED: "An approver denied your last declaration here: somebody is awake. Talk to them; they can approve." | "ここでの直前の宣言は承認者に却下されました。対応できる人がいます。連絡を取り、承認を依頼してください。";
    CLOSED_RECOVERED: "You were recovered less than a day ago: for that long nobody opens a session by their own word alone." | "復旧から 24 時間以内のため、単独では開始できません。";
    NOBODY_TOLD: "Nobody is notified" | "誰にも通知されません";
    NOBODY_TOLD_MORE: "No destination in the policy wants to hear of it. Tell somebody yourself; the session opens all the same." | "ポリシーに通知先がありません。自分で誰かに連絡してください。セッションは通知がなくても開始されます。";
    SUBMIT: "Declare: {role} in {tenant}" | "宣言：{tenant} の {role}";
    DECLARING: "Declaring…" | "宣言中…";

    SESSION_TITLE: "Break-glass: {role} in {tenant}" | "ブレークグラス：{tenant} の {role}";
    DECLARED: "Declared, not opened" | "宣言済み、未開始";
    DECLARED_MORE: "Nothing has been given. Either an approver opens it, or {person} does alone. It lapses {when} unless it is opened." | "まだ何も付与されていません。承認者の承認、または {person} の単独操作で開始されます。開始の期限：{when}。";
    DECLARED_APPROVAL: "Nothing has been given. An approver opens it. It lapses {when} unless it is opened." | "まだ何も付与されていません。承認者が承認すると開始されます。開始の期限：{when}。";
    OPENING: "Being opened" | "開始処理中";
    OPENING_MORE: "The word is given, and the cluster is being told." | "開始が確定し、クラスターに反映しています。";
    LIVE: "Live" | "進行中";
    LIVE_MORE: "{person} holds {role} here." | "{person} が {role} を使用しています。";
    LIVE_DRILL: "{person} practises with {role} here." | "{person} が {role} で訓練中です。";
    LEFT: "Ends" | "終了まで";
    WITHOUT_APPROVAL: "What you ask for in this tenant from now on needs no approval" | "これから申請するこのテナントでの操作は承認不要です";
    WITHOUT_APPROVAL_MORE: "One touch of yours carries it out, and your reviewer is told. Guard rails stand: lifting one needs its approvals as ever, and so do cordon and drain. What you asked for before must be asked for anew." | "パスキーで確認するだけで実行され、レビュー担当者に示されます。ガードレールは有効です。その解除、cordon、drain には通常どおり承認が必要です。開始前に申請したものは、再度申請してください。";
    CLOSE_YOURS: "Close the session" | "セッションを終了する";
    CLOSE_YOURS_HINT: "Its power ends at once. You then tell what you found and did." | "権限は直ちに終了します。続けて、判明したことと実施した内容を報告します。";
    CLOSE_THEIRS_HINT: "Whoever holds it loses its power at once; the history says that it was you." | "使用者の権限は直ちに終了します。終了した人は履歴に記録されます。";
    WITHDRAW: "Withdraw the declaration" | "宣言を取り下げる";
    WITHDRAW_HINT: "Nothing was opened, and it can be opened no longer." | "まだ何も開始されておらず、以後も開始できません。";
    DECIDE_HINT: "Your approval opens the session; while it is live, actions of this person in this tenant need no further approval. Your signature covers the person, the tenant, how long, every rule, and everything that was declared, as shown here." | "承認するとセッションが開始され、進行中はこの使用者によるこのテナントでの操作に承認が不要になります。署名の対象は、使用者、テナント、期間、すべての規則、およびここに表示されている宣言の内容です。";
    WHAT: "What was declared" | "宣言の内容";
    FOR: "For how long" | "期間";
    ASKED: "Was asked" | "承認を依頼された人";
    ASKED_NOBODY: "Nobody could approve it" | "承認できる人なし";
    ON_CALL: "Was on call" | "当時のオンコール担当者";
    ON_CALL_NOBODY: "Nobody" | "なし";
    DECLARED_AT: "Declared" | "宣言";
    ALONE_BY: "alone, by {person}'s own touch" | "{person} が単独で開始";
    APPROVED_BY: "with the approval of {people}" | "{people} の承認により開始";
    ALONE_FROM: "Alone from" | "単独での開始";
    ALONE_NOW: "possible now" | "可能";
    OPEN_ALONE: "Open it alone" | "単独で開始";
    OPEN_ALONE_HINT: "One touch of your passkey gives you {role} in {tenant} for {span}. Everybody who sees the tenant is told, on every page." | "パスキーで確認すると、{tenant} の {role} が {span} 付与されます。このテナントを閲覧できる全員のすべての画面に表示されます。";
    OPEN_BUTTON: "Open the session and sign" | "開始して署名";
    WAIT: "Approvers have their time still. You can open it alone {when}; this page waits with you." | "承認者の回答を待っています。単独で開始できるまで：{when}。この画面のままお待ちください。";
    MAY_NOW: "The time for approvers is over: you can open it alone now." | "承認者の回答期限が過ぎました。単独で開始できます。";
    CLOSED_SESSION_MORE: "An approval opens it still. Call whoever was asked: {people}." | "承認されれば開始されます。依頼された承認者に連絡してください：{people}。";
    RULES_CLOSED: "The rules no longer let you open it alone. Approvers can still open it." | "規則の変更により、単独では開始できなくなりました。承認者の承認があれば開始されます。";
    DIGEST_HINT: "What every signature on this session commits to" | "このセッションへの署名はすべてこの値に対して行われます";
    CANNOT_WAIT: "It cannot wait? Declare an emergency in {tenant}" | "承認を待てない緊急時：{tenant} で緊急事態を宣言";
    ELSEWHERE: "This role was declared an emergency; its page shows what was declared." | "このロールは緊急事態として宣言されました。内容は専用の画面に表示されます。";
    OPEN_PAGE: "Open the break-glass session" | "ブレークグラスセッションを開く";

    ACCOUNT: "Your account" | "報告";
    ACCOUNT_TITLE: "Account" | "報告";
    ACCOUNT_OF: "What {person} says of it" | "{person} の報告";
    ACCOUNT_HINT: "Tell it while you remember: your reviewer reads it beside everything that was done. It is filed once and does not change." | "記憶が新しいうちに報告してください。レビュー担当者が実際の操作と並べて確認します。提出は一度だけで、変更できません。";
    ACCOUNT_DUE: "It is due {when}." | "提出期限：{when}。";
    ACCOUNT_OVERDUE: "It is overdue. Until you file it you cannot open another session alone." | "提出期限が過ぎています。提出するまで、別のセッションを単独で開始できません。";
    FOUND: "What you found" | "判明したこと";
    FOUND_HINT: "The cause, as far as you know it." | "判明している範囲の原因。";
    DONE: "What you did" | "実施した内容";
    DONE_HINT: "Also what you did with the token, past the console." | "コンソールを介さず、トークンで直接行った操作も含めてください。";
    FOLLOW_UPS: "What follows" | "今後の対応";
    FOLLOW_UPS_HINT: "Optional: what is to be done so that it need not happen again." | "任意：再発防止のために必要な対応。";
    FILE: "File the account" | "報告を提出";
    FILING: "Filing…" | "提出中…";
    FILED: "Filed" | "提出";
    REVIEW: "Review" | "レビュー";
    SHOW_REVIEW: "Open the review" | "レビューを開く";

    BANNER: "Live break-glass sessions" | "進行中のブレークグラスセッション";
    BANNER_ALONE: "{person} broke glass in {tenant}: {role}, alone" | "{person} が {tenant} でブレークグラスを使用中：{role}（単独）";
    BANNER_APPROVED: "{person} broke glass in {tenant}: {role}, with an approver" | "{person} が {tenant} でブレークグラスを使用中：{role}（承認あり）";
    BANNER_DRILL: "Drill: {person} practises break-glass in {tenant} with {role}" | "訓練：{person} が {tenant} でブレークグラスを実施中（{role}）";
    BANNER_UNREAD: "Whether a break-glass session is live cannot be told now. It is asked again every few seconds." | "ブレークグラスセッションの有無を確認できません。数秒ごとに再確認します。";

    NO_APPROVAL: "No approval is needed: your break-glass session is live here" | "承認不要：ここではあなたのブレークグラスセッションが進行中です";
    NO_APPROVAL_MORE: "Your own touch carries it out. It is told to your reviewer." | "あなたのパスキーで実行できます。操作はレビュー担当者に示されます。";
    WITHIN: "No approval needed" | "承認不要";
    WITHIN_SESSION: "asked within a break-glass session" | "ブレークグラスセッション中の申請";
    LEFT_SECONDS: "You can open it alone in {span}." | "あと{span}で、単独で開始できます。";
}

/// Why somebody may not open a session alone.
pub(crate) const fn closed(why: ClosedAlone) -> Message {
    match why {
        ClosedAlone::AccountOverdue => CLOSED_ACCOUNT_OVERDUE,
        ClosedAlone::Unreviewed => CLOSED_UNREVIEWED,
        ClosedAlone::Live => CLOSED_LIVE,
        ClosedAlone::Denied => CLOSED_DENIED,
        ClosedAlone::Recovered => CLOSED_RECOVERED,
    }
}
