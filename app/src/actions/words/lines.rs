//! Whose last lines are shown, and why there are none, in words.

use domain::{
    actions::{LastLines, LinesTold},
    resources::Run,
};

use super::messages;
use crate::messages::Phrases;

messages! {
    OF_CURRENT: "Last lines of {container} in {pod}" | "{pod} の {container} の最後のログ";
    OF_PREVIOUS: "Last lines of {container} in {pod}, before it was started again" | "{pod} の {container} の最後のログ（再起動前）";
    NOTHING: "It wrote nothing." | "何も出力されていません。";
    REFUSED: "The cluster does not let you read them: your own user needs get on pods/log here." | "クラスターの規則により閲覧できません。あなたのユーザーに pods/log の get 権限が必要です。";
    GONE: "The cluster no longer has them." | "ログはクラスターに残っていません。";
    SILENT: "The cluster, or the node that the pod is on, did not hand them out in time." | "クラスターまたは Pod のあるノードから、時間内に応答がありませんでした。";
}

/// Whose lines they are, and of which run.
pub(crate) fn lines_of(t: Phrases, lines: &LastLines) -> String {
    let message = match lines.run {
        Run::Current => OF_CURRENT,
        Run::Previous => OF_PREVIOUS,
    };
    t.fill(message, &[("container", &lines.container), ("pod", &lines.pod)])
}

/// The lines as one text, or why there are none.
pub(crate) fn lines_told(t: Phrases, told: &LinesTold) -> Result<String, String> {
    let why = match told {
        LinesTold::Lines(lines) if lines.as_slice().is_empty() => NOTHING,
        LinesTold::Lines(lines) => return Ok(lines.as_slice().join("\n")),
        LinesTold::Refused => REFUSED,
        LinesTold::Gone => GONE,
        LinesTold::Silent => SILENT,
    };
    Err(t.say(why).to_owned())
}
