//! Chunked bodies: the S3 manual's examples, AWS's own chunk signer, and bodies that are torn,
//! changed or cut short.

use std::time::{Duration, UNIX_EPOCH};

use aws_credential_types::Credentials as AwsCredentials;
use aws_sigv4::sign::v4;
use bytes::Bytes;
use proptest::prelude::*;
use sigv4::{Claim, Endpoint, Error, PayloadHash};

use crate::fixtures::{Request, record};
use crate::vectors::{S3_MANUAL_MS, s3_manual};

type Decoded = (Vec<u8>, Vec<(String, String)>);

/// The upload of the manual, with the given form and seed signature.
fn upload(form: &str, seed: &str) -> Request {
    let (trailer, names) = if form.ends_with("-TRAILER") {
        (Some("x-amz-checksum-crc32c"), ";x-amz-trailer")
    } else {
        (None, "")
    };
    let names = if trailer.is_some() {
        format!(
            "content-encoding;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class{names}"
        )
    } else {
        "content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class".into()
    };
    let request = Request::new("PUT", "/examplebucket/chunkObject.txt", "")
        .with("host", "s3.amazonaws.com")
        .with("x-amz-date", "20130524T000000Z")
        .with("x-amz-storage-class", "REDUCED_REDUNDANCY")
        .with("x-amz-content-sha256", form)
        .with("content-encoding", "aws-chunked")
        .with("x-amz-decoded-content-length", "66560")
        .with("content-length", "66824")
        .with(
            "authorization",
            format!(
                "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,\
                 SignedHeaders={names},Signature={seed}"
            ),
        );
    match trailer {
        Some(name) => request.with("x-amz-trailer", name),
        None => request,
    }
}

fn verified(request: &Request) -> Claim {
    let credentials = s3_manual();
    request.parts(|parts| {
        let claim = sigv4::parse(parts).unwrap();
        let endpoint = Endpoint::new("us-east-1", "s3");
        claim
            .verify(parts, PayloadHash::Deferred, &record(&credentials), &endpoint, S3_MANUAL_MS)
            .unwrap();
        claim
    })
}

fn decode(claim: &Claim, bytes: u64, pieces: &[&[u8]]) -> Result<Decoded, Error> {
    let mut verifier =
        claim.chunked_verifier(&s3_manual().secret_access_key, Some(bytes), 65_536).unwrap();
    let mut decoded = Vec::new();
    for piece in pieces {
        verifier.push(piece, &mut decoded)?;
    }
    Ok((decoded, verifier.finish()?))
}

fn signed_claim() -> Claim {
    verified(&upload(
        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
        "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9",
    ))
}

fn trailer_claim() -> Claim {
    verified(&upload(
        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
        "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e",
    ))
}

fn chunk(body: &mut Vec<u8>, data: &[u8], signature: &str) {
    body.extend(format!("{:x};chunk-signature={signature}\r\n", data.len()).bytes());
    body.extend(data);
    if !data.is_empty() {
        body.extend(b"\r\n");
    }
}

#[test]
fn the_manuals_upload_is_decoded() {
    let mut body = Vec::new();
    chunk(
        &mut body,
        &vec![b'a'; 65_536],
        "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648",
    );
    chunk(
        &mut body,
        &[b'a'; 1024],
        "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497",
    );
    chunk(&mut body, b"", "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9");
    body.extend(b"\r\n");
    assert_eq!(body.len(), 66_824);
    let (decoded, trailers) = decode(&signed_claim(), 66_560, &[&body]).unwrap();
    assert!(decoded.len() == 66_560 && decoded.iter().all(|byte| *byte == b'a'));
    assert_eq!(trailers, []);
}

#[test]
fn the_manuals_upload_with_trailers_is_decoded() {
    let mut body = Vec::new();
    chunk(
        &mut body,
        &vec![b'a'; 65_536],
        "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2",
    );
    chunk(
        &mut body,
        &[b'a'; 1024],
        "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7",
    );
    chunk(&mut body, b"", "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992");
    body.extend(b"x-amz-checksum-crc32c:sOO8/Q==\r\n");
    body.extend(
        b"x-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n",
    );
    assert_eq!(body.len(), 66_946);
    let (decoded, trailers) = decode(&trailer_claim(), 66_560, &[&body]).unwrap();
    assert_eq!(decoded.len(), 66_560);
    assert_eq!(trailers, [("x-amz-checksum-crc32c".to_owned(), "sOO8/Q==".to_owned())]);

    let text = String::from_utf8(body).unwrap();
    for (from, to) in [
        ("sOO8", "sOO9"),
        ("x-amz-trailer-signature:d8", "x-amz-trailer-signature:d9"),
        ("x-amz-trailer-signature", "x-amz-other"),
    ] {
        let changed = text.replace(from, to);
        let outcome = decode(&trailer_claim(), 66_560, &[changed.as_bytes()]);
        assert_eq!(outcome, Err(Error::SignatureMismatch), "{from} -> {to}");
    }
}

/// A body for a claim, its chunks signed by AWS's own signer.
fn signed_by_aws(seed: &str, chunks: &[&[u8]]) -> Vec<u8> {
    let credentials = s3_manual();
    let identity = AwsCredentials::new(
        credentials.access_key_id,
        credentials.secret_access_key,
        None,
        None,
        "test",
    )
    .into();
    let params = v4::SigningParams::builder()
        .identity(&identity)
        .region("us-east-1")
        .name("s3")
        .time(UNIX_EPOCH + Duration::from_millis(S3_MANUAL_MS as u64))
        .settings(())
        .build()
        .unwrap();
    let (mut body, mut previous) = (Vec::new(), seed.to_owned());
    for data in chunks.iter().chain([&&b""[..]]) {
        let signed = v4::sign_chunk(&Bytes::copy_from_slice(data), &previous, &params).unwrap();
        signed.signature().clone_into(&mut previous);
        chunk(&mut body, data, &previous);
    }
    body.extend(b"\r\n");
    body
}

const SEED: &str = "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9";

#[test]
fn a_body_may_be_torn_anywhere() {
    let claim = signed_claim();
    let body = signed_by_aws(SEED, &[b"Hello, ", b"\r\n0;\r\n", b"world"]);
    let whole = (b"Hello, \r\n0;\r\nworld".to_vec(), Vec::new());
    for at in 0..=body.len() {
        let (head, tail) = body.split_at(at);
        assert_eq!(decode(&claim, 18, &[head, tail]), Ok(whole.clone()), "torn at {at}");
    }
    let bytes: Vec<&[u8]> = body.chunks(1).collect();
    assert_eq!(decode(&claim, 18, &bytes), Ok(whole));
}

#[test]
fn a_body_that_is_cut_short_anywhere_is_incomplete() {
    let claim = signed_claim();
    let body = signed_by_aws(SEED, &[b"Hello, ", b"world"]);
    for at in 0..body.len() {
        let outcome = decode(&claim, 12, &[&body[..at]]);
        assert!(matches!(outcome, Err(Error::IncompleteBody(_))), "cut at {at}: {outcome:?}");
    }
}

#[test]
fn every_changed_byte_is_noticed_and_nothing_of_its_chunk_comes_out() {
    let claim = signed_claim();
    let body = signed_by_aws(SEED, &[b"Hello, ", b"world"]);
    for at in 0..body.len() {
        for bit in 0..8 {
            let mut changed = body.clone();
            changed[at] ^= 1 << bit;
            // The case of the size's digits means nothing.
            if changed[at].eq_ignore_ascii_case(&body[at]) && matches!(body[at - 1], b'\n') {
                continue;
            }
            let mut verifier =
                claim.chunked_verifier(&s3_manual().secret_access_key, Some(12), 65_536).unwrap();
            let mut decoded = Vec::new();
            let outcome =
                verifier.push(&changed, &mut decoded).and_then(|()| verifier.finish().map(drop));
            assert!(outcome.is_err(), "changed at {at}");
            assert!(b"Hello, world".starts_with(&decoded), "changed at {at}: {decoded:?}");
        }
    }
}

#[test]
fn chunks_keep_their_order_and_number() {
    let claim = signed_claim();
    let body = signed_by_aws(SEED, &[b"one", b"two"]);
    let chunk_bytes = 1 + ";chunk-signature=".len() + 64 + 2 + 3 + 2;
    let (one, rest) = body.split_at(chunk_bytes);
    let (two, end) = rest.split_at(chunk_bytes);
    decode(&claim, 6, &[one, two, end]).unwrap();
    assert_eq!(decode(&claim, 6, &[two, one, end]), Err(Error::SignatureMismatch));
    assert_eq!(decode(&claim, 6, &[one, end]), Err(Error::SignatureMismatch));
    assert_eq!(decode(&claim, 9, &[one, one, two, end]), Err(Error::SignatureMismatch));
    for (bytes, pieces) in
        [(6, &[one, two, end, b"x"][..]), (7, &[one, two, end]), (5, &[one, two, end])]
    {
        let outcome = decode(&claim, bytes, pieces);
        assert!(matches!(outcome, Err(Error::IncompleteBody(_))), "{outcome:?}");
    }
}

#[test]
fn sizes_and_lines_have_limits() {
    let claim = signed_claim();
    let long_line = [b'0'; 1025];
    let signature = format!(";chunk-signature={SEED}\r\n");
    for head in ["10001", "fffffffffffffffff", "+5", "-1", "", "g"] {
        let head = format!("{head}{signature}");
        let outcome = decode(&claim, 66_560, &[head.as_bytes()]);
        assert!(matches!(outcome, Err(Error::IncompleteBody(_))), "{head}: {outcome:?}");
    }
    assert!(matches!(decode(&claim, 1, &[&long_line]), Err(Error::IncompleteBody(_))));
}

#[test]
fn an_error_is_final() {
    let mut verifier =
        signed_claim().chunked_verifier(&s3_manual().secret_access_key, None, 65_536).unwrap();
    let mut decoded = Vec::new();
    verifier.push(b"zz\r\n", &mut decoded).unwrap_err();
    verifier.push(&signed_by_aws(SEED, &[b"data"]), &mut decoded).unwrap_err();
    assert!(decoded.is_empty());
    verifier.finish().unwrap_err();
}

#[test]
fn plain_bodies_have_no_chunks() {
    let claim = Request::run_task().signed(&s3_manual()).parse().unwrap();
    assert!(claim.chunked_verifier("secret", None, 1).is_none());
}

proptest! {
    #[test]
    fn whatever_aws_signs_is_decoded(
        chunks in prop::collection::vec(prop::collection::vec(any::<u8>(), 1..200), 0..6),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..6),
    ) {
        let chunks: Vec<&[u8]> = chunks.iter().map(Vec::as_slice).collect();
        let body = signed_by_aws(SEED, &chunks);
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(body.len())).collect();
        cuts.extend([0, body.len()]);
        cuts.sort_unstable();
        let pieces: Vec<&[u8]> = cuts.windows(2).map(|pair| &body[pair[0]..pair[1]]).collect();
        let data = chunks.concat();
        let (decoded, _) = decode(&signed_claim(), data.len() as u64, &pieces).unwrap();
        prop_assert_eq!(decoded, data);
    }

    #[test]
    fn no_body_makes_the_decoder_panic(pieces in prop::collection::vec("[0-9a-f;\r\n:]{0,40}|\\PC{0,20}", 0..6)) {
        let pieces: Vec<&[u8]> = pieces.iter().map(String::as_bytes).collect();
        prop_assert!(decode(&signed_claim(), 100, &pieces).is_err());
    }
}
