//! How the app records, of which only the whole run tells: what it does to everybody says nothing of anybody (SPEC-month §7).

use super::Book;
use crate::load::{Chunk, Fate, VisitRow};
use crate::model::*;
use crate::parallel;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// How visits are recorded, whoever makes them.
#[derive(Clone, Debug, Default)]
pub struct Habits {
    /// Check-ins of the month, and those with at least five decimals.
    checkins: u64,
    fine_checkins: u64,
    /// Starts of the month, and those with seconds 00.
    starts: u64,
    full_minutes: u64,
    /// By photo.
    labels: Vec<PhotoLabel>,
}

/// A text at more visits than these is a label.
const MOST_VISITS: u64 = 20;
/// With fewer decimals two shops may share a position.
const FINE: usize = 5;

impl Habits {
    /// Those of a month. Photos are looked at in the two months before it too, where they are asked for: by texts of at least
    /// so many characters.
    pub fn of(book: &Book, month: Month, photo_chars: Option<u32>) -> Self {
        let chunks = &book.partitions.visits.chunks;
        let parts = parallel::map(chunks, |chunk| Self::of_chunk(chunk, month));
        let mut habits = parts.into_iter().fold(Self::default(), Self::join);
        habits.labels = photo_chars.map(|chars| labels(chunks, photo_months(month), chars)).unwrap_or_default();
        habits
    }

    fn of_chunk(chunk: &Chunk<VisitRow>, month: Month) -> Self {
        let mut found = Self::default();
        for (_, visit) in used(chunk).filter(|(_, visit)| month.contains(visit.started_on())) {
            let decimals = visit.decimals();
            found.starts += 1;
            found.full_minutes += u64::from(visit.started().second.is_multiple_of(60));
            found.checkins += u64::from(decimals.is_some());
            found.fine_checkins +=
                u64::from(decimals.is_some_and(|decimals| decimals.lon().min(decimals.lat()) >= FINE));
        }
        found
    }

    fn join(self, other: Self) -> Self {
        Self {
            checkins: self.checkins + other.checkins,
            fine_checkins: self.fine_checkins + other.fine_checkins,
            starts: self.starts + other.starts,
            full_minutes: self.full_minutes + other.full_minutes,
            labels: vec![],
        }
    }

    /// Whether under half of all check-ins have five decimals: then many shops share a position.
    pub fn has_coarse_checkins(&self) -> bool {
        self.fine_checkins * 2 < self.checkins
    }

    /// Whether at least half of all starts have seconds 00: then they are not told to the second.
    pub fn has_full_minutes(&self) -> bool {
        self.starts > 0 && self.full_minutes * 2 >= self.starts
    }

    pub fn is_label(&self, photo: Photo) -> bool {
        self.labels.binary_search_by_key(&photo, |label| label.photo).is_ok()
    }

    /// Those of the run, by their first visits.
    pub fn labels(&self) -> Vec<PhotoLabel> {
        let mut labels = self.labels.clone();
        labels.sort_unstable_by_key(|label| (label.first, label.photo));
        labels
    }
}

/// The used rows of a chunk.
fn used(chunk: &Chunk<VisitRow>) -> impl Iterator<Item = (usize, &VisitRow)> {
    let rows = chunk.rows.iter().zip(&chunk.fates).enumerate();
    rows.filter(|(_, (_, fate))| **fate == Fate::Used).map(|(row, (visit, _))| (row, visit))
}

/// The photos of each visit of some dates, by texts long enough, each once, with the row.
fn photos(chunk: &Chunk<VisitRow>, span: DateSpan, chars: u32) -> impl Iterator<Item = (usize, Photo)> {
    used(chunk).filter(move |(_, visit)| span.contains(visit.started_on())).flat_map(move |(row, visit)| {
        let photos = visit.photos(&chunk.arena);
        // Most visits have one at most.
        let one = photos.first().copied().filter(|_| photos.len() == 1);
        let mut several = if one.is_none() { photos.to_vec() } else { vec![] };
        several.sort_unstable();
        several.dedup();
        let named = one.into_iter().chain(several).filter(move |photo| photo.chars() >= chars);
        named.map(move |photo| (row, photo))
    })
}

/// The texts at more visits than name a photo.
fn labels(chunks: &[Chunk<VisitRow>], span: DateSpan, chars: u32) -> Vec<PhotoLabel> {
    let mut all: Vec<Photo> =
        parallel::map(chunks, |chunk| photos(chunk, span, chars).map(|(_, photo)| photo).collect::<Vec<Photo>>())
            .concat();
    all.par_sort_unstable();
    let common = all.chunk_by(|one, next| one == next).filter(|visits| visits.len() as u64 > MOST_VISITS);
    let common: Vec<(Photo, u64)> = common.map(|visits| (visits[0], visits.len() as u64)).collect();
    if common.is_empty() {
        return vec![];
    }
    let mut first: FxHashMap<Photo, At> = FxHashMap::default();
    for chunk in chunks {
        for (row, photo) in photos(chunk, span, chars) {
            if common.binary_search_by_key(&photo, |(photo, _)| *photo).is_ok() {
                let at = chunk.at(row);
                first.entry(photo).and_modify(|first| *first = at.min(*first)).or_insert(at);
            }
        }
    }
    common.into_iter().map(|(photo, visits)| PhotoLabel { photo, first: first[&photo], visits }).collect()
}
