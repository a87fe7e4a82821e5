//! `baifang rank`: who did best in a quarter, or a month.

use super::finish::{self, Paper};
use super::format::{Format, Formats};
use super::session::{self, Session};
use super::{Exit, args, dates, output};
use crate::document::leaves;
use crate::judgement::Judgement;
use crate::lang::{Lang, say, words};
use crate::model::{Every, Month, Period};
use crate::obstacle::Obstacle;
use crate::print::{Fonts, Info};
use crate::ranking::{Ranking, Standing, months_of, period_before};
use crate::render::json;
use crate::report::rank::{self as report, Ranked};
use crate::trouble::Trouble;
use clap::{Arg, ArgMatches, Command};

const FORMATS: Formats = Formats {
    command: "rank",
    known: &[Format::Table, Format::Html, Format::Pdf, Format::Markdown, Format::Csv, Format::Json, Format::Xlsx],
};

pub(super) fn command(lang: Lang) -> Command {
    let text = |zh, en| args::pick(lang, zh, en);
    let command = Command::new("rank")
        .about(text("一个季度（或一个月）的排名", "Rank the managers of a quarter, or a month"))
        .after_help(text(
            "季度得分是各月得分的平均；同分同名次；某月考核天数不足 [ranking] min_days 的不参加排名\n\
             名次总是在全体客户经理中排定，--manager、--branch、--top 只决定显示谁\n\
             退出码：0 正常 · 2 无法运行 · 3 有被拒绝的行或妨碍考核的问题\n\
             例：baifang rank --data 导出文件夹 --quarter 2026Q3 --top 3",
            "A quarter's score is the mean of its months; equal scores share a rank; who has fewer assessed field-time\n\
             days in a month than [ranking] min_days is not ranked\n\
             Ranks are always among all managers; --manager, --branch and --top choose who is shown\n\
             Exit codes: 0 done, 2 could not run, 3 rows were rejected or something is in the way of judging\n\
             Example: baifang rank --data exports --quarter 2026Q3 --top 3",
        ));
    let format = text(
        "table（默认）、html、pdf、markdown（md）、csv、json 或 xlsx；不给时按 -o 的扩展名",
        "table (default), html, pdf, markdown (md), csv, json or xlsx; left out, the ending of -o decides",
    );
    let own = [
        Arg::new("quarter").long("quarter").value_name("YYYYQn").help(text(
            "季度（默认为数据截止日所在季度；给 --month 则排该月）",
            "the quarter (default: that of the horizon; with --month, that month is ranked)",
        )),
        Arg::new("top").long("top").value_name("N").help(text(
            "只显示前 N 名（给 --branch 时为部门名次）",
            "only ranks up to N (with --branch, ranks in the branch)",
        )),
    ];
    let command = command.args(args::common(lang)).args(own.map(|arg| arg.help_heading(text("范围", "Selection"))));
    command.arg(args::format(lang, &FORMATS, format)).arg(args::bom(lang))
}

pub(super) fn run(matches: &ArgMatches, spoken: Lang) -> anyhow::Result<Exit> {
    let format = FORMATS.chosen(matches, Format::Table)?;
    let quarter = quarter(matches)?;
    let top = top(matches)?;
    let (session, period) = if matches.contains_id("month") {
        let session = Session::open_months(matches, 1)?;
        let period = Period::Month(session.month);
        (session, period)
    } else {
        let session = Session::open_quarter(matches, quarter, 5)?;
        let period = Period::containing(Every::Quarter, session.month.first());
        (session, period)
    };
    let Session { ruleset, book, .. } = &session;
    let (mut ranking, obstacles) = ranking(&session, period);
    let obstacles = session.told_of(obstacles);
    if let Some(id) = session.only() {
        ranking.branches.retain(|one| one.branch.as_deref() == book.branch(id));
    }
    let shown = shown(matches, &session, &ranking, top);
    let ranked = Ranked { book, ruleset, accounts: session.told(), ranking: &ranking, obstacles: &obstacles, shown };
    finish::write(matches, &session, spoken, content(matches, format, &ranked, spoken)?)?;
    Ok(finish::exit(false, &session, &obstacles))
}

fn content(matches: &ArgMatches, format: Format, ranked: &Ranked, spoken: Lang) -> Result<Vec<u8>, Trouble> {
    let lang = session::data_lang(matches, format.is_machine(), spoken);
    match format {
        Format::Csv => return Ok(finish::csv(matches, &report::csv::build(ranked, lang))),
        Format::Json => return Ok(json::lines(|keys| report::json::tell(ranked, lang, keys))),
        _ => {}
    }
    let (document, title, fonts) = (report::build(ranked, spoken), report::title(ranked), Fonts::new());
    let info = Info { title: title.get(spoken), lang: spoken, date: ranked.ranking.period.span().first };
    let paper = Paper { document: &document, info, fonts: &fonts };
    let bytes = paper.write(matches, format, || leaves(&document, spoken))?;
    output::tell_missing(fonts.missing(), spoken);
    Ok(bytes)
}

/// Judges all managers of the months that have visits, and of the period before where all its months have; with what stands in
/// the way in the period's own.
fn ranking(session: &Session, period: Period) -> (Ranking, Vec<Obstacle>) {
    let book = &session.book;
    let has_visits = |month: &Month| book.has_visits_in(*month);
    let judged = |months: Vec<Month>| months.into_iter().map(|month| judge_month(session, month)).collect::<Vec<_>>();
    let months = months_of(period).into_iter().filter(has_visits).collect();
    let before = Some(months_of(period_before(period))).filter(|months| months.iter().all(has_visits));
    let (own, before) = (judged(months), before.map(judged));
    // What is in the way in several months is told once.
    let mut obstacles: Vec<Obstacle> = Vec::new();
    for obstacle in own.iter().flat_map(|judgement| &judgement.obstacles) {
        let is_told = |told: &Obstacle| (told.kind, &told.place) == (obstacle.kind, &obstacle.place);
        if !obstacles.iter().any(is_told) {
            obstacles.push(obstacle.clone());
        }
    }
    obstacles.sort_by_key(|obstacle| obstacle.kind);
    (Ranking::of(book, period, &own, before.as_deref(), &session.ruleset.settings), obstacles)
}

fn judge_month(session: &Session, month: Month) -> Judgement {
    let mut judgement = session.judge_month(month, &session.managers_of(month));
    // A ranking counts; the findings, appeals and days of half a year need not be held for it.
    for manager in &mut judgement.managers {
        (manager.findings, manager.days) = Default::default();
    }
    judgement.appeals = vec![];
    judgement
}

/// Those that the command line asks for, in the order of the ranking.
fn shown<'r>(matches: &ArgMatches, session: &Session, ranking: &'r Ranking, top: Option<usize>) -> Vec<&'r Standing> {
    let asked = |one: &&Standing| session.managers.binary_search(&one.id).is_ok();
    let rank = |one: &Standing| if matches.contains_id("branch") { one.rank_in_branch } else { one.rank };
    let high = |one: &&Standing| top.is_none_or(|top| rank(one).is_some_and(|rank| rank <= top));
    ranking.standings.iter().filter(asked).filter(high).collect()
}

fn quarter(matches: &ArgMatches) -> Result<Option<Period>, Trouble> {
    let Some(text) = matches.get_one::<String>("quarter") else { return Ok(None) };
    if matches.contains_id("month") {
        let found = words("--quarter 与 --month 不能同时给出", "--quarter and --month do not go together");
        let remedy = words("排季度用 --quarter，排一个月用 --month", "use one for a quarter, the other for a month");
        return Err(Trouble::new(found).remedy(remedy));
    }
    let quarter = Period::parse(text).filter(|period| period.length() == Every::Quarter);
    let quarter = quarter.ok_or_else(|| {
        let found = say(format!("--quarter：{text} 不是季度"), format!("--quarter: {text} is not a quarter"));
        Trouble::new(found).required(words("形如 2026Q3", "a quarter such as 2026Q3"))
    })?;
    dates::in_range("--quarter", quarter.span().first).map(|_| Some(quarter))
}

fn top(matches: &ArgMatches) -> Result<Option<usize>, Trouble> {
    let Some(text) = matches.get_one::<String>("top") else { return Ok(None) };
    text.parse().ok().filter(|top| *top > 0).map(Some).ok_or_else(|| {
        let found = say(format!("--top：{text} 无效"), format!("--top: {text} cannot be used"));
        Trouble::new(found).required(words("大于 0 的整数", "a whole number above 0"))
    })
}
