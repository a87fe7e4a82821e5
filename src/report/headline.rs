//! The measures that head every report, as the rules themselves put them.

use super::verdict::{beside, mark, tone};
use crate::document::{Cell, Value};
use crate::headline::{Headline, Measure};
use crate::judgement::{JudgedManager, JudgedRule, Judgement, RuleOutcome, Verdict, percent_text};
use crate::lang::{Lang, Words, say, words};
use crate::model::Percent;
use crate::rules::{ALL, AnyRule};

/// A headline measure in a judgement.
#[derive(Clone, Copy)]
pub(super) struct Headlined<'j> {
    pub headline: &'static Headline,
    /// Its rule, and the number of that; `None` where it is off.
    rule: Option<(usize, &'j JudgedRule)>,
}

impl<'j> Headlined<'j> {
    /// All of them in the order of the contract, those of rules that are off too.
    pub(super) fn all(judgement: &'j Judgement) -> Vec<Self> {
        let headlined = |rule: &&dyn AnyRule| {
            let (id, headline) = (rule.meta().id, rule.headline()?);
            Some(Self { headline, rule: judgement.rules.iter().enumerate().find(|(_, judged)| judged.id == id) })
        };
        ALL.iter().filter_map(headlined).collect()
    }

    pub(super) fn rule(&self) -> Option<&'j JudgedRule> {
        self.rule.map(|(_, rule)| rule)
    }

    /// How a manager of the judgement stands with it.
    pub(super) fn outcome<'m>(&self, manager: &'m JudgedManager) -> Option<&'m RuleOutcome> {
        self.rule.map(|(at, _)| &manager.outcomes[at])
    }

    /// The limit, as rules.toml has it.
    pub(super) fn limit(&self, lang: Lang) -> String {
        match self.rule().and_then(|rule| rule.limit.as_ref()) {
            Some(limit) => limit.words.get(lang).to_owned(),
            None => words("不考核", "off").get(lang).to_owned(),
        }
    }

    pub(super) fn share(&self, outcome: &RuleOutcome) -> Option<(u64, u64)> {
        share(self.headline.measure, outcome)
    }

    /// Of what is a share.
    pub(super) fn percent(&self) -> Option<Percent> {
        self.rule()?.limit.as_ref()?.percent().filter(|_| self.headline.measure != Measure::Days)
    }

    fn figure(&self, count: u64, of: u64) -> Words {
        match self.headline.measure {
            Measure::Days => say(format!("{count}/{of}天"), format!("{count}/{of} d")),
            Measure::Count => Words::same(format_args!("{count}/{of}")),
            Measure::Share => Words::same(percent_text(count, of, self.percent())),
        }
    }

    /// Mark and figure.
    pub(super) fn cell(&self, outcome: &RuleOutcome, lang: Lang) -> Cell {
        let verdict = outcome.verdict();
        let share = self.share(outcome);
        let figure = share.map_or(words("", ""), |(count, of)| self.figure(count, of));
        let text = match share {
            // Nothing but what is in doubt: so many.
            None if verdict == Verdict::Doubtful => format!("{} {}", mark(verdict), outcome.doubtful),
            _ => format!("{} {}{}", mark(verdict), figure.get(lang), beside(outcome)),
        };
        let value = share.map(|(count, of)| Value::Share { count, of });
        Cell { value, ..Cell::toned(text.trim_end(), tone(verdict)) }
    }
}

/// What a headline measure counts.
pub(super) fn share(measure: Measure, outcome: &RuleOutcome) -> Option<(u64, u64)> {
    share_of(measure, outcome.assessed, outcome.failed, outcome.share)
}

/// Likewise of figures that may have been read back.
pub(super) fn share_of(measure: Measure, assessed: u64, failed: u64, summed: Option<(u64, u64)>) -> Option<(u64, u64)> {
    match measure {
        Measure::Days => (assessed > 0).then(|| (assessed.saturating_sub(failed), assessed)),
        Measure::Share | Measure::Count => summed,
    }
}
