//! The walls of the house: which room may look into which, as `src/lib.rs` draws the path; no two files that need each other;
//! no file and no function too long to be read at once.
//!
//! What does not hold yet stands in lists, which may only get shorter: what has been put right must leave them.

mod source;

use source::{Source, Steps, files, functions, sources};
use std::collections::{BTreeMap, BTreeSet};

/// What may be used anywhere.
const BESIDE: [&str; 7] = ["digest", "file_name", "lang", "parallel", "quote", "toml_file", "trouble"];

/// Each room, and the rooms it may look into.
const ROOMS: [(&str, &[&str]); 32] = [
    ("branches", &["load", "model"]),
    ("headline", &["model"]),
    ("obstacle", &["model"]),
    ("model", &[]),
    ("text", &["model"]),
    ("cell", &["model"]),
    ("store", &["cell", "model"]),
    ("load", &["cell", "model", "store", "text"]),
    ("guess", &["cell", "load", "model", "text"]),
    ("book", &["branches", "load", "model", "store"]),
    ("measures", &["book", "model"]),
    ("finding", &["model"]),
    ("judgement", &["finding", "headline", "measures", "model", "obstacle"]),
    ("doubt", &["book", "finding", "judgement", "measures", "model"]),
    ("obstacles", &["book", "branches", "cell", "judgement", "load", "model", "obstacle", "rules"]),
    ("rules", &["doubt", "finding", "headline", "judgement", "measures", "model", "obstacle"]),
    (
        "judge",
        &[
            "appeals",
            "book",
            "doubt",
            "finding",
            "judgement",
            "load",
            "measures",
            "model",
            "obstacle",
            "obstacles",
            "rules",
        ],
    ),
    ("outlook", AROUND),
    ("plan", &["finding", "judgement", "measures", "model", "outlook"]),
    ("day", AROUND),
    ("appeals", &["book", "finding", "judgement", "measures", "model"]),
    ("followup", &["book", "diff", "finding", "judgement", "measures", "model"]),
    ("quality", AROUND),
    ("ranking", AROUND),
    ("sample", AROUND),
    ("sheet", AROUND),
    ("diff", &[]),
    ("document", &[]),
    ("report", TOLD),
    ("print", &[]),
    ("render", &["document", "print"]),
    ("starter", &["load", "model", "render", "rules"]),
];

/// What happens around the check reads book, measures and judgement.
const AROUND: &[&str] = &["book", "finding", "headline", "judge", "judgement", "measures", "model", "obstacle"];

/// What is told: all that was found out.
const TOLD: &[&str] = &[
    "appeals",
    "book",
    "cell",
    "day",
    "diff",
    "document",
    "doubt",
    "finding",
    "guess",
    "judge",
    "judgement",
    "load",
    "measures",
    "model",
    "followup",
    "headline",
    "obstacle",
    "obstacles",
    "outlook",
    "plan",
    "print",
    "quality",
    "ranking",
    "rules",
    "sample",
    "sheet",
    "store",
];

/// These may look into every room.
const OPEN: [&str; 3] = ["cli", "lib", "main"];

/// These hold a list of the files below them, each of which knows what stands beside the list: the trait of a rule, the way a
/// command ends.
const LISTS: [&str; 2] = ["src/cli/mod.rs", "src/rules/mod.rs"];

/// No file has more lines, and no function.
const LONGEST_FILE: usize = 400;
const LONGEST_FUNCTION: usize = 60;

/// Files that are still longer.
const LONG_FILES: [&str; 3] = ["tests/it/cli/machine.rs", "tests/it/cli/values.rs", "tests/it/plain/org_days.rs"];

/// Functions that still are.
const LONG_FUNCTIONS: [&str; 1] = ["tests/it/plain/params.rs toml"];

/// The files of `src` by module, and what each hands on to others: the name, and where it comes from.
struct House {
    files: Vec<Source>,
    modules: BTreeMap<Steps, usize>,
    handed_on: Vec<BTreeMap<String, Steps>>,
}

impl House {
    fn read() -> Self {
        let files = sources();
        let modules = files.iter().enumerate().map(|(at, source)| (source.module.clone(), at)).collect();
        let hands_on = |source: &Source| {
            let named = source.named().into_iter().filter(|named| named.handed_on);
            named.filter_map(|named| Some((named.steps.last()?.clone(), named.steps.clone()))).collect()
        };
        let handed_on = files.iter().map(hands_on).collect();
        Self { files, modules, handed_on }
    }

    /// The file in which what is named here is written, whoever hands it on.
    fn place(&self, steps: &Steps) -> usize {
        let mut steps = steps.clone();
        for _ in 0..8 {
            let depth = (0..=steps.len()).rev().find(|depth| self.modules.contains_key(&steps[..*depth]));
            let depth = depth.expect("the root is a module");
            let file = self.modules[&steps[..depth]];
            let Some(origin) = steps.get(depth).and_then(|name| self.handed_on[file].get(name)) else { return file };
            if *origin == steps {
                return file;
            }
            steps = [origin, &steps[depth + 1..]].concat();
        }
        panic!("{steps:?} is handed on in a circle");
    }

    /// Which file looks into which others; what it only hands on of its own room is not looked into.
    fn edges(&self) -> Vec<BTreeSet<usize>> {
        let of = |(at, source): (usize, &Source)| {
            let looked_into = source
                .named()
                .into_iter()
                .filter(|named| !named.handed_on || room_of(&named.steps) != room_of(&source.module));
            looked_into.map(|named| self.place(&named.steps)).filter(|other| *other != at).collect()
        };
        self.files.iter().enumerate().map(of).collect()
    }

    fn room(&self, file: usize) -> &str {
        match self.files[file].file.as_str() {
            "src/main.rs" => "main",
            _ => room_of(&self.files[file].module),
        }
    }
}

fn room_of(module: &[String]) -> &str {
    module.first().map_or("lib", String::as_str)
}

/// The list says exactly what does not hold: nothing new, and nothing that has been put right.
fn only_shrinks(what: &str, found: &BTreeSet<String>, listed: &[&str]) {
    let listed: BTreeSet<String> = listed.iter().map(|&one| one.to_owned()).collect();
    let (new, gone): (Vec<_>, Vec<_>) = (found.difference(&listed).collect(), listed.difference(found).collect());
    assert!(new.is_empty(), "{what}: {new:#?}");
    assert!(gone.is_empty(), "{what}: these hold now and must leave the list: {gone:#?}");
}

#[test]
fn rooms_look_only_where_the_path_lets_them() {
    let house = House::read();
    let allowed: BTreeMap<&str, &[&str]> = ROOMS.into();
    let mut crossed = BTreeSet::new();
    for (from, others) in house.edges().iter().enumerate() {
        let room = house.room(from);
        if OPEN.contains(&room) {
            continue;
        }
        let may = allowed.get(room).copied().unwrap_or_default();
        assert!(allowed.contains_key(room) || BESIDE.contains(&room), "{room} has no line in ROOMS");
        for other in others.iter().map(|other| house.room(*other)) {
            if other != room && !may.contains(&other) && !BESIDE.contains(&other) {
                crossed.insert(format!("{room} → {other}"));
            }
        }
    }
    assert!(crossed.is_empty(), "rooms look where they may not: {crossed:#?}");
}

/// What one room is allowed leads back to it over no other.
#[test]
fn the_rooms_stand_in_a_row() {
    let mut seen: BTreeSet<&str> = BESIDE.into();
    let mut left: BTreeMap<&str, &[&str]> = ROOMS.into();
    while !left.is_empty() {
        let next = left.iter().find(|(_, may)| may.iter().all(|room| seen.contains(room))).map(|(room, _)| *room);
        let next = next.unwrap_or_else(|| panic!("these look into each other: {:?}", left.keys()));
        left.remove(next);
        seen.insert(next);
    }
}

#[test]
fn no_files_need_each_other() {
    let house = House::read();
    let mut edges = house.edges();
    for (source, others) in
        house.files.iter().zip(&mut edges).filter(|(source, _)| LISTS.contains(&source.file.as_str()))
    {
        others.retain(|other| !house.files[*other].module.starts_with(&source.module));
    }
    let reached = |from: usize| {
        let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
        while let Some(file) = next.pop() {
            next.extend(edges[file].iter().filter(|other| seen.insert(**other)));
        }
        seen
    };
    let name = |file: usize| house.files[file].file.clone();
    let in_circles: BTreeSet<usize> = (0..edges.len()).filter(|file| reached(*file).contains(file)).collect();
    let mut told = String::new();
    for &file in &in_circles {
        let others = edges[file].iter().filter(|other| reached(**other).contains(&file));
        told += &format!("{} → {}\n", name(file), others.map(|other| name(*other)).collect::<Vec<_>>().join(", "));
    }
    assert!(told.is_empty(), "files need each other\n{told}");
}

#[test]
fn files_and_functions_can_be_read_at_once() {
    let all: BTreeMap<String, String> = ["src", "tests", "examples", "benches"].into_iter().flat_map(files).collect();
    let long = |text: &str| text.lines().count() > LONGEST_FILE;
    let files = all.iter().filter(|(_, text)| long(text)).map(|(file, _)| file.clone()).collect();
    only_shrinks(&format!("files of more than {LONGEST_FILE} lines"), &files, &LONG_FILES);
    let functions = all.iter().flat_map(|(file, text)| functions(file, text));
    let long = functions.filter(|function| function.lines > LONGEST_FUNCTION);
    let names = long.map(|function| format!("{} {}", function.file, function.name)).collect();
    only_shrinks(&format!("functions of more than {LONGEST_FUNCTION} lines"), &names, &LONG_FUNCTIONS);
}

/// A file that no `mod` names is not compiled, and its tests are never run.
#[test]
fn every_test_that_is_written_is_run() {
    use crate::harness::trials::Entry;
    let mut run: BTreeMap<String, usize> = BTreeMap::new();
    for entry in Entry::all() {
        let (module, _) =
            entry.path().rsplit_once("::").map(|(module, name)| (module.to_owned(), name.to_owned())).unwrap();
        *run.entry(module).or_default() += 1;
    }
    for (file, text) in files("tests/it") {
        let module = file.trim_start_matches("tests/it/").trim_end_matches(".rs").trim_end_matches("/mod");
        let written = text.lines().filter(|line| line.trim() == "#[test]").count();
        let found = run.get(&module.replace('/', "::")).copied().unwrap_or(0);
        assert_eq!(found, written, "tests of {file} that are run, and those that are written");
    }
}
