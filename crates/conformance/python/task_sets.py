"""CreateTaskSet, DescribeTaskSets, UpdateTaskSet, UpdateServicePrimaryTaskSet, DeleteTaskSet."""

import datetime

from agent import Agent
from suite import becomes, check, cluster, ecs, eq, failure, has, pages, refused, run, tags_of, task_definition, true

EXTERNAL = {"type": "EXTERNAL"}


def service(where, count=2, **members):
    return ecs.create_service(cluster=where, serviceName="web", desiredCount=count, deploymentController=EXTERNAL,
                              **members)["service"]


def task_set(where, percent=100.0, **members):
    members.setdefault("taskDefinition", task_definition()["taskDefinitionArn"])
    return ecs.create_task_set(cluster=where, service="web", scale={"value": percent, "unit": "PERCENT"},
                               **members)["taskSet"]


def described(where, made, **options):
    answer = ecs.describe_task_sets(cluster=where, service="web", taskSets=[made["taskSetArn"]], **options)
    return answer["taskSets"][0]


@check
def create_answers_a_task_set_as_ecs_shows_it():
    where = cluster()
    has(service(where), deploymentController=EXTERNAL, deployments=[], taskSets=[], desiredCount=2)
    made = task_set(where, 12.5, externalId="mine", tags=[{"key": "team", "value": "pier"}])
    has(made, status="ACTIVE", computedDesiredCount=1, pendingCount=0, runningCount=0, launchType="EC2",
        externalId="mine", scale={"value": 12.5, "unit": "PERCENT"}, stabilityStatus="STABILIZING",
        loadBalancers=[], serviceRegistries=[])
    true(made["id"].startswith("ecs-svc/"), made["id"])
    true(made["taskSetArn"].endswith(f":task-set/{where}/web/{made['id']}"), made["taskSetArn"])
    true(isinstance(made["createdAt"], datetime.datetime), "createdAt is no timestamp")
    eq(described(where, made).get("tags", []), [])
    eq(tags_of(described(where, made, include=["TAGS"])["tags"]), {"team": "pier"})


@check
def tasks_say_which_task_set_started_them():
    where = cluster()
    agent = Agent(where)
    service(where)
    made = task_set(where, 50.0)
    arn, = becomes("the task", lambda: pages("list_tasks", "taskArns", 100, cluster=where, startedBy=made["id"]))
    agent.runs(arn)
    has(ecs.describe_tasks(cluster=where, tasks=[arn])["tasks"][0], startedBy=made["id"], group="service:web")
    becomes("it runs", lambda: described(where, made)["runningCount"] == 1)


@check
def the_primary_task_set_gives_its_service_what_it_shows():
    where = cluster()
    service(where)
    old, new = task_set(where), task_set(where)
    for made, other in ((old, new), (new, old)):
        answer = ecs.update_service_primary_task_set(cluster=where, service="web", primaryTaskSet=made["id"])
        eq(answer["taskSet"]["status"], "PRIMARY")
        eq(described(where, other)["status"], "ACTIVE")
        shown = ecs.describe_services(cluster=where, services=["web"])["services"][0]
        eq(shown["taskDefinition"], made["taskDefinition"])
    refused("InvalidParameterException", ecs.delete_task_set, "Primary TaskSet cannot be deleted", cluster=where,
            service="web", taskSet=new["id"])


@check
def a_task_set_is_scaled_and_deleted():
    where = cluster()
    service(where)
    made = task_set(where)
    refused("InvalidParameterException", ecs.delete_task_set, cluster=where, service="web", taskSet=made["id"])
    scaled = ecs.update_task_set(cluster=where, service="web", taskSet=made["id"], scale={"value": 0, "unit": "PERCENT"})
    has(scaled["taskSet"], computedDesiredCount=0)
    eq(ecs.delete_task_set(cluster=where, service="web", taskSet=made["taskSetArn"])["taskSet"]["status"], "DRAINING")

    def gone():
        answer = ecs.describe_task_sets(cluster=where, service="web", taskSets=[made["id"]])
        return answer if not answer["taskSets"] else None
    failure(becomes("it is gone", gone), made["taskSetArn"], "MISSING")
    refused("TaskSetNotFoundException", ecs.delete_task_set, cluster=where, service="web", taskSet=made["id"])


@check
def other_controllers_have_no_task_sets():
    where = cluster()
    definition = task_definition()["taskDefinitionArn"]
    ecs.create_service(cluster=where, serviceName="web", desiredCount=0, taskDefinition=definition)
    refused("InvalidParameterException", ecs.create_task_set,
            "Amazon ECS only supports task set management on services configured to use external deployment controllers.",
            cluster=where, service="web", taskDefinition=definition)
    refused("InvalidParameterException", ecs.create_service, "TaskDefinition must be blank", cluster=where,
            serviceName="other", taskDefinition=definition, deploymentController=EXTERNAL)


run()
