//! The clean style: canonical headers and values, every column; UTF-8 and line feeds, if no other shape is asked for.

use std::path::Path;

use anyhow::Result;

use crate::numbers::Numbers;
use crate::records::*;
use crate::shape::Shape;
use crate::table::Table;

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
    visit_numbers: Numbers,
}

impl Clean {
    pub fn create(folder: &Path, shape: Shape) -> Result<Self> {
        let table = |kind, header| Table::create(folder, kind, header, shape);
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
            visit_numbers: Numbers::new(shape.numbering),
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
        row.text(p.phone)?.text(p.tool)?.stamp(Some(p.created))?.date(p.moved_from)?.text(p.purpose)?;
        row.end_at(p.date, p.seq)
    }

    fn visit(&mut self, m: &Manager, c: &Customer, v: &Visit) -> Result<()> {
        let row = &mut self.visits;
        row.text(&self.visit_numbers.next(m, v))?;
        row.text(&m.id)?.text(&c.id)?.text(v.mode.en())?;
        row.date(Some(v.start.date))?.stamp(Some(v.start))?.stamp(v.end)?.number(v.minutes)?;
        row.flag(v.planned)?.text(v.outcome.en())?.text(v.reason)?;
        if v.photo {
            row.cell.extend_from_slice(visit_id(m, v.photo_number).as_bytes());
            row.cell.extend_from_slice(b".jpg");
        }
        row.put()?.text(v.phone)?.text(v.tool)?;
        row.joined(v.items.iter().map(|item| item.en()), b';')?.stamp(v.uploaded)?;
        row.position(v.position)?.text(v.source.en())?.text(v.note)?.end_at(v.start.date, v.start.second)
    }

    fn call(&mut self, m: &Manager, c: &Call) -> Result<()> {
        let row = self.calls.text(&m.id)?.text(c.own)?.text(c.number)?;
        row.stamp(Some(c.start))?.number(c.seconds)?.text(c.direction.en())?.end_at(c.start.date, c.start.second)
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
        for table in [self.customers, self.visits, self.calls, self.plans, self.days] {
            table.finish()?;
        }
        for table in [self.managers, self.services, self.inquiries, self.checks] {
            table.finish()?;
        }
        Ok(())
    }
}
