//! How every command ends: a document is written, rejected rows go where they were asked for, the exit code follows.

use super::format::Format;
use super::output::{self, Content, Files};
use super::session::{self, Session};
use super::{Exit, rejects};
use crate::document::{Document, Leaf, Sheet};
use crate::lang::Lang;
use crate::obstacle::Obstacle;
use crate::print::{Fonts, Info};
use crate::render::{csv, html, markdown, pdf, text, xlsx};
use crate::trouble::Trouble;
use clap::ArgMatches;
use std::path::Path;

/// What a command gives out.
#[derive(Default)]
pub(super) struct Product<'a> {
    /// For `-o` or standard output.
    pub content: Option<Content<'a>>,
    /// A file of its own beside that.
    pub file: Option<(&'a Path, Vec<u8>)>,
    /// Files for a folder: one a manager.
    pub folder: Option<(&'a Path, Files)>,
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
    let Product { content, file, folder } = product.into();
    let content = content.map(|content| output::stage(matches, content)).transpose()?;
    let mut staged: Vec<output::Staged> = Vec::new();
    if let Some((path, bytes)) = file {
        staged.push(output::stage_file(path, Content::Bytes(bytes))?);
    }
    if let Some((folder, files)) = folder {
        staged.extend(output::stage_folder(folder, files)?);
    }
    if let Some(folder) = session::path(matches, "rejects") {
        let lang = session::data_lang(matches, true, spoken);
        staged.extend(output::stage_folder(folder, rejects::files(&session.accounts, lang))?);
    }
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
            Format::Markdown => markdown::render(document).into_bytes(),
            Format::Xlsx => xlsx::render(&leaves(), info)?,
            Format::Table | Format::Text | Format::Csv | Format::Json => {
                text::render(document, output::page(matches)).into_bytes()
            }
        })
    }
}
