//! What the rows of a file speak of, found at once: organisations and studios that the importer writes, and people by
//! their account names.

use super::{fault, store};
use crate::people::{self, Person};
use crate::studio::Studio;
use chrono::NaiveDate;
use platform::Work;
use platform::imports::Job;
use spreadsheets::{Faults, Row, Rows};
use std::collections::{BTreeSet, HashMap};
use vocabulary::{Code, Error, OrganisationNo, Result};

/// Organisations, studios and people that a file speaks of.
pub(super) struct Directory {
    own: OrganisationNo,
    organisations: HashMap<String, Vec<OrganisationNo>>,
    /// All studios of these names; closed ones too.
    studios: HashMap<String, Vec<Studio>>,
    people: HashMap<String, Person>,
}

/// An account name as it is compared.
pub(super) fn login(row: &Row) -> Option<String> {
    row.text("login").map(str::to_lowercase)
}

impl Directory {
    /// Finds all of them; studios are locked until the import ends.
    pub(super) async fn find(work: &mut Work, job: &Job, rows: &Rows) -> Result<Self> {
        let today = work.today();
        Self::as_of(work, job, rows, today).await
    }

    /// The same, with the people who were there on an earlier day, also those who have left since.
    pub(super) async fn as_of(work: &mut Work, job: &Job, rows: &Rows, day: NaiveDate) -> Result<Self> {
        let texts = |key: &'static str| -> Vec<String> {
            let found: BTreeSet<&str> = rows.rows.iter().filter_map(|row| row.text(key)).collect();
            found.into_iter().map(str::to_owned).collect()
        };
        let today = work.today();
        let writable = &job.principal.writable;
        let mut organisations: HashMap<String, Vec<OrganisationNo>> = HashMap::new();
        for (name, no) in store::organisations(&mut *work, writable, &texts("owner"), today).await? {
            organisations.entry(name).or_default().push(no);
        }
        let mut studios: HashMap<String, Vec<Studio>> = HashMap::new();
        for studio in store::studios(&mut *work, writable, &texts("studio")).await? {
            studios.entry(studio.charter.name.clone()).or_default().push(studio);
        }
        let logins: BTreeSet<String> = rows.rows.iter().filter_map(login).collect();
        let logins: Vec<String> = logins.into_iter().collect();
        let people = people::store::find(&mut *work, &logins, day.min(today)).await?;
        Ok(Self { own: job.owner, organisations, studios, people })
    }

    /// The organisation that a row names, or else the import's own.
    pub(super) fn owner(&self, row: &Row, faults: &mut Faults) -> Option<OrganisationNo> {
        let Some(name) = row.text("owner") else { return Some(self.own) };
        match self.organisations.get(name).map(Vec::as_slice) {
            Some([no]) => Some(*no),
            Some(several) if several.contains(&self.own) => Some(self.own),
            Some(_) => {
                let zh = format!("所属单位：有多个单位名为“{name}”，请分别登录各单位导入");
                let en = format!("Organisation: several are named {name}; import them under each");
                faults.add(row.number, "owner", "organisation_ambiguous", zh, en);
                None
            }
            None => {
                let zh = format!("所属单位：您的管理范围内没有“{name}”，请核对全称");
                let en = format!("Organisation: there is no {name} in your scope; check its full name");
                faults.add(row.number, "owner", "organisation_unknown", zh, en);
                None
            }
        }
    }

    /// The organisation's studio of this name: the living one, else a closed one.
    pub(super) fn studio_of(&self, owner: OrganisationNo, name: &str) -> Option<&Studio> {
        let all = self.studios.get(name)?.iter().filter(|studio| studio.owner == owner);
        all.min_by_key(|studio| studio.closed_on.is_some())
    }

    /// The living studio that a row names: of the organisation that it names, else of the import's own, else the only
    /// one of that name.
    pub(super) fn studio(&self, row: &Row, faults: &mut Faults) -> Option<&Studio> {
        let name = row.text("studio")?;
        let owner = self.owner(row, faults)?;
        let found = match self.studio_of(owner, name) {
            Some(studio) => Some(studio),
            None if row.text("owner").is_none() => match self.studios.get(name).map(Vec::as_slice) {
                Some([only]) => Some(only),
                _ => None,
            },
            None => None,
        };
        let Some(studio) = found else {
            let zh = format!("工作室名称：没有找到“{name}”；如不在本单位，请填写所属单位");
            let en = format!("Studio: there is no {name}; name its organisation if it is not this one");
            faults.add(row.number, "studio", "studio_unknown", zh, en);
            return None;
        };
        if studio.closed_on.is_some() {
            fault(faults, row.number, "studio", &Error::new(Code::StudioClosed));
            return None;
        }
        Some(studio)
    }

    /// The person whose account name a row gives; none where it gives none.
    pub(super) fn person(&self, row: &Row, faults: &mut Faults) -> Option<&Person> {
        let login = login(row)?;
        let found = self.people.get(&login);
        if found.is_none() {
            fault(faults, row.number, "login", &Error::new(Code::PersonUnknown));
        }
        found
    }
}
