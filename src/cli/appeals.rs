//! `baifang appeals`: what became of the appeals against a month's findings, and the form to file them on.

use super::finish::{self, Product};
use super::format::{Format, Formats};
use super::output::{self, Content};
use super::session::{self, Session};
use super::{Exit, args};
use crate::lang::{Lang, Words, counted, say, words};
use crate::render::form_xlsx::{self, Labels};
use crate::render::{json, text};
use crate::report::Run;
use crate::report::appeals::{self as report, form};
use crate::trouble::Trouble;
use clap::{ArgMatches, Command};
use std::path::Path;

const FORMATS: Formats = Formats { command: "appeals", known: &[Format::Table, Format::Csv, Format::Json] };

pub(super) fn command(lang: Lang) -> Command {
    let text = |zh, en| args::pick(lang, zh, en);
    let command = Command::new("appeals")
        .about(text(
            "申诉登记：一个月的申诉及其处理，或生成申诉表",
            "What became of the appeals against a month's findings, or the form to file them on",
        ))
        .after_help(text(
            "申诉表每条结论一行，附已提出的申诉；填好后以文件名含“申诉”或 appeals 放回数据文件夹，即作为申诉读入\n\
             审批通过且符合 rules.toml 中 [appeals] 的申诉，其结论不计：不进考核数、不合格数、得分和退出码\n\
             退出码：0 正常 · 2 无法运行 · 3 有被拒绝的行或妨碍考核的问题\n\
             例：baifang appeals --data 导出文件夹 --month 2026-09 --form 申诉-2026-09.xlsx",
            "The form has a finding a row, with what has been filed against it; filled in, it is read as appeals from the\n\
             data folder, under a name that holds \"appeals\"\n\
             What an accepted appeal is against counts for nothing (assessed, failed, scores, exit codes), where the appeal\n\
             meets [appeals] in rules.toml\n\
             Exit codes: 0 done, 2 could not run, 3 rows were rejected or something is in the way of judging\n\
             Example: baifang appeals --data exports --month 2026-09 --form appeals-2026-09.xlsx",
        ));
    let format = text(
        "table（默认）、csv 或 json；不给时按 -o 的扩展名",
        "table (default), csv or json; left out, the ending of -o decides",
    );
    let form = args::file("form", "FILE.xlsx|csv").help(text(
        "生成申诉表（原因和审批结果可下拉选择），写入此文件",
        "write the form into this file, as a workbook with lists to choose from, or as CSV",
    ));
    let command = command.args(args::common(lang)).arg(form.help_heading(text("输出", "Output")));
    command.arg(args::format(lang, &FORMATS, format)).arg(args::bom(lang))
}

pub(super) fn run(matches: &ArgMatches, spoken: Lang) -> anyhow::Result<Exit> {
    let format = FORMATS.chosen(matches, Format::Table)?;
    let form = session::path(matches, "form").map(|path| Ok::<_, Trouble>((path, form_format(path)?))).transpose()?;
    let session = Session::open(matches)?;
    let judgement = session.judge();
    let run = Run::new(&judgement, &session.book, &session.ruleset, session.told(), None);
    let form = form.map(|(path, format)| Form::of(matches, &run, path, format, spoken)).transpose()?;
    // Who asks for the form does not ask for the register, unless he says where it goes.
    let wants_register = form.is_none() || ["output", "format"].iter().any(|name| matches.contains_id(name));
    let register = wants_register.then(|| register(matches, format, &run, &session, spoken));
    let told = form.as_ref().map(Form::told);
    let file = form.map(|form| (form.path, form.bytes));
    finish::write(matches, &session, spoken, Product { content: register, file, ..Product::default() })?;
    if let Some(told) = told.filter(|_| !matches.get_flag("quiet")) {
        output::tell(told.get(spoken));
    }
    Ok(finish::exit(false, &session, &judgement.obstacles))
}

fn register<'a>(matches: &ArgMatches, format: Format, run: &Run, session: &Session, spoken: Lang) -> Content<'a> {
    let lang = session::data_lang(matches, format.is_machine(), spoken);
    Content::Bytes(match format {
        Format::Csv => finish::csv(matches, &report::csv::build(run, lang)),
        Format::Json => json::lines(|keys| report::json::tell(run, lang, keys)),
        _ => text::render(&report::build(run, session.told(), lang), output::page(matches)).into_bytes(),
    })
}

/// By the ending of its name.
fn form_format(path: &Path) -> Result<Format, Trouble> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    match ending.as_deref() {
        Some("xlsx") => Ok(Format::Xlsx),
        Some("csv") => Ok(Format::Csv),
        _ => {
            let shown = path.display();
            let found = say(format!("--form：{shown} 不是 xlsx 或 csv"), format!("--form: {shown} is no xlsx or csv"));
            Err(Trouble::new(found)
                .required(words("以 .xlsx 或 .csv 结尾的文件名", "a name that ends in .xlsx or .csv")))
        }
    }
}

/// The form to file appeals on.
struct Form<'a> {
    path: &'a Path,
    bytes: Vec<u8>,
    findings: u64,
}

impl<'a> Form<'a> {
    fn of(matches: &ArgMatches, run: &Run, path: &'a Path, format: Format, spoken: Lang) -> Result<Self, Trouble> {
        let lang = session::data_lang(matches, format.is_machine(), spoken);
        let form = form::build(run, lang);
        let choose = words("请从列表中选择", "choose one of the list");
        let lists = words("选项", "lists");
        let labels = Labels { name: form::name(lang), lists: lists.get(lang), choose: choose.get(lang) };
        let bytes = match format {
            Format::Xlsx => form_xlsx::render(&form, &labels)?,
            _ => finish::csv(matches, &form.sheet),
        };
        keep_filled_in(path, &bytes)?;
        Ok(Self { path, bytes, findings: form.sheet.rows.len() as u64 })
    }

    fn told(&self) -> Words {
        let (path, findings) = (self.path.display(), self.findings);
        say(format!("申诉表 {path}：{findings} 条结论"), format!("the form {path}: {}", counted(findings, "finding")))
    }
}

/// A form that stands there already may have been filled in by hand.
fn keep_filled_in(path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    // A pipe is written to, and not read.
    let there = path.is_file().then(|| std::fs::read(path));
    match there {
        Some(Ok(there)) if there != bytes => {
            let shown = path.display();
            let found = say(
                format!("--form：{shown} 已存在，内容不同，可能已有人填写"),
                format!("--form: {shown} is there already and differs: somebody may have filled it in"),
            );
            Err(Trouble::new(found)
                .remedy(words("换一个文件名，或先把它移走", "give another name, or move it away first")))
        }
        _ => Ok(()),
    }
}
