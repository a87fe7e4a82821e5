//! `baifang sheet`: paper visit-plan sheets.

use super::dates;
use super::finish::{self, Product};
use super::format::{Format, Formats};
use super::output::{Content, Folder};
use super::session::{self, Session};
use super::{Exit, args, output};
use crate::file_name;
use crate::lang::{Lang, Words, counted, say, words};
use crate::measures::ManagerMonth;
use crate::model::DateSpan;
use crate::parallel;
use crate::print::Fonts;
use crate::quote::tame;
use crate::render::table_xlsx;
use crate::report::sheet as report;
use crate::report::sheet::csv::Numbered;
use crate::report::sheet::pdf::{Frame, Laid};
use crate::report::unlisted_years;
use crate::rules::terms::{self, OfSheets};
use crate::sheet::{self, Labels, Sheet, Standard};
use crate::trouble::Trouble;
use chrono::{Days, Local, NaiveDate};
use clap::{Arg, ArgMatches, Command};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

const FORMATS: Formats =
    Formats { command: "sheet", known: &[Format::Pdf, Format::Html, Format::Text, Format::Csv, Format::Xlsx] };

pub(super) fn command(lang: Lang) -> Command {
    let text = |zh, en| args::pick(lang, zh, en);
    let format = text(
        "text（默认）、pdf、html；csv、xlsx 为补录用的拜访表；不给时按 -o 的扩展名",
        "text (default), pdf, html; csv, xlsx: visits to key the paper into; left out, the ending of -o decides",
    );
    let dates = [
        Arg::new("date")
            .long("date")
            .value_name("D|today|tomorrow")
            .conflicts_with("week")
            .help(text("哪一天：日期、today 或 tomorrow", "the day: a date, today or tomorrow")),
        Arg::new("week")
            .long("week")
            .value_name("D|today|tomorrow")
            .help(text("该日所在的一周（周一至周日）", "the week of the day, Monday to Sunday")),
    ];
    let per_manager = args::file("per-manager", "DIR").conflicts_with("output").help(text(
        "每名客户经理一个文件，写入此文件夹（默认 pdf）",
        "a file for each manager, written into this folder (default: pdf)",
    ));
    let selection = args::selection(lang).into_iter().filter(|arg| arg.get_id() != "month");
    Command::new("sheet")
        .about(text(
            "纸质拜访计划表：移动终端故障时带着出门，回来补录",
            "Paper visit-plan sheets, for the day the devices are down",
        ))
        .after_help(text(
            "当天没有计划的客户经理，列出最该拜访的客户作为建议（[sheet] proposed）\n\
             例：baifang sheet --data 导出文件夹 --date tomorrow -o 明日计划.pdf",
            "A manager without a plan for the day gets the customers furthest behind proposed ([sheet] proposed)\n\
             Example: baifang sheet --data exports --date tomorrow -o tomorrow.pdf",
        ))
        .args(dates.map(|arg| arg.help_heading(text("范围", "Selection"))))
        .args(args::inputs(lang))
        .args(selection)
        .args(args::people(lang))
        .args(args::output(lang))
        .arg(args::format(lang, &FORMATS, format))
        .arg(per_manager.help_heading(text("输出", "Output")))
        .arg(args::bom(lang))
}

pub(super) fn run(matches: &ArgMatches, spoken: Lang) -> anyhow::Result<Exit> {
    let each = session::path(matches, "per-manager");
    let format = FORMATS.chosen(matches, if each.is_some() { Format::Pdf } else { Format::Text })?;
    let dates = asked_dates(matches)?;
    let session = Session::open_dates(matches, dates)?;
    let standard = standard(&session);
    let still_due = |month: &ManagerMonth, date| terms::still_due(&session.ruleset, month, date);
    let (book, settings) = (&session.book, &session.ruleset.settings);
    let sheet_terms = sheet::Terms { book, settings, standard, dates, still_due: &still_due };
    let sheets = sheet::build(&sheet_terms, &session.managers);
    if sheets.is_empty() {
        return Err(nothing(dates).into());
    }
    let lang = session::data_lang(matches, matches!(format, Format::Csv | Format::Xlsx), spoken);
    let provenance = provenance(&session, dates, sheet::labels(lang));
    let frame = Frame { lang, standard, provenance: &provenance };
    let lay = |fonts: &mut Fonts, number: usize| report::pdf::lay(&sheets[number], &frame, fonts);
    let laid: Vec<Laid> = parallel::numbers_with(sheets.len(), Fonts::new, lay);
    let write = |laid: &[Laid], fonts: &Fonts| bytes(matches, format, laid, &frame, fonts, &session);
    let pool = Pool::default();
    let product = match each {
        Some(path) => {
            Product { folder: Some(for_each(path, &laid, dates, format, &pool, write)), ..Product::default() }
        }
        None => Content::Bytes(pool.lend(|fonts| write(&laid, fonts))?).into(),
    };
    finish::write(matches, &session, spoken, product.with_phones())?;
    if !matches.get_flag("quiet") {
        tell(&pool.missing(), session.accounts.rejected.len(), spoken);
    }
    Ok(finish::exit(false, &session, &[]))
}

/// A file for each manager.
fn for_each<'f>(
    path: &'f Path,
    laid: &'f [Laid<'f>],
    dates: DateSpan,
    format: Format,
    pool: &'f Pool,
    write: impl Fn(&[Laid], &Fonts) -> Result<Vec<u8>, Trouble> + Sync + 'f,
) -> Folder<'f> {
    let of_each: Vec<&[Laid]> = laid.chunk_by(|one, next| one.sheet.manager_id == next.sheet.manager_id).collect();
    let names: Vec<String> = of_each.iter().map(|laid| file_name(laid[0].sheet, dates)).collect();
    let names = file_name::distinct(&names).into_iter().map(|name| format!("{name}.{}", format.ending()));
    let make = move |number: usize| pool.lend(|fonts| write(of_each[number], fonts));
    Folder { path, names: names.collect(), make: Box::new(make) }
}

/// Fonts that have been made, to be used again: each takes a while to make.
#[derive(Default)]
struct Pool(Mutex<Vec<Fonts>>);

impl Pool {
    fn free(&self) -> MutexGuard<'_, Vec<Fonts>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lend<T>(&self, to: impl FnOnce(&Fonts) -> T) -> T {
        let free = self.free().pop();
        let fonts = free.unwrap_or_default();
        let made = to(&fonts);
        self.free().push(fonts);
        made
    }

    /// The characters that none of them has.
    fn missing(&self) -> Vec<char> {
        self.free().iter().flat_map(Fonts::missing).collect()
    }
}

fn bytes(
    matches: &ArgMatches,
    format: Format,
    laid: &[Laid],
    frame: &Frame,
    fonts: &Fonts,
    session: &Session,
) -> Result<Vec<u8>, Trouble> {
    let to_key_in = || {
        let numbered: Vec<Numbered> = laid.iter().map(|laid| (laid.sheet, laid.page_of.clone())).collect();
        report::csv::build(&numbered, &session.book, frame.lang)
    };
    Ok(match format {
        Format::Pdf => report::pdf::write(laid, frame, fonts)?,
        Format::Html => report::html::render(laid, frame)?.into_bytes(),
        Format::Csv => finish::csv(matches, &to_key_in()),
        Format::Xlsx => table_xlsx::render(&to_key_in(), words("拜访记录", "visits").get(frame.lang))?,
        _ => report::text::render(laid, frame).into_bytes(),
    })
}

/// The day or week asked for.
fn asked_dates(matches: &ArgMatches) -> Result<DateSpan, Trouble> {
    let asked = |option: &str| matches.get_one::<String>(option).map(|text| date(option, text)).transpose();
    if let Some(day) = asked("date")? {
        return Ok(DateSpan { first: day, last: day });
    }
    let Some(day) = asked("week")? else {
        return Err(Trouble::new(words("没有说明是哪一天", "it is not said for which day"))
            .required(words("--date 日期，或 --week 日期", "--date D or --week D"))
            .remedy(words("例如 --date tomorrow", "for example --date tomorrow")));
    };
    let week = day.week(chrono::Weekday::Mon);
    let first = dates::in_range("--week", week.first_day())?;
    Ok(DateSpan { first, last: dates::in_range("--week", week.last_day())? })
}

fn date(option: &str, text: &str) -> Result<NaiveDate, Trouble> {
    let today = || Local::now().date_naive();
    match text {
        "today" => Ok(today()),
        "tomorrow" => Ok(today() + Days::new(1)),
        _ => dates::read(&format!("--{option}"), text),
    }
}

/// What the rules that are not off ask for.
fn standard(session: &Session) -> Standard {
    let OfSheets { cap, first_by, upload_by } = terms::of_sheets(&session.ruleset);
    Standard { cap, first_by, upload_by }
}

fn nothing(dates: DateSpan) -> Trouble {
    let DateSpan { first, last } = dates;
    let days = if first == last { first.to_string() } else { format!("{first} – {last}") };
    Trouble::new(say(
        format!("{days} 没有可打印的计划表：没有计划，也没有需要工作的客户经理（节假日、请假或没有应拜访户）"),
        format!("there is no sheet for {days}: no plan, and no manager who works then and has customers due"),
    ))
    .remedy(words(
        "换一个 --date，或检查计划文件与 [calendar]",
        "give another --date, or look at the plans and [calendar]",
    ))
}

/// What the sheets were made from, at their foot.
fn provenance(session: &Session, dates: DateSpan, labels: &Labels) -> String {
    let Session { ruleset, book, .. } = session;
    let version = env!("CARGO_PKG_VERSION");
    let rules = &ruleset.sha256[..12];
    let made = say(
        format!("baifang {version} · 数据截至 {} · 规则 {rules}", book.horizon),
        format!("baifang {version} · data up to {} · rules {rules}", book.horizon),
    );
    let columns = session.accounts.columns.iter();
    let columns: String = columns.map(|file| format!(" · {} {}", tame(&file.path, None), &file.sha256[..12])).collect();
    let made = made.then(&Words::same(columns));
    let years = unlisted_years(ruleset, dates).map_or(words("", ""), |told| words(" · ", " · ").then(&told));
    made.then(&years).get(labels.lang).to_owned()
}

fn file_name(sheet: &Sheet, DateSpan { first, last }: DateSpan) -> String {
    let days = if first == last { first.to_string() } else { format!("{first}_{last}") };
    format!("{} {days}", sheet.manager())
}

/// What whoever prints should know: the characters that could not be printed, the rows that could not be read.
fn tell(missing: &[char], rejected: usize, lang: Lang) {
    output::tell_missing(missing.iter().copied(), lang);
    if rejected > 0 {
        let rows = counted(rejected as u64, "row");
        let told = say(
            format!("{rejected} 行无法使用，未计入；用 baifang lint 查看"),
            format!("{rows} could not be used and are left out; baifang lint shows them"),
        );
        output::tell(told.get(lang));
    }
}
