//! Files that name managers and customers, but not by their ids: the columns in which they do (SPEC §2.1).

use crate::load::mapping::Mapping;
use crate::model::{Column, Field, Kind};

/// The column of names that stands for one of ids, wherever it is: what names a manager in the archive, and in a list of
/// managers what names himself; what names a shop in the archive.
fn named_by(kind: Kind, column: Column) -> Vec<&'static Field> {
    let of = |kind: Kind, column: Column| kind.field(column);
    match (kind, column) {
        (Kind::Managers, Column::ManagerId) => vec![of(kind, Column::Name), of(Kind::Customers, Column::ManagerName)],
        (_, Column::ManagerId) => vec![of(Kind::Customers, Column::ManagerName)],
        (Kind::Customers | Kind::Managers | Kind::Calls | Kind::Days, _) => vec![],
        (_, Column::CustomerId) => vec![of(Kind::Customers, Column::Name)],
        _ => vec![],
    }
    .into_iter()
    .flatten()
    .collect()
}

/// Where names stand in a file.
pub(super) struct Names {
    /// Columns of ids that the file has not, each with the field of the names in their place.
    pub columns: Vec<(Column, usize)>,
    /// The field of the branch, which tells namesakes apart.
    pub branch: Option<usize>,
}

/// Where no header gives the ids of managers or customers, one with their names may stand for it.
pub(super) fn find(
    kind: Kind,
    has: impl Fn(Column) -> bool,
    mapping: &Mapping,
    spellings: &[Vec<impl AsRef<str>>],
) -> Names {
    let lacks = |column: &Column| kind.field(*column).is_some() && !has(*column);
    let lacking = [Column::ManagerId, Column::CustomerId].into_iter().filter(lacks);
    let named = |column: Column| {
        // What columns.toml calls names in the archive are names elsewhere too.
        let added = |field: &Field| mapping.headers(Kind::Customers, field.column).to_vec();
        let names = named_by(kind, column).into_iter().flat_map(|field| field.names(&added(field)));
        let mut names = names.filter(|name| !is_of_another(kind, name));
        Some((column, names.find_map(|name| place_of(&name, spellings))?))
    };
    let branches = Kind::Customers.field(Column::Branch).map(|field| {
        let names = field.names(mapping.headers(Kind::Customers, Column::Branch));
        names.iter().find_map(|name| place_of(name, spellings))
    });
    Names { columns: lacking.filter_map(named).collect(), branch: branches.flatten() }
}

fn place_of(folded: &str, spellings: &[Vec<impl AsRef<str>>]) -> Option<usize> {
    spellings.iter().find_map(|headers| headers.iter().position(|header| header.as_ref() == folded))
}

/// `name` would be anyone's.
fn is_of_another(kind: Kind, name: &str) -> bool {
    name == Column::Name.name() && kind != Kind::Managers
}
