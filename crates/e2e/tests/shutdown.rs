//! How the program ends.

use std::{
    io::Write,
    net::TcpStream,
    time::{Duration, Instant},
};

use e2e::{World, seconds};

/// What a control plane gives to the calls that are under way.
const GIVEN: Duration = seconds(5);

#[test]
fn half_a_request_does_not_keep_a_control_plane_from_its_end() {
    let world = World::new();
    let mut server = world.server(&["--store", "memory"]);
    let address = server.url.strip_prefix("http://").expect("the URL is of HTTP").to_owned();
    let mut stream = TcpStream::connect(address).expect("the control plane listens");
    let half = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{";
    stream.write_all(half.as_bytes()).expect("half a request can be sent");

    let begin = Instant::now();
    server.process.terminate();
    assert!(begin.elapsed() < 2 * GIVEN, "it took {:?}", begin.elapsed());
}
