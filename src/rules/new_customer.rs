//! 五(二)1(3): a new customer is visited soon after opening.

use super::{Meta, Need, Rule};
use crate::judgement::{Evidence, Finding, Party, Tally, When};
use crate::lang::{say, words};
use crate::measures::ManagerMonth;
use crate::model::{Column, Customer, DateSpan, Kind, Month, Period, Scope, Whole};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

pub struct NewCustomer;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Days behind `opened_on`.
    within_days: Whole<0, 92>,
}

impl Rule for NewCustomer {
    type Params = Params;

    const META: Meta = Meta {
        id: "new-customer",
        clause: "五(二)1(3)",
        party: Party::Manager,
        needs: &[Need::Column(Kind::Customers, Column::OpenedOn)],
        title: words("新户指导", "new customer"),
        assessed: words(
            "入网后规定天数在本月期满的每户",
            "each customer whose days since opening run out in the month",
        ),
        fails: words(
            "规定天数内没有任何人的实地拜访（已完成）",
            "no completed on-site visit by anyone within the limit",
        ),
        remedy: words(
            "入网后及时上门，送达服务手册、标价签",
            "visit soon after opening, with handbook and price labels",
        ),
        example: words(
            "2026-09 C0299 入网 7 天内无实地拜访，customers.csv:300",
            "2026-09 C0299: no on-site visit within 7 days of opening, customers.csv:300",
        ),
        nothing: words("没有期限在本月的新入网客户", "no newly opened customer with a deadline in the month"),
    };

    fn widen(params: &Params, month: Month, scope: &mut Scope) {
        let first = month.first() - Days::new(u64::from(params.within_days.0));
        scope.widen(Kind::Visits, DateSpan { first, last: month.last() });
    }

    fn judge(params: &Params, month: &ManagerMonth, tally: &mut Tally) {
        let limit = Days::new(u64::from(params.within_days.0));
        let due = DateSpan { first: month.span.first - limit, last: month.span.last - limit };
        for customer in &month.open {
            let Some(opened) = customer.opened_on.filter(|opened| due.contains(*opened)) else { continue };
            let span = DateSpan { first: opened, last: opened + limit };
            let mut contacts = customer.contacts(span);
            if contacts.any(|contact| contact.is_onsite() && contact.done) {
                tally.pass();
            } else if month.windows().get(Kind::Visits).is_none_or(|window| opened < window.first) {
                tally.skip(words("入网日期早于拜访记录", "opened before the visits loaded"));
            } else if span.last > month.horizon() {
                tally.pending();
            } else {
                tally.fail(finding(params, month, customer, opened));
            }
        }
    }
}

fn finding(params: &Params, month: &ManagerMonth, customer: &Customer, opened: NaiveDate) -> Finding {
    let limit = params.within_days.0;
    Finding::new(
        When::Period(Period::Month(month.month)),
        words("无实地拜访", "no on-site visit"),
        say(format!("{opened} 起 {limit} 天内"), format!("within {limit} days of {opened}")),
        Evidence::new(customer.at, []),
    )
    .customer(customer.id)
    .limit(limit)
    .message(
        format!("{opened} 入网，{limit} 天内没有实地拜访"),
        format!("opened on {opened}, and no on-site visit within {limit} days"),
    )
}
