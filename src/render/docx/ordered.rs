//! The children of some elements in the order that the schema of the format asks for (ECMA-376, part 1): the library writes them
//! in another, which word processors forgive and validators do not.

use quick_xml::Reader;
use quick_xml::events::Event;

/// Of each element what comes first in it, and in which order; all else stays behind that as it stands.
const ORDERS: [(&str, &[&str]); 6] = [
    (
        "pPr",
        &[
            "pStyle",
            "keepNext",
            "keepLines",
            "pageBreakBefore",
            "framePr",
            "widowControl",
            "numPr",
            "pBdr",
            "shd",
            "tabs",
            "snapToGrid",
            "spacing",
            "ind",
            "contextualSpacing",
            "jc",
            "textAlignment",
            "outlineLvl",
            "rPr",
            "sectPr",
        ],
    ),
    (
        "rPr",
        &[
            "rStyle", "rFonts", "b", "bCs", "i", "iCs", "strike", "vanish", "color", "spacing", "kern", "sz", "szCs",
            "u",
        ],
    ),
    (
        "style",
        &["name", "basedOn", "next", "link", "uiPriority", "semiHidden", "unhideWhenUsed", "qFormat", "pPr", "rPr"],
    ),
    ("tblPr", &["tblStyle", "tblW", "jc", "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook"]),
    (
        "sectPr",
        &["headerReference", "footerReference", "type", "pgSz", "pgMar", "pgNumType", "cols", "titlePg", "docGrid"],
    ),
    ("settings", &["view", "zoom", "defaultTabStop", "evenAndOddHeaders", "characterSpacingControl", "compat"]),
];

/// An element, or what stands between elements.
#[derive(Default)]
struct Node<'p> {
    name: String,
    begin: &'p str,
    children: Vec<Node<'p>>,
    end: &'p str,
}

/// A part with its elements in order; one that is no XML stays as it is.
pub(super) fn in_order(part: &[u8]) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(part) else { return part.to_vec() };
    match parsed(text) {
        Some(all) => {
            let mut out = String::with_capacity(text.len());
            all.iter().for_each(|node| node.write(&mut out));
            out.into_bytes()
        }
        None => part.to_vec(),
    }
}

fn parsed(text: &str) -> Option<Vec<Node<'_>>> {
    let mut reader = Reader::from_str(text);
    let (mut open, mut at) = (vec![Node::default()], 0);
    loop {
        let event = reader.read_event().ok()?;
        let end = usize::try_from(reader.buffer_position()).ok()?;
        let begin = text.get(at..end)?;
        at = end;
        let named = |name: &str| Node { name: name.to_owned(), begin, ..Node::default() };
        let done = match event {
            Event::Eof => break,
            Event::Start(element) => {
                open.push(named(element.local_name().as_ref()));
                continue;
            }
            Event::End(_) => Node { end: begin, ..open.pop()? }.sorted(),
            Event::Empty(element) => named(element.local_name().as_ref()),
            _ => named(""),
        };
        open.last_mut()?.children.push(done);
    }
    let all = open.pop()?;
    open.is_empty().then_some(all.children)
}

impl Node<'_> {
    fn sorted(mut self) -> Self {
        if let Some((_, order)) = ORDERS.iter().find(|(name, _)| *name == self.name) {
            let place = |node: &Node| order.iter().position(|name| *name == node.name).unwrap_or(order.len());
            self.children.sort_by_key(place);
        }
        // Of a style or a level the properties of a paragraph have none of its mark.
        if self.name == "pPr" {
            self.children.retain(|node| node.name != "rPr" || !node.children.is_empty());
        }
        self
    }

    fn write(&self, out: &mut String) {
        // The width of a column is in twentieths of a point, and in nothing else.
        let begin =
            if self.name == "gridCol" { self.begin.replace(" w:type=\"dxa\"", "") } else { self.begin.to_owned() };
        out.push_str(&begin);
        self.children.iter().for_each(|node| node.write(out));
        out.push_str(self.end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_an_element_comes_as_the_schema_has_it() {
        let ordered = |part: &str| String::from_utf8(in_order(part.as_bytes())).unwrap();
        let paragraph = "<w:p><w:pPr><w:rPr /><w:jc w:val=\"left\" /><w:pStyle w:val=\"A\" /></w:pPr><w:r><w:t> a&amp;b </w:t></w:r></w:p>";
        let expected =
            "<w:p><w:pPr><w:pStyle w:val=\"A\" /><w:jc w:val=\"left\" /></w:pPr><w:r><w:t> a&amp;b </w:t></w:r></w:p>";
        assert_eq!(ordered(paragraph), expected);
        assert_eq!(ordered("<w:gridCol w:w=\"9\" w:type=\"dxa\" />"), "<w:gridCol w:w=\"9\" />");
        assert_eq!(
            ordered("<w:sectPr><w:pgSz /><w:odd /><w:footerReference /></w:sectPr>"),
            "<w:sectPr><w:footerReference /><w:pgSz /><w:odd /></w:sectPr>"
        );
        for part in ["no XML < at all", "<w:p><w:r></w:p>"] {
            assert_eq!(ordered(part), part);
        }
    }
}
