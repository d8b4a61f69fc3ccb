//! A file of the site: named by its content, so that browsers may keep it for ever, and compressed beforehand.

use std::io::{self, Write};

use super::FrontError;
use super::digest::digest;
use flate2::Compression;
use flate2::write::GzEncoder;

/// What an asset is to the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The JavaScript glue.
    Script,
    /// The WebAssembly module.
    Module,
    /// The style sheet.
    Sheet,
}

/// How hard to compress.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// Levels that cost nothing noticeable.
    Quick,
    /// As far as it goes.
    Full,
}

/// One file of the site in the three forms the server may answer with.
#[derive(Debug)]
pub struct Asset {
    /// What it is to the page.
    pub kind: Kind,
    /// `sekisho.<hash>.<extension>`.
    pub name: String,
    /// As it is.
    pub plain: Vec<u8>,
    /// Compressed with brotli (RFC 7932).
    pub brotli: Vec<u8>,
    /// Compressed with gzip (RFC 1952), for clients without brotli.
    pub gzip: Vec<u8>,
}

impl Kind {
    /// The file name's extension, which is also the manifest's key.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Script => "js",
            Self::Module => "wasm",
            Self::Sheet => "css",
        }
    }
}

impl Asset {
    /// Names and compresses a file.
    pub fn new(kind: Kind, plain: Vec<u8>, effort: Effort) -> Result<Self, FrontError> {
        let name = format!("sekisho.{}.{}", digest(&[&plain]), kind.extension());
        let failed = |source| FrontError::file(name.as_ref(), source);
        Ok(Self {
            brotli: brotli(&plain, effort).map_err(failed)?,
            gzip: gzip(&plain, effort).map_err(failed)?,
            kind,
            name,
            plain,
        })
    }

    /// Its sizes, for the terminal.
    pub fn summary(&self) -> String {
        format!(
            "{}: {}, gzip {}, brotli {}",
            self.name,
            kibibytes(self.plain.len()),
            kibibytes(self.gzip.len()),
            kibibytes(self.brotli.len())
        )
    }
}

/// A size as the terminal shows it.
pub fn kibibytes(bytes: usize) -> String {
    let tenths = (bytes * 10).div_ceil(1024);
    format!("{}.{} KiB", tenths / 10, tenths % 10)
}

fn brotli(bytes: &[u8], effort: Effort) -> io::Result<Vec<u8>> {
    let quality = match effort {
        Effort::Quick => 4,
        Effort::Full => 11,
    };
    let (buffer, window) = (64 * 1024, 22);
    let mut writer = brotli::CompressorWriter::new(Vec::new(), buffer, quality, window);
    writer.write_all(bytes)?;
    writer.flush()?;
    Ok(writer.into_inner())
}

fn gzip(bytes: &[u8], effort: Effort) -> io::Result<Vec<u8>> {
    let level = match effort {
        Effort::Quick => Compression::fast(),
        Effort::Full => Compression::best(),
    };
    let mut writer = GzEncoder::new(Vec::new(), level);
    writer.write_all(bytes)?;
    writer.finish()
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn sheet(text: &str, effort: Effort) -> Asset {
        Asset::new(Kind::Sheet, text.as_bytes().to_vec(), effort).unwrap()
    }

    #[test]
    fn a_name_follows_the_content_and_nothing_else() {
        let name = sheet("body{}", Effort::Quick).name;
        assert_eq!(name, sheet("body{}", Effort::Full).name);
        assert_ne!(name, sheet("main{}", Effort::Quick).name);
        assert!(name.starts_with("sekisho.") && name.contains(".css"));
    }

    #[test]
    fn both_compressed_forms_give_the_content_back() {
        let text = "tenant ".repeat(1000);
        for effort in [Effort::Quick, Effort::Full] {
            let asset = sheet(&text, effort);
            let mut from_brotli = String::new();
            brotli::Decompressor::new(asset.brotli.as_slice(), 4096)
                .read_to_string(&mut from_brotli)
                .unwrap();
            let mut from_gzip = String::new();
            flate2::read::GzDecoder::new(asset.gzip.as_slice())
                .read_to_string(&mut from_gzip)
                .unwrap();
            assert_eq!(from_brotli, text);
            assert_eq!(from_gzip, text);
        }
    }

    #[test]
    fn sizes_are_rounded_up() {
        assert_eq!(kibibytes(0), "0.0 KiB");
        assert_eq!(kibibytes(1), "0.1 KiB");
        assert_eq!(kibibytes(350 * 1024), "350.0 KiB");
    }
}
