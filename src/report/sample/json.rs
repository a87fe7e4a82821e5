//! `sample --format json`: `baifang.sample/1`.
//!
//! ```text
//! schema, version, month, horizon
//! rules        path, sha256
//! columns, inputs    as in baifang.check/2
//! seed         what --seed takes to draw again; seed_text: what goes into the hash, the seed with the month
//! percent, min, spares, targeted
//! managers     one a manager:
//!   manager_id, name, branch
//!   population      customers visited; frame_sha256: of their ids in the order of bytes, a line feed behind each
//!   size            how many are to be checked; last_ticket: the ticket of the last of them
//!   proof           what checking them proves, as in baifang.check/2
//!   drawn           in ticket order: place, draw ("draw", "spare", or behind them "targeted"), customer_id, name, address, contact, phone (empty
//!                   where the archive has none), ticket, and visits, each with started_at, mode, outcome, visit_id,
//!                   tool, proof (of a completed phone visit with calls loaded: "proven", "no_call", "too_short",
//!                   "other_number", "taken", "number_unknown"), call (its started_at, number, seconds), check (in
//!                   words), file, line
//! rejected     as in baifang.check/2
//! ```
//!
//! All keys are always there; what does not apply is null.

use super::{Sampling, check_of};
use crate::document::Keys;
use crate::lang::Lang;
use crate::measures::Proof;
use crate::model::{Call, Word};
use crate::report::proof::DrawProofJson;
use crate::report::provenance::{Place, columns_json, input_json, rejected_json, rules_json};
use crate::sample::{Drawn, Lot, Pick, ToCheck};
use serde::Serialize;

#[derive(Serialize)]
struct ManagerJson<'a> {
    manager_id: &'a str,
    name: Option<&'a str>,
    branch: Option<&'a str>,
    population: u64,
    frame_sha256: &'a str,
    size: u64,
    last_ticket: Option<&'a str>,
    proof: Option<DrawProofJson>,
    drawn: Vec<PickJson<'a>>,
}

#[derive(Serialize)]
struct PickJson<'a> {
    place: u64,
    draw: &'static str,
    customer_id: &'a str,
    name: Option<&'a str>,
    address: String,
    contact: String,
    phone: String,
    ticket: Option<&'a str>,
    visits: Vec<VisitJson<'a>>,
}

#[derive(Serialize)]
struct VisitJson<'a> {
    started_at: String,
    mode: &'static str,
    outcome: &'static str,
    visit_id: Option<&'a str>,
    tool: Option<&'a str>,
    proof: Option<&'static str>,
    call: Option<CallJson>,
    check: String,
    #[serde(flatten)]
    place: Place<'a>,
}

#[derive(Serialize)]
struct CallJson {
    started_at: String,
    number: String,
    seconds: u32,
}

/// The whole output, key by key.
pub fn tell<K: Keys>(sampling: &Sampling, drawn: &[Drawn], lang: Lang, keys: &mut K) -> Result<(), K::Error> {
    let Sampling { book, ruleset, accounts, month, terms } = *sampling;
    keys.value("schema", "baifang.sample/1")?;
    keys.value("version", env!("CARGO_PKG_VERSION"))?;
    keys.value("month", month.to_string())?;
    keys.value("horizon", book.horizon.to_string())?;
    keys.value("rules", rules_json(ruleset, month.span()))?;
    keys.list("columns", &accounts.columns, |file| [columns_json(file)])?;
    keys.list("inputs", &accounts.inputs, |input| [input_json(input)])?;
    keys.value("seed", terms.seed)?;
    keys.value("seed_text", terms.seed_text(month))?;
    keys.value("percent", terms.percent)?;
    keys.value("min", terms.min)?;
    keys.value("spares", terms.spares)?;
    keys.value("targeted", terms.targeted)?;
    keys.list("managers", drawn, |one| [manager(sampling, one, lang)])?;
    keys.list("rejected", &accounts.rejected, |row| [rejected_json(book, row, lang)])
}

fn manager<'a>(sampling: &Sampling<'a>, drawn: &'a Drawn, lang: Lang) -> ManagerJson<'a> {
    let frame = &drawn.frame;
    ManagerJson {
        manager_id: sampling.manager_id(drawn.manager),
        name: sampling.book.manager_name(drawn.manager),
        branch: sampling.book.branch(drawn.manager),
        population: frame.population,
        frame_sha256: &frame.sha256,
        size: frame.size,
        last_ticket: frame.last_ticket(),
        proof: drawn.proof().map(DrawProofJson::from),
        drawn: (1..).zip(&drawn.picks).map(|(place, pick)| pick_json(sampling, place, pick, lang)).collect(),
    }
}

fn pick_json<'a>(sampling: &Sampling<'a>, place: u64, pick: &'a Pick, lang: Lang) -> PickJson<'a> {
    let [address, contact, phone] = sampling.reach(pick.customer);
    PickJson {
        address,
        contact,
        phone,
        place,
        draw: match pick.lot {
            Lot::Drawn => "draw",
            Lot::Spare => "spare",
            Lot::Targeted => "targeted",
        },
        customer_id: sampling.customer_id(pick.customer),
        name: sampling.book.customer(pick.customer).map(|customer| customer.name),
        ticket: (pick.lot != Lot::Targeted).then_some(&*pick.ticket),
        visits: pick.visits.iter().map(|visit| visit_json(sampling, visit, lang)).collect(),
    }
}

fn visit_json<'a>(sampling: &Sampling<'a>, visit: &'a ToCheck, lang: Lang) -> VisitJson<'a> {
    let call = |call: &Call| CallJson {
        started_at: call.started.to_string(),
        number: call.number.to_string(),
        seconds: call.seconds,
    };
    VisitJson {
        started_at: visit.started.to_string(),
        mode: visit.mode.name(),
        outcome: visit.outcome.name(),
        visit_id: visit.id.as_deref(),
        tool: visit.tool.as_deref(),
        proof: visit.proof.as_ref().map(Proof::name),
        call: visit.proof.as_ref().and_then(Proof::call).map(call),
        check: check_of(visit).get(lang).to_owned(),
        place: Place::of(sampling.book, visit.at),
    }
}
