//! What a list's address says beside its filter: the part of the map, the order, the page. Read for the page, the feed and the API.

use crate::base::error::{Error, Problem, Result};
use crate::base::i18n::Message;
use crate::civic::processes::{Ordering, ProcessRules};
use crate::core::app::App;
use crate::core::atlas::{Filter, Grouping, Paging, Unknown, World};
use parvis_tiles::{Bounds, Cursor, Order};

/// A checked query of a list.
#[derive(Debug, Clone)]
pub(super) struct ListQuery {
    pub(super) filter: Filter,
    /// The boxes of `bbox`: one, two over the antimeridian, none where it is not said.
    pub(super) boxes: Vec<Bounds>,
    pub(super) bbox: Option<String>,
    pub(super) order_word: &'static str,
    /// The order where none is said: the latest first, or what the one process asks for.
    pub(super) usual: &'static str,
    pub(super) paging: Paging,
    /// What a page's address asks for and there is not.
    pub(super) unknown: Vec<Unknown>,
    /// How a page's map groups what would overlap; nothing for what serves best.
    pub(super) grouping: Option<Grouping>,
}

/// The seed of an order by lot comes with the query, or is drawn for the page.
const ORDERS: [(&str, Order); 4] = [
    ("newest", Order::Newest),
    ("oldest", Order::Oldest),
    ("score", Order::HighestScore),
    ("random", Order::Random(0)),
];

const MOST_AT_ONCE: usize = 1_000;

/// What a list's address says beside its filter.
const OTHERS: [&str; 5] = ["bbox", "order", "limit", "cursor", "seed"];

impl ListQuery {
    /// The query of the next page.
    pub(super) fn next(&self, cursor: Cursor) -> String {
        let mut query = self.link();
        let separator = if query.is_empty() { "" } else { "&" };
        query.push_str(&format!(
            "{separator}limit={}&cursor={}.{}",
            self.paging.limit, cursor.value, cursor.id
        ));
        query
    }

    /// The part of the map that is asked for; `None` for all, and what has no place.
    pub(super) fn within(&self) -> Option<&[Bounds]> {
        (!self.boxes.is_empty()).then_some(&self.boxes)
    }

    /// What who follows `next` to the end may miss of it. Oldest first is the harvest's order: votes move nothing, and what is added
    /// comes at the end.
    pub(super) fn may_miss(&self) -> &'static str {
        match self.paging.order {
            Order::Oldest => "nothing",
            Order::Newest | Order::Random(_) => "added",
            Order::HighestScore => "moved",
        }
    }

    /// The query of the harvest: the same, the oldest first.
    pub(super) fn harvest(&self) -> String {
        let bbox = self.bbox.as_ref().map(|bbox| format!("bbox={bbox}"));
        let parts = [Some(self.filter.canonical()), bbox, Some("order=oldest".into())];
        parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("&")
    }

    /// The same, ready to be asked (see [`crate::core::atlas::Atlas::look_up`]).
    pub(super) async fn looked_up(mut self, app: &App) -> Result<ListQuery> {
        self.filter = app.atlas.look_up(&app.db, self.filter).await?;
        Ok(self)
    }

    /// The seed of an order by lot.
    pub(super) fn seed(&self) -> Option<u32> {
        match self.paging.order {
            Order::Random(seed) => Some(seed),
            _ => None,
        }
    }

    /// In the order that its process asks for, where it names one process and no order; by lot, with a seed of its own.
    pub(super) fn in_usual_order(mut self, world: &World) -> Result<ListQuery> {
        if let Some(known) = only_process(&self.filter, world)? {
            self.usual = match known.settings.rules.order {
                Ordering::Recent => "newest",
                Ordering::Random => "random",
                Ordering::Supported => "score",
            };
        }
        if self.order_word.is_empty() {
            self.order_word = self.usual;
        }
        let order = ORDERS.iter().find(|(word, _)| *word == self.order_word);
        let seed = self.seed().filter(|seed| *seed != 0);
        self.paging.order = match order.map_or(Order::Newest, |(_, order)| *order) {
            Order::Random(_) => Order::Random(seed.unwrap_or_else(drawn)),
            order => order,
        };
        Ok(self)
    }

    /// The query without its page.
    pub(super) fn link(&self) -> String {
        let mut link = self.page_link();
        if let Some(bbox) = &self.bbox {
            link.push_str(&format!("{}bbox={bbox}", if link.is_empty() { "" } else { "&" }));
        }
        if let Some(seed) = self.seed() {
            link.push_str(&format!("{}seed={seed}", if link.is_empty() { "" } else { "&" }));
        }
        link
    }

    /// The query of the same on another page: what is not known stays in it, so that no link shows more.
    pub(super) fn page_link(&self) -> String {
        let mut link = self.shared(&self.filter.clone().without_unknown());
        for Unknown { name, value } in self.unknown.iter().filter(|unknown| unknown.name != "bbox") {
            let value: String = form_urlencoded::byte_serialize(value.as_bytes()).collect();
            link.push_str(&format!("{}{name}={value}", if link.is_empty() { "" } else { "&" }));
        }
        link
    }

    /// What the address bar and other views share: this order, another filter.
    pub(super) fn shared(&self, filter: &Filter) -> String {
        let mut parts = vec![filter.canonical()];
        if !self.order_word.is_empty() && self.order_word != self.usual {
            parts.push(format!("order={}", self.order_word));
        }
        if let Some(grouping) = self.grouping {
            parts.push(format!("grouped={}", grouping.word()));
        }
        parts.retain(|part| !part.is_empty());
        parts.join("&")
    }
}

/// Reads the filter and the list's own parameters.
///
/// # Errors
/// [`Error::Invalid`] with everything that is wrong.
pub(super) fn list_query(query: &str, limit: usize) -> Result<ListQuery> {
    let (filter, others) = Filter::of_query(query, &OTHERS)?;
    let (list, problems) = read(filter, others, limit);
    if problems.is_empty() { Ok(list) } else { Err(Error::Invalid(problems)) }
}

/// The same of a page's address: what is no parameter is left out, what there is not shows nothing.
pub(super) fn page_query(query: &str, limit: usize, world: &World) -> ListQuery {
    let (filter, mut others, unknown) = Filter::of_page(query, &[&OTHERS[..], &["grouped"]].concat(), world);
    let grouped = others.extract_if(.., |(name, _)| name == "grouped").last();
    let bbox = others.iter().rfind(|(name, _)| name == "bbox").map(|(_, value)| value.clone());
    let (mut list, problems) = read(filter, others, limit);
    list.unknown = unknown;
    // A word that there is not groups as no word does.
    list.grouping = grouped.and_then(|(_, word)| Grouping::of_word(&word));
    // An order, a length or a page that there is not shows no other things.
    if problems.iter().any(|problem| problem.field == "bbox") {
        list.filter = list.filter.nothing();
        list.unknown.push(Unknown { name: "bbox".into(), value: bbox.unwrap_or_default() });
    }
    list
}

/// Reads the list's own parameters, and says what is wrong with them.
fn read(filter: Filter, others: Vec<(String, String)>, limit: usize) -> (ListQuery, Vec<Problem>) {
    let mut list = ListQuery {
        filter,
        boxes: Vec::new(),
        bbox: None,
        order_word: "",
        usual: "newest",
        paging: Paging { order: Order::Newest, after: None, limit },
        unknown: Vec::new(),
        grouping: None,
    };
    let mut problems = Vec::new();
    for (name, value) in others.into_iter().filter(|(_, value)| !value.is_empty()) {
        let bad = |key| Problem { field: name.clone(), message: Message::new(key).with("value", &value) };
        match name.as_str() {
            "bbox" => match boxes(&value) {
                Some(boxes) => (list.boxes, list.bbox) = (boxes, Some(value)),
                None => problems.push(bad("list-bad-bbox")),
            },
            "order" => match ORDERS.iter().find(|(word, _)| *word == value) {
                Some((word, order)) => {
                    list.order_word = word;
                    // A seed that was read before stays.
                    if list.seed().is_none() {
                        list.paging.order = *order;
                    }
                }
                None => problems.push(bad("list-bad-order")),
            },
            // What is no number is no seed: another is drawn.
            "seed" => list.paging.order = value.parse().map_or(list.paging.order, Order::Random),
            "limit" => match value.parse() {
                Ok(limit) if (1..=MOST_AT_ONCE).contains(&limit) => list.paging.limit = limit,
                _ => problems.push(bad("list-bad-limit")),
            },
            _ => {
                match value.split_once('.').and_then(|(key, id)| Some((key.parse().ok()?, id.parse().ok()?)))
                {
                    Some((value, id)) => list.paging.after = Some(Cursor { value, id }),
                    None => problems.push(bad("list-bad-cursor")),
                }
            }
        }
    }
    (list, problems)
}

/// A fresh seed; 0 stands for none.
pub(super) fn drawn() -> u32 {
    rand::random::<u32>() | 1
}

/// The process that a filter names, where it names one alone.
pub(super) fn only_process(filter: &Filter, world: &World) -> Result<Option<ProcessRules>> {
    let mut slugs = filter.words("process").filter(|slug| *slug != "none");
    match (slugs.next(), slugs.next()) {
        (Some(slug), None) => ProcessRules::of_feature(world, Some(slug)).map(Some),
        _ => Ok(None),
    }
}

/// `west,south,east,north` in degrees; where west is east of east, over the antimeridian.
pub(super) fn boxes(text: &str) -> Option<Vec<Bounds>> {
    let numbers: Vec<f64> = text.split(',').map(|n| n.trim().parse().ok()).collect::<Option<_>>()?;
    let [west, south, east, north] = numbers[..] else { return None };
    Bounds::boxes_of(west, south, east, north)
}
