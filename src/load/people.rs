//! Who is meant by a name where a file has no ids: what the archive and the list of managers join names and ids by.

use crate::load::archive::Archive;
use crate::model::{Manager, ManagerId, half_width};
use crate::store::chunk::Chunk;
use crate::store::row::Row;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The managers and customers whose ids and names are known.
#[derive(Default)]
pub struct People<'a> {
    ids: FxHashSet<Box<str>>,
    managers: FxHashMap<String, Vec<Namesake>>,
    archive: Option<(&'a Archive, &'a ReadShops<'a>)>,
    /// Read when the first is asked for.
    customers: OnceLock<Shops>,
}

/// By name the numbers of customers and of those whose they are.
pub(super) type Shops = FxHashMap<String, Vec<(u32, u32)>>;
/// Reads the names of all customers.
pub(super) type ReadShops<'a> = dyn Fn() -> Shops + Sync + 'a;

/// One of those who have a name.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Namesake {
    id: Box<str>,
    branches: Vec<Box<str>>,
}

/// Who is meant by a cell.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Meant<'p> {
    /// The cell is an id, or nothing is known of it.
    Itself,
    Id(&'p str),
    /// All of them.
    Several(Vec<&'p str>),
    Nobody,
}

/// Names and ids of a file's rows, with the branch.
pub(super) trait Named: Row {
    fn named<'r>(record: &'r Self::Record<'_>) -> (Option<&'r str>, Option<&'r str>);
}

impl Named for Manager {
    fn named(manager: &Manager) -> (Option<&str>, Option<&str>) {
        (manager.name.as_deref(), manager.branch.as_deref())
    }
}

/// A name as names are compared: two characters are often written with a blank between them.
pub(super) fn bare(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace()).map(half_width).collect()
}

impl<'a> People<'a> {
    /// Takes ids and names from rows that have both.
    pub(super) fn add<T: Named>(&mut self, chunks: &[Chunk<T>]) {
        for chunk in chunks {
            for (id, rows) in chunk.places_by_id() {
                self.ids.insert(id.into());
                let mut last: Option<(String, String)> = None;
                for row in rows {
                    let record = T::open(&chunk.placed(row as usize, ManagerId::NOBODY));
                    let (name, branch) = T::named(&record);
                    let (name, branch) = (name.unwrap_or_default(), branch.unwrap_or_default());
                    // Rows of one manager mostly say the same of him.
                    if last.as_ref().is_none_or(|(known, there)| known != name || there != branch) {
                        self.join(id, name, branch);
                        last = Some((name.to_owned(), branch.to_owned()));
                    }
                }
            }
        }
    }

    /// Joins an id and a name; what stands in the column of ids may be the name.
    fn join(&mut self, id: &str, name: &str, branch: &str) {
        let name = bare(name);
        if name.is_empty() || name == bare(id) {
            return;
        }
        let namesakes = self.managers.entry(name).or_default();
        let at = namesakes.iter().position(|one| *one.id == *id).unwrap_or_else(|| {
            namesakes.push(Namesake { id: id.into(), branches: vec![] });
            namesakes.len() - 1
        });
        let branches = &mut namesakes[at].branches;
        if !branch.is_empty() && !branches.iter().any(|known| **known == *branch) {
            branches.push(branch.into());
        }
    }

    pub(super) fn knows_no_ids(&self) -> bool {
        self.ids.is_empty()
    }

    /// Takes names from rows that have no ids, where no file has any: the name is the id; where a name stands in several
    /// branches, it is with its branch.
    pub(super) fn name_by_names<T: Named>(&mut self, chunks: &[Chunk<T>]) {
        let mut rows: BTreeMap<String, BTreeMap<Box<str>, usize>> = BTreeMap::new();
        for chunk in chunks {
            for (id, places) in chunk.places_by_id() {
                for row in places {
                    let record = T::open(&chunk.placed(row as usize, ManagerId::NOBODY));
                    let branch = T::named(&record).1.unwrap_or_default();
                    *rows.entry(bare(id)).or_default().entry(branch.into()).or_default() += 1;
                }
            }
        }
        for (name, branches) in rows {
            let all: usize = branches.values().sum();
            // A few rows of another branch are slips.
            let is_one = |rows: usize| rows > SLIPS && rows * 20 > all;
            let of_branches: Vec<&str> = branches
                .iter()
                .filter(|(branch, rows)| !branch.is_empty() && is_one(**rows))
                .map(|(branch, _)| &**branch)
                .collect();
            let namesakes = match of_branches[..] {
                [] | [_] => vec![Namesake { id: name.as_str().into(), branches: branches.into_keys().collect() }],
                ref several => {
                    let of = |branch: &&str| Namesake {
                        id: format!("{name}（{branch}）").into(),
                        branches: vec![(*branch).into()],
                    };
                    several.iter().map(of).collect()
                }
            };
            self.managers.insert(name, namesakes);
        }
    }

    /// With the customers of the archive.
    pub(super) fn with_archive(self, archive: &'a Archive, shops: &'a ReadShops<'a>) -> Self {
        Self { archive: Some((archive, shops)), ..self }
    }

    /// The manager whom a cell means, which should be an id unless the file has only names; a branch tells namesakes apart.
    pub(super) fn manager(&self, cell: &str, branch: &str, is_name: bool) -> Meant<'_> {
        if !is_name && self.ids.contains(cell) {
            return Meant::Itself;
        }
        match self.managers.get(&bare(cell)).map(Vec::as_slice) {
            None if cell.contains(BESIDE) && self.manager_beside_name(cell).is_some() => {
                self.manager_beside_name(cell).map_or(Meant::Itself, Meant::Id)
            }
            // Where no file has ids besides, names are the ids.
            None if is_name && self.ids.contains(cell) => Meant::Itself,
            None if is_name && !(self.managers.is_empty() && self.ids.is_empty()) => Meant::Nobody,
            None | Some([]) => Meant::Itself,
            Some([one]) => Meant::Id(&one.id),
            Some(several) => {
                let mut there = several.iter().filter(|one| one.branches.iter().any(|known| **known == *branch));
                match (there.next(), there.next()) {
                    (Some(one), None) => Meant::Id(&one.id),
                    _ => Meant::Several(several.iter().map(|one| &*one.id).collect()),
                }
            }
        }
    }

    /// The manager whose id stands in a cell beside his name, both as another file has them: `M101(王强)`.
    fn manager_beside_name(&self, cell: &str) -> Option<&str> {
        let both = |(id, name): (String, String)| {
            let namesake = self.managers.get(&name)?.iter().find(|one| *one.id == *id)?;
            Some(&*namesake.id)
        };
        halves(cell).find_map(both)
    }

    /// The customer whom a cell means; of several of a name the one that is the manager's.
    pub(super) fn customer(&self, cell: &str, manager: &str, is_name: bool) -> Meant<'_> {
        let Some((archive, shops)) = self.archive else { return Meant::Itself };
        if !is_name && archive.customers.find(cell).is_some() {
            return Meant::Itself;
        }
        let names = self.customers.get_or_init(shops);
        let id = |number: u32| archive.customers.names.text(number);
        let Some(found) = names.get(&bare(cell)) else {
            // An id with its name, both as the archive has them, is that id.
            let both = |(one, name): (String, String)| {
                let number = archive.customers.find(&one)?;
                let is_named = names.get(&name)?.iter().any(|(of, _)| *of == number);
                is_named.then(|| id(number))
            };
            return halves(cell).find_map(both).map_or(Meant::Itself, Meant::Id);
        };
        let owner = archive.managers.find(manager);
        let mut own = found.iter().filter(|(_, of)| found.len() == 1 || Some(*of) == owner);
        match (own.next(), own.next()) {
            (Some((number, _)), None) => Meant::Id(id(*number)),
            _ => Meant::Several(found.iter().map(|(number, _)| id(*number)).collect()),
        }
    }
}

/// What may stand between an id and a name.
const BESIDE: [char; 10] = ['(', '（', '[', '【', '-', '_', '/', '|', ':', ' '];

/// A cell as an id with a name behind it, and as a name with an id behind it, wherever it may be parted.
fn halves(cell: &str) -> impl Iterator<Item = (String, String)> + '_ {
    let parted = cell.match_indices(BESIDE).flat_map(|(at, between)| {
        let (one, two) = (bare(&cell[..at]), bare(cell[at + between.len()..].trim_end_matches([')', '）', ']', '】'])));
        [(one.clone(), two.clone()), (two, one)]
    });
    parted.filter(|(id, name)| !id.is_empty() && !name.is_empty())
}

/// So many rows of another branch make no other manager.
const SLIPS: usize = 2;

#[cfg(test)]
mod tests {
    use super::*;

    fn people() -> People<'static> {
        let mut people = People::default();
        let one = |id: &str, branch: &str| Namesake { id: id.into(), branches: vec![branch.into()] };
        people.ids.extend(["M1", "M2", "M3"].map(Box::from));
        people.managers.insert("张伟".into(), vec![one("M1", "东城"), one("M2", "西城")]);
        people.managers.insert("李娜".into(), vec![one("M3", "东城")]);
        people
    }

    #[test]
    fn a_name_is_told_by_its_branch_where_several_have_it() {
        let people = people();
        for (cell, branch, is_name, meant) in [
            ("李娜", "", true, Meant::Id("M3")),
            ("李　娜", "", true, Meant::Id("M3")),
            ("张伟", "西城", true, Meant::Id("M2")),
            ("张伟", "", true, Meant::Several(vec!["M1", "M2"])),
            ("张伟", "南城", true, Meant::Several(vec!["M1", "M2"])),
            ("王强", "", true, Meant::Nobody),
            ("王强", "", false, Meant::Itself),
            ("M1", "", false, Meant::Itself),
            ("M1", "", true, Meant::Itself),
            ("李娜", "", false, Meant::Id("M3")),
            ("M3(李娜)", "", true, Meant::Id("M3")),
            ("李 娜（M3）", "", false, Meant::Id("M3")),
            ("M2-张伟", "西城", true, Meant::Id("M2")),
            ("M3(张伟)", "", true, Meant::Nobody),
            ("M9(李娜)", "", true, Meant::Nobody),
        ] {
            assert_eq!(people.manager(cell, branch, is_name), meant, "{cell} {branch}");
        }
        assert_eq!(People::default().manager("王强", "", true), Meant::Itself, "no file has ids");
    }
}
