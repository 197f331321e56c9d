//! The frames that an agent sends to TCS: the header block of a signed HTTP request, an empty line,
//! and the envelope. Each frame is signed as a `GET` of the session's own URL whose payload is the
//! envelope.

use std::fmt::Write;

use crate::FrameError;

/// A frame taken apart. Reading it proves nothing: the signature in `Authorization` does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedFrame<'a> {
    /// Name and value of each header, in order.
    pub headers: Vec<(&'a str, &'a str)>,
    /// The envelope, to be read with [`tcs::Up::from_frame`](crate::tcs::Up::from_frame).
    pub body: &'a str,
}

impl<'a> SignedFrame<'a> {
    /// The whole frame as text.
    pub fn to_text(&self) -> String {
        let mut text = String::with_capacity(self.body.len() + 512);
        for (name, value) in &self.headers {
            write!(text, "{name}: {value}\r\n").expect("invariant: a String takes what is written");
        }
        text.push_str("\r\n");
        text.push_str(self.body);
        text
    }

    /// Takes a frame apart. A frame without a header block is all body.
    pub fn parse(text: &'a str) -> Result<Self, FrameError> {
        if text.trim_start().starts_with('{') {
            return Ok(Self { headers: Vec::new(), body: text });
        }
        let (block, body) =
            text.split_once("\r\n\r\n").ok_or(FrameError::Headers("no empty line ends it"))?;
        let header = |line: &'a str| {
            let (name, value) =
                line.split_once(':').ok_or(FrameError::Headers("a line has no colon"))?;
            Ok((name.trim(), value.trim()))
        };
        Ok(Self { headers: block.split("\r\n").map(header).collect::<Result<_, _>>()?, body })
    }

    /// The value of a header, whose name is in any case.
    pub fn header(&self, name: &str) -> Option<&'a str> {
        let mut headers = self.headers.iter();
        headers.find(|(candidate, _)| candidate.eq_ignore_ascii_case(name)).map(|(_, value)| *value)
    }
}
