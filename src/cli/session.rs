//! What every command begins with: files, rules and month, loaded.

use super::progress::Progress;
use crate::book::Book;
use crate::judge::judge;
use crate::judgement::Judgement;
use crate::lang::{Lang, counted, say, words};
use crate::load::{self, Accounts, Charset, Corrections, Loaded, Mapping, Sources};
use crate::model::*;
use crate::rules::config::{BUILT_IN, Ruleset};
use crate::trouble::{Trouble, nearest};
use chrono::NaiveDate;
use clap::ArgMatches;
use std::path::{Path, PathBuf};

/// A run with its data.
pub struct Session {
    pub ruleset: Ruleset,
    pub month: Month,
    pub book: Book,
    pub accounts: Accounts,
    /// The managers asked for, by id.
    pub managers: Vec<ManagerId>,
}

/// Which rows a command looks at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rows {
    /// Those that rules look at when they judge the month, and so many months before it.
    OfMonths {
        before: i32,
    },
    All,
}

impl Rows {
    fn scope(self, ruleset: &Ruleset, month: Month) -> Scope {
        match self {
            Self::OfMonths { before } => {
                let months = (0..=before).map(|back| ruleset.scope(month.plus(-back)));
                months.reduce(Scope::union).expect("the month itself is one of them")
            }
            Self::All => Scope::unlimited(),
        }
    }
}

/// Everything that the command line names, read but for the data.
struct Named {
    ruleset: Ruleset,
    sources: Sources,
    corrections: Corrections,
    mapping: Mapping,
    encoding: Option<Charset>,
    as_of: Option<NaiveDate>,
    asked: AskedMonth,
    strict: bool,
}

impl Session {
    /// The rows of the month asked for, and the managers.
    pub fn open(matches: &ArgMatches) -> Result<Self, Trouble> {
        Self::open_months(matches, 0)
    }

    /// Likewise, with what the rules look at when they judge so many months before it.
    pub fn open_months(matches: &ArgMatches, before: i32) -> Result<Self, Trouble> {
        let mut session = Named::by(matches)?.load(Rows::OfMonths { before })?;
        session.managers = choose_managers(matches, &session.book, &session.ruleset.settings, session.month)?;
        Ok(session)
    }

    /// All rows of the data, for a command that judges nobody.
    pub fn open_all(matches: &ArgMatches) -> Result<Self, Trouble> {
        Named::by(matches)?.load(Rows::All)
    }
}

impl Named {
    fn by(matches: &ArgMatches) -> Result<Self, Trouble> {
        let ruleset = read_rules(path(matches, "rules"))?;
        let as_of = matches.get_one::<String>("as-of").map(|text| read_date(text)).transpose()?;
        let mut sources = find_sources(matches)?;
        let corrections = path(matches, "mended").map(Corrections::read).transpose()?.unwrap_or_default();
        corrections.join(&mut sources)?;
        Ok(Self {
            mapping: read_mapping(matches)?,
            encoding: read_encoding(matches)?,
            asked: AskedMonth::of(matches)?,
            strict: matches.get_flag("strict"),
            ruleset,
            sources,
            corrections,
            as_of,
        })
    }

    fn load(self, rows: Rows) -> Result<Session, Trouble> {
        let Self { ruleset, asked, .. } = self;
        let progress = Progress::of_reading(&self.sources);
        let options = load::Options {
            mapping: &self.mapping,
            area_code: &ruleset.settings.area_code,
            encoding: self.encoding,
            max_rejected: ruleset.settings.max_rejected,
            corrections: &self.corrections,
            as_of: self.as_of,
            piece: load::PIECE,
            progress: &|bytes| progress.add(bytes),
        };
        let known = match asked {
            AskedMonth::Given(month) if rows != Rows::All => Some(rows.scope(&ruleset, month)),
            _ => None,
        };
        let begun = load::begin(&self.sources, options, known.as_ref())?;
        let horizon = begun.horizon()?;
        let month = asked.month(horizon, &ruleset.settings.calendar);
        let loaded = begun.finish(&rows.scope(&ruleset, month), horizon)?;
        asked.check(month, loaded.reach)?;
        if self.strict {
            be_strict(&loaded.accounts)?;
        }
        let Loaded { records, accounts, .. } = loaded;
        let book = Book::new(records, &accounts.inputs);
        Ok(Session { ruleset, month, book, accounts, managers: vec![] })
    }
}

impl Session {
    /// Judges the managers asked for.
    pub fn judge(&self) -> Judgement {
        let progress = Progress::of_judging(self.managers.len());
        judge(&self.book, &self.ruleset, self.month, &self.managers, &|| progress.add(1))
    }
}

/// Whether the command line names any data.
pub fn gives_data(matches: &ArgMatches) -> bool {
    matches.contains_id("data") || Kind::ALL.iter().any(|kind| matches.contains_id(kind.name()))
}

pub fn path<'m>(matches: &'m ArgMatches, name: &str) -> Option<&'m Path> {
    matches.get_one::<PathBuf>(name).map(PathBuf::as_path)
}

fn read_text(path: &Path) -> Result<String, Trouble> {
    let shown = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|error| load::unreadable(&shown, &error))?;
    let text = String::from_utf8(bytes);
    let text = text.map_err(|_| {
        let found = Trouble::new(words("不是 UTF-8 文本", "it is not UTF-8 text")).file(shown);
        found.remedy(words("在编辑器中另存为 UTF-8", "save it as UTF-8 in an editor"))
    })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// The file asked for, else ./rules.toml, else the built-in copy.
pub fn read_rules(asked_for: Option<&Path>) -> Result<Ruleset, Trouble> {
    let usual = Path::new("rules.toml");
    match asked_for.or_else(|| usual.is_file().then_some(usual)) {
        Some(path) => Ruleset::parse(&read_text(path)?, Some(&path.display().to_string())),
        None => Ruleset::parse(BUILT_IN, None),
    }
}

/// The file asked for, else the columns.toml of the data folder, if there is one.
fn read_mapping(matches: &ArgMatches) -> Result<Mapping, Trouble> {
    let in_folder = path(matches, "data").map(|folder| folder.join("columns.toml")).filter(|path| path.is_file());
    match path(matches, "columns").map(Path::to_owned).or(in_folder) {
        Some(path) => Mapping::parse(&read_text(&path)?, &path.display().to_string()),
        None => Ok(Mapping::default()),
    }
}

pub fn read_encoding(matches: &ArgMatches) -> Result<Option<Charset>, Trouble> {
    let Some(name) = matches.get_one::<String>("encoding") else { return Ok(None) };
    Charset::parse(name).map(Some).ok_or_else(|| {
        let known = Charset::ALL.map(Charset::name);
        Trouble::new(say(format!("--encoding：未知的编码 {name}"), format!("--encoding: unknown encoding {name}")))
            .required(say(format!("以下之一：{}", known.join("、")), format!("one of {}", known.join(", "))))
    })
}

fn find_sources(matches: &ArgMatches) -> Result<Sources, Trouble> {
    let named: Vec<(Kind, PathBuf)> = Kind::ALL
        .into_iter()
        .flat_map(|kind| {
            let files = matches.get_many::<PathBuf>(kind.name()).into_iter().flatten();
            files.map(move |path| (kind, path.clone()))
        })
        .collect();
    load::find(path(matches, "data"), &named)
}

fn read_date(text: &str) -> Result<NaiveDate, Trouble> {
    text.parse().map_err(|_| {
        Trouble::new(say(format!("--as-of：{text} 不是日期"), format!("--as-of: {text} is not a date")))
            .required(words("形如 2026-09-30", "a date such as 2026-09-30"))
    })
}

/// The month as it was asked for.
#[derive(Clone, Copy)]
enum AskedMonth {
    /// That of the horizon.
    Usual,
    /// The latest whose working days all lie up to the horizon.
    Last,
    Given(Month),
}

impl AskedMonth {
    fn of(matches: &ArgMatches) -> Result<Self, Trouble> {
        match matches.get_one::<String>("month").map(String::as_str) {
            None => Ok(Self::Usual),
            Some("last") => Ok(Self::Last),
            Some(text) => Month::parse(text).map(Self::Given).ok_or_else(|| {
                Trouble::new(say(format!("--month：{text} 不是月份"), format!("--month: {text} is not a month")))
                    .required(words("形如 2026-09，或 last", "a month such as 2026-09, or last"))
            }),
        }
    }

    fn month(self, horizon: NaiveDate, calendar: &Calendar) -> Month {
        let month = Month::of(horizon);
        let open = || month.span().days().any(|date| date > horizon && calendar.is_working_day(date));
        match self {
            Self::Given(month) => month,
            Self::Last if open() => month.plus(-1),
            Self::Last | Self::Usual => month,
        }
    }

    /// A month that the data do not reach to cannot be looked at.
    fn check(self, month: Month, reach: Option<DateSpan>) -> Result<(), Trouble> {
        let Some(reach) = reach.filter(|reach| !reach.overlaps(month.span())) else { return Ok(()) };
        if matches!(self, Self::Last) {
            let found = words("--month last：数据中还没有期满的月份", "--month last: no month is over in the data yet");
            return Err(Trouble::new(found).remedy(words("用 --month 给出月份", "give the month with --month")));
        }
        Err(Trouble::new(say(
            format!("数据中没有 {month}：拜访与计划在 {} 至 {} 之间", reach.first, reach.last),
            format!("{month} is not in the data: visits and plan rows run from {} to {}", reach.first, reach.last),
        ))
        .remedy(words("换一个 --month，或换数据文件", "give another --month, or other files")))
    }
}

/// `--strict`: any rejected row or bad cell stops the run.
fn be_strict(accounts: &Accounts) -> Result<(), Trouble> {
    let rejected = accounts.rejected.len();
    let bad: u64 = accounts.bad_cells.iter().map(|group| group.count).sum();
    let first = accounts
        .rejected
        .first()
        .map(|row| (row.at, load::example(row.reject.column, &row.reject.cell, &row.reject.why)));
    let first_bad = || {
        let group = accounts.bad_cells.iter().min_by_key(|group| group.first)?;
        Some((group.first, load::example(Some(group.bad.column), &group.bad.cell, &group.bad.why)))
    };
    let Some((at, example)) = first.or_else(first_bad) else { return Ok(()) };
    let found = say(
        format!("--strict：{rejected} 行被拒绝，{bad} 个坏单元格；首例："),
        format!("--strict: {} rejected and {}; the first: ", counted(rejected as u64, "row"), counted(bad, "bad cell")),
    );
    let remedy = words(
        "改正这些行，或不用 --strict（--rejects 可导出被拒绝的行）",
        "mend them, or leave out --strict (--rejects DIR then writes the rejected rows out)",
    );
    Err(Trouble::new(found.then(&example))
        .remedy(remedy)
        .file(&accounts.inputs[at.file as usize].source.shown)
        .line(u64::from(at.line)))
}

/// The managers of the month, less those ignored, and of them those that `--manager` and `--branch` ask for.
fn choose_managers(
    matches: &ArgMatches,
    book: &Book,
    settings: &Settings,
    month: Month,
) -> Result<Vec<ManagerId>, Trouble> {
    let text = |id: &ManagerId| book.managers.text(id.0);
    let ignored = |id: &ManagerId| settings.ignore.iter().any(|ignored| ignored == text(id));
    let mut managers: Vec<ManagerId> =
        book.manager_ids().filter(|id| book.is_manager_in(*id, month) && !ignored(id)).collect();
    let asked = |name| matches.get_many::<String>(name).map(|values| values.cloned().collect::<Vec<_>>());
    if let Some(ids) = asked("manager") {
        let known: Vec<&str> = managers.iter().map(text).collect();
        let named = |name: &str| managers.iter().find(|id| book.manager_name(**id) == Some(name)).map(text);
        known_or_near("manager", &ids, &known, named)?;
        managers.retain(|id| ids.iter().any(|asked| asked == text(id)));
    }
    if let Some(names) = asked("branch") {
        let branch = |id: &ManagerId| book.branch(*id).unwrap_or_default();
        let known: Vec<&str> = managers.iter().map(branch).collect();
        known_or_near("branch", &names, &known, |_| None)?;
        managers.retain(|id| names.iter().any(|asked| asked == branch(id)));
    }
    Ok(managers)
}

/// Stops at a name that is not known; `named` tells what is called so in another way.
fn known_or_near<'a>(
    option: &str,
    asked: &[String],
    known: &[&'a str],
    named: impl Fn(&str) -> Option<&'a str>,
) -> Result<(), Trouble> {
    let Some(unknown) = asked.iter().find(|name| !known.contains(&name.as_str())) else { return Ok(()) };
    let trouble = Trouble::new(say(
        format!("--{option}：本月数据中没有 {unknown}"),
        format!("--{option}: the month has no {unknown}"),
    ));
    Err(match named(unknown).or_else(|| nearest(unknown, known.iter().copied())) {
        Some(near) => trouble.remedy(say(format!("是否应为 {near}？"), format!("did you mean {near}?"))),
        None => {
            let some = known[..known.len().min(10)].join(", ");
            trouble.remedy(say(format!("本月有：{some}"), format!("the month has: {some}")))
        }
    })
}

/// The language of data: machine formats speak English unless told otherwise.
pub fn data_lang(matches: &ArgMatches, is_machine: bool, spoken: Lang) -> Lang {
    let given = matches.get_one::<String>("lang").is_some();
    if is_machine && !given { Lang::En } else { spoken }
}
