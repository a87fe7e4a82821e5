//! The window that Windows opens for a program which is double-clicked, or which a folder is dropped on.

use super::output;
use crate::lang::{Lang, words};
use std::io::IsTerminal;

/// Keeps it open until Enter, so that what was said can be read. Where a shell was there first, it keeps its own.
pub(super) fn keep_open() {
    // Only cmd.exe sets PROMPT for what it runs; a shell of another kind costs its user one Enter.
    let is_alone = cfg!(windows) && std::env::var_os("PROMPT").is_none() && std::io::stdin().is_terminal();
    if is_alone {
        output::tell(words("按 Enter 键关闭窗口", "Press Enter to close this window").get(Lang::of_system()));
        // Closed or not, there is nothing else to wait for.
        let _ = std::io::stdin().read_line(&mut String::new());
    }
}
