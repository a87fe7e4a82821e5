//! `#[test]` for a test binary that brings its own harness, where the compiler's own attribute would leave the function out
//! without a word. `tests/it/main.rs` puts it in the place of the compiler's for the whole binary.

use proc_macro::{Delimiter, Group, TokenStream, TokenTree};

/// Enters the function into the list that `tests/it/harness/trials.rs` runs, under its module and name.
///
/// The entry stands in the function's body, so that a `#[cfg]` of the function is the entry's too.
#[proc_macro_attribute]
pub fn test(_: TokenStream, function: TokenStream) -> TokenStream {
    let mut tokens: Vec<TokenTree> = function.into_iter().collect();
    let keyword = tokens.iter().position(|token| token.to_string() == "fn").expect("#[test] stands before a function");
    let name = tokens[keyword + 1].to_string();
    let entry = format!(
        "::inventory::submit! {{
            crate::harness::trials::Entry {{
                module: module_path!(),
                name: \"{name}\",
                run: || crate::harness::trials::Ending::outcome({name}()),
            }}
        }}"
    );
    let Some(TokenTree::Group(body)) = tokens.pop() else { panic!("{name} has no body") };
    let mut inner: TokenStream = entry.parse().expect("the entry is Rust");
    inner.extend(body.stream());
    tokens.push(TokenTree::Group(Group::new(Delimiter::Brace, inner)));
    tokens.into_iter().collect()
}
