use crate::workloads::{METHODS, OBSERVATIONS, OUTCOMES, PATHS};
use prometheus::core::Collector;
use prometheus::{
    Counter, Encoder, GaugeVec, HistogramOpts, HistogramVec, IntCounter, IntCounterVec, Opts, Registry, TextEncoder,
};

pub fn write(registry: &Registry, page: &mut Vec<u8>) {
    TextEncoder::new().encode(&registry.gather(), page).unwrap();
}

/// What a page shows.
pub fn registry(page: &str) -> Registry {
    match page {
        "mixed" => mixed_page(),
        "counters" => counter_page(),
        "histograms" => histogram_page(),
        "million" => million_page(1_000_000),
        _ => {
            eprintln!("there is no page {page}");
            std::process::exit(64);
        }
    }
}

fn registered<C: Collector + Clone + 'static>(registry: &Registry, family: C) -> C {
    registry.register(Box::new(family.clone())).unwrap();
    family
}

const LABELS: [&str; 3] = ["method", "path", "status"];

/// The values of the three labels of a series on the two pages.
fn with_values<R>(series: usize, body: impl FnOnce(&[&str]) -> R) -> R {
    let (path, status) = (format!("/path/{series}"), (200 + series % 5).to_string());
    body(&[METHODS[series % 4], &path, &status])
}

/// A hundred families of a hundred counters.
pub fn counter_page() -> Registry {
    let registry = Registry::new();
    for number in 0..100 {
        let options = Opts::new(format!("requests_{number}_total"), "Requests served.");
        let family = registered(&registry, IntCounterVec::new(options, &LABELS).unwrap());
        for series in 0..100 {
            with_values(series, |values| family.with_label_values(values)).inc_by((1 + number * 1_000 + series) as u64);
        }
    }
    registry
}

/// Ten families of a hundred histograms.
pub fn histogram_page() -> Registry {
    let registry = Registry::new();
    for number in 0..10 {
        let options = HistogramOpts::new(format!("duration_{number}_seconds"), "Time to answer.");
        let family = registered(&registry, HistogramVec::new(options, &LABELS).unwrap());
        for series in 0..100 {
            let histogram = with_values(series, |values| family.with_label_values(values));
            OBSERVATIONS.iter().for_each(|value| histogram.observe(*value));
        }
    }
    registry
}

/// One family of so many counters.
fn million_page(series: u64) -> Registry {
    let registry = Registry::new();
    let family = registered(&registry, IntCounterVec::new(Opts::new("streamed_total", "Many series."), &["client"]).unwrap());
    for number in 0..series {
        family.with_label_values(&[&format!("client-{number}")]).inc_by(number);
    }
    registry
}

/// One of everything that all libraries have.
fn mixed_page() -> Registry {
    let registry = Registry::new();
    let options = Opts::new("jobs_total", "Jobs, \"quoted\" \\ and\nbroken.");
    let jobs = registered(&registry, IntCounterVec::new(options, &["kind", "outcome"]).unwrap());
    let done = registered(&registry, IntCounter::new("done_total", "No labels.").unwrap());
    let busy = registered(&registry, Counter::new("busy_seconds_total", "A floating counter.").unwrap());
    let level = registered(&registry, GaugeVec::new(Opts::new("level", "Numbers."), &["of"]).unwrap());
    let options = HistogramOpts::new("duration_seconds", "A histogram.");
    let duration = registered(&registry, HistogramVec::new(options, &["path"]).unwrap());

    for (index, kind) in ["plain", "quote \"", "back \\ slash", "line\nbreak", "größe 🦀", ""].iter().enumerate() {
        for outcome in OUTCOMES {
            jobs.with_label_values(&[kind, outcome]).inc_by((index + outcome.len()) as u64);
        }
    }
    (0..1_000_000).for_each(|_| done.inc());
    (0..7).for_each(|_| busy.inc_by(0.1));
    let numbers = [
        ("zero", 0.0), ("negative", -1.5), ("tenth", 0.1), ("small", 1e-7), ("whole", 123456789.0), ("huge", 1e21),
        ("greatest", f64::MAX), ("infinite", f64::INFINITY), ("below", f64::NEG_INFINITY), ("none", f64::NAN),
    ];
    numbers.iter().for_each(|(name, value)| level.with_label_values(&[name]).set(*value));
    level.with_label_values(&["sum"]).set(2.0);
    level.with_label_values(&["sum"]).add(-0.75);
    for path in PATHS {
        OBSERVATIONS.iter().for_each(|value| duration.with_label_values(&[path]).observe(*value));
    }
    [0.005, 10.0, 1e9].iter().for_each(|value| duration.with_label_values(&["bounds"]).observe(*value));
    registry
}
