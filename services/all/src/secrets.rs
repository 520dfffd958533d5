//! Secrets of an installation: made once, kept in the data folder with mode 0600.

use anyhow::{Context as _, Result};
use std::path::Path;

/// The roles' passwords and the passport's seed.
pub(crate) struct Secrets {
    /// In the order of [`migrations::SERVICES`].
    pub(crate) roles: [String; 4],
    /// The gateway's signing seed.
    pub(crate) seed: [u8; 32],
}

impl Secrets {
    /// Reads the secrets, and makes those that are missing.
    pub(crate) fn kept(data: &Path) -> Result<Self> {
        let folder = data.join("secrets");
        let read = |name: &str| standalone::kept_secret(&folder.join(name));
        let [a, b, c, d] = migrations::SERVICES;
        let roles = [read(a)?, read(b)?, read(c)?, read(d)?];
        Ok(Self { roles, seed: seed(&read("passport")?)? })
    }
}

/// 32 bytes from the first 64 hexadecimal digits.
pub(crate) fn seed(text: &str) -> Result<[u8; 32]> {
    let mut seed = [0; 32];
    for (i, byte) in seed.iter_mut().enumerate() {
        let digits = text.get(2 * i..2 * i + 2).context("the passport seed has 64 hexadecimal digits")?;
        *byte = u8::from_str_radix(digits, 16).context("the passport seed has 64 hexadecimal digits")?;
    }
    Ok(seed)
}
