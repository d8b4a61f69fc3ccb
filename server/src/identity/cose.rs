//! Public keys of passkeys as COSE keys (RFC 9052 §7, RFC 9053), in CTAP2's canonical CBOR:
//! what an auditor checks a stored assertion with.

use webauthn_rs::prelude::{COSEAlgorithm, COSEKey, COSEKeyType, ECDSACurve, EDDSACurve};

/// The key is of an algorithm that we never ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the passkey's algorithm has no COSE number")]
pub(super) struct NoSuchAlgorithm;

const KTY: i64 = 1;
const ALG: i64 = 3;
const KTY_OKP: i64 = 1;
const KTY_EC2: i64 = 2;
const KTY_RSA: i64 = 3;

/// The key as `COSE_Key` bytes.
pub(super) fn encode(key: &COSEKey) -> Result<Vec<u8>, NoSuchAlgorithm> {
    let alg = algorithm(key.type_)?;
    let mut map = Map::default();
    match &key.key {
        COSEKeyType::EC_EC2(ec2) => {
            let curve = match ec2.curve {
                ECDSACurve::SECP256R1 => 1,
                ECDSACurve::SECP384R1 => 2,
                ECDSACurve::SECP521R1 => 3,
            };
            map.int(KTY, KTY_EC2).int(ALG, alg).int(-1, curve);
            map.bytes(-2, &ec2.x).bytes(-3, &ec2.y);
        }
        COSEKeyType::EC_OKP(okp) => {
            let curve = match okp.curve {
                EDDSACurve::ED25519 => 6,
                EDDSACurve::ED448 => 7,
            };
            map.int(KTY, KTY_OKP).int(ALG, alg).int(-1, curve);
            map.bytes(-2, &okp.x);
        }
        COSEKeyType::RSA(rsa) => {
            map.int(KTY, KTY_RSA).int(ALG, alg);
            map.bytes(-1, &rsa.n).bytes(-2, &rsa.e);
        }
    }
    Ok(map.finish())
}

/// IANA's number of an algorithm.
fn algorithm(algorithm: COSEAlgorithm) -> Result<i64, NoSuchAlgorithm> {
    match algorithm {
        COSEAlgorithm::ES256 => Ok(-7),
        COSEAlgorithm::EDDSA => Ok(-8),
        COSEAlgorithm::ES384 => Ok(-35),
        COSEAlgorithm::ES521 => Ok(-36),
        COSEAlgorithm::RS256 => Ok(-257),
        _ => Err(NoSuchAlgorithm),
    }
}

/// A CBOR map (RFC 8949) under construction; entries are given in canonical order.
#[derive(Default)]
struct Map {
    entries: u64,
    body: Vec<u8>,
}

impl Map {
    fn int(&mut self, key: i64, value: i64) -> &mut Self {
        self.entries += 1;
        int(&mut self.body, key);
        int(&mut self.body, value);
        self
    }

    fn bytes(&mut self, key: i64, value: &[u8]) -> &mut Self {
        self.entries += 1;
        int(&mut self.body, key);
        head(&mut self.body, 2, value.len() as u64);
        self.body.extend_from_slice(value);
        self
    }

    fn finish(self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.body.len() + 1);
        head(&mut out, 5, self.entries);
        out.extend(self.body);
        out
    }
}

fn int(out: &mut Vec<u8>, value: i64) {
    match u64::try_from(value) {
        Ok(value) => head(out, 0, value),
        Err(_) => head(out, 1, value.unsigned_abs() - 1),
    }
}

/// Major type and argument, in the fewest bytes.
fn head(out: &mut Vec<u8>, major: u8, argument: u64) {
    let major = major << 5;
    let bytes = argument.to_be_bytes();
    match argument {
        0..0x18 => out.push(major | bytes[7]),
        0x18..=0xff => out.extend([major | 0x18, bytes[7]]),
        0x100..=0xffff => out.extend([major | 0x19, bytes[6], bytes[7]]),
        0x1_0000..=0xffff_ffff => {
            out.push(major | 0x1a);
            out.extend(&bytes[4..]);
        }
        _ => {
            out.push(major | 0x1b);
            out.extend(bytes);
        }
    }
}

#[cfg(test)]
mod tests {
    use webauthn_rs::prelude::{COSEEC2Key, COSERSAKey};

    use super::*;

    #[test]
    fn a_p256_key_is_written_as_authenticators_write_it() {
        let key = COSEKey {
            type_: COSEAlgorithm::ES256,
            key: COSEKeyType::EC_EC2(COSEEC2Key {
                curve: ECDSACurve::SECP256R1,
                x: vec![1; 32],
                y: vec![2; 32],
            }),
        };
        let mut expected = vec![0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20];
        expected.extend([1; 32]);
        expected.extend([0x22, 0x58, 0x20]);
        expected.extend([2; 32]);
        assert_eq!(encode(&key), Ok(expected));
    }

    #[test]
    fn an_rsa_key_is_written_with_long_heads() {
        let key = COSEKey {
            type_: COSEAlgorithm::RS256,
            key: COSEKeyType::RSA(COSERSAKey { n: vec![9; 256], e: [1, 0, 1] }),
        };
        let bytes = encode(&key).unwrap();
        let start = [0xa4, 0x01, 0x03, 0x03, 0x39, 0x01, 0x00, 0x20, 0x59, 0x01, 0x00];
        assert_eq!(bytes[..11], start);
        assert_eq!(bytes[11 + 256..], [0x21, 0x43, 1, 0, 1]);
    }
}
