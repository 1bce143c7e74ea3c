use crate::workloads::{prepare, Loop};
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

const MEASUREMENT_TIME: Duration = Duration::from_millis(60);

/// The loops that were asked for, and how often each fits into a measurement.
#[derive(Default)]
pub struct Timer {
    loops: HashMap<String, (Loop, usize, usize)>,
}

impl Timer {
    /// How long one operation takes on each of the threads that a variant names; all of them do the same.
    ///
    /// The first request for an operation prepares it and finds out how often it fits into a measurement.
    pub fn nanoseconds(&mut self, operation: &str, variant: &str) -> Option<f64> {
        let threads = if variant == "2 threads" { 2 } else { 1 };
        let key = format!("{operation}\t{variant}");
        if !self.loops.contains_key(&key) {
            let (run, units) = prepare(operation)?;
            let mut count = 1;
            let mut took = time(&run, count, threads);
            while took < MEASUREMENT_TIME / 8 {
                count *= 2;
                took = time(&run, count, threads);
            }
            count = (count as f64 * MEASUREMENT_TIME.as_secs_f64() / took.as_secs_f64()) as usize + 1;
            self.loops.insert(key.clone(), (run, count, units));
        }
        let (run, count, units) = &self.loops[&key];
        Some(time(run, *count, threads).as_nanos() as f64 / (count * units) as f64)
    }
}

/// Runs a loop on some threads at once: from the first start to the last end.
fn time(run: &Loop, count: usize, threads: usize) -> Duration {
    if threads == 1 {
        let start = Instant::now();
        run(count);
        return start.elapsed();
    }
    let waiting = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        let spawned: Vec<_> = (0..threads)
            .map(|_| {
                scope.spawn(|| {
                    waiting.fetch_add(1, Ordering::SeqCst);
                    while waiting.load(Ordering::SeqCst) < threads {
                        std::hint::spin_loop();
                    }
                    let start = Instant::now();
                    run(count);
                    (start, Instant::now())
                })
            })
            .collect();
        let times: Vec<_> = spawned.into_iter().map(|thread| thread.join().unwrap()).collect();
        let first = times.iter().map(|(start, _)| *start).min().unwrap();
        times.iter().map(|(_, end)| *end).max().unwrap() - first
    })
}
