//! The canonical columns of all kinds, by name.

macro_rules! columns {
    ($($variant:ident = $name:literal),* $(,)?) => {
        /// A column that the program knows. The same name means the same in every kind that has it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Column { $($variant),* }

        impl Column {
            pub const COUNT: usize = [$($name),*].len();
            const ALL: [Self; Self::COUNT] = [$(Self::$variant),*];

            /// The canonical name: in headers, TOML and JSON.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }
    };
}

columns! {
    CustomerId = "customer_id", Name = "name", ManagerId = "manager_id", ManagerName = "manager_name",
    Branch = "branch", Class = "class", Suspended = "suspended", Address = "address", Contact = "contact",
    Phone = "phone", Phone2 = "phone2", Lon = "lon", Lat = "lat", VisitCycle = "visit_cycle",
    VisitBatch = "visit_batch", InfoPoint = "info_point", MustOnsite = "must_onsite", Vulnerable = "vulnerable",
    Status = "status", OpenedOn = "opened_on", ClosedOn = "closed_on", UpdatedOn = "updated_on",
    VisitId = "visit_id", Mode = "mode", Date = "date", StartedAt = "started_at", EndedAt = "ended_at",
    Minutes = "minutes", Planned = "planned", Outcome = "outcome", ExceptionReason = "exception_reason",
    Photo = "photo", Tool = "tool", Items = "items", UploadedAt = "uploaded_at", Source = "source", Note = "note",
    OwnNumber = "own_number", Number = "number", Seconds = "seconds", Direction = "direction",
    Seq = "seq", CreatedAt = "created_at", RescheduledFrom = "rescheduled_from", Purpose = "purpose",
    Part = "part", SyncedAt = "synced_at", SummaryAt = "summary_at",
    JoinedOn = "joined_on", LeftOn = "left_on",
    Item = "item", DoneOn = "done_on", Period = "period",
    InquiryId = "inquiry_id", Kind = "kind", ReceivedAt = "received_at", RepliedAt = "replied_at",
    Upheld = "upheld", Duty = "duty",
    Month = "month", CheckedOn = "checked_on", Method = "method", Result = "result", Draw = "draw",
    FindingId = "finding_id", Measured = "measured", ReasonCode = "reason_code", Reason = "reason", Evidence = "evidence",
    Score = "score", Max = "max", CheckedBy = "checked_by",
    FiledOn = "filed_on", Decision = "decision", DecidedBy = "decided_by", DecidedOn = "decided_on",
}

impl Column {
    /// Whether this column's aliases hold only in the kind where they stand (SPEC §2.1).
    pub const fn has_local_aliases(self) -> bool {
        matches!(self, Self::Phone | Self::Lon | Self::Lat | Self::Status | Self::Date | Self::Name)
    }
}

/// A set of columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ColumnSet(u128);

impl ColumnSet {
    pub fn insert(&mut self, column: Column) {
        self.0 |= 1 << column as u8;
    }

    pub fn remove(&mut self, column: Column) {
        self.0 &= !(1 << column as u8);
    }

    /// Holds the column or not.
    pub fn set(&mut self, column: Column, held: bool) {
        match held {
            true => self.insert(column),
            false => self.remove(column),
        }
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub fn contains(self, column: Column) -> bool {
        self.0 & (1 << column as u8) != 0
    }

    /// The columns of this set that are not in another.
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub fn iter(self) -> impl Iterator<Item = Column> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let column = Column::ALL.get(left.trailing_zeros() as usize)?;
            left &= left - 1;
            Some(*column)
        })
    }
}

/// How many of many sets hold each column: the counts bit by bit, so that a set is added to all of them at once.
#[derive(Clone, Debug, Default)]
pub struct ColumnTally {
    bits: [u128; 32],
}

impl ColumnTally {
    #[inline]
    pub fn add(&mut self, set: ColumnSet) {
        let mut carried = set.0;
        for bit in &mut self.bits {
            if carried == 0 {
                return;
            }
            (*bit, carried) = (*bit ^ carried, *bit & carried);
        }
    }

    pub fn count(&self, column: Column) -> u64 {
        let is_set = |bit: &u128| u64::from(bit & (1 << column as u8) != 0);
        self.bits.iter().enumerate().map(|(place, bit)| is_set(bit) << place).sum()
    }
}

const _: () = assert!(Column::COUNT <= 128, "a ColumnSet has room for every column");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tally_counts_each_column_by_itself() {
        let mut tally = ColumnTally::default();
        for number in 0..1000 {
            let mut set = ColumnSet::default();
            set.set(Column::Phone, number % 3 == 0);
            set.set(Column::Result, number % 7 == 0);
            tally.add(set);
        }
        let counts = [Column::Phone, Column::Result, Column::Mode].map(|column| tally.count(column));
        assert_eq!(counts, [334, 143, 0]);
    }
}
