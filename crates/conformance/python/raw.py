"""Requests as no SDK would send them: signed by botocore, then changed, then sent as they are."""

import datetime
import http.client
import json
import os
from unittest import mock
from urllib.parse import urlsplit

import botocore.auth
import boto3
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from suite import REGION, eq, true

ENDPOINT = os.environ["AWS_ENDPOINT_URL"]
TARGET = "AmazonEC2ContainerServiceV20141113."
JSON = "application/x-amz-json-1.1"


def own_credentials():
    found = boto3.Session().get_credentials().get_frozen_credentials()
    return Credentials(found.access_key, found.secret_key, found.token)


def request(operation="ListClusters", body=b"{}", **headers):
    """An unsigned request."""
    given = {"Content-Type": JSON, "X-Amz-Target": TARGET + operation}
    given.update({k.replace("_", "-"): v for k, v in headers.items()})
    return AWSRequest("POST", ENDPOINT + "/", headers={k: v for k, v in given.items() if v is not None}, data=body)


def sign(request, credentials=None, service="ecs", region=REGION, ahead_s=0):
    """Signed as of so many seconds from now."""
    at = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=ahead_s)
    signer = botocore.auth.SigV4Auth(credentials or own_credentials(), service, region)
    # The clock's name in botocore differs between its versions.
    if hasattr(botocore.auth, "get_current_datetime"):
        clock = mock.patch("botocore.auth.get_current_datetime", lambda *_, **__: at.replace(tzinfo=None))
    else:
        clock = mock.patch("botocore.auth.datetime", mock.Mock(wraps=datetime, **{"datetime.utcnow.return_value": at.replace(tzinfo=None)}))
    with clock:
        signer.add_auth(request)
    return request


def send(request, method="POST", path="/"):
    """The status, the headers and the body."""
    parts = urlsplit(ENDPOINT)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=10)
    body = request.data.encode() if isinstance(request.data, str) else request.data
    connection.request(method, path, body=body, headers=dict(request.headers.items()))
    answer = connection.getresponse()
    data = answer.read()
    connection.close()
    return answer.status, answer.headers, data


def call(operation, body):
    """A signed request whose body is this text or this value; its status, code and members."""
    data = body if isinstance(body, (bytes, str)) else json.dumps(body)
    return read(send(sign(request(operation, data))))


def read(answer):
    """The status, the code without its namespace (nothing on success), and the members."""
    status, headers, data = answer
    members = json.loads(data)
    code = members.get("__type", "").rsplit("#", 1)[-1]
    if code:
        header = headers.get("x-amzn-ErrorType", code).split(":")[0].rsplit("#", 1)[-1]
        eq(header, code, "x-amzn-ErrorType beside __type")
    return status, code, members


def answers(answer, status, code, says=""):
    """It must be this error."""
    seen_status, seen_code, members = read(answer) if len(answer) == 3 and isinstance(answer[2], bytes) else answer
    message = members.get("message") or members.get("Message") or ""
    eq((seen_status, seen_code), (status, code), f"the error ({message})")
    true(message, "the message is empty")
    true(says in message, f"the message is {message!r}, expected {says!r}")
