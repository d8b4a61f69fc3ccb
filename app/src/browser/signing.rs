//! The browser's own look at what a touch would sign: the challenge is computed again from what the
//! page shows, and nothing is signed that differs from it.

use domain::{
    approvals::{Commitment, Decision, Purpose},
    canonical::Digest,
    names::Login,
    resources::ClusterUid,
};

use crate::PasskeyTrouble;

/// What a page shows, as far as a signature commits to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shown {
    /// What kind of thing is decided on.
    pub(crate) purpose: Purpose,
    /// What the button says.
    pub(crate) decision: Decision,
    /// The digest of the thing.
    pub(crate) digest: Digest,
    /// The digest of the preview on the page.
    pub(crate) preview_digest: Option<Digest>,
    /// Who is signed in.
    pub(crate) person: Login,
    /// The cluster it reaches.
    pub(crate) cluster_uid: Option<ClusterUid>,
    /// What the person wrote.
    pub(crate) comment: Option<String>,
}

/// Whether a challenge commits to exactly what is shown.
pub(crate) fn check(
    shown: &Shown,
    commitment: &Commitment,
    challenge: &[u8],
) -> Result<(), PasskeyTrouble> {
    let comment_hash = shown.comment.as_ref().map(|comment| Digest::of(comment.as_bytes()));
    // A case grows while it is read; to see it anew is all there is to do then.
    let grows = shown.purpose == Purpose::Review;
    let parts = [
        ("purpose", shown.purpose == commitment.purpose),
        ("decision", shown.decision == commitment.decision),
        ("digest", shown.digest == commitment.digest || grows),
        ("person", shown.person == commitment.person),
        ("cluster", shown.cluster_uid == commitment.cluster_uid),
        ("comment", comment_hash == commitment.comment_hash),
    ];
    if let Some((part, _)) = parts.into_iter().find(|(_, same)| !same) {
        return Err(PasskeyTrouble::OtherChallenge { part: part.to_owned() });
    }
    if shown.digest != commitment.digest {
        return Err(PasskeyTrouble::CaseMoved);
    }
    if shown.preview_digest != commitment.preview_digest {
        return Err(PasskeyTrouble::PreviewMoved);
    }
    match commitment.challenge() {
        Ok(computed) if computed == challenge => Ok(()),
        _ => Err(PasskeyTrouble::OtherChallenge { part: "challenge".to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use domain::{approvals::Nonce, policy::PolicyDigest, time::Timestamp};

    use super::*;

    fn shown() -> Shown {
        Shown {
            purpose: Purpose::Request,
            decision: Decision::Approve,
            digest: Digest::of(b"request"),
            preview_digest: Some(Digest::of(b"preview")),
            person: "approver".parse().unwrap(),
            cluster_uid: Some(ClusterUid("c-1".into())),
            comment: Some("looks right".into()),
        }
    }

    fn commitment() -> Commitment {
        Commitment {
            purpose: Purpose::Request,
            decision: Decision::Approve,
            digest: Digest::of(b"request"),
            preview_digest: Some(Digest::of(b"preview")),
            person: "approver".parse().unwrap(),
            cluster_uid: Some(ClusterUid("c-1".into())),
            policy_digest: PolicyDigest(Digest::of(b"policy")),
            comment_hash: Some(Digest::of(b"looks right")),
            nonce: Nonce::new([7; 32]),
            expires_at: Timestamp::from_micros(0),
        }
    }

    fn part_refused(commitment: &Commitment) -> String {
        let challenge = commitment.challenge().unwrap();
        match check(&shown(), commitment, &challenge) {
            Err(PasskeyTrouble::OtherChallenge { part }) => part,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_is_shown_may_be_signed() {
        let commitment = commitment();
        assert_eq!(check(&shown(), &commitment, &commitment.challenge().unwrap()), Ok(()));
    }

    #[test]
    fn anything_else_is_refused_by_name() {
        let other = Commitment { digest: Digest::of(b"other"), ..commitment() };
        assert_eq!(part_refused(&other), "digest");
        let other = Commitment { decision: Decision::Deny, ..commitment() };
        assert_eq!(part_refused(&other), "decision");
        let other = Commitment { person: "engineer".parse().unwrap(), ..commitment() };
        assert_eq!(part_refused(&other), "person");
        let other = Commitment { cluster_uid: None, ..commitment() };
        assert_eq!(part_refused(&other), "cluster");
        let other = Commitment { comment_hash: None, ..commitment() };
        assert_eq!(part_refused(&other), "comment");
    }

    #[test]
    fn a_challenge_that_its_commitment_does_not_yield_is_refused() {
        let refused = check(&shown(), &commitment(), &[0; 32]);
        assert_eq!(refused, Err(PasskeyTrouble::OtherChallenge { part: "challenge".into() }));
    }

    #[test]
    fn a_case_that_grew_asks_for_another_look() {
        let shown = Shown { purpose: Purpose::Review, ..shown() };
        let grown =
            Commitment { purpose: Purpose::Review, digest: Digest::of(b"grown"), ..commitment() };
        let challenge = grown.challenge().unwrap();
        assert_eq!(check(&shown, &grown, &challenge), Err(PasskeyTrouble::CaseMoved));
    }

    #[test]
    fn another_preview_asks_for_another_look() {
        let moved = Commitment { preview_digest: Some(Digest::of(b"later")), ..commitment() };
        let challenge = moved.challenge().unwrap();
        assert_eq!(check(&shown(), &moved, &challenge), Err(PasskeyTrouble::PreviewMoved));
    }
}
