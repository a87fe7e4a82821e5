//! One `[[cadence]]` entry of rules.toml (SPEC §3.2).

use crate::measures::Shop;
use crate::model::{Class, Column, Every, Mode, Percent, Whole, Word, refuse};
use chrono::Days;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    /// `services.item`, or an entry of `visits.items`.
    pub item: String,
    /// Other spellings of the item.
    #[serde(default)]
    pub aliases: Vec<String>,
    pub clause: String,
    pub per: Per,
    /// Customers of these classes; empty: of any.
    #[serde(default, deserialize_with = "read_classes", serialize_with = "write_classes")]
    class: Vec<Class>,
    /// Customers with this mark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    only: Option<Mark>,
    pub every: Every,
    /// Services due in a period; per manager with `class` or `only`: distinct customers served.
    #[serde(default = "once")]
    pub min: Whole<1, 100_000>,
    /// Per manager with `class` or `only`: so many of the customers, rounded up, instead of `min`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    percent: Option<Percent>,
    /// An item of a visit counts only where the visit has this mode (二.4).
    #[serde(
        default,
        deserialize_with = "read_mode",
        serialize_with = "write_mode",
        skip_serializing_if = "Option::is_none"
    )]
    pub mode: Option<Mode>,
    /// So many days behind a period what names none counts for it, as long as it has fewer than it needs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grace_days: Option<Whole<0, 92>>,
    /// Assessed also where nobody records it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// Not judged at all.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub off: bool,
}

#[derive(Clone, Copy, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum Per {
    Customer,
    Manager,
}

#[derive(Clone, Copy, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Mark {
    InfoPoint,
    Vulnerable,
    MustOnsite,
}

impl Mark {
    fn column(self) -> Column {
        match self {
            Self::InfoPoint => Column::InfoPoint,
            Self::Vulnerable => Column::Vulnerable,
            Self::MustOnsite => Column::MustOnsite,
        }
    }
}

impl Entry {
    /// The item's name and its other spellings.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.aliases.iter().chain([&self.item]).map(String::as_str)
    }

    pub(super) fn grace(&self) -> Days {
        Days::new(self.grace_days.as_ref().map_or(0, |days| days.0.into()))
    }

    /// Whether services done behind a period's end may count for it.
    pub(super) fn has_grace(&self) -> bool {
        self.grace() > Days::new(0)
    }

    /// Whether it matters which customers were served.
    pub(super) fn asks_for_customers(&self) -> bool {
        self.per == Per::Customer || !self.class.is_empty() || self.only.is_some()
    }

    /// Whether it is for a customer, who must be due besides.
    pub(super) fn is_for(&self, customer: &Shop) -> bool {
        self.is_marked(customer) && self.is_of_class(customer)
    }

    /// Whether it hangs on a class that cannot be read, and on nothing else.
    pub(super) fn is_for_by_class(&self, customer: &Shop) -> bool {
        self.is_marked(customer) && !self.class.is_empty() && customer.unknown.contains(Column::Class)
    }

    /// The column of a cell that cannot be read and over which alone, or with others such, it is not for a customer.
    pub(super) fn may_be_for(&self, customer: &Shop) -> Option<Column> {
        if self.is_for(customer) {
            return None;
        }
        let is_unknown = |column: &Column| customer.unknown.contains(*column);
        let class = Some(Column::Class).filter(|column| !self.class.is_empty() && is_unknown(column));
        let mark = self.only.map(Mark::column).filter(is_unknown);
        let of_class = self.is_of_class(customer) || class.is_some();
        let marked = self.is_marked(customer) || mark.is_some();
        class.or(mark).filter(|_| of_class && marked)
    }

    fn is_of_class(&self, customer: &Shop) -> bool {
        self.class.is_empty() || customer.class.is_some_and(|class| self.class.contains(&class))
    }

    fn is_marked(&self, customer: &Shop) -> bool {
        match self.only {
            None => true,
            Some(Mark::InfoPoint) => customer.info_point,
            Some(Mark::Vulnerable) => customer.vulnerable,
            Some(Mark::MustOnsite) => customer.must_onsite,
        }
    }

    /// Services due of a manager who has so many customers that it is for.
    pub(super) fn due_of_manager(&self, customers: u32) -> u32 {
        match self.percent {
            _ if !self.asks_for_customers() => self.min.0,
            None => self.min.0.min(customers),
            Some(percent) => percent.ceil_of(customers.into()) as u32,
        }
    }

    /// A key that says nothing beside the others.
    pub(super) fn idle_key(&self) -> Option<&'static str> {
        let counts_customers = self.per == Per::Manager && self.asks_for_customers();
        (self.percent.is_some() && !counts_customers).then_some("percent")
    }
}

fn once() -> Whole<1, 100_000> {
    Whole(1)
}

fn read_classes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Class>, D::Error> {
    const ALLOWED: [Class; 4] = [Class::FirstBatch, Class::SecondBatch, Class::Ordinary, Class::Violation];
    let names = Vec::<String>::deserialize(deserializer)?;
    let class = |name: &String| ALLOWED.into_iter().find(|class| class.name() == name);
    names.iter().map(class).collect::<Option<_>>().ok_or_else(|| {
        let allowed = ALLOWED.map(Class::name);
        refuse(&format!("分类的列表：{}", allowed.join("、")), &format!("a list of classes: {}", allowed.join(", ")))
    })
}

fn write_classes<S: Serializer>(classes: &[Class], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(classes.iter().map(|class| class.name()))
}

fn read_mode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Mode>, D::Error> {
    const ALLOWED: [Mode; 3] = [Mode::Onsite, Mode::Phone, Mode::Web];
    let name = String::deserialize(deserializer)?;
    let mode = ALLOWED.into_iter().find(|mode| mode.name() == name);
    mode.map(Some).ok_or_else(|| {
        let allowed = ALLOWED.map(Mode::name);
        refuse(&format!("以下之一：{}", allowed.join("、")), &format!("one of {}", allowed.join(", ")))
    })
}

fn write_mode<S: Serializer>(mode: &Option<Mode>, serializer: S) -> Result<S::Ok, S::Error> {
    mode.map(Mode::name).serialize(serializer)
}
