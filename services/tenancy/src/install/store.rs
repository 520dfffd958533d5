//! The SQL of an installation's first rows, on the owner's connection.

use chrono::{DateTime, NaiveDate, Utc};
use contract::events::{ORGANISATION, OrganisationEvent, PERSON, PersonEvent};
use contract::tenancy::OrganisationKind;
use platform::database_error;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;
use vocabulary::{Error, EventId, OrganisationId, OrganisationNo, PersonId, Result};

pub(super) async fn any_organisation(connection: &mut PgConnection) -> Result<bool> {
    sqlx::query_scalar("select exists (select from tenancy.organisation)")
        .fetch_one(connection)
        .await
        .map_err(database_error)
}

/// The first bureau.
pub(super) struct Bureau<'a> {
    pub(super) no: i32,
    pub(super) id: Uuid,
    pub(super) level: String,
    pub(super) name: &'a str,
    pub(super) pinyin: String,
    pub(super) initials: String,
    pub(super) place_code: &'a str,
    pub(super) founded_on: NaiveDate,
    pub(super) block: i32,
}

pub(super) async fn insert_bureau(
    connection: &mut PgConnection,
    bureau: &Bureau<'_>,
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query("insert into tenancy.organisation (owner_no, id, kind, level, founded_on, password_length, version) values ($1, $2, 'bureau', $3, $4, 12, 1)")
        .bind(bureau.no).bind(bureau.id).bind(&bureau.level).bind(bureau.founded_on).execute(&mut *connection).await.map_err(database_error)?;
    sqlx::query("insert into tenancy.organisation_name (owner_no, from_on, name, pinyin, initials) values ($1, $2, $3, $4, $5)")
        .bind(bureau.no).bind(bureau.founded_on).bind(bureau.name).bind(&bureau.pinyin).bind(&bureau.initials)
        .execute(&mut *connection).await.map_err(database_error)?;
    sqlx::query("insert into tenancy.organisation_place (owner_no, from_on, code) values ($1, $2, $3)")
        .bind(bureau.no)
        .bind(bureau.founded_on)
        .bind(bureau.place_code)
        .execute(&mut *connection)
        .await
        .map_err(database_error)?;
    sqlx::query("insert into tenancy.number_block (owner_no, lo, hi, next) values ($1, $1, $2, $1 + 1)")
        .bind(bureau.no)
        .bind(bureau.no + bureau.block)
        .execute(&mut *connection)
        .await
        .map_err(database_error)?;
    let event = OrganisationEvent {
        id: OrganisationId::from_uuid(bureau.id),
        no: OrganisationNo(bureau.no),
        kind: OrganisationKind::Bureau,
        name: bureau.name.to_owned(),
        closed_on: None,
    };
    log(
        connection,
        bureau.no,
        bureau.id,
        ORGANISATION,
        serde_json::to_value(&event).map_err(Error::internal)?,
        now,
    )
    .await
}

/// Somebody who runs the installation.
pub(super) struct FounderRow<'a> {
    pub(super) no: i32,
    pub(super) person: Uuid,
    pub(super) grant: Uuid,
    pub(super) login: &'a str,
    pub(super) name: &'a str,
    pub(super) pinyin: String,
    pub(super) initials: String,
    pub(super) role: &'a str,
    pub(super) hash: &'a str,
    pub(super) from: NaiveDate,
}

pub(super) async fn insert_founder(
    connection: &mut PgConnection,
    row: &FounderRow<'_>,
    bureau: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query("insert into tenancy.person (owner_no, id, name, pinyin, initials, login, version) values ($1, $2, $3, $4, $5, $6, 1)")
        .bind(row.no).bind(row.person).bind(row.name).bind(&row.pinyin).bind(&row.initials).bind(row.login)
        .execute(&mut *connection).await.map_err(database_error)?;
    sqlx::query("insert into tenancy.account (login, person_id, person_no, hash, old_hashes, must_change) values ($1, $2, $3, $4, '{}', true)")
        .bind(row.login).bind(row.person).bind(row.no).bind(row.hash).execute(&mut *connection).await.map_err(database_error)?;
    sqlx::query("insert into tenancy.role_grant (owner_no, id, person_id, person_name, role, valid_from, version) values ($1, $2, $3, $4, $5, $6, 1)")
        .bind(row.no).bind(row.grant).bind(row.person).bind(row.name).bind(row.role).bind(row.from)
        .execute(&mut *connection).await.map_err(database_error)?;
    let event = PersonEvent {
        id: PersonId::from_uuid(row.person),
        name: row.name.to_owned(),
        login: row.login.to_owned(),
        home: OrganisationNo(row.no),
        home_name: bureau.to_owned(),
        left_on: None,
    };
    log(connection, row.no, row.person, PERSON, serde_json::to_value(&event).map_err(Error::internal)?, now)
        .await
}

async fn log(
    connection: &mut PgConnection,
    no: i32,
    aggregate: Uuid,
    kind: &str,
    payload: Value,
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query("insert into tenancy.event_log (owner_no, id, aggregate, version, kind, payload, recorded_at) values ($1, $2, $3, 1, $4, $5, $6)")
        .bind(no).bind(EventId::new().uuid()).bind(aggregate).bind(kind).bind(payload).bind(now)
        .execute(connection).await.map(drop).map_err(database_error)
}
