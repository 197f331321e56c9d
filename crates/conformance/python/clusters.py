"""CreateCluster, DescribeClusters, ListClusters, UpdateCluster, UpdateClusterSettings, DeleteCluster."""

from agent import Agent
from suite import (check, cluster, ecs, eq, failure, has, name, page_by_page, pages, refused, run, tags_of,
                   task_definition, true)


@check
def create_answers_an_active_empty_cluster():
    made = ecs.create_cluster(clusterName="harbour")["cluster"]
    has(made, clusterName="harbour", status="ACTIVE", registeredContainerInstancesCount=0, runningTasksCount=0,
        pendingTasksCount=0, activeServicesCount=0, statistics=[], tags=[], capacityProviders=[],
        defaultCapacityProviderStrategy=[])
    true(made["clusterArn"].startswith("arn:aws:ecs:"), made["clusterArn"])
    true(made["clusterArn"].endswith(":cluster/harbour"), made["clusterArn"])
    eq(made["settings"], [{"name": "containerInsights", "value": "disabled"}])


@check
def create_without_a_name_means_default():
    eq(ecs.create_cluster()["cluster"]["clusterName"], "default")
    eq(ecs.describe_clusters()["clusters"][0]["clusterName"], "default")


@check
def create_again_answers_the_same_cluster():
    first = ecs.create_cluster(clusterName="again", tags=[{"key": "a", "value": "1"}])["cluster"]
    second = ecs.create_cluster(clusterName="again")["cluster"]
    eq(second["clusterArn"], first["clusterArn"])
    described = ecs.describe_clusters(clusters=["again"], include=["TAGS"])["clusters"]
    eq([tags_of(c["tags"]) for c in described], [{"a": "1"}])


@check
def create_refuses_names_outside_the_grammar():
    for bad in ("with space", "dotted.name", "a/b", "x" * 256):
        refused("InvalidParameterException", ecs.create_cluster, clusterName=bad)
    eq(ecs.create_cluster(clusterName="x" * 255)["cluster"]["clusterName"], "x" * 255)


@check
def create_takes_settings_and_configuration():
    made = ecs.create_cluster(
        clusterName=name("set"), settings=[{"name": "containerInsights", "value": "enabled"}],
        configuration={"executeCommandConfiguration": {"logging": "NONE"}},
    )["cluster"]
    eq(made["settings"], [{"name": "containerInsights", "value": "enabled"}])
    found = ecs.describe_clusters(clusters=[made["clusterName"]], include=["SETTINGS", "CONFIGURATIONS"])["clusters"][0]
    eq(found["settings"], [{"name": "containerInsights", "value": "enabled"}])
    eq(found["configuration"]["executeCommandConfiguration"]["logging"], "NONE")


@check
def describe_takes_names_and_arns_and_tells_the_missing():
    one, two = cluster(), cluster()
    arn = ecs.describe_clusters(clusters=[one])["clusters"][0]["clusterArn"]
    answer = ecs.describe_clusters(clusters=[arn, two, "nowhere"])
    eq({c["clusterName"] for c in answer["clusters"]}, {one, two})
    failure(answer, arn.replace(one, "nowhere"), "MISSING")


@check
def describe_shows_tags_settings_and_statistics_only_if_asked():
    made = cluster(tags=[{"key": "team", "value": "pier"}])
    plain = ecs.describe_clusters(clusters=[made])["clusters"][0]
    eq((plain["tags"], plain["settings"], plain["statistics"]), ([], [], []))
    full = ecs.describe_clusters(clusters=[made], include=["TAGS", "SETTINGS", "STATISTICS"])["clusters"][0]
    eq(tags_of(full["tags"]), {"team": "pier"})
    names = {s["name"] for s in full["statistics"]}
    true({"runningEC2TasksCount", "pendingEC2TasksCount", "activeEC2ServiceCount", "drainingEC2ServiceCount",
          "runningFargateTasksCount", "pendingFargateTasksCount"} <= names, str(names))


@check
def describe_takes_at_most_a_hundred():
    refused("InvalidParameterException", ecs.describe_clusters, clusters=["c%d" % n for n in range(101)])


@check
def describe_counts_what_is_in_the_cluster():
    made = cluster()
    agent = Agent(made)
    definition = task_definition()["taskDefinitionArn"]
    ecs.create_service(cluster=made, serviceName="s", taskDefinition=definition, desiredCount=0)
    task = ecs.run_task(cluster=made, taskDefinition=definition)["tasks"][0]["taskArn"]
    has(ecs.describe_clusters(clusters=[made])["clusters"][0], registeredContainerInstancesCount=1,
        pendingTasksCount=1, runningTasksCount=0, activeServicesCount=1)
    agent.runs(task)
    has(ecs.describe_clusters(clusters=[made])["clusters"][0], pendingTasksCount=0, runningTasksCount=1)


@check
def list_pages_over_all():
    for _ in range(3):
        cluster()
    count = len(pages("list_clusters", "clusterArns", 100))
    true(count >= 3, f"only {count}")
    page_by_page("list_clusters", "clusterArns", count)


@check
def update_changes_settings():
    made = cluster()
    updated = ecs.update_cluster_settings(cluster=made, settings=[{"name": "containerInsights", "value": "enhanced"}])
    eq(updated["cluster"]["settings"], [{"name": "containerInsights", "value": "enhanced"}])
    updated = ecs.update_cluster(cluster=made, settings=[{"name": "containerInsights", "value": "disabled"}],
                                 configuration={"executeCommandConfiguration": {"logging": "DEFAULT"}})
    eq(updated["cluster"]["settings"], [{"name": "containerInsights", "value": "disabled"}])
    eq(updated["cluster"]["configuration"]["executeCommandConfiguration"]["logging"], "DEFAULT")
    refused("InvalidParameterException", ecs.update_cluster_settings, cluster=made,
            settings=[{"name": "containerInsights", "value": "perhaps"}])
    for call in (ecs.update_cluster, ecs.update_cluster_settings):
        refused("ClusterNotFoundException", call, "Cluster not found.", cluster="nowhere",
                settings=[{"name": "containerInsights", "value": "enabled"}])


@check
def delete_leaves_an_inactive_cluster_behind():
    made = cluster()
    eq(ecs.delete_cluster(cluster=made)["cluster"]["status"], "INACTIVE")
    eq(ecs.describe_clusters(clusters=[made])["clusters"][0]["status"], "INACTIVE")
    true(all(not arn.endswith("/" + made) for arn in pages("list_clusters", "clusterArns", 100)), "it is listed")
    definition = task_definition()["taskDefinitionArn"]
    refused("ClusterNotFoundException", ecs.create_service, cluster=made, serviceName="s",
            taskDefinition=definition, desiredCount=0)
    eq(ecs.create_cluster(clusterName=made)["cluster"]["status"], "ACTIVE")
    refused("ClusterNotFoundException", ecs.delete_cluster, "Cluster not found.", cluster="nowhere")


@check
def delete_refuses_a_cluster_with_something_in_it():
    definition = task_definition()["taskDefinitionArn"]
    made = cluster()
    ecs.create_service(cluster=made, serviceName="s", taskDefinition=definition, desiredCount=0)
    refused("ClusterContainsServicesException", ecs.delete_cluster,
            "The Cluster cannot be deleted while Services are active.", cluster=made)
    ecs.delete_service(cluster=made, service="s")
    agent = Agent(made)
    refused("ClusterContainsContainerInstancesException", ecs.delete_cluster,
            "The Cluster cannot be deleted while Container Instances are active or draining.", cluster=made)
    ecs.deregister_container_instance(cluster=made, containerInstance=agent.arn, force=True)
    eq(ecs.delete_cluster(cluster=made)["cluster"]["status"], "INACTIVE")


run()
