//! What machines read: flat tables, and objects told key by key.

use serde::Serialize;

/// A cell for machines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    Text(String),
    Number(String),
}

/// A table for machines: every row has as many cells as the header.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    pub header: Vec<&'static str>,
    pub rows: Vec<Vec<Field>>,
}

/// A table to be filled in: what stands in its other columns is not for changing.
#[derive(Clone, Debug, Default)]
pub struct Form {
    pub sheet: Sheet,
    pub to_fill: Vec<ToFill>,
}

/// A column to be filled in.
#[derive(Clone, Debug)]
pub struct ToFill {
    pub column: usize,
    pub takes: Takes,
}

#[derive(Clone, Debug)]
pub enum Takes {
    Text,
    Date,
    /// One of these; where the list is open, others may be written too.
    OneOf {
        values: Vec<String>,
        is_open: bool,
    },
}

/// What an object for machines is told to, key by key in order: it may be too long to be held in memory.
pub trait Keys {
    type Error;

    fn value(&mut self, key: &str, value: impl Serialize) -> Result<(), Self::Error>;

    /// A list to which every item gives any number of elements, made when it is their turn, on any thread.
    fn list<'i, I: Sync, L: IntoIterator<Item: Serialize>>(
        &mut self,
        key: &str,
        items: &'i [I],
        elements: impl Fn(&'i I) -> L + Sync,
    ) -> Result<(), Self::Error>;
}
