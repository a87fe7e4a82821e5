//! What the program says of itself: help with examples, version, completions, manual.

use super::harness::{Ran, Site, read};
use std::process::Command;

/// The commands that `--help` lists.
fn commands() -> Vec<String> {
    let help = Site::bare().run("--help").out;
    let listed = help.split_once("Commands:\n").expect("a list of commands").1;
    let lines = listed.lines().take_while(|line| !line.is_empty());
    let names = lines.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help").map(str::to_owned).collect()
}

/// Whether a program of the system's is there; a test that needs one says so where it is not.
fn has(program: &str) -> bool {
    let there = Command::new(program).arg("--version").output().is_ok();
    if !there {
        eprintln!("skipped: there is no {program}");
    }
    there
}

#[test]
fn every_command_has_an_example_in_its_help() {
    let commands = commands();
    assert!(commands.contains(&"check".to_owned()) && commands.len() >= 5, "{commands:?}");
    for name in commands {
        let en = Site::bare().run(&format!("{name} --help")).out;
        assert!(en.contains(&format!("Example: baifang {name}")), "{name}: {en}");
        let zh = Site::bare().run(&format!("{name} --help --lang zh")).out;
        assert!(zh.contains(&format!("例：baifang {name}")), "{name}: {zh}");
    }
}

#[test]
fn the_long_version_names_the_standard() {
    let en = Site::bare().run("--version").out;
    assert!(en.contains("\nstandard: 徐州市烟草公司客户经理工作规范"), "{en}");
    let shipped = baifang::digest::sha256(baifang::rules::config::BUILT_IN);
    assert!(en.contains(&format!("\nbuilt-in rules.toml: sha256 {}\n", &shipped[..12])), "{en}");
    assert!(Site::bare().run("--version --lang zh").out.contains("\n规范：徐州市"));
}

#[test]
fn completions_are_scripts_that_their_shells_read() {
    for (shell, check) in [("bash", "bash -n"), ("zsh", "zsh -n"), ("fish", "fish --no-execute"), ("powershell", "")] {
        for lang in ["en", "zh"] {
            let site = Site::bare();
            let ran = site.run(&format!("completions {shell} --lang {lang} -o script"));
            assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
            let script = String::from_utf8(read(&site.path("script"))).expect("UTF-8");
            assert!(script.contains("baifang"));
            for word in ["check", "lint", "month", "findings", "completions"] {
                assert!(script.contains(word), "{shell} completes {word}");
            }
            let mut words = check.split_whitespace();
            let Some(program) = words.next().filter(|program| has(program)) else { continue };
            let parsed = Ran::of(Command::new(program).args(words).arg(site.path("script")));
            assert_eq!((parsed.code, parsed.err.as_str()), (0, ""), "{shell} reads its script");
        }
    }
    assert_eq!(Site::bare().run("completions tcsh").code, 2);
}

/// `baifang ch<Tab>` in a real bash.
#[test]
fn bash_completes_a_command() {
    if !has("bash") {
        return;
    }
    let script = Site::bare().run("completions bash").out;
    let press = format!(
        "{script}\nCOMP_WORDS=(baifang ch) COMP_CWORD=1; _baifang baifang ch baifang; echo \"${{COMPREPLY[@]}}\""
    );
    assert_eq!(Ran::of(Command::new("bash").args(["-c", &press])).out, "check\n");
}

#[test]
fn every_command_has_a_page_of_the_manual() {
    for (lang, heading) in [("en", ".SH NAME"), ("zh", ".SH 名称")] {
        let site = Site::bare();
        let ran = site.run(&format!("man --dir pages --lang {lang}"));
        assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
        let pages = std::fs::read_dir(site.path("pages")).expect("the folder").count();
        assert_eq!(pages, commands().len() + 1, "a page a command, and the program's own");
        for name in commands().iter().map(|name| format!("baifang-{name}")).chain(["baifang".to_owned()]) {
            let page = String::from_utf8(read(&site.path(&format!("pages/{name}.1")))).expect("UTF-8");
            assert!(page.contains(heading) && page.lines().count() > 10, "{name}: {page}");
            assert!(page.contains(&name.replace('-', "\\-")), "{name}: {page}");
        }
        assert_eq!(site.run(&format!("man --lang {lang}")).out.into_bytes(), read(&site.path("pages/baifang.1")));
        if has("groff") {
            let page = site.path("pages/baifang-check.1");
            let set = Ran::of(Command::new("groff").args(["-K", "utf8", "-man", "-Tutf8", "-P-cbou"]).arg(page));
            assert!(set.code == 0 && !set.err.contains("error"), "{}", set.err);
            let words: Vec<&str> = set.out.split_whitespace().collect();
            assert!(words.join(" ").contains("baifang check [--data]"), "{}", set.out);
        }
    }
}
