//! People (人员) with their accounts.

mod add;
mod leave;
mod read;
pub(crate) mod store;
mod update;

use contract::events::{PERSON, PersonEvent};
use platform::NewEvent;
use uuid::Uuid;
use vocabulary::{Code, Error, OrganisationNo, PersonId, Result};

pub(crate) use read::{Asked, page};

/// An account name: 3 to 40 small letters, digits, dots, underscores or hyphens.
pub(crate) fn login(text: &str) -> Result<String> {
    let login = text.trim().to_lowercase();
    let fine = (3..=40).contains(&login.len())
        && login
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'_' | b'-'));
    if fine { Ok(login) } else { Err(Error::new(Code::LoginInvalid).on("login")) }
}

/// A telephone number: 5 to 20 digits, with `+`, `-` and spaces between.
pub(crate) fn phone(text: Option<&str>) -> Result<Option<String>> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    let fine = (5..=20).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b' '));
    if fine { Ok(Some(text.to_owned())) } else { Err(Error::new(Code::InvalidValue).on("phone")) }
}

/// What the others learn of a person.
pub(crate) fn event(row: &store::New, home_name: &str, version: i32) -> Result<NewEvent> {
    let home = OrganisationNo(row.owner_no);
    let event = PersonEvent {
        id: PersonId::from_uuid(row.id),
        name: row.name.clone(),
        login: row.login.clone(),
        home,
        home_name: home_name.to_owned(),
        left_on: row.left_on,
    };
    NewEvent::new(home, None, row.id, version, PERSON, &event)
}

/// Makes accounts for new people; refuses a login that somebody else has.
pub(crate) async fn open_accounts(work: &mut platform::Work, new: &[store::New]) -> Result<Vec<String>> {
    let logins: Vec<String> = new.iter().map(|p| p.login.clone()).collect();
    let ids: Vec<Uuid> = new.iter().map(|p| p.id).collect();
    let nos: Vec<i32> = new.iter().map(|p| p.owner_no).collect();
    crate::accounts::store::make_accounts(work, &logins, &ids, &nos).await
}
