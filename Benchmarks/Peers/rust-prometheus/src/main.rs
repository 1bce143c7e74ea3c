//! The workloads of ../../README.md with TiKV's client library for Rust.

mod memory;
mod pages;
mod serve;
mod timing;
mod workloads;

use std::io::{BufRead, Write};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => answer_requests(),
        ["--exposition", page] => {
            let registry = pages::registry(page);
            let mut page = Vec::new();
            pages::write(&registry, &mut page);
            std::io::stdout().write_all(&page).unwrap();
        }
        ["--serve", page] => serve::serve(page),
        _ => {
            eprintln!("usage: rust-prometheus [--exposition PAGE | --serve PAGE]");
            std::process::exit(64);
        }
    }
}

/// Each line of input names an operation and a variant; its rows and an empty line answer.
fn answer_requests() {
    let mut timer = timing::Timer::default();
    for request in std::io::stdin().lock().lines() {
        let request = request.unwrap();
        let (operation, variant) = request.split_once('\t').unwrap_or((&request, ""));
        match operation {
            "memory of a counter series" => [2, 3].into_iter().for_each(|labels| {
                row(operation, &format!("{labels} labels"), memory::counter_series_bytes(labels), "bytes")
            }),
            "memory of a histogram series" => [2, 3].into_iter().for_each(|labels| {
                row(operation, &format!("{labels} labels"), memory::histogram_series_bytes(labels), "bytes")
            }),
            "making a series" => {
                let (first, last) = memory::making_series(1_000_000);
                row(operation, "first tenth of 1,000,000", first, "ns");
                row(operation, "last tenth of 1,000,000", last, "ns");
            }
            _ => {
                if let Some(nanoseconds) = timer.nanoseconds(operation, variant) {
                    row(operation, variant, nanoseconds, "ns");
                }
            }
        }
        println!();
    }
}

fn row(operation: &str, variant: &str, value: f64, unit: &str) {
    println!("{operation}\t{variant}\t{value:.3}\t{unit}");
}
