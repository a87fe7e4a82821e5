//! Workbooks and letters are archives of parts; here their bytes become the same on every system.

/// What begins an entry of an archive's directory, and how long one is without its texts.
const ENTRY: &[u8] = b"PK\x01\x02";
const ENTRY_LENGTH: usize = 46;
/// What begins the end of an archive that has no comment, and how long it is.
const END: &[u8] = b"PK\x05\x06";
const END_LENGTH: usize = 22;
/// Where an entry tells the system, and the attributes that files and folders have on DOS.
const SYSTEM: usize = 5;
const DOS_MARKS: usize = 38;
/// The system whose file attributes an entry has, as the library notes it where it runs on Unix.
const UNIX: u8 = 3;

/// Says of each part that it was made on Unix, where folders have no mark of DOS: the library notes the system it runs on. What
/// is no archive stays as it is.
pub(super) fn same_everywhere(mut archive: Vec<u8>) -> Vec<u8> {
    let mut at = directory(&archive).unwrap_or(archive.len());
    while archive.get(at..).is_some_and(|rest| rest.starts_with(ENTRY) && rest.len() >= ENTRY_LENGTH) {
        archive[at + SYSTEM] = UNIX;
        archive[at + DOS_MARKS] = 0;
        let texts: usize = [28, 30, 32].iter().map(|field| usize::from(number(&archive, at + field))).sum();
        at += ENTRY_LENGTH + texts;
    }
    archive
}

/// Where the directory begins.
fn directory(archive: &[u8]) -> Option<usize> {
    let end = archive.len().checked_sub(END_LENGTH)?;
    let is_end = archive[end..].starts_with(END);
    is_end.then(|| usize::from(number(archive, end + 16)) | usize::from(number(archive, end + 18)) << 16)
}

fn number(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Write};
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    #[test]
    fn the_system_of_each_part_is_the_same() {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for name in ["one", "部分"] {
            writer.start_file(name, SimpleFileOptions::default()).expect("begun");
            writer.write_all(b"text").expect("written");
        }
        let here = writer.finish().expect("finished").into_inner();
        let first = directory(&here).expect("an archive");
        let second = first + ENTRY_LENGTH + 3 + usize::from(number(&here, first + 30));
        let mut elsewhere = here.clone();
        (elsewhere[first + SYSTEM], elsewhere[second + SYSTEM], elsewhere[second + DOS_MARKS]) = (0, 10, 0x10);
        assert_eq!(same_everywhere(elsewhere), same_everywhere(here.clone()));
        assert_eq!(same_everywhere(b"no archive".to_vec()), b"no archive");
    }
}
