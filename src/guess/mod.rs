//! What foreign files are: the kind of each, which header gives which column, and which words need a spelling. All of it is
//! guessed from headers and cells alone, and each guess says why.

mod agree;
mod arrivals;
mod assign;
mod assigned;
mod branches;
mod by_cells;
mod by_rows;
mod concepts;
mod facts;
mod file_words;
mod flags;
mod guessed;
mod joins;
mod kinds;
mod legends;
mod people;
mod pinyin;
mod shapes;
mod shop_ids;
mod shop_ways;
mod spoken;
mod syllables;
mod terms;
mod visit_ways;
mod ways;

use crate::cell::{self, Cell, likely};
use crate::load::{Preview, day_columns};
use crate::model::{Column, Field, Holds, Kind, Need, fold_header};
use agree::Tables;
use assign::Known;
use assigned::Assigned;
use by_rows::Rows;
use facts::Facts;
pub(crate) use guessed::{FileGuess, Guess, Reason, Strange, Trust};
use joins::Joins;

/// Guesses what files are; they may tell of each other.
pub(crate) fn guess(previews: &[Preview]) -> Vec<FileGuess> {
    guess_as(previews, &vec![None; previews.len()])
}

/// The same, where of some files the kind is known.
pub(crate) fn guess_as(previews: &[Preview], given: &[Option<Kind>]) -> Vec<FileGuess> {
    let facts: Vec<Vec<Facts>> = previews.iter().map(Facts::of).collect();
    let matrices: Vec<Option<(String, String)>> = previews.iter().map(matrix_of).collect();
    let kind = |at: usize| match &previews[at] {
        preview if preview.is_headless || preview.other_delimiter().is_some() || matrices[at].is_some() => None,
        preview => given[at].or_else(|| kinds::kind_of(preview, &facts[at])),
    };
    let kinds: Vec<Option<Kind>> = (0..previews.len()).map(kind).collect();
    let joins = Joins::find(previews, &facts, &kinds);
    let of_file = |at: usize| match kinds[at] {
        Some(kind) => of_kind(kind, &previews[at], &facts[at], &joins, at),
        None => FileGuess::of_none(matrices[at].clone()),
    };
    let mut guesses: Vec<FileGuess> = (0..previews.len()).map(of_file).collect();
    let tables = Tables { previews, facts: &facts };
    agree::mend(&tables, &mut guesses);
    shop_ids::mend(&tables, &mut guesses);
    people::mend(&tables, &mut guesses);
    for at in (0..guesses.len()).filter(|at| given[*at].is_none()) {
        kinds::leave_open(&previews[at], &facts[at], &mut guesses[at]);
    }
    leave_names(previews, &mut guesses);
    guesses
}

/// Names that stand for ids need no line where the archive has the ids, and names below the same header.
fn leave_names(previews: &[Preview], guesses: &mut [FileGuess]) {
    let pairs = [(Column::ManagerId, Column::ManagerName), (Column::CustomerId, Column::Name)];
    let header = |file: usize, guess: &Guess| fold_header(&previews[file].header[guess.at[0]]).into_owned();
    let mut known: Vec<(Column, String)> = Vec::new();
    for (file, guess) in guesses.iter().enumerate().filter(|(_, guess)| guess.kind == Some(Kind::Customers)) {
        let find = |column: Column| guess.guesses.iter().find(|one| one.column == column);
        for (id, name) in pairs {
            let has_ids = find(id).is_some_and(|one| !one.reasons.contains(&Reason::Names));
            known.extend(find(name).filter(|_| has_ids).map(|one| (id, header(file, one))));
        }
    }
    for (file, guess) in guesses.iter_mut().enumerate().filter(|(_, guess)| guess.kind != Some(Kind::Customers)) {
        for one in guess.guesses.iter_mut().filter(|one| one.reasons.contains(&Reason::Names)) {
            one.needs_line &= !known.contains(&(one.column, header(file, one)));
        }
    }
}

fn matrix_of(preview: &Preview) -> Option<(String, String)> {
    // The days may stand in a second row of the header.
    let days = day_columns(&preview.header).or_else(|| day_columns(preview.rows.first()?))?;
    Some((days.first()?.clone(), days.last()?.clone()))
}

fn of_kind(kind: Kind, preview: &Preview, facts: &[Facts], joins: &Joins, file: usize) -> FileGuess {
    let assigned = assign::columns(
        kind,
        preview,
        facts,
        |column, at| joins.of(file, column, at),
        |at| joins.are_strange(file, at),
    );
    let known = preview.known(kind);
    let mut guesses: Vec<Guess> = assigned.into_iter().map(|one| told(kind, one, &known, facts)).collect();
    let rows = Rows { kind, preview, facts };
    rows.drop_other_days(&mut guesses);
    let unread = arrivals::unread(kind, preview, facts);
    if unread.is_none() {
        rows.add_times(&mut guesses);
    }
    let clock = rows.drop_bare_clock(&mut guesses);
    let words = |guess: &Guess| Some(strange(kind, kind.field(guess.column)?, &facts[guess.at[0]]));
    let mut strange: Vec<Strange> = guesses.iter().filter_map(words).flatten().collect();
    rows.doubt_absences(&guesses, &mut strange);
    rows.add(&mut guesses, &strange);
    let found = |column: Column| guesses.iter().any(|guess| guess.column == column);
    let any_of_group = kind.fields().iter().any(|field| field.need == Need::OneOf && found(field.column));
    let is_missing = |field: &&Field| match field.need {
        Need::OneOf => !any_of_group,
        need => need.is_required() && !found(field.column),
    };
    let missing = kind.fields().iter().filter(is_missing).collect();
    let unread = unread.filter(|_| !found(Column::StartedAt));
    FileGuess { kind: Some(kind), missing, guesses, strange, matrix: None, clock, unread }
}

fn told(kind: Kind, one: Assigned, known: &[Known], facts: &[Facts]) -> Guess {
    let facts = &facts[one.at[0]];
    let is_empty = facts.is_empty();
    let is_id = kind.field(one.column).is_some_and(|field| field.holds == Holds::Id);
    let are_names = is_id && !is_empty && !facts.are_codes();
    let percent = |share: f64| (share * 100.0).floor() as u8;
    let usual = assign::by_name(one.column, known);
    let known = one.likeness == 1.0;
    let mut reasons = vec![match (known, one.likeness > 0.0) {
        (true, _) => Reason::Known,
        (_, true) => Reason::Alike,
        _ => Reason::OnlyOne,
    }];
    reasons.extend(one.join.map(|share| Reason::Joins(percent(share))));
    if is_empty {
        reasons.push(Reason::Empty);
    } else if are_names {
        reasons.push(Reason::Names);
    } else if !one.is_text {
        reasons.push(Reason::Fits(percent(one.fit)));
    }
    let trust = match one.score {
        _ if known && is_empty => Trust::Sure,
        _ if known && are_names => Trust::Likely,
        _ if known && one.fit >= 0.8 && one.join.is_none_or(|share| share >= 0.5) => Trust::Sure,
        score if score >= 0.75 => Trust::Likely,
        _ => Trust::Unsure,
    };
    let needs_line = match one.column {
        Column::Phone => one.at.iter().any(|at| !usual.contains(at)),
        _ => usual.first() != one.at.first(),
    };
    Guess { column: one.column, at: one.at, trust, reasons, others: one.others, needs_line }
}

/// The words of a column that it does not know, the most frequent first.
fn strange(kind: Kind, field: &Field, facts: &Facts) -> Vec<Strange> {
    if field.vocabulary().is_none() {
        return vec![];
    }
    let column = field.column;
    let unknown = facts
        .values
        .iter()
        .filter(|(word, _)| facts.understood(field, word) == Cell::Unknown(cell::Reason::UnknownWord));
    let mut strange: Vec<Strange> = unknown
        .map(|(word, count)| Strange {
            column,
            word: (*word).to_owned(),
            count: *count,
            likely: flags::meaning(kind, column, &facts.header, word).or_else(|| likely(kind, column, word)),
        })
        .collect();
    strange.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.word.cmp(&b.word)));
    strange
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::Charset;

    fn preview(shown: &str, text: &str) -> Preview {
        let mut rows = text.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
        let header = rows.next().unwrap();
        let rows = rows.collect();
        Preview {
            packed: None,
            shown: shown.to_owned(),
            storage: crate::load::Storage::OnDisk,
            charset: Charset::Utf8,
            sheet: None,
            header_line: 1,
            titles: vec![],
            is_headless: false,
            header_rows: vec![header.clone()],
            header,
            rows,
            goes_on: false,
        }
    }

    fn archive() -> Preview {
        preview(
            "a.csv",
            "客户编码,许可证号,客户名称,工号\nK01,320301,东街,8001\nK02,320302,西街,8001\nK03,320303,南街,8002\n",
        )
    }

    fn visits() -> Preview {
        preview(
            "v.csv",
            "业务员,门店,那会儿,怎样\n8001,320301,2026-09-01 08:05,到店\n8001,320302,2026-09-01 09:05,电访\n\
             8002,320303,2026-09-01 10:05,巡查\n8002,320303,2026-09-02 10:05,巡查\n",
        )
    }

    fn place(guess: &FileGuess, column: Column) -> Option<&[usize]> {
        guess.guesses.iter().find(|guess| guess.column == column).map(|guess| &guess.at[..])
    }

    #[test]
    fn of_two_ids_the_one_is_taken_that_visits_speak_of() {
        let alone = guess(&[archive()]);
        assert_eq!(place(&alone[0], Column::CustomerId), Some(&[0][..]), "nothing tells them apart");
        assert_eq!(alone[0].guesses[0].others, [1]);
        assert!(!alone[0].guesses[0].needs_line);
        let joined = guess(&[archive(), visits()]);
        assert_eq!(place(&joined[0], Column::CustomerId), Some(&[1][..]));
        assert!(joined[0].guesses[0].needs_line && joined[0].guesses[0].reasons.contains(&Reason::Joins(100)));
    }

    #[test]
    fn headers_that_say_nothing_are_told_by_their_cells() {
        let guesses = guess(&[archive(), visits()]);
        assert_eq!(
            guesses.iter().map(|guess| guess.kind).collect::<Vec<_>>(),
            [Some(Kind::Customers), Some(Kind::Visits)]
        );
        for (column, at) in [(Column::ManagerId, 0), (Column::CustomerId, 1), (Column::StartedAt, 2)] {
            assert_eq!(place(&guesses[1], column), Some(&[at][..]), "{}", column.name());
        }
        assert_eq!(
            guesses[1].guesses.iter().find(|guess| guess.column == Column::StartedAt).unwrap().trust,
            Trust::Unsure
        );
    }

    #[test]
    fn who_stands_in_every_row_and_in_no_archive_is_no_manager() {
        let row = |at: usize| format!("Z9,32030{},2026-09-01 08:{at:02},到店\n", at % 3 + 1);
        let visits = format!("录单员工,门店,何时,怎样\n{}", (0..30).map(row).collect::<String>());
        let guesses = guess(&[archive(), preview("v.csv", &visits)]);
        assert_eq!(guesses[1].kind, Some(Kind::Visits));
        assert_eq!(place(&guesses[1], Column::ManagerId), None);
        assert!(guesses[1].missing.iter().any(|field| field.column == Column::ManagerId));
    }

    #[test]
    fn ids_that_no_other_table_has_are_nobodys() {
        let shops = |header: &str| {
            preview("a.csv", &format!("客户编码,客户名称,{header}\nK01,东街,Q1\nK02,西街,Q1\nK03,南街,Q2\n"))
        };
        let visits = preview(
            "v.csv",
            "业务员,客户编码,拜访方式,签到时间\n8001,K01,实地,2026-09-01 08:05\n8002,K03,实地,2026-09-01 09:05\n",
        );
        assert_eq!(place(&guess(&[shops("XQ_CD"), visits])[0], Column::ManagerId), None);
        assert_eq!(place(&guess(&[shops("XQ_CD")])[0], Column::ManagerId), Some(&[2][..]), "nothing speaks against it");
    }

    #[test]
    fn the_ids_that_the_archive_knows_are_the_managers() {
        let visits =
            "业务员,单位,门店,何时,怎样\nA7,8001,320301,2026-09-01 08:05,到店\nA8,8002,320303,2026-09-01 09:05,电访\n";
        let guesses = guess(&[archive(), preview("v.csv", visits)]);
        assert_eq!(place(&guesses[1], Column::ManagerId), Some(&[1][..]));
    }

    #[test]
    fn visits_with_an_arrival_and_a_leaving_are_not_said_to_be_none() {
        let text = |ended: &str| {
            format!(
                "manager_id,customer_id,mode,started_at,ended_at,是否完成\nM1,C1,onsite,2026-09-01 08:05,2026-09-01 08:25,是\nM1,C2,onsite,2026-09-01 09:05,{ended},否\n"
            )
        };
        for (ended, likely) in [("", Some("not_visited")), ("2026-09-01 09:15", None)] {
            let guesses = guess(&[preview("visits.csv", &text(ended))]);
            let no = guesses[0].strange.iter().find(|one| one.word == "否");
            assert_eq!(no.map(|one| one.likely), Some(likely));
        }
    }

    #[test]
    fn a_day_on_which_a_record_was_made_is_no_day_of_a_visit() {
        let row =
            |at: usize| format!("M1,K0{},onsite,0{}:05,0{}:25,2026-09-0{}\n", at % 3 + 1, at % 2 + 8, at % 2 + 8, at);
        let rows: String = (1..9).map(row).collect();
        for (header, expected) in [("登记日", Some(&[5][..])), ("创建日期", None)] {
            let text = format!("manager_id,customer_id,mode,驻店/自,驻店/至,{header}\n{rows}");
            let guesses = guess(&[preview("visits.csv", &text)]);
            assert_eq!(place(&guesses[0], Column::Date), expected, "{header}");
            assert_eq!(place(&guesses[0], Column::StartedAt).is_some(), expected.is_some(), "{header}");
        }
    }

    #[test]
    fn numbers_of_the_list_of_managers_are_their_own() {
        let managers = "manager_id,name,phone\nM1,丁一,15500000001/051683900001\nM2,方远,15500000002\n";
        let calls = "manager_id,号码A,号码B,started_at,seconds\n\
                     M1,15500000001,13800000011,2026-09-01 08:05:00,60\nM1,051683900001,13800000012,2026-09-01 09:05:00,60\n\
                     M2,15500000002,13800000013,2026-09-01 10:05:00,60\n";
        let guesses = guess(&[preview("managers.csv", managers), preview("calls.csv", calls)]);
        assert_eq!(place(&guesses[1], Column::OwnNumber), Some(&[1][..]));
        assert_eq!(place(&guesses[1], Column::Number), Some(&[2][..]));
    }

    #[test]
    fn addresses_are_ids_of_managers_and_none_of_whom_one_writes_to() {
        let row = |at: usize| format!("K{at:02},店{at},m{}@x.example,c{at}@y.example\n", at % 2);
        let shops = (10..40).map(row).collect::<String>();
        let guesses = guess(&[preview("a.csv", &format!("客户编码,客户名称,Owner Email,Manager Email\n{shops}"))]);
        assert_eq!(place(&guesses[0], Column::ManagerId), Some(&[2][..]));
    }

    #[test]
    fn who_is_spoken_to_names_a_shop_that_nothing_else_names() {
        let shops = |headers: &str| preview("a.csv", &format!("{headers}\nK1,东街,8001\nK2,西街,8002\n"));
        assert_eq!(place(&guess(&[shops("客户编码,客户姓名,工号")])[0], Column::Name), Some(&[1][..]));
        let both = preview("a.csv", "客户编码,客户姓名,客户名称,工号\nK1,丁一,东街,8001\nK2,方远,西街,8002\n");
        let both = guess(&[both]);
        assert_eq!((place(&both[0], Column::Name), place(&both[0], Column::Contact)), (Some(&[2][..]), Some(&[1][..])));
    }

    #[test]
    fn words_are_counted_and_given_a_likely_meaning() {
        let text = "manager_id,customer_id,started_at,拜访方式\nM1,C1,2026-09-01 08:05,到店\nM1,C2,2026-09-01 09:05,顺访\nM1,C1,2026-09-02 08:05,到店\n";
        let guesses = guess(&[preview("visits.csv", text)]);
        let word = |word: &str, count, likely| Strange { column: Column::Mode, word: word.to_owned(), count, likely };
        assert_eq!(guesses[0].strange, [word("到店", 2, Some("onsite")), word("顺访", 1, None)]);
    }

    #[test]
    fn of_a_column_without_cells_no_share_is_told() {
        let guesses = guess(&[preview("visits.csv", "工号,客户编码,拜访方式,签到时间\n")]);
        for guess in &guesses[0].guesses {
            assert_eq!((&guess.reasons[..], guess.trust), (&[Reason::Known, Reason::Empty][..], Trust::Sure));
        }
    }

    #[test]
    fn a_bare_number_is_the_other_ones() {
        let text = "专管员编号,号码,呼叫时间,秒数\n8001,13852051106,2026-09-01 12:00:01,76\n8002,13852051022,2026-09-01 17:01:56,217\n";
        let guesses = guess(&[preview("导出3.csv", text)]);
        assert_eq!(guesses[0].kind, Some(Kind::Calls));
        assert_eq!(place(&guesses[0], Column::Number), Some(&[1][..]));
    }

    #[test]
    fn a_table_of_something_else_is_none_of_ours() {
        let guesses = guess(&[preview("w.csv", "城市,天气,气温\n徐州,晴,21\n宿迁,雨,18\n")]);
        assert_eq!(guesses[0].kind, None);
    }
}
