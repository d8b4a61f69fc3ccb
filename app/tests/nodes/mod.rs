//! The pages of nodes as the server sends them: where they are listed, what each tells, what may be done to it.

use axum::http::StatusCode;

use super::{
    actions::{holds_all, in_japanese, text},
    as_person, run,
};

const PLATFORM: &str = "/tenants/tokyo/kube-system";

#[test]
fn the_platforms_tenant_lists_the_nodes_and_no_other_does() {
    run(async {
        let page = as_person("on-call", PLATFORM).await;
        assert_eq!(page.status, StatusCode::OK);
        let words = ["node-1", "Ready,SchedulingDisabled", "NotReady", "control-plane", "v1.33.0"];
        holds_all(&page, &words);
        assert!(
            page.html.contains("/tenants/tokyo/kube-system/node/node-1\""),
            "a link leads there"
        );
        holds_all(&in_japanese("on-call", PLATFORM).await, &["ノード", "ロール", "バージョン"]);
        let other = as_person("on-call", "/tenants/tokyo/checkout").await;
        assert!(!text(&other).contains("Nodes"));
    });
}

#[test]
fn a_node_says_how_it_stands_and_what_may_be_done() {
    run(async {
        let page = as_person("on-call", &format!("{PLATFORM}/node/node-0")).await;
        assert_eq!(page.status, StatusCode::OK);
        let words = ["node-0", "Ready", "DiskPressure", "Cordon node node-0", "It is so already"];
        holds_all(&page, &words);
        assert!(page.html.contains("/node/node-0/cordon\""));
        assert!(!page.html.contains("/node/node-0/uncordon\""));
        let trouble = page.html.split("KubeletHasNoDiskPressure").nth(1).unwrap();
        let tone = trouble.split("data-tone=\"").nth(1).unwrap();
        assert!(tone.starts_with("good"), "no pressure is as it should be");

        let cordoned = as_person("on-call", &format!("{PLATFORM}/node/node-1")).await;
        holds_all(&cordoned, &["Uncordon node node-1"]);
        assert!(cordoned.html.contains("/node/node-1/uncordon\""));

        let page = as_person("engineer", &format!("{PLATFORM}/node/node-0")).await;
        holds_all(&page, &["Rule: nothing-allows-it"]);
        assert!(!page.html.contains("/node/node-0/cordon\""));
    });
}

#[test]
fn the_wizard_shows_what_a_cordon_changes_and_that_no_pod_goes() {
    run(async {
        let page = as_person("on-call", &format!("{PLATFORM}/node/node-0/cordon")).await;
        assert_eq!(page.status, StatusCode::OK);
        let words =
            ["spec.unschedulable", "kubectl --context tokyo cordon node-0", "Ask to cordon node-0"];
        holds_all(&page, &words);
        let japanese = in_japanese("on-call", &format!("{PLATFORM}/node/node-1/uncordon")).await;
        holds_all(&japanese, &["node-1 の uncordon を申請"]);
    });
}

#[test]
fn a_node_is_not_found_under_any_other_tenant() {
    run(async {
        let paths = [
            "/tenants/tokyo/nonsense/node/node-0",
            "/tenants/tokyo/checkout/node/node-0",
            "/tenants/tokyo/checkout/node/node-0/cordon",
            "/tenants/tokyo/kube-system/node/nonsense",
            "/tenants/tokyo/kube-system/nodes/node-0",
        ];
        let first = text(&as_person("on-call", paths[0]).await);
        for path in paths {
            let page = as_person("on-call", path).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
            assert_eq!(text(&page), first, "{path}");
        }
    });
}
