//! The formats of outputs: what `--format` calls them, and the endings of file names that mean them.

use super::output;
use crate::lang::{say, words};
use crate::trouble::Trouble;
use clap::ArgMatches;
use std::path::PathBuf;

/// How an output is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// Text for a terminal.
    Table,
    /// Text for a printer.
    Text,
    Html,
    Pdf,
    Docx,
    Markdown,
    Csv,
    Json,
    Xlsx,
}

/// Endings that promise what no command writes.
const FOREIGN: [&str; 2] = ["xls", "doc"];

impl Format {
    const ALL: [Self; 9] =
        [Self::Table, Self::Text, Self::Html, Self::Pdf, Self::Docx, Self::Markdown, Self::Csv, Self::Json, Self::Xlsx];

    /// What `--format` takes; the first is its name.
    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Table => &["table"],
            Self::Text => &["text"],
            Self::Html => &["html"],
            Self::Pdf => &["pdf"],
            Self::Docx => &["docx"],
            Self::Markdown => &["markdown", "md"],
            Self::Csv => &["csv"],
            Self::Json => &["json"],
            Self::Xlsx => &["xlsx"],
        }
    }

    /// Endings of file names that mean it; files that the program names have the first.
    fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Table => &[],
            Self::Text => &["txt", "text"],
            Self::Html => &["html", "htm"],
            Self::Pdf => &["pdf"],
            Self::Docx => &["docx"],
            Self::Markdown => &["md", "markdown"],
            Self::Csv => &["csv"],
            Self::Json => &["json"],
            Self::Xlsx => &["xlsx"],
        }
    }

    /// Of a file that the program names.
    pub(super) fn ending(self) -> &'static str {
        self.endings().first().copied().unwrap_or("txt")
    }

    /// Read by programs: it speaks English unless told otherwise.
    pub(super) fn is_machine(self) -> bool {
        matches!(self, Self::Csv | Self::Json)
    }

    /// Bytes that are no text.
    pub(super) fn is_binary(self) -> bool {
        matches!(self, Self::Pdf | Self::Docx | Self::Xlsx)
    }
}

/// The formats that a command writes.
pub(super) struct Formats {
    pub command: &'static str,
    pub known: &'static [Format],
}

impl Formats {
    /// What `--format` takes.
    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.known.iter().flat_map(|format| format.names().iter().copied())
    }

    /// As asked for, else by the ending of the output's name; `None` where neither says.
    ///
    /// # Errors
    /// Where the ending promises a format that the command does not write.
    pub(super) fn asked(&self, matches: &ArgMatches) -> Result<Option<Format>, Trouble> {
        if let Some(name) = matches.get_one::<String>("format") {
            return Ok(self.known.iter().copied().find(|format| format.names().contains(&name.as_str())));
        }
        let Some(ending) = ending(matches) else { return Ok(None) };
        let means = |format: &Format| format.endings().contains(&ending.as_str());
        let known = self.known.iter().copied().find(means);
        // Plain text fits whatever is not said to be something else.
        let promises = Format::ALL.iter().any(|format| *format != Format::Text && means(format));
        if known.is_none() && (promises || FOREIGN.contains(&ending.as_str())) {
            return Err(self.refused(&ending));
        }
        Ok(known)
    }

    /// Likewise; `usual` where neither says. What is no text does not go to a terminal, unless it goes into a folder.
    ///
    /// # Errors
    /// Where the ending promises something else, and where the output cannot be shown.
    pub(super) fn chosen(&self, matches: &ArgMatches, usual: Format) -> Result<Format, Trouble> {
        let format = self.asked(matches)?.unwrap_or(usual);
        let to_folder = matches.try_contains_id("per-manager").unwrap_or(false);
        if format.is_binary() && !to_folder {
            output::refuse_terminal(matches, format.ending())?;
        }
        Ok(format)
    }

    fn refused(&self, ending: &str) -> Trouble {
        let (command, names) = (self.command, self.names().collect::<Vec<_>>());
        let found = say(format!("-o：{command} 没有 {ending} 格式"), format!("-o: {command} writes no {ending}"));
        let required =
            say(format!("此命令的格式：{}", names.join("、")), format!("one of its formats: {}", names.join(", ")));
        let remedy = words("换一个扩展名，或用 --format 指定格式", "give another ending, or say --format");
        Trouble::new(found).required(required).remedy(remedy)
    }
}

/// The ending of the output's name, in small letters.
pub(super) fn ending(matches: &ArgMatches) -> Option<String> {
    Some(matches.get_one::<PathBuf>("output")?.extension()?.to_str()?.to_ascii_lowercase())
}
