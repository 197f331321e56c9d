//! Whatever well-formed requests come, in whatever order: no handler panics, what is refused changes
//! nothing, and the invariants hold.
//!
//! Requests are made from the model's own shapes, with names of things that are there more often than
//! not. A failure names its seed: `ANYTHING_SEED=<seed> cargo test -p control anything` repeats it.

use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};
use rand_core::Rng;
use serde_json::{Map, Value, json};
use wire::schema::Shape;

use super::{World, arn, dispatch, world};

/// How many worlds, and how many steps in each.
const WORLD_COUNT: u64 = 60;
const REQUEST_COUNT: u32 = 200;

struct Dice(ChaCha8Rng);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        (self.0.next_u64() % end.max(1) as u64) as usize
    }

    fn once_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

#[test]
fn no_request_breaks_anything() {
    let seed = std::env::var("ANYTHING_SEED").ok().and_then(|seed| seed.parse().ok());
    let seeds = seed.map_or(0..WORLD_COUNT, |seed: u64| seed..seed + 1);
    let mut answered = Map::new();
    for seed in seeds {
        let told = std::panic::catch_unwind(|| live(seed));
        let told = told.unwrap_or_else(|_| panic!("the seed was {seed}"));
        for (operation, count) in told {
            let all = answered.entry(operation).or_insert(json!(0));
            *all = json!(all.as_u64().unwrap_or(0) + count);
        }
    }
    // The test is worth something only if requests get through.
    if seed.is_none() {
        let all = dispatch::SERVED.iter().map(|operation| operation.name());
        let never: Vec<_> = all.filter(|name| !answered.contains_key(*name)).collect();
        // There is never a newer agent.
        assert_eq!(never, ["UpdateContainerAgent"], "{answered:?}");
    }
}

/// One world's life; how often each operation was answered.
fn live(seed: u64) -> Vec<(String, u64)> {
    let mut dice = Dice(ChaCha8Rng::seed_from_u64(seed));
    let mut world = world();
    world.task_definition("web");
    world.container_instance(json!({}));
    let external = json!({"type": "EXTERNAL"});
    world.ok("CreateService", json!({"serviceName": "sets", "deploymentController": external}));
    let mut answered = Vec::new();
    for _ in 0..REQUEST_COUNT {
        match dice.below(8) {
            0 => world.reconcile(),
            1 => pass(&mut world, &mut dice),
            _ => answered.extend(request(&mut world, &mut dice).map(|name| (name, 1))),
        }
        world.check();
    }
    answered
}

/// Time passes, or an agent comes or goes.
fn pass(world: &mut World, dice: &mut Dice) {
    if dice.once_in(3) {
        return world.pass_ms(dice.below(3_600_000) as i64);
    }
    let state = world.state();
    let instances: Vec<_> = state.container_instances().iter().collect();
    if instances.is_empty() {
        return;
    }
    let instance = dice.pick(&instances);
    // The one that was deregistered stays away.
    let connected = instance.status != model::ContainerInstanceStatus::Inactive && !dice.once_in(4);
    let arn = world.settings.home.container_instance_arn(&instance.cluster, instance.id);
    world.connect(&arn, connected);
}

/// Makes a request; the operation if it was answered.
fn request(world: &mut World, dice: &mut Dice) -> Option<String> {
    let operation = *dice.pick(dispatch::SERVED);
    let name = operation.name();
    // A world in which everything is deleted at once is soon a dull one.
    if (name.starts_with("De") && !name.starts_with("Describe")) && !dice.once_in(4) {
        return None;
    }
    let names = Names::of(world);
    let mut input = names.usual(name, dice);
    let Shape::Structure(members) = operation.input_schema() else { panic!("{name} has an input") };
    let changed = if dice.once_in(2) { dice.below(3) } else { 0 };
    let some: Vec<&str> = (0..changed).map(|_| dice.pick(members).name).collect();
    for member in *members {
        let is_missing = member.required && input.get(member.name).is_none();
        if is_missing || some.contains(&member.name) {
            input[member.name] = names.any(member.name, member.shape, dice, 0);
        }
    }
    let before = world.state().revision();
    if world.call(name, &input).is_ok() {
        return Some(name.to_owned());
    }
    assert_eq!(world.state().revision(), before, "{name} {input} changed something");
    None
}

/// The names of what there is, by what they are names of.
struct Names {
    clusters: Vec<String>,
    definitions: Vec<String>,
    services: Vec<String>,
    tasks: Vec<String>,
    instances: Vec<String>,
    service_deployments: Vec<String>,
    service_revisions: Vec<String>,
    task_sets: Vec<String>,
    /// Hooks that somebody is to answer: service deployment and id.
    pauses: Vec<(String, String)>,
}

impl Names {
    fn of(world: &World) -> Names {
        let (state, home) = (world.state(), &world.settings.home);
        let mut names = Names {
            clusters: vec!["default".into(), "other".into(), arn("cluster/default")],
            definitions: vec!["web".into(), "web:1".into(), "db".into()],
            services: vec!["web".into(), "api".into()],
            tasks: vec![arn(&format!("task/default/{}", "0".repeat(32)))],
            instances: vec![arn(&format!("container-instance/default/{}", "0".repeat(32)))],
            service_deployments: vec![arn("service-deployment/default/web/abcdefghijklmnopqrstu")],
            service_revisions: vec![arn("service-revision/default/web/1")],
            task_sets: vec!["ecs-svc/1".into()],
            pauses: vec![(arn("service-deployment/default/web/a"), "none".into())],
        };
        for it in state.services().iter().filter_map(|s| s.service_deployment.as_ref()) {
            let arn = home.service_deployment_arn(&it.cluster, &it.service, &it.id);
            let open = it.shift.hook_runs.iter().filter(|run| run.is_open());
            names.pauses.extend(open.map(|run| (arn.clone(), run.id.clone())));
        }
        let rows = state.task_definitions().iter().map(|r| home.task_definition_arn(&r.facts.id));
        names.definitions.extend(rows);
        names.tasks.extend(state.tasks().iter().map(|t| home.task_arn(&t.cluster, t.id)));
        let rows = state.container_instances().iter();
        names.instances.extend(rows.map(|i| home.container_instance_arn(&i.cluster, i.id)));
        let rows = state.services().iter().filter_map(|s| s.service_deployment.as_ref());
        names
            .service_deployments
            .extend(rows.map(|it| home.service_deployment_arn(&it.cluster, &it.service, &it.id)));
        let rows = state.service_revisions().iter();
        names
            .service_revisions
            .extend(rows.map(|it| home.service_revision_arn(&it.cluster, &it.service, &it.id)));
        for service in state.services().iter() {
            let (cluster, name) = (&service.cluster, &service.name);
            names.services.push(home.service_arn(cluster, name));
            let sets =
                service.task_sets.iter().map(|set| home.task_set_arn(cluster, name, &set.id));
            names.task_sets.extend(sets);
        }
        names
    }

    /// A request as users make it.
    fn usual(&self, operation: &str, dice: &mut Dice) -> Value {
        let family = *dice.pick(&["web", "db"]);
        let count = dice.below(4);
        let name = *dice.pick(&["web", "api"]);
        let port = dice.below(3);
        let mappings =
            if port == 0 { json!([]) } else { json!([{"containerPort": 80, "hostPort": port}]) };
        match operation {
            "RegisterTaskDefinition" => json!({"family": family, "containerDefinitions": [{
                "name": "app", "image": "busybox", "memory": 10 + count * 100, "cpu": count * 100,
                "portMappings": mappings,
            }]}),
            "GetTaskProtection" => json!({"cluster": "default"}),
            "UpdateTaskProtection" => json!({
                "cluster": "default", "tasks": [dice.pick(&self.tasks)], "protectionEnabled": true,
            }),
            "StopTask" => json!({"task": dice.pick(&self.tasks)}),
            "StartTask" => {
                json!({"taskDefinition": family, "containerInstances": [dice.pick(&self.instances)]})
            }
            "CreateCluster" => json!({"clusterName": *dice.pick(&["default", "other"])}),
            "CreateService" if dice.once_in(3) => json!({
                "serviceName": name, "taskDefinition": family, "schedulingStrategy": "DAEMON",
            }),
            "CreateService" if dice.once_in(4) => json!({
                "serviceName": name, "desiredCount": count,
                "deploymentController": {"type": "EXTERNAL"},
            }),
            "CreateService" if dice.once_in(3) => json!({
                "serviceName": name, "taskDefinition": family, "desiredCount": count,
                "deploymentConfiguration": {"strategy": "BLUE_GREEN", "lifecycleHooks": [
                    {"targetType": "PAUSE", "lifecycleStages": ["PRE_SCALE_UP", "POST_SCALE_UP"]},
                ]},
            }),
            "ContinueServiceDeployment" => {
                let (arn, hook) = self.pauses.last().expect("there is one");
                let action = *dice.pick(&["CONTINUE", "CONTINUE", "ROLLBACK"]);
                json!({"serviceDeploymentArn": arn, "hookId": hook, "action": action})
            }
            "CreateService" => {
                json!({"serviceName": name, "taskDefinition": family, "desiredCount": count})
            }
            "UpdateService" if dice.once_in(4) => json!({"service": "sets", "desiredCount": count}),
            "UpdateService" => {
                json!({"service": name, "desiredCount": count, "taskDefinition": family})
            }
            "CreateTaskSet" => json!({
                "cluster": "default", "service": "sets", "taskDefinition": "web",
                "scale": {"value": count * 50},
            }),
            "DescribeTaskSets" => json!({"cluster": "default", "service": "sets"}),
            "UpdateTaskSet" | "DeleteTaskSet" | "UpdateServicePrimaryTaskSet" => {
                let set = dice.pick(&self.task_sets);
                // arn:…:task-set/CLUSTER/SERVICE/…
                let name =
                    set.split('/').nth(2).filter(|_| set.starts_with("arn:")).unwrap_or("sets");
                json!({
                    "cluster": "default", "service": name, "taskSet": set, "primaryTaskSet": set,
                    "scale": {"value": count * 50}, "force": dice.once_in(2),
                })
            }
            "PutAccountSetting" | "PutAccountSettingDefault" => {
                json!({"name": "containerInsights", "value": *dice.pick(&["enabled", "disabled"])})
            }
            "StopServiceDeployment" => {
                json!({"serviceDeploymentArn": dice.pick(&self.service_deployments)})
            }
            "ListServiceDeployments" => json!({"service": name}),
            "DescribeServiceDeployments" => {
                json!({"serviceDeploymentArns": [dice.pick(&self.service_deployments)]})
            }
            "DescribeServiceRevisions" => {
                json!({"serviceRevisionArns": [dice.pick(&self.service_revisions)]})
            }
            "DeleteService" => json!({"service": name, "force": true}),
            "RunTask" => json!({"taskDefinition": family, "count": 1 + count}),
            "RegisterContainerInstance" => json!({"totalResources": [
                {"name": "CPU", "type": "INTEGER", "integerValue": 1000},
                {"name": "MEMORY", "type": "INTEGER", "integerValue": 1000},
                {"name": "PORTS", "type": "STRINGSET", "stringSetValue": ["1"]},
            ], "attributes": [{"name": "com.amazonaws.ecs.capability.docker-remote-api.1.18"}]}),
            "SubmitTaskStateChange" | "SubmitContainerStateChange" => {
                let status = *dice.pick(&["RUNNING", "STOPPED", "PENDING"]);
                json!({"task": dice.pick(&self.tasks), "status": status, "containerName": "app"})
            }
            _ => json!({}),
        }
    }

    /// Any value of a shape.
    fn any(&self, member: &str, shape: &Shape, dice: &mut Dice, depth: usize) -> Value {
        match shape {
            Shape::Boolean => json!(dice.once_in(2)),
            Shape::Document => json!({}),
            Shape::Timestamp => json!(1_700_000_000 + dice.below(1_000)),
            Shape::Double { .. } => json!(dice.below(100)),
            Shape::Integer { .. } | Shape::Long { .. } => {
                json!(*dice.pick(&[0, 1, 2, 3, 10, 50, 100, 200, 8080, -1, i32::MAX, i32::MIN]))
            }
            Shape::Blob => json!(""),
            Shape::Enumeration(values) => json!(dice.pick(values)),
            Shape::String { .. } => json!(self.word(member, dice)),
            Shape::List { element, .. } => {
                let count = if depth > 4 { 0 } else { dice.below(3) };
                (0..count).map(|_| self.any(member, element, dice, depth + 1)).collect()
            }
            Shape::Map { value, .. } => {
                json!({ *dice.pick(&["a", "b"]): self.any(member, value, dice, depth + 1) })
            }
            Shape::Structure(members) => {
                let mut all = Map::new();
                for member in *members {
                    if member.required || (depth < 5 && dice.once_in(3)) {
                        let value = self.any(member.name, member.shape, dice, depth + 1);
                        all.insert(member.name.into(), value);
                    }
                }
                Value::Object(all)
            }
        }
    }

    fn word(&self, member: &str, dice: &mut Dice) -> String {
        const WORDS: &[&str] = &[
            "",
            "a",
            "app",
            "web",
            "db",
            "256",
            "0.5 GB",
            "CMD",
            "CPU",
            "MEMORY",
            "PORTS",
            "22",
            "1-5",
            "5-1",
            "default",
            "RUNNING",
            "cpu",
            "instanceId",
            "attribute:a == b",
            "service:web",
            "aws:a",
            "ecs.a",
            "ecs-svc/1",
            "é\u{0}\u{1F980}",
            "busybox",
            "arn:aws:ecs:us-east-1",
        ];
        let known = match member {
            "cluster" | "clusters" => &self.clusters,
            "taskDefinition" | "taskDefinitions" | "family" => &self.definitions,
            "service" | "services" | "serviceName" => &self.services,
            "task" | "tasks" => &self.tasks,
            "containerInstance" | "containerInstances" | "containerInstanceArn" | "targetId" => {
                &self.instances
            }
            "serviceDeploymentArn" | "serviceDeploymentArns" => &self.service_deployments,
            "serviceRevisionArns" => &self.service_revisions,
            "taskSet" | "taskSets" | "primaryTaskSet" => &self.task_sets,
            "resourceArn" => {
                let lists = [
                    &self.clusters,
                    &self.definitions,
                    &self.services,
                    &self.tasks,
                    &self.task_sets,
                ];
                lists[dice.below(lists.len())]
            }
            _ => return (*dice.pick(WORDS)).to_owned(),
        };
        match dice.below(10) {
            0 => (*dice.pick(WORDS)).to_owned(),
            1 => "x".repeat(300),
            _ => dice.pick(known).clone(),
        }
    }
}
