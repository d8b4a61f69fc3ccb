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
    /// Not at all: the server then sends files as they are.
    Nothing,
    /// Levels that cost nothing noticeable.
    Quick,
    /// As far as it goes.
    Full,
}

/// One file of the site in the forms the server may answer with.
#[derive(Debug)]
pub struct Asset {
    /// What it is to the page.
    pub kind: Kind,
    /// `sekisho.<hash>.<extension>`.
    pub name: String,
    /// As it is.
    pub plain: Vec<u8>,
    /// Compressed, unless that was left out.
    pub compressed: Option<Compressed>,
}

/// The smaller forms of a file.
#[derive(Debug)]
pub struct Compressed {
    /// With brotli (RFC 7932).
    pub brotli: Vec<u8>,
    /// With gzip (RFC 1952), for clients without brotli.
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
        let levels = match effort {
            Effort::Nothing => None,
            Effort::Quick => Some((4, Compression::fast())),
            Effort::Full => Some((11, Compression::best())),
        };
        let compress = |(quality, level)| {
            Ok(Compressed { brotli: brotli(&plain, quality)?, gzip: gzip(&plain, level)? })
        };
        let compressed = levels
            .map(compress)
            .transpose()
            .map_err(|source| FrontError::file(name.as_ref(), source))?;
        Ok(Self { kind, name, plain, compressed })
    }

    /// What it weighs on the line to a browser.
    pub fn weight(&self) -> usize {
        self.compressed.as_ref().map_or(self.plain.len(), |small| small.brotli.len())
    }

    /// Its files: what is added to the name, and the content.
    pub fn files(&self) -> impl Iterator<Item = (&'static str, &[u8])> {
        let small = self.compressed.iter();
        let small = small.flat_map(|it| [(".br", it.brotli.as_slice()), (".gz", &it.gzip)]);
        std::iter::once(("", self.plain.as_slice())).chain(small)
    }

    /// Its sizes, for the terminal.
    pub fn summary(&self) -> String {
        let sizes = self.files().map(|(suffix, bytes)| match suffix {
            "" => kibibytes(bytes.len()),
            suffix => format!("{suffix} {}", kibibytes(bytes.len())),
        });
        format!("{}: {}", self.name, sizes.collect::<Vec<_>>().join(", "))
    }
}

/// A size as the terminal shows it.
pub fn kibibytes(bytes: usize) -> String {
    let tenths = (bytes * 10).div_ceil(1024);
    format!("{}.{} KiB", tenths / 10, tenths % 10)
}

fn brotli(bytes: &[u8], quality: u32) -> io::Result<Vec<u8>> {
    let (buffer, window) = (64 * 1024, 22);
    let mut writer = brotli::CompressorWriter::new(Vec::new(), buffer, quality, window);
    writer.write_all(bytes)?;
    Ok(writer.into_inner())
}

fn gzip(bytes: &[u8], level: Compression) -> io::Result<Vec<u8>> {
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
            let small = sheet(&text, effort).compressed.unwrap();
            let mut from_brotli = String::new();
            brotli::Decompressor::new(small.brotli.as_slice(), 4096)
                .read_to_string(&mut from_brotli)
                .unwrap();
            let mut from_gzip = String::new();
            flate2::read::GzDecoder::new(small.gzip.as_slice())
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
