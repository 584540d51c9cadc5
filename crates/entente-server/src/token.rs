//! Secrets: made of chance, told once, kept as hashes where only their knowledge is checked.

use sha2::{Digest, Sha256};

/// Bytes of chance in a secret.
const BYTES: usize = 32;
/// Length of a token's hash in hexadecimal digits.
pub const TOKEN_HEX: usize = 64;

/// A new secret in hexadecimal digits.
///
/// # Errors
/// When the system gives no random numbers.
pub fn new() -> Result<String, getrandom::Error> {
    let mut bytes = [0u8; BYTES];
    getrandom::fill(&mut bytes)?;
    Ok(hex(&bytes))
}

/// What is kept of a token: its SHA-256 in hexadecimal digits.
pub fn hash_of_token(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

/// Bytes in hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_secret_is_like_another() {
        let (one, other) = (new().unwrap(), new().unwrap());
        assert!(one.len() == 2 * BYTES && one != other);
        assert_eq!(hash_of_token(&one).len(), TOKEN_HEX);
    }
}
