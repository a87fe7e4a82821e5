//! Elements of XML parts, by their names without prefixes.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::io::BufRead;

/// An attribute of an element, whatever its prefix.
pub(super) fn attribute(element: &BytesStart, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let attribute =
        attributes.with_checks(false).flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    attribute.normalized_value(XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
}

/// A whole number in an attribute.
pub(super) fn number(element: &BytesStart, name: &str) -> Option<u32> {
    let text = attribute(element, name)?;
    let text = text.trim();
    let is_whole = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().or_else(|| is_whole.then_some(u32::MAX))
}

/// A reader that gives an empty element as one that begins and ends.
pub(super) fn reader<R: BufRead>(part: R) -> Reader<R> {
    let mut reader = Reader::from_reader(part);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    reader
}

/// The text that an event adds to what stands in an element.
pub(super) fn add_text(event: &Event, text: &mut String) {
    match event {
        Event::Text(part) => text.push_str(&part.xml10_content()),
        Event::CData(part) => text.push_str(&part.xml10_content()),
        Event::GeneralRef(reference) => match reference.resolve_char_ref() {
            Ok(Some(character)) => text.push(character),
            _ => text.push_str(quick_xml::escape::resolve_xml_entity(&reference.xml10_content()).unwrap_or_default()),
        },
        _ => {}
    }
}
