//! The month's desk work, the inquiries and the section's spot check.

use std::fmt::Write;

use anyhow::Result;
use chrono::{Datelike, NaiveDate};

use crate::calendar::{Month, Span, workdays_after};
use crate::field::Field;
use crate::parts::Part;
use crate::records::{Check, Class, Cycle, Inquiry, Item, Kind, Service, Sink, Stamp, Verdict};

impl Field<'_> {
    /// `worked`: the dates on which he was out.
    pub fn desk(&mut self, span: &Span, index: usize, worked: &[NaiveDate], sink: &mut dyn Sink) -> Result<()> {
        let month = &span.months[index];
        let mut services = self.reports(month, worked);
        self.analyses(month, worked, &mut services);
        services.sort_by_key(|service| service.done_on);
        for service in &services {
            let customer = service.customer.map(|c| &self.shops[c]);
            sink.service(self.m, customer, service)?;
        }
        self.inquiries(span, month, sink)?;
        self.spot_check(span, index, sink)
    }

    fn reports(&mut self, month: &Month, worked: &[NaiveDate]) -> Vec<Service> {
        let mut list = Vec::new();
        let last = worked[worked.len() - 1];
        let mut add = |item, done_on, period| {
            list.push(Service { item, customer: None, done_on, period });
        };
        // The week's report on his last day out of that week.
        for (i, date) in worked.iter().enumerate() {
            let week = date.iso_week();
            if worked.get(i + 1).is_none_or(|next| next.iso_week() != week) {
                let period = format!("{}-W{:02}", week.year(), week.week());
                add(Item::InfoReport, *date, period);
            }
        }
        add(Item::OperationsReport, last, monthly(month));
        add(Item::MonthlySummary, last, monthly(month));
        let year = month.first.year();
        if month.first.month().is_multiple_of(3) {
            let done = worked[worked.len() / 2];
            add(Item::GradeNotice, done, format!("{year}Q{}", month.first.month() / 3));
        }
        // Once in each half-year, well before its end.
        if matches!(month.first.month(), 3 | 9) {
            let half = if month.first.month() == 3 { 1 } else { 2 };
            add(Item::MarketProfile, worked[worked.len() / 3], format!("{year}H{half}"));
        }
        list
    }

    /// Reports on single customers: a month's first batch, and six of the second batch, so that a quarter has eighteen.
    fn analyses(&mut self, month: &Month, worked: &[NaiveDate], list: &mut Vec<Service>) {
        let late = &worked[worked.len().saturating_sub(7)..];
        let turn = month.first.month0() % 3;
        let mut second = 0;
        for (c, shop) in self.shops.iter().enumerate() {
            if shop.suspended || !shop.open_at_end_of(month.last) {
                continue;
            }
            // Who is due in the month, and was not gone to, is told his business data by message.
            if is_seldom_and_due(shop.cycle, month.first.month()) && !self.notes[c].told {
                let (item, done_on) = (Item::BusinessData, worked[worked.len() / 2]);
                list.push(Service { item, customer: Some(c), done_on, period: monthly(month) });
            }
            let (item, period) = match shop.class {
                Class::FirstBatch => (Item::CustomerAnalysis, monthly(month)),
                Class::SecondBatch => {
                    second += 1;
                    if second > 18 || second % 3 != turn {
                        continue;
                    }
                    (Item::ImprovementReview, String::new())
                }
                _ => continue,
            };
            list.push(Service { item, customer: Some(c), done_on: self.rng.pick(late), period });
        }
    }

    fn inquiries(&mut self, span: &Span, month: &Month, sink: &mut dyn Sink) -> Result<()> {
        let mut days: Vec<NaiveDate> = (0..self.rng.below(5).min(3)).map(|_| self.rng.pick(&month.workdays)).collect();
        days.sort_unstable();
        for (i, date) in days.into_iter().enumerate() {
            let c = self.rng.below(self.shops.len() as u32) as usize;
            if !self.shops[c].may_be_visited(date) {
                continue;
            }
            let kind = if self.rng.chance(300) { Kind::Complaint } else { Kind::Inquiry };
            let answered = workdays_after(date, self.rng.range(0, 2));
            let stamp = |date, minute: u32| Stamp { date, second: minute * 60 };
            let (asked, told) = (self.rng.range(8 * 60 + 30, 14 * 60), self.rng.range(14 * 60 + 5, 17 * 60 + 25));
            // A complaint may be upheld, or be about the first-inquiry duty, but here never both.
            let upheld = kind == Kind::Complaint && self.rng.chance(300);
            let duty = kind == Kind::Complaint && !upheld && self.rng.chance(500);
            let number = self.m.id.trim_start_matches('M');
            let inquiry = Inquiry {
                id: format!("Q{number}-{}-{}", monthly(month).replace('-', ""), i + 1),
                kind,
                received: stamp(date, asked),
                // What was answered after the data's last day is not in them.
                replied: (answered <= span.last()).then(|| stamp(answered, told)),
                upheld,
                duty,
            };
            sink.inquiry(self.m, &self.shops[c], &inquiry)?;
        }
        Ok(())
    }

    /// Two in a hundred of those visited, and sometimes one more. The section forgets the drifting manager's last month.
    fn spot_check(&mut self, span: &Span, index: usize, sink: &mut dyn Sink) -> Result<()> {
        let month = &span.months[index];
        if self.part == Part::Drifting && span.months_after(index) == 0 {
            return Ok(());
        }
        let mut visited: Vec<usize> = (0..self.shops.len()).filter(|c| self.notes[*c].visited).collect();
        let needed = (visited.len() * 2).div_ceil(100);
        self.rng.shuffle(&mut visited);
        let more = usize::from(self.rng.chance(300));
        let days = &month.workdays[month.workdays.len().saturating_sub(3)..];
        let checked_on = self.rng.pick(days);
        for (i, c) in visited.into_iter().take(needed + more).enumerate() {
            let onsite = self.notes[c].onsite;
            // What is beyond the two in a hundred may turn out impossible to check.
            let unable = i >= needed && self.rng.chance(250);
            let check = Check {
                month: month.first,
                checked_on,
                method: if onsite { "查看服务手册签字" } else { "核对通话记录" },
                result: if unable { Verdict::Unable } else { Verdict::Pass },
                note: if unable { "店主外出，手册未在店内" } else { "" },
            };
            sink.check(self.m, &self.shops[c], &check)?;
        }
        Ok(())
    }
}

/// A cycle of two or three months ends with this month.
fn is_seldom_and_due(cycle: Cycle, month: u32) -> bool {
    match cycle {
        Cycle::Bimonthly => month.is_multiple_of(2),
        Cycle::Quarterly => month.is_multiple_of(3),
        _ => false,
    }
}

fn monthly(month: &Month) -> String {
    let mut text = String::with_capacity(7);
    let _ = write!(text, "{:04}-{:02}", month.first.year(), month.first.month());
    text
}
