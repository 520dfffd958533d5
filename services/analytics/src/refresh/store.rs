//! The SQL of facts, lineage and sheets as they are written.

use super::{Head, Place, Sheet};
use crate::figures::SLOTS;
use crate::records::Subject;
use crate::sheet::state_number;
use chrono::NaiveDate;
use contract::analytics::RecordKind;
use platform::{Database, database_error};
use sqlx::PgConnection;
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;
use vocabulary::{INDICATORS, METRICS, OrganisationNo, Result, SubjectKind};

/// The number of a record's kind in the lineage.
pub(crate) const fn kind_number(kind: RecordKind) -> i16 {
    match kind {
        RecordKind::Task => 0,
        RecordKind::Member => 1,
        RecordKind::Class => 2,
        RecordKind::Session => 3,
    }
}

/// The sheets that an organisation has.
pub(super) async fn heads(
    connection: &mut PgConnection,
    owner: OrganisationNo,
) -> Result<BTreeMap<Place, Head>> {
    let rows: Vec<(String, Uuid, NaiveDate, i16)> =
        sqlx::query_as("select period, subject, as_of, evidence from analytics.sheet where owner_no = $1")
            .bind(owner.0)
            .fetch_all(connection)
            .await
            .map_err(database_error)?;
    let head = |(period, subject, as_of, evidence): (String, Uuid, _, _)| {
        Ok(((period.parse()?, Subject::from_key(subject)), Head { as_of, evidence }))
    };
    rows.into_iter().map(head).collect()
}

fn keys<'a>(places: impl Iterator<Item = &'a Place>) -> (Vec<String>, Vec<Uuid>) {
    places.map(|(period, subject)| (period.to_string(), subject.key())).unzip()
}

/// Removes sheets with their facts and lineage.
pub(super) async fn remove(
    connection: &mut PgConnection,
    owner: OrganisationNo,
    places: &[Place],
) -> Result<()> {
    let (periods, subjects) = keys(places.iter());
    for statement in [
        "delete from analytics.fact_record where owner_no = $1
         and (period, subject) in (select * from unnest($2::text[], $3::uuid[]))",
        "delete from analytics.fact where owner_no = $1
         and (period, subject) in (select * from unnest($2::text[], $3::uuid[]))",
        "delete from analytics.sheet where owner_no = $1
         and (period, subject) in (select * from unnest($2::text[], $3::uuid[]))",
    ] {
        let delete = sqlx::query(statement).bind(owner.0).bind(&periods).bind(&subjects);
        delete.execute(&mut *connection).await.map_err(database_error)?;
    }
    Ok(())
}

/// A line's place: its period and subject, the metric, the record, and whether it counts.
type Key = (String, Uuid, i16, Uuid, bool);

/// Columns of the lineage, as arrays.
#[derive(Default)]
struct Keys {
    periods: Vec<String>,
    subjects: Vec<Uuid>,
    metrics: Vec<i16>,
    records: Vec<Uuid>,
    counts: Vec<bool>,
}

impl Keys {
    fn push(&mut self, (period, subject, metric, record, counts): Key) {
        self.periods.push(period);
        self.subjects.push(subject);
        self.metrics.push(metric);
        self.records.push(record);
        self.counts.push(counts);
    }
}

#[derive(sqlx::FromRow)]
struct LineRow {
    period: String,
    subject: Uuid,
    metric: i16,
    record_id: Uuid,
    counts: bool,
    weight: f64,
}

/// The lineage that stands behind sheets: the weight of each line.
async fn lineage(
    connection: &mut PgConnection,
    owner: OrganisationNo,
    sheets: &[Sheet],
) -> Result<HashMap<Key, f64>> {
    let (periods, subjects) = keys(sheets.iter().map(|sheet| &sheet.place));
    let rows: Vec<LineRow> = sqlx::query_as(
        "select f.period, f.subject, f.metric, f.record_id, f.counts, f.weight
         from unnest($2::text[], $3::uuid[]) n (period, subject)
         join analytics.fact_record f on f.owner_no = $1 and f.period = n.period and f.subject = n.subject",
    )
    .bind(owner.0)
    .bind(&periods)
    .bind(&subjects)
    .fetch_all(connection)
    .await
    .map_err(database_error)?;
    let line = |row: LineRow| ((row.period, row.subject, row.metric, row.record_id, row.counts), row.weight);
    Ok(rows.into_iter().map(line).collect())
}

/// Writes the lineage of sheets: what is no longer behind a figure goes, what differs is changed. The comparison is made
/// here: of a thousand lines behind a sheet a change moves a few, and only those go to the database.
pub(super) async fn put_lineage(
    connection: &mut PgConnection,
    owner: OrganisationNo,
    sheets: &[Sheet],
) -> Result<()> {
    let mut there = lineage(&mut *connection, owner, sheets).await?;
    let mut new = Keys::default();
    let (mut studios, mut kinds, mut weights) = (Vec::new(), Vec::new(), Vec::new());
    for Sheet { place: (period, subject), figures, .. } in sheets {
        let period = period.to_string();
        for (metric, line) in
            (0i16..).zip(figures).flat_map(|(metric, c)| c.lines.iter().map(move |l| (metric, l)))
        {
            let key = (period.clone(), subject.key(), metric, line.id, line.counts);
            // Weights are doubles on both sides, and come back from the database bit by bit.
            if there.remove(&key).map(f64::to_bits) != Some(line.weight.to_bits()) {
                new.push(key);
                studios.push(subject.studio());
                kinds.push(kind_number(line.kind));
                weights.push(line.weight);
            }
        }
    }
    let mut gone = Keys::default();
    for key in there.into_keys() {
        gone.push(key);
    }
    if !gone.records.is_empty() {
        delete_lines(&mut *connection, owner, &gone).await?;
    }
    if new.records.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "insert into analytics.fact_record (owner_no, period, subject, metric, record_id, counts, studio_id, record_kind,
             weight)
         select $1, n.* from unnest($2::text[], $3::uuid[], $4::smallint[], $5::uuid[], $6::boolean[], $7::uuid[],
             $8::smallint[], $9::double precision[]) n
         on conflict on constraint fact_record_pkey do update set weight = excluded.weight",
    )
    .bind(owner.0)
    .bind(&new.periods)
    .bind(&new.subjects)
    .bind(&new.metrics)
    .bind(&new.records)
    .bind(&new.counts)
    .bind(&studios)
    .bind(&kinds)
    .bind(&weights)
    .execute(connection)
    .await
    .map(drop)
    .map_err(database_error)
}

async fn delete_lines(connection: &mut PgConnection, owner: OrganisationNo, gone: &Keys) -> Result<()> {
    sqlx::query(
        "delete from analytics.fact_record f
         using unnest($2::text[], $3::uuid[], $4::smallint[], $5::uuid[], $6::boolean[])
             n (period, subject, metric, record_id, counts)
         where f.owner_no = $1 and f.period = n.period and f.subject = n.subject and f.metric = n.metric
             and f.record_id = n.record_id and f.counts = n.counts",
    )
    .bind(owner.0)
    .bind(&gone.periods)
    .bind(&gone.subjects)
    .bind(&gone.metrics)
    .bind(&gone.records)
    .bind(&gone.counts)
    .execute(connection)
    .await
    .map(drop)
    .map_err(database_error)
}

/// Whether a metric is asked of the subject: those about the school are not asked of a studio.
fn asked(slot: usize, subject: Subject) -> bool {
    let indicator = METRICS.get(slot).map(|metric| metric.indicator.as_str());
    let about =
        INDICATORS.iter().find(|known| Some(known.number.as_str()) == indicator).map(|known| known.subject);
    subject == Subject::Organisation || about != Some(SubjectKind::School)
}

/// Writes the facts of sheets where they differ.
pub(super) async fn put_facts(
    connection: &mut PgConnection,
    owner: OrganisationNo,
    sheets: &[Sheet],
) -> Result<()> {
    let (mut places, mut metrics, mut studios) = (Vec::new(), Vec::new(), Vec::new());
    let (mut states, mut missing) = (Vec::new(), Vec::new());
    let (mut numerators, mut denominators, mut values) = (Vec::new(), Vec::new(), Vec::new());
    for sheet in sheets {
        for slot in (0..SLOTS).filter(|slot| asked(*slot, sheet.place.1)) {
            let figure = sheet.figures[slot].figure;
            places.push(&sheet.place);
            metrics.push(i16::try_from(slot).unwrap_or(i16::MAX));
            studios.push(sheet.place.1.studio());
            states.push(i16::from(state_number(figure.state)));
            missing.push(i16::from(figure.missing));
            numerators.push(figure.numerator);
            denominators.push(figure.denominator);
            values.push(figure.value);
        }
    }
    let (periods, subjects) = keys(places.into_iter());
    sqlx::query(
        "insert into analytics.fact as f (owner_no, period, subject, metric, studio_id, state, missing, numerator,
             denominator, value)
         select $1, n.* from unnest($2::text[], $3::uuid[], $4::smallint[], $5::uuid[], $6::smallint[], $7::smallint[],
             $8::double precision[], $9::double precision[], $10::double precision[]) n
         on conflict on constraint fact_pkey do update set state = excluded.state, missing = excluded.missing,
             numerator = excluded.numerator, denominator = excluded.denominator, value = excluded.value
         where (f.state, f.missing, f.numerator, f.denominator, f.value) is distinct from
             (excluded.state, excluded.missing, excluded.numerator, excluded.denominator, excluded.value)",
    )
    .bind(owner.0)
    .bind(&periods)
    .bind(&subjects)
    .bind(&metrics)
    .bind(&studios)
    .bind(&states)
    .bind(&missing)
    .bind(&numerators)
    .bind(&denominators)
    .bind(&values)
    .execute(connection)
    .await
    .map(drop)
    .map_err(database_error)
}

/// Writes sheets where they differ.
pub(super) async fn put_sheets(
    connection: &mut PgConnection,
    owner: OrganisationNo,
    sheets: &[Sheet],
) -> Result<()> {
    let (periods, subjects) = keys(sheets.iter().map(|sheet| &sheet.place));
    let studios: Vec<Option<Uuid>> = sheets.iter().map(|sheet| sheet.place.1.studio()).collect();
    let last_days: Vec<NaiveDate> = sheets.iter().map(|sheet| sheet.place.0.last_day()).collect();
    let as_of: Vec<NaiveDate> = sheets.iter().map(|sheet| sheet.head.as_of).collect();
    let evidence: Vec<i16> = sheets.iter().map(|sheet| sheet.head.evidence).collect();
    let figures: Vec<Vec<u8>> = sheets.iter().map(Sheet::packed).collect();
    sqlx::query(
        "insert into analytics.sheet as s (owner_no, period, subject, studio_id, last_day, as_of, evidence, figures)
         select $1, n.* from unnest($2::text[], $3::uuid[], $4::uuid[], $5::date[], $6::date[], $7::smallint[],
             $8::bytea[]) n
         on conflict on constraint sheet_pkey do update set as_of = excluded.as_of, evidence = excluded.evidence,
             figures = excluded.figures
         where (s.as_of, s.evidence, s.figures) is distinct from (excluded.as_of, excluded.evidence, excluded.figures)",
    )
    .bind(owner.0)
    .bind(&periods)
    .bind(&subjects)
    .bind(&studios)
    .bind(&last_days)
    .bind(&as_of)
    .bind(&evidence)
    .bind(&figures)
    .execute(connection)
    .await
    .map(drop)
    .map_err(database_error)
}

/// The next organisations after a number that have a sheet of an earlier day than it could be: at most 200, through a
/// keeper, since they are everybody's.
pub(crate) async fn stale_owners(
    database: &Database,
    today: NaiveDate,
    after: i32,
) -> Result<Vec<OrganisationNo>> {
    let owners: Vec<i32> = sqlx::query_scalar("select analytics.stale_owners($1, $2, 200)")
        .bind(today)
        .bind(after)
        .fetch_all(database.unscoped())
        .await
        .map_err(database_error)?;
    Ok(owners.into_iter().map(OrganisationNo).collect())
}

/// Forgets everything derived, and that a consumer applied it: through a keeper.
pub(crate) async fn forget(database: &Database, consumer: &str) -> Result<()> {
    let forget = sqlx::query("select analytics.forget($1)").bind(consumer);
    forget.execute(database.unscoped()).await.map(drop).map_err(database_error)
}
