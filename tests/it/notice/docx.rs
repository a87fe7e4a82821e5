//! Letters as .docx: the measures of GB/T 9704 in the package's XML, and the same bytes every time.

use super::site;
use crate::harness::trials::Outcome;
use crate::harness::{Site, read, tools};
use std::io::Read;
use std::process::Command;

/// A part of a package.
fn part(file: &[u8], name: &str) -> String {
    let mut package = zip::ZipArchive::new(std::io::Cursor::new(file)).expect("a package");
    let mut text = String::new();
    package.by_name(name).unwrap_or_else(|error| panic!("{name}: {error}")).read_to_string(&mut text).expect("text");
    text
}

/// The element that begins so, with all that stands in it.
fn element<'t>(xml: &'t str, begins: &str, name: &str) -> &'t str {
    let start = xml.find(begins).unwrap_or_else(|| panic!("{begins} in {xml}"));
    let end = format!("</{name}>");
    let length = xml[start..].find(&end).unwrap_or_else(|| panic!("{end} behind {begins}"));
    &xml[start..start + length + end.len()]
}

fn has(xml: &str, parts: &[&str]) {
    for part in parts {
        assert!(xml.contains(part), "{part}: {xml}");
    }
}

fn written() -> (Site, Vec<u8>, Vec<u8>) {
    let site = site("", &[(8, &[1, 0]), (9, &[9, 1])]);
    let ran = site.run("notice --data data --month 2026-09 --dir out --date 2026-10-12 --lang zh");
    assert_eq!(ran.code, 0, "{}", ran.err);
    let file = |name: &str| read(&site.path("out").join(name));
    let (circular, notice) = (file("通报-2026-09.docx"), file("整改-2026-09-M1.docx"));
    (site, circular, notice)
}

#[test]
fn a_letter_has_the_measures_of_the_standard() {
    let (_site, circular, notice) = written();
    for file in [&circular, &notice] {
        let document = part(file, "word/document.xml");
        // 37, 35, 28 and 26 mm on A4, 22 lines of 28 characters; twentieths of a point.
        has(
            &document,
            &[
                "w:w=\"11906\" w:h=\"16838\"",
                "w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1587\"",
                "w:linePitch=\"579\"",
                "w:type=\"lines\"",
            ],
        );
        let styles = part(file, "word/styles.xml");
        let style =
            |id: &str| element(&styles, &format!("<w:style w:type=\"paragraph\" w:styleId=\"{id}\">"), "w:style");
        has(style("Title"), &["w:eastAsia=\"方正小标宋简体\"", "<w:sz w:val=\"44\" />", "<w:jc w:val=\"center\" />"]);
        has(
            style("BodyText"),
            &[
                "w:eastAsia=\"仿宋_GB2312\"",
                "<w:sz w:val=\"32\" />",
                "<w:spacing w:val=\"-5\" />",
                "w:firstLine=\"640\"",
                "w:line=\"579\"",
            ],
        );
        has(style("Heading1"), &["w:eastAsia=\"黑体\"", "<w:sz w:val=\"32\" />", "heading 1"]);
        has(style("Heading2"), &["w:eastAsia=\"楷体_GB2312\"", "heading 2"]);
        let fonts = part(file, "word/fontTable.xml");
        for (font, other) in [("方正小标宋简体", "宋体"), ("仿宋_GB2312", "仿宋")] {
            has(&fonts, &[&format!("<w:font w:name=\"{font}\"><w:altName w:val=\"{other}\"/>")]);
        }
        has(&part(file, "word/footer1.xml"), &["PAGE", "— ", "<w:jc w:val=\"right\" />"]);
        has(&part(file, "word/footer2.xml"), &["PAGE", "<w:jc w:val=\"left\" />"]);
        has(
            &document,
            &["<w:pStyle w:val=\"Title\" />", "<w:pStyle w:val=\"Heading1\" />", "<w:pStyle w:val=\"BodyText\" />"],
        );
        assert_eq!(document.matches("<w:tblHeader />").count(), document.matches("<w:cantSplit />").count());
        assert!(document.contains("<w:tblHeader />"), "header rows come again: {document}");
    }
    has(&part(&circular, "word/document.xml"), &["关于2026年9月客户经理拜访规范执行情况的通报", "一、检查范围"]);
    has(&part(&notice, "word/document.xml"), &["9 天，例如 9月1日、9月2日、9月3日"]);
}

#[test]
fn a_receipt_stays_on_one_page() {
    let (_site, _, notice) = written();
    let document = part(&notice, "word/document.xml");
    let (_, receipt) = document.split_once("回执").expect("a receipt");
    let lines: Vec<&str> = receipt.split("</w:p>").skip(1).take(4).collect();
    assert!(lines[0].contains("签收人") && lines[3].contains("复核人"), "{receipt}");
    let kept: Vec<bool> = lines.iter().map(|line| line.contains("<w:keepNext />")).collect();
    assert_eq!(kept, [true, true, true, false], "{receipt}");
}

#[test]
fn the_same_data_give_the_same_bytes_and_no_clock_is_read() {
    let (site, circular, notice) = written();
    let mut again = site.command("notice --data data --month 2026-09 --dir again --date 2026-10-12 --lang zh");
    let output = again.env("RAYON_NUM_THREADS", "1").output().unwrap();
    assert!(output.status.success());
    assert!(
        circular == read(&site.path("again/通报-2026-09.docx"))
            && notice == read(&site.path("again/整改-2026-09-M1.docx"))
    );
    has(&part(&circular, "docProps/core.xml"), &["2026-10-12T00:00:00Z"]);
    let mut package = zip::ZipArchive::new(std::io::Cursor::new(circular)).unwrap();
    for number in 0..package.len() {
        let changed = package.by_index(number).unwrap().last_modified().map(|time| time.year());
        assert_eq!(changed, Some(1980));
    }
}

#[test]
fn what_stands_in_cells_is_no_markup_and_acts_on_nobody() {
    let site = site("", &[(9, &[1])]);
    let name = "<w:cantSplit />&\u{202e}\"店'";
    let customers = format!("customer_id,name,manager_id,manager_name\nCM1,店,M1,\"{}\"\n", name.replace('"', "\"\""));
    let site = site.with("data/customers.csv", customers);
    let ran = site.run("notice --data data --month 2026-09 --dir out");
    assert_eq!(ran.code, 0, "{}", ran.err);
    let document = part(&read(&site.path("out/整改-2026-09-M1.docx")), "word/document.xml");
    has(&document, &["&lt;w:cantSplit /&gt;&amp;\u{fffd}&quot;店&apos;"]);
}

/// LibreOffice makes a PDF of it with all its text.
#[test]
fn it_opens_in_a_word_processor() -> Outcome {
    let office = tools::found(&["soffice", "libreoffice"])?;
    let (site, ..) = written();
    let home = tempfile::tempdir().unwrap();
    let output = Command::new(office)
        .args(["--headless", "--convert-to", "pdf", "--outdir", "pdf"])
        .args(["out/通报-2026-09.docx", "out/整改-2026-09-M1.docx"])
        .current_dir(site.folder.path())
        .env("HOME", home.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = tools::poppler("pdftotext", &[], &site.path("pdf/通报-2026-09.pdf"))?;
    let text: String = text.split_whitespace().collect();
    assert!(text.contains("存在的问题") && text.contains("—1—"), "{text}");
    Ok(())
}
