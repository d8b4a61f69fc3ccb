//! The folder that the server reads: `manifest.json` names the hashed files below `pkg/`.
//!
//! The manifest is written last, so that a reader never meets a name without its file; what it no longer names is removed.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::UNIX_EPOCH;

use super::assets::Asset;
use super::digest::digest;
use super::{Flavour, FrontError};
use serde_json::{Map, Value};

/// Where the stamp of the last build lies, beside the manifest.
const STAMP: &str = ".stamp";

/// What the site was made from, as one digest: the module, the sheet, the flavour and this very program.
pub fn stamp(flavour: Flavour, module: &[u8], sheet: &str) -> Result<String, FrontError> {
    let maker = format!("{flavour:?} {}", this_program()?);
    Ok(digest(&[maker.as_bytes(), module, sheet.as_bytes()]))
}

/// Whether the folder holds what the stamp describes.
pub fn is_current(folder: &Path, stamp: &str) -> bool {
    folder.join("manifest.json").is_file()
        && fs::read_to_string(folder.join(STAMP)).is_ok_and(|last| last == stamp)
}

/// Writes the assets in all their forms, then the manifest, then removes what is left of earlier builds.
pub fn write(folder: &Path, assets: &[Asset], stamp: &str) -> Result<(), FrontError> {
    let package = folder.join("pkg");
    fs::create_dir_all(&package).map_err(|source| FrontError::file(&package, source))?;
    // Without its stamp a folder that is left half written is not taken for a finished one.
    let _ = fs::remove_file(folder.join(STAMP));

    let mut manifest = Map::new();
    let mut kept = Vec::new();
    for asset in assets {
        for (suffix, bytes) in asset.files() {
            let name = format!("{}{suffix}", asset.name);
            put(&package.join(&name), bytes)?;
            kept.push(name);
        }
        manifest.insert(asset.kind.extension().into(), asset.name.clone().into());
    }
    put(&folder.join("manifest.json"), format!("{:#}\n", Value::Object(manifest)).as_bytes())?;
    remove_all_but(&kept, &package)?;
    put(&folder.join(STAMP), stamp.as_bytes())
}

/// What script, module and sheet of a built site weigh together as brotli.
pub fn weight(folder: &Path) -> Result<usize, FrontError> {
    let manifest = folder.join("manifest.json");
    let failed = |source| FrontError::file(&manifest, source);
    let text = fs::read_to_string(&manifest).map_err(failed)?;
    let names: BTreeMap<String, String> =
        serde_json::from_str(&text).map_err(|error| failed(error.into()))?;
    let weights = names.values().map(|name| {
        let path = folder.join("pkg").join(format!("{name}.br"));
        let file = fs::metadata(&path).map_err(|source| FrontError::file(&path, source))?;
        Ok(usize::try_from(file.len()).unwrap_or(usize::MAX))
    });
    weights.sum()
}

fn remove_all_but(kept: &[String], folder: &Path) -> Result<(), FrontError> {
    let failed = |source| FrontError::file(folder, source);
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let is_kept = kept.iter().any(|name| path.ends_with(name));
        if !is_kept {
            fs::remove_file(&path).map_err(|source| FrontError::file(&path, source))?;
        }
    }
    Ok(())
}

fn put(path: &Path, bytes: &[u8]) -> Result<(), FrontError> {
    fs::write(path, bytes).map_err(|source| FrontError::file(path, source))
}

/// A site made by an older version of this program is stale, whatever its inputs.
fn this_program() -> Result<String, FrontError> {
    let failed = |source| FrontError::file(Path::new("this program"), source);
    let file = std::env::current_exe().and_then(fs::metadata).map_err(failed)?;
    let modified = file.modified().map_err(failed)?.duration_since(UNIX_EPOCH).unwrap_or_default();
    Ok(format!("{} {}", file.len(), modified.as_nanos()))
}

#[cfg(test)]
mod tests {
    use super::super::assets::{Effort, Kind};
    use super::*;

    fn site(text: &str) -> Vec<Asset> {
        [Kind::Script, Kind::Module, Kind::Sheet]
            .into_iter()
            .map(|kind| Asset::new(kind, text.as_bytes().to_vec(), Effort::Quick).unwrap())
            .collect()
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(folder.join("pkg"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn the_manifest_names_files_that_exist_in_every_form() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &site("first"), "1").unwrap();

        let manifest = fs::read(folder.path().join("manifest.json")).unwrap();
        let manifest: Value = serde_json::from_slice(&manifest).unwrap();
        for key in ["js", "wasm", "css"] {
            let name = manifest[key].as_str().unwrap();
            for suffix in ["", ".br", ".gz"] {
                assert!(names(folder.path()).contains(&format!("{name}{suffix}")));
            }
        }
    }

    #[test]
    fn a_site_weighs_what_its_assets_weigh() {
        let folder = tempfile::tempdir().unwrap();
        let assets = site("first");
        write(folder.path(), &assets, "1").unwrap();
        let weights = assets.iter().map(Asset::weight);
        assert_eq!(weight(folder.path()).unwrap(), weights.sum::<usize>());
    }

    #[test]
    fn a_new_build_leaves_nothing_of_the_old_one() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &site("first"), "1").unwrap();
        let first = names(folder.path());
        write(folder.path(), &site("second"), "2").unwrap();
        let second = names(folder.path());

        assert_eq!(second.len(), 9);
        assert!(second.iter().all(|name| !first.contains(name)));
    }

    #[test]
    fn only_the_very_stamp_is_current() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!is_current(folder.path(), "1"));
        write(folder.path(), &site("first"), "1").unwrap();
        assert!(is_current(folder.path(), "1"));
        assert!(!is_current(folder.path(), "2"));
    }

    #[test]
    fn a_stamp_depends_on_each_input() {
        let base = stamp(Flavour::Dev, b"module", "sheet").unwrap();
        assert_eq!(base, stamp(Flavour::Dev, b"module", "sheet").unwrap());
        assert_ne!(base, stamp(Flavour::Demo, b"module", "sheet").unwrap());
        assert_ne!(base, stamp(Flavour::Dev, b"other", "sheet").unwrap());
        assert_ne!(base, stamp(Flavour::Dev, b"module", "other").unwrap());
    }
}
