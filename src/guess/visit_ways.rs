//! The ways in which headers name the main columns of visits and of plans, the most telling first.

/// How a visit was made.
pub(super) const MODES: &[&str] = &[
    "visit mode",
    "mode",
    "service mode",
    "call mode",
    "visit type",
    "contact mode",
    "contact type",
    "call type",
    "service type",
    "type",
];

/// When it began.
pub(super) const STARTS: &[&str] = &[
    "start time",
    "visit start time",
    "start",
    "visit start",
    "visit time",
    "start date",
    "from time",
    "from",
    "visit date",
    "visit date time",
    "call start time",
    "call time",
    "call date",
    "service start time",
    "service time",
    "date time",
    "time",
];

/// When it ended.
pub(super) const ENDS: &[&str] = &[
    "end time",
    "visit end time",
    "end",
    "visit end",
    "end date",
    "quit time",
    "to time",
    "to",
    "call end time",
    "service end time",
    "done time",
];

/// What came of it.
pub(super) const OUTCOMES: &[&str] = &[
    "visit result",
    "call result",
    "call status",
    "result",
    "visit status",
    "status",
    "done status",
    "visit done status",
    "done",
    "visit done",
    "visit",
    "result id",
    "status id",
];

/// The telephone by which a customer is to be spoken to.
pub(super) const PLANNED_PHONES: &[&str] = &[
    "call phone",
    "phone",
    "plan phone",
    "plan call phone",
    "contact phone",
    "shop phone",
    "other phone",
    "phone id",
    "contact id",
    "call id",
    "other id",
    "contact mode",
];

/// The telephone by which a customer was spoken to.
pub(super) const VISITED_PHONES: &[&str] = &[
    "call phone",
    "call",
    "phone",
    "contact phone",
    "shop phone",
    "other phone",
    "phone id",
    "contact id",
    "call id",
    "other id",
    "contact mode",
];

/// What was done there.
pub(super) const ITEMS: &[&str] = &[
    "item",
    "visit item",
    "service item",
    "service",
    "item name",
    "visit service",
    "start service",
    "done item",
    "service done",
    "service record",
];

/// When the record came in.
pub(super) const UPLOADS: &[&str] = &[
    "upload time",
    "upload",
    "visit upload time",
    "upload date",
    "sync time",
    "sync date",
    "sync receive time",
    "visit sync receive time",
    "summary upload",
    "summary upload time",
    "receive time",
    "upload receive time",
];

/// Why it came to nothing.
pub(super) const REASONS: &[&str] = &[
    "exception reason",
    "reason",
    "visit reason",
    "exception note",
    "exception",
    "exception result note",
    "exception result",
    "exception reason note",
    "start exception",
    "visit exception",
    "result reason",
    "visit result reason",
    "reason done",
];

/// What a visit is planned for.
pub(super) const PURPOSES: &[&str] = &[
    "purpose",
    "visit purpose",
    "plan purpose",
    "plan visit purpose",
    "service purpose",
    "visit item",
    "visit note",
    "plan reason",
    "reason",
];

/// By what a customer is to be spoken to.
pub(super) const PLANNED_TOOLS: &[&str] = &[
    "tool",
    "call tool",
    "contact tool",
    "software",
    "plan tool",
    "plan software",
    "plan visit tool",
    "plan call tool",
];
