//! Tables with a column a day: what they say would have to stand in a row a day.

use crate::cell::{Cell, dates};

/// So many columns of days side by side are no chance; under a common header they may be numbers of something else.
const FEWEST: usize = 5;
const FEWEST_GROUPED: usize = 8;

/// The headers of a run of days, each the day after the one before it.
pub fn day_columns(header: &[String]) -> Option<&[String]> {
    let mut start = 0;
    for end in 1..=header.len() {
        let goes_on = end < header.len() && follows(&header[end - 1], &header[end]);
        if !goes_on {
            let is_grouped = day(&header[start]).is_none();
            if end - start >= if is_grouped { FEWEST_GROUPED } else { FEWEST } {
                return Some(&header[start..end]);
            }
            start = end;
        }
    }
    None
}

fn follows(one: &str, next: &str) -> bool {
    if let (Cell::Value(one), Cell::Value(next)) = (dates::date(one), dates::date(next)) {
        return one.succ_opt() == Some(next);
    }
    let leaf = |name: &str| day(name).or_else(|| day(name.rsplit('/').next()?));
    match (leaf(one), leaf(next)) {
        (Some(one), Some(next)) => next == one + 1 || (next == 1 && one >= 28),
        _ => false,
    }
}

/// The day of the month in `1`, `01日`, `9/1`, `9月1日`, `1(周二)`.
fn day(name: &str) -> Option<u32> {
    let name = name.split(['(', '（', ' ', '星', '周', '\n']).next()?.trim_end_matches(['日', '号']);
    let last = name.rsplit(['/', '-', '.', '月']).next()?;
    let before = &name[..name.len() - last.len()];
    let month = before.trim_end_matches(['/', '-', '.', '月']);
    let is_month = before.is_empty() || month.rsplit(['/', '-', '.', '年']).next()?.parse::<u32>().is_ok();
    let day = last.parse().ok()?;
    (is_month && (1..=31).contains(&day)).then_some(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_of_days_is_found_however_they_are_written() {
        let header = |names: &str| names.split(',').map(str::to_owned).collect::<Vec<_>>();
        for names in [
            "姓名,工号,1,2,3,4,5,6",
            "姓名,01日,02日,03日,04日,05日,合计",
            "姓名,9/28,9/29,9/30,10/1,10/2",
            "姓名,9月1日,9月2日,9月3日,9月4日,9月5日",
            "name,2026-09-29,2026-09-30,2026-10-01,2026-10-02,2026-10-03",
            "姓名,1(二),2(三),3(四),4(五),5(六)",
            "姓名,打卡/1,打卡/2,打卡/3,打卡/4,打卡/5,打卡/6,打卡/7,打卡/8",
        ] {
            assert!(day_columns(&header(names)).is_some_and(|found| found.len() >= 5), "{names}");
        }
        for names in [
            "姓名,1,2,3,4",
            "a1,a2,a3,a4,a5",
            "上班1打卡,上班2打卡",
            "照片1,照片2,照片3,照片4,照片5",
            "照片/1,照片/2,照片/3,照片/4,照片/5",
            "1,3,5,7,9",
        ] {
            assert_eq!(day_columns(&header(names)), None, "{names}");
        }
    }
}
