//! Signing in, enrolling, and what can go wrong with a passkey.

use super::messages;

messages! {
    TITLE: "Sign in" | "サインイン";
    INTRO: "Your passkey says who you are; there is no name or password to type." | "パスキーで本人を確認します。名前やパスワードの入力は不要です。";
    BUTTON: "Sign in with a passkey" | "パスキーでサインイン";
    BUSY: "Waiting for your passkey…" | "パスキーを待っています…";
    NO_PASSKEY: "No passkey here yet?" | "パスキーをお持ちでない場合";
    NO_PASSKEY_MORE: "Ask a platform admin for an enrolment link. It works once, within 15 minutes." | "プラットフォーム管理者に登録リンクを依頼してください。リンクは 15 分間、一度だけ有効です。";
    NEEDS_SCRIPT: "Passkeys need JavaScript; please allow it for this site." | "パスキーには JavaScript が必要です。このサイトで許可してください。";
    SIGNED_OUT: "Sign in to go on" | "続けるにはサインインしてください";
    SIGNED_OUT_MORE: "You are signed out, or your session ran out. Afterwards you are right back here." | "サインアウトしているか、セッションの有効期限が切れています。サインイン後、このページに戻ります。";
    ENROL: "Enrol a passkey" | "パスキーを登録";
    ENROL_INTRO: "This link was made for you. Create a passkey on this device, or on a security key, and you are in." | "このリンクはあなた専用です。この端末またはセキュリティキーにパスキーを作成するとサインインします。";
    ENROL_LABEL: "What to call this passkey" | "パスキーの名前";
    ENROL_LABEL_HINT: "So that you can tell it from others, such as “work laptop” or “blue security key”." | "他と区別できる名前（例：「業務用ノート PC」「青いセキュリティキー」）。";
    ENROL_LABEL_DEFAULT: "This device" | "この端末";
    ENROL_BUTTON: "Create a passkey" | "パスキーを作成";
    ENROL_NO_SECRET: "This is only part of a link" | "リンクが不完全です";
    ENROL_NO_SECRET_MORE: "The part after “#” is missing. Open the whole link as it was given to you, or ask for a new one." | "「#」以降がありません。受け取ったリンク全体を開くか、新しいリンクを依頼してください。";
    DISMISSED: "No passkey was used" | "パスキーは使用されませんでした";
    DISMISSED_MORE: "The prompt was closed or ran out of time. Nothing was sent; you can try again." | "確認画面が閉じられたか、時間切れになりました。何も送信されていません。もう一度お試しください。";
    UNSUPPORTED: "This browser cannot use passkeys here" | "このブラウザーではパスキーを使用できません";
    UNSUPPORTED_MORE: "Nothing was sent. Passkeys need a current browser and a secure address (https, or localhost)." | "何も送信されていません。最新のブラウザーと安全なアドレス（https または localhost）が必要です。";
    ALREADY_HERE: "This device already holds a passkey of yours" | "この端末には既にあなたのパスキーがあります";
    ALREADY_HERE_MORE: "Nothing was changed. Sign in with it, or use another device or security key." | "何も変更されていません。既存のパスキーでサインインするか、別の端末またはセキュリティキーを使用してください。";
    UNREACHABLE: "The console cannot be reached" | "コンソールに接続できません";
    UNREACHABLE_MORE: "Whether it heard you is not known. Look at the state shown here once you are online again, before you repeat anything." | "要求が届いたかどうか不明です。再接続後に表示される状態を確認してから、やり直してください。";
    PREVIEW_MOVED: "The situation changed while you were reading" | "確認中に状況が変化しました";
    PREVIEW_MOVED_MORE: "Nothing was signed. What would happen is shown anew; look again before you sign." | "署名は行われていません。最新の影響を表示しましたので、確認してから署名してください。";
    CASE_MOVED: "Something was done or said in this case while you were reading" | "確認中に内容が追加されました";
    CASE_MOVED_MORE: "Nothing was signed. The case is shown anew; look again before you sign." | "署名は行われていません。最新の内容を表示しましたので、確認してから署名してください。";
    OTHER_CHALLENGE: "Stopped: you were asked to sign something other than what is shown" | "中止しました：表示内容と異なるものへの署名が求められました";
    OTHER_CHALLENGE_MORE: "Nothing was signed. What this page shows and what the server asked your passkey to sign do not match ({part}). Reload the page; if it happens again, tell the security team." | "署名は行われていません。このページの表示内容と、サーバーが求めた署名対象が一致しません（{part}）。再読み込みしても繰り返す場合は、セキュリティチームに連絡してください。";
}
