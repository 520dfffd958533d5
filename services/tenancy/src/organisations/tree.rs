//! The tree by authority or by place, on a day: depth first, flat.

use super::store::{self, Which};
use crate::Tenancy;
use crate::lists::Listing;
use crate::policy::{Action, may};
use crate::words::as_of;
use contract::Handle;
use contract::tenancy::{Organisation, OrganisationKind, OrganisationTree, TreeBy, TreeNode};
use std::collections::{BTreeMap, HashMap, HashSet};
use vocabulary::{Call, Direction, PageInput, Result};

/// The most nodes that are shown.
const MOST: i64 = 5_000;

impl Handle<OrganisationTree> for Tenancy {
    async fn handle(&self, call: &Call, request: OrganisationTree) -> Result<Vec<TreeNode>> {
        may(&call.principal, Action::Read)?;
        let on = as_of(request.as_of, self.database.clock().today())?;
        let mut listing =
            Listing::of(&PageInput::default(), &(), "lpad(o.owner_no::text, 10, '0')", Direction::Ascending)?;
        listing.limit = MOST;
        let mut read = self.database.read(call).await?;
        let which = Which { search: None, kind: None, under: None, closed: false };
        let (found, _) = store::list(&mut read, &call.principal.readable, on, &which, &listing).await?;
        let found: Vec<Organisation> = found.into_iter().map(|(organisation, _)| organisation).collect();
        Ok(match request.by {
            TreeBy::Authority => by_authority(&found),
            TreeBy::Place => by_place(&found, &store::places(&mut read).await?),
        })
    }
}

fn node(organisation: &Organisation, parent: Option<String>, depth: i32) -> TreeNode {
    TreeNode {
        key: organisation.id.to_string(),
        parent,
        depth,
        name: organisation.name.clone(),
        organisation: Some(organisation.id),
        kind: Some(organisation.kind),
        no: Some(organisation.no),
        schools: if organisation.kind == OrganisationKind::School { 1 } else { organisation.schools },
    }
}

fn by_authority(found: &[Organisation]) -> Vec<TreeNode> {
    let seen: HashSet<i32> = found.iter().map(|organisation| organisation.no.0).collect();
    let mut children: HashMap<Option<i32>, Vec<&Organisation>> = HashMap::new();
    for organisation in found {
        // What stands above the reader's scope is not shown: its children are tops.
        let parent =
            organisation.authority.as_ref().map(|authority| authority.no.0).filter(|no| seen.contains(no));
        children.entry(parent).or_default().push(organisation);
    }
    let mut nodes = Vec::with_capacity(found.len());
    let mut waiting: Vec<(&Organisation, Option<String>, i32)> = Vec::new();
    let push = |waiting: &mut Vec<_>, parent: Option<i32>, key: Option<String>, depth: i32| {
        for organisation in children.get(&parent).into_iter().flatten().rev() {
            waiting.push((*organisation, key.clone(), depth));
        }
    };
    push(&mut waiting, None, None, 0);
    while let Some((organisation, parent, depth)) = waiting.pop() {
        nodes.push(node(organisation, parent, depth));
        push(&mut waiting, Some(organisation.no.0), Some(organisation.id.to_string()), depth + 1);
    }
    nodes
}

/// Province (`530000`), city (`539900`) and county (`539921`) above a code; in `5300` a city's own code is its node.
fn chain(code: &str) -> Vec<String> {
    let mut chain = vec![
        format!("{}0000", code.get(..2).unwrap_or("")),
        format!("{}00", code.get(..4).unwrap_or("")),
        code.to_owned(),
    ];
    chain.dedup();
    chain
}

fn by_place(found: &[Organisation], names: &HashMap<String, String>) -> Vec<TreeNode> {
    let unknown = "000000".to_owned();
    let mut at: BTreeMap<Vec<String>, Vec<&Organisation>> = BTreeMap::new();
    for organisation in found {
        let path = organisation.place_code.as_deref().map_or_else(|| vec![unknown.clone()], chain);
        at.entry(path).or_default().push(organisation);
    }
    let schools = |path: &[String]| {
        let below = at.iter().filter(|(other, _)| other.starts_with(path)).flat_map(|(_, list)| list);
        i32::try_from(below.filter(|o| o.kind == OrganisationKind::School).count()).unwrap_or(i32::MAX)
    };
    let (mut nodes, mut open): (Vec<TreeNode>, Vec<String>) = (Vec::new(), Vec::new());
    for (path, list) in &at {
        for depth in 0..path.len() {
            if open.get(depth) == Some(&path[depth]) {
                continue;
            }
            open.truncate(depth);
            open.push(path[depth].clone());
            let name = if path[depth] == unknown {
                "未填行政区划 (no place)".to_owned()
            } else {
                names.get(&path[depth]).cloned().unwrap_or_else(|| path[depth].clone())
            };
            let parent = depth.checked_sub(1).map(|above| path[above].clone());
            let depth_no = i32::try_from(depth).unwrap_or(0);
            nodes.push(TreeNode {
                key: path[depth].clone(),
                parent,
                depth: depth_no,
                name,
                organisation: None,
                kind: None,
                no: None,
                schools: schools(&path[..=depth]),
            });
        }
        open.truncate(path.len());
        let depth = i32::try_from(path.len()).unwrap_or(0);
        nodes.extend(list.iter().map(|organisation| node(organisation, path.last().cloned(), depth)));
    }
    nodes
}
