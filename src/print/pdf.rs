//! Pages as PDF. The same pages give the same bytes: no clock is read, and the glyphs are numbered as they come.

use super::fonts::Glyph;
use super::{Area, Bookmark, Colour, Fonts, Info, Item, Page, Printed, Style};
use crate::lang::{Lang, say, words};
use crate::quote::tame;
use crate::trouble::Trouble;
use chrono::Datelike;
use krilla::color::{Color, luma, rgb};
use krilla::geom::{Path, PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::text::{GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};

/// How broad the stroke is that makes text bold, of the size: the font comes in one weight.
const BOLD: f32 = 0.03;

/// The pages as a PDF file. Fails where a font of the system cannot be embedded.
pub(crate) fn write(printed: &Printed, fonts: &Fonts, info: &Info) -> Result<Vec<u8>, Trouble> {
    let settings = SerializeSettings { enable_tagging: false, ..SerializeSettings::default() };
    let mut document = Document::new_with(settings);
    let pen = Pen { fonts };
    for page in &printed.pages {
        pen.draw(page, &mut document)?;
    }
    document.set_outline(outline(&printed.outline));
    document.set_metadata(metadata(info));
    document.finish().map_err(|error| no_pdf(&error.to_string()))
}

fn no_pdf(why: &str) -> Trouble {
    Trouble::new(say(format!("无法生成 PDF：{why}"), format!("the PDF cannot be made: {why}")))
        .remedy(words("用 --format html，再从浏览器打印", "use --format html and print it from a browser"))
}

fn metadata(info: &Info) -> Metadata {
    let date = DateTime::new(info.date.year().clamp(0, 9999) as u16);
    let date = date.month(info.date.month() as u8).day(info.date.day() as u8).hour(0).minute(0).second(0);
    let lang = match info.lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    };
    Metadata::new()
        .title(tame(info.title, None))
        .language(lang.to_owned())
        .creator(format!("baifang {}", env!("CARGO_PKG_VERSION")))
        .creation_date(date)
}

/// The entries as a tree: each below the last one before it of a higher level.
fn outline(entries: &[Bookmark]) -> Outline {
    let mut outline = Outline::new();
    let mut rest = entries;
    while !rest.is_empty() {
        outline.push_child(node(&mut rest));
    }
    outline
}

fn node(rest: &mut &[Bookmark]) -> OutlineNode {
    let (first, behind) = rest.split_first().expect("there is an entry left");
    *rest = behind;
    let place = krilla::destination::XyzDestination::new(first.page, Point::from_xy(0.0, first.y));
    let mut node = OutlineNode::new(tame(&first.text, None), place);
    while rest.first().is_some_and(|next| next.level > first.level) {
        node.push_child(self::node(rest));
    }
    node
}

/// Draws the items of pages.
struct Pen<'f> {
    fonts: &'f Fonts,
}

impl Pen<'_> {
    fn draw(&self, page: &Page, document: &mut Document) -> Result<(), Trouble> {
        let settings = PageSettings::from_wh(page.width, page.height).expect("a page has an area");
        let mut sheet = document.start_page_with(settings);
        let mut surface = sheet.surface();
        // Lines of a kind are drawn in one go: a table has hundreds.
        for items in page.items.chunk_by(are_like_lines) {
            match &items[0] {
                Item::Text { x, y, text, style } => self.text((*x, *y), text, *style, &mut surface)?,
                Item::Line { width, colour, .. } => {
                    surface.set_fill(None);
                    surface.set_stroke(Some(stroke(*width, *colour)));
                    draw_path(&mut surface, lines(items));
                }
                Item::Rect { area, fill, stroke: edge } => {
                    surface.set_fill(fill.map(self::fill));
                    surface.set_stroke(edge.map(|(width, colour)| stroke(width, colour)));
                    draw_path(&mut surface, rectangle(*area));
                }
            }
        }
        surface.finish();
        sheet.finish();
        Ok(())
    }

    /// A line of text: a run of glyphs for every change of the font.
    fn text(&self, (mut x, y): (f32, f32), text: &str, style: Style, surface: &mut Surface) -> Result<(), Trouble> {
        surface.set_fill(Some(fill(style.colour)));
        surface.set_stroke(style.bold.then(|| stroke(style.size * BOLD, style.colour)));
        // Copied from the page a text holds no more than is seen.
        let text = &text.replace(char::is_control, " ");
        let seen = text.char_indices().filter_map(|(at, c)| Some((at, c, self.fonts.glyph(c)?)));
        let seen: Vec<(usize, char, Glyph)> = seen.collect();
        for run in seen.chunk_by(|one, next| one.2.face == next.2.face) {
            let glyphs: Vec<KrillaGlyph> = run
                .iter()
                .map(|(at, c, glyph)| {
                    let range = *at..at + c.len_utf8();
                    KrillaGlyph::new(GlyphId::new(glyph.id), glyph.advance, 0.0, 0.0, 0.0, range, None)
                })
                .collect();
            let face = self.fonts.font(run[0].2.face).ok_or_else(|| no_pdf("font"))?;
            surface.draw_glyphs(Point::from_xy(x, y), &glyphs, face, text, style.size, false);
            x += run.iter().map(|(.., glyph)| glyph.advance).sum::<f32>() * style.size;
        }
        Ok(())
    }
}

fn draw_path(surface: &mut Surface, path: Option<Path>) {
    if let Some(path) = path {
        surface.draw_path(&path);
    }
}

fn are_like_lines(one: &Item, next: &Item) -> bool {
    match (one, next) {
        (Item::Line { width, colour, .. }, Item::Line { width: next_width, colour: next_colour, .. }) => {
            (width, colour) == (next_width, next_colour)
        }
        _ => false,
    }
}

fn lines(items: &[Item]) -> Option<Path> {
    let mut path = PathBuilder::new();
    for item in items {
        if let Item::Line { from, to, .. } = item {
            path.move_to(from.0, from.1);
            path.line_to(to.0, to.1);
        }
    }
    path.finish()
}

/// None where a rectangle has no area.
fn rectangle(area: Area) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.push_rect(Rect::from_xywh(area.x, area.y, area.width, area.height)?);
    path.finish()
}

fn fill(colour: Colour) -> Fill {
    Fill { paint: paint(colour).into(), ..Fill::default() }
}

fn stroke(width: f32, colour: Colour) -> Stroke {
    Stroke { paint: paint(colour).into(), width, ..Stroke::default() }
}

/// Greys in the printer's black.
fn paint(Colour(red, green, blue): Colour) -> Color {
    if red == green && green == blue { luma::Color::new(red).into() } else { rgb::Color::new(red, green, blue).into() }
}
