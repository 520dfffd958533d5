//! Documents known by their hash: the console's build writes them, the gateway reckons each once.

use super::nesting;
use super::shape::Shape;
use super::walk::{Limits, Walked, walk};
use crate::schema::Banlian;
use async_graphql::parser::parse_query;
use async_graphql::parser::types::ExecutableDocument;
use async_graphql::{Request, Variables};
use futures::FutureExt as _;
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use vocabulary::{Code, Error, Result};

/// The longest document that is parsed, in bytes.
pub(crate) const LONGEST: usize = 16 * 1024;

/// A document, parsed and reckoned.
pub(crate) struct Known {
    /// Its operation's name.
    pub(crate) name: Option<String>,
    /// The document.
    pub(crate) document: ExecutableDocument,
    /// What the walk saw, with every page at its largest.
    pub(crate) walked: Walked,
}

/// The known documents, by hash.
#[derive(Default)]
pub(crate) struct Documents(HashMap<String, Arc<Known>>);

/// The hash under which a document is known.
pub(crate) fn hash(text: &str) -> String {
    Sha256::digest(text).iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Parses a text, or says what is wrong with it.
pub(crate) fn parse(text: &str) -> Result<ExecutableDocument> {
    if text.len() > LONGEST {
        let limit = format!("document ≤ {} KiB", LONGEST / 1024);
        return Err(Error::new(Code::DocumentLimit).with("limit", limit));
    }
    if !nesting::shallow(text) {
        let limit = format!("nesting ≤ {}", nesting::DEEPEST);
        return Err(Error::new(Code::DocumentLimit).with("limit", limit));
    }
    parse_query(text).map_err(|error| Error::new(Code::Document).with("reason", error))
}

impl Documents {
    /// Reads the console's file: a map from hash to text. A document that this schema does not take is left out, and
    /// said in the log: the page is of another version then.
    pub(crate) fn read(path: &Path, shape: &Shape, schema: &Banlian) -> Result<Self> {
        let file = std::fs::read(path)
            .map_err(|error| Error::internal(format!("documents {}: {error}", path.display())))?;
        let texts: HashMap<String, String> = serde_json::from_slice(&file)
            .map_err(|error| Error::internal(format!("documents {}: {error}", path.display())))?;
        let mut known = HashMap::new();
        for (claimed, text) in texts {
            match admit(&claimed, &text, shape, schema) {
                Ok(document) => {
                    known.insert(claimed, Arc::new(document));
                }
                Err(error) => {
                    tracing::warn!(hash = claimed, reason = %error, "a known document is not taken");
                }
            }
        }
        Ok(Self(known))
    }

    /// The document with this hash.
    pub(crate) fn get(&self, hash: &str) -> Result<Arc<Known>> {
        self.0.get(hash).cloned().ok_or_else(|| Error::new(Code::DocumentUnknown))
    }

    /// The document with this text, where it is a known one.
    pub(crate) fn with_text(&self, text: &str) -> Option<Arc<Known>> {
        if self.0.is_empty() { None } else { self.0.get(&hash(text)).cloned() }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}

fn admit(claimed: &str, text: &str, shape: &Shape, schema: &Banlian) -> Result<Known> {
    if hash(text) != *claimed {
        return Err(Error::new(Code::Document).with("reason", "the hash is another text's"));
    }
    let document = parse(text)?;
    let walked = walk(shape, &document, &Variables::default(), Limits::KNOWN)?;
    validate(text, schema)?;
    let name = document.operations.iter().next().and_then(|(name, _)| name.map(ToString::to_string));
    Ok(Known { name, document, walked })
}

/// Whether the schema takes a document. The library has no call for it, but it validates before it looks for the
/// operation, so that a name that no operation has leaves nothing to execute.
fn validate(text: &str, schema: &Banlian) -> Result<()> {
    const NONE: &str = "__none";
    let request = Request::new(text).operation_name(NONE);
    let errors = schema.execute(request).now_or_never().map(|response| response.errors).unwrap_or_default();
    match errors.into_iter().find(|error| !error.message.contains(NONE)) {
        Some(error) => Err(Error::new(Code::Document).with("reason", error.message)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn the_consoles_documents_are_reckoned_well_below_their_limit() {
        let schema = crate::schema::builder().finish();
        let shape = Shape::read(&schema.sdl()).unwrap();
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../web/documents.json");
        let texts: HashMap<String, String> =
            std::fs::read(&path).map(|file| serde_json::from_slice(&file).unwrap()).unwrap_or_default();
        let mut costs: Vec<(u64, Option<String>)> = texts
            .iter()
            .map(|(claimed, text)| {
                let known =
                    admit(claimed, text, &shape, &schema).unwrap_or_else(|error| panic!("{error}: {text}"));
                (known.walked.cost, known.name)
            })
            .collect();
        costs.sort_unstable();
        println!("{:?}", costs.iter().rev().take(8).collect::<Vec<_>>());
        assert!(costs.len() > 50, "the console's build has written its documents");
        assert!(costs.iter().all(|(cost, _)| *cost <= Limits::KNOWN.cost / 2));
        // What the file claims is looked at: another text under a hash, and what the schema does not know.
        assert!(admit("00", "{__typename}", &shape, &schema).is_err());
        assert!(admit(&hash("{nope}"), "{nope}", &shape, &schema).is_err());
        assert!(admit(&hash("{me{id}}"), "{me{id}}", &shape, &schema).is_ok());
    }
}
