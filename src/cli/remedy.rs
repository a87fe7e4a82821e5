//! What may help where a table lacks columns: what `init --from` would write for it, or nothing.

use crate::guess::{guess, guess_as};
use crate::lang::Words;
use crate::load::{self, Charset, Source, Sources, Unread, Why};
use crate::model::Kind;
use crate::report::init as proposal;
use crate::trouble::Trouble;

/// The trouble, with the lines of columns.toml that would end it, where the files tell them. `most`: so many bytes may what
/// is packed unpack to.
pub(super) fn helped(trouble: Trouble, sources: &Sources, encoding: Option<Charset>, most: u64) -> Trouble {
    let Some(file) = trouble.file_lacking_columns() else { return trouble };
    match proposed(&sources.files.iter().collect::<Vec<_>>(), file, encoding, most) {
        Some(remedy) => trouble.remedy(remedy),
        None => trouble,
    }
}

/// Adds the same to what is not read for want of columns.
pub(super) fn help_unread(sources: &mut Sources, encoding: Option<Charset>, most: u64) {
    let Sources { files, unread, .. } = sources;
    for one in unread.iter_mut().filter(|one| one.why == Why::NoTable && one.source.path.is_file()) {
        as_guessed(one, encoding, most);
    }
    for one in unread.iter_mut().filter(|one| matches!(&one.why, Why::Lacks(columns) if !columns.is_empty())) {
        let all: Vec<&Source> = files.iter().chain([&one.source]).collect();
        one.remedy = proposed(&all, &one.source.shown, encoding, most);
    }
}

/// Of what is called otherwise the kind is that which `init` would give it.
fn as_guessed(unread: &mut Unread, encoding: Option<Charset>, most: u64) {
    let Source { path, shown, storage, .. } = &unread.source;
    let preview = load::preview(path, shown, storage, encoding, most);
    let guessed = preview.ok().and_then(|preview| guess(&[preview]).pop()?.kind);
    unread.source.kind = guessed.unwrap_or(unread.source.kind);
}

/// The lines of columns.toml for one table, which the others help to understand.
fn proposed(sources: &[&Source], shown: &str, encoding: Option<Charset>, most: u64) -> Option<Words> {
    let preview = |source: &&Source| {
        let preview = load::preview(&source.path, &source.shown, &source.storage, encoding, most).ok()?;
        Some((Some(source.kind), preview))
    };
    let (kinds, previews): (Vec<Option<Kind>>, Vec<load::Preview>) = sources.iter().filter_map(preview).unzip();
    let guesses = guess_as(&previews, &kinds);
    let found = previews.iter().zip(&guesses).find(|(preview, _)| preview.shown == shown);
    found.and_then(|(preview, guess)| proposal::remedy(preview, guess))
}
