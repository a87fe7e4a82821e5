//! The grammar of CSV against the public corpus csv-spectrum (an npm package): files with what a reader must make of them.
//!
//! The corpus is not part of the project: `.ci/run` fetches it and names its folder in `BAIFANG_SPECTRUM`.

use crate::harness::tools;
use crate::harness::trials::Outcome;
use baifang::text::csv::reader::{Records, newline};
use serde_json::{Map, Value};

/// Its quotes stand in the middle of unquoted fields, its bytes are no text, and its JSON says something else.
const LEFT_OUT: &str = "location_coordinates";

/// The rows below the header, each by the header's names.
fn read(text: &[u8]) -> Vec<Value> {
    let mut records = Records::new(text, b',', newline(text));
    let mut rows: Vec<Vec<String>> = Vec::new();
    while let Ok(row) = records.next_row() {
        rows.push(row.fields().map(|field| String::from_utf8(field.to_vec()).expect("UTF-8")).collect());
    }
    let header = rows.remove(0);
    let named = |row: Vec<String>| -> Map<String, Value> {
        assert_eq!(row.len(), header.len(), "{row:?}");
        header.iter().cloned().zip(row.into_iter().map(Value::String)).collect()
    };
    rows.into_iter().map(|row| Value::Object(named(row))).collect()
}

#[test]
fn a_public_corpus_is_read_as_it_says() -> Outcome {
    let folder = tools::corpus()?;
    let mut compared = 0;
    for entry in std::fs::read_dir(folder.join("csvs")).expect("the corpus's folder csvs") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if name == LEFT_OUT {
            continue;
        }
        let json = std::fs::read(folder.join("json").join(format!("{name}.json"))).expect("what must be read");
        let expected: Vec<Value> = serde_json::from_slice(&json).expect("JSON");
        assert_eq!(read(&std::fs::read(&path).expect("a file")), expected, "{name}");
        compared += 1;
    }
    assert!(compared >= 10, "only {compared} files of the corpus were found");
    Ok(())
}
