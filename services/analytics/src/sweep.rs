//! The daily sweep: figures of running periods depend on the day, also where no event comes.

use crate::{Analytics, records, refresh};
use vocabulary::{OrganisationNo, Result};

impl Analytics {
    /// Brings to today every sheet that could be of a later day than it is, and makes those of periods that began; gives
    /// how many organisations needed it. Called every ten minutes; each organisation is a transaction of its own, and one that
    /// fails is logged, left to the next time, and does not stop the others.
    pub async fn sweep(&self) -> Result<usize> {
        let today = self.database.clock().today();
        let (mut after, mut swept) = (i32::MIN, 0);
        loop {
            let stale = refresh::store::stale_owners(&self.database, today, after).await?;
            let Some(last) = stale.last() else { break };
            after = last.0;
            for owner in stale {
                match self.sweep_one(owner).await {
                    Ok(()) => swept += 1,
                    Err(error) => {
                        let cause = error.cause().unwrap_or("");
                        tracing::warn!(owner = owner.0, code = %error.code(), cause, "figures not swept");
                    }
                }
            }
        }
        Ok(swept)
    }

    async fn sweep_one(&self, owner: OrganisationNo) -> Result<()> {
        let mut work = self.database.begin_service("analytics", "sweep", owner).await?;
        records::store::lock(&mut work, owner).await?;
        let today = work.today();
        refresh::refresh(&mut work, owner, today, &records::Touched::default()).await?;
        work.finish(()).await
    }
}
