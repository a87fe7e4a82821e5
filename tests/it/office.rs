//! What is written for Word and Excel is what the schema of their formats asks for: a validator of another maker says so.

use crate::harness::trials::Outcome;
use crate::harness::{Site, root, tools};
use serde_json::Value;
use std::process::Command;

/// The package openxml-audit of the Python Package Index, which validates as the Open XML SDK does.
const NEEDS: &str = "import openxml_audit";
/// A document without a theme is one all the same: the standard has the part as optional.
const NO_FAULT: &str = "relationships/theme' is missing";

#[test]
fn workbooks_and_letters_are_valid_by_the_schema_of_their_formats() -> Outcome {
    let python = tools::python(NEEDS)?;
    let (site, samples) = (Site::bare(), root().join("data-samples"));
    let data = samples.join("clean");
    let mut written = vec![];
    for lang in ["zh", "en"] {
        for (name, command) in [
            ("report", "report --month 2026-09 -o"),
            ("one", "report --month 2026-09 --manager M005 -o"),
            ("sample", "sample --month 2026-09 --seed s -o"),
            ("scores", "sample --month 2026-09 --seed s --quality -o"),
            ("form", "appeals --month 2026-09 --form"),
            ("sheet", "sheet --date 2026-09-03 -o"),
            ("plan", "plan --month 2026-09 --as-of 2026-09-15 -o"),
        ] {
            let file = format!("{name}-{lang}.xlsx");
            let ran = site.run(&format!("{command} {file} --lang {lang} --quiet --data {}", data.display()));
            assert_ne!(ran.code, 2, "{command}: {}", ran.err);
            written.push(site.path(&file));
        }
        let ran =
            site.run(&format!("notice --month 2026-09 --dir {lang} --lang {lang} --quiet --data {}", data.display()));
        assert_ne!(ran.code, 2, "{}", ran.err);
        let letters =
            std::fs::read_dir(site.path(lang)).expect("a folder").map(|entry| entry.expect("an entry").path());
        written.extend(letters.filter(|path| path.extension().is_some_and(|ending| ending == "docx")));
    }
    assert!(written.len() > 20, "{written:?}");
    for file in written {
        let options = ["-m", "openxml_audit", "-m", "0", "-f", "microsoft365", "-o", "json"];
        let output = Command::new(&python).args(options).arg(&file).output().expect("it runs");
        let told: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let errors = told[0]["errors"].as_array().expect("a list of errors");
        let is_fault = |error: &&Value| !error.to_string().contains(NO_FAULT);
        let faults: Vec<&Value> = errors.iter().filter(is_fault).collect();
        assert!(faults.is_empty(), "{}: {faults:#?}", file.display());
    }
    Ok(())
}
