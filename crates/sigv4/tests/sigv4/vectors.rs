//! Signatures that AWS has published: its signing test suite and the examples in the S3 manual.

use sigv4::{Credentials, Endpoint, Scope};

use crate::fixtures::{NOW_MS, Request, long_term, record};

const SUITE: Scope = Scope { region: "us-east-1", service: "service" };

/// The suite's request must get the suite's signature, and a server must take it.
fn expect(name: &str, request: Request, credentials: &Credentials, names: &str, signature: &str) {
    let request = request.signed_for(credentials, SUITE, NOW_MS);
    assert_eq!(
        request.header("authorization"),
        format!(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, \
             SignedHeaders={names}, Signature={signature}"
        ),
        "{name}"
    );
    let endpoint = Endpoint::new(SUITE.region, SUITE.service);
    let outcome = request.verify_at(&record(credentials), &endpoint, NOW_MS);
    assert!(outcome.is_ok(), "{name}: {outcome:?}");
}

fn suite(method: &str, path: &str, query: &str) -> Request {
    Request::new(method, path, query).with("Host", "example.amazonaws.com")
}

#[test]
fn paths_and_queries_of_the_suite() {
    const VANILLA: &str = "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31";
    const UNRESERVED: &str = "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let unreserved_path = format!("/{UNRESERVED}");
    let unreserved_query = format!("{UNRESERVED}={UNRESERVED}");
    for (name, method, path, query, signature) in [
        ("get-vanilla", "GET", "/", "", VANILLA),
        ("get-relative", "GET", "/example/..", "", VANILLA),
        ("get-relative-relative", "GET", "/example1/example2/../..", "", VANILLA),
        ("get-slash-dot-slash", "GET", "/./", "", VANILLA),
        ("get-slash", "GET", "//", "", VANILLA),
        (
            "get-slash-pointless-dot",
            "GET",
            "/./example",
            "",
            "ef75d96142cf21edca26f06005da7988e4f8dc83a165a80865db7089db637ec5",
        ),
        (
            "get-slashes",
            "GET",
            "//example//",
            "",
            "9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84",
        ),
        (
            "get-space",
            "GET",
            "/example space/",
            "",
            "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741",
        ),
        (
            "get-unreserved",
            "GET",
            &unreserved_path,
            "",
            "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f",
        ),
        (
            "get-utf8",
            "GET",
            "/ሴ",
            "",
            "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85",
        ),
        (
            "get-vanilla-empty-query-key",
            "GET",
            "/",
            "Param1=value1",
            "a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb",
        ),
        (
            "get-vanilla-query-order-encoded",
            "GET",
            "/",
            "Param-3=Value3&Param=Value2&%E1%88%B4=Value1",
            "371d3713e185cc334048618a97f809c9ffe339c62934c032af5a0e595648fcac",
        ),
        (
            "get-vanilla-query-order-key-case",
            "GET",
            "/",
            "Param2=value2&Param1=value1",
            "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
        ),
        (
            "get-vanilla-query-unreserved",
            "GET",
            "/",
            &unreserved_query,
            "9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197",
        ),
        (
            "get-vanilla-utf8-query",
            "GET",
            "/",
            "ሴ=bar",
            "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04",
        ),
        (
            "post-vanilla",
            "POST",
            "/",
            "",
            "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
        ),
        (
            "post-vanilla-query",
            "POST",
            "/",
            "Param1=value1",
            "28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11",
        ),
    ] {
        expect(name, suite(method, path, query), &long_term(), "host;x-amz-date", signature);
    }
}

#[test]
fn headers_of_the_suite() {
    for (name, request, names, signature) in [
        (
            "get-header-key-duplicate",
            suite("GET", "/", "")
                .with("My-Header1", "value2")
                .with("My-Header1", "value2")
                .with("My-Header1", "value1"),
            "host;my-header1;x-amz-date",
            "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea",
        ),
        (
            "get-header-value-order",
            suite("GET", "/", "")
                .with("My-Header1", "value4")
                .with("My-Header1", "value1")
                .with("My-Header1", "value3")
                .with("My-Header1", "value2"),
            "host;my-header1;x-amz-date",
            "08c7e5a9acfcfeb3ab6b2185e75ce8b1deb5e634ec47601a50643f830c755c01",
        ),
        (
            "get-header-value-trim",
            suite("GET", "/", "")
                .with("My-Header1", " value1")
                .with("My-Header2", " \"a   b   c\""),
            "host;my-header1;my-header2;x-amz-date",
            "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736",
        ),
        (
            "post-header-value-case",
            suite("POST", "/", "").with("My-Header1", "VALUE1"),
            "host;my-header1;x-amz-date",
            "cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d",
        ),
    ] {
        expect(name, request, &long_term(), names, signature);
    }
}

#[test]
fn the_form_post_of_the_suite() {
    let mut request = suite("POST", "/", "")
        .with("Content-Type", "application/x-www-form-urlencoded")
        .with("Content-Length", "13")
        .with(
            "x-amz-content-sha256",
            "9095672bbd1f56dfc5b65f3e153adc8731a4a654192329106275f4c7b24d0b6e",
        );
    request.body = b"Param1=value1".to_vec();
    expect(
        "post-x-www-form-urlencoded",
        request,
        &long_term(),
        "content-length;content-type;host;x-amz-content-sha256;x-amz-date",
        "d3875051da38690788ef43de4db0d8f280229d82040bfac253562e56c3f20e0b",
    );
}

/// The suite of 2011 still dated its requests by the HTTP header (with the wrong day of the week).
#[test]
fn the_http_date_header_stands_in_for_x_amz_date() {
    let request = Request::new("GET", "/", "")
        .with("Date", "Mon, 09 Sep 2011 23:36:00 GMT")
        .with("Host", "host.foo.com")
        .with(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20110909/us-east-1/host/aws4_request, \
             SignedHeaders=date;host, \
             Signature=b27ccfbfa7df52a200ff74193ca6e32d4b48b8856fab7ebf1c595d0670a7e470",
        );
    let now_ms = 1_315_611_360_000;
    let endpoint = Endpoint::new("us-east-1", "host");
    request.verify_at(&record(&long_term()), &endpoint, now_ms).unwrap();
    let later = request.replaced("Date", "Mon, 09 Sep 2011 23:36:01 GMT");
    assert!(later.verify_at(&record(&long_term()), &endpoint, now_ms).is_err());
}

#[test]
fn the_s3_manuals_get_object() {
    let credentials = s3_manual();
    let request = Request::new("GET", "/test.txt", "")
        .with("Host", "examplebucket.s3.amazonaws.com")
        .with("Range", "bytes=0-9")
        .with(
            "x-amz-content-sha256",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        )
        .signed_for(&credentials, Scope { region: "us-east-1", service: "s3" }, S3_MANUAL_MS);
    assert!(
        request
            .header("authorization")
            .ends_with("f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")
    );
}

#[test]
fn the_s3_manuals_presigned_get_object() {
    let credentials = s3_manual();
    let mut request =
        Request::new("GET", "/test.txt", "").with("Host", "examplebucket.s3.amazonaws.com");
    let scope = Scope { region: "us-east-1", service: "s3" };
    request.query = request.parts(|parts| {
        sigv4::presign(parts, request.payload(), &credentials, scope, 86_400, S3_MANUAL_MS)
    });
    assert_eq!(
        request.query,
        "X-Amz-Algorithm=AWS4-HMAC-SHA256\
         &X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request\
         &X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host\
         &X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"
    );
    let endpoint = Endpoint::new("us-east-1", "s3");
    let in_a_day_ms = S3_MANUAL_MS + 86_400_000;
    request.verify_at(&record(&credentials), &endpoint, in_a_day_ms).unwrap();
    assert_eq!(
        request
            .verify_at(&record(&credentials), &endpoint, in_a_day_ms + 1000)
            .unwrap_err()
            .to_string(),
        "Signature expired: 20130524T000000Z is now earlier than 20130524T000001Z \
         (20130525T000001Z - 86400 sec.)"
    );
}

pub const S3_MANUAL_MS: i64 = 1_369_353_600_000; // 20130524T000000Z

pub fn s3_manual() -> Credentials {
    Credentials {
        access_key_id: "AKIAIOSFODNN7EXAMPLE".into(),
        secret_access_key: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".into(),
        session_token: None,
    }
}
