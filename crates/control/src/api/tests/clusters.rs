//! Clusters.

use serde_json::json;

use super::{arn, has, world};

#[test]
fn a_new_cluster_is_active_and_empty() {
    let mut world = world();
    let answer = world.ok("CreateCluster", json!({"clusterName": "harbour"}));
    has(
        &answer["cluster"],
        json!({
            "clusterArn": arn("cluster/harbour"), "clusterName": "harbour", "status": "ACTIVE",
            "registeredContainerInstancesCount": 0, "runningTasksCount": 0, "pendingTasksCount": 0,
            "activeServicesCount": 0, "statistics": [], "tags": [], "capacityProviders": [],
            "defaultCapacityProviderStrategy": [],
            "settings": [{"name": "containerInsights", "value": "disabled"}],
        }),
    );
}

#[test]
fn creating_it_again_changes_nothing() {
    let mut world = world();
    let input = json!({"clusterName": "harbour", "tags": [{"key": "a", "value": "1"}]});
    let first = world.ok("CreateCluster", input);
    world.pass_ms(1_000);
    let revision = world.state().revision();
    let again = world.ok("CreateCluster", json!({"clusterName": "harbour", "tags": []}));
    assert_eq!((again, world.state().revision()), (first, revision));
}

#[test]
fn a_deleted_cluster_can_be_described_and_made_again_empty() {
    let mut world = world();
    let tags = json!([{"key": "a", "value": "1"}]);
    world.ok("CreateCluster", json!({"clusterName": "harbour", "tags": tags}));
    let deleted = world.ok("DeleteCluster", json!({"cluster": arn("cluster/harbour")}));
    has(&deleted["cluster"], json!({"status": "INACTIVE"}));
    let described = world.one("DescribeClusters", json!({"clusters": ["harbour"]}), "clusters");
    has(&described, json!({"status": "INACTIVE"}));
    let listed = world.ok("ListClusters", json!({}));
    assert_eq!(listed, json!({"clusterArns": [arn("cluster/default")]}));
    let again = world.ok("CreateCluster", json!({"clusterName": "harbour"}));
    has(&again["cluster"], json!({"status": "ACTIVE", "tags": []}));
}

#[test]
fn describe_tells_the_missing_and_shows_only_what_is_asked_for() {
    let mut world = world();
    let plain = world.ok("DescribeClusters", json!({"clusters": ["default", "nowhere"]}));
    has(
        &plain,
        json!({
            "clusters": [{"clusterName": "default", "settings": [], "tags": [], "statistics": []}],
            "failures": [{"arn": arn("cluster/nowhere"), "reason": "MISSING"}],
        }),
    );
    let include = json!({"include": ["SETTINGS", "STATISTICS", "TAGS"]});
    let full = world.one("DescribeClusters", include, "clusters");
    assert_eq!(full["settings"], json!([{"name": "containerInsights", "value": "disabled"}]));
    let names: Vec<_> =
        full["statistics"].as_array().into_iter().flatten().map(|s| &s["name"]).collect();
    for name in ["runningEC2TasksCount", "pendingFargateTasksCount", "drainingExternalServiceCount"]
    {
        assert!(names.contains(&&json!(name)), "{names:?}");
    }
}

#[test]
fn counts_follow_tasks_services_and_instances() {
    let mut world = world();
    let definition = world.task_definition("web");
    world.container_instance(json!({}));
    let service = json!({"serviceName": "web", "taskDefinition": definition, "desiredCount": 0});
    world.ok("CreateService", service);
    let tasks = [world.task("web"), world.task("web")];
    world.report(&tasks[0], "RUNNING");
    let include = json!({"include": ["STATISTICS"]});
    let cluster = world.one("DescribeClusters", include, "clusters");
    has(
        &cluster,
        json!({
            "registeredContainerInstancesCount": 1, "runningTasksCount": 1, "pendingTasksCount": 1,
            "activeServicesCount": 1,
        }),
    );
    let running = json!({"name": "runningEC2TasksCount", "value": "1"});
    assert!(cluster["statistics"].as_array().is_some_and(|s| s.contains(&running)));
}

#[test]
fn a_cluster_with_something_in_it_stays() {
    let mut world = world();
    let definition = world.task_definition("web");
    let service = json!({"serviceName": "web", "taskDefinition": definition, "desiredCount": 0});
    world.ok("CreateService", service);
    let instance = world.container_instance(json!({}));
    let input = json!({"cluster": "default"});
    let says = "The Cluster cannot be deleted while Services are active.";
    world.refused("DeleteCluster", input.clone(), "ClusterContainsServicesException", says);
    world.ok("DeleteService", json!({"service": "web"}));
    let says = "The Cluster cannot be deleted while Container Instances are active or draining.";
    let exception = "ClusterContainsContainerInstancesException";
    world.refused("DeleteCluster", input.clone(), exception, says);
    world.ok("DeregisterContainerInstance", json!({"containerInstance": instance}));
    world.ok("DeleteCluster", input);
}

#[test]
fn settings_and_configuration_are_changed_one_by_one() {
    let mut world = world();
    let enhanced = json!([{"name": "containerInsights", "value": "enhanced"}]);
    let input = json!({"cluster": "default", "settings": enhanced});
    let updated = world.ok("UpdateClusterSettings", input);
    assert_eq!(updated["cluster"]["settings"], enhanced);
    let logging = json!({"executeCommandConfiguration": {"logging": "NONE"}});
    let input = json!({"cluster": "default", "configuration": logging});
    let updated = world.ok("UpdateCluster", input);
    has(&updated["cluster"], json!({"settings": enhanced, "configuration": logging}));
    let include = json!({"include": ["CONFIGURATIONS"]});
    let described = world.one("DescribeClusters", include, "clusters");
    has(&described, json!({"configuration": logging}));
}

#[test]
fn lists_are_paged_by_name() {
    let mut world = world();
    for name in ["c", "a", "b", "d"] {
        world.ok("CreateCluster", json!({"clusterName": name}));
    }
    let (all, count) = world.pages("ListClusters", &json!({}), "clusterArns", 2);
    let expected =
        ["a", "b", "c", "d", "default"].map(|name| json!(arn(&format!("cluster/{name}"))));
    assert_eq!((all, count), (expected.to_vec(), 3));
}
