//! Calling a function by the API of AWS Lambda, or of something that speaks it.
//! <https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html>

use std::time::Duration;

use bytes::Bytes;
use percent_encoding::utf8_percent_encode;
use sigv4::Credentials;

use super::{Ask, CallError, Client, ENCODED, Signer, UrlError, whole};

/// Set when the function itself failed.
const FUNCTION_ERROR: &str = "x-amz-function-error";

/// A client of one endpoint of Lambda. Clones share connections.
#[derive(Clone, Debug)]
pub struct Lambda {
    client: Client,
}

/// What came of a call that reached Lambda.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Invoked {
    /// The function's answer.
    Answered(Bytes),
    /// The function failed, or Lambda will not call it, now or later.
    Failed(String),
}

impl Lambda {
    /// A client of the endpoint at `url`, such as `http://127.0.0.1:9000`, that signs for a region and
    /// says who it is.
    pub fn new(
        url: &str,
        credentials: Credentials,
        region: String,
        user_agent: &'static str,
    ) -> Result<Self, UrlError> {
        let signer = Signer::of(credentials, region, "lambda");
        Ok(Self { client: Client::new(url, signer, user_agent)? })
    }

    /// Calls the function of this ARN with a JSON document, and waits for its answer. An error is one
    /// that the same call may not meet later: nobody answered in time, or Lambda has trouble.
    pub async fn invoke(
        &self,
        function_arn: &str,
        payload: Vec<u8>,
        within: Duration,
    ) -> Result<Invoked, CallError> {
        let function = utf8_percent_encode(function_arn, ENCODED);
        let path = format!("/2015-03-31/functions/{function}/invocations");
        let ask = Ask { method: "POST", path: &path, query: "", target: None, body: payload };
        let call = tokio::time::timeout(within, self.answer(ask));
        call.await.unwrap_or_else(|_| Err(CallError::Transport("it takes too long".into())))
    }

    async fn answer(&self, ask: Ask<'_>) -> Result<Invoked, CallError> {
        let answer = self.client.send(ask).await?;
        let status = answer.status();
        let has_failed = answer.headers().contains_key(FUNCTION_ERROR);
        let body = whole(answer).await?;
        let text = || String::from_utf8_lossy(&body).into_owned();
        if status.is_success() && !has_failed {
            return Ok(Invoked::Answered(body));
        }
        if status.is_server_error() || status.as_u16() == 429 {
            return Err(CallError::Transport(format!("it answers {status}: {}", text())));
        }
        Ok(Invoked::Failed(format!("{status}: {}", text())))
    }
}
