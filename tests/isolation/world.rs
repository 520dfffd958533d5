//! The raw facts of a random network: who stands where, since when, with which grants, and the records that lie there.
//!
//! Plain structs that know nothing of the services: the loader writes them into the tables, the oracle reads them here.
//! Indices into the lists stand for references. Periods of time are half-open (`until` is the first day after) for
//! organisations, and closed (`to` is the last day) for grants, memberships and assignments, as people write them.

mod make;
mod records;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;
use vocabulary::Role;

/// What kind of organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Bureau,
    School,
    Alliance,
}

/// One interval of the tree by authority.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Under {
    pub(crate) parent: usize,
    pub(crate) from: NaiveDate,
    pub(crate) until: Option<NaiveDate>,
}

#[derive(Debug, Clone)]
pub(crate) struct Organisation {
    pub(crate) id: Uuid,
    pub(crate) no: i32,
    /// How many numbers its block holds; 0 where it has none of its own.
    pub(crate) block: i32,
    pub(crate) kind: Kind,
    pub(crate) level: Option<&'static str>,
    pub(crate) name: String,
    pub(crate) code: Option<String>,
    pub(crate) place: &'static str,
    pub(crate) founded: NaiveDate,
    /// The day from which it no longer lives; with `merged`, what it went into.
    pub(crate) closed: Option<NaiveDate>,
    pub(crate) merged: Option<usize>,
    pub(crate) under: Vec<Under>,
}

#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) login: String,
    pub(crate) phone: String,
    pub(crate) home: usize,
    pub(crate) left: Option<NaiveDate>,
}

/// Where a grant stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum On {
    Organisation(usize),
    Studio(usize),
}

#[derive(Debug, Clone)]
pub(crate) struct Grant {
    pub(crate) id: Uuid,
    pub(crate) person: usize,
    pub(crate) role: Role,
    pub(crate) on: On,
    pub(crate) from: NaiveDate,
    pub(crate) to: Option<NaiveDate>,
    pub(crate) revoked: Option<DateTime<Utc>>,
    /// The membership that made it, where one did.
    pub(crate) membership: Option<usize>,
}

#[derive(Debug, Clone)]
pub(crate) struct Assignment {
    pub(crate) id: Uuid,
    pub(crate) person: usize,
    pub(crate) kind: &'static str,
    pub(crate) from: NaiveDate,
    pub(crate) to: Option<NaiveDate>,
}

#[derive(Debug, Clone)]
pub(crate) struct Class {
    pub(crate) id: Uuid,
    pub(crate) school: usize,
    pub(crate) name: String,
    pub(crate) cohort: i32,
    pub(crate) opened: NaiveDate,
    pub(crate) closed: Option<NaiveDate>,
    pub(crate) assignments: Vec<Assignment>,
}

#[derive(Debug, Clone)]
pub(crate) struct Studio {
    pub(crate) id: Uuid,
    pub(crate) owner: usize,
    pub(crate) name: String,
    pub(crate) founded: NaiveDate,
    pub(crate) closed: Option<NaiveDate>,
}

#[derive(Debug, Clone)]
pub(crate) struct Membership {
    pub(crate) id: Uuid,
    pub(crate) studio: usize,
    pub(crate) person: usize,
    /// `lead`, `coordinator` or `member`.
    pub(crate) role: &'static str,
    pub(crate) category: &'static str,
    pub(crate) from: NaiveDate,
    pub(crate) to: Option<NaiveDate>,
}

#[derive(Debug, Clone)]
pub(crate) struct PlanItem {
    pub(crate) id: Uuid,
    pub(crate) studio: usize,
    pub(crate) title: String,
}

#[derive(Debug, Clone)]
pub(crate) struct Task {
    pub(crate) id: Uuid,
    pub(crate) history: Uuid,
    pub(crate) studio: usize,
    pub(crate) plan_item: Option<usize>,
    pub(crate) title: String,
    pub(crate) owner: Option<usize>,
    pub(crate) due: NaiveDate,
    pub(crate) closed: Option<NaiveDate>,
}

/// A session of a studio.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    pub(crate) id: Uuid,
    pub(crate) studio: usize,
    pub(crate) title: String,
    /// The day in Shanghai on which it begins.
    pub(crate) on: NaiveDate,
    pub(crate) starts: DateTime<Utc>,
    /// `planned`, `held` or `cancelled`.
    pub(crate) state: &'static str,
    pub(crate) functions: Vec<&'static str>,
    pub(crate) joint: bool,
    /// Who was expected, and whether they came.
    pub(crate) attendance: Vec<(usize, bool)>,
}

/// A line of a service's audit.
#[derive(Debug, Clone)]
pub(crate) struct Audit {
    pub(crate) id: Uuid,
    pub(crate) service: &'static str,
    pub(crate) owner: usize,
    pub(crate) studio: Option<usize>,
    pub(crate) person: usize,
    pub(crate) action: &'static str,
    pub(crate) at: DateTime<Utc>,
}

/// Everything.
#[derive(Debug, Clone)]
pub(crate) struct World {
    pub(crate) seed: u64,
    /// The days on which the test asks: today, and one after facts that are known today but hold later.
    pub(crate) days: [NaiveDate; 2],
    pub(crate) organisations: Vec<Organisation>,
    pub(crate) people: Vec<Person>,
    pub(crate) grants: Vec<Grant>,
    pub(crate) classes: Vec<Class>,
    pub(crate) studios: Vec<Studio>,
    pub(crate) memberships: Vec<Membership>,
    pub(crate) plan_items: Vec<PlanItem>,
    pub(crate) tasks: Vec<Task>,
    pub(crate) sessions: Vec<Session>,
    pub(crate) audits: Vec<Audit>,
}

/// A day, for facts and tests.
pub(crate) fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// Noon in Shanghai of a day.
pub(crate) fn noon(day: NaiveDate) -> DateTime<Utc> {
    day.and_hms_opt(4, 0, 0).unwrap().and_utc()
}
