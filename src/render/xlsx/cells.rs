//! Cells by what they hold. Text is written as text whatever it begins with: nothing in the data becomes a formula.

use crate::document::{Align, Cell, Tone, Value};
use crate::lang::{Lang, say};
use crate::quote::tame;
use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Note, Worksheet, XlsxError};
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;

/// Characters that a cell holds (Excel's specifications and limits), counted in UTF-16.
const MOST: usize = 32_767;

/// How a cell looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Text,
    Wrapped,
    /// A verdict's mark alone.
    Mark,
    /// Text in a column of numbers.
    Figure,
    Id,
    Integer,
    Number,
    Percent,
    /// A share that takes more decimals to be told from its limit.
    Exact(usize),
    /// A share that its format would round to nothing, or to all, of what is neither.
    HardlyAny,
    NearlyAll,
    Duration,
    Clock,
    Date,
}

impl Kind {
    fn of(cell: &Cell, align: Align, wrapped: bool) -> Self {
        match cell.value {
            Some(Value::Integer(_)) => Self::Integer,
            Some(Value::Number(_)) => Self::Number,
            Some(Value::Share { .. }) if decimals(&cell.text) > 1 => Self::Exact(decimals(&cell.text)),
            // With one decimal these would be 0.0% and 100.0%.
            Some(Value::Share { count, of }) if 0 < count && count * 2000 < of => Self::HardlyAny,
            Some(Value::Share { count, of }) if count < of && count * 2000 >= of * 1999 => Self::NearlyAll,
            Some(Value::Share { .. }) => Self::Percent,
            Some(Value::Seconds(_)) => Self::Duration,
            Some(Value::Clock(_)) => Self::Clock,
            Some(Value::Date(_)) => Self::Date,
            Some(Value::Id) => Self::Id,
            None if matches!(cell.text.as_str(), "✗" | "✓" | "?" | "~") => Self::Mark,
            None if align == Align::Right => Self::Figure,
            None if wrapped => Self::Wrapped,
            None => Self::Text,
        }
    }

    fn align(self) -> FormatAlign {
        match self {
            Self::Text | Self::Wrapped | Self::Id => FormatAlign::Left,
            Self::Mark | Self::Clock | Self::Date => FormatAlign::Center,
            Self::Figure | Self::Integer | Self::Number | Self::Duration => FormatAlign::Right,
            Self::Percent | Self::Exact(_) | Self::HardlyAny | Self::NearlyAll => FormatAlign::Right,
        }
    }

    fn number_format(self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Text | Self::Wrapped | Self::Mark | Self::Figure => "General",
            Self::Id => "@",
            Self::Integer => "0",
            Self::Number => "0.00",
            Self::Percent => "0.0%",
            Self::HardlyAny => "\"0.1%\"",
            Self::NearlyAll => "\"99.9%\"",
            Self::Duration => "[h]:mm:ss",
            Self::Clock => "hh:mm:ss",
            Self::Date => "yyyy-mm-dd",
            Self::Exact(decimals) => return Cow::Owned(format!("0.{}%", "0".repeat(decimals))),
        })
    }
}

/// How many decimals a percentage is shown with.
fn decimals(text: &str) -> usize {
    let number = text.rsplit_once('%').map_or("", |(number, _)| number);
    number.rsplit_once('.').map_or(0, |(_, decimals)| decimals.len())
}

/// The formats used so far: a workbook has few, its cells are many.
#[derive(Default)]
pub(super) struct Styles {
    known: RefCell<HashMap<(Kind, Tone), Format>>,
}

impl Styles {
    fn with<R>(&self, kind: Kind, tone: Tone, use_it: impl FnOnce(&Format) -> R) -> R {
        use_it(self.known.borrow_mut().entry((kind, tone)).or_insert_with(|| format(kind, tone)))
    }
}

fn format(kind: Kind, tone: Tone) -> Format {
    let format = Format::new().set_num_format(kind.number_format()).set_align(FormatAlign::Top).set_align(kind.align());
    // Room between a number and a text to the right of it.
    let format = format.set_indent(u8::from(kind.align() == FormatAlign::Right));
    let format = if kind == Kind::Wrapped { format.set_text_wrap() } else { format };
    match ink(tone) {
        Some(ink) => format.set_font_color(ink),
        None => format,
    }
}

/// The colour of what stands in a cell of a tone; each is told apart by more than its colour.
pub(super) fn ink(tone: Tone) -> Option<Color> {
    match tone {
        Tone::Plain => None,
        Tone::Good => Some(Color::RGB(0x1E_6B_3A)),
        Tone::Bad => Some(Color::RGB(0xA6_1C_1C)),
        Tone::Waiting => Some(Color::RGB(0x8A_5A_00)),
        Tone::Faint => Some(Color::RGB(0x80_80_80)),
    }
}

/// The head of a column, aligned as its cells are.
pub(super) fn head(first: Option<&Cell>, align: Align) -> Format {
    let align = first.map_or(FormatAlign::Left, |cell| Kind::of(cell, align, false).align());
    Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
        .set_align(align)
        .set_indent(u8::from(align == FormatAlign::Right))
        .set_background_color(Color::RGB(0xE3_EA_F1))
        .set_border_bottom(FormatBorder::Thin)
}

/// Days since Excel's beginning, which knows a 29 February 1900.
fn serial(date: NaiveDate) -> f64 {
    const EPOCH: i32 = 693_594;
    f64::from(date.num_days_from_ce() - EPOCH)
}

/// The number that a cell holds, if it holds one that a workbook can.
fn number(cell: &Cell) -> Option<f64> {
    const DAY: f64 = 86_400.0;
    match cell.value? {
        Value::Integer(number) => Some(number as f64),
        Value::Number(number) => Some(number).filter(|number| number.is_finite()),
        Value::Share { of: 0, .. } | Value::Id => None,
        Value::Share { count, of } => Some(count as f64 / of as f64),
        Value::Seconds(seconds) => Some(seconds as f64 / DAY),
        Value::Clock(second) => Some(f64::from(second) / DAY),
        // Excel counts days from 1 March 1900 on as everybody does.
        Value::Date(date) => Some(serial(date)).filter(|serial| (61.0..2_958_466.0).contains(serial)),
    }
}

/// Where a cell goes and how.
pub(super) struct Pen<'p> {
    pub page: &'p mut Worksheet,
    pub styles: &'p Styles,
    pub lang: Lang,
}

impl Pen<'_> {
    /// An empty cell is left out.
    pub(super) fn cell(
        &mut self,
        (row, column): (u32, u16),
        cell: &Cell,
        align: Align,
        wrapped: bool,
    ) -> Result<(), XlsxError> {
        let kind = Kind::of(cell, align, wrapped);
        if let Some(number) = number(cell) {
            return self.styles.with(kind, cell.tone, |format| {
                self.page.write_number_with_format(row, column, number, format).map(|_| ())
            });
        }
        if cell.text.is_empty() {
            return Ok(());
        }
        let text = self.text((row, column), &cell.text)?;
        // A number that a workbook cannot hold stands as it is shown elsewhere.
        let is_text = matches!(kind, Kind::Text | Kind::Wrapped | Kind::Mark | Kind::Figure | Kind::Id);
        let kind = if is_text { kind } else { Kind::Figure };
        self.styles
            .with(kind, cell.tone, |format| self.page.write_string_with_format(row, column, text, format).map(|_| ()))
    }

    /// What a cell can hold of a text; where that is not all of it, a note says so.
    pub(super) fn text(&mut self, (row, column): (u32, u16), text: &str) -> Result<String, XlsxError> {
        let tamed = tame(text, Some('\n'));
        let Some(held) = held(&tamed) else { return Ok(tamed) };
        let all = tamed.chars().count();
        let note = say(
            format!("原文 {all} 个字符，单元格放不下，后面的已略去"),
            format!("The text has {all} characters; a cell does not hold them all, the rest is left out"),
        );
        self.page.insert_note(row, column, &Note::new(note.get(self.lang)))?;
        Ok(held)
    }
}

/// A text that is too long for a cell, cut.
fn held(text: &str) -> Option<String> {
    if text.len() <= MOST || text.encode_utf16().count() <= MOST {
        return None;
    }
    let mut used = 1;
    let fits = |c: &char| {
        used += c.len_utf16();
        used <= MOST
    };
    Some(text.chars().take_while(fits).chain(['…']).collect())
}
