//! The clean style: canonical headers and values, UTF-8, line feeds, every column.

use std::fs::File;
use std::path::Path;

use anyhow::{Context, Result};
use chrono::{Datelike, NaiveDate};

use crate::records::*;

/// One table. A cell is put together in `cell` and handed on, so that a row costs no allocation.
struct Table {
    writer: csv::Writer<File>,
    cell: Vec<u8>,
}

impl Table {
    fn create(folder: &Path, kind: &str, header: &[&str]) -> Result<Self> {
        let path = folder.join(format!("{kind}.csv"));
        let file = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
        let mut writer = csv::WriterBuilder::new().buffer_capacity(1 << 18).from_writer(file);
        writer.write_record(header)?;
        Ok(Self { writer, cell: Vec::with_capacity(64) })
    }

    fn text(&mut self, text: &str) -> Result<&mut Self> {
        self.writer.write_field(text)?;
        Ok(self)
    }

    fn flag(&mut self, flag: bool) -> Result<&mut Self> {
        self.text(if flag { "yes" } else { "no" })
    }

    fn number(&mut self, number: u32) -> Result<&mut Self> {
        push_number(&mut self.cell, number, 1);
        self.put()
    }

    fn date(&mut self, date: Option<NaiveDate>) -> Result<&mut Self> {
        if let Some(date) = date {
            push_date(&mut self.cell, date);
        }
        self.put()
    }

    fn month(&mut self, date: NaiveDate) -> Result<&mut Self> {
        push_date(&mut self.cell, date);
        self.cell.truncate(7);
        self.put()
    }

    fn stamp(&mut self, stamp: Option<Stamp>) -> Result<&mut Self> {
        if let Some(Stamp { date, second }) = stamp {
            push_date(&mut self.cell, date);
            for (separator, part) in [(b' ', second / 3600), (b':', second / 60 % 60), (b':', second % 60)] {
                self.cell.push(separator);
                push_number(&mut self.cell, part, 2);
            }
        }
        self.put()
    }

    fn position(&mut self, position: Option<Position>) -> Result<&mut Self> {
        for degrees in [position.map(|at| at.0), position.map(|at| at.1)] {
            if let Some(millionths) = degrees {
                push_number(&mut self.cell, (millionths / 1_000_000) as u32, 1);
                self.cell.push(b'.');
                push_number(&mut self.cell, (millionths % 1_000_000) as u32, 6);
            }
            self.put()?;
        }
        Ok(self)
    }

    fn joined<'t>(&mut self, parts: impl Iterator<Item = &'t str>, separator: u8) -> Result<&mut Self> {
        for (i, part) in parts.enumerate() {
            if i > 0 {
                self.cell.push(separator);
            }
            self.cell.extend_from_slice(part.as_bytes());
        }
        self.put()
    }

    fn put(&mut self) -> Result<&mut Self> {
        self.writer.write_field(&self.cell)?;
        self.cell.clear();
        Ok(self)
    }

    fn end(&mut self) -> Result<()> {
        Ok(self.writer.write_record(None::<&[u8]>)?)
    }
}

/// Formatting machinery is left aside: this runs a billion times for a province.
fn push_number(cell: &mut Vec<u8>, number: u32, width: usize) {
    let mut digits = [b'0'; 10];
    let (mut rest, mut at) = (number, 10);
    while rest > 0 || 10 - at < width {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    cell.extend_from_slice(&digits[at..]);
}

fn push_date(cell: &mut Vec<u8>, date: NaiveDate) {
    push_number(cell, date.year().unsigned_abs(), 4);
    cell.push(b'-');
    push_number(cell, date.month(), 2);
    cell.push(b'-');
    push_number(cell, date.day(), 2);
}

pub struct Clean {
    customers: Table,
    visits: Table,
    calls: Table,
    plans: Table,
    days: Table,
    managers: Table,
    services: Table,
    inquiries: Table,
    checks: Table,
}

impl Clean {
    pub fn create(folder: &Path) -> Result<Self> {
        let table = |kind, header: &str| Table::create(folder, kind, &header.split(' ').collect::<Vec<_>>());
        Ok(Self {
            customers: table(
                "customers",
                "customer_id name manager_id manager_name branch class suspended address contact phone phone2 lon lat \
                 visit_cycle visit_batch info_point must_onsite vulnerable status opened_on closed_on updated_on",
            )?,
            visits: table(
                "visits",
                "visit_id manager_id customer_id mode date started_at ended_at minutes planned outcome exception_reason \
                 photo phone tool items uploaded_at lon lat source note",
            )?,
            calls: table("calls", "manager_id own_number number started_at seconds direction")?,
            plans: table(
                "plans",
                "manager_id customer_id date seq mode phone tool created_at rescheduled_from purpose",
            )?,
            days: table("days", "manager_id date status part synced_at summary_at")?,
            managers: table("managers", "manager_id name branch phone joined_on left_on")?,
            services: table("services", "manager_id item customer_id done_on period")?,
            inquiries: table("inquiries", "inquiry_id manager_id customer_id kind received_at replied_at upheld duty")?,
            checks: table("checks", "month manager_id customer_id checked_on method result note")?,
        })
    }
}

impl Sink for Clean {
    fn manager(&mut self, m: &Manager) -> Result<()> {
        let row = self.managers.text(&m.id)?.text(&m.name)?.text(&m.branch)?;
        let phones = [m.mobile.as_str(), m.office.as_str()];
        row.joined(phones.into_iter(), b'/')?.date(Some(m.joined_on))?.date(None)?.end()
    }

    fn customer(&mut self, m: &Manager, c: &Customer) -> Result<()> {
        let row = self.customers.text(&c.id)?.text(&c.name)?.text(&m.id)?.text(&m.name)?.text(&m.branch)?;
        row.text(c.class.en())?.flag(c.suspended)?.text(&c.address)?.text(&c.contact)?;
        row.joined(c.phones.iter().map(String::as_str), b'/')?.text(c.phone2.as_deref().unwrap_or(""))?;
        row.position(c.archived)?.text(c.cycle.en())?.text(c.batch)?;
        row.flag(c.info_point)?.flag(c.must_onsite)?.flag(c.vulnerable)?;
        row.text(if c.closed { "closed" } else { "active" })?;
        row.date(Some(c.opened_on))?.date(c.closed_on)?.date(Some(c.updated_on))?.end()
    }

    fn plan(&mut self, m: &Manager, c: &Customer, p: &PlanRow) -> Result<()> {
        let row = self.plans.text(&m.id)?.text(&c.id)?.date(Some(p.date))?.number(p.seq)?.text(p.mode.en())?;
        row.text(p.phone)?.text(p.tool)?.stamp(Some(p.created))?.date(p.moved_from)?.text(p.purpose)?.end()
    }

    fn visit(&mut self, m: &Manager, c: &Customer, v: &Visit) -> Result<()> {
        let row = &mut self.visits;
        row.cell.extend_from_slice(v.id(m).as_bytes());
        row.put()?.text(&m.id)?.text(&c.id)?.text(v.mode.en())?;
        row.date(Some(v.start.date))?.stamp(Some(v.start))?.stamp(v.end)?.number(v.minutes)?;
        row.flag(v.planned)?.text(v.outcome.en())?.text(v.reason)?;
        if v.photo {
            row.cell.extend_from_slice(v.id(m).as_bytes());
            row.cell.extend_from_slice(b".jpg");
        }
        row.put()?.text(v.phone)?.text(v.tool)?;
        row.joined(v.items.iter().map(|item| item.en()), b';')?.stamp(v.uploaded)?;
        row.position(v.position)?.text(v.source.en())?.text(v.note)?.end()
    }

    fn call(&mut self, m: &Manager, c: &Call) -> Result<()> {
        let row = self.calls.text(&m.id)?.text(c.own)?.text(c.number)?;
        row.stamp(Some(c.start))?.number(c.seconds)?.text(c.direction.en())?.end()
    }

    fn day(&mut self, m: &Manager, d: &DayRow) -> Result<()> {
        let row = self.days.text(&m.id)?.date(Some(d.date))?.text(d.status.en())?.text(d.part.en())?;
        row.stamp(d.synced)?.stamp(d.summary)?.end()
    }

    fn service(&mut self, m: &Manager, c: Option<&Customer>, s: &Service) -> Result<()> {
        let row = self.services.text(&m.id)?.text(s.item.en())?.text(c.map_or("", |c| &c.id))?;
        row.date(Some(s.done_on))?.text(&s.period)?.end()
    }

    fn inquiry(&mut self, m: &Manager, c: &Customer, i: &Inquiry) -> Result<()> {
        let row = self.inquiries.text(&i.id)?.text(&m.id)?.text(&c.id)?.text(i.kind.en())?;
        row.stamp(Some(i.received))?.stamp(i.replied)?.flag(i.upheld)?.flag(i.duty)?.end()
    }

    fn check(&mut self, m: &Manager, c: &Customer, k: &Check) -> Result<()> {
        let row = self.checks.month(k.month)?.text(&m.id)?.text(&c.id)?.date(Some(k.checked_on))?;
        row.text(k.method)?.text(k.result.en())?.text(k.note)?.end()
    }

    fn finish(self: Box<Self>) -> Result<()> {
        for mut table in [
            self.customers,
            self.visits,
            self.calls,
            self.plans,
            self.days,
            self.managers,
            self.services,
            self.inquiries,
            self.checks,
        ] {
            table.writer.flush()?;
        }
        Ok(())
    }
}
