//! The SQL of people and organisations.

use super::Person;
use crate::spelling::spell;
use chrono::NaiveDate;
use contract::events::{OrganisationEvent, PersonEvent};
use contract::tenancy::OrganisationKind;
use platform::database_error;
use sqlx::PgConnection;
use std::collections::HashMap;
use uuid::Uuid;
use vocabulary::{OrganisationNo, PersonId, Result};

/// People by their exact account names, whichever organisation they belong to; who left is not found.
pub(crate) async fn find(
    connection: &mut PgConnection,
    logins: &[String],
    today: NaiveDate,
) -> Result<HashMap<String, Person>> {
    let rows: Vec<(String, Uuid, String, i32, String)> =
        sqlx::query_as("select login, id, name, home_no, home_name from studios.find_people($1, $2)")
            .bind(logins)
            .bind(today)
            .fetch_all(connection)
            .await
            .map_err(database_error)?;
    let person = |(login, id, name, home, home_name)| {
        (login, Person { id: PersonId::from_uuid(id), name, home: OrganisationNo(home), home_name })
    };
    Ok(rows.into_iter().map(person).collect())
}

/// The names of people whom the caller has met.
pub(crate) async fn names(
    connection: &mut PgConnection,
    people: &[Uuid],
) -> Result<HashMap<PersonId, String>> {
    let rows: Vec<(Uuid, String)> = sqlx::query_as("select id, name from studios.name_people($1)")
        .bind(people)
        .fetch_all(connection)
        .await
        .map_err(database_error)?;
    Ok(rows.into_iter().map(|(id, name)| (PersonId::from_uuid(id), name)).collect())
}

/// Whether the organisation is known and lives on the day.
pub(crate) async fn lives(connection: &mut PgConnection, no: OrganisationNo, day: NaiveDate) -> Result<bool> {
    sqlx::query_scalar(
        "select exists (select from studios.organisation where owner_no = $1 and (closed_on is null or closed_on > $2))",
    )
    .bind(no.0)
    .bind(day)
    .fetch_one(connection)
    .await
    .map_err(database_error)
}

/// The word of a kind of organisation in the database.
const fn kind(kind: OrganisationKind) -> &'static str {
    match kind {
        OrganisationKind::Bureau => "bureau",
        OrganisationKind::School => "school",
        OrganisationKind::Alliance => "alliance",
    }
}

/// Keeps an organisation's state, where it is newer than the one kept.
pub(crate) async fn keep_organisation(
    connection: &mut PgConnection,
    state: &OrganisationEvent,
    version: i32,
) -> Result<()> {
    sqlx::query(
        "insert into studios.organisation as kept (owner_no, id, name, kind, closed_on, version) values ($1, $2, $3, $4, $5, $6)
         on conflict on constraint organisation_pkey do update set name = excluded.name, kind = excluded.kind,
             closed_on = excluded.closed_on, version = excluded.version
         where kept.version < excluded.version",
    )
    .bind(state.no.0)
    .bind(state.id.uuid())
    .bind(&state.name)
    .bind(kind(state.kind))
    .bind(state.closed_on)
    .bind(version)
    .execute(connection)
    .await
    .map(drop)
    .map_err(database_error)
}

/// Keeps people of one organisation, each where it is newer than the one kept. Each person stands here once.
pub(crate) async fn keep_people(
    connection: &mut PgConnection,
    owner: OrganisationNo,
    people: &[(PersonEvent, i32)],
) -> Result<()> {
    let (pinyin, initials): (Vec<String>, Vec<String>) =
        people.iter().map(|(person, _)| spell(&person.name)).unzip();
    sqlx::query(
        "insert into studios.person as kept (owner_no, id, name, login, pinyin, initials, home_name, left_on, version)
         select $1, n.id, n.name, n.login, n.pinyin, n.initials, n.home_name, n.left_on, n.version
         from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::date[], $9::int[])
             n (id, name, login, pinyin, initials, home_name, left_on, version)
         on conflict on constraint person_pkey do update set name = excluded.name, login = excluded.login,
             pinyin = excluded.pinyin, initials = excluded.initials, home_name = excluded.home_name,
             left_on = excluded.left_on, version = excluded.version
         where kept.version < excluded.version",
    )
    .bind(owner.0)
    .bind(people.iter().map(|(p, _)| p.id.uuid()).collect::<Vec<_>>())
    .bind(people.iter().map(|(p, _)| p.name.as_str()).collect::<Vec<_>>())
    .bind(people.iter().map(|(p, _)| p.login.as_str()).collect::<Vec<_>>())
    .bind(pinyin)
    .bind(initials)
    .bind(people.iter().map(|(p, _)| p.home_name.as_str()).collect::<Vec<_>>())
    .bind(people.iter().map(|(p, _)| p.left_on).collect::<Vec<_>>())
    .bind(people.iter().map(|(_, version)| *version).collect::<Vec<_>>())
    .execute(connection)
    .await
    .map(drop)
    .map_err(database_error)
}
