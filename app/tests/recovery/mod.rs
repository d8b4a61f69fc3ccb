//! The pages of recoveries as the server sends them.

use axum::http::StatusCode;

use super::{
    SITE,
    actions::{holds_all, in_japanese, text},
    as_person, run,
};

const OWN: &str = "Somebody wants to let you in anew, as if you had lost every passkey";

fn lacks_all(text: &str, words: &[&str]) {
    for words in words {
        assert!(!text.contains(words), "{words:?} stands in {text}");
    }
}

#[test]
fn an_admin_begins_it_from_the_people_for_whoever_has_passkeys() {
    run(async {
        let page = as_person("admin", "/people").await;
        assert!(page.html.contains("Recover on-call, who lost every passkey"));
        assert!(!page.html.contains("Recover admin"), "nobody recovers themself");
        assert!(!page.html.contains("Recover engineer"), "who is locked stays out");
        assert!(!page.html.contains("Make an enrolment link"), "all here are enrolled");
        let words =
            ["Recoveries under way", "lost The phone fell into the sea Waits for signatures"];
        holds_all(&page, &words);
        let href = format!("href=\"/recoveries/{}\"", SITE.recoveries.asked);
        assert!(page.html.contains(&href));
    });
}

#[test]
fn a_team_mate_sees_whom_and_why_and_what_follows_before_they_sign() {
    run(async {
        let home = as_person("mate", "/").await;
        holds_all(&home, &["1 recovery waits for you", "Recoveries that wait for you"]);
        let path = format!("/recoveries/{}", SITE.recoveries.asked);
        let page = as_person("mate", &path).await;
        assert_eq!(page.status, StatusCode::OK);
        let words = [
            "Recovery of lost",
            "Missing: admin, team mate. It runs out in 1 h.",
            "Reason The phone fell into the sea",
            "two people, neither of them the person",
            "all old ones are gone, every session ends, and so does every role",
            "neither approve anything nor open a break-glass session alone",
            "Are you sure that it is them who asks?",
            "Approve and sign",
            "Deny and sign",
        ];
        holds_all(&page, &words);
        lacks_all(
            &text(&page),
            &["Nobody comes in by it any more", "Make the link", "Your verdict"],
        );
        let security = as_person("security", &path).await;
        assert_eq!(security.status, StatusCode::OK);
        lacks_all(&text(&security), &["Approve and sign", "Stop it"]);
    });
}

#[test]
fn whoever_is_to_be_recovered_sees_it_everywhere_and_can_stop_it() {
    run(async {
        for path in ["/", "/account", "/history", "/nonsense"] {
            let page = as_person("lost", path).await;
            holds_all(&page, &[OWN, "tell the security team"]);
            assert!(page.html.contains("Stop the recovery of yourself"), "{path}");
        }
        let own = as_person("lost", &format!("/recoveries/{}", SITE.recoveries.asked)).await;
        holds_all(&own, &["Stop it"]);
        lacks_all(&text(&own), &[OWN, "Approve and sign"]);
        lacks_all(&text(&as_person("admin", "/account").await), &[OWN]);
    });
}

#[test]
fn the_admin_who_signed_makes_the_link() {
    run(async {
        let path = format!("/recoveries/{}", SITE.recoveries.approved);
        let admin = as_person("admin", &path).await;
        let words = [
            "Both signed",
            "hands it to mate. It runs out in 15 min.",
            "Signed as team mate lost",
            "Signed as admin admin",
            "Make the link",
            "Stop it",
        ];
        holds_all(&admin, &words);
        let other = as_person("lost", &path).await;
        holds_all(&other, &["Both signed"]);
        lacks_all(&text(&other), &["Make the link"]);
    });
}

#[test]
fn security_judges_it_among_the_reviews() {
    run(async {
        let list = as_person("security", "/reviews").await;
        let row = "back The phone fell into the sea Came in again; to be judged admin";
        holds_all(&list, &[row]);
        let path = format!("/recoveries/{}", SITE.recoveries.enrolled);
        let page = as_person("security", &path).await;
        let words = [
            "back has one new passkey; the old ones and every session are gone.",
            "The verdict is due in 1 d.",
            "Reviewer security",
            "What was done",
            "what was asked for, and everything that was done",
            "It was right to let them in again.",
            "Sign the verdict",
        ];
        holds_all(&page, &words);
        let admin = as_person("admin", &path).await;
        lacks_all(&text(&admin), &["Sign the verdict", "What was done"]);
        let back = as_person("back", "/account").await;
        holds_all(&back, &["You were recovered less than a day ago", "It ends in 1 d"]);
    });
}

#[test]
fn whoever_has_no_part_in_it_gets_the_answer_of_one_that_is_not_there() {
    run(async {
        let asked = format!("/recoveries/{}", SITE.recoveries.asked);
        let nothing = format!("/recoveries/{}", uuid::Uuid::nil());
        for path in [asked.as_str(), nothing.as_str(), "/recoveries/nonsense"] {
            assert_eq!(as_person("engineer", path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        let list = as_person("approver", "/reviews").await;
        lacks_all(&text(&list), &["back The phone"]);
    });
}

#[test]
fn all_of_it_is_said_in_japanese() {
    run(async {
        let path = format!("/recoveries/{}", SITE.recoveries.asked);
        let page = in_japanese("mate", &path).await;
        let words =
            ["lost の復旧", "必要な署名：管理者, チームメンバー", "この復旧によって起こること"];
        holds_all(&page, &words);
        let own = in_japanese("lost", "/").await;
        holds_all(&own, &["あなたがパスキーをすべて失ったとして、復旧が申請されています"]);
        let people = in_japanese("admin", "/people").await;
        assert!(people.html.contains("パスキーをすべて失った on-call を復旧"));
    });
}
