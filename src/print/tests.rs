//! Pages as they are formed: what stands where, that nothing is lost, and that the file holds it.

use super::*;
use proptest::prelude::*;

const TEXT: Style = Style::new(9.0);

fn page_of(place: Place, canvas: &mut Canvas) {
    let text = format!("第 {} 页 / 共 {} 页", place.page, place.of);
    canvas.text(canvas.area.width / 2.0, 10.0, Align::Centre, &text, Style::new(8.0));
}

/// Nothing outside the margins, no text over another, none crossed by a line.
pub(crate) fn assert_in_order(printed: &Printed, paper: Paper, fonts: &Fonts) {
    for page in &printed.pages {
        let texts: Vec<(Area, &Item)> = page
            .items
            .iter()
            .filter(|item| matches!(item, Item::Text { .. }))
            .map(|item| (item.area(fonts), item))
            .collect();
        for item in &page.items {
            let area = item.area(fonts);
            assert!(paper.inside().holds(area), "{item:?} stands outside the margins");
            for (text, other) in texts.iter().filter(|(_, other)| !std::ptr::eq(*other, item)) {
                // A line of a frame runs beside text, not through it.
                let crosses = match item {
                    Item::Text { .. } => text.overlaps(area),
                    Item::Line { .. } => {
                        text.overlaps(Area { width: area.width + 0.2, height: area.height + 0.2, ..area })
                    }
                    Item::Rect { .. } => false,
                };
                assert!(!crosses, "{item:?} runs into {other:?}");
            }
        }
    }
}

/// The characters that are to be seen, in order.
fn seen(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn rows(count: usize) -> Vec<Row> {
    let cells = |n: usize| vec![Cell::new(format!("{n:03}"), TEXT), Cell::new("龙洞堡便利店（机场路）", TEXT)];
    (1..=count).map(|n| Row::new(cells(n))).collect()
}

fn table(rows: Vec<Row>) -> Table {
    let header = vec![Row::new(vec![Cell::new("序号", TEXT.bold()), Cell::new("客户名称", TEXT.bold())])];
    Table { columns: vec![Column::fixed(40.0), Column::share(1.0)], header, rows, look: Look::GRID }
}

fn print(table: &Table, paper: Paper, fonts: &Fonts) -> Printed {
    let mut flow = Flow::new(paper, fonts);
    flow.table(table);
    flow.finish(|_, _| {}, page_of)
}

#[test]
fn the_header_comes_again_and_every_page_is_numbered() {
    let fonts = Fonts::embedded();
    let printed = print(&table(rows(120)), Paper::A4_PORTRAIT, &fonts);
    assert_in_order(&printed, Paper::A4_PORTRAIT, &fonts);
    assert_eq!(printed.pages.len(), 3);
    for (number, page) in printed.pages.iter().enumerate() {
        assert_eq!(page.texts().filter(|text| *text == "客户名称").count(), 1);
        assert!(page.texts().any(|text| text == format!("第 {} 页 / 共 3 页", number + 1)));
    }
    let numbers = printed.pages.iter().flat_map(Page::texts).filter(|text| text.len() == 3 && text.is_ascii());
    assert!(numbers.eq((1..=120).map(|n| format!("{n:03}")).collect::<Vec<_>>()));
}

#[test]
fn a_row_stands_on_one_page() {
    let fonts = Fonts::embedded();
    let tall =
        |n: usize| Row::new(vec![Cell::new(format!("{n:03}"), TEXT), Cell::new("一\n二\n三\n四\n五\n六\n七", TEXT)]);
    let printed = print(&table((1..=40).map(tall).collect()), Paper::A4_LANDSCAPE, &fonts);
    assert_in_order(&printed, Paper::A4_LANDSCAPE, &fonts);
    for page in &printed.pages {
        assert_eq!(
            page.texts().filter(|text| *text == "一").count(),
            page.texts().filter(|text| *text == "七").count()
        );
    }
}

#[test]
fn a_row_higher_than_a_page_is_cut_and_loses_nothing() {
    let fonts = Fonts::embedded();
    let long: Vec<String> = (0..200).map(|n| format!("第{n}行")).collect();
    let mut content = rows(3);
    content.push(Row::new(vec![Cell::new("004", TEXT), Cell::new(long.join("\n"), TEXT)]));
    content.extend(rows(1));
    let printed = print(&table(content), Paper::A4_LANDSCAPE, &fonts);
    assert_in_order(&printed, Paper::A4_LANDSCAPE, &fonts);
    let lines = printed.pages.iter().flat_map(Page::texts).filter(|text| text.ends_with('行'));
    assert!(lines.eq(&long));
    assert!(printed.pages[0].texts().any(|text| text == "第0行"), "it begins where there is room");
}

#[test]
fn rows_kept_together_go_to_the_next_page_together() {
    let fonts = Fonts::embedded();
    for count in 30..60 {
        let mut content = rows(count);
        let last = content.len() - 1;
        content[last - 2..last].iter_mut().for_each(|row| row.keep_with_next = true);
        let printed = print(&table(content), Paper::A4_PORTRAIT, &fonts);
        let page_of =
            |n: usize| printed.pages.iter().position(|page| page.texts().any(|text| text == format!("{n:03}")));
        assert_eq!(page_of(count - 2), page_of(count), "of {count}");
    }
}

/// A page is not begun for a row that was left over.
#[test]
fn the_last_page_of_a_table_has_three_rows_at_least() {
    let fonts = Fonts::embedded();
    for count in 30..120 {
        let printed = print(&table(rows(count)), Paper::A4_PORTRAIT, &fonts);
        let is_row = |text: &&str| text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit());
        let on_last = printed.pages.last().expect("a page").texts().filter(is_row).count();
        assert!(on_last >= 3, "{on_last} of {count}");
    }
}

#[test]
fn cells_may_span_columns_and_rows_be_filled() {
    let fonts = Fonts::embedded();
    let wide = Cell::new("合计", TEXT).spanning(2).aligned(Align::Right);
    let printed =
        print(&table(vec![Row { fill: Some(Colour::LIGHT), ..Row::new(vec![wide]) }]), Paper::A4_PORTRAIT, &fonts);
    let width = Paper::A4_PORTRAIT.body().width;
    let filled = printed.pages[0].items.iter().find_map(|item| match item {
        Item::Rect { area, fill: Some(_), .. } => Some(area.width),
        _ => None,
    });
    assert_eq!(filled, Some(width));
    let text = printed.pages[0].items.iter().find(|item| matches!(item, Item::Text { text, .. } if text == "合计"));
    let right = text.unwrap().area(&fonts).right();
    assert!((right - (Paper::A4_PORTRAIT.body().right() - Look::GRID.padding.0)).abs() < 0.01);
}

#[test]
fn boxes_and_ticks_are_drawn_where_they_stand_in_the_text() {
    let fonts = Fonts::embedded();
    let mut flow = Flow::new(Paper::A4_PORTRAIT, &fonts);
    flow.paragraph("☐ 店主不在 ☑ 关门", TEXT, Align::Left);
    let printed = flow.finish(|_, _| {}, |_, _| {});
    assert_eq!(printed.pages[0].texts().map(str::trim).collect::<Vec<_>>(), ["店主不在", "关门"]);
    let boxes = printed.pages[0].items.iter().filter(|item| matches!(item, Item::Rect { .. }));
    assert_eq!(boxes.count(), 2);
    assert_in_order(&printed, Paper::A4_PORTRAIT, &fonts);
    assert!(fonts.missing().is_empty());
}

#[test]
fn the_same_pages_are_the_same_bytes_and_name_no_clock() {
    let date = chrono::NaiveDate::from_ymd_opt(2026, 10, 9).unwrap();
    let make = || {
        let fonts = Fonts::embedded();
        let mut printed = print(&table(rows(90)), Paper::A4_LANDSCAPE, &fonts);
        printed.outline.push(Bookmark { level: 0, text: "10月9日".into(), page: 0, y: 0.0 });
        printed.outline.push(Bookmark { level: 1, text: "㛃𬭳䶮".into(), page: 1, y: 0.0 });
        write(&printed, &fonts, &Info { title: "拜访计划表", lang: crate::lang::Lang::Zh, date }).unwrap()
    };
    let bytes = make();
    assert!(bytes.starts_with(b"%PDF-"));
    assert!(bytes.len() < 100_000, "the font is cut down to what is used: {}", bytes.len());
    assert_eq!(bytes, make());
    let dated = bytes.windows(11).any(|window| window == b"D:202610090");
    assert!(dated, "the date given is the date of creation");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Whatever stands in cells of whatever width stands on the pages, in order and in its place.
    #[test]
    fn no_text_is_lost(
        texts in prop::collection::vec("([一-龥㛃𬭳䶮]{1,9}|[、。，！？）》”（《“]{1,3}|[a-zA-Z0-9./-]{1,40}|[ \u{3000}\n]|\u{2ebe0}){0,40}", 1..20),
        narrow in 16.0f32..200.0,
        height in 0.0f32..900.0,
    ) {
        let fonts = Fonts::embedded();
        let row = |text: &String| Row { height: height / texts.len() as f32, ..Row::new(vec![
            Cell::new(text.clone(), TEXT), Cell::new("|", TEXT)]) };
        let mut table = table(texts.iter().map(row).collect());
        table.columns = vec![Column::fixed(narrow), Column::share(1.0)];
        table.header = vec![];
        let printed = print(&table, Paper::A4_LANDSCAPE, &fonts);
        assert_in_order(&printed, Paper::A4_LANDSCAPE, &fonts);
        let edge = Paper::A4_LANDSCAPE.body().x + narrow;
        let mut left = String::new();
        for item in printed.pages.iter().flat_map(|page| &page.items) {
            if let Item::Text { x, text, .. } = item && *x < edge {
                left.push_str(&seen(text));
            }
        }
        prop_assert_eq!(left, texts.iter().map(|text| seen(text)).collect::<String>());
    }
}
