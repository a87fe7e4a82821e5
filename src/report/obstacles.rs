//! What stands in the way of judging, in the same words wherever it is said (SPEC §1.2): above everything else.

use super::rows;
use crate::document::{Document, Tone};
use crate::lang::{Lang, Words, say, words};
use crate::obstacle::Obstacle;
use serde::Serialize;

/// The heading above them.
pub fn heading(obstacles: &[Obstacle]) -> Words {
    let n = obstacles.len();
    say(format!("妨碍考核的问题：{n}"), format!("In the way of judging: {n}"))
}

/// Each with what to do about it; nothing where there are none.
pub fn body(obstacles: &[Obstacle], lang: Lang) -> Document {
    let mut document = Document::default();
    for of_kind in obstacles.chunk_by(|one, two| one.kind == two.kind) {
        for (at, obstacle) in of_kind.iter().enumerate().take(rows::SHOWN) {
            document.caption(format!("! {}", obstacle.message.get(lang)), Tone::Bad);
            // What is to be done is often the same of all of a kind.
            let next = of_kind.get(at + 1).filter(|_| at + 1 < rows::SHOWN);
            if next.is_none_or(|next| next.remedy != obstacle.remedy) {
                let remedy = words("  办法：", "  remedy: ").then(&obstacle.remedy);
                document.caption(remedy.get(lang), Tone::Plain);
            }
        }
        if let Some(rest) = of_kind.len().checked_sub(rows::SHOWN).filter(|rest| *rest > 0) {
            let more = say(format!("  ……同类另有 {rest} 项"), format!("  … and {rest} more like these"));
            document.caption(more.get(lang), Tone::Plain);
        }
    }
    document
}

/// Under a heading of their own.
pub fn add(obstacles: &[Obstacle], document: &mut Document, lang: Lang) {
    if !obstacles.is_empty() {
        document.heading(heading(obstacles).get(lang));
        document.blocks.extend(body(obstacles, lang).blocks);
    }
}

/// In a line, for tables that have no other place.
pub fn in_a_line(obstacles: &[Obstacle], lang: Lang) -> String {
    let each = |one: &Obstacle| {
        let kind = one.kind.name();
        format!("{kind}: {} ({})", one.message.get(lang), one.remedy.get(lang))
    };
    obstacles.iter().map(each).collect::<Vec<_>>().join("; ")
}

#[derive(Serialize)]
pub struct ObstacleJson<'a> {
    kind: &'static str,
    r#where: &'a str,
    count: u64,
    of: u64,
    message: &'a str,
    remedy: &'a str,
}

impl<'a> ObstacleJson<'a> {
    pub fn of(obstacle: &'a Obstacle, lang: Lang) -> Self {
        Self {
            kind: obstacle.kind.name(),
            r#where: &obstacle.place,
            count: obstacle.count,
            of: obstacle.of,
            message: obstacle.message.get(lang),
            remedy: obstacle.remedy.get(lang),
        }
    }
}
