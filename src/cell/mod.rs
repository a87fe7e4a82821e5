//! From text to values: one parser a type, each giving a value, nothing, or what is wrong. Loading and guessing read cells by
//! the same ones.

pub(crate) mod cells;
mod clocks;
pub(crate) mod dates;
pub(crate) mod ids;
pub(crate) mod lengths;
mod likely;
pub(crate) mod numbers;
pub(crate) mod periods;
pub(crate) mod phones;
pub(crate) mod reason;
pub(crate) mod recent;
mod understood;
pub(crate) mod words;

pub(crate) use cells::Cell;
pub(crate) use likely::{choices, likely};
pub(crate) use reason::unresolved;
pub use reason::{Reason, example, spelling_line};
pub(crate) use understood::{Sense, understood};
