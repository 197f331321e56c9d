//! Requests and answers as bytes: the AWS JSON 1.1 protocol.
