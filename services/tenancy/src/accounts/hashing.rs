//! argon2id (m = 19456 KiB, t = 2, p = 1: OWASP's minimum), at most two at once, and the rules of a password.

use argon2::password_hash::SaltString;
use argon2::{Algorithm, Argon2, Params, PasswordHash, PasswordHasher as _, PasswordVerifier as _, Version};
use rand::Rng as _;
use rand::seq::IndexedRandom as _;
use std::sync::{Arc, LazyLock};
use tokio::sync::Semaphore;
use vocabulary::{Code, Error, Result};

/// Two hashes at once: a hundred sign-ins together take 2 × 19 MiB.
#[derive(Clone)]
pub(crate) struct Hashing(Arc<Semaphore>);

impl Default for Hashing {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(2)))
    }
}

fn argon2() -> Argon2<'static> {
    Argon2::new(
        Algorithm::Argon2id,
        Version::V0x13,
        Params::new(19_456, 2, 1, None).unwrap_or(Params::DEFAULT),
    )
}

fn hash(password: &str) -> Result<String> {
    let salt: [u8; 16] = rand::rng().random();
    let salt = SaltString::encode_b64(&salt).map_err(Error::internal)?;
    Ok(argon2().hash_password(password.as_bytes(), &salt).map_err(Error::internal)?.to_string())
}

fn verify(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| argon2().verify_password(password.as_bytes(), &hash).is_ok())
}

/// What an unknown account is checked against, so that it costs what a known one costs.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash("nobody").unwrap_or_default());

impl Hashing {
    async fn blocking<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let _permit = self.0.acquire().await.map_err(Error::internal)?;
        tokio::task::spawn_blocking(work).await.map_err(Error::internal)
    }

    /// The hash of a new password.
    pub(crate) async fn hash(&self, password: &str) -> Result<String> {
        let password = password.to_owned();
        self.blocking(move || hash(&password)).await?
    }

    /// Whether the password fits; a missing hash costs the same and never fits.
    pub(crate) async fn fits(&self, password: &str, against: Option<String>) -> Result<bool> {
        let password = password.to_owned();
        self.blocking(move || {
            let known = against.is_some();
            let fits = verify(&password, against.as_deref().unwrap_or(&NOBODY));
            fits && known
        })
        .await
    }
}

/// A password of at least `min` characters of three of four classes.
pub(crate) fn strong(password: &str, min: usize) -> Result<()> {
    let has = |class: fn(char) -> bool| usize::from(password.chars().any(class));
    let classes = has(char::is_uppercase)
        + has(char::is_lowercase)
        + has(|c| c.is_numeric())
        + has(|c| !c.is_uppercase() && !c.is_lowercase() && !c.is_numeric());
    let length = password.chars().count();
    if length >= min && length <= 200 && classes >= 3 {
        Ok(())
    } else {
        Err(Error::new(Code::PasswordWeak).on("new").with("min", min))
    }
}

/// A one-time password that can be read out: four groups, without look-alikes, and strong by the rule.
pub(crate) fn one_time() -> String {
    const SMALL: &[u8] = b"abcdefghjkmnpqrstuvwxyz";
    const DIGITS: &[u8] = b"23456789";
    let mut rng = rand::rng();
    let mut group = |from: &[u8]| {
        (0..4).filter_map(|_| from.choose(&mut rng).map(|b| char::from(*b))).collect::<String>()
    };
    format!("{}-{}-{}-{}", group(SMALL), group(DIGITS), group(SMALL).to_uppercase(), group(DIGITS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_have_twelve_characters_of_three_classes() {
        for good in ["Banlian-2026-demo", "aaaaaaaaaA1-", "班主任工作室Ab1234567", &one_time()] {
            assert!(strong(good, 12).is_ok(), "{good}");
        }
        for bad in ["", "Short-1", "alllowercaseletters", "lowercase12345", "ABCDEFGHIJKL"] {
            assert_eq!(strong(bad, 12).unwrap_err().code(), Code::PasswordWeak, "{bad}");
        }
    }

    #[tokio::test]
    async fn an_unknown_account_never_fits() {
        let hashing = Hashing::default();
        let kept = hashing.hash("Banlian-2026-demo").await.unwrap();
        assert!(hashing.fits("Banlian-2026-demo", Some(kept)).await.unwrap());
        assert!(!hashing.fits("nobody", None).await.unwrap());
    }
}
