"""CreateService, DescribeServices, ListServices, UpdateService, DeleteService."""

import datetime

from agent import Agent
from suite import (becomes, check, cluster, container, ecs, eq, failure, has, name, page_by_page, pages, refused, run, tags_of,
                   task_definition, true)


def service(where, service_name=None, count=0, **members):
    members.setdefault("taskDefinition", task_definition()["taskDefinitionArn"])
    if members.get("schedulingStrategy") != "DAEMON":
        members["desiredCount"] = count
    return ecs.create_service(cluster=where, serviceName=service_name or name("service"), **members)["service"]


def described(where, service_name, **options):
    return ecs.describe_services(cluster=where, services=[service_name], **options)["services"][0]


def tasks_of(where, service_name, count):
    def look():
        arns = pages("list_tasks", "taskArns", 100, cluster=where, serviceName=service_name)
        return (arns,) if len(arns) == count else None
    arns, = becomes(f"{service_name} has {count} tasks", look)
    return arns


@check
def create_answers_a_service_as_ecs_shows_it():
    where = cluster()
    made = service(where, "fresh", 2)
    has(made, serviceName="fresh", status="ACTIVE", desiredCount=2, runningCount=0, launchType="EC2",
        schedulingStrategy="REPLICA", deploymentController={"type": "ECS"}, loadBalancers=[], serviceRegistries=[],
        placementConstraints=[], enableECSManagedTags=False, enableExecuteCommand=False, propagateTags="NONE",
        placementStrategy=[])
    true(made["serviceArn"].endswith(f":service/{where}/fresh"), made["serviceArn"])
    has(made["deploymentConfiguration"], maximumPercent=200, minimumHealthyPercent=100)
    has(made["deploymentConfiguration"]["deploymentCircuitBreaker"], enable=False, rollback=False)
    deployment, = made["deployments"]
    has(deployment, status="PRIMARY", desiredCount=2, failedTasks=0, rolloutState="IN_PROGRESS",
        taskDefinition=made["taskDefinition"], rolloutStateReason=f"ECS deployment {deployment['id']} in progress.")
    true(deployment["id"].startswith("ecs-svc/"), deployment["id"])
    true(isinstance(made["createdAt"], datetime.datetime), "createdAt is no timestamp")
    true(made["createdBy"].startswith("arn:aws:"), made["createdBy"])


@check
def a_daemon_service_has_its_own_defaults():
    made = service(cluster(), schedulingStrategy="DAEMON")
    has(made, schedulingStrategy="DAEMON", desiredCount=0)
    has(made["deploymentConfiguration"], maximumPercent=100, minimumHealthyPercent=0)


@check
def create_again_is_idempotent_or_refused():
    where = cluster()
    definition = task_definition()["taskDefinitionArn"]
    first = service(where, "twice", 1, taskDefinition=definition)
    refused("InvalidParameterException", ecs.create_service, "Creation of service was not idempotent.", cluster=where,
            serviceName="twice", taskDefinition=definition, desiredCount=3)
    ask = {"cluster": where, "serviceName": "token", "taskDefinition": definition, "desiredCount": 1, "clientToken": "t"}
    first = ecs.create_service(**ask)["service"]
    eq(ecs.create_service(**ask)["service"]["serviceArn"], first["serviceArn"])
    eq(len(pages("list_services", "serviceArns", 100, cluster=where)), 2)


@check
def create_refuses_what_is_not_there_or_not_allowed():
    where = cluster()
    definition = task_definition()["taskDefinitionArn"]
    refused("ClusterNotFoundException", ecs.create_service, "Cluster not found.", cluster="nowhere", serviceName="s",
            taskDefinition=definition, desiredCount=1)
    refused("ClientException", ecs.create_service, cluster=where, serviceName="s", taskDefinition="nobody",
            desiredCount=1)
    def bad(**members):
        ask = {"cluster": where, "serviceName": "s", "taskDefinition": definition, "desiredCount": 1, **members}
        refused("InvalidParameterException", ecs.create_service, **{k: v for k, v in ask.items() if v is not None})
    bad(serviceName="a b")
    bad(serviceName="x" * 256)
    bad(desiredCount=-1)
    bad(desiredCount=None)
    bad(taskDefinition=None)
    bad(clientToken="x" * 37)
    bad(deploymentConfiguration={"maximumPercent": 100, "minimumHealthyPercent": 100})
    bad(deploymentConfiguration={"maximumPercent": 99})
    bad(deploymentConfiguration={"minimumHealthyPercent": -1})
    bad(schedulingStrategy="DAEMON", desiredCount=3)
    bad(placementStrategy=[{"type": "spread", "field": "attribute:"}] * 6)
    bad(placementStrategy=[{"type": "binpack", "field": "disk"}])
    bad(placementConstraints=[{"type": "memberOf", "expression": "nonsense"}])
    bad(placementConstraints=[{"type": "distinctInstance", "expression": "attribute:a exists"}])
    bad(healthCheckGracePeriodSeconds=-1)


@check
def describe_takes_names_and_arns_and_tells_the_missing():
    where = cluster()
    one, two = service(where, "one"), service(where, "two")
    answer = ecs.describe_services(cluster=where, services=["one", two["serviceArn"], "nobody"])
    eq({s["serviceName"] for s in answer["services"]}, {"one", "two"})
    failure(answer, one["serviceArn"].replace("/one", "/nobody"), "MISSING")
    refused("InvalidParameterException", ecs.describe_services, cluster=where, services=[])
    refused("InvalidParameterException", ecs.describe_services, cluster=where, services=["s%d" % n for n in range(11)])
    refused("ClusterNotFoundException", ecs.describe_services, "Cluster not found.", cluster="nowhere", services=["s"])


@check
def list_pages_and_filters():
    where = cluster()
    arns = [service(where, f"s{n:02}")["serviceArn"] for n in range(12)]
    daemon = service(where, "x-daemon", schedulingStrategy="DAEMON")["serviceArn"]
    first = ecs.list_services(cluster=where)
    eq(len(first["serviceArns"]), 10, "the first page without maxResults")
    page_by_page("list_services", "serviceArns", 13, cluster=where)
    eq(pages("list_services", "serviceArns", 9, cluster=where, schedulingStrategy="DAEMON"), [daemon])
    eq(set(pages("list_services", "serviceArns", 9, cluster=where, schedulingStrategy="REPLICA")), set(arns))
    eq(len(pages("list_services", "serviceArns", 9, cluster=where, launchType="EC2")), 13)
    eq(pages("list_services", "serviceArns", 9, cluster=where, launchType="FARGATE"), [])
    refused("ClusterNotFoundException", ecs.list_services, "Cluster not found.", cluster="nowhere")


@check
def tasks_of_a_service_say_so():
    where = cluster()
    agent = Agent(where)
    made = service(where, "web", 2, enableECSManagedTags=True, propagateTags="SERVICE",
                   tags=[{"key": "team", "value": "pier"}])
    arns = tasks_of(where, "web", 2)
    for task in ecs.describe_tasks(cluster=where, tasks=arns, include=["TAGS"])["tasks"]:
        has(task, group="service:web", startedBy=made["deployments"][0]["id"])
        eq(tags_of(task["tags"]), {"team": "pier", "aws:ecs:clusterName": where, "aws:ecs:serviceName": "web"})
    eq(set(pages("list_tasks", "taskArns", 9, cluster=where, startedBy=made["deployments"][0]["id"])), set(arns))
    for task in arns:
        agent.runs(task)
    has(described(where, "web"), runningCount=2, pendingCount=0)
    events = [e["message"] for e in described(where, "web")["events"]]
    true(any(m.startswith("(service web) has started 2 tasks: (task ") for m in events), str(events))


@check
def a_stopped_task_is_replaced_and_scaling_stops_the_surplus():
    where = cluster()
    agent = Agent(where)
    service(where, "web", 2)
    first, second = tasks_of(where, "web", 2)
    agent.runs(first)
    agent.runs(second)
    agent.stops(first, code=1)
    replaced = becomes("a third task", lambda: set(
        pages("list_tasks", "taskArns", 9, cluster=where, serviceName="web")) - {first, second})
    third, = replaced
    agent.runs(third)
    ecs.update_service(cluster=where, service="web", desiredCount=0)
    tasks_of(where, "web", 0)
    for task in (second, third):
        agent.payload(task, "STOPPED")
        stopping = ecs.describe_tasks(cluster=where, tasks=[task])["tasks"][0]
        has(stopping, desiredStatus="STOPPED", stopCode="ServiceSchedulerInitiated")
        true(stopping["stoppedReason"].startswith("Scaling activity initiated by (deployment ecs-svc/"), stopping["stoppedReason"])
        agent.stops(task)
    has(described(where, "web"), runningCount=0, desiredCount=0)


@check
def an_update_with_a_new_definition_is_a_deployment():
    where = cluster()
    family = name("family")
    one, two = (task_definition(family=family)["taskDefinitionArn"] for _ in range(2))
    before = service(where, "web", 1, taskDefinition=one)
    updated = ecs.update_service(cluster=where, service="web", taskDefinition=family)["service"]
    eq(updated["taskDefinition"], two)
    eq([(d["status"], d["taskDefinition"]) for d in updated["deployments"]], [("PRIMARY", two), ("ACTIVE", one)])
    eq(updated["deployments"][1]["id"], before["deployments"][0]["id"])
    forced = ecs.update_service(cluster=where, service="web", forceNewDeployment=True)["service"]
    true(forced["deployments"][0]["id"] != updated["deployments"][0]["id"], "no new deployment")
    eq(forced["taskDefinition"], two)


@check
def an_update_without_one_is_not():
    where = cluster()
    made = service(where, "web", 0, placementStrategy=[{"type": "random"}])
    updated = ecs.update_service(
        cluster=where, service="web", desiredCount=3, healthCheckGracePeriodSeconds=7, propagateTags="SERVICE",
        deploymentConfiguration={"maximumPercent": 150, "minimumHealthyPercent": 50})["service"]
    has(updated, desiredCount=3, healthCheckGracePeriodSeconds=7, propagateTags="SERVICE",
        placementStrategy=[{"type": "random"}])
    has(updated["deploymentConfiguration"], maximumPercent=150, minimumHealthyPercent=50)
    eq([d["id"] for d in updated["deployments"]], [made["deployments"][0]["id"]])
    # What is left out stays; an empty list clears.
    updated = ecs.update_service(cluster=where, service="web", placementStrategy=[])["service"]
    has(updated, placementStrategy=[], desiredCount=3)


@check
def update_refuses_what_is_not_there_or_not_allowed():
    where = cluster()
    service(where, "web")
    refused("ServiceNotFoundException", ecs.update_service, cluster=where, service="nobody", desiredCount=1)
    refused("ClusterNotFoundException", ecs.update_service, "Cluster not found.", cluster="nowhere", service="web")
    refused("ClientException", ecs.update_service, cluster=where, service="web", taskDefinition="nobody")
    refused("InvalidParameterException", ecs.update_service, cluster=where, service="web", desiredCount=-1)
    ecs.delete_service(cluster=where, service="web")
    refused("ServiceNotActiveException", ecs.update_service, "Service was not ACTIVE.", cluster=where, service="web",
            desiredCount=1)


@check
def delete_drains_then_leaves_an_inactive_service():
    where = cluster()
    agent = Agent(where)
    service(where, "web", 1)
    task, = tasks_of(where, "web", 1)
    agent.runs(task)
    refused("InvalidParameterException", ecs.delete_service, "The service cannot be stopped while it is scaled above 0.",
            cluster=where, service="web")
    deleted = ecs.delete_service(cluster=where, service="web", force=True)["service"]
    has(deleted, status="DRAINING", desiredCount=0)
    eq(pages("list_services", "serviceArns", 9, cluster=where), [])
    agent.payload(task, "STOPPED")
    agent.stops(task)
    ecs.get_waiter("services_inactive").wait(cluster=where, services=["web"])
    has(described(where, "web"), status="INACTIVE", runningCount=0)
    refused("ServiceNotFoundException", ecs.delete_service, cluster=where, service="nobody")
    eq(service(where, "web")["status"], "ACTIVE")


@check
def the_services_stable_waiter_sees_a_stable_service():
    where = cluster()
    agent = Agent(where)
    service(where, "web", 1)
    task, = tasks_of(where, "web", 1)
    agent.runs(task)
    ecs.get_waiter("services_stable").wait(cluster=where, services=["web"])
    has(described(where, "web"), runningCount=1)


@check
def tags_are_shown_if_asked():
    where = cluster()
    service(where, "web", tags=[{"key": "team", "value": "pier"}])
    eq(described(where, "web").get("tags", []), [])
    eq(tags_of(described(where, "web", include=["TAGS"])["tags"]), {"team": "pier"})


@check
def nowhere_to_go_is_an_event():
    where = cluster()
    service(where, "web", 1)
    expected = ("(service web) was unable to place a task because no container instance met all of its requirements. "
                "Reason: No Container Instances were found in your cluster. For more information, see the "
                "Troubleshooting section of the Amazon ECS Developer Guide.")
    becomes("the event", lambda: [e for e in described(where, "web")["events"] if e["message"] == expected])


run()
