//! `sample --quality` on A4: a score sheet for each drawn customer, to be filled in by hand.

use super::Sampling;
use crate::lang::{Lang, Words, say, words};
use crate::model::{Points, QualityItem};
use crate::print::{self, *};
use crate::sample::{Drawn, Lot, Pick};
use crate::trouble::Trouble;

const PAPER: Paper =
    Paper { margins: Margins::mm(15.0, 12.0, 15.0, 10.0), header: 30.0, footer: 24.0, ..Paper::A4_PORTRAIT };
const TEXT: Style = Style::new(10.0);
const SMALL: Style = Style::new(8.0);
const TINY: Style = Style::new(6.5).colour(Colour::GREY);
/// Room to write in by hand.
const ROW: f32 = 30.0;

/// All sheets as a PDF file, with a bookmark for each manager and, below it, for each customer.
pub fn write(sampling: &Sampling, drawn: &[Drawn], lang: Lang, fonts: &Fonts) -> Result<Vec<u8>, Trouble> {
    let title = title(sampling);
    let info = Info { title: title.get(lang), lang, date: sampling.month.first() };
    let branch = |one: &Drawn| sampling.book.branch(one.manager).unwrap_or_default();
    let mut sorted: Vec<&Drawn> = drawn.iter().filter(|one| !one.picks.is_empty()).collect();
    sorted.sort_by_cached_key(|one| (branch(one), one.manager));
    let mut all = Printed::default();
    for one in sorted {
        for (place, pick) in one.picks.iter().enumerate() {
            all.append(sheet(sampling, one, (place, pick), lang, fonts));
        }
    }
    if all.pages.is_empty() {
        let mut flow = Flow::new(PAPER, fonts);
        let nobody = words("没有可检查的客户", "there is nobody to be looked at");
        flow.paragraph(nobody.get(lang), TEXT, Align::Left);
        all.append(finish(flow, sampling, lang));
    }
    print::write(&all, fonts, &info)
}

fn title(sampling: &Sampling) -> Words {
    let month = sampling.month;
    say(format!("客户服务质量检查评分表 {month}"), format!("Service quality score sheet, {month}"))
}

fn sheet(sampling: &Sampling, one: &Drawn, (place, pick): (usize, &Pick), lang: Lang, fonts: &Fonts) -> Printed {
    let mut flow = Flow::new(PAPER, fonts);
    let manager = sampling.manager(one.manager);
    if place == 0 {
        flow.bookmark(0, manager.as_str());
    }
    flow.bookmark(1, sampling.customer(pick.customer));
    flow.table(&whose(sampling, &manager, pick, lang));
    flow.space(8.0);
    flow.table(&table(sampling, lang));
    flow.space(14.0);
    flow.paragraph(SIGNATURES.get(lang), TEXT, Align::Left);
    finish(flow, sampling, lang)
}

const SIGNATURES: Words = words(
    "检查人签名 __________________    检查日期 ______________    客户签名 __________________",
    "Checked by __________________    Date ______________    Customer's signature __________________",
);

/// Whose customer it is, and where.
fn whose(sampling: &Sampling, manager: &str, pick: &Pick, lang: Lang) -> Table {
    let [address, contact, phones] = sampling.reach(pick.customer);
    let spare = match pick.lot {
        Lot::Drawn => words("", ""),
        Lot::Spare => words("（备选）", " (spare)"),
        Lot::Targeted => words("（定向）", " (targeted)"),
    };
    let lines = [
        (words("客户经理", "Manager"), manager.to_owned()),
        (words("客户", "Customer"), sampling.customer(pick.customer) + spare.get(lang)),
        (words("地址", "Address"), address),
        (words("联系人、电话", "Contact, phone"), format!("{contact} {phones}").trim().to_owned()),
    ];
    let row = |(label, text): &(Words, String)| {
        Row::new(vec![Cell::new(label.get(lang), SMALL.bold()), Cell::new(text.as_str(), TEXT)])
    };
    let columns = vec![Column::fixed(80.0), Column::share(1.0)];
    Table {
        columns,
        header: vec![],
        rows: lines.iter().map(row).collect(),
        look: Look { padding: (3.0, 2.5), ..Look::GRID },
    }
}

/// The items with their full scores, and room for what they get.
fn table(sampling: &Sampling, lang: Lang) -> Table {
    let items = &sampling.ruleset.settings.quality;
    let centred = |width| Column::fixed(width).aligned(Align::Centre);
    let columns =
        vec![centred(28.0), Column::share(1.2), centred(62.0), centred(44.0), centred(64.0), Column::share(1.5)];
    let heads = [
        words("序号", "No."),
        words("检查项目", "Item"),
        words("条款", "Clause"),
        words("满分", "Full"),
        words("得分", "Score"),
        words("扣分原因、备注", "Why points were lost"),
    ];
    let head = |text: &Words| Cell::new(text.get(lang), SMALL.bold()).aligned(Align::Centre);
    let heads = Row { fill: Some(Colour::LIGHT), ..Row::new(heads.iter().map(head).collect()) };
    let row = |(number, item): (usize, &QualityItem)| {
        let cells = vec![
            Cell::new(number.to_string(), TEXT),
            Cell::new(item.item.as_str(), TEXT),
            Cell::new(item.clause.as_str(), SMALL),
            Cell::new(item.max.short(), TEXT),
            Cell::blank(),
            Cell::blank(),
        ];
        Row { height: ROW, ..Row::new(cells) }
    };
    let mut rows: Vec<Row> = (1..).zip(items.iter()).map(row).collect();
    let full = Points(items.iter().map(|item| item.max.0).sum());
    let total = vec![
        Cell::new(words("合计", "Total").get(lang), TEXT.bold()).spanning(3),
        Cell::new(full.short(), TEXT.bold()),
        Cell::blank(),
        Cell::blank(),
    ];
    rows.push(Row { height: ROW, ..Row::new(total) });
    Table { columns, header: vec![heads], rows, look: Look { padding: (3.0, 2.5), ..Look::GRID } }
}

fn finish(flow: Flow, sampling: &Sampling, lang: Lang) -> Printed {
    let header = |_: Place, canvas: &mut Canvas| {
        let width = canvas.area.width;
        canvas.text(width / 2.0, 16.0, Align::Centre, title(sampling).get(lang), Style::new(14.0).bold());
    };
    let footer = |place: Place, canvas: &mut Canvas| {
        let width = canvas.area.width;
        let page =
            say(format!("第 {} 页 / 共 {} 页", place.page, place.of), format!("page {} of {}", place.page, place.of));
        canvas.text(width, 13.0, Align::Right, page.get(lang), SMALL);
        let (horizon, version, seed) = (sampling.book.horizon, env!("CARGO_PKG_VERSION"), sampling.terms.seed);
        let from = say(
            format!("抽签种子 {seed}　数据截止 {horizon}　baifang {version}"),
            format!("seed of the draw {seed}, data to {horizon}, baifang {version}"),
        );
        canvas.text(0.0, 22.0, Align::Left, from.get(lang), TINY);
    };
    flow.finish(header, footer)
}
