//! The house's order: who may import whom, what every room has, and the checked-in files that describe it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod snapshot;

use cargo_metadata::{DependencyKind, MetadataCommand};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

/// Our crates and which of ours each imports (tests left out).
fn edges() -> BTreeMap<String, BTreeSet<String>> {
    let metadata = MetadataCommand::new().no_deps().exec().unwrap();
    let ours: BTreeSet<String> = metadata.packages.iter().map(|package| package.name.to_string()).collect();
    let normal = |package: &cargo_metadata::Package| {
        let direct = package
            .dependencies
            .iter()
            .filter(|d| d.kind == DependencyKind::Normal && ours.contains(&d.name));
        direct.map(|d| d.name.clone()).collect()
    };
    metadata.packages.iter().map(|package| (package.name.to_string(), normal(package))).collect()
}

fn reachable<'a>(edges: &'a BTreeMap<String, BTreeSet<String>>, from: &'a str) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::new();
    let mut waiting = vec![from];
    while let Some(name) = waiting.pop() {
        for next in &edges[name] {
            if seen.insert(next.as_str()) {
                waiting.push(next);
            }
        }
    }
    seen
}

#[test]
fn the_edges_are_the_checked_in_ones() {
    let mut text = String::new();
    for (name, imports) in edges() {
        writeln!(text, "{name}: {}", imports.into_iter().collect::<Vec<_>>().join(" ")).unwrap();
    }
    snapshot::compare("tests/edges.txt", &text);
}

#[test]
fn imports_go_one_way() {
    let edges = edges();
    let may = |name: &str| -> Option<&[&str]> {
        match name {
            "vocabulary" | "spreadsheets" | "migrations" | "standalone" => Some(&[]),
            "contract" | "platform" => Some(&["vocabulary"]),
            "tenancy" | "studios" | "resources" | "analytics" => {
                Some(&["vocabulary", "contract", "platform", "spreadsheets"])
            }
            "graphql" => Some(&["vocabulary", "contract", "platform"]),
            "demo" => Some(&["vocabulary", "contract", "spreadsheets"]),
            "testkit" => Some(&["vocabulary", "platform", "migrations"]),
            _ => None,
        }
    };
    for name in edges.keys() {
        if let Some(allowed) = may(name) {
            let wrong: Vec<_> =
                reachable(&edges, name).into_iter().filter(|to| !allowed.contains(to)).collect();
            assert!(wrong.is_empty(), "{name} must not reach {wrong:?}");
        }
    }
}

#[test]
fn the_gateway_holds_no_sql() {
    let manifest = std::fs::read_to_string(snapshot::root().join("graphql/Cargo.toml")).unwrap();
    let dependencies = manifest.split("[dev-dependencies]").next().unwrap();
    assert!(!dependencies.contains("sqlx") && !dependencies.contains("redis"), "the gateway asks services");
}

fn sources(folder: &Path, into: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() && entry.file_name() != "target" {
            sources(&path, into);
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            into.push(path);
        }
    }
}

#[test]
fn every_room_has_its_page() {
    let metadata = MetadataCommand::new().no_deps().exec().unwrap();
    for package in metadata.packages.iter().filter(|package| package.name.as_str() != "tests") {
        let page = package.manifest_path.with_file_name("README.md");
        let page =
            std::fs::read_to_string(&page).unwrap_or_else(|_| panic!("{} has no README.md", package.name));
        for word in ["Owns", "Promises", "Calls", "Never", "Path of one"] {
            let said = page.contains(&format!("**{word}")) || page.contains(&format!("## {word}"));
            assert!(said, "{}'s page says no {word}", package.name);
        }
    }
}

#[test]
fn sql_stands_in_stores() {
    let mut files = Vec::new();
    for service in ["tenancy", "studios", "resources", "analytics"] {
        sources(&snapshot::root().join("services").join(service).join("src"), &mut files);
    }
    for file in files {
        let name = file.to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&file).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        // `scope.rs` binds the scope to the queries that stores write.
        let is_store = name.contains("store") || name.ends_with("tests.rs") || name.ends_with("scope.rs");
        assert!(
            is_store || !code.contains("sqlx::query"),
            "{name} holds SQL: it belongs in the aggregate's store"
        );
    }
}
