use crate::pages;
use prometheus::{Counter, Gauge, Histogram, HistogramOpts, IntCounter, IntCounterVec, Opts, Registry};

pub const METHODS: [&str; 4] = ["GET", "POST", "PUT", "DELETE"];
pub const PATHS: [&str; 4] = ["/", "/users", "/orders", "/items/{id}"];
pub const OUTCOMES: [&str; 4] = ["ok", "refused", "failed", "cancelled"];
pub const OBSERVATIONS: [f64; 16] =
    [0.3, 0.004, 7.0, 0.06, 0.02, 2.0, 0.2, 11.0, 0.008, 0.7, 0.04, 4.0, 0.09, 0.6, 0.003, 1.5];

/// Does an operation so many times; several threads may call it at once.
pub type Loop = Box<dyn Fn(usize) + Send + Sync>;

/// Makes what a timed operation works on, and returns its loop and how many series one turn covers.
pub fn prepare(operation: &str) -> Option<(Loop, usize)> {
    let made: Loop = match operation {
        "counter increment" => {
            let counter = IntCounter::new("updates_total", "Updates.").unwrap();
            Box::new(move |count| (0..count).for_each(|_| counter.inc()))
        }
        "counter increment by a float" => {
            let counter = Counter::new("updates_total", "Updates.").unwrap();
            Box::new(move |count| (0..count).for_each(|_| counter.inc_by(0.5)))
        }
        // Where all values are known, what is cheapest is to ask for the series once and keep them in an array.
        "finite labels" => {
            let family = counter_family(&["method", "outcome"]);
            let series: [[IntCounter; 4]; 4] = std::array::from_fn(|method| {
                std::array::from_fn(|outcome| family.with_label_values(&[METHODS[method], OUTCOMES[outcome]]))
            });
            let pairs: [(u8, u8); 16] = std::array::from_fn(|index| (index as u8 / 4, index as u8 % 4));
            Box::new(move |count| {
                for turn in 0..count {
                    let (method, outcome) = pairs[turn & 15];
                    series[method as usize & 3][outcome as usize & 3].inc();
                }
            })
        }
        "open labels" => {
            let family = counter_family(&["method", "path"]);
            let pairs: [(String, String); 16] =
                std::array::from_fn(|index| (METHODS[index / 4].to_string(), PATHS[index % 4].to_string()));
            Box::new(move |count| {
                for turn in 0..count {
                    let (method, path) = &pairs[turn & 15];
                    family.with_label_values(&[method, path]).inc();
                }
            })
        }
        "histogram observe" => {
            let histogram = Histogram::with_opts(HistogramOpts::new("updates_seconds", "Updates.")).unwrap();
            Box::new(move |count| (0..count).for_each(|turn| histogram.observe(OBSERVATIONS[turn & 15])))
        }
        "gauge set" => {
            let gauge = Gauge::new("updates", "Updates.").unwrap();
            Box::new(move |count| (0..count).for_each(|turn| gauge.set(turn as f64)))
        }
        "gauge add" => {
            let gauge = Gauge::new("updates", "Updates.").unwrap();
            Box::new(move |count| (0..count).for_each(|_| gauge.add(0.5)))
        }
        "text of 10,000 counters" => return Some((page_loop(pages::counter_page()), 10_000)),
        "text of 1,000 histograms" => return Some((page_loop(pages::histogram_page()), 1_000)),
        _ => return None,
    };
    Some((made, 1))
}

/// Writes the page of a registry into a buffer that is used again.
fn page_loop(registry: Registry) -> Loop {
    let page = std::sync::Mutex::new(Vec::new());
    Box::new(move |count| {
        let mut page = page.lock().unwrap();
        for _ in 0..count {
            page.clear();
            pages::write(&registry, &mut page);
        }
    })
}

pub fn counter_family(labels: &[&str]) -> IntCounterVec {
    IntCounterVec::new(Opts::new("updates_total", "Updates."), labels).unwrap()
}
