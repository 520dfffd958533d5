//! The four services as the gateway sees them.

use contract::Client;
use contract::analytics::Analytics;
use contract::resources::Resources;
use contract::studios::Studios;
use contract::tenancy::Tenancy;

/// A client of each service, local or remote: the gateway cannot tell.
#[derive(Clone)]
pub struct Clients {
    /// Who.
    pub tenancy: Client<dyn Tenancy>,
    /// The daily work.
    pub studios: Client<dyn Studios>,
    /// Files.
    pub resources: Client<dyn Resources>,
    /// Figures.
    pub analytics: Client<dyn Analytics>,
}

/// The client of a service, chosen by the operation's type.
pub(crate) trait Has<S: ?Sized> {
    /// The client.
    fn client(&self) -> &Client<S>;
}

impl Has<dyn Tenancy> for Clients {
    fn client(&self) -> &Client<dyn Tenancy> {
        &self.tenancy
    }
}

impl Has<dyn Studios> for Clients {
    fn client(&self) -> &Client<dyn Studios> {
        &self.studios
    }
}

impl Has<dyn Resources> for Clients {
    fn client(&self) -> &Client<dyn Resources> {
        &self.resources
    }
}

impl Has<dyn Analytics> for Clients {
    fn client(&self) -> &Client<dyn Analytics> {
        &self.analytics
    }
}
