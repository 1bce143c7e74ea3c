use crate::pages;
use prometheus::Registry;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

/// Shows a page on a free port of the loopback interface until the input ends.
///
/// The crate brings no server: a thread for each connection reads requests and sends the page with its length.
pub fn serve(page: &str) {
    let registry = Arc::new(pages::registry(page));
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    println!("port\t{}", listener.local_addr().unwrap().port());
    std::thread::spawn(|| {
        std::io::copy(&mut std::io::stdin(), &mut std::io::sink()).ok();
        std::process::exit(0);
    });
    for connection in listener.incoming() {
        let registry = registry.clone();
        std::thread::spawn(move || answer(connection.unwrap(), &registry));
    }
}

fn answer(mut connection: TcpStream, registry: &Registry) -> Option<()> {
    let mut lines = BufReader::new(connection.try_clone().ok()?).lines();
    let mut page = Vec::new();
    loop {
        while !lines.next()?.ok()?.is_empty() {}
        page.clear();
        pages::write(registry, &mut page);
        write!(
            connection,
            "HTTP/1.1 200 OK\r\nContent-Type: {}\r\nContent-Length: {}\r\n\r\n",
            prometheus::TEXT_FORMAT,
            page.len()
        )
        .ok()?;
        connection.write_all(&page).ok()?;
    }
}
