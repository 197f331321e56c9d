"""RunTask, StartTask, StopTask, DescribeTasks, ListTasks, and the reports of agents."""

import datetime

from agent import Agent
from suite import (check, cluster, container, ecs, eq, failure, has, name, page_by_page, pages, refused, run, short,
                   tags_of, task_definition, true)


def home(**sizes):
    """A cluster with one instance."""
    made = cluster()
    return made, Agent(made, **sizes)


def described(cluster, task, **options):
    return ecs.describe_tasks(cluster=cluster, tasks=[task], **options)["tasks"][0]


def listed(cluster, **filters):
    return set(pages("list_tasks", "taskArns", 100, cluster=cluster, **filters))


@check
def run_task_answers_a_task_on_its_way():
    where, agent = home()
    definition = task_definition()
    answer = ecs.run_task(cluster=where, taskDefinition=definition["family"])
    eq(answer["failures"], [])
    task, = answer["tasks"]
    has(task, lastStatus="PENDING", desiredStatus="RUNNING", launchType="EC2", version=1, cpu="0", memory="16",
        taskDefinitionArn=definition["taskDefinitionArn"], containerInstanceArn=agent.arn,
        group="family:" + definition["family"], connectivity="CONNECTED", enableExecuteCommand=False,
        overrides={"containerOverrides": [{"name": "app"}], "inferenceAcceleratorOverrides": []})
    true(f":task/{where}/" in task["taskArn"] and len(short(task["taskArn"])) == 32, task["taskArn"])
    true(task["clusterArn"].endswith(":cluster/" + where), task["clusterArn"])
    true(isinstance(task["createdAt"], datetime.datetime), "createdAt is no timestamp")
    shown, = task["containers"]
    has(shown, name="app", lastStatus="PENDING", taskArn=task["taskArn"], image="longshore/busybox:latest",
        networkInterfaces=[], cpu="0", memory="16")
    true(f":container/{where}/{short(task['taskArn'])}/" in shown["containerArn"], shown["containerArn"])
    sent = agent.payload(task["taskArn"])
    has(sent, family=definition["family"], version="1", desiredStatus="RUNNING")
    has(sent["containers"][0], name="app", image="longshore/busybox:latest", memory=16, essential=True)


@check
def a_task_goes_from_pending_to_running_to_stopped():
    where, agent = home()
    task = ecs.run_task(cluster=where, taskDefinition=task_definition()["taskDefinitionArn"])["tasks"][0]["taskArn"]
    agent.runs(task)
    ecs.get_waiter("tasks_running").wait(cluster=where, tasks=[task])
    running = described(where, task)
    has(running, lastStatus="RUNNING", desiredStatus="RUNNING")
    true(running["startedAt"] >= running["createdAt"], "it started before it was made")
    has(running["containers"][0], lastStatus="RUNNING", runtimeId="0" * 64,
        networkBindings=[{"bindIP": "0.0.0.0", "containerPort": 8080, "hostPort": 32768, "protocol": "tcp"}])
    agent.stops(task, code=7)
    ecs.get_waiter("tasks_stopped").wait(cluster=where, tasks=[task])
    stopped = described(where, task)
    has(stopped, lastStatus="STOPPED", desiredStatus="STOPPED", stopCode="EssentialContainerExited",
        stoppedReason="Essential container in task exited")
    true(stopped["version"] > running["version"], "the version has not risen")
    true(stopped["stoppedAt"] >= stopped["startedAt"], "it stopped before it started")
    has(stopped["containers"][0], lastStatus="STOPPED", exitCode=7)


@check
def late_and_repeated_reports_change_nothing():
    where, agent = home()
    task = ecs.run_task(cluster=where, taskDefinition=task_definition()["taskDefinitionArn"])["tasks"][0]["taskArn"]
    agent.runs(task)
    agent.stops(task, code=3)
    before = described(where, task)
    agent.report(task, "RUNNING")
    agent.stops(task, code=0)
    eq(described(where, task), before)
    # Amazon's agent asks again for ever unless it is told that all is well.
    agent.report(task[:-32] + "0" * 32, "STOPPED")
    ecs.submit_container_state_change(cluster=where, task=task, containerName="app", status="STOPPED", exitCode=1)
    eq(described(where, task), before)
    ecs.submit_attachment_state_changes(cluster=where, attachments=[])


@check
def a_task_that_never_ran_failed_to_start():
    where, agent = home()
    task = ecs.run_task(cluster=where, taskDefinition=task_definition()["taskDefinitionArn"])["tasks"][0]["taskArn"]
    agent.payload(task)
    why = "CannotPullContainerError: Error response from daemon: manifest unknown"
    agent.report(task, "STOPPED", [{"containerName": "app", "status": "STOPPED", "reason": why}])
    stopped = described(where, task)
    has(stopped, lastStatus="STOPPED", stopCode="TaskFailedToStart")
    true("startedAt" not in stopped, "it has startedAt")
    has(stopped["containers"][0], reason=why)


@check
def stop_task_is_a_wish_until_the_agent_reports():
    where, agent = home()
    task = ecs.run_task(cluster=where, taskDefinition=task_definition()["taskDefinitionArn"])["tasks"][0]["taskArn"]
    agent.runs(task)
    answer = ecs.stop_task(cluster=where, task=short(task), reason="enough")["task"]
    has(answer, taskArn=task, desiredStatus="STOPPED", stoppedReason="enough", stopCode="UserInitiated")
    true(answer["lastStatus"] != "STOPPED", "it is STOPPED before its container is")
    agent.payload(task, "STOPPED")
    agent.stops(task, code=0)
    has(described(where, task), lastStatus="STOPPED", stoppedReason="enough", stopCode="UserInitiated")
    again = ecs.stop_task(cluster=where, task=task, reason="other")["task"]
    has(again, lastStatus="STOPPED", stoppedReason="enough")
    second = ecs.run_task(cluster=where, taskDefinition=task_definition()["taskDefinitionArn"])["tasks"][0]["taskArn"]
    has(ecs.stop_task(cluster=where, task=second)["task"], stoppedReason="Task stopped by user")
    refused("InvalidParameterException", ecs.stop_task, "The referenced task was not found.", cluster=where,
            task=task[:-32] + "0" * 32)
    refused("ClusterNotFoundException", ecs.stop_task, "Cluster not found.", cluster="nowhere", task=task)


@check
def overrides_are_shown_and_sent():
    where, agent = home()
    definition = task_definition(containerDefinitions=[container(
        environment=[{"name": "KEPT", "value": "1"}, {"name": "CHANGED", "value": "old"}])])
    override = {"name": "app", "command": ["other"], "environment": [{"name": "CHANGED", "value": "new"}], "cpu": 5,
                "memory": 32}
    task = ecs.run_task(cluster=where, taskDefinition=definition["taskDefinitionArn"],
                        overrides={"containerOverrides": [override]})["tasks"][0]
    has(task["overrides"]["containerOverrides"][0], **override)
    has(task, memory="32")
    sent = agent.payload(task["taskArn"])["containers"][0]
    eq({k: v for k, v in sent["environment"].items() if k in ("KEPT", "CHANGED")}, {"KEPT": "1", "CHANGED": "new"})
    eq(sent["memory"], 32)
    refused("InvalidParameterException", ecs.run_task,
            "Override for container named other is not a container in the TaskDefinition.", cluster=where,
            taskDefinition=definition["family"], overrides={"containerOverrides": [{"name": "other"}]})


@check
def run_task_refuses_what_is_not_there_or_not_allowed():
    where, _ = home()
    definition = task_definition()["taskDefinitionArn"]
    refused("ClientException", ecs.run_task, "TaskDefinition not found.", cluster=where, taskDefinition="nobody")
    refused("ClusterNotFoundException", ecs.run_task, "Cluster not found.", cluster="nowhere", taskDefinition=definition)
    for bad in ({"count": 0}, {"count": 11}, {"startedBy": "x" * 129}, {"group": "x" * 256}, {"clientToken": "x" * 65},
                {"placementConstraints": [{"type": "memberOf", "expression": "attribute:"}]},
                {"placementConstraints": [{"type": "memberOf", "expression": "agentConnected == true"}] * 11},
                {"placementStrategy": [{"type": "random"}] * 6},
                {"placementStrategy": [{"type": "binpack", "field": "ports"}]},
                {"overrides": {"containerOverrides": [{"name": "app", "command": ["x" * 9000]}]}}):
        refused("InvalidParameterException", ecs.run_task, cluster=where, taskDefinition=definition, **bad)
    refused("InvalidParameterException", ecs.run_task, "No Container Instances were found in your cluster.",
            cluster=cluster(), taskDefinition=definition)


@check
def what_cannot_be_placed_is_told_instance_by_instance():
    where, agent = home(cpu=100, memory=100)
    def fails(reason, members=None, **parameters):
        definition = task_definition(containerDefinitions=[container(**(members or {}))])["taskDefinitionArn"]
        answer = ecs.run_task(cluster=where, taskDefinition=definition, **parameters)
        eq(answer["tasks"], [])
        failure(answer, agent.arn, reason)
    fails("RESOURCE:CPU", {"cpu": 101})
    fails("RESOURCE:MEMORY", {"memory": 101})
    fails("RESOURCE:PORTS", {"portMappings": [{"containerPort": 22, "hostPort": 22}]})
    fails("ATTRIBUTE", {"logConfiguration": {"logDriver": "gelf"}})
    fails("MemberOf placement constraint unsatisfied.",
          placementConstraints=[{"type": "memberOf", "expression": "attribute:none exists"}])
    answer = ecs.run_task(cluster=where, count=3, taskDefinition=task_definition(
        containerDefinitions=[container(cpu=40)])["taskDefinitionArn"])
    eq((len(answer["tasks"]), [f["reason"] for f in answer["failures"]]), (2, ["RESOURCE:CPU"]))


@check
def a_disconnected_agent_gets_no_task():
    where = cluster()
    agent = Agent(where)
    agent.disconnect()
    definition = task_definition()["taskDefinitionArn"]
    failure(ecs.run_task(cluster=where, taskDefinition=definition), agent.arn, "AGENT")


@check
def distinct_instance_and_strategies_decide_where_tasks_go():
    where = cluster()
    agents = [Agent(where, custom={"rack": rack}) for rack in "abb"]
    definition = task_definition()["taskDefinitionArn"]
    def instances(**parameters):
        tasks = ecs.run_task(cluster=where, taskDefinition=definition, **parameters)["tasks"]
        return [t["containerInstanceArn"] for t in tasks]
    eq(set(instances(count=3, placementConstraints=[{"type": "distinctInstance"}])), {a.arn for a in agents})
    packed = instances(count=3, placementStrategy=[{"type": "binpack", "field": "memory"}])
    eq(len(set(packed)), 1, "the number of instances")
    spread = instances(count=4, group="spread", placementStrategy=[{"type": "spread", "field": "attribute:rack"}])
    eq(spread.count(agents[0].arn), 2, "the tasks of rack a")
    chosen = instances(placementConstraints=[{"type": "memberOf", "expression": "attribute:rack == a"}])
    eq(chosen, [agents[0].arn])
    ecs.start_task(cluster=where, taskDefinition=definition, containerInstances=[agents[0].arn], group="lonely")
    beside = instances(count=3, placementConstraints=[{"type": "memberOf", "expression": "task:group == lonely"}])
    eq(set(beside), {agents[0].arn}, "instances with a task of the group")
    away = instances(count=3, placementConstraints=[{"type": "memberOf", "expression": "not(task:group == lonely)"}])
    true(agents[0].arn not in away and len(away) == 3, f"instances without one: {away}")


@check
def a_client_token_runs_tasks_once():
    where, _ = home()
    definition = task_definition()["taskDefinitionArn"]
    ask = {"cluster": where, "taskDefinition": definition, "count": 2, "clientToken": "token-1"}
    first = ecs.run_task(**ask)["tasks"]
    eq([t["taskArn"] for t in ecs.run_task(**ask)["tasks"]], [t["taskArn"] for t in first])
    eq(len(listed(where)), 2)
    error = refused("ConflictException", ecs.run_task, **{**ask, "count": 1})
    eq(sorted(error["resourceIds"]), sorted(t["taskArn"] for t in first))
    eq(len(ecs.run_task(**{**ask, "clientToken": "token-2"})["tasks"]), 2)
    # The same token means something else in another cluster.
    other, _ = home()
    eq(len(ecs.run_task(**{**ask, "cluster": other})["tasks"]), 2)


@check
def start_task_names_its_instances():
    where = cluster()
    agents = [Agent(where) for _ in range(2)]
    definition = task_definition()["taskDefinitionArn"]
    answer = ecs.start_task(cluster=where, taskDefinition=definition, containerInstances=[a.arn for a in agents],
                            startedBy="me")
    eq([t["containerInstanceArn"] for t in answer["tasks"]], [a.arn for a in agents])
    eq({t["startedBy"] for t in answer["tasks"]}, {"me"})
    absent = agents[0].arn[:-32] + "0" * 32
    failure(ecs.start_task(cluster=where, taskDefinition=definition, containerInstances=[absent]), absent, "MISSING")
    ecs.deregister_container_instance(cluster=where, containerInstance=agents[1].arn, force=True)
    failure(ecs.start_task(cluster=where, taskDefinition=definition, containerInstances=[agents[1].arn]),
            agents[1].arn, "INACTIVE")
    big = task_definition(containerDefinitions=[container(memory=5000)])["taskDefinitionArn"]
    failure(ecs.start_task(cluster=where, taskDefinition=big, containerInstances=[agents[0].arn]),
            agents[0].arn, "RESOURCE:MEMORY")
    for bad in ({"containerInstances": []}, {"containerInstances": [agents[0].arn] * 11},
                {"containerInstances": [agents[0].arn], "startedBy": "x" * 37}):
        refused("InvalidParameterException", ecs.start_task, cluster=where, taskDefinition=definition, **bad)


@check
def describe_tells_the_missing():
    where, _ = home()
    task = ecs.run_task(cluster=where, taskDefinition=task_definition()["taskDefinitionArn"])["tasks"][0]["taskArn"]
    absent = task[:-32] + "0" * 32
    answer = ecs.describe_tasks(cluster=where, tasks=[short(task), absent])
    eq([t["taskArn"] for t in answer["tasks"]], [task])
    failure(answer, absent, "MISSING")
    refused("InvalidParameterException", ecs.describe_tasks, cluster=where, tasks=[])
    refused("InvalidParameterException", ecs.describe_tasks, cluster=where, tasks=[task] * 101)
    refused("ClusterNotFoundException", ecs.describe_tasks, "Cluster not found.", cluster="nowhere", tasks=[task])


@check
def list_has_every_filter():
    where = cluster()
    one, two = Agent(where), Agent(where)
    definition, other = task_definition(), task_definition()
    def start(agent, definition, **more):
        return ecs.start_task(cluster=where, taskDefinition=definition["taskDefinitionArn"],
                              containerInstances=[agent.arn], **more)["tasks"][0]["taskArn"]
    a, b = start(one, definition, startedBy="me"), start(two, definition)
    c, d = start(one, other), start(two, other)
    ecs.create_service(cluster=where, serviceName="svc", taskDefinition=definition["family"], desiredCount=0)
    eq(listed(where), {a, b, c, d})
    eq(listed(where, containerInstance=one.arn), {a, c})
    eq(listed(where, containerInstance=short(two.arn)), {b, d})
    eq(listed(where, family=other["family"]), {c, d})
    eq(listed(where, family=other["family"], containerInstance=two.arn), {d})
    eq(listed(where, startedBy="me"), {a})
    eq(listed(where, serviceName="svc"), set())
    eq(listed(where, launchType="EC2"), {a, b, c, d})
    eq(listed(where, launchType="FARGATE"), set())
    eq(listed(where, desiredStatus="PENDING"), set())
    ecs.stop_task(cluster=where, task=a)
    eq(listed(where), {b, c, d})
    eq(listed(where, desiredStatus="STOPPED"), {a})
    refused("InvalidParameterException", ecs.list_tasks, cluster=where, startedBy="me", family=other["family"])
    refused("ServiceNotFoundException", ecs.list_tasks, cluster=where, serviceName="nobody")
    refused("ClusterNotFoundException", ecs.list_tasks, "Cluster not found.", cluster="nowhere")


@check
def list_pages():
    where, _ = home()
    definition = task_definition()["taskDefinitionArn"]
    ecs.run_task(cluster=where, taskDefinition=definition, count=5)
    page_by_page("list_tasks", "taskArns", 5, cluster=where)
    page_by_page("list_tasks", "taskArns", 5, cluster=where, family=definition.rsplit("/", 1)[-1].split(":")[0])


@check
def tasks_have_their_tags_and_those_of_the_definition():
    where, _ = home()
    family = name("family")
    ecs.register_task_definition(family=family, containerDefinitions=[container()],
                                 tags=[{"key": "from", "value": "definition"}, {"key": "both", "value": "definition"}])
    task = ecs.run_task(cluster=where, taskDefinition=family, propagateTags="TASK_DEFINITION", enableECSManagedTags=True,
                        tags=[{"key": "both", "value": "task"}])["tasks"][0]["taskArn"]
    eq(described(where, task).get("tags", []), [])
    eq(tags_of(described(where, task, include=["TAGS"])["tags"]),
       {"from": "definition", "both": "task", "aws:ecs:clusterName": where})


@check
def protection_is_for_service_tasks_only():
    where, _ = home()
    task = ecs.run_task(cluster=where, taskDefinition=task_definition()["taskDefinitionArn"])["tasks"][0]["taskArn"]
    for call, more in ((ecs.get_task_protection, {}), (ecs.update_task_protection, {"protectionEnabled": True})):
        try:
            answer = call(cluster=where, tasks=[task], **more)
        except ecs.exceptions.ClientException:
            continue  # no handler yet: a modelled answer that says so
        except ecs.exceptions.UnsupportedFeatureException:
            continue
        failure(answer, task, "TASK_NOT_VALID")


run()
