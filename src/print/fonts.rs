//! The font, what a text measures in it, and where a character comes from that it lacks.

use crate::quote;
use skrifa::instance::{LocationRef, Size};
use skrifa::raw::FileRef;
use skrifa::{FontRef, MetadataProvider};
use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// Noto Sans SC: every ideograph of GB2312, GBK and Extension A, and more (fonts/OFL-NotoSansSC.txt).
static NOTO: &[u8] = include_bytes!("../../fonts/NotoSansSC-Regular.otf");

/// How far the box of an ideograph reaches above the baseline, of the size: the font's own measure.
pub(super) const ABOVE: f32 = 0.88;

/// Stands for a character that no font has.
const STAND_IN: char = '〓';

/// Marks that are drawn, not set: the font lacks them.
pub(super) const MARKS: &[char] = &['☐', '☑', '☒', '✓', '✔', '✗', '✘'];

/// Where a character's shape is found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Glyph {
    /// 0 is the embedded font.
    pub face: usize,
    pub id: u32,
    /// Of the size.
    pub advance: f32,
}

/// A font file and the face in it.
struct Face {
    bytes: Arc<dyn AsRef<[u8]> + Send + Sync>,
    index: u32,
    /// As PDFs are written with it: made once, for all of its bytes are hashed.
    #[cfg(feature = "pdf")]
    loaded: OnceCell<Option<krilla::text::Font>>,
}

impl Face {
    fn new(bytes: Arc<dyn AsRef<[u8]> + Send + Sync>, index: u32) -> Self {
        Self {
            bytes,
            index,
            #[cfg(feature = "pdf")]
            loaded: OnceCell::new(),
        }
    }
}

/// The embedded font and, for characters it lacks, the system's. The system's are looked at when the first such character
/// comes.
pub struct Fonts {
    faces: RefCell<Vec<Face>>,
    glyphs: RefCell<HashMap<char, Option<Glyph>>>,
    system: OnceCell<fontdb::Database>,
    use_system: bool,
    missing: RefCell<BTreeSet<char>>,
}

impl Fonts {
    pub fn new() -> Self {
        Self::with(true)
    }

    /// The embedded font alone.
    pub fn embedded() -> Self {
        Self::with(false)
    }

    fn with(use_system: bool) -> Self {
        Self {
            faces: RefCell::new(vec![Face::new(Arc::new(NOTO), 0)]),
            glyphs: RefCell::default(),
            system: OnceCell::new(),
            use_system,
            missing: RefCell::default(),
        }
    }

    /// The width of a line of text.
    pub fn width(&self, text: &str, size: f32) -> f32 {
        text.chars().map(|c| self.advance(c)).sum::<f32>() * size
    }

    /// The characters asked for so far that no font has: 〓 is printed for each. Whoever prints says so.
    pub fn missing(&self) -> Vec<char> {
        self.missing.borrow().iter().copied().collect()
    }

    /// The width of a character, of the size.
    pub(super) fn advance(&self, c: char) -> f32 {
        if MARKS.contains(&c) {
            return 1.0;
        }
        self.glyph(c).map_or(0.0, |glyph| glyph.advance)
    }

    /// The shape of a character; none for one that is not to be seen.
    pub(super) fn glyph(&self, c: char) -> Option<Glyph> {
        if let Some(known) = self.glyphs.borrow().get(&c) {
            return *known;
        }
        let found = self.find(c);
        self.glyphs.borrow_mut().insert(c, found);
        found
    }

    /// The face of a glyph's number; none where it cannot be embedded.
    #[cfg(feature = "pdf")]
    pub(super) fn font(&self, number: usize) -> Option<krilla::text::Font> {
        let face = &self.faces.borrow()[number];
        let load = || krilla::text::Font::new(krilla::Data::from(face.bytes.clone()), face.index);
        face.loaded.get_or_init(load).clone()
    }

    fn find(&self, c: char) -> Option<Glyph> {
        if is_invisible(c) {
            return None;
        }
        let c = match c {
            // It says itself that it could not be read: no font of the system is asked, so that pages are the same anywhere.
            char::REPLACEMENT_CHARACTER => STAND_IN,
            '\u{a0}' => ' ',
            c if c.is_control() => ' ',
            c => c,
        };
        self.find_known(c).or_else(|| self.find_in_system(c)).or_else(|| {
            self.missing.borrow_mut().insert(c);
            self.glyph(STAND_IN)
        })
    }

    fn find_known(&self, c: char) -> Option<Glyph> {
        self.faces.borrow().iter().enumerate().find_map(|(face, file)| {
            let (id, advance) = shape(file.bytes.as_ref().as_ref(), file.index, c)?;
            Some(Glyph { face, id, advance })
        })
    }

    fn find_in_system(&self, c: char) -> Option<Glyph> {
        if !self.use_system {
            return None;
        }
        let system = self.system.get_or_init(|| {
            let mut system = fontdb::Database::new();
            system.load_system_fonts();
            system
        });
        // Upright and regular first; then by name, so that the same fonts give the same page.
        let mut faces: Vec<_> = system.faces().collect();
        faces.sort_by_key(|face| {
            let plain = face.style == fontdb::Style::Normal && face.weight == fontdb::Weight::NORMAL;
            (!plain, face.post_script_name.clone(), face.index)
        });
        faces.into_iter().find_map(|info| {
            let found = system.with_face_data(info.id, |bytes, index| shape(bytes, index, c)).flatten();
            let (id, advance) = found?;
            let bytes = system.with_face_data(info.id, |bytes, _| bytes.to_vec())?;
            let mut faces = self.faces.borrow_mut();
            faces.push(Face::new(Arc::new(bytes), info.index));
            Some(Glyph { face: faces.len() - 1, id, advance })
        })
    }
}

impl Default for Fonts {
    fn default() -> Self {
        Self::new()
    }
}

/// A character's glyph and advance in a face, if the face has it as an outline.
fn shape(bytes: &[u8], index: u32, c: char) -> Option<(u32, f32)> {
    let face = match FileRef::new(bytes).ok()? {
        FileRef::Font(font) => font,
        FileRef::Collection(_) => FontRef::from_index(bytes, index).ok()?,
    };
    let id = face.charmap().map(c).filter(|id| id.to_u32() != 0)?;
    face.outline_glyphs().get(id)?;
    let metrics = face.glyph_metrics(Size::unscaled(), LocationRef::default());
    let em = face.metrics(Size::unscaled(), LocationRef::default()).units_per_em;
    Some((id.to_u32(), metrics.advance_width(id)? / f32::from(em)))
}

/// Characters that steer text and have no shape of their own.
fn is_invisible(c: char) -> bool {
    !c.is_control() && (quote::acts(c) || quote::chooses(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_font_has_rare_characters_of_names() {
        let fonts = Fonts::embedded();
        assert_eq!(fonts.width("㛃𬭳䶮喆昇堃犇", 10.0), 70.0);
        assert!(fonts.missing().is_empty());
    }

    #[test]
    fn a_character_that_no_font_has_is_printed_as_a_stand_in_and_told() {
        let fonts = Fonts::embedded();
        assert_eq!(fonts.glyph('\u{2ebe0}'), fonts.glyph(STAND_IN));
        assert_eq!(fonts.missing(), ['\u{2ebe0}']);
    }

    #[test]
    fn what_steers_text_takes_no_room_and_controls_are_spaces() {
        let fonts = Fonts::embedded();
        assert_eq!(fonts.width("\u{200b}\u{feff}\u{fe0f}", 10.0), 0.0);
        assert_eq!(fonts.width("\u{1}\t", 10.0), fonts.width("  ", 10.0));
        assert!(fonts.missing().is_empty());
    }

    #[test]
    fn the_font_is_the_one_whose_checksum_stands_beside_it() {
        let sums = include_str!("../../fonts/SHA256SUMS");
        assert!(sums.starts_with(&crate::digest::sha256(NOTO)), "{sums}");
    }
}
