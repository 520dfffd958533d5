//! argon2id (m = 19456 KiB, t = 2, p = 1: OWASP's minimum), at most two at once, and the rules of a password.

use argon2::password_hash::{Output, PasswordHash, PasswordVerifier as _, SaltString};
use argon2::{ARGON2ID_IDENT, Algorithm, Argon2, Block, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use rand::Rng as _;
use rand::seq::IndexedRandom as _;
use sha2::{Digest as _, Sha256};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use tokio::sync::Semaphore;
use vocabulary::{Code, Error, Result};

/// Two hashes at once, each in memory that is kept for the next: a hundred sign-ins together take 2 × 19 MiB. Asked for
/// anew each time, the memory would stay with each of the threads that happened to hash.
#[derive(Clone)]
pub(crate) struct Hashing {
    turns: Arc<Semaphore>,
    memory: Arc<Mutex<Vec<Vec<Block>>>>,
}

impl Default for Hashing {
    fn default() -> Self {
        Self { turns: Arc::new(Semaphore::new(2)), memory: Arc::default() }
    }
}

fn params() -> Params {
    Params::new(19_456, 2, 1, None).unwrap_or(Params::DEFAULT)
}

/// The hash itself.
fn fill(text: &str, salt: &[u8], memory: &mut [Block]) -> Result<[u8; 32]> {
    let mut output = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params())
        .hash_password_into_with_memory(text.as_bytes(), salt, &mut output, memory)
        .map_err(Error::internal)?;
    Ok(output)
}

/// A password's hash with its salt and parameters, as the account keeps it.
fn hash(password: &str, memory: &mut [Block]) -> Result<String> {
    let salt: [u8; 16] = rand::rng().random();
    let output = fill(password, &salt, memory)?;
    let salt = SaltString::encode_b64(&salt).map_err(Error::internal)?;
    let whole = PasswordHash {
        algorithm: ARGON2ID_IDENT,
        version: Some(Version::V0x13.into()),
        params: (&params()).try_into().map_err(Error::internal)?,
        salt: Some(salt.as_salt()),
        hash: Some(Output::new(&output).map_err(Error::internal)?),
    };
    Ok(whole.to_string())
}

/// Whether a password fits a hash.
fn verify(password: &str, against: &str, memory: &mut [Block]) -> bool {
    let Ok(kept) = PasswordHash::new(against) else { return false };
    let costs = |params: &Params| (params.m_cost(), params.t_cost(), params.p_cost());
    let (ours, theirs) = (costs(&params()), Params::try_from(&kept).ok());
    let today = kept.algorithm == ARGON2ID_IDENT && kept.version == Some(Version::V0x13.into());
    if !today || theirs.as_ref().map(costs) != Some(ours) {
        // Made under other parameters than today's.
        return Argon2::default().verify_password(password.as_bytes(), &kept).is_ok();
    }
    let mut salt = [0; 64];
    let salt = kept.salt.and_then(|kept| kept.decode_b64(&mut salt).ok());
    let output = salt.and_then(|salt| fill(password, salt, memory).ok());
    let output = output.and_then(|output| Output::new(&output).ok());
    // Outputs are compared in constant time.
    output.is_some() && output == kept.hash
}

/// What an unknown account is checked against, so that it costs what a known one costs.
static NOBODY: LazyLock<String> =
    LazyLock::new(|| hash("nobody", &mut vec![Block::default(); params().block_count()]).unwrap_or_default());

impl Hashing {
    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut [Block]) -> T + Send + 'static,
    ) -> Result<T> {
        let turn = Arc::clone(&self.turns).acquire_owned().await.map_err(Error::internal)?;
        let memory = Arc::clone(&self.memory);
        let worked = tokio::task::spawn_blocking(move || {
            let free = memory.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let mut blocks = free.unwrap_or_else(|| vec![Block::default(); params().block_count()]);
            let done = work(&mut blocks);
            memory.lock().unwrap_or_else(PoisonError::into_inner).push(blocks);
            // Here, and not with the one who asked: they may have gone, and the work goes on.
            drop(turn);
            done
        });
        worked.await.map_err(Error::internal)
    }

    /// The hash of a new password.
    pub(crate) async fn hash(&self, password: &str) -> Result<String> {
        let password = password.to_owned();
        self.blocking(move |memory| hash(&password, memory)).await?
    }

    /// What recognises a text again under a salt, and is as dear to guess as a password.
    pub(crate) async fn trace(&self, text: &str, salt: &str) -> Result<String> {
        let (text, salt) = (text.to_owned(), Sha256::digest(salt));
        let trace = self.blocking(move |memory| fill(&text, &salt, memory)).await??;
        Ok(STANDARD_NO_PAD.encode(trace))
    }

    /// Whether the password fits; a missing hash costs the same and never fits.
    pub(crate) async fn fits(&self, password: &str, against: Option<String>) -> Result<bool> {
        let password = password.to_owned();
        self.blocking(move |memory| {
            let known = against.is_some();
            // Made by the first who asks, whoever that is: else the first unknown account would take twice the time.
            let nobody: &str = &NOBODY;
            let fits = verify(&password, against.as_deref().unwrap_or(nobody), memory);
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
        + has(char::is_numeric)
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
    use argon2::PasswordHasher as _;

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
        assert!(!hashing.fits("Banlian-2026-demo", Some("no hash".into())).await.unwrap());
    }

    #[tokio::test]
    async fn hashes_are_those_of_the_library() {
        let hashing = Hashing::default();
        let kept = hashing.hash("Banlian-2026-demo").await.unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        let parsed = PasswordHash::new(&kept).unwrap();
        assert!(Argon2::default().verify_password(b"Banlian-2026-demo", &parsed).is_ok());
        let cheap = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(64, 1, 1, None).unwrap());
        let salt = SaltString::encode_b64(b"another salt").unwrap();
        let other = cheap.hash_password(b"Banlian-2026-demo", &salt).unwrap().to_string();
        assert!(hashing.fits("Banlian-2026-demo", Some(other.clone())).await.unwrap());
        assert!(!hashing.fits("Banlian-2026-Demo", Some(other)).await.unwrap());
        let (one, same) =
            (hashing.trace("a", "salt").await.unwrap(), hashing.trace("a", "salt").await.unwrap());
        assert_eq!(one, same);
        assert_ne!(one, hashing.trace("b", "salt").await.unwrap());
        assert_ne!(one, hashing.trace("a", "Salt").await.unwrap());
    }
}
