//! The same rows as CSV, packed, as a workbook and as an old workbook (SPEC §2).

use crate::harness::*;
use flate2::Compression;
use flate2::write::GzEncoder;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use serde_json::Value;
use std::io::Write;

type Rows = Vec<Vec<String>>;

/// The kinds of `tests/workbooks/september`, each with the column that must lie in September.
const KINDS: [(&str, Option<&str>); 4] =
    [("customers", None), ("visits", Some("started_at")), ("plans", Some("date")), ("calls", Some("started_at"))];

fn rows(bytes: &[u8], delimiter: u8) -> Rows {
    let reader = csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(bytes);
    let row = |record: csv::StringRecord| record.iter().map(str::to_owned).collect();
    reader.into_records().map(|record| row(record.expect("a record"))).collect()
}

/// The rows that `tests/workbooks/make.py` takes from the sample.
fn of_september(kind: &str, dated: Option<&str>) -> Rows {
    let mut rows = rows(&read(&root().join(format!("data-samples/clean/{kind}.csv"))), b',');
    let header = rows.remove(0);
    let place = |name: &str| header.iter().position(|header| header == name).expect("the column");
    let (manager, date) = (place("manager_id"), dated.map(place));
    rows.retain(|row| row[manager] == "M002" && date.is_none_or(|date| row[date].starts_with("2026-09")));
    rows.insert(0, header);
    rows
}

fn csv_of(rows: &Rows) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    rows.iter().for_each(|row| writer.write_record(row).expect("memory takes any row"));
    writer.into_inner().expect("memory takes any row")
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(bytes).expect("memory takes any bytes");
    packer.finish().expect("memory takes any bytes")
}

/// A workbook as a spreadsheet makes it of a text: dates and numbers are stored as such.
fn workbook(rows: &Rows) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let (moment, date) = (Format::new().set_num_format("yyyy/m/d h:mm:ss"), Format::new().set_num_format("yyyy/m/d;@"));
    for (at, row) in (0..).zip(rows) {
        for (place, cell) in (0..).zip(row) {
            let has_shape = |shape: &str| {
                let fits = |(c, like): (char, char)| if like == '9' { c.is_ascii_digit() } else { c == like };
                cell.len() == shape.len() && cell.chars().zip(shape.chars()).all(fits)
            };
            let stored = || ExcelDateTime::parse_from_str(cell).expect("a date");
            let padded = cell.len() > 1 && cell.starts_with('0') && !cell.starts_with("0.");
            let written = if has_shape("9999-99-99 99:99:99") {
                sheet.write_datetime_with_format(at, place, stored(), &moment)
            } else if has_shape("9999-99-99") {
                sheet.write_datetime_with_format(at, place, stored(), &date)
            } else {
                match cell.parse::<f64>() {
                    Ok(number) if !padded && !cell.contains(['e', 'E']) => sheet.write_number(at, place, number),
                    _ => sheet.write_string(at, place, cell),
                }
            };
            written.expect("a cell");
        }
    }
    book.save_to_buffer().expect("memory takes any workbook")
}

/// What a run finds, whatever the files are called: without provenance, and without the ids that file names go into.
fn found(site: &Site, options: &str, ending: &str) -> Value {
    let mut value = site.check(options).value;
    value.as_object_mut().expect("an object").remove("inputs");
    let mut value: Value = serde_json::from_str(&value.to_string().replace(ending, ".csv")).expect("JSON");
    for finding in value["findings"].as_array_mut().expect("findings") {
        finding.as_object_mut().expect("a finding").remove("id");
    }
    value
}

#[test]
fn a_month_is_the_same_in_every_format() {
    let all = || KINDS.map(|(kind, dated)| (kind, of_september(kind, dated)));
    let site = |ending: &str, bytes: &dyn Fn(&str, &Rows) -> Vec<u8>| {
        let add =
            |site: Site, (kind, rows): (&str, Rows)| site.with(&format!("data/{kind}{ending}"), bytes(kind, &rows));
        all().into_iter().fold(Site::bare(), add)
    };
    let text = site(".csv", &|_, rows| csv_of(rows));
    let expected = found(&text, "", ".csv");
    assert!(expected["findings"].as_array().is_some_and(|found| found.len() > 10), "there is something to compare");
    let fates = text.check("").fates("visits.csv");
    let packed = site(".csv.gz", &|_, rows| gzip(&csv_of(rows)));
    let new = site(".xlsx", &|_, rows| workbook(rows));
    let old = site(".xls", &|kind, _| read(&root().join(format!("tests/workbooks/september/{kind}.xls"))));
    for (site, ending, format, sheet) in [
        (packed, ".csv.gz", "utf-8", Value::Null),
        (new, ".xlsx", "xlsx", "Sheet1".into()),
        (old, ".xls", "xls", "Sheet1".into()),
    ] {
        assert_eq!(found(&site, "", ending), expected, "{ending}");
        let (json, name) = (site.check(""), format!("visits{ending}"));
        assert_eq!(json.fates(&name), fates);
        let input = json.input(&name);
        let hash = baifang::digest::sha256(read(&site.path(&format!("data/{name}"))));
        assert_eq!((&input["encoding"], &input["sheet"], &input["sha256"]), (&format.into(), &sheet, &hash.into()));
        assert_eq!(input["delimiter"].is_null(), !sheet.is_null(), "{ending}");
    }
}

/// The office's exports, saved as workbooks by someone who changed nothing in them: all cells are texts.
#[test]
fn an_offices_exports_are_the_same_as_workbooks() {
    let folder = root().join("data-samples/office");
    let (mut texts, mut books) = (Site::bare(), Site::bare());
    for entry in std::fs::read_dir(folder).expect("the sample") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let bytes = read(&path);
        texts = texts.with(&format!("data/{name}"), &bytes);
        let (text, _, unreadable) = encoding_rs::GB18030.decode(&bytes);
        if unreadable {
            // What no encoding can read cannot be brought into a workbook.
            books = books.with(&format!("data/{name}"), &bytes);
            continue;
        }
        let head: String = text.lines().take(3).collect();
        let delimiters = ['\t', ';', ','];
        let delimiter = delimiters.into_iter().max_by_key(|c| head.matches(*c).count()).expect("one");
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (at, row) in (0..).zip(rows(text.as_bytes(), delimiter as u8)) {
            for (place, cell) in (0..).zip(row) {
                sheet.write_string(at, place, cell).expect("a cell");
            }
        }
        let name = name.rsplit_once('.').expect("an ending").0.to_owned();
        books = books.with(&format!("data/{name}.xlsx"), book.save_to_buffer().expect("a workbook"));
    }
    let (texts, books) = (texts.check("--month 2026-09"), books.check("--month 2026-09"));
    assert_eq!(books.value["results"], texts.value["results"]);
    assert_eq!(books.list("rejected").len(), texts.list("rejected").len());
    let repeats = |json: &Json| json.list("inputs").iter().map(|i| i["rows"]["repeat"].as_u64().unwrap()).sum::<u64>();
    assert_eq!((repeats(&books), repeats(&texts) > 200), (repeats(&texts), true));
}

/// Numbers are written without zeros at their end here: a spreadsheet does not store them.
#[test]
fn a_row_in_a_text_and_in_a_workbook_is_a_repeat() {
    let mut rows = of_september("visits", Some("started_at"));
    for cell in rows.iter_mut().flatten().filter(|cell| cell.contains('.') && cell.parse::<f64>().is_ok()) {
        *cell = cell.trim_end_matches('0').to_owned();
    }
    let site = Site::bare().with("data/customers.csv", csv_of(&of_september("customers", None)));
    let site = site.with("data/visits-1.csv", csv_of(&rows)).with("data/visits-2.xlsx", workbook(&rows));
    let site = site.with("data/visits-3.csv.gz", gzip(&csv_of(&rows)));
    let json = site.check("");
    let repeats = format!("repeat {}", rows.len() - 1);
    assert_eq!((json.fates("visits-2.xlsx"), json.fates("visits-3.csv.gz")), (repeats.clone(), repeats));
}

#[test]
fn what_a_file_is_does_not_hang_on_its_name() {
    let rows = of_september("visits", Some("started_at"));
    let customers = csv_of(&of_september("customers", None));
    let verdicts = |visits: &str, bytes: Vec<u8>| {
        let site = Site::bare().with("data/customers.csv", &customers).with(&format!("data/{visits}"), bytes);
        site.check("").value["results"].clone()
    };
    let text = csv_of(&rows);
    let expected = verdicts("visits.csv", text.clone());
    let tabs = String::from_utf8(text.clone()).unwrap().replace(',', "\t");
    assert_eq!(verdicts("visits.xls", tabs.into_bytes()), expected, "a text called a workbook, as many systems do");
    assert_eq!(verdicts("visits.csv", workbook(&rows)), expected, "a workbook called a text");
    assert_eq!(verdicts("visits.txt", gzip(&text)), expected, "a packed text called a text");
    assert_eq!(verdicts("visits.csv.gz", text), expected, "a text called packed");
}

/// Several members are one text, whatever encoding it is in and wherever they were put together.
#[test]
fn a_packed_file_may_have_members_and_any_encoding() {
    let text = "客户经理编号,客户编码,拜访方式,到店时间\nM1,C1,实地,2026-09-07 08:00\nM1,C2,实地,2026-09-07 09:00\n";
    for (encoding, bytes) in [("utf-8", text.into()), ("gb18030", gb18030(text)), ("utf-16le", utf16(text, true))] {
        let (one, two) = bytes.split_at(41);
        let site = Site::bare().customers(2).with("data/visits.csv.gz", [gzip(one), gzip(two)].concat());
        let json = site.check("");
        assert_eq!(json.input("visits.csv.gz")["encoding"], encoding);
        assert_eq!(json.fates("visits.csv.gz"), "used 2", "{encoding}");
        assert_eq!(json.share("M1", "onsite-share"), "2/2", "{encoding}");
    }
}

/// Where the first bytes are ASCII, the encoding shows far into the file, and it is read once more.
#[test]
fn a_packed_file_may_turn_out_not_to_be_utf_8() {
    let many: String = (0..40_000).map(|i| format!("M1,C1,onsite,2026-09-{:02} 08:00,{i}\n", i % 28 + 1)).collect();
    let text = format!("manager_id,customer_id,mode,started_at,note\n{many}M1,C1,onsite,2026-09-07 08:00,好\n");
    let site = Site::bare().customers(1).with("data/visits.csv.gz", gzip(&gb18030(&text)));
    let json = site.check("");
    assert_eq!(json.input("visits.csv.gz")["encoding"], "gb18030");
    assert_eq!(json.fates("visits.csv.gz"), "used 40001");
}

/// A packed gigabyte of nothing is one message, and takes no gigabyte of memory to say.
#[test]
fn a_packed_file_of_nothing_is_no_table() {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    let zeros = vec![0; 1 << 20];
    (0..64).for_each(|_| packer.write_all(&zeros).expect("memory takes any bytes"));
    let site = Site::bare().customers(1).with("data/visits.csv.gz", packer.finish().expect("packed"));
    assert!(site.stopped("").contains("it is full of NUL bytes"), "{}", site.stopped(""));
}
