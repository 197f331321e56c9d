//! AWS's own signer for Rust, over random requests: we take what it signs, and sign the same.

use std::time::{Duration, UNIX_EPOCH};

use aws_credential_types::Credentials as AwsCredentials;
use aws_sigv4::http_request::{
    PayloadChecksumKind, PercentEncodingMode, SignableBody, SignableRequest, SignatureLocation,
    SigningSettings, UriPathNormalizationMode, sign,
};
use aws_sigv4::sign::v4;
use proptest::prelude::*;
use sigv4::{Credentials, Endpoint, Scope};

use crate::fixtures::{NOW_MS, Request, long_term, record, temporary};

/// Adds to `request` what AWS's signer says.
fn signed_by_aws(
    mut request: Request,
    credentials: &Credentials,
    scope: Scope,
    now_ms: i64,
    expires_s: Option<u64>,
) -> Request {
    let mut settings = SigningSettings::default();
    if let Some(seconds) = expires_s {
        settings.signature_location = SignatureLocation::QueryParams;
        settings.expires_in = Some(Duration::from_secs(seconds));
    }
    if scope.service == "s3" {
        settings.percent_encoding_mode = PercentEncodingMode::Single;
        settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
        settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
    }
    let identity = AwsCredentials::new(
        &credentials.access_key_id,
        &credentials.secret_access_key,
        credentials.session_token.clone(),
        None,
        "test",
    )
    .into();
    let params = v4::SigningParams::builder()
        .identity(&identity)
        .region(scope.region)
        .name(scope.service)
        .time(UNIX_EPOCH + Duration::from_millis(now_ms as u64))
        .settings(settings)
        .build()
        .unwrap()
        .into();
    let uri = format!("http://{}{}?{}", request.header("host"), request.path, request.query);
    let headers: Vec<_> = request
        .headers
        .iter()
        .map(|(name, value)| (name.as_str(), std::str::from_utf8(value).unwrap()))
        .collect();
    let body = match expires_s {
        Some(_) if scope.service == "s3" => SignableBody::UnsignedPayload,
        _ => SignableBody::Bytes(&request.body),
    };
    let signable = SignableRequest::new(&request.method, uri, headers.into_iter(), body).unwrap();
    let (instructions, _) = sign(signable, &params).unwrap().into_parts();
    let (headers, parameters) = instructions.into_parts();
    for header in headers {
        request = request.with(header.name(), header.value());
    }
    for (name, value) in parameters {
        let value: Vec<String> = value.bytes().map(|byte| format!("%{byte:02X}")).collect();
        request.query = format!("{}&{name}={}", request.query, value.concat());
    }
    request
}

fn requests() -> impl Strategy<Value = Request> {
    let path = "(/([a-zA-Z0-9_.~-]|%2F|%20|%C3%A9|[.]|[.][.]|[@:$]){0,6}){1,5}";
    let query =
        "([a-zA-Z0-9~-]|%20|%2F|%E1%88%B4|[+]|[*]){1,5}(=([a-zA-Z0-9~-]|%25|%3D|[+]|=|/){0,6})?";
    let header = ("x-[a-z]{3,8}", "[!-~]{1,8}( {1,3}[!-~]{1,8}){0,3}");
    (
        prop::sample::select(vec!["GET", "POST", "PUT", "DELETE"]),
        path,
        prop::collection::vec(query, 0..5),
        prop::collection::vec(header, 0..5),
        any::<Vec<u8>>(),
    )
        .prop_map(|(method, path, query, headers, body)| {
            let mut request =
                Request::new(method, &path, &query.join("&")).with("host", "example.com:8080");
            for (name, value) in headers {
                request = request.with(&name, value);
            }
            Request { body, ..request }
        })
}

/// AWS's signer takes S3 paths as they are: its callers encode them, and so do we here.
fn encoded_for(service: &str, mut request: Request) -> Request {
    if service == "s3" {
        let path = request.path.replace("%2F", "/");
        request.path = path.replace('@', "%40").replace(':', "%3A").replace('$', "%24");
    }
    request
}

fn scopes() -> impl Strategy<Value = (&'static str, &'static str)> {
    prop::sample::select(vec![("us-east-1", "ecs"), ("eu-central-1", "iam"), ("cn-north-1", "s3")])
}

fn credentials() -> impl Strategy<Value = Credentials> {
    let random = ("[A-Z0-9]{16,20}", "[ -~]{1,90}", prop::option::of("[!-~]{1,60}"));
    prop_oneof![
        Just(long_term()),
        Just(temporary()),
        random.prop_map(|(access_key_id, secret_access_key, session_token)| Credentials {
            access_key_id,
            secret_access_key,
            session_token
        })
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn header_signatures_are_the_same(
        request in requests(),
        credentials in credentials(),
        (region, service) in scopes(),
        now_ms in 0..4_102_444_800_000_i64,
    ) {
        let scope = Scope { region, service };
        let request = encoded_for(service, request);
        let theirs = signed_by_aws(request.clone(), &credentials, scope, now_ms, None);
        let ours = match theirs.headers.iter().find(|(name, _)| name == "x-amz-content-sha256") {
            Some((name, hash)) => request.with(name, hash),
            None => request,
        };
        let ours = ours.signed_for(&credentials, scope, now_ms);
        prop_assert_eq!(ours.header("authorization"), theirs.header("authorization"));
        let endpoint = Endpoint::new(region, service);
        let outcome = theirs.verify_at(&record(&credentials), &endpoint, now_ms);
        prop_assert!(outcome.is_ok(), "{outcome:?}");
    }

    #[test]
    fn presigned_urls_are_the_same(
        request in requests(),
        credentials in credentials(),
        (region, service) in scopes(),
        expires_s in 1..604_800_u32,
    ) {
        let scope = Scope { region, service };
        let request = encoded_for(service, request);
        let theirs =
            signed_by_aws(request.clone(), &credentials, scope, NOW_MS, Some(expires_s.into()));
        let query = request.parts(|parts| {
            sigv4::presign(parts, request.payload(), &credentials, scope, expires_s, NOW_MS)
        });
        let signature = |query: &str| {
            let signature = query.split('&').find_map(|pair| pair.strip_prefix("X-Amz-Signature="));
            signature.unwrap().to_owned()
        };
        let ours = Request { query, ..request };
        let endpoint = Endpoint::new(region, service);
        for presigned in [&theirs, &ours] {
            let outcome = presigned.verify_at(&record(&credentials), &endpoint, NOW_MS);
            prop_assert!(outcome.is_ok(), "{outcome:?}");
        }
        let theirs: String = signature(&theirs.query)
            .split('%')
            .filter(|digits| !digits.is_empty())
            .map(|digits| char::from(u8::from_str_radix(digits, 16).unwrap()))
            .collect();
        prop_assert_eq!(signature(&ours.query), theirs);
    }
}
