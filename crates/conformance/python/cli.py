"""The aws CLI as users type it: shorthand, paging, queries, waiters, exit codes."""

import json
import subprocess

from agent import Agent
from suite import becomes, check, cluster, ecs, eq, run, short, task_definition, true


def aws(*arguments, codes=(0,)):
    done = subprocess.run(["aws", "--output", "json", "ecs", *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    true(done.returncode in codes, f"{arguments} left with {done.returncode} ({done.stderr.strip()})")
    return json.loads(done.stdout) if 0 in codes and done.stdout.strip() else done.stderr


@check
def a_service_by_shorthand():
    where = cluster()
    aws("register-task-definition", "--family", "cli", "--network-mode", "bridge", "--container-definitions",
        "name=app,image=longshore/busybox:latest,memory=16,portMappings=[{containerPort=80}]")
    made = aws("create-service", "--cluster", where, "--service-name", "web", "--task-definition", "cli",
               "--desired-count", "1", "--deployment-configuration", "maximumPercent=150,minimumHealthyPercent=50",
               "--placement-strategy", "type=spread,field=attribute:ecs.availability-zone")["service"]
    eq(made["deploymentConfiguration"]["maximumPercent"], 150)
    eq(made["placementStrategy"], [{"type": "spread", "field": "attribute:ecs.availability-zone"}])
    aws("delete-service", "--cluster", where, "--service", "web", "--force")
    def gone():
        return ecs.describe_services(cluster=where, services=["web"])["services"][0]["status"] == "INACTIVE"
    becomes("the service is INACTIVE", gone)
    aws("wait", "services-inactive", "--cluster", where, "--services", "web")


@check
def tasks_and_waiters():
    where = cluster()
    agent = Agent(where)
    definition = task_definition()["taskDefinitionArn"]
    task = aws("run-task", "--cluster", where, "--task-definition", definition)["tasks"][0]["taskArn"]
    agent.runs(task)
    aws("wait", "tasks-running", "--cluster", where, "--tasks", task)
    aws("stop-task", "--cluster", where, "--task", short(task), "--reason", "done")
    agent.payload(task, "STOPPED")
    agent.stops(task)
    aws("wait", "tasks-stopped", "--cluster", where, "--tasks", task)
    # The waiter for running tasks gives up at once on a stopped one.
    aws("wait", "tasks-running", "--cluster", where, "--tasks", task, codes=(255,))


@check
def lists_page_by_themselves():
    where = cluster()
    Agent(where)
    ecs.run_task(cluster=where, taskDefinition=task_definition()["taskDefinitionArn"], count=5)
    eq(len(aws("list-tasks", "--cluster", where, "--page-size", "2")["taskArns"]), 5)
    cut = aws("list-tasks", "--cluster", where, "--max-items", "3")
    eq(len(cut["taskArns"]), 3)
    rest = aws("list-tasks", "--cluster", where, "--starting-token", cut["NextToken"])
    eq(len(rest["taskArns"]), 2)


@check
def errors_are_written():
    # Version 1 leaves with 255, version 2 with 254.
    message = aws("describe-services", "--cluster", "nowhere", "--services", "s", codes=(254, 255))
    true("(ClusterNotFoundException)" in message and "Cluster not found." in message, message)


run()
