//! What each problem means to a person: what happened, whether anything was done, what to do next.

use domain::ProblemCode;

use super::{Message, messages};

/// What a problem means to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Explanation {
    /// What happened, as a heading.
    pub(crate) happened: Message,
    /// Whether anything was done.
    pub(crate) done: Message,
    /// What to do next.
    pub(crate) next: Message,
}

messages! {
    NOTHING_DONE: "Nothing was done." | "何も実行されていません。";
    NOT_KNOWN: "Whether anything was done is not known." | "実行されたかどうかは不明です。";
    EARLIER_COUNTS: "Nothing was done a second time; what happened the first time stands." | "二重には実行されていません。最初の結果が有効です。";
    OTHERS_COUNTS: "Nothing of yours was done; what somebody else did stands." | "あなたの操作は実行されていません。他の人の操作が有効です。";
    RULE: "Rule: {rule}" | "規則：{rule}";
    LIFTERS: "Who may lift it: {lifters}" | "解除できる人：{lifters}";
    SAID: "In its own words: {message}" | "詳細：{message}";
    PARAMETER: "Parameter: {name}" | "パラメーター：{name}";
    TICKET_LOOKS: "A ticket looks like: {pattern}" | "チケットの形式：{pattern}";
    FIELD: "{field}: {rule}" | "{field}：{rule}";
}

/// `Code: happened | done | next`.
macro_rules! explanations {
    ($($code:ident: $done:ident
        $en:literal | $ja:literal
        $next_en:literal | $next_ja:literal;)*) => {
        /// What a problem means to a person.
        pub(crate) const fn explain(code: ProblemCode) -> Explanation {
            match code {
                $(ProblemCode::$code => Explanation {
                    happened: Message { en: $en, ja: $ja },
                    done: $done,
                    next: Message { en: $next_en, ja: $next_ja },
                },)*
            }
        }
    };
}

explanations! {
    SignedOut: NOTHING_DONE
        "You are signed out" | "サインアウトしています"
        "Sign in, then repeat what you did." | "サインインしてから、もう一度操作してください。";
    SignInFailed: NOTHING_DONE
        "You could not be signed in" | "サインインできませんでした"
        "Try again with a passkey enrolled here. If it stays so, ask a platform admin for a new enrolment link." | "登録済みのパスキーでもう一度お試しください。解決しない場合は、プラットフォーム管理者に新しい登録リンクを依頼してください。";
    NotVisible: NOTHING_DONE
        "There is nothing here that you may see" | "閲覧できるものがありません"
        "Check the address, or look through the tenants you may see." | "アドレスを確認するか、閲覧できるテナントの一覧を確認してください。";
    Refused: NOTHING_DONE
        "The rules do not allow this" | "規則により許可されていません"
        "Who may do it is written in console.cedar of the policy repository; its owners can change that by review." | "許可の範囲はポリシーリポジトリの console.cedar で定義されています。変更はレビューを通じて所有者が行えます。";
    NoClusterUser: NOTHING_DONE
        "You have no user in that cluster" | "そのクラスターにユーザーがありません"
        "Ask a platform admin to list one for you in people.toml." | "プラットフォーム管理者に people.toml への追加を依頼してください。";
    OwnRequest: NOTHING_DONE
        "Nobody decides about their own request" | "自分のリクエストは判断できません"
        "Ask one of the people listed as approvers." | "承認者として表示されている人に依頼してください。";
    NotRequester: NOTHING_DONE
        "Only the person who asked may do this" | "申請者本人だけが実行できます"
        "Ask the requester to do it." | "申請者に依頼してください。";
    Locked: NOTHING_DONE
        "This account is locked" | "このアカウントはロックされています"
        "Ask a platform admin why, and to unlock it." | "プラットフォーム管理者に理由の確認と解除を依頼してください。";
    CrossOrigin: NOTHING_DONE
        "The call came from another site" | "別のサイトからの要求です"
        "Open the console itself and repeat it there." | "コンソールを直接開いて操作し直してください。";
    ClusterRefused: NOTHING_DONE
        "The cluster refused" | "クラスターが拒否しました"
        "The cluster's own rules decide here; its administrators can tell why." | "クラスター側の規則による判断です。クラスターの管理者に確認してください。";
    GuardRail: NOTHING_DONE
        "A guard rail stands against it" | "ガードレールにより制限されています"
        "Its limits stand in actions.toml of the policy repository; its owners change them by review." | "制限はポリシーリポジトリの actions.toml で定義されています。変更はレビューを通じて所有者が行えます。";
    SoloClosed: NOTHING_DONE
        "You cannot open this session alone" | "このセッションを単独で開始することはできません"
        "An approver can open it still: call one of those who were asked." | "承認者の承認があれば開始できます。依頼された承認者に連絡してください。";
    Patience: NOTHING_DONE
        "Approvers still have time to answer" | "承認者の回答を待っています"
        "Call one of them, or wait: the page of the session counts down." | "承認者に連絡するか、そのままお待ちください。残り時間はセッションの画面に表示されます。";
    Involved: NOTHING_DONE
        "You were part of it" | "この件に関与しています"
        "Somebody who was no part of it must judge it. Its page says who is asked." | "関与していない人が判定する必要があります。担当者はその画面に表示されています。";
    RecoveredLately: NOTHING_DONE
        "You were recovered less than a day ago" | "復旧から 24 時間が経過していません"
        "Until then somebody else must approve or judge. You can deny and stop, and act on the approvals of others." | "それまでは、他の人が承認・判定する必要があります。却下や停止、他の人の承認による操作は可能です。";
    RecoveryOpen: NOTHING_DONE
        "This person is being recovered already" | "このメンバーの復旧はすでに進行中です"
        "Sign the recovery that is under way, or stop it first." | "進行中の復旧に署名するか、先に停止してください。";
    DeclaredAlready: NOTHING_DONE
        "You declared an emergency here already" | "ここではすでに緊急事態を宣言しています"
        "It waits to be opened: open it on the page of break-glass, or take it back first." | "宣言は開始待ちです。ブレークグラスの画面で開始するか、先に取り下げてください。";
    Drill: NOTHING_DONE
        "This session is a drill" | "このセッションは訓練です"
        "A drill gives no power, so that there is no kubeconfig either. If there is a real emergency, declare it." | "訓練では権限が付与されないため、kubeconfig も発行されません。実際に緊急事態が発生した場合は宣言してください。";
    SessionOver: NOTHING_DONE
        "What this goes on from is over" | "前提となるセッションまたはロールは終了しています"
        "The session, or the role that this was to prolong, has ended. Ask anew, with the usual approvals, or declare another emergency." | "セッション、または延長の対象となるロールは終了しています。通常の承認を得て再度申請するか、あらためて緊急事態を宣言してください。";
    TooShortForToken: NOTHING_DONE
        "The role ends too soon for a token" | "期限が近いため、トークンを発行できません"
        "A cluster makes no token for less than ten minutes. Actions in the console still work; for kubectl a new role or session is needed." | "クラスターは 10 分未満のトークンを発行しません。コンソールの操作は引き続き可能です。kubectl を使うには、新しいロールまたはセッションが必要です。";
    RoleUnfit: NOTHING_DONE
        "The role cannot be granted as it is in the cluster" | "クラスター上の現在のロールは付与できません"
        "Its cluster role is missing, or may do what no grant can give. The owners of roles.toml can change that." | "クラスターロールが存在しないか、付与できない権限を含んでいます。変更は roles.toml の所有者が行えます。";
    TtlOutOfBounds: NOTHING_DONE
        "A role cannot be held for that long, or that short" | "指定した時間ではロールを付与できません"
        "Choose a time within the bounds." | "範囲内の時間を指定してください。";
    WrongState: NOTHING_DONE
        "This is no longer possible for the request as it stands" | "現在の状態ではこの操作はできません"
        "Look at the state shown here now." | "現在表示されている状態を確認してください。";
    Conflict: OTHERS_COUNTS
        "Somebody else changed this first" | "ほかの人が先に変更しました"
        "Look at what stands here now, then decide again." | "現在の内容を確認してから、もう一度判断してください。";
    DecidedTwice: EARLIER_COUNTS
        "You decided this already" | "既に判断済みです"
        "Another person must give the next approval." | "次の承認は別の人が行う必要があります。";
    TargetDrifted: NOTHING_DONE
        "The target is no longer what was asked about" | "対象が申請時から変化しています"
        "Review it as it is now, and ask again if it is still needed." | "現在の状態を確認し、必要であれば再度申請してください。";
    TargetBusy: NOTHING_DONE
        "Another request is being carried out on this target" | "この対象では別のリクエストを実行中です"
        "Wait until its outcome is seen, or have its page stop watching, then look at the target again." | "結果が確認されるまで待つか、そのリクエストの画面で監視を終了してから、対象の状態を再確認してください。";
    NothingToChange: NOTHING_DONE
        "It is so already" | "既にその状態です"
        "Choose something else, if anything is still needed." | "必要であれば、別の内容を指定してください。";
    Unsuited: NOTHING_DONE
        "It cannot be done to the target as it is" | "現在の対象には実行できません"
        "Change what stands in the way first, or choose another action." | "妨げになっている状態を先に解消するか、別の操作を選択してください。";
    BudgetExhausted: NOTHING_DONE
        "A disruption budget has no room for this now" | "Disruption Budget に余裕がありません"
        "Wait until more replicas are ready, then try again." | "Ready なレプリカが増えてから、もう一度お試しください。";
    OtherApproverNeeded: NOTHING_DONE
        "Somebody else must approve this" | "別の承認者が必要です"
        "The approvals that are missing must come from people of certain groups. Who may give them stands beside the signatures; where nobody does, the policy asks for more since, and it is to be asked for anew." | "残りの承認は特定のグループの人によるものでなければなりません。承認できる人は署名の欄に表示されています。誰もいない場合はポリシーが変更されているため、再度申請してください。";
    ApprovalLapsed: NOTHING_DONE
        "An approval no longer counts" | "承認が無効になりました"
        "Somebody who approved may no longer, is locked, or is no longer of the group for which they stood. Ask again, so that others may approve." | "承認者が権限を失ったか、ロックされたか、必要なグループに属さなくなりました。別の人が承認できるよう、再度申請してください。";
    PolicyMoved: NOTHING_DONE
        "The rules changed while you decided" | "判断中に規則が変更されました"
        "Look at the request again; it may still be yours to decide." | "リクエストを再確認してください。引き続き判断できる場合があります。";
    SignatureSpent: EARLIER_COUNTS
        "This touch was used already" | "この署名は既に使用されています"
        "Look at the state shown here before you touch again." | "表示されている状態を確認してから、再度署名してください。";
    LastPasskey: NOTHING_DONE
        "The last passkey cannot be removed" | "最後のパスキーは削除できません"
        "Add another one first." | "先に別のパスキーを追加してください。";
    AlreadyEnrolled: NOTHING_DONE
        "This passkey is enrolled already" | "このパスキーは登録済みです"
        "Sign in with it, or use another device or security key." | "このパスキーでサインインするか、別の端末またはセキュリティキーを使用してください。";
    LinkInvalid: NOTHING_DONE
        "This link cannot be used" | "このリンクは使用できません"
        "Links work once, within 15 minutes. Ask a platform admin for a new one." | "リンクは 15 分間、一度だけ有効です。プラットフォーム管理者に新しいリンクを依頼してください。";
    CeremonyExpired: NOTHING_DONE
        "That took too long, or was begun elsewhere" | "時間切れか、別の場所で開始された操作です"
        "Begin again on this page." | "このページで最初からやり直してください。";
    RequestExpired: NOTHING_DONE
        "The time of this request ran out" | "リクエストの期限が切れています"
        "Ask again if it is still needed." | "必要であれば再度申請してください。";
    TooLarge: NOTHING_DONE
        "That is more than the console takes" | "送信内容が大きすぎます"
        "Make it shorter." | "内容を短くしてください。";
    NotJson: NOTHING_DONE
        "The console takes JSON here" | "JSON 形式で送信してください"
        "Send it as application/json." | "application/json で送信してください。";
    Malformed: NOTHING_DONE
        "Something in this is not well formed" | "入力の形式が正しくありません"
        "Correct it and try again." | "修正してもう一度お試しください。";
    CredentialRejected: NOTHING_DONE
        "The passkey did not answer as it should" | "パスキーの応答が正しくありません"
        "Try again; if it stays so, use another passkey." | "もう一度お試しください。解決しない場合は別のパスキーを使用してください。";
    OtherDecision: NOTHING_DONE
        "The signature is for something else" | "署名の対象が異なります"
        "Reload the page, look again, and sign what you see." | "ページを再読み込みし、内容を確認してから署名してください。";
    ReasonMissing: NOTHING_DONE
        "A reason is needed" | "理由を入力してください"
        "Say in a sentence what is wrong and why this helps." | "何が起きていて、なぜ必要かを一文で記入してください。";
    ReasonTooLong: NOTHING_DONE
        "The reason is too long" | "理由が長すぎます"
        "Keep it within 1000 characters." | "1000 文字以内にしてください。";
    TicketMissing: NOTHING_DONE
        "A ticket is needed" | "チケットを入力してください"
        "Name where the incident is written down." | "インシデントの記録先を入力してください。";
    TicketTooLong: NOTHING_DONE
        "The ticket is too long" | "チケットが長すぎます"
        "Keep it within 200 characters." | "200 文字以内にしてください。";
    TicketOdd: NOTHING_DONE
        "That does not look like a ticket" | "チケットの形式が正しくありません"
        "Write it as your tracker does." | "管理システムの表記どおりに入力してください。";
    ParameterMissing: NOTHING_DONE
        "Something that the action needs was not given" | "必要な項目が指定されていません"
        "Fill it in, then look at what it would do." | "入力してから、影響を確認してください。";
    ParameterInvalid: NOTHING_DONE
        "Something that was given is not what the action takes" | "指定された値が正しくありません"
        "The form says what it may be; correct it there." | "フォームに示された範囲で入力してください。";
    NotTripped: NOTHING_DONE
        "A guard rail was to be lifted that does not stand against it" | "制限されていないガードレールの解除が指定されています"
        "Look at the review again: it shows what stands against it now." | "内容を再確認してください。現在の制限が表示されます。";
    UnknownParameter: NOTHING_DONE
        "The action has no such parameter" | "この操作に存在しないパラメーターです"
        "Leave it out." | "指定を外してください。";
    WrongKind: NOTHING_DONE
        "This action is not for that kind of object" | "この種類のオブジェクトには実行できません"
        "Choose the object it is meant for." | "対象となるオブジェクトを選択してください。";
    TooMany: NOTHING_DONE
        "Too many attempts" | "試行回数が多すぎます"
        "Wait a minute, then try again." | "1 分ほど待ってから、もう一度お試しください。";
    Internal: NOT_KNOWN
        "Something in the console went wrong" | "コンソールで問題が発生しました"
        "Look at the state shown here before you repeat anything, and tell the platform admins." | "表示されている状態を確認してからやり直し、プラットフォーム管理者に連絡してください。";
    DatabaseUnavailable: NOTHING_DONE
        "The console's database is not available" | "コンソールのデータベースが利用できません"
        "Without it nothing can be written down, so nothing may be done. Try again soon." | "記録できないため、何も実行できません。しばらくしてからお試しください。";
    ClusterUnavailable: NOTHING_DONE
        "The cluster is not available" | "クラスターが利用できません"
        "Try again soon; its administrators may know more." | "しばらくしてからお試しください。詳細はクラスターの管理者に確認してください。";
}

/// Every message of this page, for the catalogue's own tests.
#[cfg(test)]
pub(crate) fn all() -> impl Iterator<Item = (&'static str, Message)> {
    let explained = ProblemCode::ALL.iter().flat_map(|code| {
        let Explanation { happened, done, next } = explain(*code);
        [happened, done, next].map(|message| (code.as_str(), message))
    });
    ALL.iter().copied().chain(explained)
}
