//! The one image that a node has, written by ourselves: Debian's busybox, and nothing else.
//! Sandboxes and containers alike are made from it; nothing is ever pulled.

use std::{fs, io, os::unix::fs::symlink, path::Path, process::Command};

use serde_json::{Value, json};

use super::{Error, at};
use crate::tool;

/// What the image is called.
pub const IMAGE: &str = "sekisho.dev/busybox:1";

const BUSYBOX: &str = "/bin/busybox";

/// Does nothing until it is ended: what a sandbox is for, and a container that is told nothing.
const COMMAND: &[&str] = &["sleep", "2147483647"];

/// Writes the image as an archive that `ctr images import` reads.
pub(super) fn write(archive: &Path) -> Result<(), Error> {
    let folder = archive.with_extension("parts");
    let root = folder.join("root");
    fill(&root).map_err(at(&root))?;
    let layer = folder.join("layer.tar");
    tool::output(tar(&layer, &root).arg("."))?;

    let digest = tool::output(Command::new("sha256sum").arg(&layer))?;
    let digest = digest.split_whitespace().next().unwrap_or_default();
    write_json(&folder.join("config.json"), &config(digest))?;
    let image = json!({"Config": "config.json", "RepoTags": [IMAGE], "Layers": ["layer.tar"]});
    write_json(&folder.join("manifest.json"), &json!([image]))?;
    let parts = ["manifest.json", "config.json", "layer.tar"];
    tool::output(tar(archive, &folder).args(parts))?;
    fs::remove_dir_all(&folder).map_err(at(&folder))
}

/// The root of the file system: busybox under the name of each of its tools.
fn fill(root: &Path) -> io::Result<()> {
    let bin = root.join("bin");
    fs::create_dir_all(&bin)?;
    fs::copy(BUSYBOX, bin.join("busybox"))?;
    ["sh", "sleep", "dd"].iter().try_for_each(|tool| symlink("busybox", bin.join(tool)))
}

fn config(layer: &str) -> Value {
    json!({
        "architecture": architecture(),
        "os": "linux",
        "config": { "Env": ["PATH=/bin"], "Cmd": COMMAND },
        "rootfs": { "type": "layers", "diff_ids": [format!("sha256:{layer}")] },
        "history": [],
    })
}

/// This machine's, as images name it.
fn architecture() -> &'static str {
    match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    }
}

/// Packs what lies in `folder`, the same bytes at any time and for anybody.
fn tar(archive: &Path, folder: &Path) -> Command {
    let mut tar = Command::new("tar");
    tar.args(["--create", "--sort=name", "--mtime=@0", "--owner=0", "--group=0"]);
    tar.args(["--numeric-owner", "--file"]).arg(archive).arg("--directory").arg(folder);
    tar
}

fn write_json(path: &Path, value: &Value) -> Result<(), Error> {
    fs::write(path, value.to_string()).map_err(at(path))
}
