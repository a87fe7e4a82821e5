//! Files that name managers and customers, but not by their ids: the columns in which they do (SPEC §2.1).

use crate::load::header::Header;
use crate::model::{Column, Field, Kind, fold};

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

/// Where no header gives the ids of managers or customers, one with their names may stand for it.
pub(super) fn add(header: &mut Header, kind: Kind, spellings: &[Vec<impl AsRef<str>>], is_known: &mut [bool]) {
    for column in [Column::ManagerId, Column::CustomerId] {
        let is_there = header.columns.iter().any(|(there, _)| *there == column);
        if is_there || kind.field(column).is_none() {
            continue;
        }
        let names = named_by(kind, column);
        let names = names.iter().flat_map(|field| field.headers()).filter(|name| !is_of_another(kind, name));
        let mut places = names.filter_map(|name| {
            let name = fold(name);
            spellings.iter().find_map(|headers| headers.iter().position(|header| header.as_ref() == name))
        });
        if let Some(at) = places.next() {
            header.columns.push((column, vec![at]));
            header.by_name.insert(column);
            is_known[at] = true;
        }
    }
    let place = |column: Column| kind.fields().iter().position(|field| field.column == column);
    header.columns.sort_by_key(|(column, _)| place(*column));
}

/// `name` would be anyone's.
fn is_of_another(kind: Kind, name: &str) -> bool {
    name == Column::Name.name() && kind != Kind::Managers
}
