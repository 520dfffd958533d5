//! Lists: plain ones, and pages of long ones by Relay's conventions.

use crate::levels::Of;
use async_graphql::parser::types::Field;
use async_graphql::registry::Registry;
use async_graphql::{ContextSelectionSet, Object, OutputType, Positioned, ServerResult, TypeName, Value};
use std::borrow::Cow;
use vocabulary::{Page, PageInput};

/// A list that resolves one item after the other: the first fetches for its level, the rest find it there. The
/// library's own list resolves all items at once, which costs twice the CPU and here gains nothing.
pub(crate) struct Nodes<N>(Vec<N>);

impl<N> Nodes<N> {
    /// The objects of a level, as the schema shows them.
    pub(crate) fn of<X>(items: Vec<Of<X>>) -> Self
    where
        N: From<Of<X>>,
    {
        Self(items.into_iter().map(N::from).collect())
    }
}

impl<N> From<Vec<N>> for Nodes<N> {
    fn from(items: Vec<N>) -> Self {
        Self(items)
    }
}

impl<N: OutputType> OutputType for Nodes<N> {
    fn type_name() -> Cow<'static, str> {
        Cow::Owned(format!("[{}]", N::qualified_type_name()))
    }

    fn qualified_type_name() -> String {
        format!("[{}]!", N::qualified_type_name())
    }

    fn create_type_info(registry: &mut Registry) -> String {
        N::create_type_info(registry);
        Self::qualified_type_name()
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        let mut values = Vec::with_capacity(self.0.len());
        for (index, item) in self.0.iter().enumerate() {
            let ctx = ctx.with_index(index);
            let value = item.resolve(&ctx, field).await.map_err(|error| ctx.set_error_path(error))?;
            values.push(value);
        }
        Ok(Value::List(values))
    }
}

/// A page of a list.
pub(crate) struct Connection<N> {
    nodes: Nodes<N>,
    end: Option<String>,
    more: bool,
    total: i64,
}

impl<N> Connection<N> {
    /// A page of objects that have relations: they are a level.
    pub(crate) fn of<X: Send + Sync + 'static>(page: Page<X>) -> Self
    where
        N: From<Of<X>>,
    {
        Self { nodes: Nodes::of(Of::level(page.items)), end: page.end, more: page.more, total: page.total }
    }
}

impl<N> From<Page<N>> for Connection<N> {
    fn from(page: Page<N>) -> Self {
        Self { nodes: Nodes(page.items), end: page.end, more: page.more, total: page.total }
    }
}

impl<N: OutputType> TypeName for Connection<N> {
    fn type_name() -> Cow<'static, str> {
        Cow::Owned(format!("{}Connection", N::type_name()))
    }
}

/// A page of a list.
#[Object(name_type)]
impl<N: OutputType> Connection<N> {
    /// The items.
    async fn nodes(&self) -> &Nodes<N> {
        &self.nodes
    }

    /// Where the page ends, and whether more follow.
    async fn page_info(&self) -> PageInfo {
        PageInfo { end_cursor: self.end.clone(), has_next_page: self.more }
    }

    /// How many there are in all, counted to 10,000.
    async fn total_count(&self) -> i64 {
        self.total
    }

    /// Whether there are more than were counted.
    async fn total_is_more(&self) -> bool {
        self.total >= Page::<()>::COUNTED
    }
}

/// Where a page ends.
#[derive(async_graphql::SimpleObject)]
pub(crate) struct PageInfo {
    /// Give it as `after` to get the next page.
    end_cursor: Option<String>,
    /// Whether there is a next page.
    has_next_page: bool,
}

/// The page that a field's arguments ask for.
pub(crate) fn page(first: i32, after: Option<String>) -> PageInput {
    PageInput { first, after }
}
