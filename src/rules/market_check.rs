//! 七.2(2): each month the section looks in the market at what every manager's services come to.

use super::{Meta, Need, Rule, settle_unless};
use crate::doubt::{Mended, is_his};
use crate::judgement::{Doubt, Evidence, Finding, Party, Tally, When};
use crate::lang::words;
use crate::measures::{ManagerMonth, Unmet};
use crate::model::{At, Column, Kind, Period, Quality, Whole};
use serde::{Deserialize, Serialize};

pub(super) struct MarketCheck;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Params {
    /// Behind the month's last day: how long there may be no market check for the month at all.
    within_days: Whole<0, 366>,
}

impl Rule for MarketCheck {
    type Params = Params;

    const META: Meta = Meta {
        id: "market-check",
        clause: "七.2(2)",
        party: Party::Section,
        needs: &[Need::File(Kind::Quality)],
        title: words("市场检查", "market check"),
        assessed: words(
            "本月有拜访的每名客户经理（尚无本月市场检查时，月后规定天数内不考核）",
            "the month of each manager with visited customers, once any score for it is loaded or the days for it are over",
        ),
        fails: words("本月没有他名下客户的质量检查得分", "no score of a quality file is his for the month"),
        remedy: words("到他的客户处做市场检查，登记得分", "look at customers of his and write the scores down"),
        example: words(
            "2026-09 质量检查 0 项，要求 ≥ 1 项，visits.csv:2155",
            "2026-09: 0 scores, required ≥ 1, visits.csv:2155",
        ),
        nothing: words("本月没有拜访过客户", "no visited customers in the month"),
    };

    fn judge(params: &Params, month: &ManagerMonth, tally: &mut Tally) {
        let Some(evidence) = Evidence::of(month.visits().iter().map(|visit| visit.at)) else { return };
        let is_met = month.file.quality.iter().any(|row| row.month == month.month);
        settle_unless(tally, is_met, &params.unmet(month), || mended(month), || finding(month, evidence));
    }
}

impl Params {
    /// Where nobody has been looked at for the month yet, there is time after it to do so.
    fn unmet(&self, month: &ManagerMonth) -> Unmet {
        match month.book.has_quality_of(month.month) {
            true => month.period_state(month.span).unmet_without_visits(),
            false => month.unmet_after(self.within_days.0),
        }
    }
}

/// Scores of an unknown month, and rejected rows, may be of him and the month.
fn mended(month: &ManagerMonth) -> Mended {
    let lacks_month = |row: &&Quality| row.unknown.contains(Column::Month);
    let unsure = month.file.quality.iter().find(lacks_month);
    let may_be_scored = |row: &&Quality| row.score.is_some() || row.unknown.contains(Column::Score);
    let rejected = month.file.rejected.quality.iter().filter(|row| is_his(month, row.manager)).filter(may_be_scored);
    let (undated, dated): (Vec<&Quality>, Vec<&Quality>) = rejected.partition(lacks_month);
    let dated: Vec<At> = dated.iter().filter(|row| row.month == month.month).map(|row| row.at).collect();
    let undated: Vec<At> = undated.iter().map(|row| row.at).collect();
    Mended::by(unsure.map(|row| Doubt::cell(row.at, Column::Month))).or(|| Mended::by_rows(1, &dated, &undated))
}

fn finding(month: &ManagerMonth, evidence: Evidence) -> Finding {
    let when = When::Period(Period::Month(month.month));
    Finding::new(when, words("0 项得分", "0 scores"), words("≥ 1 项得分", "≥ 1 score"), evidence)
        .count(0)
        .limit(1)
        .message("本月没有对他的客户做市场检查", "no customer of his was looked at in a market check of the month")
}
