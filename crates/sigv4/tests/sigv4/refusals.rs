//! What a client is told when its request is refused, and that every change is noticed.

use proptest::prelude::*;
use sigv4::{DeclaredPayload, Endpoint, Error, KeyRecord, PayloadHash, Scope};

use crate::fixtures::{NOW_MS, REGION, Request, long_term, record, temporary};

const MINUTE_MS: i64 = 60_000;

fn message(request: &Request) -> String {
    request.verify(&record(&long_term())).unwrap_err().to_string()
}

/// The request with other text for a part of its `authorization` header.
fn reworded(request: &Request, from: &str, to: &str) -> Request {
    let authorization = request.header("authorization").to_owned();
    assert!(authorization.contains(from), "{authorization} has no {from}");
    request.clone().replaced("authorization", authorization.replace(from, to))
}

#[test]
fn a_signed_request_is_taken_and_its_claim_told() {
    let claim = Request::run_task().signed(&long_term()).verify(&record(&long_term())).unwrap();
    assert_eq!(claim.access_key_id, "AKIDEXAMPLE");
    assert_eq!(claim.scope.to_string(), "20150830/eu-central-1/ecs/aws4_request");
    assert_eq!(claim.signed_headers, ["content-type", "host", "x-amz-date", "x-amz-target"]);
    assert_eq!(claim.signed_at_ms, NOW_MS);
    assert_eq!(claim.security_token, None);
}

#[test]
fn the_agents_websocket_upgrade_signs_host_and_date_alone() {
    let upgrade = Request::new("GET", "/ws", "agentVersion=1.105.1&sendCredentials=true&seqNum=1")
        .with("host", "127.0.0.1:7100")
        .with("connection", "Upgrade")
        .with("upgrade", "websocket")
        .with("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==");
    for (credentials, names) in
        [(long_term(), "host;x-amz-date"), (temporary(), "host;x-amz-date;x-amz-security-token")]
    {
        let claim = upgrade.clone().signed(&credentials).verify(&record(&credentials)).unwrap();
        assert_eq!(claim.signed_headers.join(";"), names);
    }
}

#[test]
fn requests_without_a_signature_miss_their_token() {
    let request = Request::run_task();
    for unsigned in [
        request.clone(),
        request.clone().with("authorization", ""),
        request.clone().with("authorization", "Bearer token"),
        request.clone().with("authorization", "AWS AKIDEXAMPLE:signature"),
    ] {
        let error = unsigned.parse().unwrap_err();
        assert_eq!(error.code(), "MissingAuthenticationTokenException");
        assert_eq!(error.to_string(), "Missing Authentication Token");
        assert_eq!(error.http_status(), 400);
    }
}

#[test]
fn missing_parts_of_the_header_are_named() {
    let request = Request::run_task().with("authorization", "AWS4-HMAC-SHA256");
    let error = request.parse().unwrap_err();
    assert_eq!(error.code(), "IncompleteSignatureException");
    assert_eq!(
        error.to_string(),
        "Authorization header requires 'Credential' parameter. Authorization header requires \
         'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. \
         Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. \
         (Hashed with SHA-256 and encoded with Base64) \
         Authorization=YI2YWea8FSxnksZL2ETHbs5elHm9HQufxTLK0W0ffV0="
    );
}

#[test]
fn malformed_headers_are_explained() {
    let signed = Request::run_task().signed(&long_term());
    for (request, text) in [
        (
            reworded(&signed, "SignedHeaders=", "SignedHeaders:"),
            "Invalid key=value pair (missing equal-sign) in Authorization header (hashed with \
             SHA-256 and encoded with Base64): '",
        ),
        (
            reworded(&signed, "Signature=", "Credential="),
            "Authorization header must have 'Credential' parameter only once.",
        ),
        (
            reworded(&signed, "AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256"),
            "Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256' (only AWS4-HMAC-SHA256 for now). ",
        ),
        (
            reworded(&signed, "/ecs/aws4_request", ""),
            "Credential must have exactly 5 slash-delimited elements, e.g. \
             keyid/date/region/service/term, got 'AKIDEXAMPLE/20150830/eu-central-1'",
        ),
        (
            signed.clone().replaced("x-amz-date", "201"),
            "Date must be in ISO-8601 'basic format'. Got '201'. See http://en.wikipedia.org/wiki/ISO_8601",
        ),
        (
            signed.clone().with("x-amz-date", "20150830T123600Z"),
            "'x-amz-date' header must come only once.",
        ),
        (
            signed.clone().with("Authorization", "AWS4-HMAC-SHA256"),
            "'authorization' header must come only once.",
        ),
        (
            signed.clone().replaced("authorization", b"AWS4-\xff"),
            "'authorization' header must be text.",
        ),
    ] {
        let error = request.parse().unwrap_err();
        assert_eq!(error.code(), "IncompleteSignatureException", "{error}");
        assert!(error.to_string().starts_with(text), "{error}");
    }
}

#[test]
fn commas_or_spaces_alone_separate_the_parts() {
    let signed = Request::run_task().signed(&long_term());
    for separator in [",", " ", " ,\t"] {
        reworded(&signed, ", ", separator).verify(&record(&long_term())).unwrap();
    }
}

#[test]
fn a_clock_that_is_off_by_more_than_fifteen_minutes_is_told_so() {
    let request = Request::run_task().signed(&long_term());
    let (credentials, endpoint) = (long_term(), Endpoint::new(REGION, "ecs"));
    let at = |now_ms| request.verify_at(&record(&credentials), &endpoint, now_ms);
    at(NOW_MS + 15 * MINUTE_MS).unwrap();
    at(NOW_MS - 15 * MINUTE_MS).unwrap();
    let late = at(NOW_MS + 16 * MINUTE_MS).unwrap_err();
    assert_eq!(late.code(), "InvalidSignatureException");
    assert_eq!(
        late.to_string(),
        "Signature expired: 20150830T123600Z is now earlier than 20150830T123700Z \
         (20150830T125200Z - 15 min.)"
    );
    let early = at(NOW_MS - 16 * MINUTE_MS).unwrap_err();
    assert_eq!(early.code(), "InvalidSignatureException");
    assert_eq!(
        early.to_string(),
        "Signature not yet current: 20150830T123600Z is still later than 20150830T123500Z \
         (20150830T122000Z + 15 min.)"
    );
    let strict = Endpoint { max_skew_min: 5, ..endpoint };
    let late = request.verify_at(&record(&credentials), &strict, NOW_MS + 6 * MINUTE_MS);
    assert!(late.unwrap_err().to_string().ends_with("(20150830T124200Z - 5 min.)"));
}

#[test]
fn a_wrong_scope_is_told_in_full() {
    let scope = Scope { region: "us-west-2", service: "s3" };
    let request = Request::run_task().signed_for(&long_term(), scope, NOW_MS);
    let error = request.verify(&record(&long_term())).unwrap_err();
    assert_eq!(error.code(), "InvalidSignatureException");
    assert_eq!(
        error.to_string(),
        "Credential should be scoped to a valid region. \
         Credential should be scoped to correct service: 'ecs'. "
    );
    let signed = Request::run_task().signed(&long_term());
    assert_eq!(
        message(&reworded(&signed, "aws4_request", "aws5_request")),
        "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'. "
    );
    assert_eq!(
        message(&reworded(&signed, "/20150830/", "/20150829/")),
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: \
         '20150829' != '20150830', from '20150830T123600Z'."
    );
}

#[test]
fn host_and_amz_headers_must_be_signed() {
    let signed = Request::run_task().signed(&long_term());
    assert_eq!(
        message(&reworded(&signed, "host;", "")),
        "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."
    );
    for name in ["X-Amz-Meta", "x-amz-security-token"] {
        let added = signed.clone().with(name, "added on the way");
        assert_eq!(
            message(&added),
            format!("'{name}' must be a 'SignedHeader' in the AWS Authorization.")
        );
    }
    signed.with("x-amzn-trace-id", "added on the way").verify(&record(&long_term())).unwrap();
}

#[test]
fn tokens_must_come_exactly_with_temporary_credentials() {
    let (long_term, temporary) = (long_term(), temporary());
    let with_token = Request::run_task().signed(&temporary);
    let claim = with_token.verify(&record(&temporary)).unwrap();
    assert_eq!(claim.security_token, temporary.session_token);
    assert!(!format!("{claim:?} {temporary:?}").contains("token/of=session"));

    let without_token = Request::run_task().signed(&long_term);
    let missing = without_token.verify(&record(&temporary)).unwrap_err();
    assert_eq!(missing.code(), "UnrecognizedClientException");
    assert_eq!(missing.to_string(), "The security token included in the request is invalid.");

    let other = KeyRecord { session_token: Some("another"), ..record(&temporary) };
    for record in [other, record(&long_term)] {
        let wrong = with_token.verify(&record).unwrap_err();
        assert_eq!(wrong.code(), "UnrecognizedClientException");
        assert_eq!(wrong.to_string(), "The security token included in the request is invalid");
    }
}

#[test]
fn temporary_credentials_end() {
    let temporary = temporary();
    let request = Request::run_task().signed(&temporary);
    let until = |end_ms| KeyRecord { expires_at_ms: Some(end_ms), ..record(&temporary) };
    request.verify(&until(NOW_MS + 1)).unwrap();
    let error = request.verify(&until(NOW_MS)).unwrap_err();
    assert_eq!(error.code(), "ExpiredTokenException");
    assert_eq!(error.to_string(), "The security token included in the request is expired");
    // Whoever does not hold the secret does not learn that the credentials have ended.
    let forged = KeyRecord { secret_access_key: "guess", ..until(NOW_MS) };
    assert_eq!(request.verify(&forged).unwrap_err(), Error::SignatureMismatch);
}

#[test]
fn the_declared_hash_must_be_that_of_the_body() {
    let scope = Scope { region: REGION, service: "ecs" };
    let hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    let request = Request::run_task().with("x-amz-content-sha256", hash);
    let request = request.signed_with(PayloadHash::Deferred, &long_term(), scope, NOW_MS);
    assert_eq!(request.verify(&record(&long_term())).unwrap_err(), Error::SignatureMismatch);
    let empty = Request { body: Vec::new(), ..request.clone() };
    empty.verify(&record(&long_term())).unwrap();
    // A caller that reads the body later is told what to hold it to.
    let claim = request.parse().unwrap();
    request.parts(|parts| {
        let endpoint = Endpoint::new(REGION, "ecs");
        claim
            .verify(parts, PayloadHash::Deferred, &record(&long_term()), &endpoint, NOW_MS)
            .unwrap();
    });
    assert_eq!(claim.payload, Some(DeclaredPayload::Sha256(hash.into())));
}

#[test]
fn only_s3_takes_unsigned_and_chunked_bodies() {
    for declared in [
        "UNSIGNED-PAYLOAD",
        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
        "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
    ] {
        for (service, payload, is_taken) in [
            ("ecs", PayloadHash::of(b"{}"), false),
            ("ecs", PayloadHash::Deferred, false),
            ("s3", PayloadHash::of(b"{}"), declared == "UNSIGNED-PAYLOAD"),
            ("s3", PayloadHash::Deferred, true),
        ] {
            let request = Request::run_task().with("x-amz-content-sha256", declared).signed_with(
                PayloadHash::Deferred,
                &long_term(),
                Scope { region: REGION, service },
                NOW_MS,
            );
            let endpoint = Endpoint::new(REGION, service);
            let outcome = request.parts(|parts| {
                let claim = sigv4::parse(parts)?;
                claim.verify(parts, payload, &record(&long_term()), &endpoint, NOW_MS)
            });
            let expected = if is_taken { Ok(()) } else { Err(Error::SignatureMismatch) };
            assert_eq!(outcome, expected, "{service} {declared} {payload:?}");
        }
    }
}

fn presigned() -> Request {
    let temporary = temporary();
    let mut request =
        Request::new("GET", "/ws", "b=2&a=1%2F").with("host", "ecs.example").with("accept", "*/*");
    let scope = Scope { region: REGION, service: "ecs" };
    request.query = request
        .parts(|parts| sigv4::presign(parts, PayloadHash::of(b""), &temporary, scope, 60, NOW_MS));
    request
}

#[test]
fn presigned_urls_hold_for_their_time() {
    let (temporary, endpoint) = (temporary(), Endpoint::new(REGION, "ecs"));
    let at = |now_ms| presigned().verify_at(&record(&temporary), &endpoint, now_ms);
    let claim = at(NOW_MS + 60_000).unwrap();
    assert_eq!(claim.signed_headers, ["accept", "host"]);
    assert_eq!(claim.security_token, temporary.session_token);
    assert!(at(NOW_MS + 61_000).is_err());
    at(NOW_MS - 15 * MINUTE_MS).unwrap();
    assert!(at(NOW_MS - 16 * MINUTE_MS).is_err());
}

#[test]
fn presigned_urls_must_be_whole() {
    let change = |from: &str, to: &str| {
        let mut request = presigned();
        assert!(request.query.contains(from), "{}", request.query);
        request.query = request.query.replace(from, to);
        request
    };
    let incomplete = change("X-Amz-Date=", "x=").parse().unwrap_err();
    assert_eq!(incomplete.code(), "IncompleteSignatureException");
    assert_eq!(
        incomplete.to_string(),
        "AWS query-string parameters must include 'X-Amz-Date'. Re-examine the query-string \
         parameters."
    );
    for expires in ["0", "604801", "-1", "1e3", ""] {
        let request = change("X-Amz-Expires=60", &format!("X-Amz-Expires={expires}"));
        assert_eq!(request.parse().unwrap_err().code(), "IncompleteSignatureException");
    }
    let twice = change("X-Amz-Date=", "X-Amz-Date=20150830T123600Z&X-Amz-Date=");
    assert_eq!(twice.parse().unwrap_err().code(), "IncompleteSignatureException");
    let both = presigned().with("authorization", "AWS4-HMAC-SHA256");
    assert_eq!(both.parse().unwrap_err().code(), "InvalidSignatureException");
    for (from, to) in [
        ("b=2", "b=3"),
        ("a=1%2F", "a=1"),
        ("X-Amz-Expires=60", "X-Amz-Expires=61"),
        ("session%2B", "session"),
        ("X-Amz-Algorithm", "c=3&X-Amz-Algorithm"),
    ] {
        let error = change(from, to).verify(&record(&temporary())).unwrap_err();
        assert_eq!(error, Error::SignatureMismatch, "{from} -> {to}");
    }
}

#[test]
fn the_query_protocol_has_its_own_names() {
    for (error, code, status) in [
        (Error::MissingAuthenticationToken, "MissingAuthenticationToken", 403),
        (Error::IncompleteSignature(String::new()), "IncompleteSignature", 400),
        (Error::UnrecognizedClient, "InvalidClientTokenId", 403),
        (Error::InvalidSignature(String::new()), "SignatureDoesNotMatch", 403),
        (Error::ExpiredToken, "ExpiredToken", 403),
    ] {
        assert_eq!((error.query_code(), error.query_http_status()), (code, status));
    }
}

/// One change to a signed request that its signature must not survive.
fn mutations() -> impl Strategy<Value = (&'static str, Request)> {
    let signed = Request::run_task().signed(&temporary());
    let request = Request { path: "/a/b".into(), query: "c=d".into(), ..Request::run_task() };
    let deep = request.signed(&temporary());
    (any::<prop::sample::Index>(), any::<u8>(), 0..8usize).prop_map(move |(at, byte, kind)| {
        let mut request = if kind < 2 { deep.clone() } else { signed.clone() };
        let flip = |bytes: &mut Vec<u8>| {
            let at = at.index(bytes.len());
            // Another letter or digit, and not just of another case, which is free in the names of
            // signed headers: no canonical form folds two of these into one.
            let letters = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
            let start = usize::from(byte) % letters.len();
            let mut ring = letters[start..].iter().chain(&letters[..start]);
            bytes[at] = *ring.find(|letter| !letter.eq_ignore_ascii_case(&bytes[at])).unwrap();
        };
        let text = |text: &mut String| {
            let mut bytes = std::mem::take(text).into_bytes();
            flip(&mut bytes);
            *text = String::from_utf8(bytes).unwrap();
        };
        let mut header = |name: &str| {
            let found = request.headers.iter_mut().find(|(candidate, _)| candidate == name);
            flip(&mut found.unwrap().1);
        };
        let what = match kind {
            0 => {
                text(&mut request.path);
                "path"
            }
            1 => {
                text(&mut request.query);
                "query"
            }
            2 => {
                text(&mut request.method);
                "method"
            }
            3 => {
                flip(&mut request.body);
                "body"
            }
            4 => {
                header("x-amz-date");
                "date"
            }
            5 => {
                header("x-amz-security-token");
                "token"
            }
            6 => {
                header("authorization");
                "authorization"
            }
            _ => {
                header(["host", "content-type", "x-amz-target"][at.index(3)]);
                "header"
            }
        };
        (what, request)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn no_change_goes_unnoticed((what, request) in mutations()) {
        let outcome = request.verify(&record(&temporary()));
        // Another access key id is another lookup; everything else is noticed right here.
        let is_other_key =
            outcome.as_ref().is_ok_and(|claim| claim.access_key_id != temporary().access_key_id);
        prop_assert!(outcome.is_err() || is_other_key, "changed {what}: {request:?}");
    }

    #[test]
    fn a_secret_fits_only_itself(secret in "[ -~]{0,60}") {
        let credentials = long_term();
        let request = Request::run_task().signed(&credentials);
        let key = KeyRecord { secret_access_key: &secret, ..record(&credentials) };
        prop_assert_eq!(request.verify(&key).unwrap_err(), Error::SignatureMismatch);
    }

    #[test]
    fn no_text_makes_the_parser_panic(
        authorization in prop_oneof![
            any::<Vec<u8>>(),
            "AWS4-HMAC-SHA256 (Credential|Signature|SignedHeaders|[a-z]|[=,/; éß])*".prop_map(String::into_bytes),
        ],
        date in "[0-9]{8}T[0-9]{6}Z|\\PC{0,30}",
        path in "\\PC{0,20}",
        query in "(X-Amz-(Algorithm|Credential|Date|Expires|SignedHeaders|Signature)[=&]|%[0-9a-g]{0,2}|\\PC){0,12}",
        now_ms in -4_102_444_800_000..4_102_444_800_000_i64,
    ) {
        let request = Request::new("POST", &path, &query)
            .with("host", "h")
            .with("authorization", authorization)
            .with("x-amz-date", date);
        // Whatever it is, it was not signed with this secret.
        let endpoint = Endpoint::new(REGION, "ecs");
        prop_assert!(request.verify_at(&record(&long_term()), &endpoint, now_ms).is_err());
        let presigned = request.without("authorization");
        prop_assert!(presigned.verify_at(&record(&long_term()), &endpoint, now_ms).is_err());
    }
}
