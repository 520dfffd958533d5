//! Who asks: from the cookie and the hat to a principal.
//!
//! `Resume` is asked once in 15 seconds for a session under a hat; that, and no more, is how long a revoked session or
//! grant lives on here. What this gateway itself has changed in tenancy takes effect with the next request.

use contract::Client;
use contract::tenancy::{Resume, Resumed, SignIn, Tenancy};
use http::{HeaderMap, HeaderValue, header};
use moka::future::Cache;
use sha2::{Digest as _, Sha256};
use std::sync::Arc;
use std::time::Duration;
use vocabulary::{Call, Code, Error, GrantId, Kind, Principal, Result};

/// The header that names the hat.
pub(crate) const HAT: &str = "banlian-hat";
/// How long an answer of `Resume` is believed.
pub(crate) const BELIEVED: Duration = Duration::from_secs(15);
/// How many sessions are remembered at most.
const REMEMBERED: u64 = 100_000;
/// The longest `User-Agent` that is kept as the name of a device.
const DEVICE: usize = 200;

/// What is kept of a session: who, for which token under which hat.
type Key = ([u8; 32], Option<GrantId>);

/// The key of the cache: the token's hash *and* the hat. Without the hat, a person's request under one grant would be
/// answered with the scope of another; without the token, another person's.
fn key(token: &str, hat: Option<GrantId>) -> Key {
    (Sha256::digest(token).into(), hat)
}

/// What is believed of a session for a moment.
pub(crate) struct Believed {
    /// The person and their hats.
    pub(crate) resumed: Resumed,
    /// What follows from it, shared by the requests under it.
    pub(crate) principal: Arc<Principal>,
}

/// Who asks.
#[derive(Clone, Default)]
pub(crate) struct Identity {
    believed: Option<Arc<Believed>>,
    /// The session token of the request, valid or not.
    token: Option<Arc<str>>,
    /// The network address that the request came from.
    pub(crate) source: Arc<str>,
    /// The browser, as it named itself.
    pub(crate) device: Arc<str>,
}

impl Identity {
    /// The person and their hats; nothing where nobody has signed in.
    pub(crate) fn resumed(&self) -> Option<&Resumed> {
        self.believed.as_ref().map(|believed| &believed.resumed)
    }

    /// What follows from it.
    pub(crate) fn principal(&self) -> Arc<Principal> {
        let known = self.believed.as_ref().map(|believed| Arc::clone(&believed.principal));
        known.unwrap_or_else(|| Arc::new(Principal::anonymous()))
    }

    /// Whether only a change of password is allowed.
    pub(crate) fn must_change_password(&self) -> bool {
        self.resumed().is_some_and(|resumed| resumed.must_change_password)
    }
}

/// The sessions that the gateway knows for a moment, and the cookie in which a browser keeps its own.
#[derive(Clone)]
pub(crate) struct Sessions {
    tenancy: Client<dyn Tenancy>,
    believed: Cache<Key, Arc<Believed>>,
    secure: bool,
}

impl Sessions {
    /// `secure`: the cookie is `__Host-` and `Secure`, which browsers accept over TLS and from loopback only.
    pub(crate) fn new(tenancy: Client<dyn Tenancy>, secure: bool) -> Self {
        let believed = Cache::builder().max_capacity(REMEMBERED).time_to_live(BELIEVED).build();
        Self { tenancy, believed, secure }
    }

    const fn cookie_name(&self) -> &'static str {
        if self.secure { "__Host-banlian" } else { "banlian" }
    }

    fn cookie(&self, value: &str, rest: &str) -> HeaderValue {
        let secure = if self.secure { "; Secure" } else { "" };
        let text = format!("{}={value}; Path=/; HttpOnly; SameSite=Strict{secure}{rest}", self.cookie_name());
        HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static(""))
    }

    /// The cookie that ends the browser's own.
    pub(crate) fn no_cookie(&self) -> HeaderValue {
        self.cookie("", "; Max-Age=0")
    }

    /// The session token in the request's cookies.
    pub(crate) fn token(&self, headers: &HeaderMap) -> Option<Arc<str>> {
        let pairs = headers.get_all(header::COOKIE).into_iter().filter_map(|line| line.to_str().ok());
        let mut pairs = pairs.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        let value = pairs.find(|(name, _)| *name == self.cookie_name()).map(|(_, value)| value);
        value.filter(|value| !value.is_empty() && value.len() <= 256).map(Arc::from)
    }

    /// Who asks, from a request's headers. A session that is over is nobody's; a hat that is not theirs is refused.
    pub(crate) async fn identify(
        &self,
        headers: &HeaderMap,
        hat: Option<&str>,
        source: &str,
    ) -> Result<Identity> {
        let named = headers.get(HAT).and_then(|value| value.to_str().ok()).filter(|hat| !hat.is_empty());
        let hat = hat.or(named).map(str::parse::<GrantId>).transpose();
        let hat = hat.map_err(|_| Error::new(Code::InvalidValue).on(HAT))?;
        let device = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or("");
        let mut identity = Identity {
            believed: None,
            token: self.token(headers),
            source: source.into(),
            device: device.chars().take(DEVICE).collect::<String>().into(),
        };
        if let Some(token) = &identity.token {
            identity.believed = self.resume(token, hat).await?;
        }
        Ok(identity)
    }

    /// Who is behind a token under a hat; nobody where the session is over.
    async fn resume(&self, token: &str, hat: Option<GrantId>) -> Result<Option<Arc<Believed>>> {
        match self.believed.get(&key(token, hat)).await {
            Some(known) => Ok(Some(known)),
            None => self.ask(token, hat, false).await,
        }
    }

    /// Looks again although the answer is still believed: for connections that stay open. A look is no use of the
    /// session, or an open page would keep it from ending idle.
    pub(crate) async fn look_again(
        &self,
        token: &str,
        hat: Option<GrantId>,
    ) -> Result<Option<Arc<Believed>>> {
        self.ask(token, hat, true).await
    }

    async fn ask(&self, token: &str, hat: Option<GrantId>, look: bool) -> Result<Option<Arc<Believed>>> {
        let call = Call::new(Principal::anonymous(), Duration::from_secs(5));
        match self.tenancy.ask(&call, Resume { token: token.to_owned(), hat, look }).await {
            Ok(resumed) => {
                let principal = Arc::new(resumed.principal.clone());
                let believed = Arc::new(Believed { resumed, principal });
                // What a look learns is not kept: the next request is a use, and says so.
                if !look {
                    self.believed.insert(key(token, hat), Arc::clone(&believed)).await;
                }
                Ok(Some(believed))
            }
            Err(error) => {
                // What was believed is known to be wrong now, unless tenancy is only away.
                if !matches!(error.kind(), Kind::Unavailable | Kind::Internal) {
                    self.believed.invalidate(&key(token, hat)).await;
                }
                if error.kind() == Kind::Unauthenticated { Ok(None) } else { Err(error) }
            }
        }
    }

    /// Signs in; gives who it is now, and the cookie for the browser.
    pub(crate) async fn sign_in(
        &self,
        call: &Call,
        from: &Identity,
        login: String,
        password: String,
    ) -> Result<(Identity, HeaderValue)> {
        let (source, device) = (from.source.to_string(), from.device.to_string());
        let signed = self.tenancy.ask(call, SignIn { login, password, source, device }).await?;
        let believed = self.resume(&signed.token, None).await?;
        let cookie = self.cookie(&signed.token, "");
        Ok((Identity { believed, token: Some(signed.token.into()), ..from.clone() }, cookie))
    }

    /// Forgets what is believed of all sessions.
    pub(crate) fn forget_all(&self) {
        self.believed.invalidate_all();
    }

    /// Forgets what is believed of a session, under each of its hats.
    pub(crate) async fn forget(&self, identity: &Identity) {
        let Some(token) = &identity.token else { return };
        let hats =
            identity.resumed().into_iter().flat_map(|resumed| &resumed.hats).map(|hat| Some(hat.grant));
        for hat in hats.chain([None]) {
            self.believed.invalidate(&key(token, hat)).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_names_the_token_and_the_hat() {
        let hat = Some(GrantId::new());
        let keys = [key("a", None), key("b", None), key("a", hat), key("a", Some(GrantId::new()))];
        for (i, one) in keys.iter().enumerate() {
            assert!(keys.iter().skip(i + 1).all(|other| one != other));
        }
        assert_eq!(key("a", hat), key("a", hat));
    }
}
