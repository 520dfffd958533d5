//! Records that a session was held: who came, and what was said.

use super::{Expected, Session, locked, publish, reply, store};
use crate::{Studios, check, member, people, policy};
use contract::Handle;
use contract::studios::{RecordSession, Session as Shown};
use platform::{Begun, Work};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use vocabulary::{Call, Code, Error, PersonId, Result, at_most};

/// The most people at a session.
const MOST: usize = 500;
/// The most characters of minutes.
const SUMMARY: usize = 10_000;

impl Handle<RecordSession> for Studios {
    async fn handle(&self, call: &Call, request: RecordSession) -> Result<Shown> {
        let scope = policy::reads(&call.principal)?;
        let summary = check::optional_text("summary", request.summary.as_deref(), SUMMARY);
        let named = Named::checked(&request);
        check::together([summary.as_ref().err(), named.as_ref().err()])?;
        let (summary, named) = (summary?, named?);
        let mut work = match self.begin(call, &request).await? {
            Begun::Fresh(work) => work,
            Begun::Repeated(reply) => return Ok(reply),
        };
        let (studio, mut session) = locked(&mut work, &scope, &call.principal, request.id).await?;
        if session.version != request.version {
            return Err(Error::new(Code::Stale));
        }
        let today = work.today();
        session.record(summary, today)?;
        let attendance = named.found(&mut work, &session).await?;
        store::update(&mut work, &session).await?;
        store::put_attendance(&mut work, &session, &attendance).await?;
        let at = work.now();
        crate::studio::store::touch(&mut work, studio.owner, studio.id, at).await?;
        publish(&mut work, &session).await?;
        let present = attendance.iter().filter(|one| one.present).count();
        let detail = json!({ "expected": attendance.len(), "present": present });
        work.audit(studio.owner, Some(studio.id), session.id, detail).await?;
        let shown = reply(&mut work, &scope, session.id).await?;
        work.finish(shown).await
    }
}

/// Who is named as expected, members by id and others by account name.
struct Named {
    members: BTreeMap<PersonId, bool>,
    guests: BTreeSet<String>,
}

impl Named {
    fn checked(request: &RecordSession) -> Result<Self> {
        at_most("present", request.present.len().max(request.absent.len()).max(request.guests.len()))?;
        if request.present.len() + request.absent.len() + request.guests.len() > MOST {
            return Err(Error::new(Code::TooMany).on("present").with("max", MOST));
        }
        let guests = request.guests.iter().map(|login| check::login("guests", login));
        let guests = guests.collect::<Result<BTreeSet<String>>>()?;
        let mut members: BTreeMap<PersonId, bool> =
            request.absent.iter().map(|person| (*person, false)).collect();
        for person in &request.present {
            if members.insert(*person, true) == Some(false) {
                return Err(Error::new(Code::InvalidValue).on("absent"));
            }
        }
        // A session that nobody came to was not held.
        if request.present.is_empty() && guests.is_empty() {
            return Err(Error::new(Code::Required).on("present"));
        }
        Ok(Self { members, guests })
    }

    /// Who they are: members of the studio on the session's day, or whom an earlier record of it names; others by their
    /// account names.
    async fn found(self, work: &mut Work, session: &Session) -> Result<Vec<Expected>> {
        let day = session.day();
        let mut homes = member::store::homes(&mut *work, session.owner, session.studio, day).await?;
        let before = store::expected(&mut *work, session.owner, session.id).await?;
        homes.extend(before.into_iter().map(|one| (one.person, one.home)));
        let mut all = BTreeMap::new();
        for (person, present) in self.members {
            let field = if present { "present" } else { "absent" };
            let home = homes.get(&person).ok_or_else(|| Error::new(Code::NotExpected).on(field))?;
            all.insert(person, Expected { person, home: *home, present });
        }
        let logins: Vec<String> = self.guests.into_iter().collect();
        let mut known = people::store::find(&mut *work, &logins, day).await?;
        for login in logins {
            let guest = known.remove(&login);
            let guest =
                guest.ok_or_else(|| Error::new(Code::GuestUnknown).on("guests").with("login", login))?;
            let came = Expected { person: guest.id, home: guest.home, present: true };
            // Who is named as absent did not come under their account name.
            if all.insert(guest.id, came).is_some_and(|said| !said.present) {
                return Err(Error::new(Code::InvalidValue).on("guests"));
            }
        }
        Ok(all.into_values().collect())
    }
}
