//! What may help where a file lacks columns: what `init --from` would write for it, or nothing.

use crate::guess::guess_as;
use crate::load::{self, Charset, Sources};
use crate::model::Kind;
use crate::report::init as proposal;
use crate::trouble::Trouble;

/// The trouble, with the lines of columns.toml that would end it, where the files tell them. `most`: so many bytes may what
/// is packed unpack to.
pub(super) fn helped(trouble: Trouble, sources: &Sources, encoding: Option<Charset>, most: u64) -> Trouble {
    let Some(file) = trouble.file_lacking_columns() else { return trouble };
    let preview = |source: &load::Source| {
        let preview = load::preview(&source.path, &source.shown, &source.storage, encoding, most).ok()?;
        Some((Some(source.kind), preview))
    };
    let (kinds, previews): (Vec<Option<Kind>>, Vec<load::Preview>) = sources.files.iter().filter_map(preview).unzip();
    let guesses = guess_as(&previews, &kinds);
    let found = previews.iter().zip(&guesses).find(|(preview, _)| preview.shown == file);
    match found.and_then(|(preview, guess)| proposal::remedy(preview, guess)) {
        Some(remedy) => trouble.remedy(remedy),
        None => trouble,
    }
}
