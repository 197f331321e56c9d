//! A stream from a server that answers piece by piece.

use client::{CallError, Client, Credentials, Lines, Signer};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// The first line of the request, the answer's lines, and the socket on which the answer is sent.
async fn streaming() -> (String, Lines, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let credentials = Credentials {
        access_key_id: "AKIA".into(),
        secret_access_key: "secret".into(),
        session_token: None,
    };
    let signer = Signer::new(credentials, "us-east-1".into());
    let client = Client::new(&url, signer, "test").expect("a client");
    let server = async {
        let (mut socket, _) = listener.accept().await.expect("a caller");
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\n") {
            request.push(socket.read_u8().await.expect("a request"));
        }
        let head = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
        socket.write_all(head).await.expect("it listens");
        let request = String::from_utf8(request).expect("text");
        (request.lines().next().unwrap_or_default().to_owned(), socket)
    };
    let query = [("family", "a b/c")];
    let ((request, socket), lines) = tokio::join!(server, client.stream("/lines", &query));
    (request, lines.expect("an answer"), socket)
}

async fn send(socket: &mut TcpStream, piece: &str) {
    let chunk = format!("{:x}\r\n{piece}\r\n", piece.len());
    socket.write_all(chunk.as_bytes()).await.expect("it listens");
}

#[tokio::test]
async fn lines_come_whole_however_they_are_cut_and_empty_ones_are_passed_over() {
    let (request, mut lines, mut socket) = streaming().await;
    assert_eq!(request, "GET /lines?family=a%20b%2Fc HTTP/1.1");
    for piece in ["on", "e\n\n\ntwo\nth", "ree\n"] {
        send(&mut socket, piece).await;
    }
    send(&mut socket, "").await;
    for wanted in ["one", "two", "three"] {
        let line = lines.next().await.expect("a line").expect("a line");
        assert_eq!(&line[..], wanted.as_bytes());
    }
    assert_eq!(lines.next().await, None);
}

#[tokio::test]
async fn a_broken_connection_is_an_error_and_half_a_line_is_none() {
    let (_, mut lines, mut socket) = streaming().await;
    send(&mut socket, "whole\nhal").await;
    drop(socket);
    assert_eq!(lines.next().await.expect("a line").expect("a line"), "whole");
    assert!(matches!(lines.next().await, Some(Err(CallError::Transport(_)))));
}
