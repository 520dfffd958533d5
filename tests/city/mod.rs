//! A city of 35 schools as its bureau would bring it in: what is true, the files that people made of it, faults
//! included, and figures computed from the truth by nothing of ours.

pub(crate) mod edit;
pub(crate) mod files;
pub(crate) mod oracle;
pub(crate) mod paper;
pub(crate) mod town;
