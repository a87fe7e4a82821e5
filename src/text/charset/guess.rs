//! The encoding of a file that is not UTF-8 throughout.

use crate::text::charset::Charset;
use crate::text::inside::Storage;
use crate::text::{files, gzip};
use crate::trouble::Trouble;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

const LONGEST: u64 = 64 << 20;

/// Whichever of UTF-8 and GB18030 leaves fewer undecodable lines, UTF-8 on a tie.
pub fn guess(storage: &Storage, path: &Path, shown: &str) -> Result<Charset, Trouble> {
    let unreadable = |error: std::io::Error| files::unreadable(shown, &error);
    let mut reader = BufReader::with_capacity(1 << 20, storage.open(path).map_err(unreadable)?);
    let (mut of_utf8, mut of_gb18030) = (0u64, 0u64);
    let mut line = Vec::new();
    loop {
        line.clear();
        // What goes on longer than any row is cut: it is none.
        let read = reader.by_ref().take(LONGEST).read_until(b'\n', &mut line);
        if read.map_err(|error| gzip::broken(shown, &error))? == 0 {
            break;
        }
        let line = line.strip_suffix(b"\n").unwrap_or(&line);
        if !line.is_ascii() {
            of_utf8 += u64::from(Charset::Utf8.decode(line).is_none());
            of_gb18030 += u64::from(Charset::Gb18030.decode(line).is_none());
        }
    }
    Ok(if of_gb18030 < of_utf8 { Charset::Gb18030 } else { Charset::Utf8 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::charset::marked;
    use encoding_rs::GB18030;

    fn guessed(raw: &[u8]) -> Charset {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), raw).unwrap();
        guess(&Storage::OnDisk, file.path(), "f.csv").unwrap()
    }

    #[test]
    fn the_encoding_is_told_from_mark_and_content() {
        let gb = GB18030.encode("客户编码,客户名称\n喆,㛃").0.into_owned();
        assert_eq!(guessed(&gb), Charset::Gb18030);
        assert_eq!(marked(b"\xff\xfea\0"), Some((Charset::Utf16Le, 2)));
        assert_eq!(marked(b"\xfe\xff\0a"), Some((Charset::Utf16Be, 2)));
        assert_eq!(marked(b"\xef\xbb\xbfa"), Some((Charset::Utf8, 3)));
        assert_eq!(marked(b"plain"), None);
    }

    #[test]
    fn one_broken_line_does_not_turn_a_file() {
        let mut utf8 = "客户,编码\n客户,编码\n".repeat(5).into_bytes();
        utf8.extend(b"\xff\xff,x\n");
        assert_eq!(guessed(&utf8), Charset::Utf8);
        let mut gb = GB18030.encode("客户,编码\n").0.into_owned().repeat(5);
        gb.extend(b"\xff\xff,x\n");
        assert_eq!(guessed(&gb), Charset::Gb18030);
        assert_eq!(Charset::Gb18030.decode(b"\xff\xff"), None);
        assert_eq!(guessed(b"\xff\xff"), Charset::Utf8, "a tie");
    }
}
