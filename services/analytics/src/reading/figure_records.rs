//! The records behind a figure: those that miss the target first, then the heaviest.

use super::{known_metric, store};
use crate::Analytics;
use contract::Handle;
use contract::analytics::{FigureRecords, Record};
use vocabulary::{Call, Code, Cursor, Error, Page, Result};

impl Handle<FigureRecords> for Analytics {
    async fn handle(&self, call: &Call, request: FigureRecords) -> Result<Page<Record>> {
        let (mut read, owner, subject) = self.open_subject(call, request.school, request.studio).await?;
        let (slot, metric) = known_metric(&request.metric)?;
        let limit = request.page.limit()?;
        let filter = (request.school, request.studio, &metric.id, request.period);
        let after = request.page.cursor(&filter)?.map(|cursor| place(&cursor)).transpose()?;
        let Some(owner) = owner else {
            return Ok(Page { items: Vec::new(), more: false, end: None, total: 0 });
        };
        // Behind a share, what does not count misses the target; behind a count of faults, what counts does.
        let which = store::Which {
            owner,
            subject,
            period: request.period,
            slot,
            counted_first: metric.more_is_better != Some(true),
        };
        let total = store::count_lines(&mut read, &call.principal, &which).await?;
        let lines = store::lines(&mut read, &call.principal, &which, after, limit + 1).await?;
        Ok(Page::cut(lines, limit, total, &filter, key).map(|line| line.record))
    }
}

/// A line's key: whether it comes in the second half, and its weight.
fn key(line: &store::FoundLine) -> Cursor {
    Cursor { key: format!("{}:{}", u8::from(line.second), line.record.weight), id: line.record.id }
}

fn place(cursor: &Cursor) -> Result<store::After> {
    let parts = cursor.key.split_once(':').and_then(|(second, weight)| {
        let second = match second {
            "0" => false,
            "1" => true,
            _ => return None,
        };
        Some((second, weight.parse().ok().filter(|weight: &f64| weight.is_finite())?))
    });
    let (second, weight) = parts.ok_or_else(|| Error::new(Code::Cursor).on("after"))?;
    Ok(store::After { second, weight, id: cursor.id })
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::analytics::RecordKind;
    use uuid::Uuid;

    #[test]
    fn a_line_is_found_again_by_its_key() {
        let record = Record { kind: RecordKind::Class, id: Uuid::from_u128(5), counts: false, weight: 6.5 };
        let after = place(&key(&store::FoundLine { second: true, record })).unwrap();
        assert_eq!((after.second, after.weight, after.id), (true, 6.5, Uuid::from_u128(5)));
        for bad in ["", "1", "2:1", "0:NaN", "0:inf", "0:x"] {
            assert!(place(&Cursor { key: bad.to_owned(), id: Uuid::nil() }).is_err(), "{bad}");
        }
    }
}
