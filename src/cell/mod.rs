//! From text to values: one parser a type, each giving a value, nothing, or what is wrong. Loading and guessing read cells by
//! the same ones.

pub mod cells;
mod clocks;
pub mod dates;
pub mod ids;
pub mod lengths;
pub mod numbers;
pub mod periods;
pub mod phones;
pub mod reason;
pub mod recent;
mod understood;
pub mod words;

pub use cells::Cell;
pub use reason::{Reason, example, spelling_line};
pub use understood::{Sense, understood};
