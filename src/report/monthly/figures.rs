//! How a group of managers stands with a rule, and the four measures that head the report (六.1, 六.2, 六.3, 七.1).

use super::super::Run;
use super::super::compliance::{self, HEADLINES, headline_share};
use super::super::document::{Block, Cell, Column, Document, Figure, Figures, Tone, Value};
use super::nothing;
use crate::judgement::{JudgedManager, JudgedRule, RuleOutcome, Verdict, percent_text};
use crate::lang::{Lang, Words, counted, say, words};
use std::borrow::Borrow;

/// Outcomes of one rule, summed over managers.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sum {
    /// Managers by verdict.
    pub pass: u64,
    pub fail: u64,
    pub pending: u64,
    pub unassessed: u64,
    /// Units.
    pub assessed: u64,
    pub failed: u64,
    /// What the measure counts, of those to whom it applies.
    pub share: Option<(u64, u64)>,
}

impl Sum {
    pub fn of<O: Borrow<RuleOutcome>>(rule: &str, outcomes: impl IntoIterator<Item = O>) -> Self {
        let mut sum = Self::default();
        for outcome in outcomes {
            let outcome = outcome.borrow();
            sum.assessed += outcome.assessed;
            sum.failed += outcome.failed;
            match outcome.verdict() {
                Verdict::Pass => sum.pass += 1,
                Verdict::Fail => sum.fail += 1,
                Verdict::Pending => sum.pending += 1,
                Verdict::Doubtful | Verdict::NotAssessed => {
                    sum.unassessed += 1;
                    continue;
                }
            }
            if let Some((count, of)) = headline_share(rule, outcome) {
                let (counted, all) = sum.share.unwrap_or_default();
                sum.share = Some((counted + count, all + of));
            }
        }
        sum
    }

    /// Of a rule that is judged in one piece.
    pub fn of_managers<'m>(
        rules: &[JudgedRule],
        rule: &str,
        managers: impl IntoIterator<Item = &'m JudgedManager>,
    ) -> Self {
        match rules.iter().position(|judged| judged.id == rule) {
            Some(at) => Self::of(rule, managers.into_iter().map(|manager| &manager.outcomes[at])),
            None => Self::default(),
        }
    }

    /// Managers who were judged.
    pub fn judged(&self) -> u64 {
        self.pass + self.fail
    }

    /// As the worst of them stands: a group has no verdict of its own.
    pub fn tone(&self) -> Tone {
        match (self.fail, self.pass, self.pending) {
            (1.., _, _) => Tone::Bad,
            (0, 1.., _) => Tone::Good,
            (0, 0, 1..) => Tone::Waiting,
            (0, 0, 0) => Tone::Faint,
        }
    }

    /// The measure as a percentage.
    pub fn cell(&self) -> Cell {
        match self.share {
            Some((count, of)) => Cell::valued(percent_text(count, of), Value::Share { count, of }),
            None => nothing(),
        }
    }

    /// `4/6`: how many meet the limit of those who were judged.
    pub fn met_cell(&self) -> Cell {
        match self.judged() {
            0 => nothing(),
            judged => Cell::new(format!("{}/{judged}", self.pass)),
        }
    }

    /// How many meet the limit, or the verdict where there is but one manager.
    fn met_or_verdict(&self) -> Words {
        match (self.pass, self.fail, self.pending, self.unassessed) {
            (1, 0, 0, 0) => verdict_words(Verdict::Pass),
            (0, 1, 0, 0) => verdict_words(Verdict::Fail),
            (0, 0, 1, 0) => verdict_words(Verdict::Pending),
            (0, 0, 0, 1) => verdict_words(Verdict::NotAssessed),
            _ => self.met(),
        }
    }

    /// Likewise in words, with those who were not judged.
    fn met(&self) -> Words {
        let (met, judged) = (self.pass, self.judged());
        let mut all = match judged {
            0 => words("无人可下结论", "nobody can be judged"),
            _ => say(
                format!("{met}/{judged} 名客户经理达标"),
                format!("{met} of {} meet it", counted(judged, "manager")),
            ),
        };
        if self.pending > 0 {
            all = all.then(&say(format!("，{} 名未到期", self.pending), format!(", {} pending", self.pending)));
        }
        if self.unassessed > 0 {
            let n = self.unassessed;
            all = all.then(&say(format!("，{n} 名未考核"), format!(", {n} not assessed")));
        }
        all
    }
}

/// What a verdict is called.
pub(super) fn verdict_words(verdict: Verdict) -> Words {
    match verdict {
        Verdict::Pass => words("合格", "pass"),
        Verdict::Fail => words("不合格", "fail"),
        Verdict::Doubtful => words("存疑", "in doubt"),
        Verdict::Pending => words("未到期", "pending"),
        Verdict::NotAssessed => words("未考核", "not assessed"),
    }
}

/// A share in percent, for charts.
pub fn percent(share: Option<(u64, u64)>) -> Option<f64> {
    share.filter(|(_, of)| *of > 0).map(|(count, of)| count as f64 * 100.0 / of as f64)
}

/// The four measures as big figures.
pub(super) fn body(run: &Run, lang: Lang) -> Document {
    let figure = |(rule, _): &(&'static str, Words)| {
        let sum = Sum::of_managers(&run.judgement.rules, rule, &run.judgement.managers);
        Figure {
            label: name(rule).get(lang).to_owned(),
            number: sum.cell().with_tone(sum.tone()),
            limit: compliance::limit_text(run, rule, lang),
            counts: counts(run, rule, sum.share, lang),
            met: sum.met_or_verdict().get(lang).to_owned(),
        }
    };
    let heads = [
        words("指标", "measure"),
        words("限值", "limit"),
        words("全体", "all"),
        words("计数内容", "what is counted"),
        words("达标", "who meets it"),
    ];
    let columns = heads.map(|head| Column::left(head.get(lang)));
    Document { blocks: vec![Block::Figures(Figures { columns, rows: HEADLINES.iter().map(figure).collect() })] }
}

/// What the measure is called where there is room.
pub(super) fn name(rule: &str) -> Words {
    match rule {
        "field-time" => words("市场拜访时间达标天数", "days with enough time in the field"),
        "unplanned-cap" => words("计划外拜访", "unplanned visits"),
        "onsite-share" => words("实地拜访户数", "customers visited on site"),
        _ => words("抽查户数", "customers spot-checked"),
    }
}

fn counts(run: &Run, rule: &str, share: Option<(u64, u64)>, lang: Lang) -> String {
    let Some((count, of)) = share else {
        let judged = run.judgement.rules.iter().find(|judged| judged.id == rule);
        let reason = judged.and_then(|judged| judged.not_assessed.as_ref());
        return reason.map_or_else(String::new, |reason| reason.get(lang).to_owned());
    };
    let text = match rule {
        "field-time" => say(format!("{count} / {of} 人·天"), format!("{count} of {of} days")),
        "unplanned-cap" => {
            say(format!("计划外 {count} / 拜访 {of} 户·天"), format!("{count} of {of} customers of each day"))
        }
        "onsite-share" => say(format!("实地 {count} / 应拜访 {of} 户"), format!("{count} of {of} due customers")),
        _ => say(format!("抽查 {count} / 拜访 {of} 户"), format!("{count} of {of} visited customers")),
    };
    text.get(lang).to_owned()
}
