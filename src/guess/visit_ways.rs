//! The ways in which headers name the main columns of visits, the most telling first.

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
