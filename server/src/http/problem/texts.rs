//! What each code means, in English: what was done, and what to do next.

use domain::ProblemCode as Code;

/// Title and detail of a code.
pub(super) fn of(code: Code) -> (&'static str, &'static str) {
    match code.status() {
        401 | 403 | 404 => of_refusals(code),
        409 | 410 => of_states(code),
        429.. => of_limits(code),
        _ => of_input(code),
    }
}

fn of_refusals(code: Code) -> (&'static str, &'static str) {
    match code {
        Code::SignedOut => ("Signed out", "Nothing was done. Sign in and repeat."),
        Code::SignInFailed => (
            "The sign-in failed",
            "Nobody was signed in. Begin again, with a passkey that is enrolled here.",
        ),
        Code::Refused => (
            "The rules refuse",
            "Nothing was done. `rule` names what refused; the policy repository says who may.",
        ),
        Code::NoClusterUser => (
            "No user in this cluster",
            "Nothing was done. people.toml lists no user of yours for it; ask for one there.",
        ),
        Code::SoloClosed => (
            "Opening alone is closed to you",
            "Nothing was opened. `why` says why: an overdue account, two unreviewed sessions, one that is live, or \
             an approver who said no lately, or your own recovery within a day. An approver can still open it.",
        ),
        Code::Patience => (
            "Approvers still have time to answer",
            "Nothing was opened. In `left_seconds` it may be opened alone; an approver can open it now.",
        ),
        Code::RecoveredLately => (
            "Recovered lately",
            "Nothing was signed. For a day after their recovery somebody's agreement counts for nothing: until `until`. \
             Denying and stopping are possible.",
        ),
        Code::Involved => (
            "You were part of it",
            "Nothing was judged. Somebody must judge who was no part of it: who neither broke glass for this incident, nor \
             approved it, nor signed the recovery.",
        ),
        Code::GuardRail => (
            "A guard rail stands against it",
            "Nothing was done. `rail` names it, with its `limit` and what was `found`; where `lifted_by` is given, ask \
             for it in `lifts`, and so many of `lifters` sign.",
        ),
        Code::OwnRequest => {
            ("Your own request", "Nothing was done. Somebody else must decide about it.")
        }
        Code::NotRequester => {
            ("Not your request", "Nothing was done. Only its requester does this.")
        }
        Code::OtherApproverNeeded => (
            "Somebody else must approve it",
            "Nothing was done. The approvals that are missing must come from the groups in `from`; where `approvers` names \
             nobody, the policy asks for more since: ask anew.",
        ),
        Code::Locked => ("Locked", "Nothing was done. Ask a platform admin."),
        Code::CrossOrigin => (
            "From another origin",
            "Nothing was done. Writes are taken from the console's own pages and from scripts.",
        ),
        Code::ClusterRefused => {
            ("The cluster refuses", "Nothing was done. `message` holds the cluster's own words.")
        }
        _ => ("Not found", "There is nothing here that you may see."),
    }
}

fn of_states(code: Code) -> (&'static str, &'static str) {
    match code {
        Code::DeclaredAlready => (
            "Declared already",
            "Nothing was declared. `session` waits to be opened there; open it, or take it back.",
        ),
        Code::Drill => (
            "This session is a drill",
            "Nothing was made: a drill gives no power. Declare a real emergency if there is one.",
        ),
        Code::RecoveryOpen => (
            "Being recovered already",
            "Nothing was asked for. `recovery` of this person is under way; sign it, or stop it.",
        ),
        Code::SessionOver => (
            "What this goes on from is over",
            "Nothing was done. The break-glass session, or the role that this was to prolong, has ended. Ask again: without \
             a session an action needs the usual approvals.",
        ),
        Code::TooShortForToken => (
            "Too short for a token",
            "Nothing was done. `left_seconds` are left of the role; a cluster makes no token for less than \
             `shortest_seconds`.",
        ),
        Code::RoleUnfit => (
            "The role cannot be granted",
            "Nothing was done. Its cluster role is `missing`, or may do what no grant can give; `why` says which.",
        ),
        Code::WrongState => ("Not in this state", "Nothing was done. `state` says how it stands."),
        Code::DecidedTwice => ("Decided already", "Nothing was done. Your decision stands."),
        Code::TargetDrifted => (
            "The target changed",
            "Nothing was done. It is no longer what was asked about; ask again.",
        ),
        Code::TargetBusy => (
            "Another request is under way",
            "Nothing was done. Wait until the request that is carried out on this target has ended, or end it: \
             `POST /requests/{id}/withdrawal`.",
        ),
        Code::NothingToChange => {
            ("So already", "Nothing was done. The target is as asked already.")
        }
        Code::Unsuited => {
            ("Not to this target as it is", "Nothing was done. `why` says what stands in the way.")
        }
        Code::BudgetExhausted => (
            "No room for disruption",
            "Nothing was done. The disruption budgets allow nothing now; wait and repeat.",
        ),
        Code::ApprovalLapsed => (
            "An approval no longer counts",
            "Nothing was done. An approver lost the right to approve, or left the group in `missing_from`; ask again.",
        ),
        Code::PolicyMoved => (
            "The policy changed",
            "Nothing was done. Another policy is in force; look again and repeat.",
        ),
        Code::SignatureSpent => {
            ("The touch was used already", "Nothing was done by this call. Touch again to repeat.")
        }
        Code::LastPasskey => {
            ("The last passkey", "Nothing was done. Add another passkey before removing this one.")
        }
        Code::AlreadyEnrolled => ("Enrolled already", "Nothing was done. Use another passkey."),
        Code::LinkInvalid => (
            "The link is not valid",
            "Nothing was done. It is unknown, used or expired; ask for a new one.",
        ),
        Code::CeremonyExpired => {
            ("The ceremony is over", "Nothing was done. Begin again with the options call.")
        }
        Code::RequestExpired => ("The request ran out of time", "Nothing was done. Ask again."),
        _ => ("Changed meanwhile", "Nothing was done. Look again and repeat."),
    }
}

fn of_input(code: Code) -> (&'static str, &'static str) {
    match code {
        Code::TooLarge => ("Too large", "Nothing was done. A body has at most 256 KiB."),
        Code::NotJson => ("Not JSON", "Nothing was done. Send `Content-Type: application/json`."),
        Code::CredentialRejected => (
            "The passkey does not answer",
            "Nothing was done. The credential does not belong to this ceremony; begin again.",
        ),
        Code::OtherDecision => (
            "Signed for something else",
            "Nothing was done. The touch was for another decision; begin again.",
        ),
        Code::ReasonMissing => ("No reason", "Nothing was done. Give a reason."),
        Code::ReasonTooLong => ("Reason too long", "Nothing was done. Shorten the reason."),
        Code::TtlOutOfBounds => (
            "Too long or too short",
            "Nothing was done. Ask for a time from `shortest_seconds` to `longest_seconds`.",
        ),
        Code::TicketMissing => ("No ticket", "Nothing was done. Name a ticket."),
        Code::TicketTooLong => ("Ticket too long", "Nothing was done. Shorten the ticket."),
        Code::UnknownParameter => {
            ("Unknown parameter", "Nothing was done. The action has no parameter `name`.")
        }
        Code::TicketOdd => {
            ("No such ticket", "Nothing was done. A ticket matches the expression in `pattern`.")
        }
        Code::ParameterMissing => {
            ("Parameter missing", "Nothing was done. The action needs the parameter `name`.")
        }
        Code::ParameterInvalid => {
            ("Parameter out of bounds", "Nothing was done. `name` must be as `rule` says.")
        }
        Code::NotTripped => (
            "Nothing to lift",
            "Nothing was done. The guard rail `rail` does not stand against it; ask without lifting it.",
        ),
        Code::WrongKind => {
            ("Wrong kind", "Nothing was done. The action is not done to that kind of object.")
        }
        _ => ("Malformed", "Nothing was done. `field` should be as `rule` says."),
    }
}

fn of_limits(code: Code) -> (&'static str, &'static str) {
    match code {
        Code::TooMany => ("Too many attempts", "Nothing was done. Wait `retry_after` seconds."),
        Code::DatabaseUnavailable => (
            "The database is not available",
            "Unless `committed` is `unknown`, nothing was done. Repeat in a moment.",
        ),
        Code::ClusterUnavailable => (
            "The cluster is not available",
            "Nothing was done. `message` says what was tried; repeat in a moment.",
        ),
        _ => ("Something is wrong here", "The console's log tells more. Repeat in a moment."),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn every_code_has_a_title_of_its_own() {
        let mut titles = BTreeMap::new();
        for code in Code::ALL {
            let earlier = titles.insert(of(*code).0, code);
            assert_eq!(earlier, None, "{code} shares its title");
        }
    }
}
