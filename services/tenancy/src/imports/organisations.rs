//! Rows of organisations: founded in the order of the tree.

use super::directory::Directory;
use super::{Tally, fault};
use crate::organisations::store::{Queue, queue};
use crate::organisations::{Founding, credit_code, found, lower, place_code, school_code};
use crate::policy::{Action, may};
use crate::words::{founding_day, variant};
use contract::tenancy::{BureauLevel, OrganisationKind};
use platform::Work;
use platform::imports::{Job, Progress};
use spreadsheets::{Faults, Row, Rows};
use std::collections::{HashMap, HashSet};
use vocabulary::{Code, Error, OrganisationNo, Result};

pub(super) async fn import(
    work: &mut Work,
    job: &Job,
    progress: &mut Progress,
    rows: &mut Rows,
) -> Result<Tally> {
    may(&job.principal, Action::ManageOrganisations)?;
    queue(work, Queue::Tree).await?;
    let mut directory = Directory::of(work, job).await?;
    let mut tally = Tally::default();
    let Rows { rows, faults, .. } = rows;
    // Higher bureaus first, whatever the file's order: lower ones and schools may name them.
    let order = |row: &&Row| match (row.choice("kind"), row.choice("level")) {
        (Some("bureau"), Some("province")) => 0,
        (Some("bureau"), Some("city")) => 1,
        (Some("bureau"), _) => 2,
        _ => 3,
    };
    let mut sorted: Vec<&Row> = rows.iter().collect();
    sorted.sort_by_key(order);
    let count = sorted.len();
    let bureaus = rows.iter().filter(|row| row.choice("kind") == Some("bureau"));
    let mut file = File { bureaus: bureaus.filter_map(|row| row.text("name")).collect(), ..File::default() };
    for (done, row) in sorted.into_iter().enumerate() {
        progress.set(done, count).await?;
        one(work, &mut directory, &mut file, row, faults, &mut tally).await?;
    }
    Ok(tally)
}

/// What the file itself says, beside what is there already.
#[derive(Default)]
struct File<'a> {
    /// The bureaus that it names; one whose own row is wrong makes no fault of the rows below it.
    bureaus: HashSet<&'a str>,
    /// Authority and name of each row so far.
    listed: HashSet<(OrganisationNo, &'a str)>,
    /// Who has a code, of the rows so far.
    codes: HashMap<&'a str, &'a str>,
}

impl<'a> File<'a> {
    /// Whether a row stands there already, or its code under another name.
    fn repeats(
        &mut self,
        row: &'a Row,
        name: &'a str,
        authority: OrganisationNo,
        faults: &mut Faults,
    ) -> bool {
        if !self.listed.insert((authority, name)) {
            let zh = "机构名称：本文件中已有这个机构";
            faults.add(row.number, "name", "twice_in_file", zh, "Name: stands in this file already");
            return true;
        }
        for (column, code) in [("school_code", Code::SchoolCodeTaken), ("credit_code", Code::CreditCodeTaken)]
        {
            let Some(text) = row.text(column) else { continue };
            if *self.codes.entry(text).or_insert(name) != name {
                fault(faults, row.number, column, &Error::new(code));
                return true;
            }
        }
        false
    }
}

async fn one<'a>(
    work: &mut Work,
    directory: &mut Directory,
    file: &mut File<'a>,
    row: &'a Row,
    faults: &mut Faults,
    tally: &mut Tally,
) -> Result<()> {
    let (Some(kind), Some(name), Some(founded_on)) =
        (row.choice("kind"), row.text("name"), row.date("founded_on"))
    else {
        return Ok(());
    };
    let authority = match directory.find(row.text("authority")) {
        Ok(authority) => authority,
        Err(_) if row.text("authority").is_some_and(|named| file.bureaus.contains(named)) => return Ok(()),
        Err((zh, en)) => {
            faults.add(row.number, "authority", "organisation_unknown", zh, en);
            return Ok(());
        }
    };
    // A row with an unreadable cell has its fault: what follows from the lack of the value is no other.
    if file.repeats(row, name, authority.no, faults) || faults.has_row(row.number) {
        return Ok(());
    }
    let code = row.text("school_code").or_else(|| row.text("credit_code"));
    if directory.same(name, Some(authority.no.0), code).is_some() {
        tally.unchanged += 1;
        return Ok(());
    }
    if authority.kind != OrganisationKind::Bureau {
        fault(faults, row.number, "authority", &Error::new(Code::OrganisationKind));
        return Ok(());
    }
    let (no, above) = (authority.no, authority.level);
    match founding(row, kind, name, no, founded_on) {
        Ok(founding) if !lower(founding.level, above) => {
            fault(faults, row.number, "level", &Error::new(Code::OrganisationKind));
        }
        Ok(founding) => match found(work, &founding).await {
            Ok(organisation) => {
                directory.add(&organisation);
                tally.created += 1;
            }
            Err(error) if error.expected() => fault(faults, row.number, column(&error), &error),
            Err(error) => return Err(error),
        },
        Err(error) => fault(faults, row.number, column(&error), &error),
    }
    Ok(())
}

fn column(error: &Error) -> &'static str {
    match error.fault().field.as_deref() {
        Some("schoolCode") => "school_code",
        Some("creditCode") => "credit_code",
        Some("placeCode") => "place_code",
        Some("level") => "level",
        Some("foundedOn") => "founded_on",
        Some("authority") => "authority",
        _ => "name",
    }
}

fn founding(
    row: &Row,
    kind: &str,
    name: &str,
    authority: OrganisationNo,
    founded_on: chrono::NaiveDate,
) -> Result<Founding> {
    let kind: OrganisationKind = variant(kind)?;
    let level: Option<BureauLevel> = row.choice("level").map(variant).transpose()?;
    if kind == OrganisationKind::Bureau && level.is_none() {
        return Err(Error::new(Code::Required).on("level"));
    }
    let school_code = row.text("school_code").map(school_code).transpose()?;
    let credit_code = row.text("credit_code").map(credit_code).transpose()?;
    if kind == OrganisationKind::School && school_code.is_none() && credit_code.is_none() {
        return Err(Error::new(Code::CodeMissing).on("schoolCode"));
    }
    Ok(Founding {
        kind,
        level: level.filter(|_| kind == OrganisationKind::Bureau),
        name: name.to_owned(),
        authority,
        place_code: row.text("place_code").map(place_code).transpose()?,
        school_code: school_code.filter(|_| kind == OrganisationKind::School),
        credit_code,
        founded_on: founding_day("foundedOn", founded_on)?,
    })
}
