//! Check sheets on A4: whom to check and how, by branch and manager, with room for result, checker and date.

use super::{Sampling, check_of, lot_words, manner, moment};
use crate::lang::{Lang, Words, say, words};
use crate::print::{self, *};
use crate::report::proof;
use crate::sample::{Drawn, Lot, Pick};
use crate::trouble::Trouble;

const PAPER: Paper =
    Paper { margins: Margins::mm(12.0, 10.0, 12.0, 8.0), header: 34.0, footer: 24.0, ..Paper::A4_LANDSCAPE };
const TEXT: Style = Style::new(8.5);
const SMALL: Style = Style::new(7.5);
const TINY: Style = Style::new(6.5).colour(Colour::GREY);
/// Room to write in by hand.
const ROW: f32 = 40.0;
/// More than the rows above a manager's first customer take.
const HEAD: f32 = 70.0;

/// All sheets as a PDF file; each branch begins a page.
pub fn write(sampling: &Sampling, drawn: &[Drawn], lang: Lang, fonts: &Fonts) -> Result<Vec<u8>, Trouble> {
    let title = title(sampling);
    let info = Info { title: title.get(lang), lang, date: sampling.month.first() };
    print::write(&lay(sampling, drawn, lang, fonts), fonts, &info)
}

fn title(sampling: &Sampling) -> Words {
    let month = sampling.month;
    say(format!("客户拜访抽查表 {month}"), format!("Spot check of visits, {month}"))
}

/// The pages of all branches, with bookmarks for each and, below it, for its managers.
fn lay(sampling: &Sampling, drawn: &[Drawn], lang: Lang, fonts: &Fonts) -> Printed {
    let branch = |one: &Drawn| sampling.book.branch(one.manager).unwrap_or_default();
    let mut sorted: Vec<&Drawn> = drawn.iter().filter(|one| !one.picks.is_empty()).collect();
    sorted.sort_by_cached_key(|one| (branch(one), one.manager));
    let mut all = Printed::default();
    if sorted.is_empty() {
        all.append(pages(sampling, "", &[], lang, fonts));
    }
    for of_branch in sorted.chunk_by(|one, next| branch(one) == branch(next)) {
        all.append(pages(sampling, branch(of_branch[0]), of_branch, lang, fonts));
    }
    all
}

/// The pages of a branch, numbered by themselves.
fn pages(sampling: &Sampling, branch: &str, drawn: &[&Drawn], lang: Lang, fonts: &Fonts) -> Printed {
    let mut flow = Flow::new(PAPER, fonts);
    if !branch.is_empty() {
        flow.bookmark(0, branch);
    }
    for one in drawn {
        flow.space(10.0);
        // The bookmark leads to the page that the table begins on.
        let lines = one.picks.first().map_or(0, |pick| pick.visits.len()) as f32;
        flow.need(HEAD + ROW.max((lines + 1.0) * SMALL.line_height()));
        flow.bookmark(1, sampling.manager(one.manager));
        flow.table(&table(sampling, one, lang));
    }
    if drawn.is_empty() {
        let nobody = words("没有可抽查的客户", "there is nobody to be checked");
        flow.paragraph(nobody.get(lang), TEXT, Align::Left);
    }
    flow.space(14.0);
    flow.paragraph(SIGNATURES.get(lang), TEXT, Align::Left);
    let header = |_: Place, canvas: &mut Canvas| header(canvas, sampling, branch, lang);
    let footer = |place: Place, canvas: &mut Canvas| footer(canvas, sampling, place, lang);
    flow.finish(header, footer)
}

const SIGNATURES: Words = words(
    "抽查人签名 ______________________      日期 ______________      审核人签名 ______________________      日期 ______________",
    "Checker's signature ______________________      Date ______________      Reviewer's signature ______________________      Date ______________",
);

fn heading(sampling: &Sampling, one: &Drawn) -> Words {
    let (manager, frame) = (sampling.manager(one.manager), &one.frame);
    let (population, size) = (frame.population, frame.size);
    let (spares, targeted) = (one.count(Lot::Spare), one.count(Lot::Targeted));
    let (mut zh, mut en) = (String::new(), String::new());
    if spares > 0 {
        (zh, en) = (format!("，备选 {spares} 户"), format!(", spares {spares}"));
    }
    if targeted > 0 {
        (zh, en) = (format!("{zh}，定向 {targeted} 户"), format!("{en}, targeted {targeted}"));
    }
    say(
        format!("{manager}　本月拜访 {population} 户，抽查 {size} 户{zh}"),
        format!("{manager}: {size} of {population} customers visited{en}"),
    )
}

/// What the draw can be told by.
fn record(one: &Drawn) -> Words {
    let (digest, ticket) = (&one.frame.sha256, one.frame.last_ticket().unwrap_or("-"));
    say(format!("名册 SHA-256 {digest}　末位签号 {ticket}"), format!("frame SHA-256 {digest}  last ticket {ticket}"))
}

fn header(canvas: &mut Canvas, sampling: &Sampling, branch: &str, lang: Lang) {
    let width = canvas.area.width;
    canvas.text(width / 2.0, 15.0, Align::Centre, title(sampling).get(lang), Style::new(14.0).bold());
    canvas.text(width, 15.0, Align::Right, branch, Style::new(10.0));
    let hint = words(
        "实地：查看服务手册签字　电话：核对通话记录或询问客户　网络：核对网络记录　无法核查的按签序由备选顶替",
        "on site: service handbook signature; phone: call record, or ask the customer; web: web record; \
         who cannot be checked is replaced by the next spare",
    );
    canvas.text(0.0, 28.0, Align::Left, hint.get(lang), SMALL);
}

fn footer(canvas: &mut Canvas, sampling: &Sampling, place: Place, lang: Lang) {
    let width = canvas.area.width;
    let page =
        say(format!("第 {} 页 / 共 {} 页", place.page, place.of), format!("page {} of {}", place.page, place.of));
    canvas.text(width, 13.0, Align::Right, page.get(lang), SMALL);
    let (horizon, version) = (sampling.book.horizon, env!("CARGO_PKG_VERSION"));
    let columns = sampling.accounts.columns.iter();
    let columns: String = columns.map(|file| format!("　{} {}", file.path, &file.sha256[..12])).collect();
    let from = say(
        format!("数据截止 {horizon}　baifang {version}{columns}"),
        format!("data to {horizon}, baifang {version}{columns}"),
    );
    canvas.text(width, 22.0, Align::Right, from.get(lang), TINY);
    canvas.lines((0.0, 6.0), width - 110.0, Align::Left, sampling.recipe().get(lang), TINY);
}

fn table(sampling: &Sampling, one: &Drawn, lang: Lang) -> Table {
    let centred = |width| Column::fixed(width).aligned(Align::Centre);
    let columns = vec![
        centred(30.0),
        Column::share(1.0),
        Column::share(1.7),
        Column::fixed(70.0),
        centred(64.0),
        centred(64.0),
        Column::share(0.7),
    ];
    let heads = [
        words("签序", "Place"),
        words("客户", "Customer"),
        words("本月拜访与核查方式", "Visits, and how each is checked"),
        words("结果", "Result"),
        words("抽查人", "Checker"),
        words("抽查日期", "Date"),
        words("备注", "Note"),
    ];
    let head = |text: &Words| Cell::new(text.get(lang), SMALL.bold()).aligned(Align::Centre);
    let heads = Row { fill: Some(Colour::LIGHT), ..Row::new(heads.iter().map(head).collect()) };
    // On every page that the table goes on to it says whose customers these are.
    let mut whose =
        Cell::new(heading(sampling, one).get(lang), Style::new(10.0).bold()).and(record(one).get(lang), TINY);
    if let Some(proof) = one.proof() {
        whose = whose.and(proof::of_draw(&proof).get(lang), TINY);
    }
    let whose = Row::new(vec![whose.spanning(columns.len()).aligned(Align::Left)]);
    let rows = (1..).zip(&one.picks).map(|(place, pick)| row(sampling, place, pick, lang)).collect();
    Table { columns, header: vec![whose, heads], rows, look: Look { padding: (3.0, 2.5), ..Look::GRID } }
}

fn row(sampling: &Sampling, place: usize, pick: &Pick, lang: Lang) -> Row {
    let mark = lot_words(pick.lot);
    let visit = |visit: &crate::sample::ToCheck| {
        let (manner, check) = (manner(visit), check_of(visit));
        format!("{} {}  {}", moment(visit), manner.get(lang), check.get(lang))
    };
    let visits: Vec<String> = pick.visits.iter().map(visit).collect();
    let [address, contact, phones] = sampling.reach(pick.customer);
    let reached = format!("{contact} {phones}").trim().to_owned();
    let results = words("☐ 合格\n☐ 不合格\n☐ 无法核查", "☐ pass\n☐ fail\n☐ unable");
    let cells = vec![
        Cell::new(place.to_string(), TEXT).and(mark.get(lang), SMALL),
        Cell::new(sampling.customer(pick.customer), TEXT.bold()).and(address, SMALL).and(reached, SMALL),
        Cell::new(visits.join("\n"), SMALL),
        Cell::new(results.get(lang), TEXT),
        Cell::blank(),
        Cell::blank(),
        Cell::blank(),
    ];
    Row { height: ROW, ..Row::new(cells) }
}
