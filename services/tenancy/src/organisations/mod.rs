//! Organisations (机构): bureaus, schools, alliances, and the dated tree.

mod change;
mod found;
mod passwords;
mod read;
pub(crate) mod store;
mod tree;

use chrono::NaiveDate;
use contract::events::{ORGANISATION, OrganisationEvent};
use contract::tenancy::{BureauLevel, Organisation, OrganisationKind};
use platform::Work;
use vocabulary::{Code, Error, OrganisationId, Result};

pub(crate) use found::{Founding, found, lower};

/// How many numbers a bureau's block has.
pub(crate) const fn block(level: BureauLevel) -> i32 {
    match level {
        BureauLevel::Province => 65_536,
        BureauLevel::City => 2_048,
        BureauLevel::County => 128,
    }
}

/// 学校标识码: ten digits.
pub(crate) fn school_code(code: &str) -> Result<String> {
    let code = code.trim();
    if code.len() == 10 && code.starts_with("36") && code.bytes().all(|b| b.is_ascii_digit()) {
        Ok(code.to_owned())
    } else {
        Err(Error::new(Code::SchoolCodeInvalid).on("schoolCode"))
    }
}

/// 统一社会信用代码: 18 characters with a check character (GB 32100-2015, weights 3^i mod 31).
pub(crate) fn credit_code(code: &str) -> Result<String> {
    const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    let code = code.trim().to_uppercase();
    let values: Option<Vec<usize>> = code.chars().map(|c| ALPHABET.find(c)).collect();
    let right = values.is_some_and(|values| {
        let mut weight = 1;
        let sum: usize = values
            .iter()
            .take(17)
            .map(|value| {
                let term = value * weight;
                weight = weight * 3 % 31;
                term
            })
            .sum();
        values.len() == 18 && values[17] == (31 - sum % 31) % 31
    });
    if right { Ok(code) } else { Err(Error::new(Code::CreditCodeInvalid).on("creditCode")) }
}

/// A place code of GB/T 2260.
pub(crate) fn place_code(code: &str) -> Result<String> {
    let code = code.trim();
    if code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit()) {
        Ok(code.to_owned())
    } else {
        Err(Error::new(Code::PlaceInvalid).on("placeCode"))
    }
}

/// The organisation with this id that the change's caller reads; not found otherwise.
async fn find(work: &mut Work, id: OrganisationId, on: NaiveDate) -> Result<Organisation> {
    let scope = work.principal().readable.clone();
    let found = store::open(work, &scope, on, &[id.uuid()], &[]).await?;
    found.into_iter().next().ok_or_else(|| Error::new(Code::NotFound))
}

/// Tells the others how it is today.
pub(crate) async fn publish(work: &mut Work, organisation: &Organisation) -> Result<()> {
    let event = OrganisationEvent {
        id: organisation.id,
        no: organisation.no,
        kind: organisation.kind,
        name: organisation.name.clone(),
        closed_on: organisation.closed_on,
    };
    work.publish(organisation.no, None, organisation.id.uuid(), organisation.version, ORGANISATION, &event)
        .await
        .map(drop)
}

/// The kinds that others hang below.
const fn holds_others(kind: OrganisationKind) -> bool {
    matches!(kind, OrganisationKind::Bureau)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_checked() {
        assert!(school_code("3653000101").is_ok());
        for bad in ["", "365300010", "1153000101", "36530001０1", "3653000101 1"] {
            assert_eq!(school_code(bad).unwrap_err().code(), Code::SchoolCodeInvalid, "{bad}");
        }
        assert!(credit_code("91350100M000100Y43").is_ok());
        assert!(credit_code("91350100M000100Y44").is_err());
        assert!(credit_code("").is_err());
        assert!(place_code("539921").is_ok() && place_code("53992").is_err());
    }
}
