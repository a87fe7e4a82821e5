//! The tables of rules.toml that are no rules.

use super::layers::Layers;
use crate::lang::Lang;
use crate::model::*;
use crate::trouble::Trouble;
use chrono::NaiveDate;
use serde::{Deserialize, Deserializer};
use std::collections::BTreeSet;
use toml::Value;

/// Reads all tables that are no rules.
pub(super) fn read(layers: &Layers) -> Result<Settings, Trouble> {
    let days: DaysTable = layers.section("days")?;
    let managers: ManagersTable = layers.section("managers")?;
    let due: DueTable = layers.section("due")?;
    let phone: PhoneTable = layers.section("phone")?;
    let coordinates: CoordinatesTable = layers.section("coordinates")?;
    let input: InputTable = layers.section("input")?;
    let ranking: RankingTable = layers.section("ranking")?;
    let appeals: AppealsTable = layers.section("appeals")?;
    let notice: NoticeTable = layers.section("notice")?;
    let outlook: OutlookTable = layers.section("outlook")?;
    let plan: PlanTable = layers.section("plan")?;
    let sheet: SheetTable = layers.section("sheet")?;
    let output: OutputTable = layers.section("output")?;
    let calendar: CalendarTable = layers.section("calendar")?;
    Ok(Settings {
        calendar: Calendar {
            years: calendar.years,
            holidays: calendar.holidays.0,
            makeup_workdays: calendar.makeup_workdays.0,
        },
        excuse: days.excuse.into_iter().map(|word| word.0).collect(),
        ignore: managers.ignore,
        include_suspended: due.include_suspended,
        area_code: phone.area_code.0,
        archive: coordinates.archive.into(),
        checkin: coordinates.checkin.into(),
        max_rejected: input.max_rejected_percent,
        max_unknown: input.max_unknown_percent,
        max_unpacked: u64::from(input.max_unpacked_mb.0) << 20,
        min_days: ranking.min_days.0,
        scoring: layers.scoring()?,
        quality: layers.quality_items()?,
        onsite_below: None,
        appeals: AppealTerms {
            codes: appeals.codes.into_iter().map(|text| text.0).collect(),
            approvers: appeals.approvers.into_iter().map(|text| text.0).collect(),
            working_days: appeals.working_days.0,
            notice_date: appeals.notice_date.0,
        },
        notice: NoticeTerms {
            issuer: notice.issuer,
            number: notice.number.0,
            working_days: notice.working_days.0,
            ranking: notice.ranking,
        },
        per_day: outlook.per_day.0,
        onsite_per_day: outlook.onsite_per_day.0,
        kmh: plan.kmh.0,
        proposed: sheet.proposed.0,
        lang: output.lang.0,
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DaysTable {
    excuse: Vec<StatusWord>,
}

struct StatusWord(DayStatus);

impl<'de> Deserialize<'de> for StatusWord {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        let found = DayStatus::VALUES.iter().find(|status| status.name() == name);
        found.map(|status| Self(*status)).ok_or_else(|| {
            let names = DayStatus::VOCABULARY.names();
            refuse(&format!("以下状态：{}", names.join("、")), &format!("statuses among {}", names.join(", ")))
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ManagersTable {
    ignore: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DueTable {
    include_suspended: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PhoneTable {
    area_code: AreaCode,
}

struct AreaCode(String);

impl<'de> Deserialize<'de> for AreaCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let code = value.as_str().filter(|code| code.len() <= 4 && code.bytes().all(|b| b.is_ascii_digit()));
        code.map(|code| Self(code.to_owned()))
            .ok_or_else(|| refuse("带引号的区号，如 \"0516\"", "a quoted area code such as \"0516\""))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CoordinatesTable {
    archive: Datum,
    checkin: Datum,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Datum {
    Wgs84,
    Gcj02,
    Bd09,
}

impl From<Datum> for CoordinateSystem {
    fn from(datum: Datum) -> Self {
        match datum {
            Datum::Wgs84 => Self::Wgs84,
            Datum::Gcj02 => Self::Gcj02,
            Datum::Bd09 => Self::Bd09,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OutputTable {
    lang: Language,
}

struct Language(Option<Lang>);

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match String::deserialize(deserializer)?.as_str() {
            "" => Ok(Self(None)),
            name => Lang::parse(name)
                .map(|lang| Self(Some(lang)))
                .ok_or_else(|| refuse("\"zh\"、\"en\"，或 \"\"（随系统）", "\"zh\", \"en\", or \"\" for the system's")),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct InputTable {
    max_rejected_percent: Percent,
    max_unknown_percent: Percent,
    max_unpacked_mb: Whole<1, 1_000_000>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RankingTable {
    min_days: Whole<0, 31>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AppealsTable {
    codes: Vec<NonEmpty>,
    approvers: Vec<NonEmpty>,
    working_days: Whole<0, 366>,
    notice_date: DateIfAny,
}

/// A text with something in it: an empty code or approver would let through what names none.
struct NonEmpty(String);

impl<'de> Deserialize<'de> for NonEmpty {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Value::deserialize(deserializer)?;
        let text = text.as_str().map(str::trim).filter(|text| !text.is_empty());
        let text = text.ok_or_else(|| {
            refuse("带引号的文字的列表，如 [\"设备故障\"]", "a list of quoted texts such as [\"设备故障\"]")
        })?;
        Ok(Self(text.to_owned()))
    }
}

/// A date, or "" for none.
struct DateIfAny(Option<NaiveDate>);

impl<'de> Deserialize<'de> for DateIfAny {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::String(text) if text.trim().is_empty() => Ok(Self(None)),
            value => date(&value)
                .map(|date| Self(Some(date)))
                .ok_or_else(|| refuse("日期，如 2026-10-09，或 \"\"", "a date such as 2026-10-09, or \"\"")),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NoticeTable {
    issuer: String,
    number: Pattern,
    working_days: Whole<1, 366>,
    ranking: bool,
}

/// A text in which nothing stands in braces but [`NoticeTerms::PARTS`].
struct Pattern(String);

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let names = || NoticeTerms::PARTS.map(|name| format!("{{{name}}}"));
        let refused = || {
            let (zh, en) = (names().join("、"), names().join(", "));
            refuse(&format!("带引号的编号，花括号中只能是 {zh}"), &format!("a quoted number with only {en} in braces"))
        };
        let Value::String(text) = Value::deserialize(deserializer)? else { return Err(refused()) };
        let bare = names().iter().fold(text.clone(), |text, name| text.replace(name, ""));
        if bare.contains(['{', '}']) { Err(refused()) } else { Ok(Self(text)) }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OutlookTable {
    per_day: PerDay,
    onsite_per_day: PerDay,
}

/// So many customers a day, or as many as usual.
struct PerDay(Option<u32>);

impl<'de> Deserialize<'de> for PerDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let allowed = |number: &i64| (1..=200).contains(number);
        match Value::deserialize(deserializer)? {
            Value::String(word) if word == "median" => Ok(Self(None)),
            Value::Integer(number) if allowed(&number) => Ok(Self(Some(number as u32))),
            _ => Err(refuse("1 到 200 之间的整数，或 \"median\"", "a whole number from 1 to 200, or \"median\"")),
        }
    }
}

/// As TOML has it, or in quotes.
fn date(value: &Value) -> Option<NaiveDate> {
    match value {
        Value::Datetime(date) => date.to_string().parse().ok(),
        Value::String(date) => date.parse().ok(),
        _ => None,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlanTable {
    kmh: Whole<1, 200>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SheetTable {
    proposed: Whole<0, 200>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CalendarTable {
    years: BTreeSet<i32>,
    holidays: Dates,
    makeup_workdays: Dates,
}

/// Dates as TOML has them, or in quotes.
struct Dates(BTreeSet<NaiveDate>);

impl<'de> Deserialize<'de> for Dates {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wrong = || refuse("日期的列表，如 [2026-10-01]", "a list of dates such as [2026-10-01]");
        let values = Vec::<Value>::deserialize(deserializer).map_err(|_: D::Error| wrong())?;
        values.iter().map(date).collect::<Option<_>>().map(Self).ok_or_else(wrong)
    }
}
