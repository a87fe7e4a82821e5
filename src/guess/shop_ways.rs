//! The ways in which headers name the columns of archives, the most telling first.

use crate::model::Column;

/// Whom to speak to in a shop.
const SHOP_CONTACTS: &[&str] = &[
    "contact name",
    "contact",
    "owner name",
    "owner",
    "contact owner",
    "contact owner name",
    "shop contact",
    "shop contact name",
    "shop owner",
    "business owner",
];

/// Whether it is in business.
const STATUSES: &[&str] = &[
    "business status",
    "shop status",
    "business result",
    "status",
    "shop business status",
    "business",
    "close",
    "close status",
    "shop close",
    "open status",
    "business close",
];

/// Whether it gets goods.
const SUSPENDED: &[&str] = &[
    "suspended",
    "shop suspended",
    "goods suspended",
    "supply suspended",
    "goods end",
    "suspended status",
    "supply status",
    "supply result",
];

/// Where else it is called.
const SPARE_PHONES: &[&str] = &[
    "landline",
    "spare phone",
    "shop landline",
    "contact landline",
    "shop spare phone",
    "contact spare phone",
    "other phone",
    "spare id",
    "contact spare",
];

pub(super) fn of_customers(column: Column) -> &'static [&'static str] {
    match column {
        Column::CustomerId => &["shop id", "shop license id", "shop license", "id"],
        Column::Name => &["shop name", "name", "shop"],
        Column::Class => &["class", "shop class", "shop type", "shop class type"],
        Column::Suspended => SUSPENDED,
        Column::Address => &[
            "address",
            "shop address",
            "business address",
            "contact address",
            "goods address",
            "delivery address",
            "shop position",
        ],
        Column::Contact => SHOP_CONTACTS,
        Column::Phone => &[
            "phone",
            "contact phone",
            "shop phone",
            "goods phone",
            "owner phone",
            "phone id",
            "contact id",
            "contact mode",
        ],
        Column::Phone2 => SPARE_PHONES,
        Column::Lon => &["lon", "lon position", "position", "shop position", "address position"],
        Column::Lat => &["lat", "lat position", "position", "shop position", "address position"],
        Column::VisitCycle => {
            &["visit cycle", "cycle", "service cycle", "call cycle", "plan call cycle", "plan visit cycle"]
        }
        Column::VisitBatch => &[
            "route",
            "visit route",
            "route id",
            "visit route id",
            "route name",
            "route group",
            "plan route",
            "service route",
            "plan group",
            "must route",
            "branch route",
            "visit group",
        ],
        Column::InfoPoint => &["info", "shop info"],
        Column::MustOnsite => {
            &["must", "must visit", "must visit shop", "must shop", "must start", "must visit start", "must visit mode"]
        }
        Column::Vulnerable => &["vulnerable", "vulnerable shop", "vulnerable group"],
        Column::Status => STATUSES,
        Column::OpenedOn => {
            &["open date", "open time", "business date", "business time", "join date", "join time", "open"]
        }
        Column::ClosedOn => &["close date", "close time", "close"],
        Column::UpdatedOn => &["update date", "update time", "last update date", "last update time"],
        _ => &[],
    }
}
