//! The rebuild: everything here is derived from the logs, so it can be forgotten and made again.

use crate::{Analytics, Projector, refresh};
use platform::{Changes, Consumer as _, Database, Relay, Sink};
use vocabulary::{Error, Result};

impl Analytics {
    /// Forgets every record, fact and sheet and applies the whole logs of the services again (an administrator's
    /// command; the program may go on serving, with figures that fill up as it proceeds). Gives how many events were
    /// handed over. All logs must be given: half of them would give half the figures.
    pub async fn rebuild(&self, logs: &[Database]) -> Result<usize> {
        let missing =
            Projector::SOURCES.iter().find(|source| !logs.iter().any(|log| log.service() == **source));
        if let Some(source) = missing {
            return Err(Error::internal(format!("no log of {source} to rebuild from")));
        }
        refresh::store::forget(&self.database, Projector::NAME).await?;
        let mut handed = 0;
        for log in logs.iter().filter(|log| Projector::SOURCES.contains(&log.service())) {
            let projector = Projector::new(self.database.clone(), Changes::default());
            let relay = Relay::new(log.clone(), Sink::Local(vec![Sink::local(projector)]));
            handed += relay.replay().await?;
        }
        tracing::info!(events = handed, "figures rebuilt from the logs");
        Ok(handed)
    }
}
