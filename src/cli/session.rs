//! What every command begins with: files, rules and month, loaded.

use super::asked_month::AskedMonth;
use super::chosen::{Chosen, managers_in};
use super::dates;
use super::inputs;
use super::progress::Progress;
use super::remedy;
use super::rows::Rows;
use super::strict::{be_strict, sheets_were_read};
use crate::book::Book;
use crate::judge::judge;
use crate::judgement::Judgement;
use crate::lang::{Lang, say, words};
use crate::load::{self, Accounts, Charset, Corrections, Finding, Loaded, Mapping, Sources};
use crate::measures::{FileIndex, ManagerMonth};
use crate::model::*;
use crate::parallel;
use crate::rules::config::{BUILT_IN, Ruleset};
use crate::trouble::Trouble;
use chrono::NaiveDate;
use clap::ArgMatches;
use std::path::{Path, PathBuf};

/// A run with its data.
pub(super) struct Session {
    pub ruleset: Ruleset,
    pub month: Month,
    pub book: Book,
    pub accounts: Accounts,
    /// The managers asked for, by id.
    pub managers: Vec<ManagerId>,
    /// From the first visit or plan row to the last.
    reach: Option<DateSpan>,
    /// What is told of the rows where one manager is told of.
    pub(super) own: Option<Accounts>,
}

/// Everything that the command line names, read but for the data.
struct Named {
    /// The rules.toml asked for.
    rules: Option<PathBuf>,
    sources: Sources,
    corrections: Corrections,
    mapping: Mapping,
    encoding: Option<Charset>,
    sheets: Vec<String>,
    as_of: Option<NaiveDate>,
    later_checks: bool,
    asked: AskedMonth,
    strict: bool,
    /// Whether texts are kept that only people read.
    details: bool,
}

impl Session {
    /// The rows of the month asked for, and the managers.
    pub(super) fn open(matches: &ArgMatches) -> Result<Self, Trouble> {
        Self::open_months(matches, 0)
    }

    /// Likewise, with the texts that only people read.
    pub(super) fn open_with_details(matches: &ArgMatches) -> Result<Self, Trouble> {
        let named = Named { details: true, ..Named::by(matches)? };
        named.load(Rows::OfMonths { before: 0 })?.choosing(matches, 1)
    }

    /// The rows of the month asked for, with what the rules look at when they judge so many months before it.
    pub(super) fn open_months(matches: &ArgMatches, before: i32) -> Result<Self, Trouble> {
        Named::by(matches)?.load(Rows::OfMonths { before })?.choosing(matches, 1)
    }

    /// Likewise, and what the month is looked ahead in by, if it is not over.
    pub(super) fn open_report(matches: &ArgMatches, before: i32) -> Result<Self, Trouble> {
        Named::by(matches)?.load(Rows::OfReport { before })?.choosing(matches, 1)
    }

    /// The quarter asked for, or that of the horizon, and so many months before its last; its last month stands for it.
    pub(super) fn open_quarter(matches: &ArgMatches, quarter: Option<Period>, before: i32) -> Result<Self, Trouble> {
        let named = Named { asked: AskedMonth::Quarter(quarter), ..Named::by(matches)? };
        named.load(Rows::OfMonths { before })?.choosing(matches, 3)
    }

    /// The rows of the month asked for, with one file for all its checks.
    pub(super) fn open_with_checks(matches: &ArgMatches, file: &Path) -> Result<Self, Trouble> {
        let mut named = Named { later_checks: true, ..Named::by(matches)? };
        let sources = &mut named.sources;
        sources.files.retain(|source| source.kind != Kind::Checks);
        let most = read_rules(named.rules.as_deref())?.settings.max_unpacked;
        let finding = Finding { mapping: &named.mapping, sheets: &named.sheets, encoding: named.encoding, most };
        sources.files.append(&mut load::find_named(Kind::Checks, file, &finding)?);
        sources.sort();
        named.load(Rows::OfMonths { before: 0 })?.choosing(matches, 1)
    }

    /// The rows of the month of a date, and one manager.
    pub(super) fn open_day(matches: &ArgMatches, date: NaiveDate, who: &Chosen) -> Result<Self, Trouble> {
        let named = Named { asked: AskedMonth::Day(date), ..Named::by(matches)? };
        let mut session = named.load(Rows::OfMonths { before: 0 })?;
        let managers = managers_in(&session.book, &session.ruleset.settings, &[session.month]);
        session.managers = who.known_of(&session.book, managers)?;
        session.keep_to_himself();
        Ok(session)
    }

    /// What plans of these dates need: the plan and the day records of their months and all visits up to them, with the
    /// texts that only people read.
    pub(super) fn open_dates(matches: &ArgMatches, dates: DateSpan) -> Result<Self, Trouble> {
        let asked = AskedMonth::Given(Month::of(dates.last));
        let named = Named { asked, details: true, ..Named::by(matches)? };
        let months = if Month::of(dates.first) == Month::of(dates.last) { 1 } else { 2 };
        named.load(Rows::OfDates(dates))?.choosing(matches, months)
    }

    /// The rows of the month asked for and of what it is looked at by before it is over.
    pub(super) fn open_ahead(matches: &ArgMatches) -> Result<Self, Trouble> {
        Named::by(matches)?.load(Rows::Ahead { before: 0 })?.choosing(matches, 1)
    }

    /// Likewise of the months of these dates, which have one month or two.
    pub(super) fn open_ahead_of(matches: &ArgMatches, dates: DateSpan) -> Result<Self, Trouble> {
        let last = Month::of(dates.last);
        let before = i32::from(Month::of(dates.first) != last);
        let named = Named { asked: AskedMonth::Given(last), ..Named::by(matches)? };
        named.load(Rows::Ahead { before })?.choosing(matches, before + 1)
    }

    /// The managers of the last so many months up to the one asked for, of them those that the command line asks for.
    fn choosing(mut self, matches: &ArgMatches, months: i32) -> Result<Self, Trouble> {
        let months: Vec<Month> = (0..months).map(|back| self.month.plus(-back)).collect();
        let managers = managers_in(&self.book, &self.ruleset.settings, &months);
        self.managers = Chosen::by(matches).known_of(&self.book, managers)?;
        if matches.contains_id("manager") {
            self.keep_to_himself();
        }
        Ok(self)
    }

    /// All rows of the data, for a command that judges nobody.
    pub(super) fn open_all(matches: &ArgMatches) -> Result<Self, Trouble> {
        Named::by(matches)?.load(Rows::All)
    }
}

impl Named {
    fn by(matches: &ArgMatches) -> Result<Self, Trouble> {
        let rules = path(matches, "rules").map(Path::to_owned);
        // What is wrong in it is told before anything else is read.
        let most = read_rules(rules.as_deref())?.settings.max_unpacked;
        let as_of = matches.get_one::<String>("as-of").map(|text| dates::read("--as-of", text)).transpose()?;
        let mapping = read_mapping(matches)?;
        let encoding = read_encoding(matches)?;
        let sheets: Vec<String> = matches.get_many("sheet").unwrap_or_default().cloned().collect();
        let mut sources = find_sources(matches, &Finding { mapping: &mapping, sheets: &sheets, encoding, most })?;
        let corrections = path(matches, "mended").map(Corrections::read).transpose()?.unwrap_or_default();
        let mended = path(matches, "mended").and_then(|folder| std::fs::read_dir(folder).ok());
        mended.into_iter().flatten().flatten().for_each(|entry| inputs::note(&entry.path()));
        corrections.join(&mut sources)?;
        remedy::help_unread(&mut sources, encoding, most);
        Ok(Self {
            mapping,
            encoding,
            sheets,
            asked: AskedMonth::of(matches)?,
            strict: matches.get_flag("strict"),
            details: false,
            later_checks: false,
            rules,
            sources,
            corrections,
            as_of,
        })
    }

    fn load(&self, rows: Rows) -> Result<Session, Trouble> {
        let session = self.load_month(rows, self.asked)?;
        match self.asked {
            AskedMonth::Last => self.latest_complete(rows, session),
            _ => Ok(session),
        }
    }

    /// The latest month that is complete for every manager: whether it is, only its own rows tell.
    fn latest_complete(&self, rows: Rows, mut session: Session) -> Result<Session, Trouble> {
        while !session.is_complete() {
            let before = session.month.plus(-1);
            session = self.load_month(rows, AskedMonth::Before(before))?;
        }
        Ok(session)
    }

    fn load_month(&self, rows: Rows, asked: AskedMonth) -> Result<Session, Trouble> {
        self.sources.files.iter().for_each(|source| inputs::note(&source.path));
        let ruleset = read_rules(self.rules.as_deref())?;
        let progress = Progress::of_reading(&self.sources);
        let options = load::Options {
            mapping: &self.mapping,
            area_code: &ruleset.settings.area_code,
            encoding: self.encoding,
            max_rejected: ruleset.settings.max_rejected,
            max_unpacked: ruleset.settings.max_unpacked,
            corrections: &self.corrections,
            as_of: self.as_of,
            excusing: &ruleset.settings.excuse,
            quality: &ruleset.settings.quality,
            later_checks: self.later_checks,
            details: self.details,
            piece: load::PIECE,
            progress: &|bytes| progress.add(bytes),
        };
        let begun = load::begin(&self.sources, &options);
        let begun =
            begun.map_err(|trouble| remedy::helped(trouble, &self.sources, self.encoding, options.max_unpacked))?;
        let horizon = begun.horizon()?;
        let month = asked.month(horizon);
        let loaded = begun.finish(&rows.scope(&ruleset, month, horizon), horizon)?;
        // A plan may be asked for that nobody has made, and a month looked at that has not begun.
        let is_ahead = matches!(rows, Rows::OfDates(_) | Rows::Ahead { .. });
        if !is_ahead || matches!(asked, AskedMonth::Last | AskedMonth::Before(_)) {
            asked.check(month, loaded.reach)?;
        }
        sheets_were_read(&self.sheets, &loaded.accounts)?;
        if self.strict {
            be_strict(&loaded.accounts)?;
        }
        let Loaded { records, accounts, reach } = loaded;
        let book = Book::new(records, &accounts.inputs, &ruleset.settings.calendar);
        Ok(Session { ruleset, month, book, accounts, managers: vec![], reach, own: None })
    }
}

impl Session {
    /// Judges the managers asked for.
    pub(super) fn judge(&self) -> Judgement {
        self.judge_month(self.month, &self.managers)
    }

    /// Judges those who were managers in an earlier month, of them those asked for.
    pub(super) fn judge_earlier(&self, matches: &ArgMatches, month: Month) -> Judgement {
        self.judge_month(month, &Chosen::by(matches).of(&self.book, self.managers_of(month)))
    }

    pub(super) fn judge_month(&self, month: Month, managers: &[ManagerId]) -> Judgement {
        // What stands in the way is told by all managers together, so all are judged whoever is asked for.
        let mut all = self.managers_of(month);
        all.extend(managers);
        all.sort_unstable();
        all.dedup();
        let progress = Progress::of_managers(all.len());
        let (book, ruleset) = (&self.book, &self.ruleset);
        let judgement = judge(book, &self.accounts, ruleset, month, &all, &|| progress.add(1));
        // A country's findings need not be held twice.
        let mut judgement = match managers.len() == all.len() {
            true => judgement,
            false => judgement.of(|id| managers.binary_search(&id).is_ok()),
        };
        judgement.obstacles = self.told_of(judgement.obstacles);
        judgement
    }

    /// Whether the data have the month, and it is complete for every manager of it.
    fn is_complete(&self) -> bool {
        let has_data = self.reach.is_some_and(|reach| reach.overlaps(self.month.span()));
        has_data && self.is_complete_in(self.month)
    }

    /// Whether a month is complete for every manager of it.
    pub(super) fn is_complete_in(&self, month: Month) -> bool {
        let is_complete = |id: &ManagerId| {
            if self.book.horizon_of(*id) >= month.last() {
                return true;
            }
            let file = self.book.manager(*id);
            let index = FileIndex::of(&self.book, &file);
            let month = ManagerMonth::new(&self.book, &self.ruleset.settings, &index, month);
            month.period_state(month.span).complete
        };
        parallel::map(&self.managers_of(month), is_complete).into_iter().all(|complete| complete)
    }

    /// All managers of a month, less those ignored.
    pub(super) fn managers_of(&self, month: Month) -> Vec<ManagerId> {
        managers_in(&self.book, &self.ruleset.settings, &[month])
    }
}

/// Whether the command line names any data.
pub(super) fn gives_data(matches: &ArgMatches) -> bool {
    matches.contains_id("data") || Kind::ALL.into_iter().any(|kind| named_files(matches, kind).next().is_some())
}

pub(super) fn path<'m>(matches: &'m ArgMatches, name: &str) -> Option<&'m Path> {
    matches.get_one::<PathBuf>(name).map(PathBuf::as_path)
}

pub(super) fn read_text(path: &Path) -> Result<String, Trouble> {
    inputs::note(path);
    let shown = path.display().to_string();
    let bytes = inputs::read(path)?;
    let text = String::from_utf8(bytes);
    let text = text.map_err(|_| {
        let found = Trouble::new(words("不是 UTF-8 文本", "it is not UTF-8 text")).file(shown);
        found.remedy(words("在编辑器中另存为 UTF-8", "save it as UTF-8 in an editor"))
    })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// The file asked for, else ./rules.toml, else the built-in copy.
pub(super) fn read_rules(asked_for: Option<&Path>) -> Result<Ruleset, Trouble> {
    let usual = Path::new("rules.toml");
    match asked_for.or_else(|| usual.is_file().then_some(usual)) {
        Some(path) => Ruleset::parse(&read_text(path)?, Some(&path.display().to_string())),
        None => Ruleset::parse(BUILT_IN, None),
    }
}

/// What rules.toml says of the language, of a command that reads one; what is wrong in it the command itself tells.
pub(super) fn lang_of_rules(matches: &ArgMatches) -> Option<Lang> {
    matches.try_contains_id("rules").ok()?;
    read_rules(path(matches, "rules")).ok()?.settings.lang
}

/// The file asked for, else the columns.toml of the data folder, if there is one.
fn read_mapping(matches: &ArgMatches) -> Result<Mapping, Trouble> {
    let in_folder = path(matches, "data").map(|folder| folder.join("columns.toml")).filter(|path| path.is_file());
    match path(matches, "columns").map(Path::to_owned).or(in_folder) {
        Some(path) => Mapping::parse(&read_text(&path)?, &path.display().to_string()),
        None => Ok(Mapping::default()),
    }
}

pub(super) fn read_encoding(matches: &ArgMatches) -> Result<Option<Charset>, Trouble> {
    let Some(name) = matches.get_one::<String>("encoding") else { return Ok(None) };
    Charset::parse(name).map(Some).ok_or_else(|| {
        let known = Charset::ALL.map(Charset::name);
        Trouble::new(say(format!("--encoding：未知的编码 {name}"), format!("--encoding: unknown encoding {name}")))
            .required(say(format!("以下之一：{}", known.join("、")), format!("one of {}", known.join(", "))))
    })
}

/// The files of a kind that the command line names; a command may lack the option.
fn named_files(matches: &ArgMatches, kind: Kind) -> impl Iterator<Item = &PathBuf> {
    matches.try_get_many::<PathBuf>(kind.name()).ok().flatten().into_iter().flatten()
}

fn find_sources(matches: &ArgMatches, finding: &Finding) -> Result<Sources, Trouble> {
    let named: Vec<(Kind, PathBuf)> = Kind::ALL
        .into_iter()
        .flat_map(|kind| {
            let files = named_files(matches, kind);
            files.map(move |path| (kind, path.clone()))
        })
        .collect();
    load::find(path(matches, "data"), &named, finding)
}

/// The language of data: machine formats speak English unless told otherwise.
pub(super) fn data_lang(matches: &ArgMatches, is_machine: bool, spoken: Lang) -> Lang {
    let given = matches.get_one::<String>("lang").is_some();
    if is_machine && !given { Lang::En } else { spoken }
}
