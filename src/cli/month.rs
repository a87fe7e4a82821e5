//! `baifang month`: all of a month in one folder (SPEC-month §8).

mod place;

use super::session::{self, Session};
use super::{COMMANDS, Exit, args, finish, output};
use crate::judgement::Judgement;
use crate::lang::{Lang, say};
use crate::model::{Every, Month, Period};
use crate::render::html;
use crate::report::Run;
use crate::report::month::{self as report, Page};
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command};
use place::Place;
use std::ffi::OsString;
use std::path::Path;

/// How a folder that is named alone calls the one beside it that its pages go to.
const BESIDE: &str = "-月报";

pub(super) fn command(lang: Lang) -> Command {
    let text = |zh, en| args::pick(lang, zh, en);
    let folder = args::file("dir", "DIR").required(true).help(text(
        "结果文件夹，各月放在其中的 年-月 文件夹里；再次运行只替换程序自己写过的文件",
        "the folder for the results, which go into DIR/YYYY-MM; another run replaces what this one made, no more",
    ));
    let summary = Arg::new("mail-summary")
        .long("mail-summary")
        .action(ArgAction::SetTrue)
        .help(text("显示十行左右的摘要，便于放进邮件", "print the ten lines or so worth mailing"));
    let command = Command::new("month")
        .about(text(
            "一个月的全部结果：检查、月报、通报、申诉表、排名，放入一个文件夹",
            "All of a month in one folder: check, reports, notices, the appeals form, the ranking",
        ))
        .after_help(text(
            "先看结果文件夹中的 年-月/index.html；要么全部更新，要么原样不动\n\
             只给一个文件夹（baifang 导出文件夹）等于 month --data 导出文件夹 --dir 导出文件夹-月报\n\
             退出码：与 check 相同\n\
             例：baifang month --data 导出文件夹 --dir 月报 --month last",
            "Begin with DIR/YYYY-MM/index.html; all of it is renewed, or nothing is touched\n\
             A folder alone (baifang exports) is month --data exports --dir exports-月报\n\
             Exit codes: as of check\n\
             Example: baifang month --data exports --dir reports --month last",
        ));
    let own = [folder, summary].map(|arg| arg.help_heading(text("输出", "Output")));
    let common = args::common(lang).into_iter().filter(|arg| !OWN.contains(&arg.get_id().as_str()));
    command.args(common).args(own)
}

/// Common options that mean nothing where many files are written.
const OWN: [&str; 3] = ["output", "color", "rejects"];

/// What the program does with a folder that is named alone, as when it is dropped on the program.
pub(super) fn of_folder(arguments: &[OsString]) -> Option<Vec<OsString>> {
    let [program, folder, more @ ..] = arguments else { return None };
    let path = Path::new(folder);
    let is_command = COMMANDS.iter().any(|command| folder.to_str() == Some(command.name));
    if is_command || !path.is_dir() {
        return None;
    }
    // `.` and `..` have no name of their own.
    let real = path.canonicalize().ok();
    let named = if path.file_name().is_some() { path } else { real.as_deref()? };
    let mut beside = named.file_name()?.to_owned();
    beside.push(BESIDE);
    let target = named.with_file_name(beside);
    let words = ["month", "--data"].map(OsString::from);
    let rest = [folder.clone(), "--dir".into(), target.into_os_string()];
    Some([vec![program.clone()], words.into(), rest.into(), more.to_vec()].concat())
}

pub(super) fn run(matches: &ArgMatches, lang: Lang) -> anyhow::Result<Exit> {
    let session = Session::open_report(matches, super::report::LOOK_BACK)?;
    let out = session::path(matches, "dir").expect("it is required");
    let place = Place::begin(out, &session.month.to_string())?;
    let lines = Lines { matches, lang, folder: place.folder(), month: session.month };
    let exit = lines.run_all(!session.accounts.rejected.is_empty())?;
    let before = (1..=super::report::LOOK_BACK).map(|back| session.month.plus(-back));
    let with_visits = before.filter(|month| session.book.has_visits_in(*month));
    let earlier: Vec<Judgement> = with_visits.map(|month| session.judge_earlier(matches, month)).collect();
    let judgement = session.judge();
    let (Session { book, ruleset, .. }, accounts) = (&session, session.told());
    let page = Page { run: Run::new(&judgement, book, ruleset, accounts, Some(0)), earlier: &earlier };
    let index = html::render(&report::index(&page, &place.names()?, lang), lang);
    place.add("index.html", index.as_bytes())?;
    let target = place.finish()?;
    let first = target.join("index.html");
    if matches.get_flag("mail-summary") {
        output::print(&report::summary(&page, &first.display().to_string(), lang))?;
    } else if !matches.get_flag("quiet") {
        output::tell(say(format!("结果在 {}", first.display()), format!("begin with {}", first.display())).get(lang));
    }
    Ok(exit)
}

/// The command lines that make the files, each as if it were given alone.
struct Lines<'a> {
    matches: &'a ArgMatches,
    lang: Lang,
    folder: &'a Path,
    month: Month,
}

impl Lines<'_> {
    /// Returns how `check` ended.
    fn run_all(&self, has_rejects: bool) -> anyhow::Result<Exit> {
        let at = |name: &str| self.folder.join(name).into_os_string();
        let word = |text: &str| OsString::from(text);
        let mut check = vec![word("-o"), at("check.txt")];
        if has_rejects {
            check.extend([word("--rejects"), at("rejects")]);
        }
        let exit = self.run("check", check)?;
        self.run("check", vec![word("-o"), at("check.json")])?;
        self.run("check", vec![word("-o"), at("findings.csv")])?;
        self.run("report", vec![word("-o"), at("report.html"), word("--per-manager"), at("managers")])?;
        self.run("report", vec![word("-o"), at("report.xlsx")])?;
        self.run("report", vec![word("-o"), at("report.pdf")])?;
        self.run("appeals", vec![word("--form"), at("appeals-form.xlsx")])?;
        self.run("notice", vec![word("--dir"), at("notices")])?;
        let quarter = Period::containing(Every::Quarter, self.month.first());
        if Month::of(quarter.span().last) == self.month {
            let quarter = word(&quarter.to_string());
            self.run_over("rank", None, vec![word("--quarter"), quarter, word("-o"), at("ranking.html")])?;
        }
        Ok(exit)
    }

    fn run(&self, command: &str, own: Vec<OsString>) -> anyhow::Result<Exit> {
        self.run_over(command, Some(self.month), own)
    }

    fn run_over(&self, command: &str, month: Option<Month>, own: Vec<OsString>) -> anyhow::Result<Exit> {
        let mut line = vec![OsString::from("baifang"), command.into(), "--quiet".into()];
        line.extend(self.given());
        line.extend(month.map(|month| OsString::from(format!("--month={month}"))));
        line.extend(own);
        let lang = self.lang;
        let matches = args::command(lang).try_get_matches_from(line)?;
        let (_, matches) = matches.subcommand().expect("it was given");
        let asked = COMMANDS.iter().find(|one| one.name == command).expect("only these are asked for");
        let exit = (asked.run)(matches, lang);
        finish::let_go();
        exit
    }

    /// What was given that every command takes.
    fn given(&self) -> Vec<OsString> {
        let of_all = args::common(self.lang);
        let names = of_all.iter().map(|arg| arg.get_id().as_str()).filter(|name| !OWN.contains(name));
        let mut given = vec![];
        for name in names.filter(|name| !matches!(*name, "month" | "quiet")) {
            if self.matches.value_source(name) != Some(ValueSource::CommandLine) {
                continue;
            }
            if name == "strict" {
                given.push("--strict".into());
                continue;
            }
            for value in self.matches.get_raw(name).into_iter().flatten() {
                let mut option = OsString::from(format!("--{name}="));
                option.push(value);
                given.push(option);
            }
        }
        // Files for machines are in English unless a language is asked for.
        given.extend(self.matches.get_one::<String>("lang").map(|lang| OsString::from(format!("--lang={lang}"))));
        given
    }
}
