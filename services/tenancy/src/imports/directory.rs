//! The organisations that an import's rows may name, by name and by code.

use crate::organisations::store;
use contract::tenancy::{Organisation, OrganisationKind};
use platform::Work;
use platform::imports::Job;
use spreadsheets::nearest;
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use vocabulary::{Code, Error, Result};

/// What lies at and below the import's organisation, within what the caller writes.
pub(super) struct Directory {
    own: Organisation,
    by_word: HashMap<String, Vec<Organisation>>,
    guessed: AtomicUsize,
}

/// How many unknown names get a guess at what was meant: each is compared with every organisation.
const GUESSES: usize = 500;

impl Directory {
    pub(super) async fn of(work: &mut Work, job: &Job) -> Result<Self> {
        let today = work.today();
        let nos = store::below(work, job.owner.0, today).await?;
        let all = store::open(work, &job.principal.writable, today, &[], &nos).await?;
        let own =
            all.iter().find(|o| o.no == job.owner).cloned().ok_or_else(|| Error::new(Code::NotFound))?;
        let mut directory = Self { own, by_word: HashMap::new(), guessed: AtomicUsize::new(0) };
        for organisation in all.into_iter().filter(|o| o.closed_on.is_none()) {
            directory.add(&organisation);
        }
        Ok(directory)
    }

    pub(super) fn add(&mut self, organisation: &Organisation) {
        for word in [
            Some(organisation.name.clone()),
            organisation.school_code.clone(),
            organisation.credit_code.clone(),
        ]
        .into_iter()
        .flatten()
        {
            self.by_word.entry(word).or_default().push(organisation.clone());
        }
    }

    /// The organisation that a cell names; the import's own where it is empty.
    pub(super) fn find(&self, word: Option<&str>) -> std::result::Result<&Organisation, (String, String)> {
        let Some(word) = word else { return Ok(&self.own) };
        match self.by_word.get(word).map(Vec::as_slice) {
            Some([one]) => Ok(one),
            Some(_) => Err((
                format!("有多个机构叫“{word}”，请改填学校标识码"),
                format!("several organisations are called {word}: give the school code"),
            )),
            None => {
                let worth = self.guessed.fetch_add(1, Ordering::Relaxed) < GUESSES;
                let near = if worth { nearest(word, self.by_word.keys().map(String::as_str)) } else { None };
                let (zh, en) = near.map_or((String::new(), String::new()), |near| {
                    (format!("，是否为“{near}”？"), format!("; did you mean {near}?"))
                });
                Err((format!("没有找到机构“{word}”{zh}"), format!("no organisation {word}{en}")))
            }
        }
    }

    /// The organisation with this name below an authority, or with this code.
    pub(super) fn same(
        &self,
        name: &str,
        authority: Option<i32>,
        code: Option<&str>,
    ) -> Option<&Organisation> {
        let by_code = code.and_then(|code| self.by_word.get(code)).and_then(|found| found.first());
        by_code.or_else(|| {
            self.by_word.get(name)?.iter().find(|o| o.authority.as_ref().map(|a| a.no.0) == authority)
        })
    }

    pub(super) const fn is_school(organisation: &Organisation) -> bool {
        matches!(organisation.kind, OrganisationKind::School)
    }
}
