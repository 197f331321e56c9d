//! Pages: what `MaxItems` and `Marker` mean. IAM gives 100 items unless asked for more, up to 1,000.

use std::sync::Arc;

use model::iam::key_of;
use store::State;
use wire::Error;

use super::entity::Entity;
use crate::api::page::Page;

/// One page of a list.
pub struct Listed<T> {
    /// Its items.
    pub items: Vec<T>,
    /// Where the next page goes on, if there is one.
    pub marker: Option<String>,
}

impl<T> Listed<T> {
    /// Whether there is a next page.
    pub fn is_truncated(&self) -> bool {
        self.marker.is_some()
    }

    /// The same page of something made from each item.
    pub fn map<U>(self, make: impl FnMut(T) -> U) -> Listed<U> {
        Listed { items: self.items.into_iter().map(make).collect(), marker: self.marker }
    }
}

fn page(
    operation: &'static str,
    max_items: Option<i32>,
    marker: Option<&str>,
) -> Result<Page, Error> {
    // The model bounds MaxItems, so that only the marker can be wrong.
    Page::parse(operation, max_items, marker, 100, 1000)
        .map_err(|_| Error::validation("Invalid Marker."))
}

/// A page of all entities of a kind that `wanted` says yes to, by name.
pub fn entities<E: Entity>(
    state: &State,
    operation: &'static str,
    max_items: Option<i32>,
    marker: Option<&str>,
    wanted: impl Fn(&E) -> bool,
) -> Result<Listed<Arc<E>>, Error> {
    let page = page(operation, max_items, marker)?;
    let rows: Box<dyn Iterator<Item = &Arc<E>>> = match page.after::<String>()? {
        Some(key) => Box::new(E::table(state).after(&key)),
        None => Box::new(E::table(state).iter()),
    };
    let rows = rows.filter(|entity| wanted(entity)).cloned();
    let (items, marker) = page.take(rows, |entity| key_of(entity.name()));
    Ok(Listed { items, marker })
}

/// A page of a list that is at hand. It is put into the order of what `name` says of each item, which
/// must be different for all of them.
pub fn items<T>(
    operation: &'static str,
    max_items: Option<i32>,
    marker: Option<&str>,
    mut all: Vec<T>,
    name: impl Fn(&T) -> String,
) -> Result<Listed<T>, Error> {
    let page = page(operation, max_items, marker)?;
    all.sort_by_cached_key(&name);
    let after = page.after::<String>()?;
    let rest = all.into_iter().skip_while(|item| after.as_ref().is_some_and(|a| name(item) <= *a));
    let (items, marker) = page.take(rest, &name);
    Ok(Listed { items, marker })
}

/// Whether a path begins as asked; everything does when nothing is asked.
pub fn is_under(path: &str, prefix: Option<&str>) -> bool {
    prefix.is_none_or(|prefix| path.starts_with(prefix))
}
