//! Spans and moments.

use super::messages;

messages! {
    SECONDS: "{n} s" | "{n}秒";
    MINUTES: "{n} min" | "{n}分";
    HOURS: "{n} h" | "{n}時間";
    DAYS: "{n} d" | "{n}日";
    AGO: "{span} ago" | "{span}前";
    AHEAD: "in {span}" | "あと{span}";
    JUST_NOW: "just now" | "たった今";
    NEVER: "never" | "なし";
}
