//! A file's bytes in order and in pieces that end with records, hashed on their way.
//!
//! Pieces are read one after the other, by whoever is free, and taken apart beside each other. No more of a file than its
//! piece is in memory, but for UTF-16, which is transcoded whole, and what has been taken out of files, as the sheets of
//! workbooks.

use crate::lang::words;
use crate::text::charset::decoded::Decoded;
use crate::text::charset::utf16::Transcoded;
use crate::text::charset::{self, Charset, guess};
use crate::text::csv::{boundaries, reader};
use crate::text::files;
use crate::text::gzip::{self, Unpacked};
use crate::text::inside::Storage;
use crate::text::signatures;
use crate::text::workbook::{Sheet, lines};
use crate::trouble::Trouble;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

/// How much is read at a time at most: in a file ordered by time a piece should still hold several rows of each manager.
pub const PIECE: usize = 8 << 20;
/// How much is read at a time at least: towards a file's end pieces grow smaller, so that all who read end together.
const SMALL_PIECE: usize = 1 << 20;
/// A piece is at most this part of what is left.
const PARTS: u64 = 5;
/// A row that does not end within this many bytes is none.
const LONGEST: usize = 1 << 30;
/// So many lines are in memory when the header is looked for.
const HEAD_LINES: usize = 14;

/// The beginning of a file's text.
#[derive(Clone, Copy)]
pub struct Text<'a> {
    pub bytes: &'a [u8],
    pub charset: Charset,
    /// What ends a line.
    pub newline: u8,
    /// The sheet of a workbook that it was made of.
    pub sheet: Option<&'a Sheet>,
}

/// A header that was found in the text that a file begins with.
pub trait HeaderRow {
    fn delimiter(&self) -> u8;
    /// Its bytes in the text, line end included.
    fn place(&self) -> (usize, usize);
}

/// What a file's first bytes tell.
pub struct Head<H> {
    pub charset: Charset,
    /// Whether nothing but the first bytes speaks for the encoding.
    pub assumed: bool,
    pub header: H,
    /// The byte order mark and the header's own bytes.
    pub bytes: Vec<u8>,
    /// What ends a line.
    pub newline: u8,
    /// On which line the rows begin, 0 being the first of the file.
    pub line: u32,
    pub transcoded: Option<Arc<Transcoded>>,
    /// The sheet of a workbook.
    pub sheet: Option<Sheet>,
}

/// The rest of a file, in pieces.
pub struct Feed<'a> {
    input: Input<'a>,
    shown: &'a str,
    delimiter: u8,
    hash: Sha256,
    /// Of the file that the text was taken out of.
    sha256: Option<String>,
    /// How much of what is packed may still be unpacked, of how much.
    allowed: u64,
    most: u64,
    /// Read, but not yet handed out.
    held: Vec<u8>,
    /// Where the next piece begins in the text.
    at: usize,
    number: usize,
    ended: bool,
    /// How much is read at a time at most.
    piece: usize,
    /// How much of the input is left to be read, where that is known.
    left: u64,
    /// Told of every byte that has been read.
    progress: &'a (dyn Fn(u64) + Sync),
}

enum Input<'a> {
    File(File),
    Gzip(Box<Unpacked<'a>>),
    /// A text that was made of the whole file, and how much of it has been read.
    Memory(Arc<Vec<u8>>, usize),
}

/// A piece of a file.
pub struct Piece {
    pub number: usize,
    /// Where it begins in the text, behind a byte order mark.
    pub at: usize,
    pub is_last: bool,
}

/// What is known of a file before it is opened.
pub struct Opening<'a> {
    pub path: &'a Path,
    pub shown: &'a str,
    pub storage: &'a Storage,
    pub charset: Option<Charset>,
    /// What is packed unpacks to no more bytes than this.
    pub most: u64,
    pub piece: usize,
    pub progress: &'a (dyn Fn(u64) + Sync),
}

/// Finds the header in the text that a file begins with.
pub type FindHeader<'f, H> = dyn Fn(&Text) -> Result<H, Trouble> + 'f;

impl<'a> Feed<'a> {
    pub fn open<H: HeaderRow>(opening: &Opening<'a>, find_header: &FindHeader<H>) -> Result<(Head<H>, Self), Trouble> {
        let (input, sha256, left) = match opening.storage {
            Storage::OnDisk => {
                let file = File::open(opening.path).map_err(|error| files::unreadable(opening.shown, &error))?;
                let left = file.metadata().map_or(0, |file| file.len());
                (Input::File(file), None, left)
            }
            Storage::Held(held) => {
                let length = held.text.len() as u64;
                (opening.progress)(length);
                (Input::Memory(held.text.clone(), 0), Some(held.sha256.clone()), length)
            }
        };
        let mut feed = Self {
            input,
            left,
            shown: opening.shown,
            delimiter: b',',
            hash: Sha256::new(),
            sha256,
            allowed: opening.most,
            most: opening.most,
            held: Vec::new(),
            at: 0,
            number: 0,
            ended: false,
            piece: opening.piece.max(1),
            progress: opening.progress,
        };
        feed.unpack()?;
        let head = feed.read_text(opening, opening.storage.sheet().cloned(), find_header)?;
        Ok((head, feed))
    }

    /// Begins to read, and finds the text in what is packed.
    fn unpack(&mut self) -> Result<(), Trouble> {
        self.read(self.least().max(signatures::HEAD))?;
        if self.held.starts_with(gzip::MAGIC) {
            let (ahead, hash) = (std::mem::take(&mut self.held), std::mem::take(&mut self.hash));
            match std::mem::replace(&mut self.input, Input::Memory(Arc::default(), 0)) {
                Input::File(file) => {
                    self.input = Input::Gzip(Box::new(Unpacked::new(ahead, file, hash, self.progress)));
                    self.left = 0;
                    self.read(self.least().max(signatures::HEAD))?;
                }
                // What was packed has been unpacked where it was taken out.
                other => (self.input, self.held) = (other, ahead),
            }
        }
        Ok(())
    }

    /// Looks at the first bytes of the text, and leaves what stands behind the header.
    fn read_text<H: HeaderRow>(
        &mut self,
        opening: &Opening<'a>,
        sheet: Option<Sheet>,
        find_header: &FindHeader<H>,
    ) -> Result<Head<H>, Trouble> {
        let marked = charset::marked(&self.held).filter(|_| sheet.is_none());
        let asked = if sheet.is_some() { Some(Charset::Utf8) } else { opening.charset };
        let charset = asked.or(marked.map(|(charset, _)| charset));
        if sheet.is_none() {
            signatures::check(&self.held, charset, opening.shown)?;
        }
        self.read_head()?;
        let bom = marked.filter(|(marked, _)| charset == Some(*marked)).map_or(0, |(_, length)| length);
        let (charset, assumed) = match charset {
            Some(charset) => (charset, false),
            None => self.assume_charset(opening)?,
        };
        let mark = if sheet.is_some() { charset::BOM.to_vec() } else { self.held[..bom].to_vec() };
        let transcoded = if charset.is_utf16() { Some(self.transcode(bom, charset)?) } else { None };
        self.held.drain(..if transcoded.is_some() { 0 } else { bom });
        let newline = if sheet.is_some() { lines::NEWLINE } else { reader::newline(&self.held) };
        let text = Text { bytes: &self.held, charset, newline, sheet: sheet.as_ref() };
        let header = find_header(&text)?;
        let (start, end) = header.place();
        let original = match &transcoded {
            Some(transcoded) => transcoded.original(start, end),
            None => &self.held[start..end],
        };
        let line = reader::count(newline, &self.held[..end]);
        let bytes = [&mark, original].concat();
        self.delimiter = header.delimiter();
        self.at = end;
        self.held.drain(..end);
        Ok(Head { charset, assumed, header, bytes, newline, line, transcoded, sheet })
    }

    /// The encoding that the first lines are in, which nothing else speaks for as yet; where they are in none throughout,
    /// the whole file tells.
    fn assume_charset(&self, opening: &Opening) -> Result<(Charset, bool), Trouble> {
        let whole = memchr::memrchr(b'\n', &self.held).filter(|_| !self.ended).map_or(self.held.len(), |last| last + 1);
        let is_in = |charset: &Charset| !Decoded::new(&self.held[..whole], *charset).is_broken;
        match [Charset::Utf8, Charset::Gb18030].into_iter().find(is_in) {
            Some(charset) => Ok((charset, true)),
            None => Ok((guess::guess(opening.storage, opening.path, opening.shown)?, false)),
        }
    }

    /// Reads up to `most` more bytes into `held`.
    fn read(&mut self, most: usize) -> Result<(), Trouble> {
        let before = self.held.len();
        match &mut self.input {
            Input::File(file) => {
                self.held.reserve(most);
                let read = file.by_ref().take(most as u64).read_to_end(&mut self.held);
                (self.progress)(read.map_err(|error| files::unreadable(self.shown, &error))? as u64);
                self.hash.update(&self.held[before..]);
            }
            Input::Gzip(unpacked) => {
                let read = unpacked.take(most as u64).read_to_end(&mut self.held);
                let read = read.map_err(|error| gzip::broken(self.shown, &error))?;
                let allowed = self.allowed.checked_sub(read as u64);
                self.allowed = allowed.ok_or_else(|| files::too_much(self.shown, self.most))?;
            }
            Input::Memory(text, at) => {
                let rest = &text[*at..];
                let taken = rest.len().min(most);
                self.held.extend(&rest[..taken]);
                *at += taken;
            }
        }
        let read = self.held.len() - before;
        self.left = self.left.saturating_sub(read as u64);
        self.ended = read < most;
        Ok(())
    }

    /// All that there is of the input.
    fn read_all(&mut self) -> Result<Vec<u8>, Trouble> {
        while !self.ended {
            self.read(self.held.len().max(self.piece))?;
        }
        Ok(std::mem::take(&mut self.held))
    }

    /// Goes on with a text that was made of all that there is of the input.
    fn read_instead(&mut self, text: Arc<Vec<u8>>) -> Result<(), Trouble> {
        self.left = text.len() as u64;
        if let Input::Gzip(unpacked) = std::mem::replace(&mut self.input, Input::Memory(text, 0)) {
            self.hash = unpacked.into_hash();
        }
        self.ended = false;
        self.read_head()
    }

    fn transcode(&mut self, bom: usize, charset: Charset) -> Result<Arc<Transcoded>, Trouble> {
        let transcoded = Arc::new(Transcoded::new(self.read_all()?, bom, charset));
        self.read_instead(transcoded.text.clone())?;
        Ok(transcoded)
    }

    /// Reads enough to find the header in.
    fn read_head(&mut self) -> Result<(), Trouble> {
        let lines = |held: &[u8]| memchr::memchr_iter(b'\n', held).take(HEAD_LINES).count();
        while !self.ended && lines(&self.held) < HEAD_LINES {
            if self.held.len() > LONGEST {
                return Err(self.endless());
            }
            self.read(self.more())?;
        }
        Ok(())
    }

    /// Puts the next piece in place of what is in `piece`; `None` when there is none.
    pub fn next(&mut self, piece: &mut Vec<u8>) -> Result<Option<Piece>, Trouble> {
        let mut whole = boundaries::whole(&self.held, self.delimiter);
        while whole == 0 && !self.ended {
            if self.held.len() > LONGEST {
                return Err(self.endless());
            }
            self.read(self.more())?;
            whole = boundaries::whole(&self.held, self.delimiter);
        }
        let length = if whole == 0 { self.held.len() } else { whole };
        if length == 0 {
            return Ok(None);
        }
        piece.clear();
        piece.extend(&self.held[length..]);
        std::mem::swap(piece, &mut self.held);
        piece.truncate(length);
        let handed = Piece { number: self.number, at: self.at, is_last: self.held.is_empty() && self.ended };
        self.at += length;
        self.number += 1;
        Ok(Some(handed))
    }

    /// How much to read where a row has not ended: as much again, but little beyond what a row may have.
    fn more(&self) -> usize {
        let most = LONGEST.saturating_sub(self.held.len()) + 1;
        let part = usize::try_from(self.left / PARTS).unwrap_or(usize::MAX);
        self.held.len().max(part.clamp(self.least(), self.piece)).min(most)
    }

    fn least(&self) -> usize {
        SMALL_PIECE.min(self.piece)
    }

    /// Hands out nothing more.
    pub fn stop(&mut self) {
        self.held.clear();
        self.ended = true;
    }

    fn endless(&self) -> Trouble {
        Trouble::new(words(
            "有一行在 1 GB 之内没有结束：某处的引号没有闭合，或这不是表格文件",
            "a row does not end within 1 GB: a quote never closes, or this is no table",
        ))
        .file(self.shown)
        .remedy(words("重新导出该文件", "export the file again"))
    }

    /// The SHA-256 of the file, once all of it has been read.
    pub fn sha256(self) -> String {
        if let Some(sha256) = self.sha256 {
            return sha256;
        }
        let hash = match self.input {
            Input::Gzip(unpacked) => unpacked.into_hash(),
            _ => self.hash,
        };
        crate::digest::hex(&hash.finalize())
    }
}
