//! Customers who were visited, but stand in no archive: ids that do not join (SPEC §1.2).

use super::seen::Seen;
use super::{Obstacle, ObstacleKind};
use crate::book::Book;
use crate::lang::{Words, counted, say, words};
use crate::model::*;
use crate::quote;
use crate::rules::config::Ruleset;
use std::collections::{BTreeMap, BTreeSet};

/// Fewer unknown customers than this are slips.
const LEAST: usize = 3;

/// Looks at the customers that the run visited in the month, and those that each manager did: what stands in the way, and the
/// managers concerned.
pub(super) fn look(book: &Book, ruleset: &Ruleset, seen: &[Seen]) -> (Vec<Obstacle>, BTreeSet<ManagerId>) {
    let most = ruleset.settings.max_unknown;
    let is_unknown = |id: &CustomerId| !book.has_customer(*id);
    let too_many = |customers: &[CustomerId]| {
        let unknown = customers.iter().filter(|id| is_unknown(id)).count();
        unknown >= LEAST && !most.caps(unknown as u64, customers.len() as u64)
    };
    let mut all: Vec<CustomerId> = seen.iter().flat_map(|seen| &seen.customers).copied().collect();
    all.sort_unstable();
    all.dedup();
    let of_run = too_many(&all);
    let is_concerned = |seen: &&Seen| too_many(&seen.customers) || (of_run && seen.customers.iter().any(is_unknown));
    let concerned: Vec<&Seen> = seen.iter().filter(is_concerned).collect();
    let unjoined = concerned.iter().map(|seen| seen.id).collect();
    if concerned.is_empty() && !of_run {
        return (vec![], unjoined);
    }
    let near = near_misses(book);
    if of_run {
        return (vec![obstacle(book, None, &all, &near)], unjoined);
    }
    let of = |seen: &&Seen| obstacle(book, Some(seen.id), &seen.customers, &near);
    (concerned.iter().map(of).collect(), unjoined)
}

fn obstacle(
    book: &Book,
    manager: Option<ManagerId>,
    customers: &[CustomerId],
    near: &BTreeMap<String, CustomerId>,
) -> Obstacle {
    let place = manager.map_or("visits.customer_id", |id| book.managers.text(id.0)).to_owned();
    let unknown: Vec<&str> =
        customers.iter().filter(|id| !book.has_customer(**id)).map(|id| book.customers.text(id.0)).collect();
    let (count, of) = (unknown.len(), customers.len());
    let joined = unknown.iter().filter_map(|id| Some((*id, book.customers.text(near.get(&key(id))?.0)))).next();
    let listed = |separator| quote::some(unknown.iter().copied(), separator);
    Obstacle {
        kind: ObstacleKind::IdsDoNotJoin,
        manager,
        count: count as u64,
        of: of as u64,
        message: say(
            format!("{place}：拜访过的 {of} 户中有 {count} 户不在客户档案中：{}", listed("、")),
            format!(
                "{place}: of {} visited {count} are not in customers: {}",
                counted(of as u64, "customer"),
                listed(", ")
            ),
        ),
        remedy: remedy(joined),
        place,
    }
}

fn remedy(near: Option<(&str, &str)>) -> Words {
    let general = words(
        "核对两个文件的客户编码是否出自同一系统、档案是否完整，重新导出",
        "see that both files take customer ids from one system and that the archive is complete, and export again",
    );
    match near {
        None => general,
        Some((visited, known)) => say(
            format!("编码只差大小写或前导零：拜访记录中的 {visited} 应即档案中的 {known}；{}", general.zh),
            format!(
                "ids differ by case or leading zeros only: {visited} of the visits may be {known} of the archive; {}",
                general.en
            ),
        ),
    }
}

/// The customers of the archive by their ids without case and leading zeros.
fn near_misses(book: &Book) -> BTreeMap<String, CustomerId> {
    let ids = (0..book.customers.len() as u32).map(CustomerId);
    ids.filter(|id| book.has_customer(*id)).map(|id| (key(book.customers.text(id.0)), id)).collect()
}

fn key(id: &str) -> String {
    id.trim_start_matches('0').to_lowercase()
}
