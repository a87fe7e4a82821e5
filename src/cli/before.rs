//! The months before the one asked for: judged from the same files, or read from results that `--before` names.

use super::session::{self, Session};
use crate::book::Book;
use crate::diff::CheckResult;
use crate::followup::{Compared, Earlier, LOOK_BACK, Results};
use crate::judgement::Judgement;
use crate::lang::{Words, say, words};
use crate::model::Month;
use crate::report::notice::LastMonth;
use crate::trouble::Trouble;
use clap::ArgMatches;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Results that were read back, by month, each with the path of its file.
pub(super) type Read = BTreeMap<Month, (String, CheckResult)>;

/// A month before.
pub(super) struct Before {
    pub month: Month,
    source: Source,
}

enum Source {
    Judged(Judgement),
    Read(String, Box<CheckResult>),
}

/// The results that `--before` names.
pub(super) fn read(matches: &ArgMatches) -> Result<Read, Trouble> {
    let mut all = Read::new();
    for path in matches.get_many::<PathBuf>("before").into_iter().flatten() {
        let shown = path.display().to_string();
        let result = CheckResult::parse(&session::read_text(path)?, &shown)?;
        let wrong = |found: Words, remedy: Words| Trouble::new(found).file(shown.as_str()).remedy(remedy);
        if !result.has_all_findings() {
            let remedy = words(
                "用 check --format json --findings all 重新生成",
                "make it anew with check --format json --findings all",
            );
            return Err(wrong(words("它没有列出全部发现", "it does not list all its findings"), remedy));
        }
        let Some(month) = Month::parse(&result.month) else {
            let found =
                say(format!("月份读不懂：{}", result.month), format!("its month cannot be read: {}", result.month));
            return Err(wrong(found, words("重新运行 check", "run check again")));
        };
        if all.contains_key(&month) {
            let found = say(format!("--before：{month} 给了两次"), format!("--before: {month} is given twice"));
            return Err(wrong(found, words("每个月只给一个", "give one result a month")));
        }
        all.insert(month, (shown, result));
    }
    Ok(all)
}

/// The months that are looked back to, the latest first; those without any visit loaded, and without results, are passed over.
pub(super) fn months(session: &Session, mut read: Read) -> Result<Vec<Before>, Trouble> {
    let mut all = Vec::new();
    for back in 1..=LOOK_BACK as i32 {
        let month = session.month.plus(-back);
        let source = match read.remove(&month) {
            Some((path, result)) => Source::Read(path, Box::new(result)),
            None if session.book.has_visits_in(month) => {
                Source::Judged(session.judge_month(month, &session.managers_of(month)))
            }
            None => continue,
        };
        all.push(Before { month, source });
    }
    match read.into_iter().next() {
        None => Ok(all),
        Some((month, (path, _))) => {
            let (first, last) = (session.month.plus(-(LOOK_BACK as i32)), session.month.plus(-1));
            let found = say(format!("--before：它是 {month} 的结果"), format!("--before: it is of {month}"));
            let required = say(format!("{first} 至 {last} 的结果"), format!("a result of {first} to {last}"));
            Err(Trouble::new(found).file(path).required(required))
        }
    }
}

impl Before {
    pub(super) fn earlier(&self) -> Earlier<'_> {
        let (file, results) = match &self.source {
            Source::Judged(judgement) => (None, Results::Judged(judgement)),
            Source::Read(path, read) => (Some(path.clone()), Results::Read(read)),
        };
        Earlier { compared: Compared { month: self.month, file }, results }
    }

    pub(super) fn last_month(&self) -> LastMonth<'_> {
        match &self.source {
            Source::Judged(judgement) => LastMonth::Judged(judgement),
            Source::Read(_, read) => LastMonth::Read(read),
        }
    }

    /// The same of some managers alone, by id.
    pub(super) fn of(mut self, book: &Book, is_asked: impl Fn(&str) -> bool) -> Self {
        self.source = match self.source {
            Source::Judged(judgement) => Source::Judged(judgement.of(|id| is_asked(book.managers.text(id.0)))),
            Source::Read(path, mut read) => {
                read.results.retain(|one| is_asked(&one.manager_id));
                Source::Read(path, read)
            }
        };
        self
    }
}
