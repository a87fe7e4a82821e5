//! 七.2(2): what market checks found at a customer, of the full score.

use super::{Meta, Need, Rule};
use crate::judgement::{Doubt, Evidence, Finding, Party, Tally, When, percent_text};
use crate::lang::{Words, say, words};
use crate::measures::{CustomerScores, ManagerMonth, Score};
use crate::model::{Column, CustomerId, Kind, Percent, Period};
use serde::{Deserialize, Serialize};

pub(super) struct ServiceQuality;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Params {
    /// Of the full score of what was looked at.
    pub min_percent: Percent,
}

/// So many of a customer's low items are named.
const NAMED: usize = 3;

impl Rule for ServiceQuality {
    type Params = Params;

    const META: Meta = Meta {
        id: "service-quality",
        clause: "七.2(2)",
        party: Party::Manager,
        needs: &[Need::File(Kind::Quality)],
        title: words("服务质量", "service quality"),
        assessed: words("本月在他名下检查得分的每户", "each customer with scores under him for the month"),
        fails: words(
            "得分合计低于满分合计的规定比例",
            "the scores come to less than the limit's share of the full scores",
        ),
        remedy: words(
            "按失分项目整改；建议下月必须实地拜访",
            "mend what lost points, and visit the customer on site next month",
        ),
        example: words(
            "2026-09 C0071 得分 84/120 (70.0%)，要求 ≥ 80%，quality-checks.csv:12",
            "2026-09 C0071: 84/120 (70.0%), required ≥ 80%, quality-checks.csv:12",
        ),
        nothing: words("本月没有检查他名下的客户", "no customer was scored under him for the month"),
    };

    /// Points have two decimals.
    const SCALE: u64 = 100;

    fn per_customer(_: &Params) -> bool {
        true
    }

    fn judge(params: &Params, month: &ManagerMonth, tally: &mut Tally) {
        let min = params.min_percent;
        for (customer, scores) in CustomerScores::all(&month.file.quality, month.month) {
            let sum = scores.sum();
            tally.unit_of(customer);
            tally.measure(sum.got, sum.full);
            if sum.reaches(min) {
                tally.pass();
                continue;
            }
            let doubt = scores.mended_by(min).map(|row| Doubt::cell(row.at, Column::Month));
            tally.fail_unless(doubt, finding(month, customer, &scores, min));
        }
    }
}

fn finding(month: &ManagerMonth, customer: CustomerId, scores: &CustomerScores, min: Percent) -> Finding {
    let sum @ Score { got, full } = scores.sum();
    let (points, percent) = (sum.text(), percent_text(got, full, Some(min)));
    let lines = scores.of_month.iter().map(|row| row.at);
    let evidence = Evidence::of(lines).expect("who is assessed has scores");
    let low = low_items(scores, min);
    Finding::new(
        When::Period(Period::Month(month.month)),
        Words::same(format_args!("{points} ({percent})")),
        Words::same(format_args!("≥ {min}%")),
        evidence,
    )
    .customer(customer)
    .share(got, full)
    .limit_percent(min)
    .message(
        format!("服务评分 {points}（{percent}），应不低于 {min}%{}", low.zh),
        format!("the services were scored {points} ({percent}); at least {min}% are due{}", low.en),
    )
}

/// What lost most.
fn low_items(scores: &CustomerScores, min: Percent) -> Words {
    let low = scores.low_items(min);
    let named: Vec<String> = low.iter().take(NAMED).map(|(item, score)| format!("{item} {}", score.text())).collect();
    match named[..] {
        [] => words("", ""),
        _ => say(format!("；失分：{}", named.join("、")), format!("; low: {}", named.join(", "))),
    }
}
