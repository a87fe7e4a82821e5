//! What the pieces of a file have in common.

use crate::load::context::Reading;
use crate::load::header::Header;
use crate::load::header_again::HeaderAgain;
use crate::load::layout::Layout;
use crate::text::feed::Head;

/// The rows of a file, whose header has been found.
pub(super) struct Body<'a> {
    /// The file's number in file order.
    pub number: u32,
    /// The name that it is shown by.
    pub shown: &'a str,
    pub head: &'a Head<Header>,
    pub layout: &'a Layout,
    pub again: &'a HeaderAgain<'a>,
    pub reading: Reading<'a>,
}
