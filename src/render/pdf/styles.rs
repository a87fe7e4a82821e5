//! Type and colours of what is filed.

use crate::document::Tone;
use crate::print::{Align, Colour, Margins, Paper, Style};

/// How a document is set.
pub(super) struct Look {
    pub paper: Paper,
    /// The same for what is too wide.
    pub across: Paper,
    pub title: Style,
    pub title_at: Align,
    pub part: Style,
    pub subpart: Style,
    pub text: Style,
    pub caption: Style,
    pub small: Style,
    /// Before the first line of a paragraph.
    pub indent: &'static str,
    /// Every section begins a page, and no page is headed with the title.
    pub is_letter: bool,
}

/// A report: small type, for it is read by looking things up.
pub(super) static REPORT: Look = Look {
    paper: Paper { header: 16.0, footer: 16.0, ..Paper::A4_PORTRAIT },
    across: Paper { header: 16.0, footer: 16.0, ..Paper::A4_LANDSCAPE },
    title: TITLE,
    title_at: Align::Left,
    part: PART,
    subpart: SUBPART,
    text: TEXT,
    caption: CAPTION,
    small: SMALL,
    indent: "",
    is_letter: false,
};

/// An official letter, with the margins and sizes of GB/T 9704: 37, 35, 28 and 26 mm (the footer stands in the lower one), the
/// title of 22 points, the text of 16.
pub(super) static LETTER: Look = Look {
    paper: Paper { margins: LETTER_MARGINS, header: 0.0, footer: LETTER_FOOTER, ..Paper::A4_PORTRAIT },
    across: Paper { margins: LETTER_MARGINS, header: 0.0, footer: LETTER_FOOTER, ..Paper::A4_LANDSCAPE },
    title: Style::new(22.0).bold(),
    title_at: Align::Centre,
    part: Style::new(16.0).bold(),
    subpart: Style::new(16.0).bold(),
    text: Style::new(16.0),
    caption: Style::new(16.0).bold(),
    small: Style::new(9.0),
    indent: "　　",
    is_letter: true,
};

const LETTER_MARGINS: Margins = Margins::mm(28.0, 37.0, 26.0, 23.0);
/// 12 mm, which with the margin below it make 35.
const LETTER_FOOTER: f32 = 34.0;

pub(super) const TITLE: Style = Style::new(17.0).bold();
pub(super) const PART: Style = Style::new(12.5).bold();
pub(super) const SUBPART: Style = Style::new(9.5).bold();
pub(super) const TEXT: Style = Style::new(8.0);
pub(super) const SMALL: Style = Style::new(7.0);
pub(super) const CAPTION: Style = SMALL.bold();

/// Of what is drawn.
pub(super) const BLUE: Colour = Colour(60, 110, 159);
pub(super) const RED: Colour = Colour(181, 58, 46);

pub(super) fn colour(tone: Tone) -> Colour {
    match tone {
        Tone::Plain => Colour::BLACK,
        Tone::Good => Colour(30, 107, 58),
        Tone::Bad => Colour(166, 28, 28),
        Tone::Waiting => Colour(138, 90, 0),
        Tone::Faint => Colour::GREY,
    }
}
