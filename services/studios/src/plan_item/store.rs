//! The SQL of plan items.

use super::{PlanItem, Wording};
use crate::scope::{STUDIOS_IN_SCOPE, Scope, all, within};
use chrono::NaiveDate;
use platform::database_error;
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;
use vocabulary::{Code, Error, OrganisationNo, PersonId, PlanItemId, Result, StudioId};

/// A row of the table.
#[derive(FromRow)]
pub(crate) struct Row {
    owner_no: i32,
    id: Uuid,
    studio_id: Uuid,
    school_year: i32,
    title: String,
    owner_person_id: Option<Uuid>,
    deliverable: Option<String>,
    due_on: Option<NaiveDate>,
    measure: Option<String>,
    version: i32,
}

impl Row {
    /// The plan item.
    pub(crate) fn item(self) -> PlanItem {
        PlanItem {
            owner: OrganisationNo(self.owner_no),
            id: PlanItemId::from_uuid(self.id),
            studio: StudioId::from_uuid(self.studio_id),
            school_year: self.school_year,
            wording: Wording {
                title: self.title,
                person: self.owner_person_id.map(PersonId::from_uuid),
                deliverable: self.deliverable,
                due_on: self.due_on,
                measure: self.measure,
            },
            version: self.version,
        }
    }
}

#[derive(FromRow)]
struct Counted {
    #[sqlx(flatten)]
    row: Row,
    owner_name: Option<String>,
    tasks: i32,
    tasks_closed: i32,
}

impl Counted {
    fn shown(self) -> contract::studios::PlanItem {
        let item = self.row.item();
        contract::studios::PlanItem {
            id: item.id,
            studio: item.studio,
            school_year: item.school_year,
            title: item.wording.title,
            owner: item.wording.person,
            owner_name: self.owner_name,
            deliverable: item.wording.deliverable,
            due_on: item.wording.due_on,
            measure: item.wording.measure,
            tasks: self.tasks,
            tasks_closed: self.tasks_closed,
            version: item.version,
        }
    }
}

/// The columns of a [`Row`].
pub(crate) const COLUMNS: &str = "p.owner_no, p.id, p.studio_id, p.school_year, p.title, p.owner_person_id, p.deliverable, p.due_on, p.measure, p.version";

/// Plan items with their counts and owners' names, by due date: `chosen` is a common table expression of that name.
fn counted(chosen: &str) -> String {
    format!(
        "with {chosen} select p.*, n.name as owner_name, t.tasks, t.tasks_closed from chosen p
         cross join lateral (select count(*)::int as tasks, count(t.closed_on)::int as tasks_closed
             from studios.task t where t.owner_no = p.owner_no and t.plan_item_id = p.id) t
         left join studios.name_people(array(select owner_person_id from chosen)) n on n.id = p.owner_person_id
         order by p.due_on nulls last, p.id"
    )
}

/// The plan items of studios in a school year, at most 200 each.
pub(crate) async fn of_studios(
    connection: &mut PgConnection,
    scope: &Scope,
    studios: &[StudioId],
    school_year: i32,
) -> Result<Vec<contract::studios::PlanItem>> {
    let sql = counted(&format!(
        "{STUDIOS_IN_SCOPE}, chosen as materialized (select * from (
             select {COLUMNS}, row_number() over (partition by p.studio_id order by p.due_on nulls last, p.id) as place
             from scope c join studios.plan_item p on p.owner_no = c.owner_no and p.studio_id = c.studio_id
             where p.studio_id = any ($4) and p.school_year = $5) p where p.place <= 200)"
    ));
    let studios: Vec<Uuid> = studios.iter().map(|id| id.uuid()).collect();
    let rows = all(scope.bound::<Counted>(sql).bind(studios).bind(school_year), connection).await?;
    Ok(rows.into_iter().map(Counted::shown).collect())
}

/// Plan items by id.
pub(crate) async fn open(
    connection: &mut PgConnection,
    scope: &Scope,
    ids: &[PlanItemId],
) -> Result<Vec<contract::studios::PlanItem>> {
    let condition = within("p", "studio_id");
    let sql = counted(&format!(
        "chosen as materialized (select {COLUMNS} from studios.plan_item p where p.id = any ($4) and {condition})"
    ));
    let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    let rows = all(scope.bound::<Counted>(sql).bind(ids), connection).await?;
    Ok(rows.into_iter().map(Counted::shown).collect())
}

/// A plan item within the scope.
pub(crate) async fn find(
    connection: &mut PgConnection,
    scope: &Scope,
    id: PlanItemId,
) -> Result<Option<PlanItem>> {
    let condition = within("p", "studio_id");
    let sql = format!("select {COLUMNS} from studios.plan_item p where p.id = $4 and {condition}");
    let row = scope.bound::<Row>(sql).bind(id.uuid()).fetch_optional(connection).await;
    Ok(row.map_err(database_error)?.map(Row::item))
}

/// Adds a plan item.
pub(crate) async fn insert(connection: &mut PgConnection, item: &PlanItem) -> Result<()> {
    sqlx::query(
        "insert into studios.plan_item (owner_no, id, studio_id, school_year, title, owner_person_id, deliverable, due_on,
             measure, version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(item.owner.0)
    .bind(item.id.uuid())
    .bind(item.studio.uuid())
    .bind(item.school_year)
    .bind(&item.wording.title)
    .bind(item.wording.person.map(PersonId::uuid))
    .bind(&item.wording.deliverable)
    .bind(item.wording.due_on)
    .bind(&item.wording.measure)
    .bind(item.version)
    .execute(connection)
    .await
    .map(drop)
    .map_err(database_error)
}

/// Writes a plan item's wording and version.
pub(crate) async fn update(connection: &mut PgConnection, item: &PlanItem) -> Result<()> {
    sqlx::query(
        "update studios.plan_item set title = $3, owner_person_id = $4, deliverable = $5, due_on = $6, measure = $7,
             version = $8 where owner_no = $1 and id = $2",
    )
    .bind(item.owner.0)
    .bind(item.id.uuid())
    .bind(&item.wording.title)
    .bind(item.wording.person.map(PersonId::uuid))
    .bind(&item.wording.deliverable)
    .bind(item.wording.due_on)
    .bind(&item.wording.measure)
    .bind(item.version)
    .execute(connection)
    .await
    .map(drop)
    .map_err(database_error)
}

/// Removes a plan item that no ledger line uses.
pub(crate) async fn delete(connection: &mut PgConnection, item: &PlanItem) -> Result<()> {
    let used: i64 =
        sqlx::query_scalar("select count(*) from studios.task where owner_no = $1 and plan_item_id = $2")
            .bind(item.owner.0)
            .bind(item.id.uuid())
            .fetch_one(&mut *connection)
            .await
            .map_err(database_error)?;
    if used > 0 {
        return Err(Error::new(Code::PlanItemInUse).with("count", used));
    }
    sqlx::query("delete from studios.plan_item where owner_no = $1 and id = $2")
        .bind(item.owner.0)
        .bind(item.id.uuid())
        .execute(connection)
        .await
        .map(drop)
        .map_err(database_error)
}
