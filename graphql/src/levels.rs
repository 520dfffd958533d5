//! Levels: objects of one reply, whose relations are fetched for all of them in one call.
//!
//! The first object that is asked for a relation asks the service for every object of its level; the others find the
//! answer there. Lists resolve one item after the other ([`crate::connection::Nodes`]), so nothing waits in vain.
//! The rule that makes this right: an item of a list reaches a service only through its level.

use crate::ask::ask;
use crate::clients::Clients;
use async_graphql::{Context, Pos};
use contract::Operation;
use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::hash::Hash;
use std::ops::{Deref, Range};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::OnceCell;
use vocabulary::{Code, Error, MAX_IDS, Result};

/// The objects of one reply, and what was fetched for all of them so far.
pub(crate) struct Level<T> {
    items: Vec<T>,
    /// By the field's position in the document, which fixes alias, arguments and variables, and by the operation.
    cells: Mutex<HashMap<(Pos, TypeId), Arc<dyn Any + Send + Sync>>>,
}

/// An object and its level.
pub(crate) struct Of<T> {
    level: Arc<Level<T>>,
    index: usize,
}

impl<T> Clone for Of<T> {
    fn clone(&self) -> Self {
        Self { level: Arc::clone(&self.level), index: self.index }
    }
}

impl<T> Deref for Of<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.level.items[self.index]
    }
}

/// What a relation gave: the next level, and which of its objects belong to each object of this one.
struct Relation<X> {
    level: Arc<Level<X>>,
    places: Vec<Range<usize>>,
}

/// A failure is kept too, so that not every sibling asks again.
type Cell<X> = OnceCell<Result<Relation<X>>>;

/// A reply that is aligned with the ids that were asked for: one or several objects for each.
pub(crate) trait Aligned {
    /// What belongs to an id.
    type Item: Send + Sync + 'static;
    /// Takes it apart.
    fn groups(self) -> Vec<Vec<Self::Item>>;
}

impl<X: Send + Sync + 'static> Aligned for Vec<Option<X>> {
    type Item = X;
    fn groups(self) -> Vec<Vec<X>> {
        self.into_iter().map(|item| item.into_iter().collect()).collect()
    }
}

impl<X: Send + Sync + 'static> Aligned for Vec<Vec<X>> {
    type Item = X;
    fn groups(self) -> Vec<Vec<X>> {
        self
    }
}

impl<T: Send + Sync + 'static> Of<T> {
    /// A level of these objects.
    pub(crate) fn level(items: Vec<T>) -> Vec<Self> {
        let count = items.len();
        let level = Arc::new(Level { items, cells: Mutex::default() });
        (0..count).map(|index| Self { level: Arc::clone(&level), index }).collect()
    }

    /// An object that came alone: a level of one.
    pub(crate) fn alone(item: T) -> Self {
        Self { level: Arc::new(Level { items: vec![item], cells: Mutex::default() }), index: 0 }
    }

    /// The objects that a relation gives for this one; asked once for the whole level.
    ///
    /// `key` names what is asked for, where there is something to ask; equal keys are asked for once.
    pub(crate) async fn many<O, K>(
        &self,
        ctx: &Context<'_>,
        key: impl Fn(&T) -> Option<K> + Send,
        make: impl FnOnce(Vec<K>) -> O + Send,
    ) -> Result<Vec<Of<<O::Reply as Aligned>::Item>>>
    where
        O: Operation<Reply: Aligned>,
        Clients: crate::clients::Has<O::Service>,
        K: Eq + Hash + Copy + Send,
    {
        let cell = self.cell::<<O::Reply as Aligned>::Item>(ctx.item.pos, TypeId::of::<O>());
        let fetched = cell.get_or_init(|| fetch(ctx, &self.level.items, key, make)).await;
        let relation = fetched.as_ref().map_err(Clone::clone)?;
        let range = relation.places.get(self.index).cloned().unwrap_or_default();
        Ok(range.map(|index| Of { level: Arc::clone(&relation.level), index }).collect())
    }

    /// The one object that a relation gives for this one, where it gives one.
    pub(crate) async fn one<O, K>(
        &self,
        ctx: &Context<'_>,
        key: impl Fn(&T) -> Option<K> + Send,
        make: impl FnOnce(Vec<K>) -> O + Send,
    ) -> Result<Option<Of<<O::Reply as Aligned>::Item>>>
    where
        O: Operation<Reply: Aligned>,
        Clients: crate::clients::Has<O::Service>,
        K: Eq + Hash + Copy + Send,
    {
        Ok(self.many(ctx, key, make).await?.into_iter().next())
    }

    fn cell<X: Send + Sync + 'static>(&self, position: Pos, operation: TypeId) -> Arc<Cell<X>> {
        let mut cells = self.level.cells.lock().unwrap_or_else(PoisonError::into_inner);
        let cell = cells.entry((position, operation)).or_insert_with(|| Arc::new(Cell::<X>::new()));
        // The operation fixes the type of its reply, so the cell is always of this type.
        Arc::clone(cell).downcast().unwrap_or_default()
    }
}

async fn fetch<T, O, K>(
    ctx: &Context<'_>,
    items: &[T],
    key: impl Fn(&T) -> Option<K>,
    make: impl FnOnce(Vec<K>) -> O,
) -> Result<Relation<<O::Reply as Aligned>::Item>>
where
    O: Operation<Reply: Aligned>,
    Clients: crate::clients::Has<O::Service>,
    K: Eq + Hash + Copy,
{
    let mut asked = Vec::new();
    let mut known = HashMap::new();
    let slots: Vec<Option<usize>> = items
        .iter()
        .map(|item| {
            key(item).map(|key| {
                *known.entry(key).or_insert_with(|| {
                    asked.push(key);
                    asked.len() - 1
                })
            })
        })
        .collect();
    let count = asked.len();
    if count > MAX_IDS {
        return Err(Error::new(Code::DocumentLimit).with("limit", format!("{MAX_IDS} objects a level")));
    }
    let groups = if count == 0 { Vec::new() } else { ask(ctx, make(asked)).await?.groups() };
    if groups.len() != count {
        return Err(Error::internal(format!("{} answered {} of {count} ids", O::PATH, groups.len())));
    }
    let mut found = Vec::new();
    let ranges: Vec<Range<usize>> = groups
        .into_iter()
        .map(|group| {
            let start = found.len();
            found.extend(group);
            start..found.len()
        })
        .collect();
    let places = slots.into_iter().map(|slot| slot.map_or(0..0, |slot| ranges[slot].clone())).collect();
    Ok(Relation { level: Arc::new(Level { items: found, cells: Mutex::default() }), places })
}
