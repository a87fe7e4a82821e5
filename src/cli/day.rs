//! `baifang day`: one manager's day on one page.

use super::chosen::Chosen;
use super::finish::{self, Paper, Product};
use super::format::{Format, Formats};
use super::output;
use super::session::{self, Session};
use super::{Exit, args, dates};
use crate::day::{ManagerDay, Terms};
use crate::document::leaves;
use crate::judge::kept_in;
use crate::judgement::{Finding, JudgedManager, Judgement, Severity, State, Verdict};
use crate::lang::Lang;
use crate::measures::{FileIndex, ManagerMonth, prove_by_earliest};
use crate::model::DateSpan;
use crate::obstacle::ObstacleKind;
use crate::print::{Fonts, Info};
use crate::render::json;
use crate::report::Run;
use crate::report::day::{self as report, Told};
use crate::rules::config::Ruleset;
use crate::rules::terms;
use crate::trouble::Trouble;
use chrono::NaiveDate;
use clap::{Arg, ArgMatches, Command};

const FORMATS: Formats = Formats { command: "day", known: &[Format::Text, Format::Html, Format::Json] };

pub(super) fn command(lang: Lang) -> Command {
    let text = |zh, en| args::pick(lang, zh, en);
    let format = text(
        "text（默认）、html 或 json；不给时按 -o 的扩展名",
        "text (default), html or json; left out, the ending of -o decides",
    );
    let who = Arg::new("one-manager")
        .value_name("MANAGER")
        .required(true)
        .help(text("客户经理：编号，或不重名的姓名", "the manager, by id or by a name that only one has"));
    let when = Arg::new("one-date")
        .value_name("DATE")
        .required(true)
        .help(text("日期，如 2026-09-04", "the date, such as 2026-09-04"));
    let selection = args::selection(lang).into_iter().filter(|arg| arg.get_id() != "month");
    Command::new("day")
        .about(text(
            "一名客户经理的一天：计划、拜访、通话、时间轴、路线，各规则的结论和算式",
            "One manager's day: plan, visits, calls, an axis of time, his way, each verdict with its arithmetic",
        ))
        .after_help(text(
            "退出码：0 已写出 · 2 无法运行 · 3 当天无违规，但有被拒绝的行或妨碍考核的问题\n\
             例：baifang day M004 2026-09-04 --data 导出文件夹 -o 当天.html",
            "Exit codes: 0 written, 2 could not run, 3 no violation on the day, but rows were rejected or\n\
             something is in the way of judging\n\
             Example: baifang day M004 2026-09-04 --data exports -o day.html",
        ))
        .arg(who)
        .arg(when)
        .args(args::inputs(lang))
        .args(selection)
        .args(args::output(lang))
        .arg(args::format(lang, &FORMATS, format))
}

pub(super) fn run(matches: &ArgMatches, spoken: Lang) -> anyhow::Result<Exit> {
    let format = FORMATS.chosen(matches, Format::Text)?;
    let asked = |name: &str| matches.get_one::<String>(name).expect("it is required");
    let date = dates::read("DATE", asked("one-date"))?;
    let session = Session::open_day(matches, date, &Chosen::one(asked("one-manager")))?;
    let judgement = session.judge();
    let judged = judgement.managers.first().expect("one was asked for, and is there");
    let days = of_manager(&session, &judgement, judged, Some(date));
    let day = days.first().expect("the date lies in its month");
    let run = Run::new(&judgement, &session.book, &session.ruleset, session.told(), None);
    let told = Told { run: &run, judged, day, max_gap: terms::max_gap(&session.ruleset) };
    let lang = session::data_lang(matches, format.is_machine(), spoken);
    let bytes = write(matches, format, &session, &told, lang)?;
    finish::write(matches, &session, spoken, Product::from(bytes).with_phones())?;
    // It is written whatever it says; rows that were rejected count where nothing else is amiss.
    let clean = !has_violation(&judgement, day);
    Ok(if clean { finish::exit(false, &session, &judgement.obstacles) } else { Exit::Clean })
}

fn has_violation(judgement: &Judgement, day: &ManagerDay) -> bool {
    let counts = |rule: usize, finding: &Finding| {
        judgement.rules[rule].severity == Severity::Violation && finding.state() == State::Counted
    };
    let of_days = day.verdicts.iter().filter(|verdict| verdict.stands.verdict() == Verdict::Fail);
    let mut of_days = of_days.filter_map(|verdict| Some((verdict.rule, verdict.stands.finding()?)));
    of_days.any(|(rule, finding)| counts(rule, finding)) || day.findings.iter().any(|(rule, one)| counts(*rule, one))
}

fn write(matches: &ArgMatches, format: Format, session: &Session, told: &Told, lang: Lang) -> Result<Vec<u8>, Trouble> {
    if format == Format::Json {
        return Ok(json::lines(|keys| report::json::tell(told, session.told(), lang, keys)));
    }
    let (document, title, fonts) = (report::build(told, session.told(), lang), report::title(told), Fonts::new());
    let info = Info { title: title.get(lang), lang, date: told.day.date };
    let paper = Paper { document: &document, info, fonts: &fonts };
    let bytes = paper.write(matches, format, || leaves(&document, lang))?;
    output::tell_missing(fonts.missing(), lang);
    Ok(bytes)
}

/// A manager's dates of the month, or one of them.
pub(super) fn of_manager(
    session: &Session,
    judgement: &Judgement,
    judged: &JudgedManager,
    only: Option<NaiveDate>,
) -> Vec<ManagerDay> {
    let Session { book, ruleset, .. } = session;
    let file = book.manager(judged.id);
    let index = FileIndex::of(book, &file);
    let mut month = ManagerMonth::new(book, &ruleset.settings, &index, judgement.month);
    month.offset = judgement.obstacles.iter().any(|obstacle| obstacle.kind == ObstacleKind::Offset);
    let built_in = Ruleset::built_in();
    let proofs = prove_by_earliest(&month, &terms::of_calls(ruleset, &built_in));
    let terms = Terms {
        month: &month,
        rules: &judgement.rules,
        judged,
        kept: &kept_in(ruleset, &month),
        day_rules: &terms::of_days(),
        max_gap: terms::max_gap(ruleset),
        proofs: &proofs,
    };
    let dates = only.map_or(judgement.month.span(), |date| DateSpan { first: date, last: date });
    dates.days().map(|date| ManagerDay::of(&terms, date)).collect()
}
