//! How every command ends: a document is written, rejected rows go where they were asked for, the exit code follows.

use super::format::Format;
use super::output::{self, Content, Folder, Readers};
use super::session::{self, Session};
use super::{Exit, rejects};
use crate::document::{Document, Leaf, Sheet};
use crate::lang::Lang;
use crate::obstacle::Obstacle;
use crate::print::{Fonts, Info};
use crate::render::{csv, docx, html, markdown, pdf, text, xlsx};
use crate::trouble::Trouble;
use clap::ArgMatches;
use std::any::Any;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// What a command gives out.
#[derive(Default)]
pub(super) struct Product<'a> {
    /// For `-o` or standard output.
    pub content: Option<Content<'a>>,
    /// A file of its own beside that.
    pub file: Option<(&'a Path, Vec<u8>)>,
    /// Files for a folder: one a manager.
    pub folder: Option<Folder<'a>>,
    /// Whether telephone numbers stand in it, besides those in cells that cannot be used.
    pub has_phones: bool,
}

impl Product<'_> {
    pub(super) fn with_phones(self) -> Self {
        Self { has_phones: true, ..self }
    }
}

impl<'a> From<Content<'a>> for Product<'a> {
    fn from(content: Content<'a>) -> Self {
        Self { content: Some(content), ..Self::default() }
    }
}

impl From<Vec<u8>> for Product<'_> {
    fn from(bytes: Vec<u8>) -> Self {
        Content::Bytes(bytes).into()
    }
}

/// Writes what there is to write, rejected rows among it: nothing is put in place before all can be, the output itself last.
pub(super) fn write<'a>(
    matches: &ArgMatches,
    session: &Session,
    spoken: Lang,
    product: impl Into<Product<'a>>,
) -> Result<(), Trouble> {
    let Product { content, file, folder, has_phones } = product.into();
    let rejects = session::path(matches, "rejects").map(|path| {
        let lang = session::data_lang(matches, true, spoken);
        Folder::of(path, rejects::files(&session.accounts, lang))
    });
    let folders = || folder.iter().chain(&rejects).flat_map(Folder::targets);
    let own =
        output::target(matches).filter(|_| content.is_some()).into_iter().chain(file.as_ref().map(|(path, _)| *path));
    output::refuse(folders().chain(own.map(Path::to_owned)))?;
    let has_phones = has_phones || session.told().tell_phones();
    let readers = if has_phones { Readers::Owner } else { Readers::Usual };
    let content = content.map(|content| output::stage(matches, content, readers)).transpose()?;
    let mut staged = folder.map(|folder| folder.stage(readers)).transpose()?.unwrap_or_default();
    if let Some((path, bytes)) = file {
        staged.push(output::stage_file(path, Content::Bytes(bytes), readers)?);
    }
    staged.extend(rejects.map(|folder| folder.stage(Readers::Owner)).transpose()?.unwrap_or_default());
    staged.into_iter().try_for_each(output::Staged::commit)?;
    content.map_or(Ok(()), output::Staged::commit)
}

/// The exit code (SPEC §4) of a run that did, or did not, find what it looks for. Units in doubt change none.
pub(super) fn exit(found: bool, session: &Session, obstacles: &[Obstacle]) -> Exit {
    match (found, session.accounts.rejected.is_empty() && obstacles.is_empty()) {
        (true, _) => Exit::Violations,
        (false, false) => Exit::DataAmiss,
        (false, true) => Exit::Clean,
    }
}

/// What commands have left for the end of the process.
static LEFT: Mutex<Vec<Box<dyn Any + Send>>> = Mutex::new(Vec::new());

/// Leaves to the system what is needed no more when the run is over: of gigabytes of rows it takes the memory back faster than
/// they are let go of one by one.
pub(super) fn leave(rest: impl Any + Send) {
    LEFT.lock().unwrap_or_else(PoisonError::into_inner).push(Box::new(rest));
}

/// Lets go of all that was left, where another run follows in the same process.
pub(super) fn let_go() {
    LEFT.lock().unwrap_or_else(PoisonError::into_inner).clear();
}

/// A table for machines, with the mark that Excel looks for where it was asked for.
pub(super) fn csv(matches: &ArgMatches, sheet: &Sheet) -> Vec<u8> {
    let bom = if matches.get_flag("bom") { csv::BOM } else { &[] };
    [bom, &csv::render(sheet)].concat()
}

/// A document for people in a language.
pub(super) struct Paper<'a> {
    pub document: &'a Document,
    pub info: Info<'a>,
    pub fonts: &'a Fonts,
}

impl Paper<'_> {
    /// In one of their formats; `leaves` divides it for a workbook.
    pub(super) fn write(
        &self,
        matches: &ArgMatches,
        format: Format,
        leaves: impl FnOnce() -> Vec<Leaf>,
    ) -> Result<Vec<u8>, Trouble> {
        let Self { document, info, fonts } = self;
        Ok(match format {
            Format::Html => html::render(document, info.lang).into_bytes(),
            Format::Pdf => pdf::render(document, info, fonts)?,
            Format::Docx => docx::render(document, info)?,
            Format::Markdown => markdown::render(document).into_bytes(),
            Format::Xlsx => xlsx::render(&leaves(), info)?,
            Format::Table | Format::Text | Format::Csv | Format::Json => {
                text::render(document, output::page(matches)).into_bytes()
            }
        })
    }
}
