//! Type and colours of what is filed.

use crate::document::Tone;
use crate::print::{Colour, Style};

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
