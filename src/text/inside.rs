//! What a file holds: a text, the sheets of a workbook, or other files packed together.

use crate::lang::words;
use crate::text::files::{too_much, unreadable};
use crate::text::gzip;
use crate::text::signatures;
use crate::text::workbook::{self, Sheet, Workbook};
use crate::trouble::Trouble;
use flate2::read::MultiGzDecoder;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::Path;
use std::sync::Arc;
use zip::ZipArchive;

/// Of what is held in memory there is no more than this, whatever else is allowed.
const LARGEST: u64 = 1 << 30;

/// Where the text of a table is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Storage {
    /// The file is the text.
    #[default]
    OnDisk,
    /// It was taken out of a file.
    Held(Arc<Held>),
}

/// A text that was taken out of a file.
#[derive(Debug, PartialEq, Eq)]
pub struct Held {
    pub text: Arc<Vec<u8>>,
    /// Of the file that it was taken out of.
    pub sha256: String,
    /// The sheet that it is, where that is a workbook.
    pub sheet: Option<Sheet>,
}

/// What a file holds.
#[derive(Debug)]
pub enum Inside {
    Text(Storage),
    Workbook {
        /// The sheets with something in them.
        sheets: Vec<Arc<Held>>,
        /// What the hidden ones begin with, which are not read.
        hidden: Vec<Arc<Held>>,
        /// Whether the sheets are those that were asked for by name.
        is_asked: bool,
    },
}

/// A file, or one of those that are packed together in it.
#[derive(Debug)]
pub struct Part {
    /// Its name in the archive.
    pub name: Option<String>,
    pub inside: Result<Inside, Trouble>,
}

impl Storage {
    /// The text from its beginning, unpacked if need be.
    pub fn open(&self, path: &Path) -> io::Result<Box<dyn Read>> {
        match self {
            Self::OnDisk => gzip::open(path),
            Self::Held(held) => Ok(Box::new(Cursor::new(Shared(held.text.clone())))),
        }
    }

    /// Whether it is this text.
    pub fn is(&self, other: &Arc<Held>) -> bool {
        matches!(self, Self::Held(held) if Arc::ptr_eq(held, other))
    }

    pub fn sheet(&self) -> Option<&Sheet> {
        match self {
            Self::OnDisk => None,
            Self::Held(held) => held.sheet.as_ref(),
        }
    }

    /// How many bytes there are to read.
    pub fn size(&self, path: &Path) -> u64 {
        match self {
            Self::OnDisk => std::fs::metadata(path).map_or(0, |meta| meta.len()),
            Self::Held(held) => held.text.len() as u64,
        }
    }
}

impl Held {
    /// What a workbook without anything in it holds.
    pub fn empty() -> Self {
        Self { text: Arc::default(), sha256: String::new(), sheet: None }
    }
}

struct Shared(Arc<Vec<u8>>);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// Looks into a file: what it is its content tells, not its name. `asked` are the sheets that are read of workbooks which
/// have them; what is packed unpacks to no more than `most` bytes.
pub fn look(path: &Path, shown: &str, asked: &[String], most: u64) -> Result<Vec<Part>, Trouble> {
    let most = most.min(LARGEST);
    let cannot = |error: io::Error| unreadable(shown, &error);
    let mut file = File::open(path).map_err(cannot)?;
    // What is no file on a disk, as a pipe, can be read only once.
    let is_lasting = file.metadata().map_err(cannot)?.is_file();
    let mut bytes = Vec::new();
    file.by_ref().take(signatures::HEAD as u64).read_to_end(&mut bytes).map_err(cannot)?;
    let begins = beginning(&bytes);
    if is_lasting && !workbook::is_workbook(&begins) {
        return Ok(vec![Part { name: None, inside: Ok(Inside::Text(Storage::OnDisk)) }]);
    }
    let left = (most + 1).saturating_sub(bytes.len() as u64);
    file.take(left).read_to_end(&mut bytes).map_err(cannot)?;
    if bytes.len() as u64 > most {
        return Err(too_much(shown, most));
    }
    let sha256 = crate::digest::hex(&Sha256::digest(&bytes));
    if bytes.starts_with(gzip::MAGIC) {
        bytes = unpacked(&bytes, shown, most)?;
    }
    if workbook::is_archive_of_files(&bytes) {
        return members(&bytes, &sha256, shown, asked, most);
    }
    Ok(vec![Part { name: None, inside: inside(bytes, sha256, shown, asked, most) }])
}

/// What a file begins with when it is unpacked.
fn beginning(bytes: &[u8]) -> Vec<u8> {
    if !bytes.starts_with(gzip::MAGIC) {
        return bytes.to_vec();
    }
    let mut unpacked = Vec::new();
    // The end of what is packed is not there as yet.
    let _ = MultiGzDecoder::new(bytes).take(signatures::HEAD as u64).read_to_end(&mut unpacked);
    unpacked
}

fn unpacked(bytes: &[u8], shown: &str, most: u64) -> Result<Vec<u8>, Trouble> {
    let mut unpacked = Vec::new();
    let read = MultiGzDecoder::new(bytes).take(most + 1).read_to_end(&mut unpacked);
    read.map_err(|error| gzip::broken(shown, &error))?;
    if unpacked.len() as u64 > most { Err(too_much(shown, most)) } else { Ok(unpacked) }
}

fn inside(bytes: Vec<u8>, sha256: String, shown: &str, asked: &[String], most: u64) -> Result<Inside, Trouble> {
    if !workbook::is_workbook(&bytes[..bytes.len().min(signatures::HEAD)]) {
        let held = Held { text: Arc::new(bytes), sha256, sheet: None };
        return Ok(Inside::Text(Storage::Held(Arc::new(held))));
    }
    let Workbook { sheets, hidden, is_asked } = workbook::read(&bytes, asked, shown, most)?;
    let held = |(sheet, text)| Arc::new(Held { text: Arc::new(text), sha256: sha256.clone(), sheet: Some(sheet) });
    let all = |sheets: Vec<(Sheet, Vec<u8>)>| sheets.into_iter().map(held).collect();
    Ok(Inside::Workbook { sheets: all(sheets), hidden: all(hidden), is_asked })
}

/// The files of an archive, but for those that systems put beside them.
fn members(bytes: &[u8], sha256: &str, shown: &str, asked: &[String], most: u64) -> Result<Vec<Part>, Trouble> {
    let broken = || {
        Trouble::new(words("ZIP 压缩包已损坏，无法解压", "the ZIP archive is damaged and cannot be unpacked"))
            .file(shown)
            .remedy(words("重新下载或导出该文件", "download or export the file again"))
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken())?;
    let listed = listed(bytes, archive.central_directory_start());
    let is_twice = |name: &[u8]| listed.iter().filter(|other| **other == name).count() > 1;
    let (mut parts, mut left) = (Vec::new(), most);
    for number in 0..archive.len() {
        let member = archive.by_index(number).map_err(|_| broken())?;
        let name = name_of(member.name_raw());
        let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
        if member.is_dir() || last.is_empty() || last.starts_with(['.', '~']) || name.starts_with("__MACOSX") {
            continue;
        }
        let member_shown = format!("{shown}/{name}");
        if is_twice(member.name_raw()) {
            parts.push(Part { name: Some(name), inside: Err(twice(&member_shown)) });
            continue;
        }
        let mut bytes = Vec::new();
        member.take(left + 1).read_to_end(&mut bytes).map_err(|_| broken())?;
        left = left.checked_sub(bytes.len() as u64).ok_or_else(|| too_much(shown, most))?;
        let unpacked = || {
            let bytes = if bytes.starts_with(gzip::MAGIC) { unpacked(&bytes, &member_shown, left)? } else { bytes };
            inside(bytes, sha256.to_owned(), &member_shown, asked, most)
        };
        parts.push(Part { inside: unpacked(), name: Some(name) });
    }
    Ok(parts)
}

/// The names that an archive lists, as they stand in its central directory: of several files of one name `ZipArchive` knows
/// the last.
fn listed(bytes: &[u8], directory: u64) -> Vec<&[u8]> {
    const ENTRY: usize = 46;
    const LENGTHS: [usize; 3] = [28, 30, 32];
    let mut names = Vec::new();
    let mut rest = usize::try_from(directory).ok().and_then(|at| bytes.get(at..)).unwrap_or_default();
    while let Some(entry) = rest.get(..ENTRY).filter(|entry| entry.starts_with(b"PK\x01\x02")) {
        let [name, extra, comment] = LENGTHS.map(|at| usize::from(u16::from_le_bytes([entry[at], entry[at + 1]])));
        names.extend(rest.get(ENTRY..ENTRY + name));
        rest = rest.get(ENTRY + name + extra + comment..).unwrap_or_default();
    }
    names
}

fn twice(shown: &str) -> Trouble {
    Trouble::new(words(
        "压缩包里有两个同名的文件，分不清该读哪一个",
        "the archive holds two files of this name, and which is meant cannot be told",
    ))
    .file(shown)
    .remedy(words(
        "改名后重新打包，或解压后放入数据文件夹",
        "pack it again with names that differ, or unpack it into the data folder",
    ))
}

/// Names in archives are in UTF-8, or in the encoding of the system that packed them.
fn name_of(raw: &[u8]) -> String {
    match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => encoding_rs::GB18030.decode(raw).0.into_owned(),
    }
}
