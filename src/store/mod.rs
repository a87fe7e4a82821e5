//! How rows are kept: packed, in chunks, and within a chunk manager by manager.

pub mod arena;
pub mod cache;
pub mod chunk;
pub mod directory;
pub mod fates;
pub mod partition;
pub mod rejects;
