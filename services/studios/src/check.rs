//! Input as people typed it, made safe to keep.

use chrono::{Datelike as _, NaiveDate};
use vocabulary::{Code, Error, OrganisationNo, Result, at_most, clean_line, clean_text};

/// Years in which the dates of the field lie.
pub(crate) const YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;
/// The most characters of a name or a title.
pub(crate) const LINE: usize = 100;
/// The most characters of a longer text.
pub(crate) const TEXT: usize = 2_000;
/// The most characters of a link.
pub(crate) const LINK: usize = 500;

/// A date of the field.
pub(crate) fn date(field: &str, date: NaiveDate) -> Result<NaiveDate> {
    if YEARS.contains(&date.year()) { Ok(date) } else { Err(Error::new(Code::InvalidDate).on(field)) }
}

/// The first calendar year of a school year.
pub(crate) fn school_year(field: &str, year: i32) -> Result<i32> {
    if YEARS.contains(&year) { Ok(year) } else { Err(Error::new(Code::InvalidValue).on(field)) }
}

/// A line that may be left empty.
pub(crate) fn optional_line(field: &str, text: Option<&str>, max: usize) -> Result<Option<String>> {
    optional(text, |text| clean_line(field, text, max))
}

/// A longer text that may be left empty.
pub(crate) fn optional_text(field: &str, text: Option<&str>, max: usize) -> Result<Option<String>> {
    optional(text, |text| clean_text(field, text, max))
}

fn optional(text: Option<&str>, clean: impl Fn(&str) -> Result<String>) -> Result<Option<String>> {
    match text.map(clean) {
        None => Ok(None),
        Some(Err(error)) if error.code() == Code::Required => Ok(None),
        Some(cleaned) => cleaned.map(Some),
    }
}

/// A link to a page that may be left empty: nothing but http and https, with a host and without spaces. No name stands
/// before the host: `https://moe.gov.cn@elsewhere.example` would show one place and lead to another.
pub(crate) fn optional_link(field: &str, link: Option<&str>) -> Result<Option<String>> {
    let Some(link) = optional_line(field, link, LINK)? else { return Ok(None) };
    let lower = link.to_ascii_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    let host = rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '['));
    let authority = rest.and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or_default();
    if !host
        || authority.contains('@')
        || link.contains(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | '\\'))
    {
        return Err(Error::new(Code::InvalidLink).on(field));
    }
    Ok(Some(link))
}

/// The numbers of the organisations that a list is narrowed to.
pub(crate) fn owners(owners: Option<&[OrganisationNo]>) -> Result<Option<Vec<i32>>> {
    let Some(owners) = owners else { return Ok(None) };
    at_most("owners", owners.len())?;
    Ok(Some(owners.iter().map(|no| no.0).collect()))
}

/// An account name as it is compared.
pub(crate) fn login(field: &str, login: &str) -> Result<String> {
    Ok(clean_line(field, login, 40)?.to_lowercase())
}

/// All that is wrong with values that were checked one by one, so that a form shows it at once.
pub(crate) fn together<const N: usize>(faults: [Option<&Error>; N]) -> Result<()> {
    let faults: Option<Error> = faults.into_iter().flatten().cloned().collect();
    faults.map_or(Ok(()), Err)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_web_links() {
        for good in [
            "https://例子.cn/a?b=c",
            "https://a.cn/@lina?m=a@b.cn",
            "http://10.0.0.1:8080/x",
            " HTTPS://A.cn ",
        ] {
            assert!(optional_link("l", Some(good)).unwrap().is_some(), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "ftp://a",
            "https://",
            "https:///a",
            "https://a b",
            "a.cn",
            "https://a\"b",
            "https://moe.gov.cn@evil.example/x",
            "data:text/html,x",
            "java\tscript:alert(1)",
            "//a.cn",
            "https:\\\\a.cn",
        ] {
            assert_eq!(optional_link("l", Some(bad)).unwrap_err().code(), Code::InvalidLink, "{bad}");
        }
        assert_eq!(optional_link("l", Some("  ")).unwrap(), None);
    }

    #[test]
    fn dates_lie_in_the_fields_years() {
        assert!(date("d", NaiveDate::MAX).is_err() && date("d", NaiveDate::MIN).is_err());
        assert!(school_year("y", i32::MAX).is_err());
    }
}
