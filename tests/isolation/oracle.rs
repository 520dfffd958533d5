//! The oracle: what a person under a hat may read and write on a day, from the raw facts alone.
//!
//! Written for simplicity and apart from the services: recursion over parents, sets of numbers, no SQL, and of our
//! crates only vocabulary.

use crate::isolation::world::{Grant, Kind, On, World, noon};
use chrono::NaiveDate;
use std::collections::BTreeSet;
use uuid::Uuid;
use vocabulary::Role;

/// What follows from a hat.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Rights {
    /// Numbers of organisations whose rows may be read.
    pub(crate) reads: BTreeSet<i32>,
    /// Numbers of organisations whose rows may be written.
    pub(crate) writes: BTreeSet<i32>,
    /// Studios whose rows may be read although their organisation may not.
    pub(crate) studios: BTreeSet<Uuid>,
    /// Studios whose rows may be written although their organisation may not.
    pub(crate) studios_writable: BTreeSet<Uuid>,
}

impl Rights {
    /// Whether a row of the organisation, or of the studio where it belongs to one, may be read.
    pub(crate) fn read(&self, no: i32, studio: Option<Uuid>) -> bool {
        self.reads.contains(&no) || studio.is_some_and(|studio| self.studios.contains(&studio))
    }

    /// Whether it may be written.
    pub(crate) fn write(&self, no: i32, studio: Option<Uuid>) -> bool {
        self.writes.contains(&no) || studio.is_some_and(|studio| self.studios_writable.contains(&studio))
    }
}

/// The world on a day.
#[derive(Clone, Copy)]
pub(crate) struct Oracle<'w> {
    pub(crate) world: &'w World,
    pub(crate) day: NaiveDate,
}

impl<'w> Oracle<'w> {
    pub(crate) const fn new(world: &'w World, day: NaiveDate) -> Self {
        Self { world, day }
    }

    /// Who answers for an organisation on the day: what it was merged into, else who administers it, else (it was
    /// closed) who did last.
    pub(crate) fn parent(&self, organisation: usize) -> Option<usize> {
        let of = &self.world.organisations[organisation];
        if let (Some(into), Some(closed)) = (of.merged, of.closed)
            && closed <= self.day
        {
            return Some(into);
        }
        of.under.iter().rev().find(|under| under.from <= self.day).map(|under| under.parent)
    }

    /// The organisation and everything below it.
    pub(crate) fn below(&self, organisation: usize) -> BTreeSet<usize> {
        let mut found = BTreeSet::from([organisation]);
        for child in 0..self.world.organisations.len() {
            if self.parent(child) == Some(organisation) {
                found.extend(self.below(child));
            }
        }
        found
    }

    /// Whether it lives on the day.
    pub(crate) fn lives(&self, organisation: usize) -> bool {
        let of = &self.world.organisations[organisation];
        of.founded <= self.day && of.closed.is_none_or(|closed| self.day < closed)
    }

    /// The living schools at and below an organisation.
    pub(crate) fn schools(&self, organisation: usize) -> Vec<usize> {
        let school = |i: &usize| self.world.organisations[*i].kind == Kind::School && self.lives(*i);
        self.below(organisation).into_iter().filter(school).collect()
    }

    /// The schools at and below an organisation that lived after a day, whether they have ended since or not.
    pub(crate) fn schools_since(&self, organisation: usize, since: NaiveDate) -> Vec<usize> {
        let school = |i: &usize| {
            let of = &self.world.organisations[*i];
            let ended_before = of.closed.is_some_and(|closed| closed <= since.min(self.day));
            of.kind == Kind::School && of.founded <= self.day && !ended_before
        };
        self.below(organisation).into_iter().filter(school).collect()
    }

    /// Whether a grant may be put on as a hat at noon of the day.
    pub(crate) fn valid(&self, grant: &Grant) -> bool {
        grant.from <= self.day
            && grant.to.is_none_or(|to| self.day <= to)
            && grant.revoked.is_none_or(|at| noon(self.day) < at)
    }

    fn numbers(&self, organisations: impl IntoIterator<Item = usize>) -> BTreeSet<i32> {
        organisations.into_iter().map(|i| self.world.organisations[i].no).collect()
    }

    /// What follows from a grant, worn as a hat on the day.
    pub(crate) fn rights(&self, grant: &Grant) -> Rights {
        match grant.on {
            On::Organisation(organisation) => {
                let all = self.numbers(self.below(organisation));
                let none = BTreeSet::new();
                let (reads, writes) = match grant.role {
                    Role::SystemAdministrator => (none.clone(), none),
                    Role::SecurityAdministrator
                    | Role::BureauAdministrator
                    | Role::AllianceAdministrator
                    | Role::SchoolAdministrator
                    | Role::SchoolClerk => (all.clone(), all),
                    _ => (all, none),
                };
                Rights { reads, writes, ..Rights::default() }
            }
            On::Studio(studio) => {
                let studios = BTreeSet::from([self.world.studios[studio].id]);
                let expert = grant.role == Role::ExternalExpert;
                let studios_writable = if expert { BTreeSet::new() } else { studios.clone() };
                Rights { studios, studios_writable, ..Rights::default() }
            }
        }
    }
}
