//! The words of notifications, in English and Japanese: one template per event, and the labels around them.
//!
//! The pages have a catalogue of their own (`app`), which the server may not depend on for this: a message has no reader
//! whose language could be asked for, only a destination's.

use domain::notifications::{Event, EventKind, Language};

/// One text in both languages. `{name}` stands for what is filled in.
#[derive(Clone, Copy)]
pub(super) struct Words {
    english: &'static str,
    japanese: &'static str,
}

const fn words(english: &'static str, japanese: &'static str) -> Words {
    Words { english, japanese }
}

pub(super) const OPEN: Words = words("Open in Sekisho", "Sekisho で開く");
pub(super) const DECIDE: Words = words(
    "Approve or deny it in Sekisho; answers here decide nothing.",
    "承認・却下は Sekisho で行ってください。ここでの返信は判断になりません。",
);
pub(super) const REASON: Words = words("Reason: {text}", "理由：{text}");
pub(super) const TICKET: Words = words("Ticket: {text}", "チケット：{text}");
pub(super) const APPROVALS: Words =
    words("Approvals: {given} of {needed}", "承認：{needed} 件中 {given} 件");

/// Who is asked to judge where nobody is left who may.
const NOBODY: Words = words("nobody is left", "該当者なし（いません）");

const RECOVERY_ASKED: Words = words(
    "{requester} asks that {person}, who lost every passkey, is let in again: an admin and a team mate must sign",
    "{requester} が、パスキーをすべて失った {person} の復旧を申請しました。管理者とチームメンバーの署名が必要です",
);
const RECOVERY_DROPPED: Words = words(
    "The recovery of {person} that {requester} asked for let nobody in, and will not any more",
    "{requester} が申請した {person} の復旧は、行われずに終わりました",
);
const RECOVERY_ENROLLED: Words = words(
    "{person} came in again with a new passkey, by the recovery that {requester} asked for; reviewer: {reviewer}",
    "{requester} が申請した復旧により、{person} が新しいパスキーで登録されました。レビュー担当者：{reviewer}",
);
const RECOVERY_REMINDED: Words = words(
    "The review of the recovery of {person} still waits; reviewer: {reviewer}",
    "{person} の復旧のレビューが完了していません。担当者：{reviewer}",
);
const RECOVERY_ESCALATED: Words = words(
    "The review of the recovery of {person} is late: security must see to it",
    "{person} の復旧のレビューが期限を過ぎました。セキュリティチームの対応が必要です",
);
const RECOVERY_JUDGED: Words =
    words("{actor} judged the recovery of {person}", "{actor} が {person} の復旧を審査しました");

/// What happened, in a sentence. Whatever happens by itself names no one.
pub(super) const fn headline(kind: EventKind) -> Words {
    match kind {
        EventKind::Requested => words(
            "{requester} asks for {action} of {target} in {tenant}",
            "{requester} が {tenant} の {target} に対する {action} を申請しました",
        ),
        EventKind::PartlyApproved => words(
            "{actor} approved {action} of {target} in {tenant}; it needs further approvals",
            "{actor} が {tenant} の {target} に対する {action} を承認しました。さらに承認が必要です",
        ),
        EventKind::Approved => words(
            "{action} of {target} in {tenant} is approved; {requester} may carry it out",
            "{tenant} の {target} に対する {action} が承認されました。{requester} が実行できます",
        ),
        EventKind::Denied => words(
            "{actor} denied {action} of {target} in {tenant}",
            "{actor} が {tenant} の {target} に対する {action} を却下しました",
        ),
        EventKind::Withdrawn => words(
            "{action} of {target} in {tenant}, asked for by {requester}, was withdrawn",
            "{requester} による {tenant} の {target} に対する {action} の申請は取り下げられました",
        ),
        EventKind::Expired => words(
            "{action} of {target} in {tenant}, asked for by {requester}, ran out of time",
            "{requester} による {tenant} の {target} に対する {action} の申請は期限切れになりました",
        ),
        EventKind::Void => words(
            "{action} of {target} in {tenant} is void: the target is no longer what was asked about",
            "{tenant} の {target} に対する {action} の申請は無効になりました。対象が申請時から変わっています",
        ),
        EventKind::Intended => words(
            "{requester} gave the word for {action} of {target} in {tenant}",
            "{requester} が {tenant} の {target} に対する {action} の実行を指示しました",
        ),
        EventKind::Succeeded => words(
            "{action} of {target} in {tenant} succeeded",
            "{tenant} の {target} に対する {action} が成功しました",
        ),
        EventKind::Failed => words(
            "{action} of {target} in {tenant} failed",
            "{tenant} の {target} に対する {action} が失敗しました",
        ),
        EventKind::RoleApproved => words(
            "{action} of {target} in {tenant} is approved: {requester} holds it",
            "{tenant} の {target} に対する {action} が承認され、{requester} に付与されました",
        ),
        EventKind::BreakGlassDeclared => words(
            "{requester} declared an emergency in {tenant} and wants to {action} with {target}",
            "{requester} が {tenant} で緊急事態を宣言し、{target} による {action} を求めています",
        ),
        EventKind::BreakGlassOpened => words(
            "{requester} holds emergency power ({action}) in {tenant} now: {target}",
            "{requester} が {tenant} で緊急権限（{action}）を行使しています：{target}",
        ),
        EventKind::BreakGlassDropped => words(
            "The emergency ({action}, {target}) that {requester} declared in {tenant} was not opened",
            "{requester} が {tenant} で宣言した緊急事態（{action}、{target}）は開始されずに終わりました",
        ),
        EventKind::BreakGlassClosed => words(
            "The emergency power ({action}, {target}) of {requester} in {tenant} is closed",
            "{requester} の {tenant} での緊急権限（{action}、{target}）は終了しました",
        ),
        EventKind::ReviewDue => words(
            "{reviewer} is asked to review the {action} of {requester} in {tenant} ({target}); {requester} owes an account of it",
            "{requester} の {tenant} での {action}（{target}）のレビュー担当者：{reviewer}。{requester} には報告の義務があります",
        ),
        EventKind::ReviewReminded => words(
            "The review of the {action} of {requester} in {tenant} ({target}) still waits; reviewer: {reviewer}",
            "{requester} の {tenant} での {action}（{target}）のレビューが完了していません。担当者：{reviewer}",
        ),
        EventKind::ReviewEscalated => words(
            "The review of the {action} of {requester} in {tenant} ({target}) is late: security must see to it",
            "{requester} の {tenant} での {action}（{target}）のレビューが期限を過ぎました。セキュリティチームの対応が必要です",
        ),
        EventKind::ReviewJudged => words(
            "{actor} judged the {action} of {requester} in {tenant} ({target})",
            "{actor} が {requester} の {tenant} での {action}（{target}）を審査しました",
        ),
        EventKind::RecoveryAsked => RECOVERY_ASKED,
        EventKind::RecoveryDropped => RECOVERY_DROPPED,
        EventKind::RecoveryEnrolled => RECOVERY_ENROLLED,
        EventKind::RecoveryReminded => RECOVERY_REMINDED,
        EventKind::RecoveryEscalated => RECOVERY_ESCALATED,
        EventKind::RecoveryJudged => RECOVERY_JUDGED,
        EventKind::Unknown => words(
            "Nobody saw how {action} of {target} in {tenant} ended: look at it",
            "{tenant} の {target} に対する {action} の結果を確認できませんでした。状況を確認してください",
        ),
    }
}

/// The sentence for an event.
pub(super) fn told(event: &Event, language: Language) -> String {
    headline(event.kind).filled(language, &|name| match name {
        "requester" => event.requester.to_string(),
        "actor" => event.actor.as_ref().unwrap_or(&event.requester).to_string(),
        "reviewer" => match &event.reviewer {
            Some(reviewer) => reviewer.to_string(),
            None => NOBODY.in_language(language).to_owned(),
        },
        "action" => event.action.clone(),
        "target" => format!("{} {}", event.target.kind, event.target.name),
        "tenant" => event.tenant.as_ref().map(ToString::to_string).unwrap_or_default(),
        "person" => event.target.name.clone(),
        _ => String::new(),
    })
}

impl Words {
    pub(super) const fn in_language(self, language: Language) -> &'static str {
        match language {
            Language::English => self.english,
            Language::Japanese => self.japanese,
        }
    }

    /// With each `{name}` replaced, once: what is filled in is not looked at again.
    pub(super) fn filled(self, language: Language, value: &dyn Fn(&str) -> String) -> String {
        let mut rest = self.in_language(language);
        let mut filled = String::new();
        while let Some((before, name, after)) = placeholder(rest) {
            filled.push_str(before);
            filled.push_str(&value(name));
            rest = after;
        }
        filled + rest
    }
}

fn placeholder(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn names(mut text: &str) -> BTreeSet<&str> {
        let mut names = BTreeSet::new();
        while let Some((_, name, after)) = placeholder(text) {
            names.insert(name);
            text = after;
        }
        names
    }

    #[test]
    fn every_event_is_told_in_both_languages_with_the_same_facts() {
        const KNOWN: [&str; 7] =
            ["requester", "actor", "reviewer", "action", "target", "tenant", "person"];
        let mut sentences = BTreeSet::new();
        for kind in EventKind::ALL {
            let Words { english, japanese } = headline(kind);
            assert_eq!(names(english), names(japanese), "{kind}");
            assert!(names(english).iter().all(|name| KNOWN.contains(name)), "{kind}");
            let of_tenant = BTreeSet::from(["action", "target", "tenant"]);
            let about = if kind.is_of_recovery() { BTreeSet::from(["person"]) } else { of_tenant };
            assert!(names(english).is_superset(&about), "{kind}");
            assert!(japanese.chars().any(|c| ('ぁ'..='ん').contains(&c)), "{kind}");
            sentences.extend([english, japanese]);
        }
        assert_eq!(sentences.len(), 2 * EventKind::ALL.len(), "each says something of its own");
    }

    #[test]
    fn labels_are_there_in_both_languages() {
        for Words { english, japanese } in [OPEN, DECIDE, REASON, TICKET, APPROVALS] {
            assert!(english.is_ascii() && !japanese.is_ascii());
            assert_eq!(names(english), names(japanese));
        }
    }

    #[test]
    fn what_is_filled_in_is_not_filled_again() {
        let filled = REASON.filled(Language::English, &|_| "{text} {text}".to_owned());
        assert_eq!(filled, "Reason: {text} {text}");
    }
}
