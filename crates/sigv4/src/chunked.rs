//! Bodies that come in chunks, each signed over the one before (`Content-Encoding: aws-chunked`).
//!
//! Rules: Amazon S3 API Reference, "Transferring Payload in Multiple Chunks" and "Including
//! Trailing Headers".

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use subtle::ConstantTimeEq as _;

use crate::claim::{Claim, DeclaredPayload};
use crate::error::Error;
use crate::key::{SigningKey, sha256_hex};

/// The longest chunk head or trailer line, in bytes.
const MAX_LINE_BYTES: usize = 1024;
/// The most trailers.
const MAX_TRAILERS: usize = 16;

/// How the chunks of a body are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChunkedForm {
    /// Each chunk has a signature.
    Signed,
    /// Each chunk has a signature, and so have the trailers.
    SignedTrailer,
    /// Nothing is signed; there are trailers.
    UnsignedTrailer,
}

impl ChunkedForm {
    pub(crate) fn of(content_sha256: &str) -> Option<Self> {
        [Self::Signed, Self::SignedTrailer, Self::UnsignedTrailer]
            .into_iter()
            .find(|form| form.as_str() == content_sha256)
    }

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Signed => "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
            Self::SignedTrailer => "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
            Self::UnsignedTrailer => "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
        }
    }
}

impl Claim {
    /// The decoder of this request's body, if it comes in chunks. The chain of signatures starts
    /// from the claim's own, so [`Claim::verify`] must have succeeded first.
    ///
    /// `decoded_bytes` is `x-amz-decoded-content-length`. A chunk may have `max_chunk_bytes`, which
    /// is also what the decoder holds in memory.
    pub fn chunked_verifier(
        &self,
        secret_access_key: &str,
        decoded_bytes: Option<u64>,
        max_chunk_bytes: usize,
    ) -> Option<ChunkedVerifier> {
        let Some(DeclaredPayload::Chunked(form)) = self.payload else { return None };
        Some(ChunkedVerifier {
            form,
            key: self.signing_key(secret_access_key),
            context: format!("{}\n{}", self.timestamp(), self.scope),
            previous_signature: self.signature.clone(),
            announced_bytes: decoded_bytes,
            decoded_bytes: 0,
            max_chunk_bytes,
            state: State::Head,
            held: Vec::new(),
            trailers: Vec::new(),
        })
    }
}

/// Decodes a chunked body and gives out only bytes whose signature holds.
pub struct ChunkedVerifier {
    form: ChunkedForm,
    key: SigningKey,
    /// Timestamp and scope, two lines of every string to sign.
    context: String,
    previous_signature: String,
    announced_bytes: Option<u64>,
    decoded_bytes: u64,
    max_chunk_bytes: usize,
    state: State,
    /// The part of the current line or chunk that has arrived.
    held: Vec<u8>,
    trailers: Vec<(String, String)>,
}

enum State {
    Head,
    Data { bytes: usize, signature: Option<String> },
    DataEnd,
    Trailer { signature: Option<String> },
    Done,
    Failed,
}

impl ChunkedVerifier {
    /// Takes the next piece of the body, torn anywhere, and appends to `decoded` the bytes of each
    /// chunk that is complete and proven.
    ///
    /// # Errors
    /// [`Error::SignatureMismatch`] for a wrong signature, [`Error::IncompleteBody`] for a body
    /// that is no sequence of chunks. After an error every further call fails.
    pub fn push(&mut self, input: &[u8], decoded: &mut Vec<u8>) -> Result<(), Error> {
        let outcome = self.advance(input, decoded);
        if outcome.is_err() {
            self.state = State::Failed;
        }
        outcome
    }

    /// Ends the body and answers the trailers, with names in lower case.
    ///
    /// # Errors
    /// [`Error::IncompleteBody`] when the last chunk has not come, or when the body is not as long
    /// as announced.
    pub fn finish(self) -> Result<Vec<(String, String)>, Error> {
        match self.state {
            State::Done if self.announced_bytes.is_none_or(|bytes| bytes == self.decoded_bytes) => {
                Ok(self.trailers)
            }
            State::Done => Err(Error::IncompleteBody("The body is not as long as announced.")),
            _ => Err(Error::IncompleteBody("The body ends before its last chunk.")),
        }
    }

    fn advance(&mut self, mut input: &[u8], decoded: &mut Vec<u8>) -> Result<(), Error> {
        while !input.is_empty() {
            match &self.state {
                State::Data { bytes, .. } => {
                    let (taken, rest) = input.split_at(input.len().min(bytes - self.held.len()));
                    self.held.extend_from_slice(taken);
                    input = rest;
                    if self.held.len() == *bytes {
                        self.end_data(decoded)?;
                    }
                }
                State::Done => return Err(Error::IncompleteBody("Data follow the last chunk.")),
                State::Failed => return Err(Error::IncompleteBody("The body was refused before.")),
                State::Head | State::DataEnd | State::Trailer { .. } => {
                    let Some(line) = self.take_line(&mut input)? else { return Ok(()) };
                    self.end_line(&line)?;
                }
            }
        }
        Ok(())
    }

    /// Takes input up to the end of the line; `None` when it has not come yet.
    fn take_line(&mut self, input: &mut &[u8]) -> Result<Option<String>, Error> {
        let end = input.iter().position(|byte| *byte == b'\n');
        let (taken, rest) = input.split_at(end.map_or(input.len(), |at| at + 1));
        if self.held.len() + taken.len() > MAX_LINE_BYTES {
            return Err(Error::IncompleteBody("A line between the chunks is too long."));
        }
        self.held.extend_from_slice(taken);
        *input = rest;
        if end.is_none() {
            return Ok(None);
        }
        let line = core::mem::take(&mut self.held);
        let text = line.strip_suffix(b"\r\n").and_then(|line| core::str::from_utf8(line).ok());
        match text {
            Some(text) => Ok(Some(text.to_owned())),
            None => Err(Error::IncompleteBody("A line between the chunks is malformed.")),
        }
    }

    fn end_line(&mut self, line: &str) -> Result<(), Error> {
        match &mut self.state {
            State::Head => self.begin_chunk(line),
            State::DataEnd if line.is_empty() => {
                self.state = State::Head;
                Ok(())
            }
            State::DataEnd => Err(Error::IncompleteBody("A chunk is longer than it says.")),
            State::Trailer { signature } if line.is_empty() => {
                let signature = signature.take();
                self.end_trailers(signature)
            }
            State::Trailer { signature } => {
                let Some((name, value)) = line.split_once(':') else {
                    return Err(Error::IncompleteBody("A trailer is malformed."));
                };
                let (name, value) = (name.trim().to_ascii_lowercase(), value.trim().to_owned());
                if self.form == ChunkedForm::Signed || self.trailers.len() == MAX_TRAILERS {
                    return Err(Error::IncompleteBody("There are more trailers than expected."));
                }
                if self.form == ChunkedForm::SignedTrailer && name == "x-amz-trailer-signature" {
                    *signature = Some(value);
                } else {
                    self.trailers.push((name, value));
                }
                Ok(())
            }
            State::Data { .. } | State::Done | State::Failed => Ok(()),
        }
    }

    /// A chunk's head: its size in hexadecimal and, after a semicolon, its signature.
    fn begin_chunk(&mut self, line: &str) -> Result<(), Error> {
        let (size, extension) = match line.split_once(';') {
            Some((size, extension)) => (size, Some(extension)),
            None => (line, None),
        };
        let is_hexadecimal = size.bytes().all(|digit| digit.is_ascii_hexdigit());
        let bytes = match usize::from_str_radix(size, 16) {
            Ok(bytes) if is_hexadecimal => bytes,
            _ => return Err(Error::IncompleteBody("The size of a chunk is malformed.")),
        };
        if bytes > self.max_chunk_bytes {
            return Err(Error::IncompleteBody("A chunk is too large."));
        }
        self.decoded_bytes += bytes as u64;
        if self.announced_bytes.is_some_and(|announced| self.decoded_bytes > announced) {
            return Err(Error::IncompleteBody("The body is longer than announced."));
        }
        let signature = extension.and_then(|text| text.strip_prefix("chunk-signature="));
        let signature = signature.map(str::to_owned);
        if bytes == 0 {
            self.check_chunk(signature)?;
            self.state = State::Trailer { signature: None };
        } else {
            self.state = State::Data { bytes, signature };
        }
        Ok(())
    }

    fn end_data(&mut self, decoded: &mut Vec<u8>) -> Result<(), Error> {
        if let State::Data { signature, .. } = core::mem::replace(&mut self.state, State::DataEnd) {
            self.check_chunk(signature)?;
            decoded.append(&mut self.held);
        }
        Ok(())
    }

    /// Checks the signature of the chunk whose data are held.
    fn check_chunk(&mut self, signature: Option<String>) -> Result<(), Error> {
        if self.form == ChunkedForm::UnsignedTrailer {
            return Ok(());
        }
        let hashes = format!("{}\n{}", sha256_hex(b""), sha256_hex(&self.held));
        self.check("AWS4-HMAC-SHA256-PAYLOAD", &hashes, signature)
    }

    fn end_trailers(&mut self, signature: Option<String>) -> Result<(), Error> {
        if self.form == ChunkedForm::SignedTrailer {
            let mut lines: Vec<String> =
                self.trailers.iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
            lines.sort_unstable();
            let hash = sha256_hex(lines.concat().as_bytes());
            self.check("AWS4-HMAC-SHA256-TRAILER", &hash, signature)?;
        }
        self.state = State::Done;
        Ok(())
    }

    fn check(&mut self, kind: &str, hashes: &str, signature: Option<String>) -> Result<(), Error> {
        let text = format!("{kind}\n{}\n{}\n{hashes}", self.context, self.previous_signature);
        let expected = self.key.sign(&text);
        let signature = signature.ok_or(Error::SignatureMismatch)?;
        if !bool::from(expected.as_bytes().ct_eq(signature.as_bytes())) {
            return Err(Error::SignatureMismatch);
        }
        self.previous_signature = expected;
        Ok(())
    }
}
