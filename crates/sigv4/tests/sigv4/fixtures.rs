//! One signed request and its server, to be changed by the tests.

use sigv4::{
    Claim, Credentials, Endpoint, Error, KeyRecord, PayloadHash, RequestParts, Scope, SignedHeaders,
};

pub const NOW_MS: i64 = 1_440_938_160_000; // 20150830T123600Z
pub const REGION: &str = "eu-central-1";

/// An owned request.
#[derive(Clone, Debug)]
pub struct Request {
    pub method: String,
    pub path: String,
    pub query: String,
    pub headers: Vec<(String, Vec<u8>)>,
    pub body: Vec<u8>,
}

impl Request {
    pub fn new(method: &str, path: &str, query: &str) -> Self {
        Self {
            method: method.into(),
            path: path.into(),
            query: query.into(),
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    /// A `RunTask` as the AWS CLI sends it.
    pub fn run_task() -> Self {
        let mut request = Self::new("POST", "/", "")
            .with("host", "ecs.example:4510")
            .with("content-type", "application/x-amz-json-1.1")
            .with("x-amz-target", "AmazonEC2ContainerServiceV20141113.RunTask")
            .with("user-agent", "aws-cli/2");
        request.body = br#"{"taskDefinition":"web:1"}"#.to_vec();
        request
    }

    pub fn with(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.headers.push((name.into(), value.as_ref().to_vec()));
        self
    }

    pub fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(candidate, _)| candidate != name);
        self
    }

    pub fn replaced(self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.without(name).with(name, value)
    }

    pub fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(candidate, _)| candidate == name);
        std::str::from_utf8(&found.unwrap().1).unwrap()
    }

    pub fn payload(&self) -> PayloadHash {
        PayloadHash::of(&self.body)
    }

    /// Calls `act` with the borrowed form.
    pub fn parts<T>(&self, act: impl FnOnce(&RequestParts) -> T) -> T {
        let headers: Vec<_> =
            self.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect();
        act(&RequestParts {
            method: &self.method,
            path: &self.path,
            query: &self.query,
            headers: &headers,
        })
    }

    pub fn signed(self, credentials: &Credentials) -> Self {
        self.signed_for(credentials, Scope { region: REGION, service: "ecs" }, NOW_MS)
    }

    pub fn signed_for(self, credentials: &Credentials, scope: Scope, now_ms: i64) -> Self {
        let payload = self.payload();
        self.signed_with(payload, credentials, scope, now_ms)
    }

    pub fn signed_with(
        mut self,
        payload: PayloadHash,
        credentials: &Credentials,
        scope: Scope,
        now_ms: i64,
    ) -> Self {
        let signed: SignedHeaders =
            self.parts(|parts| sigv4::sign(parts, payload, credentials, scope, now_ms));
        for (name, value) in signed.iter() {
            self.headers.push((name.into(), value.into()));
        }
        self
    }

    pub fn parse(&self) -> Result<Claim, Error> {
        self.parts(sigv4::parse)
    }

    /// What an ECS endpoint says to this request at `NOW_MS`.
    pub fn verify(&self, key: &KeyRecord) -> Result<Claim, Error> {
        self.verify_at(key, &Endpoint::new(REGION, "ecs"), NOW_MS)
    }

    pub fn verify_at(
        &self,
        key: &KeyRecord,
        endpoint: &Endpoint,
        now_ms: i64,
    ) -> Result<Claim, Error> {
        self.parts(|parts| {
            let claim = sigv4::parse(parts)?;
            claim.verify(parts, self.payload(), key, endpoint, now_ms)?;
            Ok(claim)
        })
    }
}

pub fn long_term() -> Credentials {
    Credentials {
        access_key_id: "AKIDEXAMPLE".into(),
        secret_access_key: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".into(),
        session_token: None,
    }
}

pub fn temporary() -> Credentials {
    Credentials {
        access_key_id: "ASIDEXAMPLE".into(),
        session_token: Some("token/of=session+".into()),
        ..long_term()
    }
}

pub fn record(credentials: &Credentials) -> KeyRecord<'_> {
    KeyRecord {
        secret_access_key: &credentials.secret_access_key,
        session_token: credentials.session_token.as_deref(),
        expires_at_ms: None,
    }
}
