//! How verdicts and severities are marked and called, the same in every report.

use crate::document::Tone;
use crate::judgement::{RuleOutcome, Severity, Verdict};
use crate::lang::{Words, words};
use crate::rules::INTEGRITY;

/// How a verdict is marked, so that it can be told without colour.
pub(super) fn mark(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "✓",
        Verdict::Fail => "✗",
        Verdict::Doubtful => "?",
        Verdict::Pending => "~",
        Verdict::NotAssessed => "-",
    }
}

pub(super) fn tone(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Pass => Tone::Good,
        Verdict::Fail => Tone::Bad,
        Verdict::Doubtful | Verdict::Pending => Tone::Waiting,
        Verdict::NotAssessed => Tone::Faint,
    }
}

/// How waived units are marked.
pub(super) const WAIVED: &str = "*";

/// ` ?2 *1`: units in doubt and waived ones, beside a verdict that others have settled.
pub(super) fn beside(outcome: &RuleOutcome) -> String {
    let unsure = match outcome.verdict() {
        Verdict::Pass | Verdict::Fail if outcome.doubtful > 0 => {
            format!(" {}{}", mark(Verdict::Doubtful), outcome.doubtful)
        }
        _ => String::new(),
    };
    match outcome.waived {
        0 => unsure,
        n => format!("{unsure} {WAIVED}{n}"),
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

/// A clause as people read it.
pub(super) fn clause_words(clause: &str) -> Words {
    match clause {
        INTEGRITY => words("数据核实", INTEGRITY),
        _ => Words::same(clause),
    }
}

pub(super) fn severity_words(severity: Severity) -> Words {
    match severity {
        Severity::Violation => words("违规", "violation"),
        Severity::Warning => words("提醒", "warning"),
    }
}
