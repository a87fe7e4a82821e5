//! SHA-256 as it is printed.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

/// The SHA-256 of bytes, in 64 lower-case hexadecimal digits.
pub fn sha256(bytes: impl AsRef<[u8]>) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes in lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A text of a web page as the page's policy names what it lets run:
/// <https://www.w3.org/TR/CSP3/#grammardef-hash-source>.
pub(crate) fn for_policy(text: &str) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(text)))
}

#[cfg(test)]
mod tests {
    /// FIPS 180-4's example.
    #[test]
    fn a_published_value() {
        assert_eq!(super::sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    /// The same, in base64 as a policy has it.
    #[test]
    fn a_policy_names_a_text_by_its_hash() {
        assert_eq!(super::for_policy("abc"), "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
    }
}
