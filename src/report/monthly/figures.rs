//! How a group of managers stands with a rule, and the four measures that head the report (六.1, 六.2, 六.3, 七.1).

use super::scope::{Monthly, nothing};
use crate::document::chart::Point;
use crate::document::{Block, Cell, Column, Document, Figure, Figures, Tone, Value};
use crate::headline::Measure;
use crate::judgement::{JudgedManager, Judgement, RuleOutcome, Verdict, percent_tenths};
use crate::lang::{Lang, Words, counted, say, words};
use crate::model::Percent;
use crate::report::headline::Headlined;
use crate::report::share_cell;
use crate::report::verdict::{mark, verdict_words};
use std::borrow::Borrow;

/// Outcomes of one rule, summed over managers.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::report) struct Sum {
    /// Managers by verdict.
    pub pass: u64,
    pub fail: u64,
    pub doubtful: u64,
    pub pending: u64,
    pub unassessed: u64,
    /// Units.
    pub assessed: u64,
    pub failed: u64,
    pub units_in_doubt: u64,
    /// What the measure counts, of those to whom it applies.
    pub share: Option<(u64, u64)>,
    /// What the measure of each is held against.
    limit: Option<Percent>,
}

impl Sum {
    /// Managers by verdict, and units.
    pub(super) fn of<O: Borrow<RuleOutcome>>(outcomes: impl IntoIterator<Item = O>) -> Self {
        let mut sum = Self::default();
        outcomes.into_iter().for_each(|outcome| sum.add(outcome.borrow()));
        sum
    }

    /// Likewise, with what the measure counts.
    pub(in crate::report) fn of_headline<'m>(
        headlined: &Headlined,
        managers: impl IntoIterator<Item = &'m JudgedManager>,
    ) -> Self {
        let mut sum = Self { limit: headlined.percent(), ..Self::default() };
        for outcome in managers.into_iter().filter_map(|manager| headlined.outcome(manager)) {
            sum.add(outcome);
            let applies = outcome.verdict() != Verdict::NotAssessed;
            if let Some((count, of)) = headlined.share(outcome).filter(|_| applies) {
                let (counted, all) = sum.share.unwrap_or_default();
                sum.share = Some((counted + count, all + of));
            }
        }
        sum
    }

    fn add(&mut self, outcome: &RuleOutcome) {
        self.assessed += outcome.assessed;
        self.failed += outcome.failed;
        self.units_in_doubt += outcome.doubtful;
        *match outcome.verdict() {
            Verdict::Pass => &mut self.pass,
            Verdict::Fail => &mut self.fail,
            Verdict::Doubtful => &mut self.doubtful,
            Verdict::Pending => &mut self.pending,
            Verdict::NotAssessed => &mut self.unassessed,
        } += 1;
    }

    /// Managers who were judged.
    pub(super) fn judged(&self) -> u64 {
        self.pass + self.fail
    }

    /// Good where all meet the limit, bad where most do not.
    pub(super) fn tone(&self) -> Tone {
        match (self.fail, self.pass, self.doubtful + self.pending) {
            (0, 1.., _) => Tone::Good,
            (0, 0, 0) => Tone::Faint,
            (fail, pass, _) if fail > pass => Tone::Bad,
            _ => Tone::Waiting,
        }
    }

    /// Whether anybody fails, whatever the colour.
    fn mark(&self) -> &'static str {
        mark(match (self.fail, self.pass, self.doubtful, self.pending) {
            (1.., _, _, _) => Verdict::Fail,
            (0, 1.., _, _) => Verdict::Pass,
            (0, 0, 1.., _) => Verdict::Doubtful,
            (0, 0, 0, 1..) => Verdict::Pending,
            (0, 0, 0, 0) => Verdict::NotAssessed,
        })
    }

    /// The measure as a percentage.
    pub(super) fn cell(&self) -> Cell {
        match self.share {
            Some(share) => share_cell(share, self.limit),
            None => nothing(),
        }
    }

    /// `4/6`: how many meet the limit of those who were judged.
    pub(in crate::report) fn met_cell(&self) -> Cell {
        match self.judged() {
            0 => nothing(),
            judged => Cell::new(format!("{}/{judged}", self.pass)),
        }
    }

    /// How many miss the limit, or the verdict where there is but one manager.
    fn met_or_verdict(&self) -> Words {
        match (self.pass, self.fail, self.doubtful, self.pending, self.unassessed) {
            (1, 0, 0, 0, 0) => verdict_words(Verdict::Pass),
            (0, 1, 0, 0, 0) => verdict_words(Verdict::Fail),
            (0, 0, 1, 0, 0) => verdict_words(Verdict::Doubtful),
            (0, 0, 0, 1, 0) => verdict_words(Verdict::Pending),
            (0, 0, 0, 0, 1) => verdict_words(Verdict::NotAssessed),
            _ => self.met(),
        }
    }

    /// Likewise in words, with those who were not judged.
    fn met(&self) -> Words {
        let (met, judged) = (self.pass, self.judged());
        let mut all = match judged {
            0 => words("无人可下结论", "nobody can be judged"),
            _ if self.fail > 0 => say(
                format!("客户经理 {judged} 名中 {} 名未达标", self.fail),
                format!(
                    "{} of {} {} it",
                    self.fail,
                    counted(judged, "manager"),
                    if self.fail == 1 { "misses" } else { "miss" }
                ),
            ),
            _ => say(
                format!("{met} 名客户经理全部达标"),
                format!("{met} of {} {} it", counted(judged, "manager"), if judged == 1 { "meets" } else { "meet" }),
            ),
        };
        if self.doubtful > 0 {
            all = all.then(&say(format!("，{} 名存疑", self.doubtful), format!(", {} in doubt", self.doubtful)));
        }
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

/// A share in percent, for charts.
pub(super) fn percent(share: Option<(u64, u64)>) -> Option<f64> {
    share.filter(|(_, of)| *of > 0).map(|(count, of)| count as f64 * 100.0 / of as f64)
}

/// The four measures as big figures, each with the months up to this one.
pub(super) fn body(monthly: &Monthly, lang: Lang) -> Document {
    let run = &monthly.run;
    let months: Vec<&Judgement> = monthly.earlier.iter().rev().chain([run.judgement]).collect();
    let before = monthly.earlier.iter().find(|judgement| judgement.month == run.judgement.month.plus(-1));
    let figure = |one: &Headlined| {
        let of = |judgement: &Judgement| Sum::of_headline(one, &judgement.managers);
        let sum = of(run.judgement);
        let point = |judgement: &&Judgement| {
            let sum = of(judgement);
            Point { label: judgement.month.to_string(), number: percent(sum.share), text: sum.cell().text }
        };
        let then = before.map(of);
        Figure {
            label: one.headline.name.get(lang).to_owned(),
            number: sum.cell().with_tone(if is_below(one, &sum) { Tone::Bad } else { sum.tone() }),
            limit: one.limit(lang),
            counts: counts(one, sum.share, lang),
            met: format!("{} {}", sum.mark(), sum.met_or_verdict().get(lang)),
            change: then.and_then(|then| change(&sum, &then, lang)).unwrap_or_default(),
            months: months.iter().map(point).collect(),
        }
    };
    let heads = [
        words("指标", "measure"),
        words("限值", "limit"),
        words("全体", "all"),
        words("计数内容", "what is counted"),
        words("达标情况", "by manager"),
        words("较上月", "since the month before"),
    ];
    let columns = heads.map(|head| Column::left(head.get(lang)));
    let rows = Headlined::all(run.judgement).iter().map(figure).collect();
    Document { blocks: vec![Block::Figures(Figures { columns, rows })] }
}

/// Whether all of them together stay below the limit: those of shares are the least that is asked for.
fn is_below(one: &Headlined, sum: &Sum) -> bool {
    let limit = one.rule().and_then(|rule| rule.limit.as_ref()).filter(|_| one.headline.measure != Measure::Days);
    let below = limit.zip(percent(sum.share)).is_some_and(|(limit, percent)| percent < limit.number.as_f64());
    below && sum.fail > 0
}

/// The change with what it was, where both months have a number.
fn change(now: &Sum, then: &Sum, lang: Lang) -> Option<String> {
    let tenths = |sum: &Sum| sum.share.map(|(count, of)| percent_tenths(count, of) as i64);
    tenths(now)?;
    tenths(then)?;
    let (change, was) = (points(tenths(now), tenths(then), lang).text, then.cell().text);
    Some(
        say(format!("较上月 {change}（{was}）"), format!("{change} since the month before ({was})"))
            .get(lang)
            .to_owned(),
    )
}

/// `-1.5`, `+0.3` or `0.0`, of tenths.
pub(in crate::report) fn change_text(tenths: i64) -> String {
    if tenths == 0 { "0.0".to_owned() } else { format!("{:+.1}", tenths as f64 / 10.0) }
}

/// The difference of two shares as they are shown, in percentage points.
pub(super) fn points(now: Option<i64>, then: Option<i64>, lang: Lang) -> Cell {
    let (Some(now), Some(then)) = (now, then) else { return nothing() };
    let tenths = now - then;
    let number = change_text(tenths);
    let text = say(format!("{number} 个百分点"), format!("{number} points"));
    Cell::valued(text.get(lang), Value::Number(tenths as f64 / 10.0))
}

/// What is counted, or why nothing is.
fn counts(headlined: &Headlined, share: Option<(u64, u64)>, lang: Lang) -> String {
    let Some((count, of)) = share else {
        let reason = headlined.rule().and_then(|rule| rule.not_assessed.as_ref());
        return reason.map_or_else(String::new, |reason| reason.get(lang).to_owned());
    };
    (headlined.headline.counts)(count, of).get(lang).to_owned()
}
