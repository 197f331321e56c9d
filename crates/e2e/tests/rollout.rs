//! Rolling updates within minimumHealthyPercent and maximumPercent.

use std::time::{Duration, Instant};

use e2e::{ControlPlane, Witness, World, definition, eventually, field, get, moment, seconds};
use serde_json::{Value, json};

#[test]
fn four_tasks_roll_within_100_and_150_percent_and_answer_throughout() {
    let world = World::new();
    let up = world.up(&["--instances", "3", "--zones", "a,b,c"]);
    up.instances(3);
    let v1 = up.register("web", json!([definition::web("v1")]));
    let percentages = json!({"minimumHealthyPercent": 100, "maximumPercent": 150});
    let witness = Witness::of_family(&world.family("web"));
    up.create_service(
        "web",
        &v1,
        json!({"desiredCount": 4, "deploymentConfiguration": percentages}),
    );
    up.service_is_stable("web", 40);
    witness.mark();

    let v2 = up.register("web", json!([definition::web("v2")]));
    up.ecs("update-service", json!({"service": "web", "taskDefinition": v2}));
    let mut samples = Samples::default();
    let service = eventually("the rollout is complete", seconds(90), || {
        samples.take(&up);
        let service = up.service("web");
        let deployments = service["deployments"].as_array().expect("a list");
        match &deployments[..] {
            [only] if only["rolloutState"] == "COMPLETED" => Ok(service),
            _ => Err(service.to_string()),
        }
    });

    assert_eq!(field(&service, "taskDefinition"), v2);
    assert!(samples.taken >= 20, "only {} samples", samples.taken);
    assert!(samples.answers >= 4 * samples.taken - 8, "only {} answers", samples.answers);
    assert!(samples.healthy_min >= 4, "{} healthy tasks", samples.healthy_min);
    assert!(samples.live_max <= 6, "{} tasks", samples.live_max);
    let seen = witness.seen();
    assert!(seen.healthy_min >= 4, "Docker saw {} healthy containers", seen.healthy_min);
    assert!(seen.running_max <= 6, "Docker saw {} running containers", seen.running_max);
    assert_eq!(seen.starts, 4, "no task is started that the rollout does not need");
    for task in up.service_tasks("web") {
        assert_eq!(field(&task, "taskDefinitionArn"), v2);
        assert_eq!(get(host_port(&task), "/version"), Ok("v2".into()));
    }
}

#[test]
fn a_deployment_goes_from_in_progress_to_completed_and_the_old_one_drops_out() {
    let world = World::new();
    let up = world.up(&["--settle", "0s"]);
    up.instances(1);
    let v1 = up.register("app", json!([definition::shell("app", definition::LINGER)]));
    up.create_service("app", &v1, json!({"desiredCount": 1}));
    let before = up.service_is_stable("app", 30);

    let forced = up.ecs("update-service", json!({"service": "app", "forceNewDeployment": true}));
    let deployments = forced["service"]["deployments"].as_array().expect("a list").clone();
    let states: Vec<_> = deployments.iter().map(|d| field(d, "status")).collect();
    assert_eq!(states, ["PRIMARY", "ACTIVE"]);
    assert_eq!(field(&deployments[0], "rolloutState"), "IN_PROGRESS");
    let id = field(&deployments[0], "id");
    assert_eq!(
        field(&deployments[0], "rolloutStateReason"),
        format!("ECS deployment {id} in progress.")
    );
    assert_eq!(deployments[1]["id"], before["deployments"][0]["id"]);

    let after = up.service_is_stable("app", 30);
    assert_eq!(field(&after["deployments"][0], "id"), id);
    assert_eq!(
        field(&after["deployments"][0], "rolloutStateReason"),
        format!("ECS deployment {id} completed.")
    );
    up.event("app", &format!("(service app) (deployment {id}) deployment completed."), 20);
}

/// ECS documents 40 seconds for tasks that nothing else tells the health of.
#[test]
fn a_task_without_health_check_counts_as_healthy_after_forty_seconds() {
    let world = World::new();
    let up = world.up(&[]);
    up.instances(1);
    let app = up.register("app", json!([definition::shell("app", definition::LINGER)]));
    up.create_service("app", &app, json!({"desiredCount": 1}));
    let service = up.service_is_stable("app", 70);
    let task = up.service_tasks("app").remove(0);
    let settled_s = moment(&service["deployments"][0], "updatedAt") - moment(&task, "startedAt");
    assert!((40.0..45.0).contains(&settled_s), "the deployment was complete after {settled_s} s");
}

#[test]
fn an_old_task_stays_until_the_new_one_has_settled() {
    let world = World::new();
    let up = world.up(&["--settle", "6s"]);
    up.instances(1);
    let v1 = up.register("web", json!([definition::unchecked_web("v1")]));
    up.create_service("web", &v1, json!({"desiredCount": 1}));
    up.service_is_stable("web", 40);
    let old = field(&up.service_tasks("web")[0], "taskArn").to_owned();

    let v2 = up.register("web", json!([definition::unchecked_web("v2")]));
    up.ecs("update-service", json!({"service": "web", "taskDefinition": v2}));
    let old = up.task_reaches(&old, "STOPPED", 40);
    let tasks = up.service_tasks("web");
    let new = tasks.iter().find(|t| t["taskDefinitionArn"] == v2).expect("the new task is there");
    let settled_s = moment(&old, "stoppingAt") - moment(new, "startedAt");
    assert!((6.0..10.0).contains(&settled_s), "the old task was stopped {settled_s} s later");
}

/// What the aws CLI said of the service's tasks, again and again.
struct Samples {
    taken: usize,
    answers: usize,
    healthy_min: usize,
    live_max: usize,
    last: Option<Instant>,
}

impl Default for Samples {
    fn default() -> Self {
        Self { taken: 0, answers: 0, healthy_min: usize::MAX, live_max: 0, last: None }
    }
}

impl Samples {
    /// A gap this long would make the samples say little.
    const GAP_MAX: Duration = seconds(5);

    fn take(&mut self, up: &ControlPlane) {
        if let Some(last) = self.last {
            assert!(
                last.elapsed() < Self::GAP_MAX,
                "the sampling had a gap of {:?}",
                last.elapsed()
            );
        }
        self.last = Some(Instant::now());
        let tasks = up.service_tasks("web");
        let live: Vec<_> = tasks.iter().filter(|t| t["lastStatus"] != "STOPPED").collect();
        let healthy: Vec<_> = live
            .iter()
            .filter(|t| t["desiredStatus"] == "RUNNING" && t["healthStatus"] == "HEALTHY")
            .collect();
        self.taken += 1;
        self.healthy_min = self.healthy_min.min(healthy.len());
        self.live_max = self.live_max.max(live.len());
        for task in healthy {
            match get(host_port(task), "/version") {
                Ok(_) => self.answers += 1,
                // Nothing drains connections where there is no load balancer: a task may stop
                // between the sample and the request.
                Err(error) => {
                    let now = up.task(field(task, "taskArn"));
                    assert_eq!(now["desiredStatus"], "STOPPED", "a healthy task: {error}");
                }
            }
        }
    }
}

fn host_port(task: &Value) -> u64 {
    task["containers"][0]["networkBindings"][0]["hostPort"].as_u64().expect("a host port")
}
