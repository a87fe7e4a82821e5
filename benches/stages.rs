//! The stages of a run, each by itself, at the size of a city and of a province: `cargo bench`.
//!
//! The data are made by the generator, once, and stay in `target/bench`. `BAIFANG_BENCH=city` leaves the province out.

use baifang::book::Book;
use baifang::judge::judge;
use baifang::load::{self, Corrections, Finding, Loaded, Mapping, Options, Sources};
use baifang::model::{ManagerId, Month};
use baifang::render::json;
use baifang::report::{Run, check};
use baifang::rules::config::Ruleset;
use baifang::text::charset::Charset;
use baifang::text::charset::decoded::Decoded;
use baifang::text::csv::boundaries;
use baifang::text::csv::reader::Records;
use criterion::measurement::WallTime;
use criterion::{BatchSize, BenchmarkGroup, Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

const SIZES: [(&str, &str); 2] = [("city", "150"), ("province", "2000")];
const MONTH: &str = "2026-07";

/// A folder with a month's data of so many managers.
fn data(size: &str, managers: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench").join(size);
    if !folder.is_dir() {
        let mut generate = Command::new(env!("CARGO"));
        generate.args([
            "run",
            "--quiet",
            "--release",
            "--example",
            "generate",
            "--",
            "--months",
            "1",
            "--customers",
            "140",
        ]);
        let made = generate.args(["--managers", managers, "--out"]).arg(&folder).status();
        assert!(made.is_ok_and(|status| status.success()), "the generator makes {}", folder.display());
    }
    folder
}

/// What a run needs besides its data.
struct Setting {
    sources: Sources,
    mapping: Mapping,
    corrections: Corrections,
    ruleset: Ruleset,
    month: Month,
}

impl Setting {
    fn new(folder: &Path) -> Self {
        Self {
            sources: load::find(
                Some(folder),
                &[],
                &Finding { mapping: &Mapping::default(), sheets: &[], encoding: None, most: u64::MAX },
            )
            .expect("the generator makes all files"),
            mapping: Mapping::default(),
            corrections: Corrections::default(),
            ruleset: Ruleset::built_in(),
            month: Month::parse(MONTH).expect("a month"),
        }
    }

    fn load(&self) -> Loaded {
        let settings = &self.ruleset.settings;
        let options = Options {
            mapping: &self.mapping,
            area_code: &settings.area_code,
            encoding: None,
            max_rejected: settings.max_rejected,
            max_unpacked: settings.max_unpacked,
            corrections: &self.corrections,
            as_of: None,
            excusing: &[],
            quality: &settings.quality,
            later_checks: false,
            details: false,
            piece: load::PIECE,
            progress: &|_| (),
        };
        let begun = load::begin(&self.sources, &options).expect("the data can be read");
        let horizon = begun.horizon().expect("there are visits");
        begun.finish(&self.ruleset.scope(self.month), horizon).expect("the data can be read")
    }
}

fn managers(book: &Book, month: Month) -> Vec<ManagerId> {
    book.manager_ids().filter(|id| book.is_manager_in(*id, month)).collect()
}

fn bytes(setting: &Setting) -> u64 {
    setting.sources.files.iter().filter_map(|file| file.path.metadata().ok()).map(|meta| meta.len()).sum()
}

/// What is done to the bytes of visits.csv before any cell is read, in shapes that other programs write: where the file's
/// pieces end, their text, and their rows.
fn text(group: &mut BenchmarkGroup<WallTime>, folder: &Path) {
    let plain = std::fs::read_to_string(folder.join("visits.csv")).expect("the generator makes visits");
    let quoted = |only_empty: bool| {
        let cell = |cell: &str| if only_empty && !cell.is_empty() { cell.to_owned() } else { format!("\"{cell}\"") };
        let unquoted = plain.lines().filter(|line| !line.contains('"'));
        let lines = unquoted.map(|line| line.split(',').map(cell).collect::<Vec<_>>().join(",") + "\n");
        lines.collect::<String>().into_bytes()
    };
    let shapes = [
        ("text", plain.clone().into_bytes(), Charset::Utf8),
        ("text, every cell quoted", quoted(false), Charset::Utf8),
        ("text, empty cells quoted", quoted(true), Charset::Utf8),
        ("text, CR LF", plain.replace('\n', "\r\n").into_bytes(), Charset::Utf8),
        ("text, GB18030", encoding_rs::GB18030.encode(&plain).0.into_owned(), Charset::Gb18030),
    ];
    for (name, bytes, charset) in shapes {
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_function(name, |bencher| bencher.iter(|| fields(&bytes, charset)));
    }
}

/// How many fields a text has, read piece by piece.
fn fields(mut bytes: &[u8], charset: Charset) -> usize {
    let mut fields = 0;
    while !bytes.is_empty() {
        let piece = &bytes[..bytes.len().min(load::PIECE)];
        let (piece, rest) = bytes.split_at(boundaries::whole(piece, b','));
        let decoded = Decoded::new(piece, charset);
        let mut records = Records::new(decoded.text.as_bytes(), b',', b'\n').below_header(20);
        while let Ok(row) = records.next_row() {
            fields += row.places.count();
        }
        bytes = rest;
    }
    fields
}

/// Whole runs that look ahead: half the month as it is planned, and all of the next, of which nothing is planned.
fn ahead(group: &mut BenchmarkGroup<WallTime>, folder: &Path) {
    let middle = ["--month", MONTH, "--as-of", "2026-07-15"];
    let next = ["--month", "2026-08", "--as-of", "2026-07-31"];
    for (name, command, dates) in [
        ("outlook", "outlook", middle),
        ("outlook, nothing planned", "outlook", next),
        ("plan", "plan", middle),
        ("plan, nothing planned", "plan", next),
    ] {
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let mut run = Command::new(env!("CARGO_BIN_EXE_baifang"));
                let ran = run.arg(command).arg("--data").arg(folder).args(dates).args(["--format", "csv", "--quiet"]);
                let code = ran.output().expect("the program runs").status.code();
                assert!(code == Some(0) || code == Some(1), "{name}: {code:?}");
            });
        });
    }
}

fn stages(criterion: &mut Criterion) {
    let only = std::env::var("BAIFANG_BENCH").ok();
    for (size, number) in SIZES.into_iter().filter(|(size, _)| only.as_deref().is_none_or(|only| only == *size)) {
        let folder = data(size, number);
        let setting = Setting::new(&folder);
        let mut group = criterion.benchmark_group(size);
        group.sample_size(10).sampling_mode(SamplingMode::Flat).measurement_time(Duration::from_secs(5));
        text(&mut group, &folder);
        group.throughput(Throughput::Bytes(bytes(&setting)));
        group.bench_function("decode", |bencher| bencher.iter_with_large_drop(|| setting.load()));
        group.throughput(Throughput::Elements(number.parse().expect("a number of managers")));
        group.bench_function("book", |bencher| {
            let book =
                |loaded: Loaded| Book::new(loaded.records, &loaded.accounts.inputs, &setting.ruleset.settings.calendar);
            bencher.iter_batched(|| setting.load(), book, BatchSize::PerIteration);
        });
        let loaded = setting.load();
        let book = Book::new(loaded.records, &loaded.accounts.inputs, &setting.ruleset.settings.calendar);
        let managers = managers(&book, setting.month);
        let judged = || judge(&book, &loaded.accounts, &setting.ruleset, setting.month, &managers, &|| ());
        group.bench_function("rules", |bencher| bencher.iter_with_large_drop(judged));
        let judgement = judged();
        let run = Run::new(&judgement, &book, &setting.ruleset, &loaded.accounts, Some(0));
        group.bench_function("render", |bencher| {
            bencher.iter(|| {
                let mut out = std::io::sink();
                json::write_lines(&mut out, |keys| check::json::tell(&run, baifang::lang::Lang::En, keys))
            });
        });
        ahead(&mut group, &folder);
        group.finish();
    }
}

criterion_group!(benches, stages);
criterion_main!(benches);
