//! What a header speaks of: its words, brought to concepts.

use super::pinyin::{PINYIN, PINYIN_ALONE};
use super::syllables;
use super::terms::{GENERIC, QUALIFYING, TERMS};
use crate::model::{fold_header, spaced, unit};
use std::sync::LazyLock;

/// A word with the concepts it stands for.
type Term = (&'static str, &'static str);

/// The words one by one.
static WORDS: LazyLock<Vec<Term>> = LazyLock::new(|| {
    let of_concepts = |(names, terms): &(&'static str, &'static str)| {
        let (names, terms) = (*names, *terms);
        terms.split_whitespace().map(move |term| (term, names))
    };
    TERMS.iter().flat_map(of_concepts).collect()
});

/// No shorter words are found within one that is written together, but for these.
const SHORTEST_WITHIN: usize = 3;
const SHORT_WITHIN: [&str; 5] = ["id", "no", "at", "cd", "dt"];
/// A word that is longer names nothing.
const LONGEST: usize = 40;

/// What a header speaks of.
#[derive(Clone, Default)]
pub(super) struct Spoken {
    /// Each once.
    pub concepts: Vec<&'static str>,
    /// Which share of its letters they explain.
    pub explained: f64,
    /// Whether it names a unit of time.
    pub is_timed: bool,
}

impl Spoken {
    pub(super) fn of(header: &str) -> Self {
        let is_timed = matches!(unit::named(header), Ok(Some(_)));
        let (bare, within) = without_brackets(&fold_header(&spaced(header)));
        // A bare number is that of the row.
        let letters: String = bare.chars().filter(|c| !matches!(c, '.' | ' ' | '/' | '_')).collect();
        if matches!(
            &*letters,
            "no" | "#" | "num" | "sno" | "sn" | "sr" | "sl" | "srno" | "slno" | "sr#" | "sl#" | "srnum" | "slnum"
        ) {
            return Self { concepts: vec!["rownumber"], explained: 1.0, is_timed };
        }
        let mut spoken = Self { is_timed, ..Self::of_text(&joined(bare)) };
        let within = Self::of_text(&within);
        let is_said = |concept: &&&str| QUALIFYING.contains(concept) && within.explained == 1.0;
        let said: Vec<&str> = within.concepts.iter().filter(is_said).copied().collect();
        spoken
            .concepts
            .extend(said.into_iter().filter(|concept| !spoken.concepts.contains(concept)).collect::<Vec<_>>());
        spoken
    }

    /// Of text that is folded, its words parted.
    fn of_text(text: &str) -> Self {
        let mut counted = Counted::default();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let is_latin = |c: char| c.is_ascii_alphabetic();
            let end = rest.find(|c: char| if is_latin(first) { !is_latin(c) } else { is_latin(c) });
            let run = &rest[..end.unwrap_or(rest.len())];
            if is_latin(first) {
                counted.add_latin(run, run.len() == text.len());
            } else {
                chinese(run).into_iter().for_each(|(word, letters)| counted.add(word, letters));
            }
            rest = &rest[run.len()..];
        }
        let Counted { concepts, explained, letters } = counted;
        Self { concepts, explained: explained as f64 / letters.max(1) as f64, is_timed: false }
    }

    /// Whether it speaks of something that only a column which is asked for so may have.
    pub(super) fn is_qualified(&self) -> bool {
        self.qualifying().next().is_some()
    }

    /// What it speaks of that only such a column may have.
    pub(super) fn qualifying(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.concepts.iter().copied().filter(|concept| QUALIFYING.contains(concept))
    }

    /// Whether nothing in it says what it is of.
    pub(super) fn is_generic(&self) -> bool {
        are_generic(&self.concepts)
    }

    /// Whom or what an id or a name is of.
    pub(super) fn bearer(&self) -> Vec<&'static str> {
        let is_owner = self.concepts.contains(&"owner");
        let is_said = |concept: &&str| !(matches!(*concept, "id" | "name") || is_owner && *concept == "rep");
        let mut bearer: Vec<&str> = self.concepts.iter().copied().filter(is_said).collect();
        bearer.sort_unstable();
        bearer
    }
}

pub(super) fn are_generic(concepts: &[&str]) -> bool {
    concepts.iter().all(|concept| GENERIC.contains(concept))
}

/// What has been read of a header.
#[derive(Default)]
struct Counted {
    concepts: Vec<&'static str>,
    explained: usize,
    letters: usize,
}

impl Counted {
    /// Adds a word, or as many letters that say nothing.
    fn add(&mut self, word: Option<(&str, &'static str)>, letters: usize) {
        let Some((term, names)) = word else {
            self.letters += letters;
            return;
        };
        for name in names.split_whitespace() {
            if !self.concepts.contains(&name) {
                self.concepts.push(name);
            }
        }
        let known = term.chars().filter(|c| c.is_alphabetic()).count();
        self.explained += known;
        self.letters += known;
    }

    /// Adds a latin word: one that is known, or several written together, or pinyin.
    fn add_latin(&mut self, word: &str, is_alone: bool) {
        let parts =
            parts_of(word, &|part| part == word || part.len() >= SHORTEST_WITHIN || SHORT_WITHIN.contains(&part));
        if let Some(parts) = parts {
            parts.into_iter().for_each(|part| self.add(latin(part).map(|names| (part, names)), 0));
            return;
        }
        let chinese =
            PINYIN_ALONE.iter().find(|(short, _)| is_alone && *short == word).map(|(_, long)| (*long).to_owned());
        match chinese.or_else(|| pinyin(word)).filter(|chinese| !chinese.is_empty()) {
            None => self.add(None, word.len()),
            Some(chinese) => {
                let spoken = Spoken::of_text(&chinese);
                let new: Vec<&str> =
                    spoken.concepts.into_iter().filter(|concept| !self.concepts.contains(concept)).collect();
                self.concepts.extend(new);
                self.letters += word.len();
                self.explained += (spoken.explained * word.len() as f64) as usize;
            }
        }
    }
}

/// The words of a text, in such a way that most of it is known, by as few words as that takes; with the letters that each has.
fn chinese(text: &str) -> Vec<(Option<Term>, usize)> {
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    // From each place on: how much is known, by how many words, and the first of them.
    let mut best: Vec<(usize, usize, Option<Term>)> = vec![(0, 0, None); places.len() + 1];
    for (number, at) in places.iter().enumerate().rev() {
        let rest = &text[*at..];
        let (known, words, _) = best[number + 1];
        best[number] = (known, words, None);
        for term in WORDS.iter().copied().filter(|(term, _)| !term.is_ascii() && rest.starts_with(term)) {
            let length = term.0.chars().count();
            let (known, words, _) = best[number + length];
            let (known, words) = (known + length, words + 1);
            if known > best[number].0 || known == best[number].0 && words < best[number].1 {
                best[number] = (known, words, Some(term));
            }
        }
    }
    let (mut found, mut number) = (Vec::new(), 0);
    while number < places.len() {
        let term = best[number].2;
        let is_letter = text[places[number]..].starts_with(char::is_alphabetic);
        found.push((term, usize::from(is_letter)));
        number += term.map_or(1, |(term, _)| term.chars().count());
    }
    found
}

fn latin(word: &str) -> Option<&'static str> {
    WORDS.iter().find(|(term, _)| *term == word).map(|(_, names)| *names)
}

/// The known words that make up a word, as few of them as do.
fn parts_of<'w>(word: &'w str, fits: &dyn Fn(&str) -> bool) -> Option<Vec<&'w str>> {
    segmented(word, &|part| fits(part) && latin(part).is_some())
}

/// The Chinese words for which a word of pinyin stands.
fn pinyin(word: &str) -> Option<String> {
    let long = |part: &str| {
        let listed = PINYIN.iter().find(|(short, _)| *short == part).map(|(_, long)| *long);
        listed.or_else(|| syllables::word(part))
    };
    let parts = segmented(word, &|part| long(part).is_some())?;
    Some(parts.into_iter().filter_map(long).collect())
}

/// Syllables that are parted by underlines are words together: `LIAN_XI_REN`.
fn joined(text: String) -> String {
    let parts = || text.split('_');
    if parts().nth(1).is_some() && parts().all(syllables::is_syllable) {
        let together: String = parts().collect();
        return if pinyin(&together).is_some() { together } else { text };
    }
    text
}

/// A word as the fewest parts that fit, if any do.
fn segmented<'w>(word: &'w str, fits: &dyn Fn(&str) -> bool) -> Option<Vec<&'w str>> {
    if word.len() > LONGEST {
        return None;
    }
    let mut best: Vec<Option<Vec<&str>>> = vec![None; word.len() + 1];
    best[0] = Some(vec![]);
    for end in 1..=word.len() {
        for start in 0..end {
            let part = &word[start..end];
            let Some(before) = best[start].as_ref().filter(|_| fits(part)) else { continue };
            if best[end].as_ref().is_none_or(|parts| before.len() + 1 < parts.len()) {
                let parts = before.iter().copied().chain([part]).collect();
                best[end] = Some(parts);
            }
        }
    }
    best.pop()?
}

/// A header without what stands in brackets, and that; what stands there alone is the header.
fn without_brackets(header: &str) -> (String, String) {
    let (mut bare, mut within, mut depth) = (String::new(), String::new(), 0_usize);
    for c in header.chars() {
        match c {
            '(' | '[' | '【' | '<' | '〔' | '{' => depth += 1,
            ')' | ']' | '】' | '>' | '〕' | '}' => depth = depth.saturating_sub(1),
            c if depth == 0 => bare.push(c),
            c => within.push(c),
        }
    }
    let is_list = within.contains(['/', '、', ',', '，', '|', ';', '；']);
    let (bare, within) = (together(bare.trim()), together(within.trim()));
    match (bare.is_empty(), is_list) {
        (true, _) => (within, String::new()),
        (false, true) => (bare, String::new()),
        (false, false) => (bare, within),
    }
}

/// Check-in and sign out are a word each: a check, or an out, would be something else.
fn together(header: &str) -> String {
    const BETWEEN: [char; 4] = [' ', '-', '_', '.'];
    let (mut text, mut before) = (String::new(), "");
    for part in header.split_inclusive(BETWEEN) {
        let word = part.trim_end_matches(BETWEEN).trim_end_matches('?');
        let is_verb = matches!(before, "check" | "checked" | "sign" | "signed" | "clock" | "punch");
        if matches!(word, "in" | "out") && is_verb {
            text.truncate(text.trim_end_matches(BETWEEN).len());
        }
        let is_one_word = matches!(
            (before, word),
            ("ad", "hoc")
                | ("half", "day")
                | ("in", "person" | "charge")
                | ("daily", "report")
                | ("talk", "time")
                | ("on", "route" | "pjp" | "beat" | "hold")
                | ("info" | "collect" | "sample", "point")
                | ("contact", "person")
        );
        // Who manages accounts is no account.
        let is_manager = matches!(before, "account" | "customer" | "client" | "relationship" | "territory")
            && word == "manager"
            || (before, word) == ("territory", "rep");
        // Who is over the others is none of them.
        let is_over =
            matches!(before, "regional" | "region" | "area" | "zone" | "zonal" | "district" | "line" | "reporting")
                && matches!(word, "manager" | "head" | "supervisor");
        if is_over {
            text.push_str("linemanager ");
        }
        if is_one_word || is_manager {
            text.truncate(text.trim_end_matches(BETWEEN).len());
        }
        text.push_str(part);
        before = word;
    }
    text
}
