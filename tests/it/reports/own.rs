//! A manager's own report is for his eyes: nobody else's cells, ids or names stand in it.

use crate::harness::trials::{Missing, Outcome};
use crate::harness::*;
use std::path::Path;

/// Two managers; whatever is the second's begins with `ZZ`, and goes wrong in every way that is told.
fn site() -> Site {
    let two = |row: fn(&str, usize) -> String| -> String {
        ["MA", "ZZ"].iter().flat_map(|id| (0..24).map(move |n| row(id, n))).collect()
    };
    Site::ruled(&["must-onsite", "call-proof", "archive", "onsite-share", "field-time"], "[input]\nmax_rejected_percent = 60\n")
        .with("data/customers.csv", format!(
            "customer_id,name,manager_id,manager_name,branch,class,phone,status\n{}0ZZc1,ZZzero,ZZ,ZZname,ZZbranch,ordinary,1,\n",
            two(|id, n| format!("{id}c{n},{id}shop{n},{id},{id}name,{id}branch,{},{id}phone{n},{id}status{n}\n", if n > 9 { "ordinary" } else { "ZZclass" })),
        ))
        .with("data/visits.csv", format!(
            "{VISITS}{}ZZ,ZZc1,onsite,ZZwhen,,\nZZ,ZZghost1,onsite,2026-09-04 10:00,ZZend,\nZZ,ZZghost2,onsite,2026-09-04 10:00,,\n\
             ZZ,ZZghost3,onsite,2026-09-04 10:00,,\nMA,ZZghost1,onsite,2026-09-05 10:00,,\nZZ,ZZc1,onsite,2029-01-01 08:00,,ZZstray\n",
            two(|id, n| format!("{id},{id}c{n},{},2026-09-{:02} 09:00,2026-09-{:02} 09:30,{id}v{n}\n", if n % 2 == 0 { "onsite" } else { "phone" }, n + 1, n + 1)),
        ))
        .with("data/calls.csv", "manager_id,number,started_at,seconds\nMA,13800000001,2026-09-02 09:00,40\nZZ,ZZnumber,2026-09-02 09:00,40\n")
        .with("data/inquiries.csv", "inquiry_id,manager_id,kind,received_at\nZZq,ZZunknown,complaint,2026-09-02 09:00\n")
        .with("data/plans.csv", format!(
            "manager_id,customer_id,date,seq,mode,purpose,rescheduled_from\n{}ZZ,ZZghost4,2026-09-30,1,onsite,ZZpurpose,\nZZ,ZZc1,ZZplanned,1,ZZmode,,\n",
            two(|id, n| format!("{id},{id}c{n},2026-09-{:02},1,onsite,{id}purpose,{id}from\n", n + 1)),
        ))
        .with("data/days.csv", "manager_id,date,status,part\nZZ,2026-09-02,ZZstatus,ZZpart\nZZ,ZZday,leave,\nMA,2026-09-30,leave,\n")
        .with("data/managers.csv", "manager_id,name,branch,joined_on\nMA,MAname,MAbranch,\nZZ,ZZname,ZZbranch,ZZjoined\n")
        .with("data/checks.csv", "month,manager_id,customer_id,result\n2026-09,ZZ,ZZc1,ZZresult\nZZmonth,ZZ,ZZc2,pass\n2026-09,MA,MAc1,pass\n")
        .with("data/quality-checks.csv", "month,manager_id,customer_id,item,score,max\n2026-09,ZZ,ZZc1,ZZitem,ZZscore,10\n2026-09,ZZ,ZZc2,ZZitem,3,10\n")
        .with("data/appeals.csv", "finding_id,month,measured,reason_code,reason,filed_on,decision,decided_by\nFZZ0000001,2026-09,,ZZcode,ZZreason,2026-10-02,accepted,ZZchief\n")
        .with("data/ZZ notes.pdf", "x")
        .with("data/visits of ZZ.docx", "x")
}

#[test]
fn a_managers_own_report_tells_nobody_elses_cells_ids_or_names() {
    let site = site();
    // A customer of the other that he has visited himself is his business.
    // The page's policy has hashes, in which any letters may stand.
    let told = |text: &str| {
        let own = text.replace("ZZghost1", "").replace("visits of ZZ.docx", "");
        own.contains("ZZ") && !own.contains("sha256-")
    };
    for format in ["md", "html"] {
        let ran = site.run(&format!("report --data data --month 2026-09 --per-manager own --format {format}"));
        assert_ne!(ran.code, 2, "{}", ran.err);
        let own = String::from_utf8(read(&site.path(&format!("own/2026-09 MA MAname.{format}")))).expect("UTF-8");
        let found: Vec<&str> = own.split(['\n', '<']).filter(|line| told(line)).collect();
        assert!(found.is_empty(), "{format}: {found:#?}");
        assert!(own.contains("MAname"), "{format}");
        // The section's report has them all.
        let all = site.run(&format!("report --data data --month 2026-09 --format {format}"));
        assert!(["ZZwhen", "ZZghost2", "ZZitem"].iter().all(|cell| all.out.contains(cell)), "{format}");
        // That there are some he is told all the same.
        let sorts = |text: &str| text.split(", ").find(|part| part.ends_with(" of bad cells")).map(str::to_owned);
        assert!(sorts(&all.out).is_some_and(|sorts| !sorts.starts_with("0 ")), "{format}");
        assert_eq!(sorts(&own), sorts(&all.out), "{format}");
        // Who asks for one manager hands it to him.
        let one = site.run(&format!("report --data data --month 2026-09 --manager MA --format {format}"));
        assert!(!one.out.split(['\n', '<']).any(told), "{format}");
    }
    assert_ne!(site.run("report --data data --month 2026-09 --per-manager own --format xlsx").code, 2);
    let bytes = read(&site.path("own/2026-09 MA MAname.xlsx"));
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a workbook");
    for number in 0..archive.len() {
        let mut part = String::new();
        std::io::Read::read_to_string(&mut archive.by_index(number).expect("a part"), &mut part).expect("XML");
        assert!(!part.split('<').any(told), "part {number}");
    }
}

/// Every command that can be asked for one manager, and its formats.
const COMMANDS: [(&str, &str); 11] = [
    ("check --month 2026-09 --manager MA --findings all --matrix", "table csv json"),
    ("report --month 2026-09 --manager MA", "md html xlsx pdf"),
    ("day MA 2026-09-03", "text html json"),
    ("rank --month 2026-09 --manager MA", "table csv json html md pdf"),
    ("appeals --month 2026-09 --manager MA", "table csv json"),
    ("outlook --month 2026-09 --as-of 2026-09-15 --manager MA", "table csv json html"),
    ("plan --month 2026-09 --as-of 2026-09-15 --manager MA", "table csv xlsx"),
    ("sample --month 2026-09 --seed s --manager MA", "table csv json xlsx pdf"),
    ("sheet --date 2026-09-03 --manager MA", "text csv html xlsx pdf"),
    ("notice --month 2026-09 --manager MA", "docx pdf md"),
    ("month --month 2026-09 --manager MA", ""),
];

/// What a file says, as far as it can be read without more than this machine has.
fn texts(path: &Path) -> Result<Vec<String>, Missing> {
    let bytes = read(path);
    if bytes.starts_with(b"%PDF-") {
        return tools::poppler("pdftotext", &[], path).map(|text| vec![text]);
    }
    if !bytes.starts_with(b"PK") {
        return Ok(vec![String::from_utf8(bytes).expect("UTF-8")]);
    }
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a package");
    let parts = archive.len();
    let mut part = |number| {
        let mut part = String::new();
        std::io::Read::read_to_string(&mut archive.by_index(number).expect("a part"), &mut part).expect("XML");
        part
    };
    Ok((0..parts).map(&mut part).collect())
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn whatever_is_asked_of_one_manager_tells_of_nobody_else() -> Outcome {
    let site = site();
    let told = |line: &&str| line.replace("ZZghost1", "").contains("ZZ") && !line.contains("sha256-");
    for (command, formats) in COMMANDS {
        for (number, format) in formats.split(' ').enumerate() {
            let (name, folder) = command
                .split_once(' ')
                .map_or((command, false), |(name, _)| (name, matches!(name, "notice" | "month")));
            let out = format!("{name}-{number}");
            let target = if folder { format!("--dir {out}/out") } else { format!("-o {out}/out") };
            std::fs::create_dir(site.path(&out)).expect("a folder");
            let format_option = if format.is_empty() { String::new() } else { format!("--format {format}") };
            let ran = site.run(&format!("{command} --data data {format_option} {target}"));
            assert_ne!(ran.code, 2, "{command} {format}: {}", ran.err);
            // What the section is to mend is written out for the section.
            let written = files(&site.path(&out))
                .into_iter()
                .filter(|path| !path.components().any(|part| part.as_os_str() == "rejects"));
            for path in written {
                for text in texts(&path)? {
                    let found: Vec<&str> = text.split(['\n', '<']).filter(told).collect();
                    assert!(found.is_empty(), "{command} {format}, {}: {found:#?}", path.display());
                }
            }
        }
    }
    let pages = site.run("outlook --data data --month 2026-09 --as-of 2026-09-15 --per-manager own");
    assert_ne!(pages.code, 2, "{}", pages.err);
    let own = String::from_utf8(read(&site.path("own/2026-09 MA MAname.html"))).expect("UTF-8");
    assert_eq!(own.split(['\n', '<']).find(told), None);
    Ok(())
}
