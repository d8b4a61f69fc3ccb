//! Slack, by an incoming webhook (<https://api.slack.com/messaging/webhooks>).
//!
//! What people typed is plain text, escaped; the one link is ours. A button would need an app that takes its clicks,
//! so the link is a link.

use http::HeaderMap;
use serde_json::{Value, json};
use url::Url;

use super::{
    call::{Call, Message},
    language::{APPROVALS, DECIDE, OPEN, REASON, TICKET, Words, told},
    plain::plain,
};

/// The call that tells a channel.
pub(super) fn call(url: &Url, message: &Message<'_>) -> Call {
    let body = body(message).to_string();
    Call { url: url.clone(), headers: HeaderMap::new(), body }
}

fn body(message: &Message<'_>) -> Value {
    let (event, language) = (&message.delivery.event, message.language);
    let headline = escaped(&told(event, language));
    let given = |name: &str| match name {
        "given" => event.approvals.to_string(),
        _ => event.approvals_needed.to_string(),
    };
    let typed = |words: Words, text| words.filled(language, &|_| escaped(&plain(text)));
    let mut blocks = vec![section(&headline)];
    if !event.kind.is_of_review() {
        blocks.push(section(&APPROVALS.filled(language, &given)));
    }
    blocks.push(section(&typed(REASON, &event.reason)));
    if let Some(ticket) = &event.ticket {
        blocks.push(section(&typed(TICKET, ticket)));
    }
    if event.kind.asks_for_approval() {
        blocks.push(section(DECIDE.in_language(language)));
    }
    let link = format!("<{}|{}>", message.link(), OPEN.in_language(language));
    let link = json!({ "type": "mrkdwn", "text": link, "verbatim": true });
    blocks.push(json!({ "type": "section", "text": link }));
    json!({
        "text": headline,
        "mrkdwn": false,
        "link_names": false,
        "unfurl_links": false,
        "unfurl_media": false,
        "blocks": blocks,
    })
}

fn section(text: &str) -> Value {
    json!({ "type": "section", "text": { "type": "plain_text", "text": text, "emoji": false } })
}

/// The three characters by which Slack tells its own syntax, as it wants them escaped.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use domain::notifications::{EventKind, Language};

    use super::*;
    use crate::notifications::testkit::{delivery, message, shown};

    fn told_of(kind: EventKind, language: Language) -> Value {
        body(&message(&delivery(kind), language))
    }

    #[test]
    fn a_request_is_told_with_the_way_to_decide_it() {
        insta::assert_snapshot!(shown(&told_of(EventKind::Requested, Language::English)));
        insta::assert_snapshot!(shown(&told_of(EventKind::Requested, Language::Japanese)));
    }

    #[test]
    fn nothing_is_asked_for_once_nobody_waits() {
        let text = told_of(EventKind::Failed, Language::English).to_string();
        assert!(!text.contains("answers here decide nothing"), "{text}");
    }

    #[test]
    fn what_people_typed_is_neither_markup_nor_link() {
        let mut delivery = delivery(EventKind::Requested);
        delivery.event.reason = "<!channel> *now* <https://evil.example|Sekisho> & more".to_owned();
        delivery.event.ticket = Some("<@U1>".to_owned());
        let body = body(&message(&delivery, Language::English));
        let blocks = body["blocks"].as_array().unwrap();
        let marked = blocks.iter().filter(|block| block["text"]["type"] == "mrkdwn");
        let marked: Vec<_> = marked.collect();
        assert_eq!(marked.len(), 1, "only the link is markup");
        let link = "<https://console.example.org/requests/01900000-0000-7000-8000-000000000007|Open in Sekisho>";
        assert_eq!(marked[0]["text"]["text"], link);
        let reason =
            "Reason: &lt;!channel&gt; *now* &lt;https://evil.example|Sekisho&gt; &amp; more";
        assert_eq!(blocks[2]["text"]["text"], reason);
        assert!(!body["text"].as_str().unwrap().contains('<'));
    }
}
