//! Which managers a run speaks of: those of its months, and of them those that the command line asks for.

use crate::book::Book;
use crate::lang::say;
use crate::model::{ManagerId, Month, Settings};
use crate::trouble::{Trouble, nearest};
use clap::ArgMatches;

/// The managers of any of these months, less those ignored, by id.
pub fn managers_in(book: &Book, settings: &Settings, months: &[Month]) -> Vec<ManagerId> {
    let ignored = |id: &ManagerId| settings.ignore.iter().any(|ignored| ignored == book.managers.text(id.0));
    let is_one = |id: &ManagerId| months.iter().any(|month| book.is_manager_in(*id, *month));
    book.manager_ids().filter(|id| is_one(id) && !ignored(id)).collect()
}

/// What `--manager` and `--branch` ask for; `None` for all.
pub struct Chosen {
    ids: Option<Vec<String>>,
    branches: Option<Vec<String>>,
}

impl Chosen {
    pub fn by(matches: &ArgMatches) -> Self {
        let asked = |option| matches.get_many::<String>(option).map(|values| values.cloned().collect());
        Self { ids: asked("manager"), branches: asked("branch") }
    }

    /// Of these managers those asked for.
    pub fn of(&self, book: &Book, mut managers: Vec<ManagerId>) -> Vec<ManagerId> {
        managers.retain(|id| {
            is_among(&self.ids, book.managers.text(id.0))
                && is_among(&self.branches, book.branch(*id).unwrap_or_default())
        });
        managers
    }

    /// Likewise; a name that is not there stops the run.
    pub fn known_of(&self, book: &Book, mut managers: Vec<ManagerId>) -> Result<Vec<ManagerId>, Trouble> {
        let text = |id: &ManagerId| book.managers.text(id.0);
        if let Some(ids) = &self.ids {
            let known: Vec<&str> = managers.iter().map(text).collect();
            let named = |name: &str| managers.iter().find(|id| book.manager_name(**id) == Some(name)).map(text);
            known_or_near("manager", ids, &known, named)?;
            managers.retain(|id| is_among(&self.ids, text(id)));
        }
        if let Some(names) = &self.branches {
            let known: Vec<&str> = managers.iter().map(|id| book.branch(*id).unwrap_or_default()).collect();
            known_or_near("branch", names, &known, |_| None)?;
        }
        Ok(self.of(book, managers))
    }
}

fn is_among(names: &Option<Vec<String>>, text: &str) -> bool {
    names.as_ref().is_none_or(|names| names.iter().any(|name| name == text))
}

/// Stops at a name that is not known; `named` tells what is called so in another way.
fn known_or_near<'a>(
    option: &str,
    asked: &[String],
    known: &[&'a str],
    named: impl Fn(&str) -> Option<&'a str>,
) -> Result<(), Trouble> {
    let Some(unknown) = asked.iter().find(|name| !known.contains(&name.as_str())) else { return Ok(()) };
    let trouble = Trouble::new(say(
        format!("--{option}：本月数据中没有 {unknown}"),
        format!("--{option}: the month has no {unknown}"),
    ));
    // Nobody means what has no name.
    let mut known: Vec<&str> = known.iter().copied().filter(|name| !name.is_empty()).collect();
    known.sort_unstable();
    known.dedup();
    // Of a long name many type the beginning.
    let begun: Vec<&str> = known.iter().copied().filter(|name| name.starts_with(unknown.as_str())).collect();
    let only = Some(&begun).filter(|begun| begun.len() == 1).map(|begun| begun[0]);
    Err(match named(unknown).or(only).or_else(|| nearest(unknown, known.iter().copied())) {
        Some(near) => trouble.remedy(say(format!("是否应为 {near}？"), format!("did you mean {near}?"))),
        None => {
            let some = |separator| known[..known.len().min(10)].join(separator);
            trouble.remedy(say(format!("本月有：{}", some("、")), format!("the month has: {}", some(", "))))
        }
    })
}
