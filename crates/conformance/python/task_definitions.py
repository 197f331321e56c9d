"""RegisterTaskDefinition, Describe, List, families, Deregister, Delete."""

import datetime

from suite import (check, container, ecs, eq, has, name, page_by_page, pages, refused, run, tags_of,
                   task_definition, true)


def refused_container(says="", **members):
    base = container(**members)
    base = {k: v for k, v in base.items() if v is not None}
    return refused("ClientException", ecs.register_task_definition, says, family="bad", containerDefinitions=[base])


@check
def register_answers_the_normalised_definition():
    made = task_definition(family="normal", containerDefinitions=[
        {"name": "app", "image": "busybox", "memory": 16, "portMappings": [{"containerPort": 80}]},
    ])
    has(made, family="normal", revision=1, status="ACTIVE", volumes=[], placementConstraints=[])
    true(made["taskDefinitionArn"].endswith(":task-definition/normal:1"), made["taskDefinitionArn"])
    true("EC2" in made["compatibilities"] and "EXTERNAL" in made["compatibilities"], str(made["compatibilities"]))
    true(isinstance(made["registeredAt"], datetime.datetime), "registeredAt is no timestamp")
    true(made["registeredBy"].startswith("arn:aws:"), made["registeredBy"])
    has(made["containerDefinitions"][0], name="app", image="busybox", cpu=0, memory=16, essential=True,
        environment=[], mountPoints=[], volumesFrom=[],
        portMappings=[{"containerPort": 80, "hostPort": 0, "protocol": "tcp"}])
    names = {a["name"] for a in made.get("requiresAttributes", [])}
    true(any(n.startswith("com.amazonaws.ecs.capability.docker-remote-api.") for n in names), str(names))


@check
def each_registration_is_the_next_revision():
    family = name("family")
    eq([task_definition(family=family)["revision"] for _ in range(3)], [1, 2, 3])
    ecs.deregister_task_definition(taskDefinition=family + ":3")
    eq(task_definition(family=family)["revision"], 4, "a number is never used again; the next")


@check
def register_keeps_everything_that_it_was_given():
    given = {
        "name": "app", "image": "registry.example:5000/team/app@sha256:" + "0" * 64, "cpu": 128, "memory": 64,
        "memoryReservation": 32, "essential": True, "links": [], "entryPoint": ["sh", "-c"], "command": ["true"],
        "environment": [{"name": "A", "value": "1"}], "stopTimeout": 10, "startTimeout": 20,
        "hostname": "pier", "user": "nobody", "workingDirectory": "/tmp", "disableNetworking": False,
        "privileged": False, "readonlyRootFilesystem": True, "dnsServers": ["10.0.0.2"],
        "dnsSearchDomains": ["example.com"], "extraHosts": [{"hostname": "h", "ipAddress": "10.0.0.1"}],
        "dockerLabels": {"k": "v"}, "ulimits": [{"name": "nofile", "softLimit": 10, "hardLimit": 20}],
        "logConfiguration": {"logDriver": "json-file", "options": {"max-size": "1m"}},
        "healthCheck": {"command": ["CMD-SHELL", "true"], "interval": 10, "timeout": 3, "retries": 2, "startPeriod": 5},
        "systemControls": [{"namespace": "net.core.somaxconn", "value": "99"}],
        "linuxParameters": {"initProcessEnabled": True, "sharedMemorySize": 32,
                            "capabilities": {"add": ["NET_ADMIN"], "drop": []},
                            "tmpfs": [{"containerPath": "/t", "size": 4, "mountOptions": ["ro"]}]},
        "restartPolicy": {"enabled": True, "ignoredExitCodes": [0], "restartAttemptPeriod": 90},
        "mountPoints": [{"sourceVolume": "v", "containerPath": "/v", "readOnly": True}],
    }
    made = task_definition(
        containerDefinitions=[given], volumes=[{"name": "v", "host": {"sourcePath": "/srv"}}], networkMode="bridge",
        cpu="256", memory="128", pidMode="task", ipcMode="none",
        placementConstraints=[{"type": "memberOf", "expression": "attribute:ecs.os-type == linux"}],
        requiresCompatibilities=["EC2"], runtimePlatform={"cpuArchitecture": "X86_64", "operatingSystemFamily": "LINUX"},
    )
    found = ecs.describe_task_definition(taskDefinition=made["taskDefinitionArn"])["taskDefinition"]
    has(found, networkMode="bridge", cpu="256", memory="128", pidMode="task", ipcMode="none",
        requiresCompatibilities=["EC2"], volumes=[{"name": "v", "host": {"sourcePath": "/srv"}}],
        placementConstraints=[{"type": "memberOf", "expression": "attribute:ecs.os-type == linux"}],
        runtimePlatform={"cpuArchitecture": "X86_64", "operatingSystemFamily": "LINUX"})
    has(found["containerDefinitions"][0], **given)


@check
def health_checks_have_the_documented_defaults():
    made = task_definition(containerDefinitions=[container(healthCheck={"command": ["CMD-SHELL", "true"]})])
    has(made["containerDefinitions"][0]["healthCheck"], interval=30, timeout=5, retries=3)


@check
def register_refuses_what_cannot_run():
    refused("ClientException", ecs.register_task_definition, "Container list cannot be empty.", family="bad",
            containerDefinitions=[])
    refused_container(memory=None,
                      says="Invalid setting for container 'app'. At least one of 'memory' or 'memoryReservation' must be specified.")
    refused_container(memory=2)
    refused_container(memory=8, memoryReservation=16)
    refused_container(name=None)
    refused_container(name="a b")
    refused_container(image=None)
    refused_container(image="$IMAGE", says="Container.image contains invalid characters.")
    refused_container(essential=False)
    refused_container(healthCheck={"command": ["true"]})
    refused_container(healthCheck={"command": []})
    refused_container(healthCheck={"command": ["CMD-SHELL", "true"], "interval": 4})
    refused_container(dependsOn=[{"containerName": "nobody", "condition": "START"}])
    refused_container(links=["nobody"])
    refused_container(mountPoints=[{"sourceVolume": "none", "containerPath": "/x"}])
    for family in ("a b", "x" * 256):
        refused("ClientException", ecs.register_task_definition, family=family, containerDefinitions=[container()])


@check
def register_refuses_containers_that_do_not_fit_each_other():
    def bad(*containers, **members):
        refused("ClientException", ecs.register_task_definition, family="bad", containerDefinitions=list(containers), **members)
    bad(container(), container())
    bad(container(dependsOn=[{"containerName": "other", "condition": "START"}]),
        container(name="other", dependsOn=[{"containerName": "app", "condition": "START"}]))
    bad(container(dependsOn=[{"containerName": "other", "condition": "HEALTHY"}]), container(name="other"))
    bad(container(portMappings=[{"containerPort": 80, "hostPort": 81}]), networkMode="host")
    bad(container(portMappings=[{"containerPort": 80}]), networkMode="none")
    bad(container(memory=64), memory="32")
    bad(container(), cpu="12")
    bad(container(), requiresCompatibilities=["FARGATE"])
    bad(container(), placementConstraints=[{"type": "memberOf", "expression": "attribute:"}])
    bad(container(), volumes=[{"name": "v", "host": {}}, {"name": "v", "host": {}}])


@check
def describe_takes_family_revision_and_arn():
    family = name("family")
    one, two = task_definition(family=family), task_definition(family=family)
    for text, expected in ((family, two), (family + ":1", one), (one["taskDefinitionArn"], one)):
        found = ecs.describe_task_definition(taskDefinition=text)["taskDefinition"]
        eq(found["taskDefinitionArn"], expected["taskDefinitionArn"], text)
    for text in ("nobody", family + ":9"):
        refused("ClientException", ecs.describe_task_definition, "Unable to describe task definition.",
                taskDefinition=text)


@check
def tags_are_shown_if_asked():
    made = ecs.register_task_definition(family=name("family"), containerDefinitions=[container()],
                                        tags=[{"key": "team", "value": "pier"}])
    eq(tags_of(made["tags"]), {"team": "pier"})
    arn = made["taskDefinition"]["taskDefinitionArn"]
    eq(ecs.describe_task_definition(taskDefinition=arn).get("tags", []), [])
    eq(tags_of(ecs.describe_task_definition(taskDefinition=arn, include=["TAGS"])["tags"]), {"team": "pier"})


@check
def list_filters_sorts_and_pages():
    family = name("family")
    arns = [task_definition(family=family)["taskDefinitionArn"] for _ in range(12)]
    task_definition(family=family + "x")
    page_by_page("list_task_definitions", "taskDefinitionArns", 12, familyPrefix=family)
    eq(pages("list_task_definitions", "taskDefinitionArns", 5, familyPrefix=family), arns, "by number, not by text")
    eq(pages("list_task_definitions", "taskDefinitionArns", 5, familyPrefix=family, sort="DESC"), arns[::-1])
    ecs.deregister_task_definition(taskDefinition=arns[0])
    eq(pages("list_task_definitions", "taskDefinitionArns", 5, familyPrefix=family), arns[1:])
    eq(pages("list_task_definitions", "taskDefinitionArns", 5, familyPrefix=family, status="INACTIVE"), arns[:1])


@check
def families_are_listed_by_prefix_and_status():
    prefix = name("prefix")
    families = [f"{prefix}-{letter}" for letter in "abc"]
    for family in families:
        task_definition(family=family)
    page_by_page("list_task_definition_families", "families", 3, familyPrefix=prefix)
    eq(pages("list_task_definition_families", "families", 2, familyPrefix=prefix), families)
    ecs.deregister_task_definition(taskDefinition=families[0] + ":1")
    eq(pages("list_task_definition_families", "families", 2, familyPrefix=prefix, status="ACTIVE"), families[1:])
    eq(pages("list_task_definition_families", "families", 2, familyPrefix=prefix, status="INACTIVE"), families[:1])
    eq(pages("list_task_definition_families", "families", 2, familyPrefix=prefix, status="ALL"), families)


@check
def deregister_makes_a_revision_inactive():
    made = task_definition()
    gone = ecs.deregister_task_definition(taskDefinition=made["taskDefinitionArn"])["taskDefinition"]
    eq(gone["status"], "INACTIVE")
    true(isinstance(gone["deregisteredAt"], datetime.datetime), "deregisteredAt is no timestamp")
    found = ecs.describe_task_definition(taskDefinition=made["taskDefinitionArn"])["taskDefinition"]
    eq(found["status"], "INACTIVE")
    refused("ClientException", ecs.describe_task_definition, taskDefinition=made["family"])
    ecs.create_cluster()
    refused("ClientException", ecs.run_task, "TaskDefinition is inactive", taskDefinition=made["taskDefinitionArn"])
    refused("ClientException", ecs.deregister_task_definition, taskDefinition=made["family"])
    refused("ClientException", ecs.deregister_task_definition, "The specified task definition does not exist.",
            taskDefinition="nobody:1")


@check
def delete_takes_what_is_inactive():
    active, gone = task_definition(), task_definition()
    ecs.deregister_task_definition(taskDefinition=gone["taskDefinitionArn"])
    missing = gone["taskDefinitionArn"].replace(gone["family"], "nobody")
    answer = ecs.delete_task_definitions(
        taskDefinitions=[active["taskDefinitionArn"], gone["taskDefinitionArn"], missing])
    eq([(t["taskDefinitionArn"], t["status"]) for t in answer["taskDefinitions"]],
       [(gone["taskDefinitionArn"], "DELETE_IN_PROGRESS")])
    reasons = {f["arn"]: f["reason"] for f in answer["failures"]}
    eq(set(reasons), {active["taskDefinitionArn"], missing}, "the ARNs of failures")
    eq(reasons[active["taskDefinitionArn"]],
       "The specified task definition is still in ACTIVE status. Please deregister the target and try again.")
    true(reasons[missing].startswith("The specified task definition does not exist."), reasons[missing])
    refused("InvalidParameterException", ecs.delete_task_definitions,
            taskDefinitions=["f:%d" % n for n in range(1, 12)])


run()
