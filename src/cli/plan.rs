//! `baifang plan`: plan rows for the days ahead that keep the rules.

use super::finish::{self, Paper, Product};
use super::format::{Format, Formats};
use super::outlook::{Ahead, is_near, reached};
use super::session::{self, Session};
use super::{Exit, args, dates as options, output};
use crate::document::{Document, leaves};
use crate::lang::{Lang, Words, counted, say, words};
use crate::model::{DateSpan, Moment, Month};
use crate::obstacle::Obstacle;
use crate::plan::{self, ManagerPlan, Order};
use crate::print::{Fonts, Info};
use crate::render::{table_xlsx, text};
use crate::report::plan::{self as report, Planned};
use crate::trouble::Trouble;
use chrono::{NaiveDateTime, Timelike};
use clap::{Arg, ArgMatches, Command};

const FORMATS: Formats = Formats { command: "plan", known: &[Format::Table, Format::Html, Format::Csv, Format::Xlsx] };

pub(super) fn command(lang: Lang) -> Command {
    let text = |zh, en| args::pick(lang, zh, en);
    let format = text(
        "table（默认）、html；csv、xlsx 为计划文件，可放回数据文件夹；不给时按 -o 的扩展名",
        "table (default), html; csv, xlsx: a plans file to be put beside the exports; left out, the ending of -o decides",
    );
    let own = [
        Arg::new("week").long("week").value_name("DATE").conflicts_with("month").help(text(
            "该日所在的一周（周一至周日）中剩余的日子",
            "the days left in the week of the day, Monday to Sunday",
        )),
        Arg::new("created").long("created").value_name("DATETIME").help(text(
            "计划的制定时间（默认为数据截止日 17:00）",
            "when the plan is said to be made (default: 17:00 of the last day of the data)",
        )),
    ];
    Command::new("plan")
        .about(text(
            "排计划：在剩余的日子里补上计划，使各项要求都来得及完成",
            "Plan the days ahead: new rows that do what is still to be done, beside those that stand",
        ))
        .after_help(text(
            "已有的计划行不变，不重复写出；先排最紧的要求，再按拜访周期排满每天能拜访的户数；同一天新排的按路线排序\n\
             退出码：0 都排进去了 · 1 有的排不进去 · 2 无法运行 · 3 有被拒绝的行或妨碍考核的问题\n\
             例：baifang plan --data 导出文件夹 --week 2026-09-21 -o plans-新增.csv",
            "Rows that stand stay and are not written again; what is most pressing goes first, then cycles fill the days up\n\
             Exit codes: 0 all is planned, 1 something is out of reach, 2 could not run, 3 rows were rejected or\n\
             something is in the way of judging\n\
             Example: baifang plan --data exports --week 2026-09-21 -o plans-new.csv",
        ))
        .args(own.map(|arg| arg.help_heading(text("范围", "Selection"))))
        .args(args::common(lang))
        .arg(args::format(lang, &FORMATS, format))
        .arg(args::bom(lang))
}

pub(super) fn run(matches: &ArgMatches, spoken: Lang) -> anyhow::Result<Exit> {
    let format = FORMATS.chosen(matches, Format::Table)?;
    let created = created(matches)?;
    let week = week(matches)?;
    let session = match week {
        Some(week) => Session::open_ahead_of(matches, week)?,
        None => Session::open_ahead(matches)?,
    };
    let dates = week.unwrap_or(session.month.span());
    let (plans, obstacles) = made(&session, Order { dates, created })?;
    let lang = session::data_lang(matches, matches!(format, Format::Csv | Format::Xlsx), spoken);
    let (Session { book, ruleset, .. }, accounts) = (&session, session.told());
    let planned = Planned { dates, book, ruleset, accounts, plans: &plans };
    let product: Product = write(matches, format, &planned, lang)?.into();
    finish::write(matches, &session, spoken, product.with_phones())?;
    if !matches.get_flag("quiet") {
        if let Some(said) = created.and_then(|created| ill_dated(&planned, created)) {
            output::tell(said.get(spoken));
        }
        if matches!(format, Format::Csv | Format::Xlsx) {
            tell(&planned, spoken);
        }
    }
    let out_of_reach = plans.iter().any(|plan| !plan.left.is_empty());
    Ok(finish::exit(out_of_reach, &session, &obstacles))
}

/// The plans, each date by its own month's outlook, and what stands in the way of judging.
fn made(session: &Session, order: Order) -> Result<(Vec<ManagerPlan>, Vec<Obstacle>), Trouble> {
    let DateSpan { first, last } = order.dates;
    let mut months = vec![Month::of(first), Month::of(last)];
    months.dedup();
    // A week may begin in a month that is over, or end in one that is too far ahead to be looked at.
    let ahead: Vec<Month> =
        months.iter().copied().filter(|month| is_near(session, *month) && reached(session, *month).is_ok()).collect();
    if ahead.is_empty() {
        months.iter().rev().try_for_each(|month| reached(session, *month))?;
    }
    let (mut plans, mut obstacles): (Vec<ManagerPlan>, Vec<Obstacle>) = (vec![], vec![]);
    for month in ahead {
        let looked_at = Ahead::of(session, month);
        let of_month = session.managers_of(month);
        let managers: Vec<_> = session.managers.iter().copied().filter(|id| of_month.contains(id)).collect();
        for plan in plan::of(&looked_at.terms(session), order, &managers, &plans) {
            match plans.iter_mut().find(|before| before.id == plan.id) {
                Some(before) => before.join(plan),
                None => plans.push(plan),
            }
        }
        obstacles = looked_at.judgement.obstacles;
    }
    plans.sort_by_key(|plan| plan.id);
    if session.managers.iter().all(|id| session.book.horizon_of(*id) >= last) {
        let found = say(
            format!("{first} 至 {last} 没有剩余的日子：数据已到 {}", session.book.horizon),
            format!("no day is left from {first} to {last}: the data reach to {}", session.book.horizon),
        );
        return Err(Trouble::new(found).remedy(words("换一个 --week 或 --month", "give another --week or --month")));
    }
    Ok((plans, obstacles))
}

fn write(matches: &ArgMatches, format: Format, planned: &Planned, lang: Lang) -> Result<Vec<u8>, Trouble> {
    match format {
        Format::Csv => return Ok(finish::csv(matches, &report::csv::build(planned, lang))),
        Format::Xlsx => {
            let name = words("拜访计划", "plans");
            return table_xlsx::render(&report::csv::build(planned, lang), name.get(lang));
        }
        _ => {}
    }
    let (document, title, fonts) = (report::build(planned, lang), report::title(planned.dates), Fonts::new());
    let info = Info { title: title.get(lang), lang, date: planned.dates.first };
    let paper = Paper { document: &document, info, fonts: &fonts };
    let bytes = paper.write(matches, format, || leaves(&document, lang))?;
    output::tell_missing(fonts.missing(), lang);
    Ok(bytes)
}

/// What rows miss that are said to be made before the data end, or no earlier than the day they are for.
fn ill_dated(planned: &Planned, created: Moment) -> Option<Words> {
    let rows = || planned.plans.iter().flat_map(|plan| plan.rows.iter().map(move |row| (plan.id, row)));
    let late = rows().filter(|(_, row)| row.date <= created.date).count() as u64;
    let early = rows().any(|(id, _)| created.date < planned.book.horizon_of(id));
    if late > 0 {
        return Some(say(
            format!("--created：{late} 行的日期不晚于制定时间，不算提前编制"),
            format!("--created: {} not planned ahead, being dated no later than that", counted(late, "row")),
        ));
    }
    early.then_some(words(
        "--created 早于数据截止日：此后被挤掉的拜访，这些行不能算作补访",
        "--created is before the end of the data: these rows make up for nothing that was pushed aside since",
    ))
}

/// Beside a file of rows: what the days come to, and what is left.
fn tell(planned: &Planned, lang: Lang) {
    let mut document = Document::default();
    document.text(report::sum(planned).get(lang));
    report::add_beside(planned, &mut document, lang);
    let page = text::Page { width: text::USUAL_WIDTH, colour: false };
    output::tell(text::render(&document, page).trim_end());
}

fn week(matches: &ArgMatches) -> Result<Option<DateSpan>, Trouble> {
    let Some(given) = matches.get_one::<String>("week") else { return Ok(None) };
    let day = options::read("--week", given)?;
    let week = day.week(chrono::Weekday::Mon);
    let span = week.checked_first_day().zip(week.checked_last_day());
    // Months are counted about it.
    let span = span.filter(|(first, _)| Month::new(1900, 1).is_some_and(|month| *first >= month.first()));
    let span = span.filter(|(_, last)| Month::new(9999, 1).is_some_and(|month| *last < month.first()));
    span.map(|(first, last)| Some(DateSpan { first, last })).ok_or_else(|| {
        let found = say(format!("--week：{day} 无效"), format!("--week: {day} cannot be used"));
        Trouble::new(found).required(words("1900 至 9998 年的日期", "a date of the years 1900 to 9998"))
    })
}

fn created(matches: &ArgMatches) -> Result<Option<Moment>, Trouble> {
    let Some(given) = matches.get_one::<String>("created") else { return Ok(None) };
    let forms = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M"];
    let read = forms.iter().find_map(|form| NaiveDateTime::parse_from_str(given, form).ok());
    read.map(|at| Some(Moment::new(at.date(), at.num_seconds_from_midnight()))).ok_or_else(|| {
        let found = say(format!("--created：{given} 不是时刻"), format!("--created: {given} is not a date and time"));
        Trouble::new(found).required(words("形如 2026-09-15 17:00", "such as 2026-09-15 17:00"))
    })
}
