//! What the program says of itself: help with examples, version, completions, manual.

use crate::harness::trials::Outcome;
use crate::harness::{Ran, Site, read, tools};
use baifang::model::Kind;
use std::process::Command;

/// The commands that `--help` lists.
fn commands() -> Vec<String> {
    let help = Site::bare().run("--help").out;
    let listed = help.split_once("Commands:\n").expect("a list of commands").1;
    let lines = listed.lines().take_while(|line| !line.is_empty());
    let names = lines.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help").map(str::to_owned).collect()
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
        assert!(zh.contains(&format!("用法：baifang {name} [选项]")) && zh.contains("\n输出：\n"), "{name}: {zh}");
        for english in ["Options:", "Arguments:", "OPTIONS", "[default", "<DIR>", "<FILE>", "<NAME>"] {
            assert!(!zh.contains(english), "{name}: {english} in {zh}");
        }
    }
}

#[test]
fn help_is_a_command_in_both_languages() {
    for line in ["help check --lang zh", "--lang zh help check"] {
        assert_eq!(Site::bare().run(line).out, Site::bare().run("check --help --lang zh").out, "{line}");
    }
    let zh = Site::bare().run("help --lang zh");
    assert!(zh.code == 0 && zh.out.contains("命令："), "{}", zh.err);
    let unknown = Site::bare().run("help inti --lang zh");
    assert!(
        unknown.code == 2 && unknown.err.contains("未知的命令 inti；是否应为 notice、lint、init？"),
        "{}",
        unknown.err
    );
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
fn completions_are_written_for_each_shell() {
    for shell in ["bash", "zsh", "fish", "powershell"] {
        for lang in ["en", "zh"] {
            let site = Site::bare();
            let ran = site.run(&format!("completions {shell} --lang {lang} -o script"));
            assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
            let script = String::from_utf8(read(&site.path("script"))).expect("UTF-8");
            assert!(script.contains("baifang"));
            for word in ["check", "lint", "month", "findings", "completions"] {
                assert!(script.contains(word), "{shell} completes {word}");
            }
        }
    }
    assert_eq!(Site::bare().run("completions tcsh").code, 2);
}

/// The shell finds nothing to object to in its script.
fn is_read_by(shell: &'static str, option: &str) -> Outcome {
    tools::found(&[shell])?;
    for lang in ["en", "zh"] {
        let site = Site::bare();
        site.run(&format!("completions {shell} --lang {lang} -o script"));
        let parsed = Ran::of(Command::new(shell).arg(option).arg(site.path("script")));
        assert_eq!((parsed.code, parsed.err.as_str()), (0, ""), "{shell} reads its script");
    }
    Ok(())
}

#[test]
fn bash_reads_its_completions() -> Outcome {
    is_read_by("bash", "-n")
}

#[test]
fn zsh_reads_its_completions() -> Outcome {
    is_read_by("zsh", "-n")
}

#[test]
fn fish_reads_its_completions() -> Outcome {
    is_read_by("fish", "--no-execute")
}

/// `baifang ch<Tab>` in a real bash.
#[test]
fn bash_completes_a_command() -> Outcome {
    tools::found(&["bash"])?;
    let script = Site::bare().run("completions bash").out;
    let press = format!(
        "{script}\nCOMP_WORDS=(baifang ch) COMP_CWORD=1; _baifang baifang ch baifang; echo \"${{COMPREPLY[@]}}\""
    );
    assert_eq!(Ran::of(Command::new("bash").args(["-c", &press])).out, "check\n");
    Ok(())
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
    }
}

#[test]
fn groff_sets_a_page_of_the_manual() -> Outcome {
    let groff = tools::found(&["groff"])?;
    for lang in ["en", "zh"] {
        let site = Site::bare();
        site.run(&format!("man --dir pages --lang {lang}"));
        let page = site.path("pages/baifang-check.1");
        let set = Ran::of(Command::new(groff).args(["-K", "utf8", "-man", "-Tutf8", "-P-cbou"]).arg(page));
        assert_eq!((set.code, set.err.as_str()), (0, ""));
        let words: Vec<&str> = set.out.split_whitespace().collect();
        let usage = if lang == "en" { "baifang check [--data]" } else { "baifang check [选项]" };
        assert!(words.join(" ").contains(usage), "{}", set.out);
        assert!(
            set.out
                .lines()
                .any(|line| line.trim_start().starts_with(['例', 'E']) && line.contains("baifang check --data")),
            "{}",
            set.out
        );
    }
    Ok(())
}

/// Three bare files are judged, and the foot says what each of the others would add.
#[test]
fn what_is_not_given_is_said_with_what_it_would_add() {
    let site = Site::bare()
        .customers(1)
        .visits("M1,C1,onsite,2026-09-07 08:00,,\n")
        .with("data/calls.csv", "manager_id,number,started_at,seconds\nM1,13800000001,2026-09-07 08:00,60\n");
    let said = site.run("check --data data").out;
    let part = said.split_once("Not given, and what it would add").expect("the foot says it").1;
    let part = part.split_once("Provenance").expect("the end").0.split_whitespace().collect::<Vec<_>>().join(" ");
    for line in [
        "plans first-arrival, plan-adherence",
        "days paper-fallback",
        "managers names",
        "services cadence",
        "checks spot-check-size, spot-check-result",
    ] {
        assert!(part.contains(line), "{line} in {part}");
    }
    assert!(!part.contains("calls ") && !part.contains("visits "), "{part}");
    let full = Site::bare().customers(1).visits("M1,C1,onsite,2026-09-07 08:00,,\n");
    let kinds = Kind::ALL.into_iter().filter(|kind| ![Kind::Customers, Kind::Visits].contains(kind));
    let headers = baifang::starter::files(baifang::lang::Lang::En);
    let full = kinds.fold(full, |site, kind| {
        let name = format!("data/{}.csv", baifang::starter::stem(kind, baifang::lang::Lang::En));
        let header = headers.iter().find(|(path, _)| *path == name).expect("its header").1.clone();
        site.with(&name, header)
    });
    assert!(!full.run("check --data data").out.contains("Not given"));
}

/// A word that is not known is told with how often it stands there and the very line that gives it a meaning.
#[test]
fn an_unknown_word_is_shown_with_the_line_to_add() {
    let rows: String = (2..=30).map(|day| format!("M1,C1,实地,2026-09-{day:02} 08:00,,\n")).collect();
    let site = Site::bare()
        .with("data/customers.csv", "customer_id,name,manager_id,class\nC1,东街,M1,加盟终端\nC2,西街,M1,加盟终端\n")
        .visits(&format!("M1,C1,顺路,2026-09-01 08:00,,\n{rows}"));
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = flat(&site.run("check --data data").out);
    let class = "customers.class \"加盟终端\" × 2 (customers.csv:2): unknown: add under [values.customers.class] of columns.toml: … = [\"加盟终端\"], with one of these for …: ordinary, ";
    assert!(said.contains(class), "{said}");
    let mode =
        "add under [values.visits.mode] of columns.toml: … = [\"顺路\"], with one of these for …: onsite, phone, web";
    assert!(said.contains(mode), "{said}");
    let site = site.with(
        "data/columns.toml",
        "[values.visits.mode]\nonsite = [\"顺路\"]\n[values.customers.class]\nordinary = [\"加盟终端\"]\n",
    );
    let mended = site.check("");
    assert!(mended.list("rejected").is_empty() && mended.bad_cells("customers.csv") == 0);
}
