//! From text to values: one parser a type. Loading and guessing read cells by the same ones.

pub mod cells;
pub mod dates;
pub mod holds;
pub mod numbers;
pub mod reason;

pub use holds::{Holds, holds, understood};
pub use reason::{Reason, example, spelling_line};
