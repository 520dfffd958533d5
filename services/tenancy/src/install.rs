//! The first bureau of an empty installation, and the people who run it.

use crate::accounts::hashing::Hashing;
use crate::organisations::block;
use crate::words::{spelling, word};
use chrono::NaiveDate;
use contract::tenancy::BureauLevel;
use sqlx::{Acquire as _, PgConnection};
use vocabulary::{Clock, GrantId, OrganisationId, PersonId, Result, Role};

/// Somebody who runs the installation.
#[derive(Debug, Clone)]
pub struct Founder {
    /// Account name.
    pub login: &'static str,
    /// Name.
    pub name: &'static str,
    /// Their role on the first bureau.
    pub role: Role,
}

/// What an empty installation begins with.
#[derive(Debug, Clone)]
pub struct Installation {
    /// The first bureau's name.
    pub bureau: String,
    /// Its level.
    pub level: BureauLevel,
    /// Its place code.
    pub place_code: String,
    /// Who runs it: the three administrators and the bureau's own.
    pub founders: Vec<Founder>,
    /// Their first password, to be changed at the first sign-in.
    pub password: String,
}

/// The first day of the first bureau.
fn founded() -> NaiveDate {
    NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or_default()
}

/// Makes the first bureau and its founders on the owner's connection, where there is no organisation yet; gives whether
/// it did. Called once by the program after the migrations, before anybody is served.
pub async fn install(owner: &mut PgConnection, clock: &Clock, installation: &Installation) -> Result<bool> {
    let mut tx = owner.begin().await.map_err(platform::database_error)?;
    if store::any_organisation(&mut tx).await? {
        return Ok(false);
    }
    let no = 1;
    let (pinyin, initials) = spelling(&installation.bureau);
    let bureau = store::Bureau {
        no,
        id: OrganisationId::new().uuid(),
        level: word(&installation.level),
        name: &installation.bureau,
        pinyin,
        initials,
        place_code: &installation.place_code,
        founded_on: founded(),
        block: block(installation.level),
    };
    store::insert_bureau(&mut tx, &bureau, clock.now()).await?;
    let hash = Hashing::default().hash(&installation.password).await?;
    for founder in &installation.founders {
        let (pinyin, initials) = spelling(founder.name);
        let row = store::FounderRow {
            no,
            person: PersonId::new().uuid(),
            grant: GrantId::new().uuid(),
            login: founder.login,
            name: founder.name,
            pinyin,
            initials,
            role: founder.role.code(),
            hash: &hash,
            from: founded(),
        };
        store::insert_founder(&mut tx, &row, &installation.bureau, clock.now()).await?;
    }
    tx.commit().await.map_err(platform::database_error)?;
    Ok(true)
}

mod store;
