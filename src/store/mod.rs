//! How rows are kept: packed where there are many, in chunks, and within a chunk manager by manager.

pub(crate) mod arena;
pub(crate) mod cache;
pub(crate) mod chunk;
pub(crate) mod directory;
pub(crate) mod fates;
pub(crate) mod partition;
pub(crate) mod rejects;
pub(crate) mod row;
