//! Units of time, as headers of columns name them (SPEC §2.2).

use super::folding::{fold_header, spaced};

/// A unit of the lengths of time below a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Millisecond,
    Second,
    Minute,
    Hour,
}

impl Unit {
    pub const fn milliseconds(self) -> u64 {
        match self {
            Self::Millisecond => 1,
            Self::Second => 1_000,
            Self::Minute => 60_000,
            Self::Hour => 3_600_000,
        }
    }
}

/// A unit that measures no length of time, or none that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OtherUnit(pub &'static str);

type Named = Result<Unit, OtherUnit>;

/// Units that stand by themselves: in brackets, or between separators.
const ALONE: &[(Unit, &[&str])] = &[
    (Unit::Millisecond, &["毫秒", "ms", "msec", "msecs", "millis", "millisecond", "milliseconds"]),
    (Unit::Second, &["秒", "秒钟", "s", "sec", "secs", "second", "seconds"]),
    (Unit::Minute, &["分", "分钟", "min", "mins", "minute", "minutes"]),
    (Unit::Hour, &["小时", "时", "钟头", "h", "hr", "hrs", "hour", "hours"]),
];
/// Units that can be told within other words.
const WITHIN: &[(&str, Unit)] =
    &[("毫秒", Unit::Millisecond), ("秒", Unit::Second), ("分钟", Unit::Minute), ("小时", Unit::Hour)];
/// What else cells are measured in.
const OTHERS: &[&str] = &[
    "天",
    "日",
    "周",
    "月",
    "年",
    "d",
    "day",
    "days",
    "week",
    "weeks",
    "month",
    "months",
    "元",
    "角",
    "万元",
    "yuan",
    "cny",
    "rmb",
    "次",
    "个",
    "条",
    "户",
    "人",
    "家",
    "箱",
    "%",
    "百分比",
    "percent",
    "米",
    "千米",
    "公里",
    "km",
    "kb",
    "mb",
    "gb",
    "字节",
    "bytes",
];

/// The unit that a header names; `None` where it names none, or several as 时:分:秒 does.
pub fn named(header: &str) -> Result<Option<Unit>, OtherUnit> {
    let header = fold_header(&spaced(header)).into_owned();
    let mut units = pieces(&header).filter_map(alone).collect::<Vec<Named>>();
    if units.is_empty() {
        units.extend(pieces(&header).filter_map(within).map(Ok));
    }
    units.dedup();
    match units[..] {
        [unit] => unit.map(Some),
        _ => Ok(None),
    }
}

/// A header without the unit of time at its end: `通话时长` of `通话时长(分钟)`.
pub fn without(header: &str) -> Option<String> {
    let header = fold_header(&spaced(header)).into_owned();
    let open = header.trim_end_matches(is_separator);
    let last = pieces(open).last()?;
    let rest = match alone(last) {
        Some(Ok(_)) => open.strip_suffix(last)?,
        Some(Err(_)) => return None,
        None => WITHIN.iter().find_map(|(unit, _)| open.strip_suffix(unit))?,
    };
    let rest = rest.trim_end_matches(is_separator);
    (!rest.is_empty()).then(|| rest.to_owned())
}

fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '(' | ')' | '[' | ']' | '【' | '】' | '<' | '>' | '/' | '_' | '-' | ':' | ',' | '.')
}

fn pieces(header: &str) -> impl Iterator<Item = &str> {
    header.split(is_separator).filter(|piece| !piece.is_empty())
}

fn alone(piece: &str) -> Option<Named> {
    let piece = piece.strip_prefix("单位").unwrap_or(piece);
    let unit = ALONE.iter().find(|(_, names)| names.contains(&piece)).map(|(unit, _)| Ok(*unit));
    unit.or_else(|| OTHERS.iter().find(|other| **other == piece).map(|other| Err(OtherUnit(other))))
}

fn within(piece: &str) -> Option<Unit> {
    // 时分秒 and 分秒 tell how cells are written, and 最小时长 is no 小时.
    if piece.contains("分秒") || piece.contains("小时长") {
        return None;
    }
    WITHIN.iter().find(|(name, _)| piece.contains(name)).map(|(_, unit)| *unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_tells_its_unit() {
        for (header, unit) in [
            ("通话时长(分钟)", Some(Unit::Minute)),
            ("通话时长（毫秒）", Some(Unit::Millisecond)),
            ("通话时长/分", Some(Unit::Minute)),
            ("时长(小时)", Some(Unit::Hour)),
            ("时长（单位：秒）", Some(Unit::Second)),
            ("时长(单位分)", Some(Unit::Minute)),
            ("通话分钟数", Some(Unit::Minute)),
            ("秒数", Some(Unit::Second)),
            ("duration_ms", Some(Unit::Millisecond)),
            ("DurationMin", Some(Unit::Minute)),
            ("Length (h)", Some(Unit::Hour)),
            ("seconds", Some(Unit::Second)),
            ("通话时长", None),
            ("通话时长(时:分:秒)", None),
            ("通话时长(时分秒)", None),
            ("Duration (hh:mm:ss)", None),
            ("最小时长", None),
            ("积分", None),
            ("时长(含振铃)", None),
        ] {
            assert_eq!(named(header), Ok(unit), "{header}");
        }
        assert_eq!(named("通话费(元)"), Err(OtherUnit("元")));
        assert_eq!(named("通话次数/次"), Err(OtherUnit("次")));
    }

    #[test]
    fn a_header_loses_the_unit_at_its_end() {
        for (header, rest) in [
            ("通话时长(分钟)", Some("通话时长")),
            ("通话时长 （毫秒）", Some("通话时长")),
            ("通话时长/分", Some("通话时长")),
            ("拜访时长分钟", Some("拜访时长")),
            ("duration_ms", Some("duration")),
            ("时长", None),
            ("分钟", None),
            ("通话费(元)", None),
        ] {
            assert_eq!(without(header).as_deref(), rest, "{header}");
        }
    }
}
