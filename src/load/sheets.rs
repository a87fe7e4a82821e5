//! The sheets of a workbook: which are read and as what, and what is said of the others (SPEC §2, §1.2).

use crate::load::claims::{Claimant, matrix};
use crate::load::file_names::kind_of_name;
use crate::load::found::Found;
use crate::load::mapping::Mapping;
use crate::load::sources::{PassedOver, Source, Sources, Unread, Why};
use crate::model::Kind;
use crate::text::charset::Charset;
use crate::text::feed::Text;
use crate::text::inside::{Held, Storage};
use crate::text::workbook::lines;
use std::sync::Arc;

/// What a workbook holds.
pub(super) struct Sheets<'a> {
    pub all: &'a [Arc<Held>],
    /// What the hidden ones begin with.
    pub hidden: &'a [Arc<Held>],
    /// Whether the sheets are those that were asked for by name.
    pub is_asked: bool,
}

impl Sources {
    /// Adds the sheets that have the header of a kind; where none has one, of a file of a kind the sheet that comes nearest.
    pub(super) fn add_workbook(&mut self, found: &Found, sheets: &Sheets, mapping: &Mapping) {
        let is_one_of_several = sheets.all.len() > 1;
        let mut read: Vec<Source> = Vec::new();
        let mut left: Vec<&Arc<Held>> = Vec::new();
        for held in sheets.all {
            match found.kind_of(held, mapping) {
                Some(kind) => read.push(found.sheet(kind, held, is_one_of_several)),
                None => left.push(held),
            }
        }
        for kind in found.named {
            if !read.iter().any(|source| source.kind == *kind) {
                read.extend(nearest(&left, *kind, mapping).map(|held| found.sheet(*kind, held, is_one_of_several)));
            }
        }
        match found.claimed.filter(|_| found.named.is_empty()) {
            Some(kind) if sheets.is_asked => {
                read.extend(left.drain(..).map(|held| found.sheet(kind, held, is_one_of_several)));
            }
            Some(kind) if !read.iter().any(|source| source.kind == kind) => {
                let near =
                    nearest(&left, kind, mapping).filter(|held| read.is_empty() || speaks_of(held, kind, mapping));
                if let Some((first, last)) =
                    near.filter(|_| found.may_be_left(kind)).and_then(|held| matrix(&claimant(held).text))
                {
                    let source = near.map(|held| found.sheet(kind, held, is_one_of_several));
                    self.unread.extend(source.map(|source| Unread::new(source, Why::Matrix(first, last))));
                    return;
                }
                read.extend(near.map(|held| found.sheet(kind, held, is_one_of_several)));
            }
            _ => {}
        }
        if let (Some(kind), []) = (found.claimed, &read[..]) {
            read.push(found.source(kind, None, Storage::Held(Arc::new(Held::empty()))));
        }
        left.retain(|held| !read.iter().any(|source| source.storage.is(held)));
        self.tell_unread(found, sheets, &read, &left, mapping);
        if read.is_empty() {
            let near = |held: &&Arc<Held>| {
                let (kind, claimant) = (Kind::Visits, claimant(held));
                let lacks = || Why::Lacks(claimant.lacking(kind, mapping));
                claimant
                    .nearly_is(kind, mapping)
                    .then(|| Unread::new(found.sheet(kind, held, is_one_of_several), lacks()))
            };
            self.near.extend(left.iter().filter_map(near));
            self.unclaimed.push(found.shown.clone());
            return;
        }
        self.tell_passed_over(found, sheets, &left, mapping);
        self.files.append(&mut read);
    }

    /// Notes the sheets that are not read though they are tables of a kind, or nearly.
    fn tell_unread(&mut self, found: &Found, sheets: &Sheets, read: &[Source], left: &[&Arc<Held>], mapping: &Mapping) {
        let kinds: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| read.iter().any(|one| one.kind == *kind)).collect();
        for held in left {
            let claimant = claimant(held);
            let mut near = kinds.iter().copied().chain(kind_of_name(claimant.sheet));
            let near = near.find(|kind| claimant.nearly_is(*kind, mapping));
            let lacks = |kind| (kind, Why::Lacks(claimant.lacking(kind, mapping)));
            let goes_on = || {
                let like = |one: &&Source| is_like(&claimant, one, mapping);
                read.iter().find(like).map(|one| (one.kind, Why::NoHeader(one.shown.clone())))
            };
            let unread = near.map(lacks).or_else(goes_on);
            self.unread.extend(unread.map(|(kind, why)| Unread::new(found.sheet(kind, held, true), why)));
        }
        for held in sheets.hidden.iter().filter(|_| !sheets.is_asked) {
            let named = kind_of_name(name_of(held)).filter(|kind| found.named.is_empty() || found.named.contains(kind));
            let kind = found.kind_of(held, mapping).or(named);
            self.unread.extend(kind.map(|kind| Unread::new(found.sheet(kind, held, true), Why::Hidden)));
        }
    }

    fn tell_passed_over(&mut self, found: &Found, sheets: &Sheets, left: &[&Arc<Held>], mapping: &Mapping) {
        let is_told = |held: &Arc<Held>| self.unread.iter().any(|unread| unread.source.storage.is(held));
        let could_be =
            |held: &Arc<Held>| found.named.is_empty() && !is_told(held) && claimant(held).kind(mapping).is_some();
        let (unclear, others): (Vec<&Arc<Held>>, _) = left.iter().copied().partition(|held| could_be(held));
        let names = |held: Vec<&Arc<Held>>| held.into_iter().map(|held| name_of(held).to_owned()).collect();
        let hidden = names(sheets.hidden.iter().collect());
        let passed_over =
            PassedOver { file: found.shown.clone(), sheets: names(others), unclear: names(unclear), hidden };
        if !(sheets.is_asked || left.is_empty() && sheets.hidden.is_empty()) {
            self.passed_over.push(passed_over);
        }
    }
}

impl Found<'_> {
    /// The kind that a sheet is one of, of those that the file was named as.
    fn kind_of(&self, held: &Held, mapping: &Mapping) -> Option<Kind> {
        let claimant = Claimant { file: self.claimed, named: self.named, ..claimant(held) };
        claimant.kind(mapping).filter(|kind| self.named.is_empty() || self.named.contains(kind))
    }

    /// Whether a sheet of a workbook is of this kind.
    pub(super) fn has_sheet_of(&self, kind: Kind, sheets: &[Arc<Held>], mapping: &Mapping) -> bool {
        sheets.iter().any(|held| self.kind_of(held, mapping) == Some(kind))
    }

    fn sheet(&self, kind: Kind, held: &Arc<Held>, is_one_of_several: bool) -> Source {
        self.source(kind, Some(name_of(held)).filter(|_| is_one_of_several), Storage::Held(Arc::clone(held)))
    }
}

fn name_of(held: &Held) -> &str {
    held.sheet.as_ref().map_or("", |sheet| &sheet.name)
}

fn claimant(held: &Held) -> Claimant<'_> {
    // A sheet with a cell in its last row has a million lines, which every kind would look through for its header.
    let bytes = &held.text[..lines::beginning(&held.text)];
    let text = Text { bytes, charset: Charset::Utf8, newline: lines::NEWLINE, sheet: held.sheet.as_ref() };
    Claimant { text, sheet: name_of(held), file: None, named: &[] }
}

/// Whether a sheet has some of a kind's columns.
fn speaks_of(held: &Held, kind: Kind, mapping: &Mapping) -> bool {
    claimant(held).fit(kind, mapping).is_some_and(|fit| fit.known > 1)
}

/// Whether a sheet begins with rows as those of one that is read.
fn is_like(sheet: &Claimant, read: &Source, mapping: &Mapping) -> bool {
    match &read.storage {
        Storage::Held(held) => sheet.goes_on(&claimant(held), read.kind, mapping),
        Storage::OnDisk => false,
    }
}

/// The sheet that has most of a kind's columns.
fn nearest<'h>(sheets: &[&'h Arc<Held>], kind: Kind, mapping: &Mapping) -> Option<&'h Arc<Held>> {
    let fit = |held: &Held| claimant(held).fit(kind, mapping).map_or((false, 0), |fit| (fit.missing == 0, fit.known));
    sheets.iter().copied().rev().max_by_key(|held| fit(held))
}
