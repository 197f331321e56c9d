"""What every script of checks shares: clients, expectations, and the line that each check writes.

A check is a function with the decorator `check`. `run()` calls all of them in order; each writes `ok NAME`
or `FAIL NAME why`, on one line. The environment has the endpoint, the region and the credentials."""

import itertools
import os
import sys
import time
import traceback

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

CHECKS = []
NAMES = itertools.count(1)
ACCOUNT_PATTERN = r"\d{12}"
REGION = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or "us-east-1"


def client(**options):
    """An ECS client of boto3, which does not hide an answer by asking again."""
    config = Config(retries={"max_attempts": 1, "mode": "standard"}, region_name=REGION)
    return boto3.client("ecs", config=config, **options)


ecs = client()


def check(function):
    CHECKS.append(function)
    return function


def run():
    failed = 0
    for function in CHECKS:
        try:
            function()
            print(f"ok {function.__name__}", flush=True)
        except Exception as error:
            failed += 1
            where = traceback.extract_tb(error.__traceback__)[1:]
            line = next((f"line {f.lineno}: " for f in where if f.filename.endswith(os.path.basename(sys.argv[0]))), "")
            why = " ".join(f"{line}{type(error).__name__}: {error}".split())
            print(f"FAIL {function.__name__} {why}", flush=True)
    sys.exit(1 if failed else 0)


# Expectations


def eq(actual, expected, what=""):
    if actual != expected:
        raise AssertionError(f"{what} is {actual!r}, expected {expected!r}".strip())


def has(actual, **expected):
    """Members of an answer that must have these values; others are not looked at."""
    different = {k: actual.get(k) for k, v in expected.items() if actual.get(k) != v}
    if different:
        raise AssertionError(f"has {different!r}, expected {({k: expected[k] for k in different})!r}")


def true(condition, what):
    if not condition:
        raise AssertionError(what)


def refused(code, call, says="", http_status=400, **parameters):
    """The call must be answered by this exception, or one of these, with this status and these words in its message."""
    codes = (code,) if isinstance(code, str) else code
    try:
        answer = call(**parameters)
    except ClientError as error:
        true(error.response["Error"]["Code"] in codes, f"refused with {error}, expected {code}")
        eq(error.response["ResponseMetadata"]["HTTPStatusCode"], http_status, "the HTTP status")
        message = error.response["Error"]["Message"]
        true(message, "the message is empty")
        true(says in message, f"the message is {message!r}, expected {says!r}")
        return error.response
    answer.pop("ResponseMetadata", None)
    raise AssertionError(f"it was not refused with {code}, but answered {answer!r}")


def failure(answer, arn, reason):
    """failures[] has exactly this one."""
    eq([(f.get("arn"), f.get("reason")) for f in answer["failures"]], [(arn, reason)], "failures")


def becomes(what, look, within_s=20):
    """Some things move by themselves: waits until `look` answers something true."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        seen = look()
        if seen:
            return seen
        time.sleep(0.05)
    raise AssertionError(f"not within {within_s} s: {what}")


def tags_of(tags):
    return {t["key"]: t["value"] for t in tags}


# Things to check with


def name(kind):
    """A name that no other check uses."""
    return f"{kind}-{next(NAMES)}"


def cluster(**parameters):
    """A new cluster; its name."""
    return ecs.create_cluster(clusterName=name("cluster"), **parameters)["cluster"]["clusterName"]


def container(**members):
    return {"name": "app", "image": "longshore/busybox:latest", "memory": 16, "essential": True, **members}


def task_definition(family=None, **members):
    """A new revision; the task definition as it was answered."""
    members.setdefault("containerDefinitions", [container()])
    return ecs.register_task_definition(family=family or name("family"), **members)["taskDefinition"]


def short(arn):
    return arn.rsplit("/", 1)[-1]


def pages(operation, key, size, **parameters):
    """All items of a boto3 paginator, whose pages must have at most so many each."""
    pages = ecs.get_paginator(operation).paginate(PaginationConfig={"PageSize": size}, **parameters)
    items = []
    for page in pages:
        true(len(page[key]) <= size, f"a page of {len(page[key])}, asked for {size}")
        items.extend(page[key])
    eq(len(items), len(set(map(str, items))), "the number of different items")
    return items


def page_by_page(operation, key, count, **parameters):
    """The paginator gives the same items whatever the size of its pages."""
    all_at_once = pages(operation, key, 100, **parameters)
    eq(len(all_at_once), count, f"the number of {key}")
    eq(pages(operation, key, 1, **parameters), all_at_once, "page by page")
    call = getattr(ecs, operation)
    first = call(maxResults=2, **parameters)
    eq(first[key], all_at_once[:2], "the first page")
    eq("nextToken" in first, count > 2, "whether there is a nextToken")
    refused("InvalidParameterException", call, nextToken="not a token", **parameters)
    for size in (0, 101):
        refused("InvalidParameterException", call, maxResults=size, **parameters)
