//! A manager's own report is for his eyes: nobody else's cells, ids or names stand in it.

use crate::harness::*;

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
        assert!(["ZZwhen", "ZZghost2", "ZZunknown"].iter().all(|cell| all.out.contains(cell)), "{format}");
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
