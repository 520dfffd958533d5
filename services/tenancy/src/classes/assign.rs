//! Assigning homeroom teachers. Two on one day are a fact that analytics counts, not an error.

use super::publish;
use super::store::{self, Assigned, Row};
use crate::organisations::store as organisations;
use crate::policy::{Action, may_change};
use crate::words::day;
use crate::{Tenancy, fresh, people};
use chrono::NaiveDate;
use contract::Handle;
use contract::tenancy::{AssignHomeroom, EndAssignment, HomeroomClass, OrganisationKind};
use platform::Work;
use serde_json::json;
use vocabulary::{AssignmentId, Call, Code, Error, OrganisationNo, Result, clean_line};

/// The reason of an end that is no turnover.
pub(super) const GRADUATION: &str = "graduation";

/// Whether days lie within the class's own.
pub(crate) fn within(class: &Row, from: NaiveDate, to: Option<NaiveDate>) -> Result<()> {
    if to.is_some_and(|to| to < from) {
        return Err(Error::new(Code::DateOrder).on("to"));
    }
    let late = |on: NaiveDate| class.closed_on.is_some_and(|closed| on > closed);
    if from < class.opened_on || late(from) || to.is_some_and(late) {
        return Err(Error::new(Code::AssignmentOutsideClass).on("from"));
    }
    Ok(())
}

/// Whether somebody at home in one school may teach in another: in the same one, or in what it was merged with.
pub(crate) async fn one_school(work: &mut Work, home: i32, school: i32) -> Result<bool> {
    if home == school {
        return Ok(true);
    }
    let (scope, today) = (work.principal().readable.clone(), work.today());
    let found = organisations::open(work, &scope, today, &[], &[home]).await?;
    // Only what was merged hangs below a school.
    Ok(found.iter().any(|home| home.kind == OrganisationKind::School)
        && (organisations::above(work, home, today).await?.contains(&school)
            || organisations::above(work, school, today).await?.contains(&home)))
}

impl Handle<AssignHomeroom> for Tenancy {
    async fn handle(&self, call: &Call, request: AssignHomeroom) -> Result<HomeroomClass> {
        let mut work = fresh!(self.begin(call, &request));
        let found = store::open(&mut work, &call.principal.readable, &[request.class.uuid()]).await?;
        let class = found.into_iter().next().ok_or_else(|| Error::new(Code::NotFound).on("class"))?;
        let no = OrganisationNo(class.owner_no);
        may_change(&call.principal, Action::ManageClasses, no)?;
        let (from, to) = (day("from", request.from)?, request.to.map(|to| day("to", to)).transpose()?);
        within(&class, from, to)?;
        let home = people::store::home(&mut work, request.person.uuid()).await?;
        let home = home.ok_or_else(|| Error::new(Code::NotFound).on("person"))?;
        if !one_school(&mut work, home, class.owner_no).await? {
            return Err(Error::new(Code::PersonElsewhere).on("person"));
        }
        let kind = store::kind_word(request.kind);
        // Holds the class: two at once would not see one another.
        store::touch(&mut work, &[class.owner_no], &[class.id]).await?;
        let others = store::assignments(&mut work, &[class.owner_no], &[class.id]).await?;
        // Two teachers on one day are a fact, one teacher twice is a slip of the hand.
        let again = |other: &Assigned| {
            other.person_id == request.person.uuid()
                && other.kind == kind
                && to.is_none_or(|to| other.from_on <= to)
                && other.to_on.is_none_or(|end| from <= end)
        };
        if others.iter().any(again) {
            return Err(Error::new(Code::AssignmentTwice).on("person"));
        }
        let names = people::store::names(&mut work, &[request.person.uuid()]).await?;
        let appointment = request.appointment.as_deref().filter(|text| !text.trim().is_empty());
        let assigned = Assigned {
            owner_no: class.owner_no,
            id: AssignmentId::new().uuid(),
            class_id: class.id,
            person_id: request.person.uuid(),
            person_name: names.get(&request.person.uuid()).cloned().unwrap_or_default(),
            kind,
            from_on: from,
            to_on: to,
            appointment: appointment.map(|text| clean_line("appointment", text, 100)).transpose()?,
            end_reason: None,
        };
        store::assign_all(&mut work, std::slice::from_ref(&assigned)).await?;
        let shown = publish(&mut work, &[class.id]).await?.pop().ok_or_else(|| Error::new(Code::NotFound))?;
        work.audit(
            no,
            None,
            AssignmentId::from_uuid(assigned.id),
            json!({ "class": request.class, "person": request.person, "kind": assigned.kind }),
        )
        .await?;
        work.finish(shown).await
    }
}

impl Handle<EndAssignment> for Tenancy {
    async fn handle(&self, call: &Call, request: EndAssignment) -> Result<HomeroomClass> {
        let mut work = fresh!(self.begin(call, &request));
        let assigned = store::assignment(&mut work, request.assignment.uuid()).await?;
        let assigned = assigned.ok_or_else(|| Error::new(Code::NotFound).on("assignment"))?;
        let no = OrganisationNo(assigned.owner_no);
        may_change(&call.principal, Action::ManageClasses, no)?;
        let on = day("on", request.on)?;
        if on < assigned.from_on {
            return Err(Error::new(Code::DateOrder).on("on"));
        }
        let classes = store::open(&mut work, &call.principal.readable, &[assigned.class_id]).await?;
        let class = classes.first().ok_or_else(|| Error::new(Code::NotFound).on("assignment"))?;
        within(class, assigned.from_on, Some(on)).map_err(|error| error.on("on"))?;
        if !matches!(request.reason.as_str(), GRADUATION | "transfer" | "leave" | "other") {
            return Err(Error::new(Code::InvalidValue).on("reason"));
        }
        store::end_assignment(&mut work, assigned.owner_no, assigned.id, on, &request.reason).await?;
        store::touch(&mut work, &[assigned.owner_no], &[assigned.class_id]).await?;
        let shown = publish(&mut work, &[assigned.class_id])
            .await?
            .pop()
            .ok_or_else(|| Error::new(Code::NotFound))?;
        work.audit(no, None, request.assignment, json!({ "on": on, "reason": request.reason })).await?;
        work.finish(shown).await
    }
}
