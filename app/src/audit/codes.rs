//! What entries tell of and how they ended, in words.

use domain::audit::{EntryAction, EntryOutcome};

use crate::{
    actions::ActionNames,
    components::Tone,
    messages::{Message, Phrases, entries},
};

/// What can be filtered for, beside the emergency actions.
const OTHERS: [EntryAction; 17] = [
    EntryAction::SignIn,
    EntryAction::SignOut,
    EntryAction::RevokeSession,
    EntryAction::Enrol,
    EntryAction::AddPasskey,
    EntryAction::RemovePasskey,
    EntryAction::Invite,
    EntryAction::Lock,
    EntryAction::Unlock,
    EntryAction::AnonymousFailures,
    EntryAction::Policy,
    EntryAction::Notify,
    EntryAction::Grant,
    EntryAction::Token,
    EntryAction::BreakGlass,
    EntryAction::Review,
    EntryAction::Recovery,
];

/// How it can have ended.
pub(super) const OUTCOMES: [EntryOutcome; 29] = [
    EntryOutcome::Requested,
    EntryOutcome::Approved,
    EntryOutcome::Denied,
    EntryOutcome::Withdrawn,
    EntryOutcome::Expired,
    EntryOutcome::Void,
    EntryOutcome::Intended,
    EntryOutcome::Accepted,
    EntryOutcome::WaveIntended,
    EntryOutcome::WaveAnswered,
    EntryOutcome::Stopped,
    EntryOutcome::Opened,
    EntryOutcome::Due,
    EntryOutcome::Assigned,
    EntryOutcome::Reminded,
    EntryOutcome::Escalated,
    EntryOutcome::Accounted,
    EntryOutcome::Judged,
    EntryOutcome::Linked,
    EntryOutcome::Enrolled,
    EntryOutcome::Given,
    EntryOutcome::Ending,
    EntryOutcome::Ended,
    EntryOutcome::Unexplained,
    EntryOutcome::Removed,
    EntryOutcome::Succeeded,
    EntryOutcome::Failed,
    EntryOutcome::Unknown,
    EntryOutcome::Refused,
];

/// Everything that can be filtered for: its code and what it is called.
pub(super) fn actions(t: Phrases) -> Vec<(String, String)> {
    let emergency = ActionNames::all().into_iter().map(|known| (known.action, known.name));
    let others = OTHERS.map(|code| (code.as_str().to_owned(), action(t, code)));
    emergency.chain(others).collect()
}

/// What an entry tells of.
pub(crate) fn action(t: Phrases, action: EntryAction) -> String {
    let message = match action {
        EntryAction::SignIn => entries::SIGN_IN,
        EntryAction::SignOut => entries::SIGN_OUT,
        EntryAction::RevokeSession => entries::REVOKE_SESSION,
        EntryAction::Enrol => entries::ENROL,
        EntryAction::AddPasskey => entries::ADD_PASSKEY,
        EntryAction::RemovePasskey => entries::REMOVE_PASSKEY,
        EntryAction::Invite => entries::INVITE,
        EntryAction::Lock => entries::LOCK,
        EntryAction::Unlock => entries::UNLOCK,
        EntryAction::AnonymousFailures => entries::ANONYMOUS_FAILURES,
        EntryAction::Policy => entries::POLICY,
        EntryAction::Notify => entries::NOTIFY,
        EntryAction::Grant => entries::GRANT,
        EntryAction::Token => entries::TOKEN,
        EntryAction::BreakGlass => entries::BREAK_GLASS,
        EntryAction::Review => entries::REVIEW,
        EntryAction::Recovery => entries::RECOVERY,
        EntryAction::Action(kind) => return ActionNames::name(kind.as_str()),
    };
    t.say(message).to_owned()
}

/// How it ended, and how that feels.
pub(crate) const fn outcome(outcome: EntryOutcome) -> (Tone, Message) {
    match outcome {
        EntryOutcome::Requested => (Tone::Neutral, entries::REQUESTED),
        EntryOutcome::Approved => (Tone::Good, entries::APPROVED),
        EntryOutcome::Denied => (Tone::Danger, entries::DENIED),
        EntryOutcome::Withdrawn => (Tone::Neutral, entries::WITHDRAWN),
        EntryOutcome::Expired => (Tone::Neutral, entries::EXPIRED),
        EntryOutcome::Void => (Tone::Caution, entries::VOID),
        EntryOutcome::Intended => (Tone::Busy, entries::INTENDED),
        EntryOutcome::Accepted => (Tone::Busy, entries::ACCEPTED),
        EntryOutcome::WaveIntended => (Tone::Busy, entries::WAVE_INTENDED),
        EntryOutcome::WaveAnswered => (Tone::Busy, entries::WAVE_ANSWERED),
        EntryOutcome::Stopped => (Tone::Caution, entries::STOPPED),
        EntryOutcome::Opened => (Tone::Caution, entries::OPENED),
        EntryOutcome::Due => (Tone::Busy, entries::DUE),
        EntryOutcome::Assigned => (Tone::Neutral, entries::ASSIGNED),
        EntryOutcome::Reminded => (Tone::Caution, entries::REMINDED),
        EntryOutcome::Escalated => (Tone::Danger, entries::ESCALATED),
        EntryOutcome::Accounted => (Tone::Neutral, entries::ACCOUNTED),
        EntryOutcome::Judged => (Tone::Neutral, entries::JUDGED),
        EntryOutcome::Linked => (Tone::Caution, entries::LINKED),
        EntryOutcome::Enrolled => (Tone::Caution, entries::ENROLLED),
        EntryOutcome::Given => (Tone::Good, entries::GIVEN),
        EntryOutcome::Ending => (Tone::Busy, entries::ENDING),
        EntryOutcome::Ended => (Tone::Neutral, entries::ENDED),
        EntryOutcome::Unexplained => (Tone::Danger, entries::UNEXPLAINED),
        EntryOutcome::Removed => (Tone::Caution, entries::REMOVED),
        EntryOutcome::Succeeded => (Tone::Good, entries::SUCCEEDED),
        EntryOutcome::Failed => (Tone::Danger, entries::FAILED),
        EntryOutcome::Unknown => (Tone::Caution, entries::UNKNOWN),
        EntryOutcome::Refused => (Tone::Danger, entries::REFUSED),
    }
}
