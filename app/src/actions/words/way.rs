//! What is seen on the way of an execution, in words.

use domain::actions::Milestone;

use super::messages;
use crate::messages::Phrases;

messages! {
    ORDERED: "Ordered" | "指示";
    ACCEPTED: "Accepted by the cluster" | "クラスターが受理";
    ENDING: "An old pod ends" | "古い Pod が終了";
    SCHEDULED: "A new pod has a node" | "新しい Pod を配置";
    READY: "A new pod is ready" | "新しい Pod が Ready";
    ENDED: "Outcome seen" | "結果を確認";
}

/// What a milestone is called.
pub(crate) fn milestone(t: Phrases, milestone: Milestone) -> String {
    let message = match milestone {
        Milestone::Ordered => ORDERED,
        Milestone::Accepted => ACCEPTED,
        Milestone::Ending => ENDING,
        Milestone::Scheduled => SCHEDULED,
        Milestone::Ready => READY,
        Milestone::Ended => ENDED,
    };
    t.say(message).to_owned()
}
