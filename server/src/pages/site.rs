//! The folder that holds the browser's half, as `cargo xtask front` builds it.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use app::Assets;
use axum::{
    Router,
    http::{HeaderValue, Response, header},
};
use serde::Deserialize;
use tower::ServiceBuilder;
use tower_http::{services::ServeDir, set_header::SetResponseHeaderLayer};

/// The built site.
#[derive(Clone, Debug)]
pub struct Site {
    folder: PathBuf,
    /// Where the browser finds its half.
    pub assets: Assets,
}

/// The site cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// Its manifest is not there.
    #[error("no site in {folder}: `cargo xtask front` builds one, `--site DIR` names it")]
    Missing {
        /// Where it was looked for.
        folder: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// Its manifest is none.
    #[error("manifest.json of the site cannot be read")]
    Manifest(#[from] serde_json::Error),
}

#[derive(Deserialize)]
struct Manifest {
    js: String,
    wasm: String,
    css: String,
}

impl Site {
    /// Opens a built site.
    pub fn open(folder: &Path) -> Result<Self, SiteError> {
        let missing = |source| SiteError::Missing { folder: folder.to_owned(), source };
        let manifest = fs::read(folder.join("manifest.json")).map_err(missing)?;
        let Manifest { js, wasm, css } = serde_json::from_slice(&manifest)?;
        let [js, wasm, css] = [js, wasm, css].map(|name| format!("/pkg/{name}"));
        Ok(Self { folder: folder.to_owned(), assets: Assets { js, wasm, css } })
    }

    /// Its files, compressed beforehand, below `/pkg`.
    pub(super) fn files(&self) -> Router {
        let files = ServeDir::new(self.folder.join("pkg"))
            .precompressed_br()
            .precompressed_gzip()
            .append_index_html_on_directories(false);
        let keep = SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, for_ever);
        Router::new().nest_service("/pkg", ServiceBuilder::new().layer(keep).service(files))
    }
}

/// The names carry a hash of what they name, so that a browser may keep what it found for ever.
fn for_ever<B>(response: &Response<B>) -> Option<HeaderValue> {
    let found = response.status().is_success();
    found.then(|| HeaderValue::from_static("public, max-age=31536000, immutable"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_without_a_manifest_says_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let error = Site::open(folder.path()).unwrap_err();
        assert!(error.to_string().contains("cargo xtask front"), "{error}");
    }

    #[test]
    fn the_manifest_names_addresses_below_pkg() {
        let folder = tempfile::tempdir().unwrap();
        let manifest = r#"{"js":"a.js","wasm":"a.wasm","css":"a.css"}"#;
        fs::write(folder.path().join("manifest.json"), manifest).unwrap();
        assert_eq!(Site::open(folder.path()).unwrap().assets.wasm, "/pkg/a.wasm");
    }
}
