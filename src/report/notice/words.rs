//! How letters put dates, names and long lists.

use crate::book::Book;
use crate::judgement::When;
use crate::lang::{Lang, Words, counted, say};
use crate::model::{CustomerId, ManagerId, Month, Period};
use chrono::{Datelike, NaiveDate};

/// A list with more than so many is summed up.
const MANY: usize = 3;

/// `2026年9月`
pub(super) fn month(month: Month) -> Words {
    say(format!("{}年{}月", month.year(), month.number()), month.to_string())
}

/// `2026年9月8日`
pub(super) fn date(date: NaiveDate) -> Words {
    say(format!("{}年{}月{}日", date.year(), date.month(), date.day()), date.to_string())
}

/// A date to be filled in by hand.
pub(super) fn blank_date() -> Words {
    say("　　　年　　月　　日", "____-__-__")
}

/// When a unit was, in a letter on a month: `9月8日`.
pub(super) fn when(of: When) -> Words {
    match of {
        When::Date(date) => say(format!("{}月{}日", date.month(), date.day()), date.to_string()),
        When::Period(Period::Month(of)) => month(of),
        When::Period(other) => Words::same(other),
    }
}

/// `平安超市（C0123）`
pub(super) fn customer(book: &Book, id: CustomerId) -> Words {
    let text = book.customers.text(id.0);
    match book.customer(id).map(|customer| customer.name).filter(|name| !name.is_empty()) {
        Some(name) => with_id(name, text),
        None => say(format!("客户 {text}"), format!("customer {text}")),
    }
}

/// `张三（M005）`
pub(super) fn manager(book: &Book, id: ManagerId) -> Words {
    let text = book.managers.text(id.0);
    book.manager_name(id).map_or_else(|| Words::same(text), |name| with_id(name, text))
}

fn with_id(name: &str, id: &str) -> Words {
    say(format!("{name}（{id}）"), format!("{name} ({id})"))
}

/// `9月1日、9月3日`; of many how many they are, and the first: `9 天，例如 9月1日、9月3日、9月4日`.
pub(super) fn listed(items: &[Words], (counter, noun): (&str, &str)) -> Words {
    let (n, first) = (items.len(), &items[..items.len().min(MANY)]);
    let all = first.iter().cloned().reduce(|all, next| all.then(&say("、", ", ")).then(&next));
    let all = all.unwrap_or(say("", ""));
    if n <= MANY {
        return all;
    }
    say(format!("{n} {counter}，例如 {}", all.zh), format!("{}, e.g. {}", counted(n as u64, noun), all.en))
}

/// What a part is numbered with: `三、`.
pub(super) fn part(number: usize) -> Words {
    say(format!("{}、", numeral(number)), format!("{number}. "))
}

/// What a part of a part is numbered with: `（三）`.
pub(super) fn subpart(number: usize) -> Words {
    say(format!("（{}）", numeral(number)), format!("({number}) "))
}

/// What a line of a list is numbered with.
pub(super) fn item(number: usize) -> Words {
    say(format!("{number}．"), format!("{number}) "))
}

/// A number up to 99 as Chinese letters have it.
fn numeral(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = (number / 10 % 10, DIGITS[number % 10]);
    match tens {
        0 => ones.to_owned(),
        1 => format!("十{ones}"),
        _ => format!("{}十{ones}", DIGITS[tens]),
    }
}

/// A sentence with its capital and its full stop.
pub(super) fn sentence(words: &Words, lang: Lang) -> String {
    let text = words.get(lang).trim();
    let stop = if lang == Lang::Zh { "。" } else { "." };
    let mut letters = text.chars();
    let first = letters.next().map_or(String::new(), |letter| letter.to_uppercase().collect());
    let text = first + letters.as_str();
    if text.ends_with(['。', '.', '；', '！', '？']) { text } else { text + stop }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_things_are_summed_up_and_a_few_are_named() {
        let days = |n: u32| (1..=n).map(|day| when(When::Date(NaiveDate::from_ymd_opt(2026, 9, day).unwrap())));
        let told = |n| listed(&days(n).collect::<Vec<_>>(), ("天", "day"));
        assert_eq!(told(1), say("9月1日", "2026-09-01"));
        assert_eq!(told(3), say("9月1日、9月2日、9月3日", "2026-09-01, 2026-09-02, 2026-09-03"));
        let nine = say("9 天，例如 9月1日、9月2日、9月3日", "9 days, e.g. 2026-09-01, 2026-09-02, 2026-09-03");
        assert_eq!(told(9), nine);
    }

    #[test]
    fn numbers_are_those_of_letters() {
        let told: Vec<String> = [1, 9, 10, 11, 20, 31].map(numeral).to_vec();
        assert_eq!(told, ["一", "九", "十", "十一", "二十", "三十一"]);
        assert_eq!(part(2), say("二、", "2. "));
    }
}
