//! The licences of what the binary is made of, which ship with it: `docs/licences`.
//!
//! What is committed is compared with `Cargo.lock` alone, which takes neither network nor sources; a package counts wherever
//! it would be built in, on any system. `BAIFANG_BLESS=1 cargo test licences::` writes both files anew from the packages' own
//! sources, which cargo fetches if need be.

use crate::harness::{golden, root};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A package's name and version.
type Package = (String, String);

fn toml(name: &str) -> toml::Table {
    std::fs::read_to_string(root().join(name)).expect("it is there").parse().expect("it is TOML")
}

/// All packages that the program's own dependencies lead to.
fn built_in() -> BTreeSet<Package> {
    let lock = toml("Cargo.lock");
    let packages = lock["package"].as_array().expect("packages");
    let text = |package: &toml::Value, key: &str| package[key].as_str().expect("a text").to_owned();
    let dependencies = |package: &toml::Value| -> Vec<String> {
        let listed = package.get("dependencies").and_then(toml::Value::as_array);
        listed.into_iter().flatten().map(|name| name.as_str().expect("a name").to_owned()).collect()
    };
    // `name`, or `name version` where there are several.
    let named = |dependency: &str| {
        let (name, version) = dependency.split_once(' ').unwrap_or((dependency, ""));
        let is_it = |package: &&toml::Value| {
            text(package, "name") == name && (version.is_empty() || text(package, "version") == version)
        };
        packages.iter().find(is_it).expect("the lock file holds it")
    };
    let own = toml("Cargo.toml");
    let own = own["dependencies"].as_table().expect("dependencies");
    let is_own = |dependency: &String| own.contains_key(dependency.split(' ').next().unwrap_or_default());
    let mut left: Vec<String> = dependencies(named("baifang")).into_iter().filter(is_own).collect();
    let mut found = BTreeSet::new();
    while let Some(next) = left.pop() {
        let package = named(&next);
        if found.insert((text(package, "name"), text(package, "version"))) {
            left.extend(dependencies(package));
        }
    }
    found
}

/// What the committed table says: package, version, licence.
fn table() -> Vec<[String; 3]> {
    let text = std::fs::read_to_string(root().join("docs/licences/README.md")).unwrap_or_default();
    let rows = text.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
    let cells = rows.map(|row| row.split(" | ").map(str::to_owned).collect::<Vec<_>>());
    cells.filter_map(|cells| cells.try_into().ok()).skip(2).collect()
}

#[test]
fn every_package_that_is_built_in_is_listed() {
    if golden::blessing() {
        bless();
    }
    let listed = table();
    let names: BTreeSet<Package> = listed.iter().map(|[name, version, _]| (name.clone(), version.clone())).collect();
    let how = "BAIFANG_BLESS=1 cargo test licences:: writes docs/licences anew";
    assert_eq!(names, built_in(), "{how}");
    assert!(listed.iter().all(|[.., licence]| !licence.is_empty()), "{how}");
    let texts = std::fs::read_to_string(root().join("docs/licences/THIRD-PARTY.txt")).expect("the texts");
    let headed: BTreeSet<&str> =
        texts.lines().filter_map(|line| line.strip_prefix("== ")).flat_map(|line| line.split(", ")).collect();
    for (name, version) in &names {
        let package = format!("{name} {version}");
        assert!(headed.contains(package.as_str()), "no licence text of {package}; {how}");
    }
}

const HEAD: &str = "# Licences of what the program is built from\n\n\
    The binary holds the packages below, each under its own licence; their texts stand in\n\
    [THIRD-PARTY.txt](THIRD-PARTY.txt), which goes wherever the binary goes. Some are built in on one system only. The embedded\n\
    font is Noto Sans SC under the SIL Open Font License ([OFL-NotoSansSC.txt](../../fonts/OFL-NotoSansSC.txt)); the standard\n\
    library of Rust is © The Rust Project contributors, under MIT or Apache-2.0.\n\n\
    `BAIFANG_BLESS=1 cargo test licences::` makes both files from the packages' sources; an everyday test compares the table\n\
    with `Cargo.lock`, and `cargo deny check` the licences with `deny.toml`.\n\n\
    | package | version | licence |\n| --- | --- | --- |\n";

/// Makes the table and the texts from the packages themselves.
fn bless() {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output =
        Command::new(cargo).args(["metadata", "--format-version", "1", "--locked"]).current_dir(root()).output();
    let metadata: Value = serde_json::from_slice(&output.expect("cargo runs").stdout).expect("metadata");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut table = HEAD.to_owned();
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let packages = metadata["packages"].as_array().expect("packages");
    for (name, version) in built_in() {
        let package = packages.iter().find(|package| package["name"] == *name && package["version"] == *version);
        let package = package.expect("cargo knows it");
        // As in older packages: MIT/Apache-2.0.
        let licence = text(&package["license"]).replace(" / ", " OR ").replace('/', " OR ");
        writeln!(table, "| {name} | {version} | {licence} |").expect("a string takes any text");
        let folder = PathBuf::from(text(&package["manifest_path"]));
        let files = licence_files(folder.parent().expect("a folder"), &licence);
        let own = files
            .iter()
            .map(|file| String::from_utf8_lossy(&std::fs::read(file).expect("it can be read")).into_owned());
        let mut own: Vec<String> = own.map(|text| tidy(&text)).collect();
        if own.is_empty() {
            own.push(by_name(&name, &licence));
        }
        for text in own {
            texts.entry(text).or_default().push(format!("{name} {version}"));
        }
    }
    let mut by_package: Vec<(Vec<String>, String)> =
        texts.into_iter().map(|(text, packages)| (packages, text)).collect();
    by_package.sort();
    let texts = by_package.into_iter().map(|(packages, text)| format!("== {}\n\n{text}\n", packages.join(", ")));
    std::fs::create_dir_all(root().join("docs/licences")).expect("the folder");
    std::fs::write(root().join("docs/licences/README.md"), table).expect("the table");
    std::fs::write(root().join("docs/licences/THIRD-PARTY.txt"), texts.collect::<Vec<_>>().join("\n"))
        .expect("the texts");
}

/// The files of a package that say what its licence is. Where MIT is one of several to choose from, it is chosen.
fn licence_files(folder: &Path, licence: &str) -> Vec<PathBuf> {
    let upper = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().to_uppercase();
    let starts = ["LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE"];
    let is_licence = |path: &PathBuf| path.is_file() && starts.iter().any(|start| upper(path).starts_with(start));
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the sources are there")
        .map(|entry| entry.expect("an entry").path())
        .filter(is_licence)
        .collect();
    files.sort();
    let is_free = licence.contains("MIT") && !licence.contains(" AND ");
    if is_free && files.iter().any(|path| upper(path).contains("MIT")) {
        files.retain(|path| ["MIT", "NOTICE", "COPYRIGHT"].iter().any(|kept| upper(path).contains(kept)));
    }
    files
}

fn tidy(text: &str) -> String {
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().map(str::trim_end).collect();
    lines.join("\n").trim_matches('\n').to_owned() + "\n"
}

/// A package that ships no text names its licence: MIT where it may be chosen.
fn by_name(name: &str, licence: &str) -> String {
    assert!(licence.contains("MIT"), "{name} ships no text of {licence}");
    let mit = std::fs::read_to_string(root().join("LICENSE")).expect("the project's own is MIT");
    let terms = mit.split_once("Permission is hereby granted").expect("the terms").1;
    tidy(&format!("MIT License\n\nCopyright (c) the authors of {name}\n\nPermission is hereby granted{terms}"))
}
