//! The signed passport (Ed25519) in which a caller's principal crosses from the gateway to a service.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;
use vocabulary::{Clock, Code, Error, Principal, Result};

/// How long a passport is valid, in seconds.
const LIFETIME: i64 = 30;

#[derive(Serialize, Deserialize)]
struct Claims {
    key: String,
    audience: String,
    expires: i64,
    request_id: Uuid,
    principal: Principal,
}

/// Signs passports (at the gateway) and verifies them (at a service); two keys are known during a rotation.
#[derive(Clone)]
pub struct Passports {
    clock: Clock,
    signing: Option<(String, Arc<SigningKey>)>,
    known: Vec<(String, VerifyingKey)>,
}

fn key_id(key: &VerifyingKey) -> String {
    URL_SAFE_NO_PAD.encode(&key.as_bytes()[..6])
}

impl Passports {
    /// The gateway's side: signs with this 32-byte seed.
    pub fn signing(clock: Clock, seed: &[u8; 32]) -> Self {
        let key = SigningKey::from_bytes(seed);
        let known = vec![(key_id(&key.verifying_key()), key.verifying_key())];
        Self { clock, signing: Some((key_id(&key.verifying_key()), Arc::new(key))), known }
    }

    /// A service's side: accepts passports signed with one of these keys (base64url, 32 bytes each).
    pub fn verifying(clock: Clock, keys: &[String]) -> Result<Self> {
        let key = |text: &String| {
            let bytes = URL_SAFE_NO_PAD.decode(text).ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
            let key = bytes.and_then(|bytes| VerifyingKey::from_bytes(&bytes).ok());
            key.map(|key| (key_id(&key), key))
                .ok_or_else(|| Error::internal("a passport key is not 32 bytes of base64url"))
        };
        Ok(Self { clock, signing: None, known: keys.iter().map(key).collect::<Result<_>>()? })
    }

    /// The public keys, for the services' configuration.
    pub fn public_keys(&self) -> Vec<String> {
        self.known.iter().map(|(_, key)| URL_SAFE_NO_PAD.encode(key.as_bytes())).collect()
    }

    /// A passport for one service.
    pub fn issue(&self, principal: &Principal, request_id: Uuid, audience: &str) -> Result<String> {
        let (id, key) =
            self.signing.as_ref().ok_or_else(|| Error::internal("this process signs no passports"))?;
        let claims = Claims {
            key: id.clone(),
            audience: audience.to_owned(),
            expires: self.clock.now().timestamp() + LIFETIME,
            request_id,
            principal: principal.clone(),
        };
        let body = serde_json::to_vec(&claims).map_err(Error::internal)?;
        let signature = key.sign(&body);
        Ok(format!("{}.{}", URL_SAFE_NO_PAD.encode(&body), URL_SAFE_NO_PAD.encode(signature.to_bytes())))
    }

    /// The principal and the request id of a passport made for this audience.
    pub fn verify(&self, passport: &str, audience: &str) -> Result<(Principal, Uuid)> {
        let refused = |why: &str| Error::new(Code::Unauthenticated).because(format!("passport: {why}"));
        let (body, signature) = passport.split_once('.').ok_or_else(|| refused("no signature"))?;
        let body = URL_SAFE_NO_PAD.decode(body).map_err(|_| refused("not base64"))?;
        let signature =
            URL_SAFE_NO_PAD.decode(signature).ok().and_then(|bytes| Signature::from_slice(&bytes).ok());
        let signature = signature.ok_or_else(|| refused("not a signature"))?;
        let claims: Claims = serde_json::from_slice(&body).map_err(|_| refused("not our claims"))?;
        let key =
            self.known.iter().find(|(id, _)| *id == claims.key).ok_or_else(|| refused("unknown key"))?;
        key.1.verify_strict(&body, &signature).map_err(|_| refused("wrong signature"))?;
        if claims.audience != audience {
            return Err(refused("another audience"));
        }
        if claims.expires < self.clock.now().timestamp() {
            return Err(refused("expired"));
        }
        Ok((claims.principal, claims.request_id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, TimeDelta};

    #[test]
    fn a_passport_is_for_one_audience_and_thirty_seconds_and_cannot_be_altered() {
        let start = DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
        let clock = Clock::fixed(start);
        let gateway = Passports::signing(clock.clone(), &[7; 32]);
        let service = Passports::verifying(clock.clone(), &gateway.public_keys()).unwrap();
        let passport = gateway.issue(&Principal::anonymous(), Uuid::nil(), "studios").unwrap();
        assert!(service.verify(&passport, "studios").is_ok());
        assert!(service.verify(&passport, "tenancy").is_err());
        let foreign = Passports::signing(clock.clone(), &[8; 32])
            .issue(&Principal::anonymous(), Uuid::nil(), "studios")
            .unwrap();
        assert!(service.verify(&foreign, "studios").is_err());
        let swapped =
            format!("{}.{}", foreign.split('.').next().unwrap(), passport.split('.').nth(1).unwrap());
        assert!(service.verify(&swapped, "studios").is_err());
        clock.set(start + TimeDelta::seconds(31));
        assert!(service.verify(&passport, "studios").is_err());
    }
}
