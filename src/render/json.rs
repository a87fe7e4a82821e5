//! JSON, with a newline at the end, in one of two layouts.
//!
//! What is short is indented ([`indented`]). The output of `check` can hold millions of objects and is laid out in lines
//! ([`write_lines`]): one key of the outermost object a line, and each element of a list compact on a line of its own, so
//! that the file can be searched and compared by lines:
//!
//! ```text
//! {
//! "schema":"baifang.check/2",
//! "month":"2026-09",
//! "managers":[
//! {"manager_id":"M001","name":"…","branch":"…","score":91.25},
//! {"manager_id":"M002","name":"…","branch":"…","score":100.0}
//! ],
//! "rejected":[]
//! }
//! ```
//!
//! Elements are made and rendered a batch at a time, on all cores, while the batch before them is written: neither they nor
//! their text are ever in memory as a whole.

use crate::document::Keys;
use crate::parallel;
use crate::quote::acts;
use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter};
use std::io::{BufWriter, Result, Write};
use std::ops::Range;

/// About how long the text of a batch should be: enough to keep all cores busy, and little beside the data. Items differ too
/// much in length, a result's from a finding's, for a fixed number of them.
const BATCH_BYTES: usize = 4 << 20;
/// How many pieces a batch is cut into, for the cores to share.
const PIECES: usize = 64;
const INTO_MEMORY: &str = "numbers, texts and lists only, into memory";

/// A short answer, indented.
pub fn indented(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut writer = Serializer::with_formatter(&mut bytes, Harmless(PrettyFormatter::new()));
    value.serialize(&mut writer).expect(INTO_MEMORY);
    bytes.push(b'\n');
    bytes
}

fn compact(out: &mut impl Write, value: &(impl Serialize + ?Sized)) -> Result<()> {
    Ok(value.serialize(&mut Serializer::with_formatter(out, Harmless(CompactFormatter)))?)
}

/// A layout in which what acts on whoever looks at it is escaped, though JSON would let it stand.
struct Harmless<F>(F);

/// Hands on what a layout does.
macro_rules! as_it_is {
    ($($name:ident($($argument:ident: $of:ty),*);)*) => {
        $(fn $name<W: Write + ?Sized>(&mut self, out: &mut W $(, $argument: $of)*) -> Result<()> {
            self.0.$name(out $(, $argument)*)
        })*
    };
}

impl<F: Formatter> Formatter for Harmless<F> {
    as_it_is! {
        begin_array();
        end_array();
        begin_array_value(first: bool);
        end_array_value();
        begin_object();
        end_object();
        begin_object_key(first: bool);
        end_object_key();
        begin_object_value();
        end_object_value();
    }

    fn write_string_fragment<W: Write + ?Sized>(&mut self, out: &mut W, fragment: &str) -> Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(acts) {
            let (before, behind) = rest.split_at(at);
            out.write_all(before.as_bytes())?;
            let mut behind = behind.chars();
            let acting = behind.next().unwrap_or_default();
            for unit in acting.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            rest = behind.as_str();
        }
        out.write_all(rest.as_bytes())
    }
}

/// An object of any length, in lines; `tell` gives its keys one after another.
///
/// # Errors
/// Where `out` cannot be written, and nowhere else.
pub fn write_lines(out: &mut (dyn Write + Send), tell: impl FnOnce(&mut Lines) -> Result<()>) -> Result<()> {
    let mut lines = Lines { out: BufWriter::new(out), begun: false };
    lines.out.write_all(b"{")?;
    tell(&mut lines)?;
    lines.out.write_all(b"\n}\n")?;
    lines.out.flush()
}

/// The same into memory.
pub fn lines(tell: impl FnOnce(&mut Lines) -> Result<()>) -> Vec<u8> {
    let mut bytes = Vec::new();
    write_lines(&mut bytes, tell).expect(INTO_MEMORY);
    bytes
}

/// An object on its way out.
pub struct Lines<'w> {
    out: BufWriter<&'w mut (dyn Write + Send)>,
    /// Whether a key stands before.
    begun: bool,
}

impl Lines<'_> {
    /// A list of what comes of so many items.
    fn pieces(&mut self, items: usize, render: Render) -> Result<()> {
        self.out.write_all(b"[")?;
        let (mut begin, mut many) = (0, PIECES);
        let (mut ready, mut any): (Vec<Vec<u8>>, bool) = (Vec::new(), false);
        while begin < items || !ready.is_empty() {
            let batch = begin..(begin + many).min(items);
            begin = batch.end;
            let write = || write_pieces(&mut self.out, &ready, &mut any);
            let (written, rendered) = rayon::join(write, || render_batch(batch, render));
            written?;
            match rendered.iter().map(Vec::len).sum::<usize>() {
                short if short < BATCH_BYTES / 2 => many *= 2,
                long if long > BATCH_BYTES * 2 => many = (many / 2).max(1),
                _ => {}
            }
            ready = rendered;
        }
        self.out.write_all(if any { b"\n]" } else { b"]" })
    }

    fn key(&mut self, key: &str) -> Result<()> {
        self.out.write_all(if self.begun { b",\n" } else { b"\n" })?;
        self.begun = true;
        compact(&mut self.out, key)?;
        self.out.write_all(b":")
    }
}

impl Keys for Lines<'_> {
    type Error = std::io::Error;

    fn value(&mut self, key: &str, value: impl Serialize) -> Result<()> {
        self.key(key)?;
        compact(&mut self.out, &value)
    }

    fn list<'i, I: Sync, L: IntoIterator<Item: Serialize>>(
        &mut self,
        key: &str,
        items: &'i [I],
        elements: impl Fn(&'i I) -> L + Sync,
    ) -> Result<()> {
        self.key(key)?;
        self.pieces(items.len(), &|places, text| {
            for element in items[places].iter().flat_map(&elements) {
                text.extend(b",\n");
                compact(text, &element).expect(INTO_MEMORY);
            }
        })
    }
}

/// Puts the elements of the items in these places, a comma before each, behind a text.
type Render<'a> = &'a (dyn Fn(Range<usize>, &mut Vec<u8>) + Sync);

/// The elements of the items in these places, in texts that follow each other.
fn render_batch(batch: Range<usize>, render: Render) -> Vec<Vec<u8>> {
    let piece = batch.len().div_ceil(PIECES).max(1);
    parallel::numbers(batch.len().div_ceil(piece), |number| {
        let first = batch.start + number * piece;
        let mut text = Vec::new();
        render(first..(first + piece).min(batch.end), &mut text);
        text
    })
}

/// Writes pieces, less the comma before the list's first element.
fn write_pieces(out: &mut impl Write, pieces: &[Vec<u8>], any: &mut bool) -> Result<()> {
    for piece in pieces.iter().filter(|piece| !piece.is_empty()) {
        out.write_all(if *any { piece } else { &piece[1..] })?;
        *any = true;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(tell: impl FnOnce(&mut Lines) -> Result<()>) -> String {
        String::from_utf8(lines(tell)).unwrap()
    }

    #[test]
    fn keys_and_elements_stand_on_lines_of_their_own() {
        let text = text(|keys| {
            keys.value("a\"", serde_json::json!({"b": [1, 2]}))?;
            keys.list("none", &[0; 0], |n| [*n])?;
            keys.list("none of any", &[1, 2, 3], |_| [0; 0])?;
            keys.list("some", &[0, 2, 0, 1], |n| vec!["\n"; *n])
        });
        let expected = "{\n\"a\\\"\":{\"b\":[1,2]},\n\"none\":[],\n\"none of any\":[],\n\
                        \"some\":[\n\"\\n\",\n\"\\n\",\n\"\\n\"\n]\n}\n";
        assert_eq!(text, expected);
    }

    /// Long enough for many batches; items of all sizes, none among them.
    #[test]
    fn batches_follow_each_other_in_order() {
        let items: Vec<usize> = (0..3000).collect();
        let elements = |n: &usize| (0..*n % 7).map(|k| "x".repeat(k * 400)).collect::<Vec<String>>();
        let text = text(|keys| keys.list("all", &items, elements));
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        let expected: Vec<String> = items.iter().flat_map(elements).collect();
        assert!(text.len() > BATCH_BYTES && read["all"] == serde_json::json!(expected));
        assert_eq!(text.lines().count(), expected.len() + 4);
    }

    #[test]
    fn what_cannot_be_written_stops_at_once() {
        struct Full(usize);
        impl Write for Full {
            fn write(&mut self, bytes: &[u8]) -> Result<usize> {
                self.0 = self.0.checked_sub(bytes.len()).ok_or(std::io::ErrorKind::StorageFull)?;
                Ok(bytes.len())
            }
            fn flush(&mut self) -> Result<()> {
                Ok(())
            }
        }
        let items = vec![0u64; 1_000_000];
        let made = std::sync::atomic::AtomicUsize::new(0);
        let count = |n: &u64| [*n + made.fetch_add(1, std::sync::atomic::Ordering::Relaxed) as u64];
        let ended = write_lines(&mut Full(100), |keys| keys.list("all", &items, count));
        assert_eq!(ended.unwrap_err().kind(), std::io::ErrorKind::StorageFull);
        assert!(made.into_inner() < 100_000);
    }
}
