//! A short name for content, the same wherever it is built. It guards against nobody: integrity is TLS's part.

use sha2::{Digest, Sha256};

/// 64 bits of SHA-256 in hexadecimal: enough to tell apart any versions that browsers could still hold.
///
/// Each part counts with its length, so that moving bytes from one to the next changes the name.
pub fn digest(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    }
    let mut short = [0; 8];
    short.copy_from_slice(&hash.finalize()[..8]);
    format!("{:016x}", u64::from_be_bytes(short))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_content_has_one_name() {
        assert_eq!(digest(&[b"a", b"b"]), digest(&[b"a", b"b"]));
        assert_eq!(digest(&[b"a"]).len(), 16);
    }

    #[test]
    fn the_border_between_parts_counts() {
        assert_ne!(digest(&[b"ab", b"c"]), digest(&[b"a", b"bc"]));
    }
}
