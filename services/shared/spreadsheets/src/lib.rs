#![doc = include_str!("../README.md")]

mod cell;
mod date;
mod error_file;
mod export;
mod fault;
mod form;
mod guard;
mod header;
mod notes;
mod problem;
mod read;
mod rows;
mod sheet;
mod template;
mod text;

#[cfg(test)]
mod tests;

pub use date::parse_date;
pub use error_file::error_xlsx;
pub use export::{ExportColumn, ExportKind, Language, Value, export_xlsx};
pub use fault::{Fault, Faults};
pub use form::{filled_xlsx, template_xlsx};
pub use guard::Limits;
pub use problem::{FileProblem, Warning, WriteProblem};
pub use read::read;
pub use rows::{Row, Rows};
pub use template::{Column, Kind, Template, YES_NO};
pub use text::{nearest, normalise_code, normalise_name, normalise_paragraphs, normalise_text};
