//! A finding in a sentence that one can argue with: the shop, when, what was done, what is wrong with it. Every report words a
//! finding here, and nowhere else.

use super::manner::{mode_words, shop_name};
use crate::book::Book;
use crate::judgement::{Dialled, Finding};
use crate::lang::{Words, say, words};

/// The sentence, without the date and the lines, which stand beside it.
pub(super) fn of(book: &Book, finding: &Finding) -> Words {
    let dialled = finding.dialled.as_ref().map_or(words("", ""), |dialled| self::dialled(dialled));
    lead(book, finding).then(&finding.message).then(&dialled)
}

/// When which customer was visited how; nothing of what is about no customer.
fn lead(book: &Book, finding: &Finding) -> Words {
    let Some(customer) = finding.customer else { return words("", "") };
    let name = match shop_name(book, customer) {
        name if name.is_empty() => book.customers.text(customer.0).to_owned(),
        name => name,
    };
    match (finding.key, finding.mode) {
        (Some(key), Some(mode)) => {
            let (at, mode) = (key.clock().long(), mode_words(mode));
            say(format!("{at} {}拜访{name}：", mode.zh), format!("{at} {} visit to {name}: ", mode.en))
        }
        (Some(key), None) => {
            let at = key.clock().long();
            say(format!("{at} {name}："), format!("{at} {name}: "))
        }
        (None, _) => say(format!("{name}："), format!("{name}: ")),
    }
}

/// The numbers that count for a visit by phone, and the call that lies nearest.
fn dialled(dialled: &Dialled) -> Words {
    let numbers: Vec<String> = dialled.numbers.iter().map(ToString::to_string).collect();
    let numbers = numbers.join("/");
    let known = match numbers.is_empty() {
        true => words("；没有登记的号码", "; no number is known"),
        false => say(format!("；应为号码 {numbers}"), format!("; the number is {numbers}")),
    };
    let nearest = match &dialled.nearest {
        Some(call) => {
            let (number, at, n) = (call.number, call.started.clock().long(), call.seconds);
            say(
                format!("，最近的通话 {at} 与 {number}，{n} 秒"),
                format!(", the nearest call is {at} with {number}, {n} s"),
            )
        }
        None => words("，当天没有与该号码的通话", ", and there is no call with it on that day"),
    };
    known.then(&nearest)
}
