//! The ways in which headers name a column, each as the concepts it is made of, the most telling first.

use super::shop_ways::of_customers;
use super::visit_ways::{
    ENDS, ITEMS, MODES, OUTCOMES, PLANNED_PHONES, PLANNED_TOOLS, PURPOSES, REASONS, STARTS, UPLOADS, VISITED_PHONES,
};
use crate::model::{Column, Kind};

pub(super) fn ways(kind: Kind, column: Column) -> &'static [&'static str] {
    let own = match kind {
        Kind::Customers => of_customers(column),
        Kind::Visits => of_visits(column),
        Kind::Calls => of_calls(column),
        Kind::Plans => of_plans(column),
        Kind::Days => of_days(column),
        Kind::Managers => of_managers(column),
        Kind::Services => of_services(column),
        Kind::Inquiries => of_inquiries(column),
        Kind::Checks => of_checks(column),
        // They come on the program's own forms.
        Kind::Appeals | Kind::Quality => &[],
    };
    if own.is_empty() { anywhere(kind, column) } else { own }
}

fn anywhere(kind: Kind, column: Column) -> &'static [&'static str] {
    match column {
        Column::CustomerId => &["shop id", "shop license id", "shop license", "visit shop id", "shop"],
        // Of a shop the owner alone would be whose it is.
        Column::ManagerId if kind == Kind::Customers => &[
            "rep id",
            "rep visit id",
            "rep",
            "service rep id",
            "owner id",
            "shop owner id",
            "rep email",
            "owner email",
        ],
        Column::ManagerId => &[
            "rep id",
            "rep visit id",
            "rep",
            "owner id",
            "visit owner id",
            "owner",
            "rep email",
            "owner email",
            "visit owner email",
            "call owner email",
        ],
        Column::ManagerName => &[
            "rep name",
            "rep",
            "service rep name",
            "service rep",
            "owner name",
            "owner",
            "shop owner name",
            "shop owner",
        ],
        Column::Branch => &[
            "branch",
            "branch name",
            "rep branch",
            "rep branch name",
            "owner branch",
            "service branch",
            "shop branch",
            "shop branch name",
            "shop owner branch",
            "shop rep branch",
            "team",
            "team name",
            "rep team",
        ],
        Column::Phone => {
            &["phone", "contact phone", "shop phone", "call phone", "phone id", "contact id", "contact mode"]
        }
        Column::Note => &["note", "visit note"],
        _ => &[],
    }
}

fn of_visits(column: Column) -> &'static [&'static str] {
    match column {
        Column::VisitId => &["visit id", "visit record id", "record id", "call id", "start id", "attend id", "id"],
        Column::Mode => MODES,
        Column::Date => {
            &["visit date", "date", "call date", "record date", "start date", "service date", "attend date"]
        }
        Column::StartedAt => STARTS,
        Column::EndedAt => ENDS,
        Column::Minutes => &["visit length", "length", "shop length", "service length", "call length", "time length"],
        // What was planned, or of where it comes.
        Column::Planned => &["plan", "plan visit", "visit type", "plan type", "plan status", "visit source", "type"],
        Column::Outcome => OUTCOMES,
        Column::ExceptionReason => REASONS,
        Column::Photo => &[
            "photo",
            "visit photo",
            "start photo",
            "shop photo",
            "photo address",
            "photo id",
            "photo name",
            "upload photo",
        ],
        Column::Tool => &["tool", "call tool", "contact tool", "software", "visit tool", "visit software"],
        Column::Items => ITEMS,
        Column::UploadedAt => UPLOADS,
        Column::Lon => &["lon", "start lon", "lon position", "start position", "visit position", "position"],
        Column::Lat => &["lat", "start lat", "lat position", "start position", "visit position", "position"],
        Column::Source => &["source", "record source"],
        Column::Phone => VISITED_PHONES,
        Column::Note => &["note", "visit note", "summary", "visit summary", "shop note"],
        _ => &[],
    }
}

fn of_calls(column: Column) -> &'static [&'static str] {
    match column {
        Column::OwnNumber => &[
            "own phone",
            "own",
            "own id",
            "own call phone",
            "rep own",
            "rep own phone",
            "rep phone",
            "from",
            "from phone",
        ],
        Column::Number => &[
            "other phone",
            "other",
            "other id",
            "other call phone",
            "shop phone",
            "to",
            "to phone",
            "call phone",
            "phone",
            "call shop",
            "own other phone",
        ],
        Column::StartedAt => &[
            "call start time",
            "start time",
            "call time",
            "call start",
            "start",
            "call date",
            "call date time",
            "phone time",
            "create time",
            "start date",
            "date time",
            "time",
        ],
        Column::Seconds => &["call length", "length", "call time"],
        Column::Direction => {
            &["call direction", "direction", "call receive", "call mode", "call type", "own other", "call"]
        }
        _ => &[],
    }
}

fn of_plans(column: Column) -> &'static [&'static str] {
    match column {
        Column::Date => &[
            "plan date",
            "plan visit date",
            "plan visit time",
            "plan time",
            "plan visit",
            "visit date",
            "plan start date",
            "date",
            "route date",
        ],
        // It is the number of a stop too, or an order.
        Column::Seq => {
            &["seq", "visit seq", "plan seq", "plan visit seq", "seq id", "end id", "goods", "visit rownumber"]
        }
        Column::Mode => &[
            "plan mode",
            "plan visit mode",
            "visit mode",
            "mode",
            "visit type",
            "plan visit type",
            "call mode",
            "contact mode",
            "plan item",
        ],
        Column::Tool => PLANNED_TOOLS,
        Column::CreatedAt => &["create time", "create date", "plan create time", "plan upload time", "upload time"],
        Column::RescheduledFrom => &[
            "reschedule date",
            "reschedule",
            "former date",
            "former visit date",
            "former plan date",
            "reschedule from",
            "reschedule plan date",
        ],
        Column::Purpose => PURPOSES,
        Column::Phone => PLANNED_PHONES,
        _ => &[],
    }
}

fn of_days(column: Column) -> &'static [&'static str] {
    match column {
        // An account of one who attends may be called no more than that; the letters of 日志日期 are those of 入职日期.
        Column::ManagerId => &["rep id", "rep", "owner id", "owner", "id"],
        Column::Date => &["date", "attend date", "record date", "join date", "time"],
        Column::Status => &[
            "attend status",
            "attend type",
            "attend result",
            "attend",
            "status",
            "result",
            "type",
            "record status",
            "reason",
            "date type",
            "date status",
        ],
        Column::Part => &["part", "time"],
        Column::SyncedAt => &["sync time", "date start sync", "start sync", "sync"],
        Column::SummaryAt => &[
            "summary time",
            "summary upload time",
            "summary record time",
            "summary upload",
            "summary date upload",
            "record upload time",
        ],
        _ => &[],
    }
}

fn of_managers(column: Column) -> &'static [&'static str] {
    match column {
        Column::ManagerId => &["rep id", "id", "rep"],
        Column::Name => &["rep name", "name"],
        Column::Phone => &[
            "phone",
            "rep phone",
            "contact phone",
            "own phone",
            "own",
            "own id",
            "landline",
            "rep landline",
            "branch phone",
            "branch landline",
            "group phone",
        ],
        Column::JoinedOn => &["join date", "join time", "rep join date", "start date"],
        Column::LeftOn => &["quit date", "quit time", "rep quit date", "end date"],
        _ => &[],
    }
}

fn of_services(column: Column) -> &'static [&'static str] {
    match column {
        Column::Item => &[
            "item",
            "item name",
            "service item",
            "service name",
            "service type",
            "service purpose",
            "item type",
            "purpose",
            "service",
            "item id",
        ],
        Column::DoneOn => {
            &["done date", "done time", "service date", "service time", "item date", "service done date", "date"]
        }
        Column::Period => &["period", "month", "service month", "cycle"],
        _ => &[],
    }
}

fn of_inquiries(column: Column) -> &'static [&'static str] {
    match column {
        Column::CustomerId => &["shop id", "receive shop id", "shop license id", "shop license"],
        Column::InquiryId => &["receive id", "record id", "create id", "id"],
        Column::Kind => &["demand type", "type", "complaint type", "purpose type", "item type", "record type", "class"],
        Column::ReceivedAt => &[
            "receive time",
            "receive date",
            "create time",
            "open time",
            "complaint time",
            "complaint date",
            "demand time",
        ],
        Column::RepliedAt => &["reply time", "reply date", "done time", "done date", "close time"],
        Column::Upheld => &["upheld", "complaint upheld", "upheld result"],
        Column::Duty => &["duty", "duty complaint"],
        _ => &[],
    }
}

fn of_checks(column: Column) -> &'static [&'static str] {
    match column {
        Column::CustomerId => &["check shop id", "review shop id", "shop id", "shop license id", "shop license"],
        Column::ManagerId => &["check rep id", "rep id", "rep"],
        Column::Month => &["check month", "month", "visit month", "review month"],
        Column::CheckedOn => {
            &["check date", "check time", "visit date", "visit time", "review date", "review time", "date"]
        }
        Column::Method => &["check mode", "mode", "visit mode", "review mode"],
        Column::Result => {
            &["check result", "result", "visit result", "upheld", "check upheld", "review result", "start"]
        }
        Column::Draw => &["check type", "review type"],
        Column::Note => &["note", "note result", "check note"],
        _ => &[],
    }
}
