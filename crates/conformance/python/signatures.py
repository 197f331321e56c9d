"""SigV4: who may call, and what a caller is told whose signature is not good."""

from botocore.credentials import Credentials

from raw import answers, own_credentials, read, request, send, sign
from suite import check, eq, run, true


def changed(**members):
    own = own_credentials()
    return Credentials(members.get("access_key", own.access_key), members.get("secret_key", own.secret_key),
                       members.get("token", own.token))


@check
def a_good_signature_is_answered():
    status, code, members = read(send(sign(request())))
    eq((status, code), (200, ""), "the answer")
    true("clusterArns" in members, str(members))


@check
def no_signature():
    answers(send(request()), 400, "MissingAuthenticationTokenException", "Missing Authentication Token")
    answers(send(request(Authorization="Basic abc")), 400, "MissingAuthenticationTokenException")


@check
def a_signature_that_cannot_be_read():
    for broken in ("AWS4-HMAC-SHA256 nonsense", "AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host"):
        answers(send(request(Authorization=broken, X_Amz_Date="20260101T000000Z")), 400, "IncompleteSignatureException")
    signed = sign(request())
    del signed.headers["X-Amz-Date"]
    answers(send(signed), 400, "IncompleteSignatureException")


@check
def an_access_key_that_is_not_known():
    answers(send(sign(request(), changed(access_key="AKIAIOSFODNN7EXAMPLE"))), 400, "UnrecognizedClientException",
            "The security token included in the request is invalid.")


@check
def a_token_that_does_not_belong_to_the_key():
    answers(send(sign(request(), changed(token="no-token"))), 400, "UnrecognizedClientException")


@check
def a_wrong_secret():
    answers(send(sign(request(), changed(secret_key="wrong"))), 400, "InvalidSignatureException",
            "The request signature we calculated does not match the signature you provided.")


@check
def a_body_a_header_or_a_path_changed_after_signing():
    signed = sign(request(body=b'{"maxResults":1}'))
    signed.data = b'{"maxResults":2}'
    answers(send(signed), 400, "InvalidSignatureException")
    signed = sign(request())
    signed.headers.replace_header("X-Amz-Target", "AmazonEC2ContainerServiceV20141113.ListServices")
    answers(send(signed), 400, "InvalidSignatureException")
    answers(send(sign(request()), path="/?a=b"), 400, "InvalidSignatureException")


@check
def a_clock_that_is_fifteen_minutes_off():
    for minutes in (-14, 14):
        eq(send(sign(request(), ahead_s=minutes * 60))[0], 200, f"{minutes} minutes ahead")
    answers(send(sign(request(), ahead_s=-16 * 60)), 400, "InvalidSignatureException", "Signature expired: ")
    answers(send(sign(request(), ahead_s=16 * 60)), 400, "InvalidSignatureException", "Signature not yet current: ")


@check
def a_scope_of_another_service_region_or_day():
    answers(send(sign(request(), service="ec2")), 400, "InvalidSignatureException",
            "Credential should be scoped to correct service")
    answers(send(sign(request(), region="eu-west-9")), 400, "InvalidSignatureException",
            "Credential should be scoped to a valid region")
    signed = sign(request())
    signed.headers.replace_header("Authorization", signed.headers["Authorization"].replace("/aws4_request", "/aws5_request"))
    answers(send(signed), 400, "InvalidSignatureException")


@check
def only_health_needs_no_signature():
    eq(send(request(), method="GET", path="/health")[0], 200, "GET /health")


run()
