"""TagResource, UntagResource, ListTagsForResource, on every kind of resource."""

from agent import Agent
from suite import check, cluster, ecs, eq, refused, run, tags_of, task_definition


def resources():
    where = cluster()
    agent = Agent(where)
    definition = task_definition()["taskDefinitionArn"]
    return {
        "cluster": ecs.describe_clusters(clusters=[where])["clusters"][0]["clusterArn"],
        "container instance": agent.arn,
        "task definition": definition,
        "service": ecs.create_service(
            cluster=where, serviceName="s", taskDefinition=definition, desiredCount=0)["service"]["serviceArn"],
        "task": ecs.run_task(cluster=where, taskDefinition=definition)["tasks"][0]["taskArn"],
    }


def tags(arn):
    return tags_of(ecs.list_tags_for_resource(resourceArn=arn)["tags"])


@check
def every_resource_takes_and_loses_tags():
    for kind, arn in resources().items():
        eq(tags(arn), {}, kind)
        ecs.tag_resource(resourceArn=arn, tags=[{"key": "a", "value": "1"}, {"key": "b", "value": ""}])
        ecs.tag_resource(resourceArn=arn, tags=[{"key": "a", "value": "2"}])
        eq(tags(arn), {"a": "2", "b": ""}, kind)
        ecs.untag_resource(resourceArn=arn, tagKeys=["a", "none"])
        eq(tags(arn), {"b": ""}, kind)


@check
def a_resource_that_is_not_there_has_no_tags():
    for arn in resources().values():
        absent = arn[:-6] + "999999"
        for call, more in ((ecs.list_tags_for_resource, {}), (ecs.untag_resource, {"tagKeys": ["a"]}),
                           (ecs.tag_resource, {"tags": [{"key": "a", "value": "1"}]})):
            refused(("InvalidParameterException", "ResourceNotFoundException", "ClusterNotFoundException"),
                    call, resourceArn=absent, **more)
    refused("InvalidParameterException", ecs.list_tags_for_resource, resourceArn="no arn")


@check
def tags_keep_to_the_rules():
    arn = resources()["cluster"]
    def bad(*tags):
        refused("InvalidParameterException", ecs.tag_resource, resourceArn=arn, tags=list(tags))
    bad({"key": "aws:mine", "value": "1"})
    bad({"key": "x" * 129, "value": "1"})
    bad({"key": "a", "value": "x" * 257})
    bad({"key": "a", "value": "1"}, {"key": "a", "value": "2"})
    bad(*[{"key": f"k{n}", "value": ""} for n in range(51)])
    ecs.tag_resource(resourceArn=arn, tags=[{"key": f"k{n}", "value": ""} for n in range(50)])
    bad({"key": "one more", "value": ""})
    eq(len(tags(arn)), 50)


run()
