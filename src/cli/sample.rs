//! `baifang sample`: whom to spot-check, and whether a list that came back is the draw.

use super::finish::{self, Product};
use super::format::{Format, Formats};
use super::session::{self, Session};
use super::{Exit, args, output};
use crate::lang::{Lang, say, words};
use crate::model::{Kind, ManagerId, Percent};
use crate::print::Fonts;
use crate::render::{json, table_xlsx, text};
use crate::report::sample::verify::{self, Verified};
use crate::report::sample::{self as report, Sampling};
use crate::rules::config::Ruleset;
use crate::rules::terms;
use crate::sample::{self, Drawn, Targets, Terms};
use crate::trouble::Trouble;
use clap::{Arg, ArgAction, ArgMatches, Command};
use std::path::Path;

const FORMATS: Formats =
    Formats { command: "sample", known: &[Format::Table, Format::Pdf, Format::Csv, Format::Json, Format::Xlsx] };

/// The option that asks for score sheets.
const SCORES: &str = "score-sheets";

/// A seed is read out, written down and printed on every page.
const LONGEST_SEED: usize = 100;

pub(super) fn command(lang: Lang) -> Command {
    let text = |zh, en| args::pick(lang, zh, en);
    let command = Command::new("sample")
        .about(text("抽取要抽查的客户，或核对交回的抽查名单", "Draw whom to spot-check, or compare a returned list with the draw"))
        .after_help(text(
            "每户的签号只由种子、月份和客户编码决定：与行的次序无关，比例放大时原名单不变，任何人都可重抽\n\
             填好的 csv 或 xlsx 以文件名含“抽查”或 checks 放回数据文件夹，即作为抽查记录读入\n\
             退出码：0 正常（--verify：与抽签一致）· 1 --verify：与抽签不一致 · 2 无法运行 · 3 有被拒绝的行\n\
             例：baifang sample --data 导出文件夹 --month 2026-09 --spares 1 -o 抽查-2026-09.xlsx\n\
             例：baifang sample --data 导出文件夹 --month 2026-09 --verify 抽查-2026-09.xlsx --seed 种子",
            "A customer's ticket comes from seed, month and id alone: the order of rows does not matter, a larger\n\
             percentage keeps those drawn, and anyone can draw again\n\
             Filled in, the csv or xlsx is read as checks from the data folder, under a name that holds \"checks\"\n\
             Exit codes: 0 done (--verify: it is the draw), 1 --verify: it is not, 2 could not run, 3 rows were rejected\n\
             Example: baifang sample --data exports --month 2026-09 --spares 1 -o checks-2026-09.xlsx\n\
             Example: baifang sample --data exports --month 2026-09 --verify checks-2026-09.xlsx --seed SEED",
        ));
    let format = text(
        "table（默认）、pdf（A4 抽查表）、csv、json 或 xlsx；不给时按 -o 的扩展名",
        "table (default), pdf (A4 check sheets), csv, json or xlsx; left out, the ending of -o decides",
    );
    let draw = text("抽签", "Draw");
    let own = [
        Arg::new("seed").long("seed").value_name("TEXT").help(text(
            "抽签种子（不给则随机生成，显示并记入结果）",
            "the draw's seed (left out, a random one is made, shown and recorded)",
        )),
        Arg::new("percent").long("percent").value_name("N").help(text(
            "拜访户数的百分之几（默认同规则 spot-check-size）",
            "how many of the visited customers, in percent (default: that of the rule spot-check-size)",
        )),
        Arg::new("min")
            .long("min")
            .value_name("N")
            .default_value("1")
            .help(text("每名客户经理至少几户", "at least so many of each manager")),
        Arg::new("spares").long("spares").value_name("N").default_value("0").help(text(
            "另抽几户备选，顶替无法核查的",
            "so many more to stand in for customers that cannot be checked",
        )),
        Arg::new("targeted").long("targeted").value_name("K").default_value("0").help(text(
            "另加每名客户经理疑点（通话佐证、位置等数据核实类）最多的 K 户，不算在随机抽查内",
            "add the K customers of each manager with most findings of call proof and integrity, apart from the random draw",
        )),
        Arg::new(SCORES).long("quality").action(ArgAction::SetTrue).help(text(
            "输出被抽中客户的服务质量评分表：pdf 手工填写，csv、xlsx 录入后以文件名含“质量检查”放回数据文件夹",
            "score sheets for the drawn customers: pdf to fill in by hand; csv and xlsx to key in and put back under a name that holds \"quality-checks\"",
        )),
        args::file("verify", "FILE").help(text(
            "核对交回的名单是否就是抽签结果（须给 --seed；--percent、--min、--spares 与抽签时相同）",
            "compare a list that came back with the draw (needs --seed; --percent, --min, --spares as they were drawn)",
        )),
    ];
    // Here the option of that name is another: quality files come from the data folder.
    let common = args::common(lang).into_iter().filter(|arg| arg.get_id() != Kind::Quality.name());
    let command = command.args(common).args(own.map(|arg| arg.help_heading(draw)));
    command.arg(args::format(lang, &FORMATS, format)).arg(args::bom(lang))
}

pub(super) fn run(matches: &ArgMatches, spoken: Lang) -> anyhow::Result<Exit> {
    let format = FORMATS.asked(matches)?.unwrap_or(Format::Table);
    let seed = seed(matches)?;
    let counts = ["min", "spares", "targeted"].map(|option| number(matches, option));
    let [min, spares, targeted] = counts;
    let asked = Asked { min: min?, spares: spares?, targeted: targeted?, percent: percent(matches)? };
    let list = session::path(matches, "verify");
    let scores = matches.get_flag(SCORES);
    if list.is_some() {
        refuse_lists(format, scores)?;
    } else if scores && !matches!(format, Format::Csv | Format::Xlsx | Format::Pdf) {
        let found = words("--quality 输出评分表，没有此格式", "--quality gives score sheets, and none in this format");
        return Err(Trouble::new(found)
            .required(words("--format pdf、csv 或 xlsx", "--format pdf, csv or xlsx"))
            .into());
    }
    FORMATS.chosen(matches, format)?;
    let session = match list {
        Some(file) => Session::open_with_checks(matches, file)?,
        None => Session::open_with_details(matches)?,
    };
    let built_in = Ruleset::built_in();
    let terms = draw_terms(&session.ruleset, &built_in, &seed, asked);
    let (Session { ruleset, book, month, .. }, accounts) = (&session, session.told());
    let sampling = Sampling { book, ruleset, accounts, month: *month, terms: &terms };
    let (content, honest) = match list {
        Some(file) => verified(matches, format, &session, sampling, file, spoken),
        None if scores => (score_sheets(matches, format, &session, &sampling, spoken)?, true),
        None => (drawn(matches, format, &session, &sampling, spoken)?, true),
    };
    finish::write(matches, &session, spoken, Product::from(content).with_phones())?;
    if matches.get_one::<String>("seed").is_none() && !matches.get_flag("quiet") {
        output::tell(say(format!("抽签种子：{seed}"), format!("seed of the draw: {seed}")).get(spoken));
    }
    Ok(finish::exit(!honest, &session, &[]))
}

/// The draw in the format asked for.
fn drawn(
    matches: &ArgMatches,
    format: Format,
    session: &Session,
    sampling: &Sampling,
    spoken: Lang,
) -> Result<Vec<u8>, Trouble> {
    let drawn = draw(session, sampling);
    let lang = session::data_lang(matches, format.is_machine() || format == Format::Xlsx, spoken);
    let list = || report::csv::build(sampling, &drawn, lang);
    Ok(match format {
        Format::Csv => finish::csv(matches, &list()),
        Format::Xlsx => table_xlsx::render(&list(), report::csv::name(lang))?,
        Format::Pdf => {
            let fonts = Fonts::new();
            let bytes = report::pdf::write(sampling, &drawn, spoken, &fonts)?;
            output::tell_missing(fonts.missing(), spoken);
            bytes
        }
        Format::Json => json::lines(|keys| report::json::tell(sampling, &drawn, lang, keys)),
        _ => text::render(&report::build(sampling, &drawn, spoken), output::page(matches)).into_bytes(),
    })
}

/// The draw, and who is to be checked besides it.
fn draw(session: &Session, sampling: &Sampling) -> Vec<Drawn> {
    let Session { ruleset, book, month, managers, .. } = session;
    let targets = match sampling.terms.targeted {
        0 => Targets::new(),
        most => sample::targets(&session.judge(), &terms::of_targets(), most),
    };
    sample::draw(book, &ruleset.settings, &targets, *month, managers, sampling.terms)
}

/// Score sheets for those drawn, in the format asked for.
fn score_sheets(
    matches: &ArgMatches,
    format: Format,
    session: &Session,
    sampling: &Sampling,
    spoken: Lang,
) -> Result<Vec<u8>, Trouble> {
    let drawn = draw(session, sampling);
    let lang = session::data_lang(matches, true, spoken);
    let list = || report::scores::build(sampling, &drawn, lang);
    Ok(match format {
        Format::Csv => finish::csv(matches, &list()),
        Format::Xlsx => table_xlsx::render(&list(), report::scores::name(lang))?,
        _ => {
            let fonts = Fonts::new();
            let bytes = report::scores_pdf::write(sampling, &drawn, spoken, &fonts)?;
            output::tell_missing(fonts.missing(), spoken);
            bytes
        }
    })
}

/// A comparison is no list to fill in.
fn refuse_lists(format: Format, scores: bool) -> Result<(), Trouble> {
    if scores {
        let found = words("--quality 与 --verify 不能同时给出", "--quality and --verify do not go together");
        return Err(Trouble::new(found).remedy(words("去掉其中一个", "leave out one of them")));
    }
    if !matches!(format, Format::Csv | Format::Xlsx | Format::Pdf) {
        return Ok(());
    }
    let format = format.ending();
    let found = say(format!("--verify 的结果没有 {format} 格式"), format!("--verify gives no {format}"));
    Err(Trouble::new(found).required(words("--format table 或 json", "--format table or json")))
}

/// What becomes of a list that came back, and whether it is the draw.
fn verified(
    matches: &ArgMatches,
    format: Format,
    session: &Session,
    sampling: Sampling,
    file: &Path,
    spoken: Lang,
) -> (Vec<u8>, bool) {
    let Session { ruleset, book, month, managers, .. } = session;
    let returned = sample::verify(book, &ruleset.settings, *month, managers, sampling.terms);
    let known = session.managers_of(*month);
    let is_listed = |id: &ManagerId| book.listed_checks(*id).iter().any(|check| check.month == *month);
    let strangers: Vec<ManagerId> =
        book.manager_ids().filter(|id| known.binary_search(id).is_err() && is_listed(id)).collect();
    let shown = file.display().to_string();
    let verified = Verified { sampling, file: &shown, managers: &returned, strangers: &strangers };
    let content = match format {
        Format::Json => json::indented(&verify::json(&verified)),
        _ => text::render(&verify::build(&verified, spoken), output::page(matches)).into_bytes(),
    };
    (content, verified.is_honest())
}

/// How many are asked for.
struct Asked {
    min: u64,
    spares: u64,
    targeted: u64,
    percent: Option<Percent>,
}

/// What the command line says, else the rules; a rule that is off is taken as it ships.
fn draw_terms<'a>(
    ruleset: &'a Ruleset,
    built_in: &'a Ruleset,
    seed: &'a str,
    Asked { min, spares, targeted, percent }: Asked,
) -> Terms<'a> {
    let percent = percent.unwrap_or_else(|| terms::of_draws(ruleset, built_in));
    Terms { seed, percent, min, spares, targeted, calls: terms::of_calls(ruleset, built_in) }
}

/// The seed given, or twenty random digits: to be typed from paper.
fn seed(matches: &ArgMatches) -> Result<String, Trouble> {
    match matches.get_one::<String>("seed").map(|seed| seed.trim()) {
        Some("") => Err(Trouble::new(words("--seed：种子为空", "--seed: the seed is empty"))
            .remedy(words("给出种子，或不用 --seed 随机生成", "give one, or leave out --seed for a random one"))),
        Some(seed) if seed.chars().count() > LONGEST_SEED || seed.contains(char::is_control) => {
            let found = words("--seed：种子无效", "--seed: the seed cannot be used");
            let required = say(
                format!("至多 {LONGEST_SEED} 个可见字符"),
                format!("at most {LONGEST_SEED} characters that can be seen"),
            );
            Err(Trouble::new(found).required(required))
        }
        Some(seed) => Ok(seed.to_owned()),
        None if matches.contains_id("verify") => {
            let found = words("--verify 须给出抽签时的种子", "--verify needs the seed of the draw");
            let remedy = words("加 --seed 种子（名单的“种子”列）", "add --seed SEED (the list's column seed)");
            Err(Trouble::new(found).remedy(remedy))
        }
        None => random().map(|number| format!("{:020}", number % 10_u128.pow(20))).map_err(|error| {
            let found =
                say(format!("系统不提供随机数：{error}"), format!("the system gives no random numbers: {error}"));
            Trouble::new(found)
                .remedy(words("用 --seed 给出种子（如掷骰子）", "give a seed with --seed (throw dice, say)"))
        }),
    }
}

fn random() -> Result<u128, getrandom::Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    Ok(u128::from_le_bytes(bytes))
}

fn percent(matches: &ArgMatches) -> Result<Option<Percent>, Trouble> {
    let Some(text) = matches.get_one::<String>("percent") else { return Ok(None) };
    Percent::parse(text).map(Some).ok_or_else(|| {
        let found = say(format!("--percent：{text} 无效"), format!("--percent: {text} cannot be used"));
        Trouble::new(found).required(words(
            "0 到 100 之间的百分数，至多两位小数",
            "a percentage from 0 to 100 with at most two decimals",
        ))
    })
}

fn number(matches: &ArgMatches, option: &str) -> Result<u64, Trouble> {
    let text = matches.get_one::<String>(option).expect("it has a default");
    text.parse::<u32>().map(u64::from).map_err(|_| {
        let found = say(format!("--{option}：{text} 无效"), format!("--{option}: {text} cannot be used"));
        Trouble::new(found).required(words("一个整数", "a whole number"))
    })
}
