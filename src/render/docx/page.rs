//! The page of an official letter (GB/T 9704-2012, 5.2): A4, 22 lines of 28 characters, the number below the text, on the outer
//! side.

use docx_rs::{AlignmentType, DocGrid, DocGridType, Docx, Footer, PageMargin, PageNum, Paragraph, Run};

/// Twentieths of a point.
const fn mm(length: i32) -> i32 {
    (length * 14_400 + 127) / 254
}

const A4: (i32, i32) = (mm(210), mm(297));
const TOP: i32 = mm(37);
const BOTTOM: i32 = mm(35);
const LEFT: i32 = mm(28);
const RIGHT: i32 = mm(26);
/// The number stands 7 mm below the text.
const FOOTER: i32 = BOTTOM - mm(7) - 280;

/// What the margins leave.
pub(super) const WIDTH: usize = (A4.0 - LEFT - RIGHT) as usize;
/// From one line to the next: 22 of them fill the page.
pub(super) const LINE: i32 = (A4.1 - TOP - BOTTOM) / 22;
/// 28 characters of 16 points would be a little too wide: what is taken from each. A grid of characters would do the same in
/// Word, but sets those of a font that stands in apart in LibreOffice.
pub(super) const CHARACTER_SPACE: i32 = WIDTH as i32 / 28 - 16 * 20;

/// `style` is that of the line in which the number stands.
pub(super) fn set(docx: Docx, style: &str) -> Docx {
    let margins =
        PageMargin { top: TOP, left: LEFT, bottom: BOTTOM, right: RIGHT, header: 851, footer: FOOTER, gutter: 0 };
    let mut docx = docx
        .page_size(A4.0 as u32, A4.1 as u32)
        .page_margin(margins)
        .footer(footer(style, AlignmentType::Right))
        .even_footer(footer(style, AlignmentType::Left));
    let grid = DocGrid::new().grid_type(DocGridType::Lines).line_pitch(LINE as usize);
    docx.document.section_property.doc_grid = Some(grid);
    docx
}

/// `— 1 —`
fn footer(style: &str, align: AlignmentType) -> Footer {
    let line = Paragraph::new().style(style).align(align);
    let dash = |text| Run::new().add_text(text);
    Footer::new().add_paragraph(line.add_run(dash("— ")).add_page_num(PageNum::new()).add_run(dash(" —")))
}
