//! `--rejects DIR`: every rejected row byte for byte, to be mended and read again (SPEC §2.3).

use super::output::{Staged, stage_file, unwritable};
use crate::lang::Lang;
use crate::load::{Input, Loaded, Rejected};
use crate::model::Column;
use crate::render::csv;
use crate::report::document::{Field, Sheet};
use crate::trouble::Trouble;
use std::collections::HashSet;
use std::path::Path;

/// The files to be written: their names and contents.
pub fn files(loaded: &Loaded, lang: Lang) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let mut taken: HashSet<String> = ["reasons.csv".to_owned()].into();
    for (number, input) in loaded.inputs.iter().enumerate() {
        let mut rows = loaded.rejected.iter().filter(|row| row.at.file as usize == number).peekable();
        if rows.peek().is_some() {
            let mut content = input.head.clone();
            rows.for_each(|row| content.extend(&row.bytes));
            files.push((free_name(input, &mut taken), content));
        }
    }
    files.push(("reasons.csv".to_owned(), reasons(loaded, lang)));
    files
}

/// Writes them into `folder`, which is made if need be.
pub fn write(folder: &Path, files: Vec<(String, Vec<u8>)>) -> Result<(), Trouble> {
    std::fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
    let staged: Result<Vec<Staged>, Trouble> =
        files.into_iter().map(|(name, content)| stage_file(&folder.join(name), content)).collect();
    staged?.into_iter().try_for_each(Staged::commit)
}

/// The input's own file name; inputs of the same name in different folders get a number.
fn free_name(input: &Input, taken: &mut HashSet<String>) -> String {
    let path = Path::new(&input.source.shown);
    let name = path.file_name().map_or_else(|| input.source.shown.clone(), |name| name.to_string_lossy().into());
    let mut free = name.clone();
    let mut number = 2;
    while !taken.insert(free.clone()) {
        let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
        free = format!("{stem}-{number}.{ending}");
        number += 1;
    }
    free
}

fn reasons(loaded: &Loaded, lang: Lang) -> Vec<u8> {
    let text = |text: &str| Field::Text(text.to_owned());
    let row = |row: &Rejected| {
        let input = &loaded.inputs[row.at.file as usize];
        vec![
            text(&input.source.shown),
            text(&input.sha256),
            Field::Number(row.at.line.to_string()),
            text(row.reject.column.map_or("", Column::name)),
            text(&row.reject.cell),
            text(row.reject.why.words().get(lang)),
        ]
    };
    let header = vec!["file", "sha256", "line", "column", "cell", "reason"];
    csv::render(&Sheet { header, rows: loaded.rejected.iter().map(row).collect() })
}
