//! What containers write: some plausible lines, by how their pod behaves.
//!
//! Never keeps any: the same run has always written the same.

use serde_json::Value;

use crate::{controllers::behaviour::Behaviour, object::Object};

/// What a run wrote whose status is this, ended or not.
pub(crate) fn written(pod: &Object, container: &Value, ended: bool) -> Vec<String> {
    let text = |field: &str| container[field].as_str().unwrap_or_default();
    let memory = container["resources"]["limits"]["memory"].as_str().unwrap_or("512Mi");
    let mut lines = vec![
        format!("level=info msg=\"starting\" image={}", text("image")),
        format!("level=info msg=\"configuration read\" memory_limit={memory}"),
    ];
    let more: &[&str] = match Behaviour::of(pod) {
        Behaviour::CrashLoop if ended => &[
            "level=info msg=\"filling the cache\" rows=250000",
            "level=warn msg=\"memory is short\" used=91%",
            "level=info msg=\"filling the cache\" rows=500000",
            "level=warn msg=\"memory is short\" used=99%",
        ],
        Behaviour::Fails if ended => &[
            "level=error msg=\"cannot continue\" error=\"connection refused: db.internal:5432\"",
            "level=error msg=\"giving up\" exit_code=1",
        ],
        Behaviour::Completes if ended => &["level=info msg=\"done\""],
        Behaviour::NeverReady => &[
            "level=info msg=\"listening\" port=8080",
            "level=warn msg=\"not ready\" waiting_for=\"schema migration 41 of 42\"",
        ],
        _ => &["level=info msg=\"listening\" port=8080"],
    };
    lines.extend(more.iter().map(ToString::to_string));
    lines
}
