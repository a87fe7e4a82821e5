//! Files that are no text at all, told by their first bytes: a workbook renamed to .csv, UTF-16 without its mark.

use crate::lang::{Words, say, words};
use crate::text::charset::Charset;
use crate::trouble::Trouble;

/// How many bytes are looked at.
pub const HEAD: usize = 4096;

/// What a file begins with, and what it is then.
const SIGNATURES: [(&[u8], Words); 12] = [
    (b"PK\x03\x04", words(" Excel 工作簿（.xlsx）或 ZIP 压缩包", "an Excel workbook (.xlsx) or a ZIP archive")),
    (b"\xd0\xcf\x11\xe0", words("旧版 Excel 工作簿（.xls）", "an Excel workbook of the old kind (.xls)")),
    (b"\x1f\x8b", words(" gzip 压缩文件", "a gzip archive")),
    (b"Rar!", words(" RAR 压缩包", "a RAR archive")),
    (b"7z\xbc\xaf", words(" 7z 压缩包", "a 7z archive")),
    (b"%PDF-", words(" PDF 文档", "a PDF document")),
    (b"\x89PNG", words("图片", "a picture")),
    (b"\xff\xd8\xff", words("图片", "a picture")),
    (b"SQLite format 3", words(" SQLite 数据库", "a SQLite database")),
    (b"<!doc", words("网页（HTML）", "a web page (HTML)")),
    (b"<html", words("网页（HTML）", "a web page (HTML)")),
    (b"<?xml", words(" XML 文件", "an XML file")),
];

/// Stops at a file that is none of text, or of text in an encoding that has to be named.
pub fn check(bytes: &[u8], charset: Option<Charset>, shown: &str) -> Result<(), Trouble> {
    let lower = bytes[..bytes.len().min(5)].to_ascii_lowercase();
    let starts = |signature: &&(&[u8], Words)| bytes.starts_with(signature.0) || lower.starts_with(signature.0);
    if let Some((_, what)) = SIGNATURES.iter().find(starts) {
        let found = say(format!("这不是文本，而是{}", what.zh), format!("it is no text, but {}", what.en));
        return Err(no_table(found, shown));
    }
    if charset.is_some_and(Charset::is_utf16) {
        return Ok(());
    }
    let head = &bytes[..bytes.len().min(HEAD)];
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    // A damaged cell has a few; every ASCII character of UTF-16 has one, and always in the same place.
    if (even + odd) * 20 < head.len() || head.is_empty() {
        return Ok(());
    }
    match (even, odd) {
        (0, _) => Err(unmarked(Charset::Utf16Le, shown)),
        (_, 0) => Err(unmarked(Charset::Utf16Be, shown)),
        _ => Err(no_table(words("这不是文本文件（含大量 NUL 字节）", "it is no text: it is full of NUL bytes"), shown)),
    }
}

/// A file that holds no table of a kind that is read.
pub fn no_table(found: Words, shown: &str) -> Trouble {
    let required = words("CSV 或 TSV 文本，或 Excel 工作簿", "CSV or TSV text, or an Excel workbook");
    Trouble::new(found).file(shown).required(required).remedy(words(
        "在原程序中打开（压缩包先解压），另存为“CSV UTF-8（逗号分隔）”，再用那个文件",
        "open it in its own program (unpack an archive), save it as \"CSV UTF-8 (comma delimited)\", and use that file",
    ))
}

fn unmarked(charset: Charset, shown: &str) -> Trouble {
    let name = charset.name();
    Trouble::new(say(
        format!("这像是没有字节序标记的 {name} 文本"),
        format!("it looks like {name} text without a byte order mark"),
    ))
    .file(shown)
    .remedy(say(
        format!("加 --encoding {name}（本次所有文件都按它读取），或另存为 UTF-8"),
        format!("give --encoding {name}, which then holds for all files of the run, or save the file as UTF-8"),
    ))
}
