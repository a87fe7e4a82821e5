//! What the month's spot check proves, for the section as a whole and manager by manager (SPEC-month §7).

use crate::document::{Cell, Column, Document, Table, Tone};
use crate::lang::{Lang, words};
use crate::report::{Run, proof};
use crate::sample::{CheckedProof, DrawProof};

/// Nothing where nobody was checked at random, or one manager looks at his own month.
pub(super) fn body(run: &Run, lang: Lang) -> Document {
    let mut document = Document::default();
    let (book, month) = (run.book, run.judgement.month);
    let managers = &run.judgement.managers;
    let Some(checked) = CheckedProof::of(book, month, managers.iter().map(|manager| manager.id)) else {
        return document;
    };
    if run.is_own {
        return document;
    }
    document.text(proof::of_checks(checked).get(lang));
    let caption = words(
        "每名客户经理：拜访户中若有这么多不实，本月的随机抽查至少查到一户的机会",
        "Of each manager: the chance that the month's random checks met at least one bad customer, if so many of those visited were bad",
    );
    document.caption(caption.get(lang), Tone::Plain);
    let row = |manager| {
        let proof = DrawProof::of_checks(book, month, manager)?;
        let chances = proof.chances.iter().map(|chance| Cell::new(proof::chance_text(chance)));
        Some((format!("{} / {}", proof.drawn, proof.of), chances.collect::<Vec<Cell>>()))
    };
    let rows = managers.iter().filter_map(|manager| {
        let (drawn, chances) = row(manager.id)?;
        Some([Cell::new(run.manager_name(manager)), Cell::new(drawn)].into_iter().chain(chances).collect())
    });
    let [first, others @ ..] = proof::heads(lang);
    let columns = std::iter::once(Column::left(first)).chain(others.map(Column::right)).collect();
    document.table(Table { columns, rows: rows.collect(), headed: true, breaks: false });
    document
}
