//! The six domains in which resources are shared.

use crate::policy::{self, Action};
use crate::{Resources, store};
use contract::Handle;
use contract::resources::{ListDomains, ResourceDomain};
use vocabulary::{Call, Result};

impl Handle<ListDomains> for Resources {
    async fn handle(&self, call: &Call, _: ListDomains) -> Result<Vec<ResourceDomain>> {
        policy::may(&call.principal, Action::ReadVocabulary)?;
        let mut read = self.database.read(call).await?;
        store::domains(&mut read).await
    }
}
