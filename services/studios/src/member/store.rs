//! The SQL of memberships.

use super::Member;
use crate::scope::{STUDIOS_IN_SCOPE, Scope, all, within};
use crate::words::Word;
use chrono::NaiveDate;
use contract::studios::MemberCategory;
use platform::database_error;
use sqlx::{AssertSqlSafe, FromRow, PgConnection};
use std::collections::HashMap;
use uuid::Uuid;
use vocabulary::{Code, Error, MembershipId, OrganisationNo, PersonId, Result, StudioId};

/// A row of the table.
#[derive(FromRow)]
pub(crate) struct Row {
    owner_no: i32,
    id: Uuid,
    studio_id: Uuid,
    person_id: Uuid,
    home_no: i32,
    role: String,
    categories: Vec<String>,
    principal_category: String,
    from_on: NaiveDate,
    to_on: Option<NaiveDate>,
    version: i32,
}

impl Row {
    /// The membership.
    pub(crate) fn member(self) -> Result<Member> {
        Ok(Member {
            owner: OrganisationNo(self.owner_no),
            id: MembershipId::from_uuid(self.id),
            studio: StudioId::from_uuid(self.studio_id),
            person: PersonId::from_uuid(self.person_id),
            home: OrganisationNo(self.home_no),
            role: Word::kept(&self.role)?,
            categories: self.categories.iter().map(|word| Word::kept(word)).collect::<Result<_>>()?,
            principal_category: Word::kept(&self.principal_category)?,
            from: self.from_on,
            to: self.to_on,
            version: self.version,
        })
    }
}

fn members(rows: Vec<Row>) -> Result<Vec<Member>> {
    rows.into_iter().map(Row::member).collect()
}

#[derive(FromRow)]
struct Named {
    #[sqlx(flatten)]
    row: Row,
    person_name: Option<String>,
    home_name: Option<String>,
}

impl Named {
    fn shown(self) -> Result<contract::studios::Member> {
        let member = self.row.member()?;
        Ok(contract::studios::Member {
            id: member.id,
            studio: member.studio,
            person: member.person,
            person_name: self.person_name.unwrap_or_default(),
            home_no: member.home,
            home_name: self.home_name.unwrap_or_default(),
            guest: member.home != member.owner,
            role: member.role,
            categories: member.categories,
            principal_category: member.principal_category,
            from: member.from,
            to: member.to,
            version: member.version,
        })
    }
}

/// The columns of a [`Row`].
pub(crate) const COLUMNS: &str = "m.owner_no, m.id, m.studio_id, m.person_id, m.home_no, m.role, m.categories, m.principal_category, m.from_on, m.to_on, m.version";

/// Memberships with names, active ones first, then by name; at most 500 of a studio.
fn named(chosen: &str) -> String {
    format!(
        "with {STUDIOS_IN_SCOPE}, chosen as materialized (select * from (
             select {COLUMNS}, (m.from_on <= $4 and (m.to_on is null or m.to_on >= $4)) as active,
                 row_number() over (partition by m.studio_id order by m.to_on desc nulls first, m.from_on desc, m.id) as place
             from scope c join studios.membership m on m.owner_no = c.owner_no and m.studio_id = c.studio_id
             where {chosen}) m where m.place <= 500)
         select m.*, n.name as person_name, n.home_name from chosen m
         left join studios.name_people(array(select person_id from chosen)) n on n.id = m.person_id
         order by m.active desc, n.pinyin collate \"C\", m.from_on, m.id"
    )
}

/// The members of studios.
pub(crate) async fn of_studios(
    connection: &mut PgConnection,
    scope: &Scope,
    studios: &[StudioId],
    today: NaiveDate,
) -> Result<Vec<contract::studios::Member>> {
    let studios: Vec<Uuid> = studios.iter().map(|id| id.uuid()).collect();
    let query = scope.query::<Named>(named("m.studio_id = any ($5)"), today).bind(studios);
    all(query, connection).await?.into_iter().map(Named::shown).collect()
}

/// Memberships by id.
pub(crate) async fn open(
    connection: &mut PgConnection,
    scope: &Scope,
    ids: &[MembershipId],
    today: NaiveDate,
) -> Result<Vec<contract::studios::Member>> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    let condition = within("m", "studio_id");
    let sql = format!(
        "with chosen as materialized (select {COLUMNS} from studios.membership m
             where m.id = any ($5) and $4::date is not null and {condition})
         select m.*, n.name as person_name, n.home_name from chosen m
         left join studios.name_people(array(select person_id from chosen)) n on n.id = m.person_id"
    );
    let query = scope.query::<Named>(sql, today).bind(ids);
    all(query, connection).await?.into_iter().map(Named::shown).collect()
}

/// A membership within the scope.
pub(crate) async fn find(
    connection: &mut PgConnection,
    scope: &Scope,
    id: MembershipId,
) -> Result<Option<Member>> {
    let condition = within("m", "studio_id");
    let sql = format!("select {COLUMNS} from studios.membership m where m.id = $4 and {condition}");
    let row = scope.bound::<Row>(sql).bind(id.uuid()).fetch_optional(connection).await;
    row.map_err(database_error)?.map(Row::member).transpose()
}

/// The person's memberships of the studio.
pub(crate) async fn of_person(
    connection: &mut PgConnection,
    owner: OrganisationNo,
    studio: StudioId,
    person: PersonId,
) -> Result<Vec<Member>> {
    let sql = AssertSqlSafe(format!(
        "select {COLUMNS} from studios.membership m
         where m.owner_no = $1 and m.studio_id = $2 and m.person_id = $3 order by m.from_on"
    ));
    let rows = sqlx::query_as::<_, Row>(sql).bind(owner.0).bind(studio.uuid()).bind(person.uuid());
    members(rows.fetch_all(connection).await.map_err(database_error)?)
}

/// Who is a member of the studio on the day, with their home.
pub(crate) async fn homes(
    connection: &mut PgConnection,
    owner: OrganisationNo,
    studio: StudioId,
    day: NaiveDate,
) -> Result<HashMap<PersonId, OrganisationNo>> {
    let rows: Vec<(Uuid, i32)> = sqlx::query_as(
        "select person_id, home_no from studios.membership where owner_no = $1 and studio_id = $2
             and from_on <= $3 and (to_on is null or to_on >= $3)",
    )
    .bind(owner.0)
    .bind(studio.uuid())
    .bind(day)
    .fetch_all(connection)
    .await
    .map_err(database_error)?;
    Ok(rows.into_iter().map(|(id, home)| (PersonId::from_uuid(id), OrganisationNo(home))).collect())
}

/// Whether the person is a member of the studio on the day.
pub(crate) async fn is_active(
    connection: &mut PgConnection,
    owner: OrganisationNo,
    studio: StudioId,
    person: PersonId,
    day: NaiveDate,
) -> Result<bool> {
    sqlx::query_scalar(
        "select exists (select from studios.membership where owner_no = $1 and studio_id = $2 and person_id = $3
             and from_on <= $4 and (to_on is null or to_on >= $4))",
    )
    .bind(owner.0)
    .bind(studio.uuid())
    .bind(person.uuid())
    .bind(day)
    .fetch_one(connection)
    .await
    .map_err(database_error)
}

fn words(categories: &[MemberCategory]) -> Vec<&'static str> {
    categories.iter().map(|category| category.word()).collect()
}

/// Adds a membership.
pub(crate) async fn insert(connection: &mut PgConnection, member: &Member) -> Result<()> {
    sqlx::query(
        "insert into studios.membership (owner_no, id, studio_id, person_id, home_no, role, categories, principal_category,
             from_on, to_on, version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(member.owner.0)
    .bind(member.id.uuid())
    .bind(member.studio.uuid())
    .bind(member.person.uuid())
    .bind(member.home.0)
    .bind(member.role.word())
    .bind(words(&member.categories))
    .bind(member.principal_category.word())
    .bind(member.from)
    .bind(member.to)
    .bind(member.version)
    .execute(connection)
    .await
    .map(drop)
    .map_err(|error| match error.as_database_error().and_then(|error| error.constraint()) {
        Some("membership_from_key") => Error::new(Code::MemberTwice).on("login"),
        _ => database_error(error),
    })
}

/// Writes a membership's part, categories, last day and version.
pub(crate) async fn update(connection: &mut PgConnection, member: &Member) -> Result<()> {
    sqlx::query(
        "update studios.membership set role = $3, categories = $4, principal_category = $5, to_on = $6, version = $7
         where owner_no = $1 and id = $2",
    )
    .bind(member.owner.0)
    .bind(member.id.uuid())
    .bind(member.role.word())
    .bind(words(&member.categories))
    .bind(member.principal_category.word())
    .bind(member.to)
    .bind(member.version)
    .execute(connection)
    .await
    .map(drop)
    .map_err(database_error)
}

/// Ends the memberships that would outlive the day; one that had not begun is refused.
pub(crate) async fn end_all(
    connection: &mut PgConnection,
    owner: OrganisationNo,
    studio: StudioId,
    on: NaiveDate,
) -> Result<Vec<Member>> {
    let sql = AssertSqlSafe(format!(
        "update studios.membership m set to_on = $3, version = version + 1
         where m.owner_no = $1 and m.studio_id = $2 and (m.to_on is null or m.to_on > $3) returning {COLUMNS}"
    ));
    let ended =
        sqlx::query_as::<_, Row>(sql).bind(owner.0).bind(studio.uuid()).bind(on).fetch_all(connection);
    let ended = ended.await.map_err(|error| match error.as_database_error().and_then(|e| e.constraint()) {
        Some("membership_to_check") => Error::new(Code::DateOrder).on("on"),
        _ => database_error(error),
    });
    members(ended?)
}

/// Counts a change of every membership that has not ended: its studio has another name.
pub(crate) async fn renew(
    connection: &mut PgConnection,
    owner: OrganisationNo,
    studio: StudioId,
    today: NaiveDate,
) -> Result<Vec<Member>> {
    let sql = AssertSqlSafe(format!(
        "update studios.membership m set version = version + 1
         where m.owner_no = $1 and m.studio_id = $2 and (m.to_on is null or m.to_on >= $3) returning {COLUMNS}"
    ));
    let rows = sqlx::query_as::<_, Row>(sql).bind(owner.0).bind(studio.uuid()).bind(today);
    let rows = rows.fetch_all(connection).await;
    members(rows.map_err(database_error)?)
}
