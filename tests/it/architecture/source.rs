//! The project's Rust files as tokens: what each looks into, and how long its functions are.

use crate::harness::root;
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use std::collections::BTreeMap;
use std::path::Path;

/// The path of a module or of something in it, from the crate's root: `["load", "row", "Row"]`.
pub(super) type Steps = Vec<String>;

/// One file of `src`.
pub(super) struct Source {
    /// Its path below the project's folder.
    pub file: String,
    /// The module that it is.
    pub module: Steps,
    tokens: TokenStream,
}

/// A function and where it stands.
pub(super) struct Function {
    pub file: String,
    pub name: String,
    pub lines: usize,
}

/// All `.rs` files below a folder of the project, by their path, with their text.
pub(super) fn files(folder: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(root().join(folder)).expect("a folder").map(|entry| entry.expect("an entry")) {
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            found.extend(files(&path));
        } else if Path::new(&path).extension().is_some_and(|ending| ending == "rs") {
            let text = std::fs::read_to_string(entry.path()).expect("UTF-8");
            found.insert(path, text);
        }
    }
    found
}

/// Every file of `src` without its unit tests.
pub(super) fn sources() -> Vec<Source> {
    let read = |(file, text): (String, String)| {
        let stem = file.trim_start_matches("src/").trim_end_matches(".rs");
        let steps = stem.split('/').filter(|step| !["mod", "lib", "main"].contains(step));
        Source { module: steps.map(str::to_owned).collect(), tokens: without_tests(parse(&text)), file }
    };
    let of_tests = |file: &str| file.ends_with("/tests.rs");
    files("src").into_iter().filter(|(file, _)| !of_tests(file)).map(read).collect()
}

fn parse(text: &str) -> TokenStream {
    text.parse().expect("it compiles, so these are tokens")
}

/// Leaves out what stands behind `#[cfg(test)]`.
fn without_tests(tokens: TokenStream) -> TokenStream {
    let mut kept: Vec<TokenTree> = Vec::new();
    let mut tokens = tokens.into_iter();
    while let Some(token) = tokens.next() {
        let is_test = token.to_string() == "[cfg (test)]" || token.to_string() == "[cfg(test)]";
        if is_test && kept.last().is_some_and(|before| before.to_string() == "#") {
            kept.pop();
            let ends = |token: &TokenTree| match token {
                TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
                token => token.to_string() == ";",
            };
            tokens.find(ends);
            continue;
        }
        kept.push(token);
    }
    kept.into_iter().collect()
}

/// A path that a file names: in a `use`, or where it stands in code.
pub(super) struct Named {
    pub steps: Steps,
    /// A `pub use`: handed on to whoever asks here, not looked into.
    pub handed_on: bool,
}

impl Source {
    /// Every path that begins with `crate`, `super`, `self` or a child of this module, resolved to the crate's root.
    pub(super) fn named(&self) -> Vec<Named> {
        let children = self.children();
        let mut found = Vec::new();
        self.walk(&self.tokens, &children, &mut found);
        found
    }

    /// The modules that this file declares.
    fn children(&self) -> Vec<String> {
        let tokens: Vec<String> = self.tokens.clone().into_iter().map(|token| token.to_string()).collect();
        tokens.windows(3).filter(|three| three[0] == "mod" && three[2] == ";").map(|three| three[1].clone()).collect()
    }

    fn walk(&self, tokens: &TokenStream, children: &[String], found: &mut Vec<Named>) {
        let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
        let mut at = 0;
        let mut handed_on = false;
        while at < tokens.len() {
            let text = tokens[at].to_string();
            if text == "use" {
                let before = tokens[..at].iter().rev().take(2).map(ToString::to_string);
                handed_on = before.collect::<Vec<_>>().iter().any(|word| word == "pub");
            } else if text == ";" {
                handed_on = false;
            }
            match self.start(&text, children).filter(|_| begins_a_path(&tokens, at)) {
                Some(start) => at = self.follow(&tokens, at + 1, start, handed_on, found),
                None => {
                    if let TokenTree::Group(group) = &tokens[at] {
                        self.walk(&group.stream(), children, found);
                    }
                    at += 1;
                }
            }
        }
    }

    /// Where a path with this first step begins.
    fn start(&self, step: &str, children: &[String]) -> Option<Steps> {
        match step {
            "crate" => Some(Vec::new()),
            "self" => Some(self.module.clone()),
            "super" => Some(self.module[..self.module.len().saturating_sub(1)].to_vec()),
            child if children.iter().any(|own| own == child) => Some([&self.module[..], &[child.to_owned()]].concat()),
            _ => None,
        }
    }

    /// Reads on behind a path's first step; the place behind the path.
    fn follow(
        &self,
        tokens: &[TokenTree],
        mut at: usize,
        mut steps: Steps,
        handed_on: bool,
        found: &mut Vec<Named>,
    ) -> usize {
        while is_colons(tokens, at) {
            at += 2;
            match tokens.get(at) {
                Some(TokenTree::Ident(ident)) if *ident == "super" => drop(steps.pop()),
                Some(TokenTree::Ident(ident)) => steps.push(ident.to_string()),
                Some(TokenTree::Group(group)) => {
                    self.follow_group(group, &steps, handed_on, found);
                    return at + 1;
                }
                _ => break,
            }
            at += 1;
        }
        found.push(Named { steps, handed_on });
        at
    }

    /// `{a::X, b, self}` behind a path.
    fn follow_group(&self, group: &Group, steps: &Steps, handed_on: bool, found: &mut Vec<Named>) {
        let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
        for part in tokens.split(|token| token.to_string() == ",").filter(|part| !part.is_empty()) {
            let mut steps = steps.clone();
            if part[0].to_string() != "self" {
                steps.push(part[0].to_string());
            }
            self.follow(part, 1, steps, handed_on, found);
        }
    }
}

fn is_colons(tokens: &[TokenTree], at: usize) -> bool {
    let is_colon = |at: usize| tokens.get(at).is_some_and(|token| token.to_string() == ":");
    is_colon(at) && is_colon(at + 1)
}

/// Whether the token here is the first step of a path of several.
fn begins_a_path(tokens: &[TokenTree], at: usize) -> bool {
    let goes_on = at >= 2 && is_colons(tokens, at - 2);
    matches!(tokens[at], TokenTree::Ident(_)) && is_colons(tokens, at + 1) && !goes_on
}

/// The functions of a file, its tests among them.
pub(super) fn functions(file: &str, text: &str) -> Vec<Function> {
    let mut found = Vec::new();
    collect_functions(file, parse(text), &mut found);
    found
}

fn collect_functions(file: &str, tokens: TokenStream, found: &mut Vec<Function>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        if let TokenTree::Group(group) = token {
            collect_functions(file, group.stream(), found);
        }
        let Some(TokenTree::Ident(name)) = tokens.get(at + 1).filter(|_| token.to_string() == "fn") else { continue };
        let ends = |token: &&TokenTree| match token {
            TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
            token => token.to_string() == ";",
        };
        if let Some(TokenTree::Group(body)) = tokens[at..].iter().find(ends) {
            let lines = body.span_close().end().line - token.span().start().line + 1;
            found.push(Function { file: file.to_owned(), name: name.to_string(), lines });
        }
    }
}
