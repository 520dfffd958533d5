//! The words of the database for the contract's enums, pinyin of names, and days.

use chrono::{Datelike as _, NaiveDate};
use pinyin::ToPinyin as _;
use serde::Serialize;
use serde::de::DeserializeOwned;
use vocabulary::{Code, Error, Result};

/// The word of an enum's variant, as the contract writes it.
pub(crate) fn word(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The variant of a word that the database holds.
pub(crate) fn variant<T: DeserializeOwned>(word: &str) -> Result<T> {
    serde_json::from_value(serde_json::Value::String(word.to_owned()))
        .map_err(|error| Error::internal(format!("{word}: {error}")))
}

/// Pinyin without tones (`zhangmin`) and initials (`zm`) of a name; other letters and digits stay, in small letters.
pub(crate) fn spelling(name: &str) -> (String, String) {
    let (mut whole, mut initials) = (String::new(), String::new());
    for c in name.chars() {
        if let Some(syllable) = c.to_pinyin() {
            whole.push_str(syllable.plain());
            initials.push_str(syllable.first_letter());
        } else if c.is_alphanumeric() {
            whole.extend(c.to_lowercase());
            initials.extend(c.to_lowercase());
        }
    }
    (whole, initials)
}

/// A day between 1990 and 2100.
pub(crate) fn day(field: &str, day: NaiveDate) -> Result<NaiveDate> {
    if (1990..=2100).contains(&day.year()) { Ok(day) } else { Err(Error::new(Code::InvalidDate).on(field)) }
}

/// The day on which an organisation was founded: many a school is older than anything else that is recorded here.
pub(crate) fn founding_day(field: &str, day: NaiveDate) -> Result<NaiveDate> {
    if (1850..=2100).contains(&day.year()) { Ok(day) } else { Err(Error::new(Code::InvalidDate).on(field)) }
}

/// The day asked about: today where none is named.
pub(crate) fn as_of(asked: Option<NaiveDate>, today: NaiveDate) -> Result<NaiveDate> {
    asked.map_or(Ok(today), |asked| day("asOf", asked))
}
