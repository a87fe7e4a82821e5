//! 七.2(1): each phone visit is proven by a call.

use super::{Meta, Need, Rule};
use crate::doubt::{cell_of_call, could_prove};
use crate::judgement::{Dialled, Doubt, Evidence, Finding, Party, Tally, When};
use crate::lang::{Words, say, words};
use crate::measures::{CallTerms, ManagerMonth, Proof, nearest_call, numbered, numbers_to_prove, prove_month};
use crate::model::{
    Call, Check, CheckResult, Column, CustomerId, DateSpan, Direction, Kind, ManagerId, Month, Scope, Visit, Whole,
    Word, refuse,
};
use chrono::Days;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub(super) struct CallProof;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Params {
    /// How far from the visit's start the call may start, either way.
    window_minutes: Whole<0, 1440>,
    min_seconds: Whole<0, 86_400>,
    #[serde(deserialize_with = "read_directions", serialize_with = "write_directions")]
    directions: Vec<Direction>,
}

impl Params {
    pub(super) fn terms(&self) -> CallTerms<'_> {
        let (window, min_seconds) = (self.window_minutes.0 * 60, self.min_seconds.0);
        CallTerms { window, min_seconds, directions: &self.directions }
    }
}

impl Rule for CallProof {
    type Params = Params;

    const META: Meta = Meta {
        id: "call-proof",
        clause: "七.2(1)",
        party: Party::Manager,
        needs: &[Need::File(Kind::Calls)],
        title: words("通话佐证", "call proof"),
        assessed: words("每次已完成的电话拜访", "each completed phone visit within the calls loaded"),
        fails: words(
            "找不到能佐证它的通话：本人、约定号码、前后若干分钟内、时长足够，一通电话只佐证一次",
            "no call proves it: his own, to the customer's or plan's number, near its start, long enough, and proving no other visit",
        ),
        remedy: words(
            "核对客户档案中的电话，用登记的号码拨打",
            "check the number in the archive, and call from the registered telephone",
        ),
        example: words(
            "2026-09-04 C0249 通话过短（12 秒），visits.csv:3849、calls.csv:1324",
            "2026-09-04 C0249: call too short (12 s), visits.csv:3849; calls.csv:1324",
        ),
        nothing: words("通话记录时段内没有已完成的电话拜访", "no completed phone visit within the calls loaded"),
    };

    fn widen(params: &Params, month: Month, scope: &mut Scope) {
        // A call just before or after midnight may prove a visit on the month's first or last day, and what a visit of
        // the evening before takes is gone.
        let eve = DateSpan { first: month.first() - Days::new(1), last: month.last() };
        if params.window_minutes.0 > 0 {
            scope.widen(Kind::Visits, eve);
            scope.widen(Kind::Plans, eve);
            scope.widen(Kind::Calls, eve.widened(1));
        }
    }

    fn judge(params: &Params, month: &ManagerMonth, tally: &mut Tally) {
        let proofs = prove_month(month, &params.terms());
        let (visits, proofs): (Vec<&Visit>, Vec<Proof>) = proofs.into_iter().unzip();
        for ((visit, twin), proof) in numbered(visits).zip(proofs) {
            match proof {
                Proof::Proven(_) => tally.pass(),
                Proof::NumberUnknown => tally.skip(words(
                    "计划、档案中没有号码，也没有 visits.phone 列",
                    "no number in plan or archive, and no column visits.phone",
                )),
                _ if checks_of(month, visit).any(|check| check.result == Some(CheckResult::Pass)) => tally.pass(),
                unproven => {
                    let finding = finding(params, month, visit, &unproven).twin(twin);
                    let check = unsure_check(month, visit);
                    let cell = cell_of_call(month, visit, &params.terms());
                    match cell.or(check) {
                        Some(doubt) => tally.doubt(finding, doubt),
                        None => fail_or_rejected(params, month, visit, finding, tally),
                    }
                }
            }
        }
    }
}

/// The spot checks of the visit's customer for the month.
fn checks_of<'m>(month: &'m ManagerMonth, visit: &'m Visit) -> impl Iterator<Item = &'m Check> {
    let customer = visit.customer;
    month.file.checks.iter().filter(move |check| check.customer == customer && check.month == month.month)
}

/// The cell over which a check of the visit's customer may be one for the month that it passed.
fn unsure_check(month: &ManagerMonth, visit: &Visit) -> Option<Doubt> {
    let checks = month.file.checks.iter().filter(|check| check.customer == visit.customer);
    checks.filter(|check| check.month == month.month || check.unknown.contains(Column::Month)).find_map(|check| {
        let may_pass = check.result == Some(CheckResult::Pass) || check.unknown.contains(Column::Result);
        Doubt::first_of(check.at, check.unknown, &[Column::Result, Column::Month]).filter(|_| may_pass)
    })
}

/// Fails a visit, or puts it in doubt over a rejected call or check that might prove it.
fn fail_or_rejected(params: &Params, month: &ManagerMonth, visit: &Visit, finding: Finding, tally: &mut Tally) {
    let rejected = &month.file.rejected;
    let is_dated = |call: &&Call| !call.unknown.contains(Column::Date);
    let calls = || rejected.calls.iter().filter(|call| call.manager == month.id);
    let could = |call: &&Call| could_prove(month, visit, &params.terms(), call);
    let of_call = calls().filter(is_dated).find(could).map(|call| Doubt::row(call.at));
    let may_pass = |check: &&Check| {
        let result = check.result == Some(CheckResult::Pass) || check.unknown.contains(Column::Result);
        let customer = check.customer == visit.customer || check.customer == CustomerId::NOBODY;
        let manager = check.manager == month.id || check.manager == ManagerId::NOBODY;
        result && customer && manager && (check.month == month.month || check.unknown.contains(Column::Month))
    };
    let of_check = rejected.checks.iter().find(may_pass).map(|check| Doubt::row(check.at));
    if let Some(doubt) = of_call.or(of_check) {
        return tally.doubt(finding, doubt);
    }
    let undated = calls().filter(|call| !is_dated(call)).filter(could).map(|call| call.at).collect();
    tally.fail_unless_undated(undated, finding);
}

fn finding(params: &Params, month: &ManagerMonth, visit: &Visit, proof: &Proof) -> Finding {
    let (measured, why, call): (Words, Words, Option<Call>) = match proof {
        Proof::TooShort(call) => {
            let n = call.seconds;
            let short = say(format!("通话过短（{n} 秒）"), format!("call too short ({n} s)"));
            (short.clone(), short, Some(call.clone()))
        }
        Proof::OtherNumber(call) => (
            words("其他号码", "another number's call"),
            words("所拨号码不在档案或计划中", "the call was another number's"),
            Some(call.clone()),
        ),
        Proof::Taken(call) => (
            words("已佐证其他拜访", "calls prove others"),
            words("该时段的通话已佐证其他拜访", "the calls there prove other visits"),
            Some(call.clone()),
        ),
        _ => (
            words("无通话", "no call"),
            words("前后时段内没有打给这些号码的通话", "no call to those numbers in the window"),
            None,
        ),
    };
    let (minutes, seconds) = (params.window_minutes.0, params.min_seconds.0);
    let required = say(format!("± {minutes} 分钟内 ≥ {seconds} 秒"), format!("≥ {seconds} s, ± {minutes} min"));
    let limit = format!("≥ {seconds} s, ± {minutes} min");
    let message = (format!("没有通话佐证：{}", why.zh), format!("no call proves it: {}", why.en));
    let evidence = Evidence::new(visit.at, call.as_ref().map(|call| call.at));
    let dialled = Dialled {
        numbers: numbers_to_prove(month, visit).into(),
        nearest: call.or_else(|| nearest_call(month, visit)),
    };
    Finding::new(When::Date(visit.date()), measured, required, evidence)
        .visit(visit)
        .dialled(dialled)
        .limit_text(limit)
        .message(message.0, message.1)
}

fn read_directions<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Direction>, D::Error> {
    let names = Vec::<String>::deserialize(deserializer)?;
    let read: Option<Vec<Direction>> = names.iter().map(|name| Direction::of(name)).collect();
    let allowed = read.filter(|directions| !directions.is_empty());
    allowed.ok_or_else(|| refuse("\"out\"、\"in\" 的列表", "a list of \"out\" and \"in\""))
}

fn write_directions<S: Serializer>(directions: &[Direction], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(directions.iter().map(|direction| direction.name()))
}
