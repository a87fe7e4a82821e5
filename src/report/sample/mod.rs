//! `sample` for people: whom to check and how, and what anyone needs to draw again.

mod columns;
pub mod csv;
pub mod json;
pub mod pdf;
pub mod scores;
pub mod scores_pdf;
pub mod verify;

use super::manner::{mode_words, outcome_words};
use super::rows;
use crate::book::Book;
use crate::document::{Cell, Column, Document, Table, Tone};
use crate::lang::{Lang, Words, counted, say, words};
use crate::load::Accounts;
use crate::measures::Proof;
use crate::model::{Call, CustomerId, ManagerId, Mode, Month, Outcome};
use crate::report::proof;
use crate::rules::config::Ruleset;
use crate::sample::{Drawn, Lot, Pick, Terms, ToCheck};

/// Everything that is known of a draw but what was drawn.
#[derive(Clone, Copy)]
pub struct Sampling<'a> {
    pub book: &'a Book,
    pub ruleset: &'a Ruleset,
    pub accounts: &'a Accounts,
    pub month: Month,
    pub terms: &'a Terms<'a>,
}

impl<'a> Sampling<'a> {
    pub fn manager_id(&self, id: ManagerId) -> &'a str {
        self.book.managers.text(id.0)
    }

    pub fn customer_id(&self, id: CustomerId) -> &'a str {
        self.book.customers.text(id.0)
    }

    pub fn customer_name(&self, id: CustomerId) -> &'a str {
        self.book.customer(id).map_or("", |customer| customer.name)
    }

    /// Id, name and branch.
    pub fn manager(&self, id: ManagerId) -> String {
        let (name, branch) = (self.book.manager_name(id), self.book.branch(id));
        let parts = [Some(self.manager_id(id)), name, branch];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// Id and name.
    pub fn customer(&self, id: CustomerId) -> String {
        format!("{} {}", self.customer_id(id), self.customer_name(id)).trim_end().to_owned()
    }

    /// What a checker needs to find a customer: address, contact, numbers.
    pub fn reach(&self, id: CustomerId) -> [String; 3] {
        let Some(customer) = self.book.customer(id) else { return Default::default() };
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let phones: Vec<String> = customer.phones.iter().map(ToString::to_string).collect();
        [text(customer.address), text(customer.contact), phones.join(" / ")]
    }

    /// How the draw is done again.
    pub fn recipe(&self) -> Words {
        let Terms { seed, percent, min, spares, targeted, .. } = self.terms;
        let month = self.month;
        let besides = match targeted {
            0 => words("", ""),
            n => say(format!("，不在抽签内另加定向 {n} 户"), format!("; targeted, apart from the draw, {n}")),
        };
        say(
            format!(
                "种子 {seed}：每名客户经理抽查拜访户数的 {percent}%（至少 {min} 户），备选 {spares} 户{}。\
                 凭此种子任何人都可重抽：--seed，或公开的 consistent_sampler 程序包（种子文本 {seed}/{month}）",
                besides.zh
            ),
            format!(
                "Seed {seed}: {percent}% of the customers visited by each manager, at least {min}; spares {spares}{}. \
                 Anyone can draw again with it: --seed, or the published package consistent_sampler (seed text {seed}/{month})",
                besides.en
            ),
        )
    }
}

/// How visits of a mode are checked (七.2(1)).
pub fn method(mode: Mode) -> Words {
    match mode {
        Mode::Onsite => words("查看服务手册签字", "service handbook signature"),
        Mode::Phone => words("核对通话记录或询问客户", "call record, or ask the customer"),
        Mode::Web => words("核对网络记录", "web record"),
    }
}

/// How a customer is checked: the method of each mode that he was visited by.
pub fn methods(pick: &Pick) -> Words {
    let modes = [Mode::Onsite, Mode::Phone, Mode::Web];
    let used = modes.into_iter().filter(|mode| pick.visits.iter().any(|visit| visit.mode == *mode)).map(method);
    used.reduce(|all, next| all.then(&words("；", "; ")).then(&next)).unwrap_or(words("", ""))
}

/// Day and minute, in the month that everybody knows.
pub fn moment(visit: &ToCheck) -> String {
    format!("{} {}", visit.started.date.format("%m-%d"), &visit.started.clock().long()[..5])
}

/// Mode, and what came of the visit where it was not done.
pub fn manner(visit: &ToCheck) -> Words {
    let mode = mode_words(visit.mode);
    let tool = visit.tool.as_deref().map_or(words("", ""), |tool| Words::same(format_args!(" {tool}")));
    let outcome = outcome_words(visit.outcome);
    let outcome = if outcome.en.is_empty() {
        outcome
    } else {
        say(format!("（{}）", outcome.zh), format!(" ({})", outcome.en))
    };
    mode.then(&tool).then(&outcome)
}

/// What to look at to confirm a visit; of phone visits what the call records say.
pub fn check_of(visit: &ToCheck) -> Words {
    let call = |call: &Call| {
        let (at, n) = (call.started.clock().long(), call.seconds);
        say(format!("通话 {at} {n} 秒"), format!("call {at}, {n} s"))
    };
    let ask = words("，询问客户", "; ask the customer");
    match (visit.mode, &visit.proof) {
        (Mode::Phone, Some(Proof::Proven(found))) => call(found).then(&words("，可佐证", ": proves it")),
        (Mode::Phone, Some(Proof::TooShort(found))) => call(found).then(&words("，过短", ": too short")).then(&ask),
        (Mode::Phone, Some(Proof::OtherNumber(found))) => {
            call(found).then(&words("，号码不符", ": another number")).then(&ask)
        }
        (Mode::Phone, Some(Proof::Taken(found))) => {
            call(found).then(&words("，已佐证其他拜访", ": proves another visit")).then(&ask)
        }
        (Mode::Phone, Some(Proof::NoCall)) => words("没有通话记录", "no call record").then(&ask),
        (Mode::Phone, Some(Proof::NumberUnknown)) => words("号码未知", "number unknown").then(&ask),
        (Mode::Phone, None) if visit.outcome == Outcome::Done => words("未载入通话记录", "no calls loaded").then(&ask),
        (Mode::Phone, None) => words("询问客户", "ask the customer"),
        (mode, _) => method(mode),
    }
}

/// A ticket as people compare it.
pub fn short_ticket(ticket: &str) -> &str {
    ticket.get(..11).unwrap_or(ticket)
}

/// What stands beside the place of one that was not simply drawn.
pub fn lot_words(lot: Lot) -> Words {
    match lot {
        Lot::Drawn => words("", ""),
        Lot::Spare => words("备选", "spare"),
        Lot::Targeted => words("定向", "targeted"),
    }
}

/// The whole list.
pub fn build(sampling: &Sampling, drawn: &[Drawn], lang: Lang) -> Document {
    let mut document = Document::default();
    let of_all = |count: fn(&Drawn) -> u64| drawn.iter().map(count).sum::<u64>();
    let (checked, visited) = (of_all(|one| one.frame.size), of_all(|one| one.frame.population));
    let title = say(
        format!("抽查名单 {}：{} 名客户经理，{visited} 户中抽查 {checked} 户", sampling.month, drawn.len()),
        format!(
            "Spot check, {}: {} of {}, {}",
            sampling.month,
            checked,
            counted(visited, "customer"),
            counted(drawn.len() as u64, "manager")
        ),
    );
    document.title(title.get(lang));
    document.text(sampling.recipe().get(lang));
    for one in drawn {
        add_manager(sampling, one, &mut document, lang);
    }
    rows::add_foot(sampling.book, sampling.accounts, sampling.ruleset, sampling.month.span(), &mut document, lang);
    document
}

fn add_manager(sampling: &Sampling, drawn: &Drawn, document: &mut Document, lang: Lang) {
    let frame = &drawn.frame;
    let (population, size) = (frame.population, frame.size);
    let heading = say(
        format!("{}：拜访 {population} 户，抽查 {size} 户", sampling.manager(drawn.manager)),
        format!("{}: {size} of {}", sampling.manager(drawn.manager), counted(population, "customer")),
    );
    document.heading(heading.get(lang));
    if let Some(last) = frame.last_ticket() {
        let facts = say(
            format!("名册 SHA-256 {}…，末位签号 {}", &frame.sha256[..12], short_ticket(last)),
            format!("frame SHA-256 {}…, last ticket {}", &frame.sha256[..12], short_ticket(last)),
        );
        document.caption(facts.get(lang), Tone::Faint);
    }
    if let Some(proof) = drawn.proof() {
        document.caption(proof::of_draw(&proof).get(lang), Tone::Plain);
    }
    document.table(table(sampling, drawn, lang));
}

fn table(sampling: &Sampling, drawn: &Drawn, lang: Lang) -> Table {
    let head = |zh, en| words(zh, en).get(lang).to_owned();
    let columns = vec![
        Column::right(""),
        Column::left(head("客户", "customer")),
        Column::left(head("签号", "ticket")).if_wide(),
        Column::left(head("拜访", "visit")),
        Column::left(head("方式", "mode")),
        Column::left(head("核查", "check")),
    ];
    let mut rows = Vec::new();
    for (place, pick) in (1..).zip(&drawn.picks) {
        let mark = lot_words(pick.lot);
        let mut own = [
            format!("{place} {}", mark.get(lang)).trim_end().to_owned(),
            sampling.customer(pick.customer),
            short_ticket(&pick.ticket).to_owned(),
        ];
        for visit in &pick.visits {
            let (manner, check) = (manner(visit), check_of(visit));
            let told = [moment(visit), manner.get(lang).to_owned(), check.get(lang).to_owned()];
            // Whose visits these are stands in the first row.
            rows.push(std::mem::take(&mut own).into_iter().chain(told).map(Cell::new).collect());
        }
    }
    Table { columns, rows, headed: true, breaks: false }
}
