//! Integrity: a photo is of one visit.

use super::{INTEGRITY, Meta, Need, Rule};
use crate::judgement::{Evidence, Finding, Party, Tally, When};
use crate::lang::{say, words};
use crate::measures::{ManagerMonth, numbered};
use crate::model::{Column, Kind, Month, Photo, Scope, Visit, Whole, photo_months};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

pub(super) struct PhotoReuse;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Params {
    /// Shorter texts say that there is a photo, and not which.
    pub min_chars: Whole<1, { Photo::MOST_CHARS }>,
}

impl Rule for PhotoReuse {
    type Params = Params;

    const META: Meta = Meta {
        id: "photo-reuse",
        clause: INTEGRITY,
        party: Party::Manager,
        needs: &[Need::Column(Kind::Visits, Column::Photo)],
        title: words("照片重复", "photo used again"),
        assessed: words("每次附有照片名的拜访", "each visit with a photo that has a name"),
        fails: words(
            "近三个月内他更早的一次拜访已用过同名照片（超过 20 次拜访共用的当作标签，不计）",
            "an earlier visit of his in three months has a photo of the same name (one at over 20 visits is a label and ignored)",
        ),
        remedy: words("调出两次拜访的照片核对", "look at the photos of both visits"),
        example: words(
            "2026-09-15 C0023 与 2026-09-09 C0021 的照片同名，visits.csv:88、61",
            "2026-09-15 C0023: the photo of 2026-09-09 C0021, visits.csv:88, 61",
        ),
        nothing: words("没有附照片名的拜访", "no visit with a photo that has a name"),
    };

    fn widen(_: &Params, month: Month, scope: &mut Scope) {
        scope.widen(Kind::Visits, photo_months(month));
    }

    fn judge(params: &Params, month: &ManagerMonth, tally: &mut Tally) {
        let Some(run) = month.run else { return };
        let is_name = |photo: &Photo| photo.chars() >= params.min_chars.0 && !run.habits.is_label(*photo);
        let mut first: FxHashMap<Photo, &Visit> = FxHashMap::default();
        let (before, of_month) = {
            let visits = month.visits_in(photo_months(month.month));
            visits.split_at(visits.len() - month.visits().len())
        };
        for visit in before {
            for photo in named(visit, is_name) {
                first.entry(photo).or_insert(visit);
            }
        }
        let units = of_month.iter().filter(|visit| named(visit, is_name).next().is_some()).collect();
        for (visit, twin) in numbered(units) {
            match named(visit, is_name).find_map(|photo| first.get(&photo)) {
                Some(earlier) => tally.fail(finding(month, visit, earlier).twin(twin)),
                None => tally.pass(),
            }
            for photo in named(visit, is_name) {
                first.entry(photo).or_insert(visit);
            }
        }
    }
}

/// The photos of a visit that are told by a name of their own.
fn named(visit: &Visit, is_name: impl Fn(&Photo) -> bool) -> impl Iterator<Item = Photo> {
    visit.photos.iter().copied().filter(is_name)
}

fn finding(month: &ManagerMonth, visit: &Visit, earlier: &Visit) -> Finding {
    let customer = month.book.customers.text(earlier.customer.0);
    let (date, start) = (earlier.date(), earlier.started.clock().long());
    Finding::new(
        When::Date(visit.date()),
        say(format!("{date} {customer} 的照片"), format!("photo of {date} {customer}")),
        words("当次拍摄的照片", "a photo of its own"),
        Evidence::new(visit.at, [earlier.at]),
    )
    .visit(visit)
    .message(
        format!("照片与 {date} {start} 拜访 {customer} 的同名"),
        format!("its photo is that of the visit to {customer} on {date} at {start}"),
    )
}
