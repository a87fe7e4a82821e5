//! `sample --verify`: whether a list that came back is the draw, for people and, as `baifang.sample-verify/1`, for scripts.
//!
//! ```text
//! schema, version, month, horizon, file, seed, seed_text, percent, min
//! honest      whether nothing was swapped, added or left out
//! complete    whether every customer that is to be checked has a result
//! managers    one a manager: manager_id, population, frame_sha256, size, listed, passed, failed, unable,
//!             faults (kind: "left_out", "not_drawn", "needless", "twice"; place, customer_id, line),
//!             replaced (customer_id, spare: null where nobody is left), open (customer ids without a result)
//! strangers   ids on the list of managers that the month does not have
//! ```

use super::Sampling;
use crate::document::{Cell, Column, Document, Table, Tone};
use crate::lang::{Lang, Words, counted, say, words};
use crate::model::{At, CheckResult, CustomerId, ManagerId};
use crate::report::rows;
use crate::sample::{Fault, Returned};
use serde_json::{Value, json};

/// A list that came back.
pub struct Verified<'a> {
    pub sampling: Sampling<'a>,
    /// The list's file.
    pub file: &'a str,
    pub managers: &'a [Returned],
    /// Managers of the list that the month does not have.
    pub strangers: &'a [ManagerId],
}

impl Verified<'_> {
    pub fn is_honest(&self) -> bool {
        self.strangers.is_empty() && self.managers.iter().all(|one| one.faults.is_empty())
    }

    /// Whether more than half of those who are drawn are not on the list: nobody swaps so many.
    fn is_of_another_draw(&self) -> bool {
        let drawn: u64 = self.managers.iter().map(|one| one.frame.size).sum();
        let left_out = |one: &Returned| {
            let is_drawn = |fault: &&Fault| matches!(fault, Fault::LeftOut { place, .. } if *place <= one.frame.size);
            one.faults.iter().filter(is_drawn).count() as u64
        };
        let has_list = self.managers.iter().any(|one| !one.faults.is_empty() || !one.listed.is_empty());
        has_list && self.managers.iter().map(left_out).sum::<u64>() * 2 > drawn
    }

    fn is_complete(&self) -> bool {
        self.managers.iter().all(|one| one.open.is_empty())
    }
}

pub fn build(verified: &Verified, lang: Lang) -> Document {
    let Verified { sampling, file, managers, strangers } = verified;
    let mut document = Document::default();
    let result = match (verified.is_honest(), verified.is_complete()) {
        (true, true) => words("与抽签一致，已全部抽查", "it is the draw, and all of it was checked"),
        (true, false) => words("与抽签一致，尚未查完", "it is the draw, and not all of it has been checked"),
        (false, _) => words("与抽签不一致", "it is not the draw"),
    };
    let title = say(
        format!("抽查名单核对 {}：{file}：{}", sampling.month, result.zh),
        format!("Spot check, {}: {file}: {}", sampling.month, result.en),
    );
    document.title(title.get(lang));
    if verified.is_of_another_draw() {
        let told = say(
            format!(
                "名单与种子“{}”抽出的大半不符：多半不是这个种子。请先核对 --seed、--percent 和 --min 是否与抽签时相同，再看下面各项",
                sampling.terms.seed
            ),
            format!(
                "Most of the list is not what the seed \"{}\" draws: it is likely another seed. See first that --seed, --percent and --min are those of the draw",
                sampling.terms.seed
            ),
        );
        document.notice(told.get(lang));
    }
    document.table(counts(verified, lang));
    for id in *strangers {
        let id = sampling.manager_id(*id);
        let told = say(format!("✗ {id}：本月没有这名客户经理"), format!("✗ {id}: the month has no such manager"));
        document.caption(told.get(lang), Tone::Bad);
    }
    for one in *managers {
        add_manager(verified, one, &mut document, lang);
    }
    document.text(sampling.recipe().get(lang));
    rows::add_foot(sampling.book, sampling.accounts, sampling.ruleset, sampling.month.span(), &mut document, lang);
    document
}

fn counts(verified: &Verified, lang: Lang) -> Table {
    let head = |zh, en| words(zh, en).get(lang).to_owned();
    let columns = vec![
        Column::left(head("客户经理", "manager")),
        Column::right(head("拜访户数", "visited")),
        Column::right(head("应抽", "size")),
        Column::right(head("名单", "listed")),
        Column::right(head("合格", "pass")),
        Column::right(head("不合格", "fail")),
        Column::right(head("无法核查", "unable")),
        Column::right(head("未查", "open")),
        Column::left(""),
    ];
    let row = |one: &Returned| {
        let counts = [CheckResult::Pass, CheckResult::Fail, CheckResult::Unable].map(|result| one.count(result));
        let mut row = vec![Cell::new(verified.sampling.manager(one.manager))];
        let numbers = [one.frame.population, one.frame.size, one.listed.len() as u64];
        row.extend(numbers.map(|n| Cell::new(n.to_string())));
        row.extend(counts.map(|n| Cell::new(n.to_string())));
        row.push(Cell::new(one.open.len().to_string()));
        let (mark, tone) = if one.faults.is_empty() { ("✓", Tone::Good) } else { ("✗", Tone::Bad) };
        row.push(Cell::toned(mark, tone));
        row
    };
    Table { columns, rows: verified.managers.iter().map(row).collect(), headed: true, breaks: false }
}

fn add_manager(verified: &Verified, one: &Returned, document: &mut Document, lang: Lang) {
    let sampling = &verified.sampling;
    if one.faults.is_empty() && one.replaced.is_empty() && one.open.is_empty() {
        return;
    }
    document.heading(sampling.manager(one.manager));
    for fault in &one.faults {
        document.caption(format!("✗ {}", fault_words(verified, *fault).get(lang)), Tone::Bad);
    }
    if !one.faults.is_empty() {
        let (population, digest) = (one.frame.population, &one.frame.sha256[..12]);
        let frame = say(
            format!("核对所用名册：{population} 户，SHA-256 {digest}…；若与名单所载不同，先查两次数据为何不同"),
            format!(
                "The frame compared with: {}, SHA-256 {digest}…; where the list records another, the data differ: see why first",
                counted(population, "customer")
            ),
        );
        document.text(frame.get(lang));
    }
    for (unable, spare) in &one.replaced {
        let unable = sampling.customer(*unable);
        let told = match spare.map(|spare| sampling.customer(spare)) {
            Some(spare) => {
                say(format!("{unable} 无法核查，由备选 {spare} 替补"), format!("{unable}: unable; {spare} stands in"))
            }
            None => say(
                format!("{unable} 无法核查，已无客户可替补"),
                format!("{unable}: unable; nobody is left to stand in"),
            ),
        };
        document.caption(told.get(lang), Tone::Waiting);
    }
    for open in &one.open {
        let open = sampling.customer(*open);
        document.caption(say(format!("{open} 尚无结果"), format!("{open}: no result yet")).get(lang), Tone::Waiting);
    }
}

fn fault_words(verified: &Verified, fault: Fault) -> Words {
    let customer = |id: CustomerId| verified.sampling.customer(id);
    let line = |at: At| format!("{}:{}", verified.file, at.line);
    match fault {
        Fault::LeftOut { place, customer: id } => {
            let name = customer(id);
            say(format!("漏列：{name} 签序第 {place}"), format!("left out: {name}, drawn in place {place}"))
        }
        Fault::NotDrawn { place: Some(place), customer: id, at } => {
            let (name, line) = (customer(id), line(at));
            say(
                format!("未抽中而列入：{name} 签序第 {place}，其前有人未列入，{line}"),
                format!("not drawn: {name}, in place {place} behind one that is not on the list, {line}"),
            )
        }
        Fault::NotDrawn { place: None, customer: id, at } => {
            let (name, line) = (customer(id), line(at));
            say(
                format!("未抽中而列入：{name} 本月未被该客户经理拜访，{line}"),
                format!("not drawn: {name} was not visited by this manager in the month, {line}"),
            )
        }
        Fault::Needless { place, customer: id, at } => {
            let (name, line) = (customer(id), line(at));
            say(
                format!("备选 {name}（签序第 {place}）已查，但并无前面的客户无法核查，{line}"),
                format!("spare {name} (place {place}) was checked with nobody before to stand in for, {line}"),
            )
        }
        Fault::Twice { customer: id, at } => {
            let (name, line) = (customer(id), line(at));
            say(format!("重复列入：{name}，{line}"), format!("listed twice: {name}, {line}"))
        }
    }
}

/// The contract for scripts.
pub fn json(verified: &Verified) -> Value {
    let Sampling { book, month, terms, .. } = verified.sampling;
    let id = |customer: CustomerId| book.customers.text(customer.0);
    let fault = |fault: &Fault| match *fault {
        Fault::LeftOut { place, customer } => {
            json!({"kind": "left_out", "place": place, "customer_id": id(customer), "line": null})
        }
        Fault::NotDrawn { place, customer, at } => {
            json!({"kind": "not_drawn", "place": place, "customer_id": id(customer), "line": at.line})
        }
        Fault::Needless { place, customer, at } => {
            json!({"kind": "needless", "place": place, "customer_id": id(customer), "line": at.line})
        }
        Fault::Twice { customer, at } => {
            json!({"kind": "twice", "place": null, "customer_id": id(customer), "line": at.line})
        }
    };
    let manager = |one: &Returned| {
        let replaced = one.replaced.iter();
        let replaced = replaced.map(|(unable, spare)| json!({"customer_id": id(*unable), "spare": spare.map(id)}));
        json!({
            "manager_id": verified.sampling.manager_id(one.manager),
            "population": one.frame.population,
            "frame_sha256": one.frame.sha256,
            "size": one.frame.size,
            "listed": one.listed.len(),
            "passed": one.count(CheckResult::Pass),
            "failed": one.count(CheckResult::Fail),
            "unable": one.count(CheckResult::Unable),
            "faults": one.faults.iter().map(fault).collect::<Vec<Value>>(),
            "replaced": replaced.collect::<Vec<Value>>(),
            "open": one.open.iter().map(|open| id(*open)).collect::<Vec<&str>>(),
        })
    };
    json!({
        "schema": "baifang.sample-verify/1",
        "version": env!("CARGO_PKG_VERSION"),
        "month": month.to_string(),
        "horizon": book.horizon.to_string(),
        "file": verified.file,
        "seed": terms.seed,
        "seed_text": terms.seed_text(month),
        "percent": terms.percent,
        "min": terms.min,
        "honest": verified.is_honest(),
        "complete": verified.is_complete(),
        "managers": verified.managers.iter().map(manager).collect::<Vec<Value>>(),
        "strangers": verified.strangers.iter().map(|id| book.managers.text(id.0)).collect::<Vec<&str>>(),
    })
}
