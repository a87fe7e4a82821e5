//! `baifang outlook`: what is still to be done in a month that is not over.

use super::finish::{self, Paper, Product};
use super::format::{Format, Formats};
use super::output::{Content, Files, Folder};
use super::session::{self, Session};
use super::{Exit, args, output};
use crate::document::leaves;
use crate::file_name;
use crate::judge::judge_ahead;
use crate::judgement::Judgement;
use crate::lang::{Lang, say, words};
use crate::model::{DateSpan, ManagerId, Month};
use crate::outlook::{self, Outlook, Terms};
use crate::parallel;
use crate::print::{Fonts, Info};
use crate::render::json;
use crate::report::for_one;
use crate::report::outlook::{self as report, LookedAt};
use crate::rules::terms;
use crate::trouble::Trouble;
use chrono::Days;
use clap::{ArgMatches, Command};

const FORMATS: Formats =
    Formats { command: "outlook", known: &[Format::Table, Format::Html, Format::Csv, Format::Json] };

/// A month can be looked at so many days before it begins.
const DAYS_BEFORE: u64 = 7;

pub(super) fn command(lang: Lang) -> Command {
    let text = |zh, en| args::pick(lang, zh, en);
    let format = text(
        "table（默认）、html、csv 或 json；不给时按 -o 的扩展名",
        "table (default), html, csv or json; left out, the ending of -o decides",
    );
    let per_manager = args::file("per-manager", "DIR").conflicts_with("output").help(text(
        "每名客户经理一页，写入此文件夹（默认 html）",
        "a page for each manager, written into this folder (default: html)",
    ));
    Command::new("outlook")
        .about(text(
            "月中展望：本月还要拜访谁、来不来得及、计划够不够",
            "What is still to be done this month: who must be seen, whether it can be, what the plan covers",
        ))
        .after_help(text(
            "数据截止日须在该月内，或在该月前七天内；每天能拜访几户取近三个月的中位数，可在 rules.toml 的 [outlook] 中设定\n\
             退出码：0 都还来得及 · 1 有的已来不及 · 2 无法运行（本月已结束：请用 check） · 3 有被拒绝的行或妨碍考核的问题\n\
             例：baifang outlook --data 导出文件夹 --as-of 2026-09-15",
            "The data must end in the month, or in the seven days before it; see [outlook] for what a manager can do a day\n\
             Exit codes: 0 all can be done, 1 something is out of reach, 2 could not run (the month is over: use check),\n\
             3 rows were rejected or something is in the way of judging\n\
             Example: baifang outlook --data exports --as-of 2026-09-15",
        ))
        .args(args::common(lang))
        .arg(args::format(lang, &FORMATS, format))
        .arg(per_manager.help_heading(text("输出", "Output")))
        .arg(args::bom(lang))
}

pub(super) fn run(matches: &ArgMatches, spoken: Lang) -> anyhow::Result<Exit> {
    let each = session::path(matches, "per-manager");
    let format = FORMATS.chosen(matches, if each.is_some() { Format::Html } else { Format::Table })?;
    let session = Session::open_ahead(matches)?;
    reached(&session, session.month)?;
    let ahead = Ahead::of(&session, session.month);
    let outlooks = outlook::of(&ahead.terms(&session), &session.managers);
    let lang = session::data_lang(matches, format.is_machine(), spoken);
    let in_the_way = session.told_of(ahead.judgement.obstacles.clone());
    let (accounts, obstacles) = (session.told(), &in_the_way[..]);
    let looked_at = LookedAt {
        month: session.month,
        book: &session.book,
        ruleset: &session.ruleset,
        accounts,
        obstacles,
        outlooks: &outlooks,
    };
    let product = match each {
        Some(folder) => {
            let files = pages(matches, format, &session, &looked_at, lang)?;
            Product { folder: Some(Folder::of(folder, files)), ..Product::default() }
        }
        None => Content::Bytes(write(matches, format, &looked_at, lang)?).into(),
    };
    finish::write(matches, &session, spoken, product)?;
    let out_of_reach = outlooks.iter().any(Outlook::is_out_of_reach);
    Ok(finish::exit(out_of_reach, &session, &ahead.judgement.obstacles))
}

fn write(matches: &ArgMatches, format: Format, looked_at: &LookedAt, lang: Lang) -> Result<Vec<u8>, Trouble> {
    match format {
        Format::Csv => return Ok(finish::csv(matches, &report::csv::build(looked_at, lang))),
        Format::Json => return Ok(json::lines(|keys| report::json::tell(looked_at, lang, keys))),
        _ => {}
    }
    let (document, title, fonts) = (report::build(looked_at, lang), report::title(looked_at.month), Fonts::new());
    let info = Info { title: title.get(lang), lang, date: looked_at.month.first() };
    let paper = Paper { document: &document, info, fonts: &fonts };
    let bytes = paper.write(matches, format, || leaves(&document, lang))?;
    output::tell_missing(fonts.missing(), lang);
    Ok(bytes)
}

/// A page for each manager, with the name of its file.
fn pages(
    matches: &ArgMatches,
    format: Format,
    session: &Session,
    looked_at: &LookedAt,
    lang: Lang,
) -> Result<Files, Trouble> {
    let outlooks = looked_at.outlooks;
    let name = |outlook: &Outlook| format!("{} {}", looked_at.month, looked_at.manager(outlook.id));
    let names = file_name::distinct(&outlooks.iter().map(name).collect::<Vec<_>>());
    let page = |number: usize| {
        let outlook = &outlooks[number];
        let (accounts, obstacles) = (session.own_of(outlook.id), for_one(looked_at.obstacles, outlook.id));
        let (accounts, obstacles) = (&accounts, &obstacles[..]);
        let alone = LookedAt { accounts, obstacles, outlooks: std::slice::from_ref(outlook), ..*looked_at };
        let bytes = write(matches, format, &alone, lang)?;
        Ok((format!("{}.{}", names[number], format.ending()), bytes))
    };
    parallel::numbers(outlooks.len(), page).into_iter().collect()
}

/// What a month is looked ahead in by.
pub(super) struct Ahead {
    month: Month,
    /// All managers of the month.
    all: Vec<ManagerId>,
    pub judgement: Judgement,
}

impl Ahead {
    pub(super) fn of(session: &Session, month: Month) -> Self {
        let all = session.managers_of(month);
        let judgement = judge_ahead(&session.book, &session.accounts, &session.ruleset, month, &all);
        Self { month, all, judgement }
    }

    pub(super) fn terms<'a>(&'a self, session: &'a Session) -> Terms<'a> {
        Terms {
            book: &session.book,
            settings: &session.ruleset.settings,
            requirements: terms::requirements(&session.ruleset),
            month: self.month,
            all: &self.all,
            judgement: &self.judgement,
            day_rules: terms::of_days(),
        }
    }
}

/// The outlook of the managers asked for, while the month is not over.
pub(super) fn if_not_over(session: &Session) -> Vec<Outlook> {
    if !session.month.contains(session.book.horizon) || session.is_complete_in(session.month) {
        return vec![];
    }
    outlook::of(&Ahead::of(session, session.month).terms(session), &session.managers)
}

/// The data must end where there is something ahead: in the month, while it is not complete for everyone, or shortly before.
pub(super) fn reached(session: &Session, month: Month) -> Result<(), Trouble> {
    let horizon = session.book.horizon;
    if horizon < month.first() - Days::new(DAYS_BEFORE) {
        let found = say(
            format!("{month} 还太远：数据截止 {horizon}"),
            format!("{month} lies too far ahead: the data end on {horizon}"),
        );
        let required =
            words("数据截止日在该月内，或在该月前七天内", "data that end in the month or in the seven days before it");
        let remedy = words("导出较新的数据，或换一个月份", "export newer data, or give another month");
        return Err(Trouble::new(found).required(required).remedy(remedy));
    }
    if horizon > month.last() || session.is_complete_in(month) {
        let next = month.plus(1);
        let found = say(format!("{month} 已结束：请用 check"), format!("{month}: the month is over: use check"));
        let remedy = say(
            format!("用 baifang check --month {month}；展望下月用 --month {next}"),
            format!("baifang check --month {month}, or look at --month {next}"),
        );
        return Err(Trouble::new(found).remedy(remedy));
    }
    Ok(())
}

/// Whether a horizon lies so that a month can be looked ahead in.
pub(super) fn is_near(session: &Session, month: Month) -> bool {
    let span = DateSpan { first: month.first() - Days::new(DAYS_BEFORE), last: month.last() };
    span.contains(session.book.horizon)
}
