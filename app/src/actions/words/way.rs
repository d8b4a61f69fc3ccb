//! What is seen on the way of an execution, in words.

use domain::actions::{Evicted, Follow, Milestone, StateName, WavesSeen};

use super::messages;
use crate::messages::Phrases;

messages! {
    ORDERED: "Ordered" | "指示";
    ACCEPTED: "Accepted by the cluster" | "クラスターが受理";
    ENDING: "An old pod ends" | "古い Pod が終了";
    SCHEDULED: "A new pod has a node" | "新しい Pod を配置";
    READY: "A new pod is ready" | "新しい Pod が Ready";
    ENDED: "Outcome seen" | "結果を確認";
    WAVES: "Waves" | "ウェーブ";
    GONE_OF: "{gone} of {pods} pods gone, {going} going" | "{pods} 個中 {gone} 個が終了、{going} 個が終了中";
    EVICTED_OF: "{gone} of {pods} pods are gone or going." | "{pods} 個中 {gone} 個の Pod が終了済みまたは終了中です。";
    WITHDRAW: "Take it back" | "取り下げる";
    WITHDRAW_HINT: "Nothing was done yet; nothing will be." | "まだ何も実行されておらず、今後も実行されません。";
    STOP: "Send no further wave" | "以降のウェーブを止める";
    STOP_HINT: "What was sent away already is not brought back." | "既に退避した Pod は元に戻りません。";
    END_WATCH: "Stop watching" | "監視を終了";
    END_WATCH_HINT: "What was ordered goes on in the cluster. The outcome is recorded as unknown, and the target is free for another request, such as the way back." | "指示した内容はクラスターで続行されます。結果は不明として記録され、対象に対する次のリクエスト（元に戻す操作など）が可能になります。";
    STOPPING: "no further wave: {by} stopped it" | "{by} が停止したため、以降のウェーブはありません";
    HOLDS_BACK: "holds pods back: disruption budget without room" | "Disruption Budget に余裕がなく、Pod を保留中";
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

/// What takes a request back, or ends what is under way, and what that does.
pub(crate) fn take_back(t: Phrases, state: StateName, follow: Follow) -> (String, String) {
    let (button, hint) = match (state, follow) {
        (StateName::Executing, Follow::Waves(_)) => (STOP, STOP_HINT),
        (StateName::Executing, _) => (END_WATCH, END_WATCH_HINT),
        _ => (WITHDRAW, WITHDRAW_HINT),
    };
    (t.say(button).to_owned(), t.say(hint).to_owned())
}

/// How many pods went.
pub(crate) fn evicted(t: Phrases, Evicted { pods, gone }: Evicted) -> String {
    t.fill(EVICTED_OF, &[("gone", &gone), ("pods", &pods)])
}

/// How far the waves have come, and what holds pods back; each with its name.
pub(crate) fn waves(t: Phrases, seen: &WavesSeen) -> Vec<(String, String)> {
    let numbers =
        [("gone", &seen.gone as _), ("going", &seen.going as _), ("pods", &seen.pods as _)];
    let stopped = seen.stopped_by.as_ref().map(|by| t.fill(STOPPING, &[("by", by)]));
    let stopped = stopped.map(|told| (t.say(WAVES).to_owned(), told));
    let held = seen.held_by.iter().map(|budget| (budget.clone(), t.say(HOLDS_BACK).to_owned()));
    let gone = (t.say(WAVES).to_owned(), t.fill(GONE_OF, &numbers));
    std::iter::once(gone).chain(stopped).chain(held).collect()
}
