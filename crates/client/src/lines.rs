//! An answer that goes on: one line after another, as they come.

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::body::Incoming;

use crate::{ANSWER_BYTES, CallError};

/// The lines of an answer.
#[derive(Debug)]
pub struct Lines {
    body: Incoming,
    /// What came and was not handed out.
    rest: Vec<u8>,
    /// So much of it has no line's end.
    seen: usize,
}

impl Lines {
    pub(crate) fn new(body: Incoming) -> Self {
        Self { body, rest: Vec::new(), seen: 0 }
    }

    /// The next line that is not empty, without its end; nothing at the end of the answer. A server
    /// that has nothing to say sends empty lines. A connection that breaks is
    /// an error, and what came of a last line is not handed out. Cancelling loses nothing.
    pub async fn next(&mut self) -> Option<Result<Bytes, CallError>> {
        loop {
            if let Some(line) = self.take() {
                return Some(Ok(line));
            }
            if self.rest.len() > ANSWER_BYTES {
                return Some(Err(CallError::Transport("a line is too long".into())));
            }
            match self.body.frame().await? {
                Ok(frame) => {
                    if let Some(data) = frame.data_ref() {
                        self.rest.extend_from_slice(data);
                    }
                }
                Err(error) => return Some(Err(CallError::Transport(error.to_string()))),
            }
        }
    }

    fn take(&mut self) -> Option<Bytes> {
        let end = self.rest[self.seen..].iter().position(|byte| *byte == b'\n');
        let Some(end) = end.map(|end| self.seen + end) else {
            self.seen = self.rest.len();
            return None;
        };
        self.seen = 0;
        let line: Vec<u8> = self.rest.drain(..=end).collect();
        if end == 0 { self.take() } else { Some(Bytes::from(line).slice(..end)) }
    }
}
