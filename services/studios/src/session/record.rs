//! Records that a session was held: who came, and what was said.

use super::{Line, MOST, Session, locked, publish, reply, store, with_members};
use crate::{Studios, check, member, people, policy};
use contract::Handle;
use contract::studios::{RecordSession, Session as Shown};
use platform::{Begun, Work};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use vocabulary::{Call, Code, Error, PersonId, Result};

/// The most people who are named by their account names: each name is looked for beyond the caller's own.
const GUESTS: usize = 50;
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
        let others: Vec<PersonId> =
            attendance.iter().filter(|one| !one.expected).map(|one| one.person).collect();
        let detail = json!({ "listed": attendance.len(), "present": present, "others": others });
        work.audit(studio.owner, Some(studio.id), session.id, detail).await?;
        let shown = reply(&mut work, &scope, session.id).await?;
        work.finish(shown).await
    }
}

/// Who is named, members by id and others by account name.
struct Named {
    members: BTreeMap<PersonId, bool>,
    guests: BTreeSet<String>,
}

impl Named {
    fn checked(request: &RecordSession) -> Result<Self> {
        if request.guests.len() > GUESTS {
            return Err(Error::new(Code::TooMany).on("guests").with("max", GUESTS));
        }
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
    /// account names. Every member of the day is on the list.
    async fn found(self, work: &mut Work, session: &Session) -> Result<Vec<Line>> {
        let day = session.day();
        let members = member::store::homes(&mut *work, session.owner, session.studio, day).await?;
        let before = store::lines(&mut *work, session.owner, session.id).await?;
        let before: BTreeMap<PersonId, Line> = before.into_iter().map(|line| (line.person, line)).collect();
        let mut all = BTreeMap::new();
        for (person, present) in self.members {
            let line = match (members.get(&person), before.get(&person)) {
                (Some(home), _) => Line { person, home: *home, expected: true, present },
                // Somebody who had come and is unticked was not there: nobody misses them.
                (None, Some(line)) if present || line.expected => Line { present, ..*line },
                (None, Some(_)) => continue,
                (None, None) => {
                    return Err(Error::new(Code::NotExpected).on(if present { "present" } else { "absent" }));
                }
            };
            all.insert(person, line);
        }
        let logins: Vec<String> = self.guests.into_iter().collect();
        let mut known = people::store::find(&mut *work, &logins, day).await?;
        for login in logins {
            let guest = known.remove(&login);
            let guest =
                guest.ok_or_else(|| Error::new(Code::GuestUnknown).on("guests").with("login", login))?;
            let expected = members.contains_key(&guest.id);
            let came = Line { person: guest.id, home: guest.home, expected, present: true };
            // Who is named as absent did not come under their account name.
            if all.insert(guest.id, came).is_some_and(|said| !said.present) {
                return Err(Error::new(Code::InvalidValue).on("guests"));
            }
        }
        if !all.values().any(|line| line.present) {
            return Err(Error::new(Code::Required).on("present"));
        }
        Ok(with_members(all, members).into_values().collect())
    }
}
