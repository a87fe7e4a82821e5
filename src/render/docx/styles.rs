//! The styles of an official letter (GB/T 9704-2012, 7): the title in 小标宋 of 22 points, the text in 仿宋 of 16, headings in 黑体
//! and 楷体.

use super::page::{CHARACTER_SPACE, LINE};
use docx_rs::{AlignmentType, Docx, LineSpacing, LineSpacingType, RunFonts, SpecialIndentType, Style, StyleType};

#[derive(Clone, Copy)]
pub(super) enum ParagraphStyle {
    Title,
    Number,
    Addressee,
    Heading,
    Subheading,
    Text,
    Signature,
    TableHead,
    TableText,
    Footer,
}

/// A font, and the one that stands in for it where a computer has it not.
type Font = (&'static str, &'static str);

const SONG_TITLE: Font = ("方正小标宋简体", "宋体");
const FANGSONG: Font = ("仿宋_GB2312", "仿宋");
const KAI: Font = ("楷体_GB2312", "楷体");
const HEI: Font = ("黑体", "SimHei");
const SONG: Font = ("宋体", "SimSun");
const FONTS: [Font; 5] = [SONG_TITLE, FANGSONG, KAI, HEI, SONG];

/// Half points: 2号, 3号, 4号 and 小五.
const SECOND: usize = 44;
const THIRD: usize = 32;
const FOURTH: usize = 28;
pub(super) const FIFTH: usize = 18;

/// Two characters of the text, in twentieths of a point.
const INDENT: i32 = 640;

impl ParagraphStyle {
    const ALL: [Self; 10] = [
        Self::Title,
        Self::Number,
        Self::Addressee,
        Self::Heading,
        Self::Subheading,
        Self::Text,
        Self::Signature,
        Self::TableHead,
        Self::TableText,
        Self::Footer,
    ];

    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Title => "Title",
            Self::Number => "Subtitle",
            Self::Addressee => "Salutation",
            Self::Heading => "Heading1",
            Self::Subheading => "Heading2",
            Self::Text => "BodyText",
            Self::Signature => "Signature",
            Self::TableHead => "TableHead",
            Self::TableText => "TableText",
            Self::Footer => "Footer",
        }
    }

    /// By these word processors know their own styles, in any language.
    fn name(self) -> &'static str {
        match self {
            Self::Heading => "heading 1",
            Self::Subheading => "heading 2",
            Self::Text => "Body Text",
            Self::TableHead => "Table Head",
            Self::TableText => "Table Text",
            Self::Footer => "footer",
            other => other.id(),
        }
    }

    fn font(self) -> (Font, usize) {
        match self {
            Self::Title => (SONG_TITLE, SECOND),
            Self::Heading => (HEI, THIRD),
            Self::Subheading => (KAI, THIRD),
            Self::Number | Self::Addressee | Self::Text | Self::Signature => (FANGSONG, THIRD),
            Self::TableHead => (HEI, FIFTH),
            Self::TableText => (FANGSONG, FIFTH),
            Self::Footer => (SONG, FOURTH),
        }
    }

    fn style(self) -> Style {
        let (font, size) = self.font();
        let style = Style::new(self.id(), StyleType::Paragraph).name(self.name()).based_on("Normal");
        let mut style = style.fonts(fonts(font)).size(size);
        if size == THIRD {
            style.run_property = style.run_property.character_spacing(CHARACTER_SPACE);
        }
        let exactly = |line: i32| LineSpacing::new().line_rule(LineSpacingType::Exact).line(line);
        let indented = |style: Style| style.indent(None, Some(SpecialIndentType::FirstLine(INDENT)), None, None);
        match self {
            Self::Title => {
                let spacing = exactly(LINE * 6 / 5).before(LINE as u32).after(LINE as u32);
                style.align(AlignmentType::Center).line_spacing(spacing).outline_lvl(0)
            }
            Self::Number => style.align(AlignmentType::Center).line_spacing(exactly(LINE).after(LINE as u32)),
            Self::Addressee => style.line_spacing(exactly(LINE)),
            Self::Heading => indented(style).line_spacing(exactly(LINE)).outline_lvl(1),
            Self::Subheading => indented(style).line_spacing(exactly(LINE)).outline_lvl(2),
            Self::Text => indented(style).align(AlignmentType::Both).line_spacing(exactly(LINE)),
            Self::Signature => {
                let style = style.align(AlignmentType::Right).line_spacing(exactly(LINE));
                style.indent(None, None, Some(INDENT), None)
            }
            Self::TableHead | Self::TableText => style.snap_to_grid(false),
            Self::Footer => style.snap_to_grid(false),
        }
    }
}

pub(super) fn add(docx: Docx) -> Docx {
    let docx = docx.default_fonts(fonts(FANGSONG)).default_size(THIRD);
    ParagraphStyle::ALL.into_iter().fold(docx, |docx, style| docx.add_style(style.style()))
}

fn fonts((name, _): Font) -> RunFonts {
    const LATIN: &str = "Times New Roman";
    RunFonts::new().ascii(LATIN).hi_ansi(LATIN).cs(LATIN).east_asia(name)
}

/// The part of the package that names the fonts: the library's own has no place for what stands in for them.
pub(super) fn font_table() -> Vec<u8> {
    let font = |(name, other): &Font| {
        format!(
            "<w:font w:name=\"{name}\"><w:altName w:val=\"{other}\"/><w:charset w:val=\"86\"/><w:family w:val=\"auto\"/>\
             <w:pitch w:val=\"variable\"/></w:font>"
        )
    };
    let fonts: String = FONTS.iter().map(font).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
         <w:fonts xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">{fonts}</w:fonts>"
    )
    .into_bytes()
}
