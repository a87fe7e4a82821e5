//! Files packed with gzip: unpacked on their way, hashed as they lie on the disk.

use crate::lang::words;
use crate::text::files::unreadable;
use crate::trouble::Trouble;
use flate2::read::MultiGzDecoder;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Chain, Cursor, Read};

/// What every gzip file begins with.
pub const MAGIC: &[u8] = b"\x1f\x8b";

/// The text in a gzip file; several members one behind the other are one text.
pub struct Unpacked<'a>(MultiGzDecoder<Chain<Cursor<Vec<u8>>, Hashed<'a>>>);

/// The rest of a file, hashed as it is read.
struct Hashed<'a> {
    file: File,
    hash: Sha256,
    progress: &'a (dyn Fn(u64) + Sync),
}

impl Read for Hashed<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.hash.update(&buffer[..read]);
        (self.progress)(read as u64);
        Ok(read)
    }
}

impl<'a> Unpacked<'a> {
    /// `ahead` has been read and hashed already.
    pub fn new(ahead: Vec<u8>, file: File, hash: Sha256, progress: &'a (dyn Fn(u64) + Sync)) -> Self {
        Self(MultiGzDecoder::new(Cursor::new(ahead).chain(Hashed { file, hash, progress })))
    }

    /// Of the packed file, once all of it has been read.
    pub fn into_hash(self) -> Sha256 {
        self.0.into_inner().into_inner().1.hash
    }
}

impl Read for Unpacked<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

/// A file's text from its beginning, unpacked if need be.
pub fn open(path: &std::path::Path) -> io::Result<Box<dyn Read>> {
    let mut file = File::open(path)?;
    let mut ahead = Vec::new();
    file.by_ref().take(MAGIC.len() as u64).read_to_end(&mut ahead)?;
    let packed = ahead == MAGIC;
    let whole = Cursor::new(ahead).chain(file);
    Ok(if packed { Box::new(MultiGzDecoder::new(whole)) } else { Box::new(whole) })
}

/// What has stopped the unpacking: the disk, or what is on it.
pub fn broken(shown: &str, error: &io::Error) -> Trouble {
    if error.raw_os_error().is_some() {
        return unreadable(shown, error);
    }
    let found = match error.kind() {
        io::ErrorKind::UnexpectedEof => {
            words("gzip 文件不完整：在中途断了", "the gzip file is cut short: it ends in the middle")
        }
        _ => words("gzip 文件已损坏，无法解压", "the gzip file is damaged and cannot be unpacked"),
    };
    Trouble::new(found).file(shown).remedy(words("重新下载或导出该文件", "download or export the file again"))
}
