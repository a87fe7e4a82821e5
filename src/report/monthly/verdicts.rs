//! Rule by rule: how many managers pass, and who stands how with which.

use super::figures::Sum;
use super::scope::{Extent, Monthly, nothing};
use crate::document::{Block, Cell, Column, Document, Matrix, MatrixCell, MatrixColumn, MatrixRow, Table, Tone};
use crate::judgement::{self, JudgedManager, JudgedRule, Party, RuleOutcome, Severity, Verdict};
use crate::lang::{Lang, counted, say, words};
use crate::model::ManagerId;
use crate::report::verdict::{clause_words, mark, severity_words, tone, verdict_words};
use crate::report::{Run, anchor, check, share_cell};

/// Every manager's outcomes by rule, the entries of a rule put together.
fn merged<'r>(run: &Run<'r>) -> Vec<Vec<(&'r JudgedRule, RuleOutcome)>> {
    let of = |manager: &JudgedManager| judgement::by_rule(&run.judgement.rules, &manager.outcomes);
    run.judgement.managers.iter().map(of).collect()
}

/// The rules as columns or rows: entries of one rule stand together.
fn rules<'r>(run: &Run<'r>) -> Vec<&'r JudgedRule> {
    let mut rules: Vec<&JudgedRule> = run.judgement.rules.iter().collect();
    rules.dedup_by_key(|rule| rule.id);
    rules
}

/// A rule that is judged entry by entry has a clause for each; here stands that of the rule.
fn clause(run: &Run, rule: &JudgedRule, lang: Lang) -> String {
    let meta = run.ruleset.rules.iter().map(|active| active.meta).find(|meta| meta.id == rule.id);
    clause_words(meta.map_or(rule.clause.as_str(), |meta| meta.clause)).get(lang).to_owned()
}

/// Managers by verdict, and units; of one manager alone his verdicts. What failed comes first, the worst share before others;
/// what did not is folded behind it, and on paper named in a line.
pub(super) fn by_rule(monthly: &Monthly, lang: Lang) -> Document {
    let run = &monthly.run;
    let merged = merged(run);
    let own = rules(run).into_iter().enumerate().filter(|(_, rule)| rule.party == Party::Manager);
    let summed = own.map(|(at, rule)| (at, rule, Sum::of(merged.iter().map(|outcomes| &outcomes[at].1))));
    let (mut failed, others): (Vec<_>, Vec<_>) = summed.partition(|(.., sum)| sum.failed > 0);
    // As in the sentences that head the report: violations first.
    failed.sort_by(|(_, one_rule, one), (_, two_rule, two)| {
        let is_warning = |rule: &JudgedRule| rule.severity != Severity::Violation;
        let share = (two.failed * one.assessed).cmp(&(one.failed * two.assessed));
        is_warning(one_rule).cmp(&is_warning(two_rule)).then(share).then(two.failed.cmp(&one.failed))
    });
    let table = |rules: Vec<(usize, &JudgedRule, Sum)>| {
        let columns = columns(merged.len() == 1, lang).into_iter().map(Column::sorting).collect();
        let rows = rules.iter().map(|(at, rule, sum)| row(run, &merged, *at, rule, sum, lang)).collect();
        Table { columns, rows, headed: true, breaks: false }
    };
    let mut document = Document::default();
    if failed.is_empty() {
        document.text(words("没有不合格的规则", "No rule was failed").get(lang));
    }
    document.table(table(failed));
    if !others.is_empty() {
        let (n, not) = others.iter().fold((0_u64, 0), |(n, not), (.., sum)| match sum.assessed {
            0 => (n, not + 1),
            _ => (n + 1, not),
        });
        let heading = match not {
            0 => say(format!("没有不合格的规则（{n} 条）"), format!("{} without a failure", counted(n, "rule"))),
            _ => say(
                format!("没有不合格的规则（{n} 条，另有 {not} 条本月没有考核项）"),
                format!("{} without a failure, and {not} with nothing to judge", counted(n, "rule")),
            ),
        };
        if monthly.extent != Extent::Screen {
            let titles = others.iter().map(|(_, rule, _)| rule.title.get(lang));
            let titles: Vec<&str> = titles.collect();
            let (zh, en) = (titles.join("、"), titles.join(", "));
            document.text(say(format!("{}：{zh}", heading.zh), format!("{}: {en}", heading.en)).get(lang));
            return document;
        }
        let mut rest = Document::default();
        rest.table(table(others));
        document.folded("rules-kept", heading.get(lang), vec![], rest);
    }
    document
}

fn row(
    run: &Run,
    merged: &[Vec<(&JudgedRule, RuleOutcome)>],
    at: usize,
    rule: &JudgedRule,
    sum: &Sum,
    lang: Lang,
) -> Vec<Cell> {
    let mut row = vec![
        Cell::new(rule.title.get(lang)),
        Cell::id(clause(run, rule, lang)),
        Cell::new(severity_words(rule.severity).get(lang)),
    ];
    match merged {
        [alone] => row.push(verdict_cell(&alone[at].1, lang)),
        _ => row.extend(managers_by_verdict(sum)),
    }
    row.extend([Cell::integer(sum.assessed), Cell::integer(sum.failed), doubtful(sum), rate(sum), Cell::id(rule.id)]);
    row
}

fn columns(is_alone: bool, lang: Lang) -> Vec<Column> {
    let text = |zh, en| words(zh, en).get(lang).to_owned();
    let mut columns = vec![
        Column::left(text("内容", "what is judged")),
        Column::left(text("条款", "clause")).if_wide(),
        Column::left(text("性质", "severity")),
    ];
    if is_alone {
        columns.push(Column::left(text("结论", "verdict")));
    } else {
        columns.extend([
            Column::right(text("合格人数", "managers pass")).if_wide(),
            Column::right(text("不合格人数", "managers fail")),
            Column::right(text("存疑人数", "managers in doubt")).if_wide(),
            Column::right(text("未到期人数", "managers pending")).if_wide(),
            Column::right(text("未考核人数", "managers not assessed")).if_wide(),
        ]);
    }
    columns.extend([
        Column::right(text("考核数", "units")),
        Column::right(text("不合格数", "units failed")),
        Column::right(text("存疑数", "units in doubt")).if_wide(),
        Column::right(text("合格率", "pass rate")),
        Column::left(text("规则", "rule")).if_wide(),
    ]);
    columns
}

fn managers_by_verdict(sum: &Sum) -> [Cell; 5] {
    let by_verdict = [
        (sum.pass, Verdict::Pass),
        (sum.fail, Verdict::Fail),
        (sum.doubtful, Verdict::Doubtful),
        (sum.pending, Verdict::Pending),
        (sum.unassessed, Verdict::NotAssessed),
    ];
    let toned = |n: u64, verdict| if n > 0 { tone(verdict) } else { Tone::Faint };
    by_verdict.map(|(n, verdict)| Cell::integer(n).with_tone(toned(n, verdict)))
}

/// The verdict in a word, and why there is none.
fn verdict_cell(outcome: &RuleOutcome, lang: Lang) -> Cell {
    let verdict = outcome.verdict();
    let reason = outcome.reason.as_ref().filter(|_| verdict == Verdict::NotAssessed);
    let reason = reason.map(|reason| say(format!("：{}", reason.zh), format!(": {}", reason.en)));
    let text = verdict_words(verdict).then(&reason.unwrap_or(words("", "")));
    Cell::toned(format!("{} {}", mark(verdict), text.get(lang)), tone(verdict))
}

fn doubtful(sum: &Sum) -> Cell {
    let tone = if sum.units_in_doubt > 0 { Tone::Waiting } else { Tone::Faint };
    Cell::integer(sum.units_in_doubt).with_tone(tone)
}

/// Units that passed, of those assessed.
fn rate(sum: &Sum) -> Cell {
    let (count, of) = (sum.assessed - sum.failed, sum.assessed);
    if of == 0 { nothing() } else { share_cell((count, of), None) }
}

pub(super) fn matrix(run: &Run, lang: Lang) -> Document {
    let merged = merged(run);
    let column = |rule: &JudgedRule| MatrixColumn {
        rule: rule.id,
        title: rule.title.get(lang).to_owned(),
        clause: clause(run, rule, lang),
        is_grave: rule.severity == Severity::Violation,
    };
    let cell = |manager: ManagerId, rule: &JudgedRule, outcome: &RuleOutcome| {
        let cell = check::matrix_cell(outcome);
        // The section's own findings stand with no manager.
        let has_findings = outcome.failed > 0 && rule.party == Party::Manager;
        let findings = || anchor::of_findings(run, rule.id, Some(manager));
        MatrixCell {
            cell: if has_findings { cell.leading_to(findings()) } else { cell },
            assessed: outcome.assessed,
            failed: outcome.failed,
            doubtful: outcome.doubtful,
            pending: outcome.pending,
        }
    };
    let row = |(judged, outcomes): (&JudgedManager, &Vec<(&JudgedRule, RuleOutcome)>)| MatrixRow {
        id: run.manager_text(judged.id).to_owned(),
        name: run.manager_name(judged),
        branch: run.book.branch(judged.id).unwrap_or_default().to_owned(),
        score: run.score(judged),
        cells: outcomes.iter().map(|(rule, outcome)| cell(judged.id, rule, outcome)).collect(),
        anchor: anchor::of_manager(run, judged.id),
    };
    let matrix = Matrix {
        corner: words("客户经理", "manager").get(lang).to_owned(),
        branch: words("部门", "branch").get(lang).to_owned(),
        score: words("得分", "score").get(lang).to_owned(),
        columns: rules(run).into_iter().map(column).collect(),
        rows: run.judgement.managers.iter().zip(&merged).map(row).collect(),
    };
    let mut document = Document::default();
    let legend = words(
        "✓ 考核数　✗ 不合格数/考核数　? 存疑数　~ 未到期数　- 未考核",
        "✓ assessed, ✗ failed/assessed, ? in doubt, ~ pending, - not assessed",
    );
    document.text(legend.get(lang));
    document.blocks.push(Block::Matrix(matrix));
    document
}
