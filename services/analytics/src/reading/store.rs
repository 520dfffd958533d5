//! The SQL of figures as they are read. Every query says the caller's scope; the policies say it again.

use super::Found;
use crate::records::Subject;
use crate::records::store::supplementary;
use chrono::NaiveDate;
use contract::analytics::{Record, RecordKind};
use platform::{Read, database_error};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;
use vocabulary::{Error, OrganisationNo, Period, Principal, Result, StudioId, metric};

fn studios(principal: &Principal) -> Vec<Uuid> {
    principal.studios.iter().map(|studio| studio.uuid()).collect()
}

/// The sheets of whole schools, by number.
pub(super) async fn school_sheets(
    read: &mut Read,
    principal: &Principal,
    period: Period,
    schools: &[OrganisationNo],
) -> Result<HashMap<OrganisationNo, Found>> {
    let (lower, upper) = principal.readable.ends();
    let schools: Vec<i32> = schools.iter().map(|no| no.0).collect();
    let rows: Vec<(i32, NaiveDate, Vec<u8>)> = sqlx::query_as(
        "select s.owner_no, s.as_of, s.figures from analytics.sheet s
         where s.owner_no = any ($3) and s.period = $4 and s.subject = $5
         and exists (select from unnest($1::int[], $2::int[]) r (lo, hi) where s.owner_no >= r.lo and s.owner_no < r.hi)",
    )
    .bind(&lower)
    .bind(&upper)
    .bind(&schools)
    .bind(period.to_string())
    .bind(Subject::Organisation.key())
    .fetch_all(&mut **read)
    .await
    .map_err(database_error)?;
    Ok(rows.into_iter().map(|(no, as_of, bytes)| (OrganisationNo(no), (as_of, bytes))).collect())
}

/// The studios that may be read, each with its sheet where it has one.
pub(super) async fn studio_sheets(
    read: &mut Read,
    principal: &Principal,
    period: Period,
    ids: &[StudioId],
) -> Result<HashMap<StudioId, Option<Found>>> {
    let (lower, upper) = principal.readable.ends();
    let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    let rows: Vec<(Uuid, Option<NaiveDate>, Option<Vec<u8>>)> = sqlx::query_as(
        "select t.id, s.as_of, s.figures from analytics.studio t
         left join analytics.sheet s on s.owner_no = t.owner_no and s.subject = t.id and s.period = $4
         where t.id = any ($5) and (t.id = any ($3)
             or exists (select from unnest($1::int[], $2::int[]) r (lo, hi) where t.owner_no >= r.lo and t.owner_no < r.hi))",
    )
    .bind(&lower)
    .bind(&upper)
    .bind(studios(principal))
    .bind(period.to_string())
    .bind(&ids)
    .fetch_all(&mut **read)
    .await
    .map_err(database_error)?;
    Ok(rows.into_iter().map(|(id, as_of, bytes)| (StudioId::from_uuid(id), as_of.zip(bytes))).collect())
}

/// Whose studio it is, where it may be read.
pub(super) async fn studio_owner(
    read: &mut Read,
    principal: &Principal,
    studio: StudioId,
) -> Result<Option<OrganisationNo>> {
    let (lower, upper) = principal.readable.ends();
    let owner: Option<i32> = sqlx::query_scalar(
        "select t.owner_no from analytics.studio t where t.id = $4 and (t.id = any ($3)
             or exists (select from unnest($1::int[], $2::int[]) r (lo, hi) where t.owner_no >= r.lo and t.owner_no < r.hi))",
    )
    .bind(&lower)
    .bind(&upper)
    .bind(studios(principal))
    .bind(studio.uuid())
    .fetch_optional(&mut **read)
    .await
    .map_err(database_error)?;
    Ok(owner.map(OrganisationNo))
}

/// The sheets of one subject in these periods, by the period's name.
pub(super) async fn sheets_of(
    read: &mut Read,
    principal: &Principal,
    owner: OrganisationNo,
    subject: Subject,
    periods: &[Period],
) -> Result<Vec<(String, Vec<u8>)>> {
    let (lower, upper) = principal.readable.ends();
    let periods: Vec<String> = periods.iter().map(Period::to_string).collect();
    sqlx::query_as(
        "select s.period, s.figures from analytics.sheet s
         where s.owner_no = $4 and s.subject = $5 and s.period = any ($6) and (s.studio_id = any ($3)
             or exists (select from unnest($1::int[], $2::int[]) r (lo, hi) where s.owner_no >= r.lo and s.owner_no < r.hi))",
    )
    .bind(&lower)
    .bind(&upper)
    .bind(studios(principal))
    .bind(owner.0)
    .bind(subject.key())
    .bind(&periods)
    .fetch_all(&mut **read)
    .await
    .map_err(database_error)
}

/// Whose figure's records are asked for, and which half comes first.
pub(super) struct Which {
    pub(super) owner: OrganisationNo,
    pub(super) subject: Subject,
    pub(super) period: Period,
    pub(super) slot: usize,
    pub(super) counted_first: bool,
}

impl Which {
    fn metric(&self) -> i16 {
        i16::try_from(self.slot).unwrap_or(i16::MAX)
    }
}

/// Where the page before ended.
pub(super) struct After {
    pub(super) second: bool,
    pub(super) weight: f64,
    pub(super) id: Uuid,
}

/// A record, and whether it comes in the second half.
pub(super) struct FoundLine {
    pub(super) second: bool,
    pub(super) record: Record,
}

/// How many records stand behind a figure, counted to one more than 10,000.
pub(super) async fn count_lines(read: &mut Read, principal: &Principal, which: &Which) -> Result<i64> {
    let (lower, upper) = principal.readable.ends();
    sqlx::query_scalar(
        "select count(*) from (select 1 from analytics.fact_record f
         where f.owner_no = $4 and f.period = $5 and f.subject = $6 and f.metric = $7 and (f.studio_id = any ($3)
             or exists (select from unnest($1::int[], $2::int[]) r (lo, hi) where f.owner_no >= r.lo and f.owner_no < r.hi))
         limit 10001) counted",
    )
    .bind(&lower)
    .bind(&upper)
    .bind(studios(principal))
    .bind(which.owner.0)
    .bind(which.period.to_string())
    .bind(which.subject.key())
    .bind(which.metric())
    .fetch_one(&mut **read)
    .await
    .map_err(database_error)
}

/// Records behind a figure after a place: one half, then the other, the heaviest first in each.
pub(super) async fn lines(
    read: &mut Read,
    principal: &Principal,
    which: &Which,
    after: Option<After>,
    at_most: i64,
) -> Result<Vec<FoundLine>> {
    let (lower, upper) = principal.readable.ends();
    let rows: Vec<(bool, i16, Uuid, bool, f64)> = sqlx::query_as(
        "select f.counts <> $8, f.record_kind, f.record_id, f.counts, f.weight from analytics.fact_record f
         where f.owner_no = $4 and f.period = $5 and f.subject = $6 and f.metric = $7 and (f.studio_id = any ($3)
             or exists (select from unnest($1::int[], $2::int[]) r (lo, hi) where f.owner_no >= r.lo and f.owner_no < r.hi))
         and ($9::boolean is null or (f.counts <> $8, -f.weight, f.record_id) > ($9, -$10::double precision, $11::uuid))
         order by f.counts <> $8, f.weight desc, f.record_id limit $12",
    )
    .bind(&lower)
    .bind(&upper)
    .bind(studios(principal))
    .bind(which.owner.0)
    .bind(which.period.to_string())
    .bind(which.subject.key())
    .bind(which.metric())
    .bind(which.counted_first)
    .bind(after.as_ref().map(|after| after.second))
    .bind(after.as_ref().map(|after| after.weight))
    .bind(after.as_ref().map(|after| after.id))
    .bind(at_most)
    .fetch_all(&mut **read)
    .await
    .map_err(database_error)?;
    let line = |(second, kind, id, counts, weight)| {
        let kind = match kind {
            0 => RecordKind::Task,
            1 => RecordKind::Member,
            2 => RecordKind::Class,
            3 => RecordKind::Session,
            other => return Err(Error::internal(format!("no kind of record {other}"))),
        };
        Ok(FoundLine { second, record: Record { kind, id, counts, weight } })
    };
    rows.into_iter().map(line).collect()
}

/// What has no sum, over a set of schools together.
#[derive(Debug, Clone, Default)]
pub(super) struct Pooled {
    /// The median days overdue of all overdue tasks.
    pub(super) median: Option<f64>,
    /// Supplementary categories that occur.
    pub(super) categories: u32,
    /// How many sessions serve each function that occurs.
    pub(super) served: Vec<u32>,
}

/// What has no sum, from the records behind: aligned with the sets, whose schools all lie within the scope.
pub(super) async fn pooled(
    read: &mut Read,
    principal: &Principal,
    period: Period,
    sets: &[BTreeSet<OrganisationNo>],
) -> Result<Vec<Pooled>> {
    let (lower, upper) = principal.readable.ends();
    let pairs = (0i32..).zip(sets).flat_map(|(at, set)| set.iter().map(move |no| (at, no.0)));
    let (at, schools): (Vec<i32>, Vec<i32>) = pairs.unzip();
    let slot = |id| metric(id).and_then(|(slot, _)| i16::try_from(slot).ok()).unwrap_or(i16::MAX);
    let rows: Vec<(i32, Option<f64>, i64, Vec<i64>)> = sqlx::query_as(
        "with wanted as (
             select w.at, w.no from unnest($3::int[], $4::int[]) w (at, no)
             where exists (select from unnest($1::int[], $2::int[]) r (lo, hi) where w.no >= r.lo and w.no < r.hi)
         ), late as (
             select w.at, percentile_cont(0.5) within group (order by f.weight) as median
             from wanted w join analytics.fact_record f on f.owner_no = w.no and f.period = $5 and f.subject = $6 and f.metric = $7
             group by w.at
         ), brought as (
             select w.at, count(distinct c) as categories
             from wanted w join analytics.fact_record f on f.owner_no = w.no and f.period = $5 and f.subject = $6 and f.metric = $8
             join analytics.membership m on m.owner_no = f.owner_no and m.id = f.record_id
             cross join lateral unnest(m.categories) c
             where c = any ($9)
             group by w.at
         ), served as (
             select w.at, g, count(*) as sessions
             from wanted w join analytics.fact_record f on f.owner_no = w.no and f.period = $5 and f.subject = $6 and f.metric = $10
             join analytics.session s on s.owner_no = f.owner_no and s.id = f.record_id
             cross join lateral unnest(s.functions) g
             group by w.at, g
         ), spread as (
             select served.at, array_agg(served.sessions) as functions from served group by served.at
         )
         select a.at, late.median, coalesce(brought.categories, 0), coalesce(spread.functions, '{}')
         from (select distinct at from wanted) a left join late using (at) left join brought using (at)
         left join spread using (at)",
    )
    .bind(&lower)
    .bind(&upper)
    .bind(&at)
    .bind(&schools)
    .bind(period.to_string())
    .bind(Subject::Organisation.key())
    .bind(slot("3.3.1.c"))
    .bind(slot("2.1.1.b"))
    .bind(supplementary())
    .bind(slot("1.2.1.c"))
    .fetch_all(&mut **read)
    .await
    .map_err(database_error)?;
    let mut pooled = vec![Pooled::default(); sets.len()];
    let number = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    for (at, median, categories, served) in rows {
        if let Some(slot) = usize::try_from(at).ok().and_then(|at| pooled.get_mut(at)) {
            let served = served.into_iter().map(number).collect();
            *slot = Pooled { median, categories: number(categories), served };
        }
    }
    Ok(pooled)
}
