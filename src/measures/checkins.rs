//! On-site check-ins as the device wrote them (SPEC-month §7).

use super::month::ManagerMonth;
use crate::model::{Visit, Written};

/// The month's on-site visits that a device recorded with a position, each with the position as it is written.
pub(crate) fn onsite_checkins<'m>(month: &'m ManagerMonth) -> impl Iterator<Item = (&'m Visit<'m>, Written)> {
    let of_device = month.visits().iter().filter(|visit| visit.is_onsite() && visit.is_of_device());
    of_device.filter_map(|visit| Some((visit, visit.written()?)))
}
