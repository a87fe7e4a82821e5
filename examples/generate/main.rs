//! Generates invented sample data: customers, visits, calls and the other kinds of a branch, for tests, demonstrations
//! and measurements. The same options give the same bytes.
//!
//! ```text
//! cargo run --release --example generate -- --out DIR [--style clean|office] [--shape SHAPE] [--managers 6] …
//! ```
//!
//! The path: `archive` invents a manager and his customers, `parts` writes the script of each of his days, `plan` and
//! `day` play it, `contacts` and `desk` add what is not done on the road, and a sink writes it all down: `clean` as the
//! documentation describes it, `office` as an office's systems would export it. `--shape` writes the clean style's rows as
//! other programs would: in another order, quoted, encoded otherwise, with the same verdicts.

#![allow(unreachable_pub, reason = "nothing looks into a program: `pub` says what a module offers the others")]

mod archive;
mod by_time;
mod calendar;
mod cells;
mod clean;
mod contacts;
mod day;
mod desk;
mod field;
mod names;
mod numbers;
mod office;
mod parts;
mod plan;
mod records;
mod rng;
mod shape;
mod sheet;
mod table;

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use chrono::NaiveDate;
use clap::{Arg, ArgMatches, Command, value_parser};

use calendar::Span;
use field::{Field, Note};
use parts::Part;
use records::Sink;
use rng::Rng;
use shape::Shape;

pub struct Options {
    pub managers: u32,
    pub customers: u32,
    pub branches: u32,
    pub seed: String,
}

impl Options {
    /// Planned visits a day, in tenths: 10.5 with 50 customers, 18.2 with 140. With the unplanned ones that makes about
    /// 12 and 20.
    pub fn planned_tenths(&self) -> u32 {
        match self.customers {
            n @ 0..50 => (105 * n / 50).max(60),
            n => (105 + (n - 50) * 77 / 90).min(240),
        }
    }
}

fn main() -> Result<()> {
    let matches = command().get_matches();
    let number = |name: &str| *matches.get_one::<u32>(name).expect("has a default");
    let options = Options {
        managers: number("managers"),
        customers: number("customers"),
        branches: number("branches"),
        seed: text(&matches, "seed").to_owned(),
    };
    let from = format!("{}-01", text(&matches, "from"));
    let first = from.parse::<NaiveDate>().context("--from wants a month such as 2026-07")?;
    let span = Span::new(first, number("months"))?;
    let total = options.managers.checked_mul(options.customers);
    ensure!(total.is_some(), "too many customers");
    let out = matches.get_one::<PathBuf>("out").expect("is required");
    std::fs::create_dir_all(out).with_context(|| format!("cannot make {}", out.display()))?;
    let mut sink = sink(&matches, out, &span)?;
    for number in 1..=options.managers {
        play(&options, &span, number, &mut *sink)?;
    }
    sink.finish()
}

fn sink(matches: &ArgMatches, out: &Path, span: &Span) -> Result<Box<dyn Sink>> {
    let shape = matches.get_one::<Shape>("shape").copied();
    Ok(if text(matches, "style") == "office" {
        ensure!(shape.is_none(), "--shape is for the clean style: the office style has its own");
        Box::new(office::Office::create(out, span)?)
    } else {
        Box::new(clean::Clean::create(out, shape.unwrap_or_default())?)
    })
}

/// One manager from his archive to his last day. Nothing of him is kept.
fn play(options: &Options, span: &Span, number: u32, sink: &mut dyn Sink) -> Result<()> {
    let mut rng = Rng::of(&options.seed, number);
    let manager = archive::manager(options, span, number, &mut rng);
    let shops = archive::customers(options, span, &manager, &mut rng);
    sink.manager(&manager)?;
    for shop in &shops {
        sink.customer(&manager, shop)?;
    }
    let strangers: Vec<String> = (0..9).map(|_| format!("17{}0000{:04}", rng.below(10), rng.below(10_000))).collect();
    let mut liking: Vec<u32> = (0..options.customers).collect();
    rng.shuffle(&mut liking);
    let mut field = Field {
        m: &manager,
        shops: &shops,
        part: Part::of(number, &mut rng),
        weekly: rng.chance(250),
        notes: vec![Note::default(); shops.len()],
        strangers: &strangers,
        planned_tenths: options.planned_tenths(),
        liking,
        moves: VecDeque::new(),
        due: Vec::new(),
        today: 0,
        visit_seq: 0,
        rng,
    };
    // Everybody was last seen some day before the run began.
    for note in &mut field.notes {
        note.last = -(field.rng.below(15) as i32);
    }
    for index in 0..span.months.len() {
        let worked = field.month(span, index, sink)?;
        field.desk(span, index, &worked, sink)?;
    }
    Ok(())
}

fn text<'a>(matches: &'a ArgMatches, name: &str) -> &'a str {
    matches.get_one::<String>(name).expect("has a default")
}

fn command() -> Command {
    let count = |name: &'static str, default: &'static str, help: &'static str| {
        let range = value_parser!(u32).range(1..=1_000_000);
        Arg::new(name).long(name).value_name("N").default_value(default).value_parser(range).help(help)
    };
    Command::new("generate")
        .about("Generates invented sample data, the same for the same options")
        .arg(
            Arg::new("out")
                .long("out")
                .value_name("DIR")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help("Folder to write to"),
        )
        .arg(
            Arg::new("style")
                .long("style")
                .default_value("clean")
                .value_parser(["clean", "office"])
                .help("Canonical UTF-8 tables, or the mixed bag an office exports"),
        )
        .arg(Arg::new("shape").long("shape").value_name("SHAPE").value_parser(Shape::parse).help(shape::HELP))
        .arg(count("managers", "6", "Customer managers"))
        .arg(count("customers", "50", "Customers of each manager"))
        .arg(count("branches", "2", "Branches they are spread over"))
        .arg(Arg::new("from").long("from").value_name("YYYY-MM").default_value("2026-07").help("First month"))
        .arg(count("months", "3", "Months"))
        .arg(
            Arg::new("seed")
                .long("seed")
                .value_name("TEXT")
                .default_value("baifang")
                .help("Another text gives other data"),
        )
}
