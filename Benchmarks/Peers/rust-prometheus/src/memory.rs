use crate::workloads::{counter_family, METHODS, PATHS};
use prometheus::{HistogramOpts, HistogramVec};
use std::time::Instant;

/// The first of these are the labels of the series whose memory is measured.
const LABELS: [&str; 3] = ["client", "method", "path"];

/// The resident memory of one counter with some labels, of a hundred thousand.
pub fn counter_series_bytes(labels: usize) -> f64 {
    let family = counter_family(&LABELS[..labels]);
    let bytes = bytes_each(100_000, |number| with_values(number, |values| family.with_label_values(&values[..labels]).inc()));
    // Kept: what it gave back could hide what the next one takes.
    std::mem::forget(family);
    bytes
}

/// The resident memory of one histogram with some labels, of fifty thousand.
pub fn histogram_series_bytes(labels: usize) -> f64 {
    let options = HistogramOpts::new("updates_seconds", "Updates.");
    let family = HistogramVec::new(options, &LABELS[..labels]).unwrap();
    let bytes =
        bytes_each(50_000, |number| with_values(number, |values| family.with_label_values(&values[..labels]).observe(0.02)));
    std::mem::forget(family);
    bytes
}

fn with_values(number: usize, body: impl FnOnce(&[&str])) {
    body(&[&format!("client-{}", number), METHODS[number & 3], PATHS[number >> 2 & 3]]);
}

fn bytes_each(series: usize, make: impl Fn(usize)) -> f64 {
    make(0);
    resident(); // it takes memory of its own the first time
    let before = resident();
    (1..=series).for_each(&make);
    (resident() - before) / series as f64
}

/// The memory that the process has from the system.
fn resident() -> f64 {
    let content = std::fs::read_to_string("/proc/self/smaps_rollup").unwrap();
    let line = content.lines().find(|line| line.starts_with("Rss:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() * 1024.0
}

/// The time to make a series among the first and among the last tenth of them.
pub fn making_series(series: usize) -> (f64, f64) {
    let family = counter_family(&["client"]);
    let tenth = series / 10;
    let times: Vec<f64> = (0..10)
        .map(|number| {
            let texts: Vec<String> = (0..tenth).map(|index| format!("client-{}", number * tenth + index)).collect();
            let start = Instant::now();
            texts.iter().for_each(|text| family.with_label_values(&[text]).inc());
            start.elapsed().as_nanos() as f64 / tenth as f64
        })
        .collect();
    (times[0], times[9])
}
