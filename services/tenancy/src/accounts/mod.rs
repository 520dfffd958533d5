//! Local accounts: passwords, sign-in, sessions.

pub(crate) mod hashing;
mod password;
mod resume;
mod sessions;
mod sign_in;
pub(crate) mod store;

use crate::policy::THREE;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::NaiveDate;
use platform::Work;
use rand::RngCore as _;
use sha2::{Digest as _, Sha256};
use vocabulary::{PersonId, Result, Role};

/// A session token of 256 bits.
fn token() -> String {
    let mut bytes = [0; 32];
    rand::rng().fill_bytes(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// What is kept of a token.
fn token_hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// Whether the change's caller rules over a person's account: over every organisation on which they hold a grant, and the
/// accounts of the three administrators are the security administrator's. Else a password would be a way up.
pub(crate) async fn rules_over(work: &mut Work, person: PersonId, today: NaiveDate) -> Result<bool> {
    let secures = work.principal().role() == Some(Role::SecurityAdministrator);
    if !secures {
        let held = crate::grants::store::roles_held(work, person.uuid(), today).await?;
        if THREE.iter().any(|one| held.iter().any(|role| role == one.code())) {
            return Ok(false);
        }
    }
    store::outranks(work, person.uuid(), today).await
}
