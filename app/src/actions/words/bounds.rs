//! What a parameter may be, in words.

use domain::actions::{Bounds, LOSE, Needed, Parameter, STAY};

use super::messages;
use crate::messages::Phrases;

messages! {
    INTEGER: "A whole number from {least} to {most}." | "{least} から {most} までの整数。";
    QUANTITY: "A quantity above nothing, such as 250m or 512Mi." | "0 より大きい量。例：250m、512Mi";
    CONTAINER: "The name of one of its containers." | "コンテナの名前。";
    REVISION: "The number of one of its earlier revisions." | "以前のリビジョンの番号。";
    PODS: "Those that are not ready are chosen already." | "Ready でない Pod は選択済みです。";
    FATE: "stay: they are left where they are. lose: they go, and what they hold is lost." | "残す：そのままにします。失う：退避し、保持している内容は失われます。";
    STAY_CHOSEN: "stay" | "残す";
    LOSE_CHOSEN: "lose" | "失う";
    STAYS: "Left empty, it stays as it is." | "空欄の場合は変更されません。";
}

/// What a parameter may be, and what becomes of it where it is left out.
pub(crate) fn bounds(t: Phrases, parameter: &Parameter) -> String {
    let bounds = match parameter.bounds {
        Bounds::Integer { least, most } => t.fill(INTEGER, &[("least", &least), ("most", &most)]),
        Bounds::Quantity => t.say(QUANTITY).to_owned(),
        Bounds::Container => t.say(CONTAINER).to_owned(),
        Bounds::Revision => t.say(REVISION).to_owned(),
        Bounds::Pods => t.say(PODS).to_owned(),
        Bounds::StayOrLose => t.say(FATE).to_owned(),
    };
    match parameter.needed {
        Needed::Always => bounds,
        Needed::OrStays => format!("{bounds} {}", t.say(STAYS)),
    }
}

/// What one of a parameter's choices is called.
pub(crate) fn choice(t: Phrases, bounds: Bounds, choice: &str) -> String {
    match (bounds, choice) {
        (Bounds::StayOrLose, STAY) => t.say(STAY_CHOSEN).to_owned(),
        (Bounds::StayOrLose, LOSE) => t.say(LOSE_CHOSEN).to_owned(),
        _ => choice.to_owned(),
    }
}
