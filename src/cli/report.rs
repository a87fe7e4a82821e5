//! `baifang report`: the monthly report, as a file to be read, sent and kept.

use super::finish::{self, Paper, Product};
use super::format::{Format, Formats, ending};
use super::output::{Content, Folder};
use super::progress::Progress;
use super::session::{self, Session};
use super::{Exit, args, day, output};
use crate::judgement::{Judgement, Severity};
use crate::lang::{Lang, Words, say, words};
use crate::model::ManagerId;
use crate::outlook::Outlook;
use crate::print::{Fonts, Info};
use crate::report::monthly::{self, Extent, Monthly, workbook};
use crate::report::outlook::LookedAt;
use crate::report::{Run, file_names};
use crate::trouble::Trouble;
use clap::{Arg, ArgAction, ArgMatches, Command};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// So many months before the month are shown beside it.
pub(super) const LOOK_BACK: i32 = 2;

const FORMATS: Formats =
    Formats { command: "report", known: &[Format::Html, Format::Xlsx, Format::Pdf, Format::Markdown] };

/// As asked for; reports for managers alone are HTML unless asked otherwise.
fn format(matches: &ArgMatches) -> Result<Format, Trouble> {
    if let Some(usual) = FORMATS.asked(matches)? {
        return FORMATS.chosen(matches, usual);
    }
    let found = match ending(matches) {
        Some(ending) => say(format!("月报没有 {ending} 格式"), format!("there is no report as {ending}")),
        None if matches.contains_id("per-manager") && !matches.contains_id("output") => return Ok(Format::Html),
        None => words("没有说明月报写成什么格式", "nothing tells the format of the report"),
    };
    let required = words("以 .html、.xlsx、.pdf 或 .md 结尾的文件名", "a name that ends in .html, .xlsx, .pdf or .md");
    let remedy = words("如 -o 月报.html，或用 --format", "give -o report.html, say, or --format");
    Err(Trouble::new(found).required(required).remedy(remedy))
}

pub(super) fn command(lang: Lang) -> Command {
    let text = |zh, en| args::pick(lang, zh, en);
    let format = text(
        "html、xlsx、pdf 或 markdown（md）；不给时按 -o 的扩展名",
        "html, xlsx, pdf or markdown (md); left out, the ending of -o decides",
    );
    let per_manager = args::file("per-manager", "DIR").help(text(
        "另给每名客户经理写一份只含他本人的月报，放入此文件夹",
        "also write each manager a report of himself alone into this folder",
    ));
    let all = Arg::new("all").long("all").action(ArgAction::SetTrue).help(text(
        "PDF 也写出每名客户经理的各项发现（超过 20 名时默认只写摘要）",
        "a PDF with every manager's findings too (of more than 20 managers it is a summary)",
    ));
    Command::new("report")
        .about(text(
            "月报：主要指标、各规则结论、部门对比、近三个月、各客户经理",
            "The monthly report: headline measures, verdicts, branches, three months, every manager",
        ))
        .after_help(text(
            "退出码：0 已写出 · 2 无法运行 · 3 无违规，但有被拒绝的行或妨碍考核的问题\n\
             例：baifang report --data 导出文件夹 --month 2026-09 -o 月报.html",
            "Exit codes: 0 written, 2 could not run, 3 no violation, but rows were rejected or\n\
             something is in the way of judging\n\
             Example: baifang report --data exports --month 2026-09 -o report.html",
        ))
        .args(args::common(lang))
        .arg(args::format(lang, &FORMATS, format))
        .arg(args::findings(
            lang,
            text(
                "每名客户经理每条规则列出多少条发现（默认全部）",
                "how many findings of each rule and manager to list (default: all)",
            ),
        ))
        .arg(all.help_heading(text("输出", "Output")))
        .arg(per_manager.help_heading(text("输出", "Output")))
}

pub(super) fn run(matches: &ArgMatches, lang: Lang) -> anyhow::Result<Exit> {
    let format = format(matches)?;
    let findings = args::how_many_findings(matches, None)?;
    let session = Session::open_report(matches, LOOK_BACK)?;
    let before = (1..=LOOK_BACK).map(|back| session.month.plus(-back));
    let with_visits = before.filter(|month| session.book.has_visits_in(*month));
    let earlier = with_visits.map(|month| session.judge_earlier(matches, month)).collect();
    let judged = Judged { month: session.judge(), earlier, outlooks: super::outlook::if_not_over(&session) };
    let maker = Maker { matches, session: &session, format, findings, lang, missing: Mutex::default() };
    let each = session::path(matches, "per-manager");
    let is_whole = matches.contains_id("output") || each.is_none();
    // Who asks for one manager is about to hand it to him.
    let is_own = matches.contains_id("manager") && session.managers.len() == 1;
    let own = session.only().filter(|_| is_own);
    let content = is_whole.then(|| maker.write(&judged, only(matches), own)).transpose()?.map(Content::Bytes);
    let folder = each.map(|folder| maker.one_each(folder, &judged));
    // Sentences on unproven phone visits name the numbers that count.
    let has_phones = judged.month.managers.iter().flat_map(|one| &one.findings).any(|(_, one)| one.dialled.is_some());
    finish::write(matches, &session, lang, Product { content, folder, has_phones, ..Product::default() })?;
    output::tell_missing(maker.missing.into_inner().unwrap_or_default(), lang);
    // A report is written whatever it says; rows that were rejected count where nothing else is amiss.
    let clean = judged.month.count(Severity::Violation) == 0;
    Ok(if clean { finish::exit(false, &session, &judged.month.obstacles) } else { Exit::Clean })
}

/// The month, and those before it of which visits are loaded, the latest first.
struct Judged {
    month: Judgement,
    earlier: Vec<Judgement>,
    /// Of a month that is not over, what is still to be done in it.
    outlooks: Vec<Outlook>,
}

impl Judged {
    /// The same of one manager alone.
    fn of_one(&self, id: ManagerId) -> Self {
        // What stands in the way of others alone is none of his business.
        let alone = |judgement: &Judgement| judgement.of(|manager| manager == id);
        let earlier = self.earlier.iter().map(alone).filter(|judgement| !judgement.managers.is_empty());
        let outlooks = self.outlooks.iter().filter(|outlook| outlook.id == id).cloned().collect();
        Self { month: alone(&self.month), earlier: earlier.collect(), outlooks }
    }
}

/// Makes reports of a run.
struct Maker<'a> {
    matches: &'a ArgMatches,
    session: &'a Session,
    format: Format,
    findings: Option<usize>,
    lang: Lang,
    /// Characters that no font has.
    missing: Mutex<BTreeSet<char>>,
}

impl Maker<'_> {
    fn write(&self, judged: &Judged, only: Option<Words>, own: Option<ManagerId>) -> Result<Vec<u8>, Trouble> {
        let Session { book, ruleset, month, .. } = self.session;
        let of_one = own.map(|id| self.session.own_of(id));
        let accounts = of_one.as_ref().unwrap_or(self.session.told());
        // A summary counts findings and lists none.
        let findings = if self.extent(judged) == Extent::Summary { Some(0) } else { self.findings };
        let run = Run::new(&judged.month, book, ruleset, accounts, findings);
        // He names a finding where he appeals.
        let run = Run { with_ids: own.is_some(), ..run };
        let looked_at = LookedAt {
            month: *month,
            book,
            ruleset,
            accounts,
            obstacles: &judged.month.obstacles,
            outlooks: &judged.outlooks,
        };
        // Elsewhere there is no room for every day of everybody.
        let days = match &judged.month.managers[..] {
            [alone] if self.format == Format::Html => day::of_manager(self.session, &judged.month, alone, None),
            _ => vec![],
        };
        let extent = self.extent(judged);
        let monthly = Monthly { run, earlier: &judged.earlier, only, ahead: looked_at, days: &days, extent };
        let document = monthly::document(&monthly, self.lang);
        let title = monthly::title(&monthly.run);
        let info = Info { title: title.get(self.lang), lang: self.lang, date: month.first() };
        let fonts = Fonts::new();
        let paper = Paper { document: &document, info, fonts: &fonts };
        let bytes = paper.write(self.matches, self.format, || workbook::leaves(&monthly, &document, self.lang))?;
        self.missing.lock().unwrap_or_else(PoisonError::into_inner).extend(fonts.missing());
        Ok(bytes)
    }

    fn extent(&self, judged: &Judged) -> Extent {
        let is_long = judged.month.managers.len() > monthly::MANY;
        match self.format {
            Format::Pdf if is_long && !self.matches.get_flag("all") => Extent::Summary,
            Format::Pdf => Extent::Paper,
            _ => Extent::Screen,
        }
    }

    /// A report for each manager, under his name.
    fn one_each<'f>(&'f self, path: &'f Path, judged: &'f Judged) -> Folder<'f> {
        let Session { book, ruleset, .. } = self.session;
        let ids: Vec<ManagerId> = judged.month.managers.iter().map(|manager| manager.id).collect();
        let names = file_names::own_reports(&Run::new(&judged.month, book, ruleset, self.session.told(), Some(0)));
        let progress = Progress::of_managers(ids.len());
        let names = names.into_iter().map(|name| format!("{name}.{}", self.format.ending())).collect();
        let make = move |number: usize| {
            let id = ids[number];
            let only = Words::same(book.managers.text(id.0));
            let bytes = self.write(&judged.of_one(id), Some(only), Some(id))?;
            progress.add(1);
            Ok(bytes)
        };
        Folder { path, names, make: Box::new(make) }
    }
}

/// Whom the command line confines the report to.
fn only(matches: &ArgMatches) -> Option<Words> {
    let asked = ["branch", "manager"].iter().filter_map(|name| matches.get_many::<String>(name)).flatten();
    let names: Vec<&str> = asked.map(String::as_str).collect();
    (!names.is_empty()).then(|| say(names.join("、"), names.join(", ")))
}
