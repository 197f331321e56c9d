//! The smallest HTTP client that can ask the demo image something.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
};

use crate::seconds;

/// The body of `GET http://127.0.0.1:PORT/PATH`, without white space at its ends, if the answer is a 200.
pub fn get(port: u64, path: &str) -> Result<String, String> {
    let request = format!("GET {path} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\n\r\n");
    let answer = exchange(port, &request).map_err(|error| format!("port {port}: {error}"))?;
    match answer.split_once("\r\n\r\n") {
        Some((head, body)) if head.split(' ').nth(1) == Some("200") => Ok(body.trim().into()),
        _ => Err(format!("port {port} answered {answer:?}")),
    }
}

fn exchange(port: u64, request: &str) -> std::io::Result<String> {
    let port = u16::try_from(port).map_err(std::io::Error::other)?;
    let mut stream =
        TcpStream::connect_timeout(&SocketAddr::from(([127, 0, 0, 1], port)), seconds(2))?;
    stream.set_read_timeout(Some(seconds(5)))?;
    stream.write_all(request.as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}
