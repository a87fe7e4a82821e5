//! The managers and their customers' archive.

use chrono::{Datelike, Days, NaiveDate};

use crate::Options;
use crate::calendar::Span;
use crate::names;
use crate::records::{Class, Customer, Cycle, Manager, Position};
use crate::rng::Rng;

/// What a customer is besides his class; fixed counts per manager, so that small samples hold every sort.
#[derive(Clone, Copy, PartialEq)]
enum Role {
    ClosedBefore,
    Closing,
    Suspended,
    Usual(Class),
    New,
}

/// Metres to millionths of a degree at 34.2° N. Constants instead of a cosine: mathematical libraries differ in the last
/// bit from one machine to the next, and the samples must not.
const LON_PER_METRE: f64 = 10.873;
const LAT_PER_METRE: f64 = 8.993;
/// Shops lie within this distance of the manager's centre, in metres.
const RADIUS: f64 = 2500.0;

pub fn manager(o: &Options, span: &Span, number: u32, rng: &mut Rng) -> Manager {
    Manager {
        number,
        id: format!("M{number:0width$}", width = digits(o.managers).max(3)),
        name: names::person(rng),
        // Three managers share a branch before the next one's turn: M001–M003, M004–M006, and round again.
        branch: names::branch((number - 1) / 3 % o.branches),
        mobile: format!("15{}0000{:04}", 5 + number / 10_000 % 5, number % 10_000),
        office: format!("0516839{:05}", number % 100_000),
        joined_on: span.first() - Days::new(u64::from(rng.range(200, 4000))),
        centre: centre(rng),
    }
}

/// The centre of a manager's territory, somewhere around Xuzhou.
fn centre(rng: &mut Rng) -> Position {
    let spread = |rng: &mut Rng| i64::from(rng.below(500_001)) - 250_000;
    (117_200_000 + spread(rng), 34_200_000 + spread(rng))
}

pub fn position(centre: Position, spot: (f64, f64)) -> Position {
    let lon = centre.0 + (spot.0 * LON_PER_METRE) as i64;
    let lat = centre.1 + (spot.1 * LAT_PER_METRE) as i64;
    (lon, lat)
}

pub fn customers(o: &Options, span: &Span, m: &Manager, rng: &mut Rng) -> Vec<Customer> {
    let n = o.customers;
    let width = digits(o.managers * n).max(4);
    let phones = rng.below(100_000);
    let mut list: Vec<Customer> = roles(n, span, rng)
        .into_iter()
        .enumerate()
        .map(|(i, role)| {
            let number = (m.number - 1) * n + i as u32 + 1;
            let mut customer = shop(span, m.centre, phones.wrapping_add(i as u32 * 7919), rng);
            customer.id = format!("C{number:0width$}");
            set_role(&mut customer, role, i, span, rng);
            customer
        })
        .collect();
    mark(&mut list, rng);
    set_cycles(&mut list, o.planned_tenths(), rng);
    for customer in &mut list {
        leave_gap(customer, rng);
    }
    list
}

fn roles(n: u32, span: &Span, rng: &mut Rng) -> Vec<Role> {
    let fiftieth = (n / 50) as usize;
    let mut roles = Vec::with_capacity(n as usize);
    roles.extend(std::iter::repeat_n(Role::ClosedBefore, fiftieth));
    roles.extend(std::iter::repeat_n(Role::Closing, fiftieth));
    roles.extend(std::iter::repeat_n(Role::Suspended, fiftieth));
    roles.extend(std::iter::repeat_n(Role::Usual(Class::Violation), fiftieth));
    let first = (n / 10).max(1) as usize;
    roles.extend(std::iter::repeat_n(Role::Usual(Class::FirstBatch), first));
    let second = (n * 36 / 100) as usize;
    roles.extend(std::iter::repeat_n(Role::Usual(Class::SecondBatch), second));
    // New shops come last: their licences carry the highest numbers.
    let new = (fiftieth * span.months.len()).min(n as usize / 10);
    let usual = (n as usize).saturating_sub(new);
    roles.resize(usual, Role::Usual(Class::Ordinary));
    rng.shuffle(&mut roles);
    roles.resize(n as usize, Role::New);
    roles
}

/// `digit` walks through the 100,000 numbers of a manager's customers without repeating one.
fn shop(span: &Span, here: Position, digit: u32, rng: &mut Rng) -> Customer {
    let contact = names::person(rng);
    let digit = digit % 100_000;
    // The block of four zeros is in no network's use.
    let mobile = format!("13{}0000{:04}", digit / 10_000, digit % 10_000);
    let landline = format!("0516800{digit:05}");
    let (phones, phone2) = match rng.below(10) {
        0 => (vec![landline], Some(mobile)),
        1 => (vec![mobile], Some(landline)),
        2 => (vec![mobile, landline], None),
        3 => (vec![landline], None),
        _ => (vec![mobile], None),
    };
    let spot = loop {
        let metre = |rng: &mut Rng| f64::from(rng.below(5001)) - RADIUS;
        let (x, y) = (metre(rng), metre(rng));
        if x * x + y * y <= RADIUS * RADIUS {
            break (x, y);
        }
    };
    Customer {
        id: String::new(),
        name: names::shop(rng, &contact),
        class: Class::Ordinary,
        suspended: false,
        address: names::address(rng),
        contact,
        phones,
        phone2,
        archived: Some(position(here, spot)),
        cycle: Cycle::Monthly,
        batch: sector(spot),
        info_point: false,
        must_onsite: false,
        vulnerable: false,
        opened_on: span.first() - Days::new(u64::from(rng.range(60, 5500))),
        closed_on: None,
        closed: false,
        updated_on: span.first() - Days::new(u64::from(rng.range(1, 300))),
        spot,
        distant: false,
    }
}

/// The visiting batch: the shops in one direction of the centre.
fn sector((x, y): (f64, f64)) -> &'static str {
    match (x > 0.0, y > 0.0) {
        _ if x * x + y * y < 1_000_000.0 => "B5",
        (true, true) => "B1",
        (true, false) => "B2",
        (false, false) => "B3",
        (false, true) => "B4",
    }
}

fn set_role(c: &mut Customer, role: Role, index: usize, span: &Span, rng: &mut Rng) {
    match role {
        Role::Usual(class) => c.class = class,
        Role::Suspended => {
            c.class = Class::Violation;
            c.suspended = true;
        }
        Role::ClosedBefore => {
            let closed = span.first() - Days::new(u64::from(rng.range(5, 50)));
            (c.closed_on, c.closed, c.updated_on) = (Some(closed), true, closed);
        }
        Role::Closing => {
            let month = &span.months[span.months.len() / 2];
            let closed = day_of(month.first, rng.range(10, 20));
            (c.closed_on, c.closed, c.updated_on) = (Some(closed), true, closed);
        }
        Role::New => {
            // One month after the other gets its newcomer, early enough for the seven days to end within the month.
            let month = &span.months[index % span.months.len()];
            c.opened_on = day_of(month.first, rng.range(2, 14));
            c.updated_on = c.opened_on;
        }
    }
}

fn day_of(first: NaiveDate, day: u32) -> NaiveDate {
    first.with_day(day).expect("every month has twenty days")
}

/// The marks of the archive, and who likes which way of contact.
fn mark(list: &mut [Customer], rng: &mut Rng) {
    let mut usual: Vec<usize> = (0..list.len()).filter(|i| !list[*i].closed && !list[*i].suspended).collect();
    rng.shuffle(&mut usual);
    let n = list.len();
    let mut order = usual.into_iter();
    let mut take = |percent: usize| order.by_ref().take((n * percent / 100).max(1)).collect::<Vec<_>>();
    let (onsite, vulnerable, info) = (take(8), take(4), take(6));
    for i in onsite {
        list[i].must_onsite = true;
    }
    for i in vulnerable {
        list[i].vulnerable = true;
    }
    for i in info {
        list[i].info_point = true;
    }
    for customer in list {
        customer.distant = customer.class == Class::Ordinary && !customer.must_onsite && rng.chance(350);
    }
}

/// The shops that sell most are seen most often; how many weekly ones a manager can serve follows from his days.
fn set_cycles(list: &mut [Customer], planned_tenths: u32, rng: &mut Rng) {
    let n = list.len() as i64;
    // Planned visits per customer and month, in thousandths, at 21 working days.
    let visits = i64::from(planned_tenths) * 2100 / n.max(1);
    let weekly = (250 + (visits - 2700) * 216 / 1000).clamp(50, 750) * n / 1000;
    let fortnightly = (n - weekly) * 6 / 10;
    let mut order: Vec<(u32, usize)> = (0..list.len())
        .map(|i| {
            let rank = match list[i].class {
                _ if list[i].vulnerable => 500,
                Class::FirstBatch => 0,
                Class::SecondBatch => 100,
                Class::Ordinary | Class::Violation => 200,
            };
            (rank + rng.below(150), i)
        })
        .collect();
    order.sort_unstable();
    let seldom = n / 50;
    for (place, (_, i)) in order.iter().enumerate() {
        let place = place as i64;
        list[*i].cycle = if place < weekly {
            Cycle::Weekly
        } else if place < weekly + fortnightly {
            rng.pick(&[Cycle::Biweekly, Cycle::Semimonthly])
        } else if list[*i].vulnerable || place >= weekly + fortnightly + 2 * seldom {
            Cycle::Monthly
        } else if place % 2 == 0 {
            Cycle::Bimonthly
        } else {
            Cycle::Quarterly
        };
    }
}

/// About one archive entry in a hundred lacks something.
fn leave_gap(c: &mut Customer, rng: &mut Rng) {
    match rng.below(300) {
        0 => c.archived = None,
        1 => c.batch = "",
        2 => {
            c.phones.clear();
            c.phone2 = None;
        }
        _ => {}
    }
}

fn digits(n: u32) -> usize {
    n.max(1).ilog10() as usize + 1
}
