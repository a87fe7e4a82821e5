//! 七.2(1): a web visit names the tool whose records prove it.

use super::{Meta, Need, Rule};
use crate::judgement::{Doubt, Evidence, Finding, Party, Tally, When};
use crate::lang::{Words, say, words};
use crate::measures::{ManagerMonth, numbered};
use crate::model::{Column, Kind, Mode, Visit, fold};
use serde::{Deserialize, Serialize};

pub(super) struct WebProof;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Params {
    /// The tools whose records are accepted; empty: any.
    tools: Vec<String>,
}

impl Rule for WebProof {
    type Params = Params;

    const META: Meta = Meta {
        id: "web-proof",
        clause: "七.2(1)",
        party: Party::Manager,
        needs: &[Need::Column(Kind::Visits, Column::Tool)],
        title: words("网络拜访工具", "web proof"),
        assessed: words("每次网络拜访", "each web visit"),
        fails: words("没有注明网络工具，或工具不在认可之列", "no tool is named, or one that is not accepted"),
        remedy: words("注明所用的网络工具，便于查询记录", "name the tool, so that its records can be looked up"),
        example: words(
            "2026-09-07 C0035 网络拜访无工具，visits.csv:140",
            "2026-09-07 C0035: web visit without a tool, visits.csv:140",
        ),
        nothing: words("本月没有网络拜访", "no web visit in the month"),
    };

    fn judge(params: &Params, month: &ManagerMonth, tally: &mut Tally) {
        let units = month.visits().iter().filter(|visit| visit.mode == Mode::Web);
        for (visit, twin) in numbered(units.collect()) {
            let accepted = |tool: &str| {
                params.tools.is_empty() || params.tools.iter().any(|accepted| fold(accepted) == fold(tool))
            };
            if visit.tool.is_some_and(accepted) {
                tally.pass();
            } else {
                let doubt = Doubt::first_of(visit.at, visit.unknown, &[Column::Tool]);
                tally.fail_unless(doubt, finding(params, visit).twin(twin));
            }
        }
    }
}

fn finding(params: &Params, visit: &Visit) -> Finding {
    let measured = match &visit.tool {
        Some(tool) => Words::same(tool),
        None => words("无工具", "no tool"),
    };
    let required = if params.tools.is_empty() {
        words("网络工具", "a tool")
    } else {
        say(params.tools.join("、"), params.tools.join(", "))
    };
    let (zh, en) = (format!("网络拜访的工具：{}", measured.zh), format!("the tool of the web visit: {}", measured.en));
    Finding::new(When::Date(visit.date()), measured, required, Evidence::new(visit.at, [])).visit(visit).message(zh, en)
}
