"""AWS JSON 1.1: operations that are not there, bodies of wrong shape, answers in the right one."""

import json

import boto3

from raw import JSON, answers, call, read, request, send, sign
from suite import check, cluster, container, ecs, eq, name, run, task_definition, true


@check
def an_unknown_operation():
    answers(call("SinkShip", {}), 400, "UnknownOperationException")
    answers(send(sign(request(X_Amz_Target="AnotherServiceV20141113.ListClusters"))), 400, "UnknownOperationException")
    answers(send(sign(request(X_Amz_Target=None))), 400, "UnknownOperationException")


@check
def every_operation_of_the_model_is_answered_and_never_by_a_fault():
    model = boto3.Session()._session.get_service_model("ecs")
    for operation in model.operation_names:
        status, code, members = call(operation, {})
        true(status in (200, 400), f"{operation}: {status} {code} {members}")
        true(code not in ("UnknownOperationException", "ServerException", "InternalFailure"), f"{operation}: {code} {members}")


@check
def an_operation_without_a_handler_is_named():
    for operation, body in (("CreateExpressGatewayService", {"executionRoleArn": "r", "infrastructureRoleArn": "r", "primaryContainer": {"image": "i"}}),
                            ("ListDaemons", {})):
        status, code, members = call(operation, body)
        eq(status, 400, operation)
        true(operation in members.get("message", ""), f"{operation}: {members}")


@check
def the_body_must_be_json_of_the_right_types():
    for body in ("", "{", "nonsense", "[]", "1", '{"maxResults": }'):
        if body:
            answers(call("ListClusters", body), 400, "SerializationException")
    for body in ({"maxResults": "many"}, {"maxResults": [1]}, {"nextToken": 5}, {"nextToken": {}}):
        answers(call("ListClusters", body), 400, "SerializationException")
    answers(call("DescribeClusters", {"clusters": "one"}), 400, "SerializationException")
    answers(call("CreateCluster", {"tags": {"a": "b"}}), 400, "SerializationException")
    answers(call("RunTask", {"taskDefinition": "a", "enableECSManagedTags": "yes"}), 400, "SerializationException")


@check
def an_empty_body_is_an_empty_request():
    eq(call("ListClusters", "")[0], 200, "the status")


@check
def unknown_members_are_ignored():
    status, code, members = call("CreateCluster", {"clusterName": "unknown-members", "novelty": {"deep": [1]}})
    eq((status, code), (200, ""), "the answer")
    eq(members["cluster"]["clusterName"], "unknown-members")


@check
def null_is_as_good_as_absent():
    status, _, members = call("CreateCluster", {"clusterName": "nulls", "tags": None, "settings": None})
    eq((status, members.get("cluster", {}).get("clusterName")), (200, "nulls"))


@check
def required_members_are_required():
    for operation, body in (("DeleteCluster", {}), ("RegisterTaskDefinition", {"containerDefinitions": []}),
                            ("StopTask", {}), ("TagResource", {"resourceArn": "a"}), ("DescribeTasks", {}),
                            ("CreateCluster", {"settings": [{"name": "containerInsights"}], "tags": [{"value": "v"}]})):
        status, code, members = call(operation, body)
        true(status == 400 and code in ("InvalidParameterException", "ClientException", "ValidationException"),
             f"{operation}: {status} {code} {members}")


@check
def values_outside_an_enumeration_are_refused():
    for operation, body in (
        ("ListTasks", {"desiredStatus": "FLOATING"}),
        ("ListTaskDefinitions", {"sort": "SIDEWAYS"}),
        ("CreateService", {"serviceName": "s", "taskDefinition": "t", "schedulingStrategy": "MAYBE"}),
        ("RegisterTaskDefinition", {"family": "f", "networkMode": "pigeon", "containerDefinitions": [container()]}),
        ("DescribeClusters", {"include": ["EVERYTHING"]}),
    ):
        cluster()
        ecs.create_cluster()
        status, code, members = call(operation, body)
        true(status == 400 and code in ("InvalidParameterException", "ClientException"),
             f"{operation}: {status} {code} {members}")


@check
def answers_are_json_with_a_request_id():
    status, headers, data = send(sign(request("CreateCluster", json.dumps({"clusterName": "answers"}))))
    eq((status, headers["Content-Type"]), (200, JSON), "status and type")
    true(headers["x-amzn-RequestId"], "there is no x-amzn-RequestId")
    eq(json.loads(data)["cluster"]["status"], "ACTIVE")
    _, headers, _ = send(sign(request("SinkShip")))
    eq(headers["Content-Type"], JSON, "the type of an error")
    true(headers["x-amzn-RequestId"], "an error has no x-amzn-RequestId")


@check
def timestamps_are_seconds_since_the_epoch():
    made = call("RegisterTaskDefinition", {"family": name("family"), "containerDefinitions": [container()]})[2]
    at = made["taskDefinition"]["registeredAt"]
    true(isinstance(at, (int, float)) and 1e9 < at < 1e10, f"registeredAt is {at!r}")


@check
def long_and_strange_texts_survive():
    text = "ahoy \u2693 \U0001f6a2 \\ \" \n \u0000 </x>" + "x" * 20_000
    environment = [{"name": "TEXT", "value": text.replace("\u0000", "")}]
    made = task_definition(containerDefinitions=[container(environment=environment)])
    found = ecs.describe_task_definition(taskDefinition=made["taskDefinitionArn"])["taskDefinition"]
    eq(found["containerDefinitions"][0]["environment"], environment)


@check
def other_methods_and_paths_are_not_the_api():
    for method, path in (("GET", "/"), ("PUT", "/"), ("POST", "/elsewhere")):
        status = send(sign(request()), method=method, path=path)[0]
        true(400 <= status < 500, f"{method} {path}: {status}")


run()
