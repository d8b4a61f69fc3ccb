//! The nodes of a cluster, and the page of one.

use super::messages;

messages! {
    NODES: "Nodes" | "ノード";
    CAPTION: "Nodes with their status, roles and pods" | "ノードの一覧（状態、ロール、Pod）";
    NODE: "Node" | "ノード";
    ROLES: "Roles" | "ロール";
    VERSION: "Version" | "バージョン";
    CONDITIONS_CAPTION: "Conditions of the node" | "ノードのコンディション";
}
