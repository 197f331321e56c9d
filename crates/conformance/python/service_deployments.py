"""ListServiceDeployments, DescribeServiceDeployments, DescribeServiceRevisions, StopServiceDeployment,
ContinueServiceDeployment, and what CreateService and UpdateService take of deployments."""

import datetime

from agent import Agent
from suite import becomes, check, cluster, container, ecs, eq, failure, has, refused, run, task_definition, true

ROLLING = {"minimumHealthyPercent": 100, "maximumPercent": 200}


def revision(family, version):
    """A revision of the family that differs from the others."""
    return task_definition(family, containerDefinitions=[container(command=["true", version])])["taskDefinitionArn"]


def service(where, configuration=None, count=1, **members):
    return ecs.create_service(cluster=where, serviceName="web", desiredCount=count, taskDefinition=revision(where, "1"),
                              deploymentConfiguration=configuration or ROLLING, **members)["service"]


def update(where, **members):
    return ecs.update_service(cluster=where, service="web", **members)["service"]


def listed(where, **members):
    return ecs.list_service_deployments(cluster=where, service="web", **members)["serviceDeployments"]


def described(arn):
    found, = ecs.describe_service_deployments(serviceDeploymentArns=[arn])["serviceDeployments"]
    return found


def newest(where):
    return described(listed(where)[0]["serviceDeploymentArn"])


def status(where, *wanted):
    """Waits for the newest service deployment to have one of these statuses."""
    def look():
        found = newest(where)
        return found if found["status"] in wanted else None
    return becomes(f"the newest service deployment is {wanted}", look)


def runs(where, agent, seen):
    """Starts every task that the agent was sent and has not seen yet; whether there was one."""
    arns = ecs.list_tasks(cluster=where, serviceName="web")["taskArns"]
    new = [arn for arn in arns if arn not in seen]
    for arn in new:
        agent.runs(arn)
        seen.add(arn)
    return bool(new)


def stops(agent):
    """Stops every task that the agent was told to stop."""
    for task in agent.payloads:
        if task["desiredStatus"] == "STOPPED":
            agent.stops(task["arn"])


def completed(where, agent, count=1):
    seen = set()
    becomes("the first task is there", lambda: runs(where, agent, seen))
    status(where, "SUCCESSFUL")
    return seen


@check
def a_service_deployment_is_what_ecs_shows():
    where = cluster()
    made = service(where)
    found = newest(where)
    has(found, clusterArn=made["clusterArn"], serviceArn=made["serviceArn"], sourceServiceRevisions=[])
    has(found["deploymentConfiguration"], **ROLLING, strategy="ROLLING")
    has(found["deploymentCircuitBreaker"], status="DISABLED", failureCount=0)
    true(found["status"] in ("PENDING", "IN_PROGRESS"), found["status"])
    true(isinstance(found["createdAt"], datetime.datetime), "createdAt is no timestamp")
    target = found["targetServiceRevision"]
    has(target, requestedTaskCount=1, runningTaskCount=0)
    shown = ecs.describe_services(cluster=where, services=["web"])["services"][0]
    eq(shown["currentServiceDeployment"], found["serviceDeploymentArn"])
    answer, = ecs.describe_service_revisions(serviceRevisionArns=[target["arn"]])["serviceRevisions"]
    has(answer, serviceArn=made["serviceArn"], clusterArn=made["clusterArn"], taskDefinition=made["taskDefinition"],
        launchType="EC2")


@check
def an_update_has_the_revision_before_as_its_source():
    where = cluster()
    agent = Agent(where)
    service(where)
    completed(where, agent)
    first = newest(where)
    has(first["targetServiceRevision"], runningTaskCount=1, pendingTaskCount=0)
    update(where, taskDefinition=revision(where, "2"))
    second = newest(where)
    source, = second["sourceServiceRevisions"]
    eq(source["arn"], first["targetServiceRevision"]["arn"])
    eq([d["serviceDeploymentArn"] for d in listed(where)],
       [second["serviceDeploymentArn"], first["serviceDeploymentArn"]])
    eq([d["serviceDeploymentArn"] for d in listed(where, status=["SUCCESSFUL"])], [first["serviceDeploymentArn"]])


@check
def lists_go_page_by_page_and_by_time():
    where = cluster()
    service(where, count=0)
    for number in range(3):
        update(where, taskDefinition=revision(where, str(number + 2)))
    everything = listed(where)
    eq(len(everything), 4)
    token, one_by_one = {}, []
    while True:
        page = ecs.list_service_deployments(cluster=where, service="web", maxResults=1, **token)
        one_by_one += page["serviceDeployments"]
        if "nextToken" not in page:
            break
        token = {"nextToken": page["nextToken"]}
    eq([d["serviceDeploymentArn"] for d in one_by_one], [d["serviceDeploymentArn"] for d in everything])
    before = everything[-1]["createdAt"] - datetime.timedelta(hours=1)
    eq(listed(where, createdAt={"before": before}), [])
    eq(len(listed(where, createdAt={"after": before})), 4)
    refused("InvalidParameterException", ecs.list_service_deployments, cluster=where, service="web", nextToken="none")


@check
def a_deployment_is_aborted():
    where = cluster()
    service(where)
    arn = newest(where)["serviceDeploymentArn"]
    eq(ecs.stop_service_deployment(serviceDeploymentArn=arn, stopType="ABORT")["serviceDeploymentArn"], arn)
    found = status(where, "STOPPED")
    true(isinstance(found["stoppedAt"], datetime.datetime), "stoppedAt is no timestamp")
    refused("ConflictException", ecs.stop_service_deployment, serviceDeploymentArn=arn, stopType="ABORT")


@check
def a_deployment_is_rolled_back():
    where = cluster()
    agent = Agent(where)
    service(where)
    completed(where, agent)
    first = newest(where)
    update(where, taskDefinition=revision(where, "2"))
    arn = newest(where)["serviceDeploymentArn"]
    ecs.stop_service_deployment(serviceDeploymentArn=arn)

    def back():
        stops(agent)
        found = described(arn)
        return found if found["status"] == "ROLLBACK_SUCCESSFUL" else None
    found = becomes("it is rolled back", back)
    eq(found["rollback"]["serviceRevisionArn"], first["targetServiceRevision"]["arn"])
    shown = ecs.describe_services(cluster=where, services=["web"])["services"][0]
    true(shown["taskDefinition"].endswith(":1"), shown["taskDefinition"])


@check
def what_is_not_there_is_missing_or_not_found():
    where = cluster()
    arn = service(where)["serviceArn"].replace(":service/", ":service-deployment/") + "/abcdefghijklmnopqrstu"
    failure(ecs.describe_service_deployments(serviceDeploymentArns=[arn]), arn, "MISSING")
    refused("ServiceDeploymentNotFoundException", ecs.stop_service_deployment, serviceDeploymentArn=arn)
    of_revision = arn.replace(":service-deployment/", ":service-revision/").rsplit("/", 1)[0] + "/1234567890123456789"
    failure(ecs.describe_service_revisions(serviceRevisionArns=[of_revision]), of_revision, "MISSING")
    refused("ServiceNotFoundException", ecs.list_service_deployments, cluster=where, service="nobody")


@check
def a_paused_blue_green_deployment_is_continued():
    where = cluster()
    agent = Agent(where)
    service(where, {"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 0})
    seen = completed(where, agent)
    pause = {"targetType": "PAUSE", "lifecycleStages": ["POST_SCALE_UP"],
             "timeoutConfiguration": {"timeoutInMinutes": 5, "action": "CONTINUE"}}
    update(where, taskDefinition=revision(where, "2"), deploymentConfiguration={"lifecycleHooks": [pause]})

    def paused():
        runs(where, agent, seen)
        found = newest(where)
        waiting = [h for h in found.get("lifecycleHookDetails", []) if h["status"] == "AWAITING_ACTION"]
        return (found, waiting) if waiting else None
    found, (hook,) = becomes("it is paused", paused)
    has(found, lifecycleStage="POST_SCALE_UP", status="IN_PROGRESS")
    has(found["deploymentConfiguration"], strategy="BLUE_GREEN", bakeTimeInMinutes=0)
    arn = found["serviceDeploymentArn"]
    refused("InvalidParameterException", ecs.continue_service_deployment, serviceDeploymentArn=arn, hookId="another")
    eq(ecs.continue_service_deployment(serviceDeploymentArn=arn, hookId=hook["hookId"])["serviceDeploymentArn"], arn)

    def stopped():
        stops(agent)
        found = described(arn)
        return found if found["status"] == "SUCCESSFUL" else None
    has(becomes("it is successful", stopped)["targetServiceRevision"], requestedProductionTrafficWeight=100.0)


@check
def alarms_and_the_breaker_are_shown_as_given():
    configuration = {
        **ROLLING, "deploymentCircuitBreaker": {"enable": True, "rollback": True},
        "alarms": {"alarmNames": ["errors"], "enable": True, "rollback": True},
    }
    where = cluster()
    made = service(where, configuration)["deploymentConfiguration"]
    has(made, alarms=configuration["alarms"])
    has(made["deploymentCircuitBreaker"], enable=True, rollback=True)
    found = newest(where)
    has(found["alarms"], alarmNames=["errors"], status="MONITORING")
    has(found["deploymentCircuitBreaker"], status="MONITORING")


@check
def what_does_not_go_together_is_refused():
    where = cluster()
    definition = revision(where, "1")
    wrong = [
        {"minimumHealthyPercent": 100, "maximumPercent": 100},
        {"minimumHealthyPercent": 101},
        {"maximumPercent": 99},
        {"bakeTimeInMinutes": 1441},
        {"alarms": {"alarmNames": [], "enable": True, "rollback": False}},
        {"strategy": "CANARY", "canaryConfiguration": {"canaryPercent": 101.0}},
        {"strategy": "LINEAR", "linearConfiguration": {"stepPercent": 2.0}},
        {"strategy": "BLUE_GREEN", "deploymentCircuitBreaker": {"enable": True, "rollback": False}},
    ]
    for configuration in wrong:
        refused("InvalidParameterException", ecs.create_service, cluster=where, serviceName="web", desiredCount=0,
                taskDefinition=definition, deploymentConfiguration=configuration)


run()
