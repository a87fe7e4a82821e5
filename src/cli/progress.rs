//! How far a run has got, on a terminal and if it takes a while; elsewhere nothing is said.

use crate::load::Sources;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// A run that is over by then needs no bar.
const PATIENCE: Duration = Duration::from_millis(700);

/// A bar on stderr.
pub(super) struct Progress {
    all: u64,
    done: AtomicU64,
    begun: Instant,
    template: &'static str,
    bar: Mutex<Option<ProgressBar>>,
}

impl Progress {
    /// For reading these files, in bytes.
    pub(super) fn of_reading(sources: &Sources) -> Self {
        Self::new(
            sources.files.iter().map(|file| file.storage.size(&file.path)).sum(),
            "{bar:40} {bytes}/{total_bytes}",
        )
    }

    /// For judging so many managers, or writing their reports.
    pub(super) fn of_managers(managers: usize) -> Self {
        Self::new(managers as u64, "{bar:40} {pos}/{len}")
    }

    fn new(all: u64, template: &'static str) -> Self {
        Self { all, done: AtomicU64::new(0), begun: Instant::now(), template, bar: Mutex::new(None) }
    }

    pub(super) fn add(&self, steps: u64) {
        let done = self.done.fetch_add(steps, Ordering::Relaxed) + steps;
        if self.begun.elapsed() < PATIENCE {
            return;
        }
        // Whoever finds another at it has something better to do.
        if let Ok(mut bar) = self.bar.try_lock() {
            bar.get_or_insert_with(|| self.start()).set_position(done.min(self.all));
        }
    }

    fn start(&self) -> ProgressBar {
        let bar = ProgressBar::with_draw_target(Some(self.all), ProgressDrawTarget::stderr_with_hz(10));
        bar.set_style(ProgressStyle::with_template(self.template).unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar
    }
}

/// The bar is gone when the work is done, or has failed.
impl Drop for Progress {
    fn drop(&mut self) {
        if let Ok(Some(bar)) = self.bar.get_mut() {
            bar.finish_and_clear();
        }
    }
}
