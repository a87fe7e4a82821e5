//! The findings, grouped by manager and rule: those that count, and apart from them those in doubt.

use crate::document::{Block, Cell, Column, Document, Findings, Tone, Value};
use crate::judgement::{Finding, JudgedManager, Party, Severity, State, Verdict, When, finding_id};
use crate::lang::{Lang, Words, counted, say, words};
use crate::report::verdict::{clause_words, mark, severity_words, tone};
use crate::report::{Run, appeals, evidence, sentence};

pub(super) fn add(run: &Run, document: &mut Document, lang: Lang) {
    for manager in &run.judgement.managers {
        let found = of_manager(run, manager, State::Counted, lang);
        if !found.is_empty() {
            document.heading(heading(run, manager).get(lang));
            document.blocks.extend(found);
        }
    }
    for state in [State::Doubtful, State::Waived] {
        add_apart(run, state, document, lang);
    }
}

fn heading(run: &Run, manager: &JudgedManager) -> Words {
    let count = |severity| manager.count(&run.judgement.rules, Party::Manager, severity);
    let (violations, warnings) = (count(Severity::Violation), count(Severity::Warning));
    let name = named(run, manager);
    say(
        format!("{name}：违规 {violations} 项，提醒 {warnings} 项"),
        format!("{name}: {}, {}", counted(violations, "violation"), counted(warnings, "warning")),
    )
}

/// Id, name and branch.
fn named(run: &Run, manager: &JudgedManager) -> String {
    let branch = run.book.branch(manager.id).map(|branch| format!(" {branch}")).unwrap_or_default();
    run.manager_name(manager) + &branch
}

/// The findings in a state that counts for nothing.
fn add_apart(run: &Run, state: State, document: &mut Document, lang: Lang) {
    let found: Vec<(&JudgedManager, Vec<Block>)> = run
        .judgement
        .managers
        .iter()
        .map(|manager| (manager, of_both_parties(run, manager, state, lang)))
        .filter(|(_, found)| !found.is_empty())
        .collect();
    if found.is_empty() {
        return;
    }
    let is_one = |(_, finding): &&(usize, Finding)| finding.state() == state;
    let of = |manager: &JudgedManager| manager.findings.iter().filter(is_one).count();
    let all: usize = run.judgement.managers.iter().map(of).sum();
    document.heading(apart(state, all).get(lang));
    for (manager, blocks) in found {
        document.caption(named(run, manager), Tone::Plain);
        document.blocks.extend(blocks);
    }
}

/// What is said above findings that count for nothing.
pub fn apart(state: State, all: usize) -> Words {
    match state {
        State::Counted => say(format!("发现：{all} 项"), format!("Findings: {all}")),
        State::Doubtful => say(
            format!("存疑：{all} 项（因读不懂的单元格或被拒绝的行不能定论，不算违规，不计分）"),
            format!("In doubt: {all} (what could not be read may decide them: no violations, not scored)"),
        ),
        State::Waived => {
            say(format!("申诉成立：{all} 项（不计）"), format!("Waived by appeals: {all} (they do not count)"))
        }
    }
}

fn of_both_parties(run: &Run, manager: &JudgedManager, state: State, lang: Lang) -> Vec<Block> {
    let both = [Party::Manager, Party::Section];
    both.into_iter().flat_map(|party| groups(run, manager, party, state, lang)).collect()
}

/// What is shown of a manager's findings in a state by the managers' rules, rule by rule.
pub fn of_manager(run: &Run, manager: &JudgedManager, state: State, lang: Lang) -> Vec<Block> {
    groups(run, manager, Party::Manager, state, lang)
}

fn groups(run: &Run, manager: &JudgedManager, party: Party, state: State, lang: Lang) -> Vec<Block> {
    let shown: Vec<&(usize, Finding)> = run.shown_of(manager, party, state).collect();
    let mut blocks = Vec::new();
    for of_rule in shown.chunk_by(|one, two| one.0 == two.0) {
        let group = Group { run, manager, number: of_rule[0].0, state, lang };
        blocks.push(Block::Findings(group.findings(of_rule)));
        blocks.extend(group.rest(of_rule.len()).map(|rest| Block::Caption(Cell::toned(rest, Tone::Faint))));
    }
    blocks
}

/// A manager's findings of one rule in one state.
struct Group<'a> {
    run: &'a Run<'a>,
    manager: &'a JudgedManager,
    /// The rule's number.
    number: usize,
    state: State,
    lang: Lang,
}

impl Group<'_> {
    fn findings(&self, findings: &[&(usize, Finding)]) -> Findings {
        let Self { run, number, lang, .. } = *self;
        let rule = &run.judgement.rules[number];
        let item = rule.item.as_ref().map(|item| format!(" {item}")).unwrap_or_default();
        let common = common_requirement(findings);
        let heads = [
            words("日期", "date"),
            words("客户", "customer"),
            words("测得", "measured"),
            words("要求", "required"),
            match self.state {
                State::Counted if run.with_ids => words("依据、结论编号", "lines, finding id"),
                State::Counted => words("依据", "lines"),
                State::Doubtful => words("存疑之处", "in the way"),
                State::Waived => words("申诉", "appeal"),
            },
            words("说明", "what was found"),
        ];
        Findings {
            rule: format!("{}{item}", rule.id),
            clause: clause_words(&rule.clause).get(lang).to_owned(),
            title: rule.title.get(lang).to_owned(),
            severity: self.severity().get(lang).to_owned(),
            caption: self.caption(&item, common),
            columns: heads.iter().map(|head| Column::left(head.get(lang))).collect(),
            rows: findings.iter().map(|(_, finding)| self.row(finding)).collect(),
            required: common.map(|required| required.get(lang).to_owned()),
        }
    }

    fn severity(&self) -> Words {
        match self.state {
            State::Counted => severity_words(self.run.judgement.rules[self.number].severity),
            State::Doubtful => words("存疑", "in doubt"),
            State::Waived => words("申诉成立", "waived"),
        }
    }

    fn caption(&self, item: &str, common: Option<&Words>) -> Cell {
        let (rule, outcome) = (&self.run.judgement.rules[self.number], &self.manager.outcomes[self.number]);
        let (mark, tone, count) = match self.state {
            State::Counted => {
                let count = format!("{}/{}", outcome.failed, outcome.assessed);
                (mark(Verdict::Fail), tone(Verdict::Fail), count)
            }
            State::Doubtful => (mark(Verdict::Doubtful), tone(Verdict::Doubtful), outcome.doubtful.to_string()),
            State::Waived => (mark(Verdict::NotAssessed), tone(Verdict::NotAssessed), outcome.waived.to_string()),
        };
        let (id, clause, title, severity) = (rule.id, clause_words(&rule.clause), &rule.title, self.severity());
        let required = |lang| common.map(|required| format!(" {}", required.get(lang))).unwrap_or_default();
        let (zh, en) = (required(Lang::Zh), required(Lang::En));
        let text = say(
            format!("{mark} {id}{item} {} {}{zh}：{} {count}", clause.zh, title.zh, severity.zh),
            format!("{mark} {id}{item} {} {}{en}: {} {count}", clause.en, title.en, severity.en),
        );
        Cell::toned(text.get(self.lang), tone)
    }

    fn row(&self, finding: &Finding) -> [Cell; 6] {
        let Self { run, lang, .. } = *self;
        let when = match finding.when {
            When::Date(date) => Cell::date(date),
            When::Period(period) => Cell::new(period.to_string()),
        };
        let measured = finding.measured.get(lang);
        let value = match (finding.count, finding.of, finding.seconds) {
            (Some(count), Some(of), _) => Some(Value::Share { count, of }),
            (_, _, Some(seconds)) => Some(Value::Seconds(seconds)),
            _ => None,
        };
        let lines = match (&finding.waiver, &finding.doubt) {
            (Some(waiver), _) => appeals::waiver(run.book, waiver),
            (None, Some(doubt)) => evidence::doubt(run.book, doubt).get(lang).to_owned(),
            (None, None) => evidence::short(run.book, &finding.evidence),
        };
        // He names it where he appeals.
        let lines = match run.with_ids {
            true => {
                let id = finding_id(run.book.names(), &run.judgement.rules[self.number], self.manager.id, finding);
                format!("{lines} {id}")
            }
            false => lines,
        };
        [
            when,
            finding.customer.map_or_else(Cell::default, |id| Cell::id(run.book.customers.text(id.0))),
            Cell { value, ..Cell::new(measured) },
            Cell::new(finding.required.get(lang)),
            Cell::new(lines),
            Cell::new(sentence::of(run.book, finding).get(lang)),
        ]
    }

    /// How many more there are than those shown.
    fn rest(&self, shown: usize) -> Option<String> {
        let is_one = |(rule, finding): &&(usize, Finding)| *rule == self.number && finding.state() == self.state;
        let rest = self.manager.findings.iter().filter(is_one).count().checked_sub(shown).filter(|rest| *rest > 0)?;
        let more = say(
            format!("……另有 {rest} 项（--findings all 列出全部）"),
            format!("… and {rest} more (--findings all lists them)"),
        );
        Some(more.get(self.lang).to_owned())
    }
}

/// What is required, where it is the same of all: it is said once, above them.
fn common_requirement<'a>(findings: &[&'a (usize, Finding)]) -> Option<&'a Words> {
    let (_, first) = findings.first()?;
    findings.iter().all(|(_, finding)| finding.required == first.required).then_some(&first.required)
}
