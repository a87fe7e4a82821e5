//! The monthly report: how a month went, for the branch manager, the managers who are judged, and the file.
//!
//! It says what `check` says of the same data, and beside it how the month compares: with the limits, between branches,
//! with the two months before. Every figure is counted from judgements; nothing is judged here.

mod basis;
mod branches;
mod days;
pub(super) mod figures;
mod flat;
mod lines;
mod manager;
mod proven;
mod scope;
mod trend;
mod verdicts;
pub mod workbook;

use super::outlook;
use super::{Run, appeals, check, conclusion, obstacles, points, quality};
use crate::appeals::deadline as appeals_deadline;
use crate::document::{Block, Document};
use crate::lang::{Lang, Words, counted, say, words};

pub(crate) use scope::{Extent, MANY, Monthly};

/// The whole report.
pub fn document(monthly: &Monthly, lang: Lang) -> Document {
    let run = &monthly.run;
    let mut document = Document::default();
    head(monthly, &mut document, lang);
    let part =
        |document: &mut Document, anchor, heading: Words, body| document.section(anchor, heading.get(lang), body);
    let mut said = Document::default();
    let sentences = conclusion::sentences(run, monthly.earlier);
    said.blocks.extend(sentences.iter().map(|sentence| Block::Linked(sentence.cells(lang))));
    part(&mut document, "conclusion", words("本月要点", "What matters"), said);
    let obstacles = &run.judgement.obstacles;
    let obstacles = &if run.is_own { obstacles::for_himself(obstacles) } else { obstacles.clone() };
    let mut in_the_way = Document::default();
    in_the_way.table(obstacles::table(obstacles, lang));
    part(&mut document, "obstacles", obstacles::heading(obstacles), in_the_way);
    part(&mut document, "headlines", words("四项主要指标", "The four headline measures"), figures::body(monthly, lang));
    let is_summary = monthly.extent == Extent::Summary;
    if !is_summary {
        part(&mut document, "outlook", outlook::BLOCK, outlook::block(&monthly.ahead, lang));
    }
    part(&mut document, "rules", words("各规则结论", "Verdicts by rule"), verdicts::by_rule(monthly, lang));
    if run.judgement.managers.len() > 1 {
        if !is_summary {
            part(&mut document, "matrix", words("客户经理 × 规则", "Manager × rule"), verdicts::matrix(run, lang));
        }
        part(&mut document, "branches", words("部门对比", "Branches compared"), branches::body(run, lang));
    }
    part(&mut document, "trend", words("近三个月", "Three months"), trend::body(monthly, lang));
    let managers = if is_summary { lines::body(run, lang) } else { manager::all(monthly, lang) };
    let heading = match run.is_own {
        true => words("发现与每日情况", "Findings, and day by day"),
        false => words("各客户经理", "The managers"),
    };
    part(&mut document, "managers", heading, managers);
    let mut section = check::section_body(run, lang);
    if !is_summary {
        part(&mut document, "quality", quality::HEADING, quality::body(run, lang));
        section.blocks.extend(proven::body(run, lang).blocks);
    }
    part(&mut document, "section", check::SECTION_HEADING, section);
    if run.is_own {
        part(&mut document, "signature", words("本人确认", "Read and signed"), signature(run, lang));
    }
    add_basis(run, &mut document, lang);
    document
}

/// What it rests on; how the figures are meant is looked up at the end.
fn add_basis(run: &Run, document: &mut Document, lang: Lang) {
    let (summary, data) = basis::data(run, lang);
    document.folded("data", words("数据完整性", "Completeness of the data").get(lang), vec![summary], data);
    document.folded("provenance", words("来源", "Provenance").get(lang), vec![], basis::provenance(run, lang));
    let heading = words("口径与现行参数", "Definitions and parameters in force");
    document.folded("definitions", heading.get(lang), vec![], basis::definitions(run, lang));
    if let Some(Block::Section(definitions)) = document.blocks.last_mut() {
        definitions.on_page = run.is_own;
    }
}

/// What the report is called: that for a manager by his name.
pub fn title(run: &Run) -> Words {
    let month = run.judgement.month;
    let title = say(format!("客户经理拜访规范月报 {month}"), format!("Visiting standard: monthly report {month}"));
    match &run.judgement.managers[..] {
        [alone] if run.is_own => {
            let name = run.manager_name(alone);
            title.then(&say(format!("：{name}"), format!(", {name}")))
        }
        _ => title,
    }
}

/// Room for the manager to sign, and until when he may appeal.
fn signature(run: &Run, lang: Lang) -> Document {
    let mut document = Document::default();
    let blank = "＿".repeat(8);
    let until = match appeals_deadline(&run.ruleset.settings, run.judgement.month) {
        Some(date) => say(
            format!("对以上结论有异议的，请于 {date} 前（含当日）按结论编号提出申诉，并附佐证。"),
            format!(
                "Who disagrees with a finding may appeal until {date}, naming the finding's id and giving evidence."
            ),
        ),
        None => words(
            "对以上结论有异议的，可按结论编号提出申诉，并附佐证。",
            "Who disagrees with a finding may appeal, naming the finding's id and giving evidence.",
        ),
    };
    document.text(until.get(lang));
    let lines = [
        say(format!("申诉事项：□ 无　□ 有，共{blank}项"), format!("Appeals: □ none  □ so many: {blank}")),
        say(format!("本人签字：{blank}　日期：{blank}"), format!("Manager: {blank}  Date: {blank}")),
        say(format!("审核人签字：{blank}　日期：{blank}"), format!("Reviewer: {blank}  Date: {blank}")),
    ];
    lines.iter().for_each(|line| document.text(line.get(lang)));
    document
}

fn head(monthly: &Monthly, document: &mut Document, lang: Lang) {
    let run = &monthly.run;
    let horizon = run.book.horizon;
    document.title(title(run).get(lang));
    let managers = run.judgement.managers.len() as u64;
    let facts = match run.is_own {
        true => say(format!("数据截止 {horizon}"), format!("Data to {horizon}")),
        false => say(
            format!("{managers} 名客户经理，数据截止 {horizon}"),
            format!("{}, data to {horizon}", counted(managers, "manager")),
        ),
    };
    document.text(facts.get(lang));
    // His own has his name in the title.
    if let Some(only) = monthly.only.as_ref().filter(|_| !run.is_own) {
        document
            .text(say(format!("本报告仅含：{}", only.zh), format!("This report is confined to {}", only.en)).get(lang));
    }
    if let Some(notice) = run.incomplete() {
        document.notice(notice.get(lang));
    }
    document.text(
        words("✓ 合格  ✗ 不合格  ? 存疑  ~ 未到期  - 未考核", "✓ pass  ✗ fail  ? in doubt  ~ pending  - not assessed")
            .get(lang),
    );
    if let Some(waived) = appeals::legend(run) {
        document.text(waived.get(lang));
    }
    points::add_so_far(run, document, lang);
}
