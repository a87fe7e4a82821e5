//! `baifang notice`: the circular on a month, the notices to managers and the ledger; the follow-up for scripts.

use super::before::{self, Before};
use super::finish::{self, Product};
use super::format::{Format, Formats, ending};
use super::output::{Content, Folder};
use super::session::{self, Session};
use super::{Exit, args, dates, output};
use crate::document::Document;
use crate::file_name;
use crate::followup::{FollowUp, LOOK_BACK};
use crate::judgement::Severity;
use crate::lang::{Lang, Words, counted, say, words};
use crate::model::{ManagerId, Period};
use crate::print::{Fonts, Info};
use crate::ranking::Ranking;
use crate::render::{docx, json, markdown, pdf};
use crate::report::notice::{self as report, Notices, circular, ledger, rectification};
use crate::report::{Run, file_names};
use crate::trouble::Trouble;
use chrono::NaiveDate;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

const FORMATS: Formats =
    Formats { command: "notice", known: &[Format::Docx, Format::Pdf, Format::Markdown, Format::Json] };

pub(super) fn command(lang: Lang) -> Command {
    let text = |zh, en| args::pick(lang, zh, en);
    let own = [
        args::file("dir", "DIR").help(text(
            "把通报、整改通知单和台账写入此文件夹（通报-月份、整改-月份-编号、台账-月份.csv）",
            "write the circular, the notices and the ledger into this folder (通报-MONTH, 整改-MONTH-ID, 台账-MONTH.csv)",
        )),
        Arg::new("date").long("date").value_name("YYYY-MM-DD").help(text(
            "发文日期，整改期限由此算起；不给则留空手填",
            "the date of the letters, from which the deadline is counted; left out, both are blanks to fill in",
        )),
        args::format(
            lang,
            &FORMATS,
            text(
                "docx（默认）、pdf 或 markdown（md）；json 为整改跟踪数据，写入 -o 的文件或显示在屏幕上",
                "docx (default), pdf or markdown (md); json is the follow-up, for -o or standard output",
            ),
        ),
    ];
    let before = Arg::new("before")
        .long("before")
        .value_name("CHECK.json")
        .value_parser(value_parser!(PathBuf))
        .action(ArgAction::Append)
        .help(text(
            "以前月份用这份结果（check --format json 的输出），不再按现有数据重新考核；可多次给出",
            "take an earlier month from this result of check --format json instead of judging it anew (repeatable)",
        ));
    let (selection, output) = (text("范围", "Selection"), text("输出", "Output"));
    Command::new("notice")
        .about(text(
            "通报、整改通知单、台账：本月问题与以前月份对比（新增、重复、已整改、无法核实）",
            "The circular, notices to managers and the ledger: what is new, repeated, fixed or not verifiable",
        ))
        .after_help(text(
            "整改通知单发给有违规、或有重复提醒的客户经理；发文单位、编号、期限在 rules.toml 的 [notice] 中设定\n\
             数据核实类规则和服务科自身职责的结论不进通报和通知单，只进台账\n\
             退出码：0 已写出 · 2 无法运行 · 3 无违规，但有被拒绝的行或妨碍考核的问题\n\
             例：baifang notice --data 导出文件夹 --month 2026-09 --dir 通知 --date 2026-10-12",
            "A notice goes to each manager with violations, or with warnings that repeat; [notice] in rules.toml sets who\n\
             signs, the numbers and the deadline\n\
             What integrity rules and the section's own duties find stands in no letter, but in the ledger\n\
             Exit codes: 0 written, 2 could not run, 3 no violation, but rows were rejected or\n\
             something is in the way of judging\n\
             Example: baifang notice --data exports --month 2026-09 --dir notices --date 2026-10-12",
        ))
        .args(args::common(lang))
        .args(own.map(|arg| arg.help_heading(output)))
        .arg(before.help_heading(selection))
        .arg(args::bom(lang))
}

/// What is asked for: letters in a format into a folder, the follow-up, or both.
struct Asked<'a> {
    letters: Option<(&'a Path, Format)>,
    follow_up: bool,
    date: Option<NaiveDate>,
}

impl<'a> Asked<'a> {
    fn of(matches: &'a ArgMatches) -> Result<Self, Trouble> {
        let dir = session::path(matches, "dir");
        let named = if matches.contains_id("format") { FORMATS.asked(matches)? } else { None };
        let date = matches.get_one::<String>("date").map(|text| dates::read("--date", text)).transpose()?;
        let is_json = named == Some(Format::Json);
        let has_output = output::target(matches).is_some();
        let refused = |found, remedy| Err(Trouble::new(found).remedy(remedy));
        if has_output && !is_json && ending(matches).as_deref() != Some("json") {
            let found = words("-o：只写整改跟踪数据（json）", "-o: only the follow-up goes there, as json");
            return refused(found, words("通报和通知单用 --dir 文件夹", "give --dir DIR for the letters"));
        }
        if dir.is_some() && is_json {
            let found = words("--dir：通报和通知单没有 json 格式", "--dir: there are no letters as json");
            let remedy = words("跟踪数据用 -o 文件.json", "give -o FILE.json for the follow-up, without --format json");
            return refused(found, remedy);
        }
        if dir.is_none() && !is_json && !has_output {
            let found = words("没有说明写到哪里", "nothing tells where to write");
            let remedy = words("用 --dir 文件夹，或 --format json", "give --dir DIR, or --format json");
            return refused(found, remedy);
        }
        let letters = dir.map(|dir| (dir, named.unwrap_or(Format::Docx)));
        Ok(Self { letters, follow_up: is_json || has_output, date })
    }
}

pub(super) fn run(matches: &ArgMatches, spoken: Lang) -> anyhow::Result<Exit> {
    let asked = Asked::of(matches)?;
    let read = before::read(matches)?;
    let session = Session::open_months(matches, LOOK_BACK as i32)?;
    let Session { book, ruleset, month, .. } = &session;
    let judgement = session.judge_month(*month, &session.managers_of(*month));
    let earlier = before::months(&session, read)?;
    let followed = FollowUp::of(book, &judgement, &earlier.iter().map(Before::earlier).collect::<Vec<_>>());
    let numbers = report::recipients(book, &judgement, ruleset, &followed);
    let ranking =
        ruleset.settings.notice.ranking.then(|| {
            Ranking::of(book, Period::Month(*month), std::slice::from_ref(&judgement), None, &ruleset.settings)
        });
    // A manager's notice has the same number whoever is asked for, so all were judged.
    let chosen: BTreeSet<&str> = session.managers.iter().map(|id| book.managers.text(id.0)).collect();
    let are_all = !["manager", "branch"].iter().any(|name| matches.contains_id(name));
    let is_asked = |id: &str| are_all || chosen.contains(id);
    let judgement = judgement.of(|id| is_asked(book.managers.text(id.0)));
    let followed = followed.of_managers(is_asked);
    let last_month = earlier.into_iter().find(|one| one.month == month.plus(-1)).map(|one| one.of(book, is_asked));
    let run = Run::new(&judgement, book, ruleset, session.told(), None);
    let notices = Notices {
        run: &run,
        followed: &followed,
        last_month: last_month.as_ref().map(Before::last_month),
        ranking: ranking.as_ref(),
        numbers: &numbers,
        date: asked.date,
    };
    let follow_up = asked.follow_up.then(|| {
        let lang = session::data_lang(matches, true, spoken);
        Content::Bytes(json::lines(|keys| report::json::tell(&notices, lang, keys)))
    });
    let writer = Writer { matches, notices: &notices, lang: spoken, missing: Mutex::default() };
    let folder = asked.letters.map(|(path, format)| writer.folder(path, format));
    let letters = folder.as_ref().map(|folder| folder.names.len() as u64);
    finish::write(matches, &session, spoken, Product { content: follow_up, folder, ..Product::default() })?;
    output::tell_missing(writer.missing.into_inner().unwrap_or_default(), spoken);
    if !matches.get_flag("quiet") {
        tell(&followed, letters, spoken);
    }
    let clean = judgement.count(Severity::Violation) == 0;
    Ok(if clean { finish::exit(false, &session, &judgement.obstacles) } else { Exit::Clean })
}

/// Says how both sides add up, and what was written.
fn tell(followed: &FollowUp, letters: Option<u64>, lang: Lang) {
    output::tell(report::identities(followed).get(lang));
    if let Some(files) = letters {
        let notices = files - 2;
        let told = say(
            format!("通报 1 份，整改通知单 {notices} 份，台账 {} 行", followed.followed.len()),
            format!(
                "a circular, {}, a ledger of {}",
                counted(notices, "notice"),
                counted(followed.followed.len() as u64, "row")
            ),
        );
        output::tell(told.get(lang));
    }
}

/// Makes letters.
struct Writer<'a> {
    matches: &'a ArgMatches,
    notices: &'a Notices<'a>,
    lang: Lang,
    /// Characters that no font has.
    missing: Mutex<BTreeSet<char>>,
}

impl Writer<'_> {
    /// The circular, a notice to each of the managers asked for who gets one, and the ledger.
    fn folder<'f>(&'f self, path: &'f Path, format: Format) -> Folder<'f> {
        let judgement = self.notices.run.judgement;
        let gets_one = |id: &ManagerId| self.notices.numbers.contains_key(id);
        let ids: Vec<ManagerId> = judgement.managers.iter().map(|manager| manager.id).filter(gets_one).collect();
        let month = judgement.month;
        let of_manager = |id: &ManagerId| file_names::notice(month, self.notices.run.manager_text(*id));
        let letters: Vec<String> =
            [file_names::circular(month)].into_iter().chain(ids.iter().map(of_manager)).collect();
        let mut names: Vec<String> =
            file_name::distinct(&letters).iter().map(|name| format!("{name}.{}", format.ending())).collect();
        names.push(format!("{}.csv", file_names::ledger(month)));
        let ledger = names.len() - 1;
        let make = move |number: usize| match number {
            0 => self.letter(&circular::document(self.notices, self.lang), &circular::title(month), format),
            number if number == ledger => Ok(finish::csv(self.matches, &ledger::build(self.notices, self.lang))),
            number => {
                let document = rectification::document(self.notices, ids[number - 1], self.lang);
                self.letter(&document.unwrap_or_default(), &rectification::title(), format)
            }
        };
        Folder { path, names, make: Box::new(make) }
    }

    fn letter(&self, document: &Document, title: &Words, format: Format) -> Result<Vec<u8>, Trouble> {
        let month = self.notices.run.judgement.month;
        let date = self.notices.date.unwrap_or(month.first());
        let info = Info { title: title.get(self.lang), lang: self.lang, date };
        Ok(match format {
            Format::Pdf => {
                let fonts = Fonts::new();
                let bytes = pdf::letter(document, &info, &fonts)?;
                self.missing.lock().unwrap_or_else(PoisonError::into_inner).extend(fonts.missing());
                bytes
            }
            Format::Markdown => markdown::render(document).into_bytes(),
            _ => docx::render(document, &info)?,
        })
    }
}
