//! A sheet's bytes: all figures of a subject in a period, packed by the metrics' slots.
//!
//! One byte of format (1), one with the number of slots; for each slot its state, how many kinds of records are
//! missing, which of numerator, denominator and value are there (bits 0, 1, 2), and those as little-endian doubles.

use crate::figures::{SLOTS, Standing};
use vocabulary::{Error, MetricState, Result};

const FORMAT: u8 = 1;

/// The states by their number, in sheets and in facts.
const STATES: [MetricState; 4] = [
    MetricState::Value,
    MetricState::NotApplicable,
    MetricState::InsufficientEvidence,
    MetricState::Suppressed,
];

/// A state's number.
pub(crate) fn state_number(state: MetricState) -> u8 {
    let at = STATES.iter().position(|known| *known == state);
    at.and_then(|at| u8::try_from(at).ok()).unwrap_or(u8::MAX)
}

/// Packs the figures.
pub(crate) fn pack(figures: &[Standing; SLOTS]) -> Vec<u8> {
    let mut bytes = vec![FORMAT, u8::try_from(SLOTS).unwrap_or(u8::MAX)];
    for figure in figures {
        let numbers = [figure.numerator, figure.denominator, figure.value];
        let there = (0u8..).zip(numbers).filter(|(_, number)| number.is_some());
        let there = there.fold(0, |bits, (bit, _)| bits | 1 << bit);
        bytes.extend([state_number(figure.state), figure.missing, there]);
        bytes.extend(numbers.into_iter().flatten().flat_map(f64::to_le_bytes));
    }
    bytes
}

/// The figures of a sheet. Metrics that came after it was written have no evidence in it.
pub(crate) fn unpack(bytes: &[u8]) -> Result<[Standing; SLOTS]> {
    read(bytes).ok_or_else(|| Error::internal(format!("a sheet of {} bytes cannot be read", bytes.len())))
}

fn read(bytes: &[u8]) -> Option<[Standing; SLOTS]> {
    let [FORMAT, slots, rest @ ..] = bytes else { return None };
    let mut rest = rest;
    let mut figures = [Standing::insufficient(); SLOTS];
    for slot in 0..usize::from(*slots) {
        let [state, missing, there, after @ ..] = rest else { return None };
        rest = after;
        let mut numbers = [None; 3];
        for (bit, number) in numbers.iter_mut().enumerate() {
            if there >> bit & 1 == 1 {
                let (eight, after) = rest.split_first_chunk()?;
                *number = Some(f64::from_le_bytes(*eight));
                rest = after;
            }
        }
        let [numerator, denominator, value] = numbers;
        let state = *STATES.get(usize::from(*state))?;
        // A slot beyond ours is a newer program's.
        if let Some(figure) = figures.get_mut(slot) {
            *figure = Standing { state, missing: *missing, numerator, denominator, value };
        }
    }
    Some(figures)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn mixed() -> [Standing; SLOTS] {
        let mut figures = [Standing::not_applicable(); SLOTS];
        figures[0] = Standing::share(37.0, 40.0);
        figures[3] = Standing::count(2.0, Some(5.0));
        figures[7] = Standing { numerator: None, ..Standing::count(6.5, Some(3.0)) };
        figures[8] = Standing::insufficient();
        figures
    }

    #[test]
    fn figures_survive_their_bytes() {
        let bytes = pack(&mixed());
        assert_eq!(unpack(&bytes).unwrap(), mixed());
        assert_eq!(bytes.len(), 2 + 3 * SLOTS + 8 * (3 + 3 + 2));
    }

    #[test]
    fn a_sheet_from_before_a_metric_has_no_evidence_for_it() {
        let mut bytes = pack(&mixed());
        bytes[1] = 8;
        bytes.truncate(bytes.len() - 3);
        let figures = unpack(&bytes).unwrap();
        assert_eq!((figures[7], figures[8]), (mixed()[7], Standing::insufficient()));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = unpack(&bytes);
            let _ = unpack(&[&[FORMAT, 9], bytes.as_slice()].concat());
        }
    }
}
