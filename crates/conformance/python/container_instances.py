"""Container instances, their attributes, their state, and the attribute operations."""

import datetime

from agent import Agent, attributes, resources
from suite import (check, cluster, ecs, eq, failure, has, name, page_by_page, pages, refused, run, tags_of,
                   task_definition, true)


def values(instance):
    return {a["name"]: a.get("value") for a in instance["attributes"]}


def amounts(resources):
    return {r["name"]: r[{"INTEGER": "integerValue", "STRINGSET": "stringSetValue"}[r["type"]]] for r in resources}


@check
def register_echoes_attributes_and_resources():
    made = Agent(cluster(), connect=False, custom={"stack": "blue"}, cpu=2048, memory=4096, ports=["22", "2375"]).instance
    has(made, status="ACTIVE", runningTasksCount=0, pendingTasksCount=0)
    echoed = values(made)
    for given in attributes(stack="blue"):
        true(given["name"] in echoed, f"{given['name']} is not echoed")
        eq(echoed[given["name"]] or None, given.get("value"), given["name"])
    true("ecs.availability-zone" in echoed, "there is no ecs.availability-zone")
    for which in ("registeredResources", "remainingResources"):
        has(amounts(made[which]), CPU=2048, MEMORY=4096, PORTS=["22", "2375"], PORTS_UDP=[])
    eq(made["versionInfo"]["agentVersion"], "1.105.1")
    true(isinstance(made["registeredAt"], datetime.datetime), "registeredAt is no timestamp")
    eq(made["version"] >= 1, True, "version")


@check
def register_again_updates_the_same_instance():
    home = cluster()
    first = Agent(home, connect=False, custom={"stack": "blue"}).instance
    ecs.update_container_instances_state(cluster=home, containerInstances=[first["containerInstanceArn"]], status="DRAINING")
    again = ecs.register_container_instance(
        cluster=home, containerInstanceArn=first["containerInstanceArn"], totalResources=resources(cpu=4096),
        attributes=attributes(),
    )["containerInstance"]
    eq(again["containerInstanceArn"], first["containerInstanceArn"])
    eq(again["status"], "DRAINING")
    eq(values(again).get("stack"), "blue", "a custom attribute")
    eq(amounts(again["registeredResources"])["CPU"], 4096)
    eq(len(pages("list_container_instances", "containerInstanceArns", 100, cluster=home)), 1)


@check
def register_needs_a_cluster_that_is_there():
    refused("ClusterNotFoundException", ecs.register_container_instance, "Cluster not found.", cluster="nowhere",
            totalResources=resources(), attributes=attributes())


@check
def describe_tells_the_missing():
    home = cluster()
    made = Agent(home, connect=False).instance
    absent = made["containerInstanceArn"][:-32] + "0" * 32
    answer = ecs.describe_container_instances(
        cluster=home, containerInstances=[made["containerInstanceArn"], absent])
    eq([i["containerInstanceArn"] for i in answer["containerInstances"]], [made["containerInstanceArn"]])
    failure(answer, absent, "MISSING")
    by_id = ecs.describe_container_instances(
        cluster=home, containerInstances=[made["containerInstanceArn"].rsplit("/", 1)[-1]])
    eq(len(by_id["containerInstances"]), 1)
    refused("ClusterNotFoundException", ecs.describe_container_instances, "Cluster not found.", cluster="nowhere",
            containerInstances=[absent])
    refused("InvalidParameterException", ecs.describe_container_instances, cluster=home, containerInstances=[])


@check
def describe_shows_tags_if_asked():
    home = cluster()
    made = ecs.register_container_instance(
        cluster=home, totalResources=resources(), attributes=attributes(),
        tags=[{"key": "team", "value": "pier"}])["containerInstance"]
    ask = {"cluster": home, "containerInstances": [made["containerInstanceArn"]]}
    eq(ecs.describe_container_instances(**ask)["containerInstances"][0].get("tags", []), [])
    shown = ecs.describe_container_instances(include=["TAGS"], **ask)["containerInstances"][0]
    eq(tags_of(shown["tags"]), {"team": "pier"})


@check
def list_pages_and_filters_by_status():
    home = cluster()
    arns = sorted(Agent(home, connect=False).arn for _ in range(4))
    page_by_page("list_container_instances", "containerInstanceArns", 4, cluster=home)
    ecs.update_container_instances_state(cluster=home, containerInstances=[arns[0]], status="DRAINING")
    eq(pages("list_container_instances", "containerInstanceArns", 2, cluster=home, status="DRAINING"), arns[:1])
    eq(sorted(pages("list_container_instances", "containerInstanceArns", 2, cluster=home, status="ACTIVE")), arns[1:])
    ecs.deregister_container_instance(cluster=home, containerInstance=arns[0])
    eq(sorted(pages("list_container_instances", "containerInstanceArns", 2, cluster=home)), arns[1:])


@check
def list_filters_by_the_query_language():
    home = cluster()
    blue, green = (Agent(home, connect=False, custom={"stack": stack}).arn for stack in ("blue", "green"))
    def listed(expression):
        return set(pages("list_container_instances", "containerInstanceArns", 100, cluster=home, filter=expression))
    eq(listed("attribute:stack == blue"), {blue})
    eq(listed("attribute:stack != blue"), {green})
    eq(listed("attribute:stack in [blue, green]"), {blue, green})
    eq(listed("attribute:stack =~ b.*"), {blue})
    eq(listed("attribute:none exists"), set())
    eq(listed("not(attribute:stack == blue) and agentVersion >= 1.14.5"), {green})
    eq(listed("runningTasksCount == 0"), {blue, green})
    eq(listed("registeredAt > 2018-06-18T22:28:28+00:00"), {blue, green})
    refused("InvalidParameterException", ecs.list_container_instances, cluster=home, filter="attribute:stack ==")


@check
def state_goes_from_active_to_draining_and_back():
    home = cluster()
    arn = Agent(home, connect=False).arn
    for status in ("DRAINING", "ACTIVE"):
        answer = ecs.update_container_instances_state(cluster=home, containerInstances=[arn], status=status)
        eq([(i["containerInstanceArn"], i["status"]) for i in answer["containerInstances"]], [(arn, status)])
        eq(answer["failures"], [])
    absent = arn[:-32] + "0" * 32
    answer = ecs.update_container_instances_state(cluster=home, containerInstances=[absent], status="DRAINING")
    failure(answer, absent, "MISSING")
    refused("InvalidParameterException", ecs.update_container_instances_state, cluster=home,
            containerInstances=[arn] * 11, status="DRAINING")
    refused("InvalidParameterException", ecs.update_container_instances_state, cluster=home,
            containerInstances=[arn], status="DEREGISTERING")


@check
def deregister_needs_force_while_tasks_run():
    home = cluster()
    agent = Agent(home)
    task = ecs.run_task(cluster=home, taskDefinition=task_definition()["taskDefinitionArn"])["tasks"][0]["taskArn"]
    agent.runs(task)
    refused("InvalidParameterException", ecs.deregister_container_instance, cluster=home, containerInstance=agent.arn)
    gone = ecs.deregister_container_instance(cluster=home, containerInstance=agent.arn, force=True)["containerInstance"]
    eq(gone["status"], "INACTIVE")
    found = ecs.describe_container_instances(cluster=home, containerInstances=[agent.arn])["containerInstances"][0]
    eq((found["status"], found["agentConnected"]), ("INACTIVE", False))
    refused("InvalidParameterException", ecs.deregister_container_instance, cluster=home,
            containerInstance=agent.arn[:-32] + "0" * 32)


@check
def remaining_resources_fall_and_rise_with_tasks():
    home = cluster()
    agent = Agent(home, cpu=1000, memory=1000)
    definition = task_definition(containerDefinitions=[{
        "name": "app", "image": "i", "cpu": 100, "memory": 300, "memoryReservation": 200,
        "portMappings": [{"containerPort": 80, "hostPort": 8000}, {"containerPort": 53, "hostPort": 53, "protocol": "udp"}],
    }])["taskDefinitionArn"]
    def remaining():
        found = ecs.describe_container_instances(cluster=home, containerInstances=[agent.arn])["containerInstances"][0]
        return amounts(found["remainingResources"])
    task = ecs.run_task(cluster=home, taskDefinition=definition)["tasks"][0]["taskArn"]
    has(remaining(), CPU=900, MEMORY=800, PORTS_UDP=["53"])
    eq(sorted(remaining()["PORTS"]), ["22", "8000"])
    agent.runs(task)
    agent.stops(task)
    has(remaining(), CPU=1000, MEMORY=1000, PORTS=["22"], PORTS_UDP=[])


@check
def an_instance_is_connected_while_its_session_is_open():
    home = cluster()
    agent = Agent(home)
    def listed(connected):
        return pages("list_container_instances", "containerInstanceArns", 9, cluster=home, filter=f"agentConnected == {connected}")
    eq((listed("true"), listed("false")), ([agent.arn], []))
    agent.disconnect()
    eq((listed("true"), listed("false")), ([], [agent.arn]))


@check
def update_agent_needs_a_newer_version():
    home = cluster()
    arn = Agent(home, connect=False).arn
    refused("NoUpdateAvailableException", ecs.update_container_agent, cluster=home, containerInstance=arn)
    silent = ecs.register_container_instance(
        cluster=home, totalResources=resources(), attributes=attributes())["containerInstance"]["containerInstanceArn"]
    refused("MissingVersionException", ecs.update_container_agent, cluster=home, containerInstance=silent)


@check
def attributes_are_put_listed_and_deleted():
    home = cluster()
    one, two = Agent(home, connect=False).arn, Agent(home, connect=False).arn
    put = ecs.put_attributes(cluster=home, attributes=[
        {"name": "stack", "value": "blue", "targetType": "container-instance", "targetId": one},
        {"name": "flag", "targetType": "container-instance", "targetId": two},
    ])["attributes"]
    eq({(a["name"], a.get("value") or None) for a in put}, {("stack", "blue"), ("flag", None)})
    ecs.put_attributes(cluster=home, attributes=[{"name": "stack", "value": "green", "targetId": two}])
    listed = pages("list_attributes", "attributes", 1, cluster=home, targetType="container-instance", attributeName="stack")
    eq({(a["targetId"], a["value"]) for a in listed}, {(one, "blue"), (two, "green")})
    listed = ecs.list_attributes(cluster=home, targetType="container-instance", attributeName="stack", attributeValue="green")
    eq([a["targetId"] for a in listed["attributes"]], [two])
    ecs.delete_attributes(cluster=home, attributes=[{"name": "stack", "targetId": one}])
    listed = ecs.list_attributes(cluster=home, targetType="container-instance", attributeName="stack")
    eq([a["targetId"] for a in listed["attributes"]], [two])


@check
def attributes_page():
    home = cluster()
    arn = Agent(home, connect=False).arn
    ecs.put_attributes(cluster=home, attributes=[{"name": f"a{n}", "value": "v", "targetId": arn} for n in range(5)])
    count = len(pages("list_attributes", "attributes", 100, cluster=home, targetType="container-instance"))
    page_by_page("list_attributes", "attributes", count, cluster=home, targetType="container-instance")


@check
def attributes_are_refused_outside_the_rules():
    home = cluster()
    arn = Agent(home, connect=False).arn
    def bad(code="InvalidParameterException", **members):
        refused(code, ecs.put_attributes, cluster=home, attributes=[{"targetId": arn, **members}])
    bad(name="")
    bad(name="a b")
    bad(name="x" * 129)
    bad(name="a", value=" leading")
    bad(name="a", value="x" * 129)
    bad(name="ecs.mine", value="v")
    bad("TargetNotFoundException", name="a", targetId=arn[:-32] + "0" * 32)
    ecs.put_attributes(cluster=home, attributes=[{"name": f"a{n}", "targetId": arn} for n in range(10)])
    bad("AttributeLimitExceededException", name="one-more")
    refused("ClusterNotFoundException", ecs.put_attributes, cluster="nowhere", attributes=[{"name": "a", "targetId": arn}])
    refused("ClusterNotFoundException", ecs.list_attributes, cluster="nowhere", targetType="container-instance")


@check
def the_poll_endpoint_is_this_server():
    home = cluster()
    agent = Agent(home, connect=False)
    found = ecs.discover_poll_endpoint(cluster=home, containerInstance=agent.arn)
    for which in ("endpoint", "telemetryEndpoint"):
        true(found[which].startswith("http"), found[which])
    agent.connect()
    agent.disconnect()


run()
