//! The program as the test sees it: a folder of files, a command line, a JSON answer.

use super::{Org, Table};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Encoding {
    Utf8,
    Utf8Bom,
    Gb18030,
    Utf16Le,
    Utf16Be,
}

/// How a folder is written; the default is what the plain reading reads.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    pub encoding: Encoding,
    pub delimiter: u8,
    /// Files per kind.
    pub parts: usize,
    /// What the files' names begin with.
    pub named: &'static str,
}

impl Default for Style {
    fn default() -> Style {
        Style { encoding: Encoding::Utf8, delimiter: b',', parts: 1, named: "" }
    }
}

fn encode(text: &str, encoding: Encoding) -> Vec<u8> {
    let wide = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    match encoding {
        Encoding::Utf8 => text.as_bytes().to_vec(),
        Encoding::Utf8Bom => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        Encoding::Gb18030 => {
            let bytes = encoding_rs::GB18030.encode(text).0.into_owned();
            // A file whose few Chinese characters happen to be UTF-8 too is UTF-8 to any reader (§2.2).
            if std::str::from_utf8(&bytes).is_ok() { text.as_bytes().to_vec() } else { bytes }
        }
        Encoding::Utf16Le => [&b"\xff\xfe"[..], &wide(u16::to_le_bytes)].concat(),
        Encoding::Utf16Be => [&b"\xfe\xff"[..], &wide(u16::to_be_bytes)].concat(),
    }
}

fn csv_text(table: &Table, rows: &[Vec<String>], delimiter: u8) -> String {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    writer.write_record(&table.header).unwrap();
    for row in rows {
        writer.write_record(row).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

pub(crate) fn write_folder(org: &Org, style: Style, folder: &Path) {
    for table in &org.tables {
        let size = table.rows.len().div_ceil(style.parts).max(1);
        let mut parts: Vec<&[Vec<String>]> = table.rows.chunks(size).collect();
        if parts.is_empty() {
            parts.push(&[]);
        }
        for (i, rows) in parts.into_iter().enumerate() {
            let bytes = encode(&csv_text(table, rows, style.delimiter), style.encoding);
            std::fs::write(folder.join(format!("{}{}-{}.csv", style.named, table.kind, i + 1)), bytes).unwrap();
        }
    }
    std::fs::write(folder.join("rules.toml"), org.params.toml()).unwrap();
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub code: i32,
    pub stdout: Vec<u8>,
    pub json: Value,
}

/// Runs `check`; anything but an answer is the error.
pub(crate) fn check(org: &Org, style: Style, threads: usize) -> Result<Answer, String> {
    let folder = tempfile::tempdir().unwrap();
    write_folder(org, style, folder.path());
    let mut command = Command::new(env!("CARGO_BIN_EXE_baifang"));
    command.current_dir(folder.path()).env("RAYON_NUM_THREADS", threads.to_string());
    command.args(["check", "--data", ".", "--rules", "rules.toml", "--format", "json", "--findings", "all"]);
    command.args(["--month", &org.month.to_string()]);
    if let Some(date) = org.as_of {
        command.args(["--as-of", &date.to_string()]);
    }
    let output = command.output().map_err(|e| e.to_string())?;
    let code = output.status.code().unwrap_or(-1);
    let stderr = String::from_utf8_lossy(&output.stderr);
    if ![0, 1, 3].contains(&code) {
        return Err(format!("exit code {code}: {stderr}"));
    }
    let json = serde_json::from_slice(&output.stdout).map_err(|e| format!("{e}; exit code {code}: {stderr}"))?;
    Ok(Answer { code, stdout: output.stdout, json })
}

/// The folder as text, for a failing case's message.
pub(crate) fn folder_text(org: &Org) -> String {
    let mut out = format!("--month {}{}\n", org.month, org.as_of.map_or(String::new(), |d| format!(" --as-of {d}")));
    out.push_str(&format!("== rules.toml\n{}", org.params.toml()));
    for table in &org.tables {
        out.push_str(&format!("== {}-1.csv\n{}", table.kind, csv_text(table, &table.rows, b',')));
    }
    out
}
