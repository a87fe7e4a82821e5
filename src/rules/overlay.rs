//! A user's list of tables over the one that ships.

use toml::Value;

/// The shipped entries, in place of each the user's with the same item; then his others. Of his the number in his file.
pub(super) fn laid_over<'t>(shipped: &'t Value, user: Option<&'t Value>) -> Vec<(&'t Value, Option<usize>)> {
    let all = |entries: Option<&'t Value>| entries.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let item = |entry: &Value| entry.get("item").and_then(Value::as_str).map(str::to_owned);
    let (shipped, own) = (all(Some(shipped)), all(user));
    let same = |entry: &Value, other: &Value| item(entry).is_some() && item(entry) == item(other);
    let replaced = |entry: &'t Value| match own.iter().position(|other| same(entry, other)) {
        Some(number) => (&own[number], Some(number)),
        None => (entry, None),
    };
    let is_new = |entry: &Value| !shipped.iter().any(|other| same(entry, other));
    let added = own.iter().enumerate().filter(|(_, entry)| is_new(entry));
    let added = added.map(|(number, entry)| (entry, Some(number)));
    shipped.iter().map(replaced).chain(added).collect()
}
