//! Sentences made of pieces, some of which lead to what they speak of.

use crate::document::Cell;
use crate::lang::{Lang, Words, words};

/// A piece of a sentence, and what it leads to in the report's page.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub words: Words,
    pub link: Option<String>,
}

impl Piece {
    pub(super) fn leading(words: Words, link: String) -> Self {
        Self { words, link: Some(link) }
    }
}

impl From<Words> for Piece {
    fn from(words: Words) -> Self {
        Self { words, link: None }
    }
}

/// One of the sentences.
#[derive(Clone, Debug)]
pub struct Sentence(Vec<Piece>);

impl Sentence {
    /// All of it as a text.
    pub fn words(&self) -> Words {
        self.0.iter().fold(words("", ""), |all, piece| all.then(&piece.words))
    }

    /// For formats with links.
    pub fn cells(&self, lang: Lang) -> Vec<Cell> {
        let cell = |piece: &Piece| {
            let cell = Cell::new(piece.words.get(lang));
            piece.link.clone().map_or(cell.clone(), |link| cell.leading_to(link))
        };
        self.0.iter().map(cell).collect()
    }
}

impl From<Words> for Sentence {
    fn from(words: Words) -> Self {
        Self(vec![words.into()])
    }
}

/// What is named one after the other, between a beginning and an end.
pub(super) fn listing(before: Words, named: Vec<Piece>, after: Words) -> Sentence {
    Sentence([vec![before.into()], listed(named), vec![after.into()]].concat())
}

/// Two such lists one behind the other.
pub(super) fn both(one: Sentence, other: Sentence) -> Sentence {
    Sentence([one.0, other.0].concat())
}

fn listed(named: Vec<Piece>) -> Vec<Piece> {
    let mut all: Vec<Piece> = vec![];
    for piece in named {
        if !all.is_empty() {
            all.push(words("；", "; ").into());
        }
        all.push(piece);
    }
    all
}
