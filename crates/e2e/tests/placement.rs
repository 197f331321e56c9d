//! Where tasks go, and what is said when they go nowhere.

use std::{collections::BTreeMap, fs, process::Command};

use e2e::{ControlPlane, Witness, World, arns, definition, eventually, field, longshore, seconds};
use serde_json::{Value, json};

/// How many of the tasks share each value of a member.
fn tally<'t>(tasks: &'t [Value], member: &str) -> BTreeMap<&'t str, usize> {
    let mut counts = BTreeMap::new();
    for task in tasks {
        *counts.entry(field(task, member)).or_insert(0) += 1;
    }
    counts
}

/// Runs standalone tasks; they are placed when it answers, and awaited until they run.
fn run_tasks(up: &ControlPlane<'_>, definition: &str, members: Value) -> Vec<Value> {
    let input = definition::with(members, json!({"taskDefinition": definition}));
    let answer = up.ecs("run-task", input);
    assert_eq!(answer["failures"], json!([]));
    let tasks = answer["tasks"].as_array().expect("a list").clone();
    for task in &tasks {
        up.task_reaches(field(task, "taskArn"), "RUNNING", 30);
    }
    tasks
}

/// What `longshore` prints, as a client of a control plane, and its exit code.
fn told(up: &ControlPlane<'_>, arguments: &[&str]) -> (String, Option<i32>) {
    let command = Command::new(longshore()).args(arguments).envs(up.environment.clone()).output();
    let output = command.expect("longshore runs");
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    (String::from_utf8(output.stdout).expect("UTF-8"), output.status.code())
}

/// Four instances in two zones on one host: every strategy and constraint, seen in containers.
#[test]
fn four_instances_in_two_zones_take_tasks_as_strategies_and_constraints_say() {
    let world = World::new();
    let up = world.up(&["--settle", "0s", "--instances", "4", "--zones", "a,b"]);
    let instances = up.instances(4);
    let app = up.register("app", json!([definition::shell("app", definition::LINGER)]));

    // A service that names no strategy: 2+2 over zones, and one on each instance.
    up.create_service("even", &app, json!({"desiredCount": 4}));
    up.service_is_stable("even", 40);
    let tasks = up.service_tasks("even");
    assert_eq!(tally(&tasks, "availabilityZone").into_values().collect::<Vec<_>>(), [2, 2]);
    assert_eq!(tally(&tasks, "containerInstanceArn").len(), 4);

    // distinctInstance: four find a place, and the fifth is told why not.
    let apart = json!({"desiredCount": 5, "placementConstraints": [{"type": "distinctInstance"}]});
    up.create_service("apart", &app, apart);
    let event = up.event("apart", "was unable to place a task", 30);
    assert!(event.contains("\"DistinctInstance placement constraint unsatisfied.\""), "{event}");
    let all_run = |service: &str, count: usize| {
        eventually(&format!("{count} tasks of {service} run"), seconds(30), || {
            let tasks = up.service_tasks(service);
            let running = tasks.iter().filter(|task| task["lastStatus"] == "RUNNING").count();
            if running == count { Ok(tasks) } else { Err(format!("{tasks:?}")) }
        })
    };
    assert_eq!(tally(&all_run("apart", 4), "containerInstanceArn").len(), 4);

    // binpack: the fullest first.
    let fat = definition::with(definition::shell("fat", definition::LINGER), json!({"memory": 64}));
    let fat = up.register("fat", json!([fat]));
    let full = &instances[2];
    up.ecs("start-task", json!({"taskDefinition": fat, "containerInstances": [full]}));
    let binpack =
        json!({"count": 3, "placementStrategy": [{"type": "binpack", "field": "memory"}]});
    let packed = run_tasks(&up, &app, binpack);
    assert_eq!(tally(&packed, "containerInstanceArn"), BTreeMap::from([(full.as_str(), 3)]));

    // memberOf: only where the attribute is.
    let prod = &instances[1];
    let attribute = json!([{"name": "stack", "value": "prod", "targetId": prod}]);
    up.ecs("put-attributes", json!({"attributes": attribute}));
    let expression = "attribute:stack == prod and not(task:group == database)";
    let member_of = json!([{"type": "memberOf", "expression": expression}]);
    let chosen = run_tasks(&up, &app, json!({"count": 2, "placementConstraints": member_of}));
    assert_eq!(tally(&chosen, "containerInstanceArn"), BTreeMap::from([(prod.as_str(), 2)]));

    // The same expression, tried out.
    let (selected, code) = told(&up, &["query", expression]);
    let id = prod.rsplit('/').next().expect("an ARN has an id");
    let first_two: Vec<&str> = selected.lines().take(2).collect();
    assert_eq!(first_two[0], "1 of 4 container instances are selected");
    assert!(first_two[1].contains(id), "{selected}");
    assert_eq!(
        (selected.matches("'attribute:stack == prod' is false").count(), code),
        (3, Some(0))
    );

    // What scaling in will do, from what the aws CLI says, and what it does.
    let listed = arns(&up.ecs("list-tasks", json!({"serviceName": "even"}))["taskArns"]);
    let documents = json!([
        up.ecs("describe-container-instances", json!({"containerInstances": instances})),
        up.ecs("describe-tasks", json!({"tasks": listed})),
        up.ecs("describe-services", json!({"services": ["even"]})),
        up.ecs("describe-task-definition", json!({"taskDefinition": app})),
    ]);
    let file = world.path("cluster.json");
    fs::write(&file, documents.to_string()).expect("the folder is writable");
    let file = file.to_str().expect("a temporary path is UTF-8");
    let (map, code) = told(&up, &["simulate", file, "--scale", "even=2"]);
    assert_eq!(
        (map.lines().next(), code),
        (Some("scale even from 4 to 2: 2 of 2 stopped"), Some(0))
    );
    for zone in ["us-east-1a", "us-east-1b"] {
        let gone = map.lines().filter(|line| line.starts_with("  -1") && line.ends_with(zone));
        assert_eq!(gone.count(), 1, "{map}");
    }
    up.ecs("update-service", json!({"service": "even", "desiredCount": 2}));
    let left = all_run("even", 2);
    assert_eq!(tally(&left, "availabilityZone").into_values().collect::<Vec<_>>(), [1, 1]);
    let running = world.running().len();
    assert!(running >= 2 + 4 + 1 + 3 + 2, "{running} containers run");
}

#[test]
fn a_service_spreads_over_three_zones() {
    let world = World::new();
    let up = world.up(&["--settle", "0s", "--instances", "3", "--zones", "a,b,c"]);
    up.instances(3);
    let app = up.register("app", json!([definition::shell("app", definition::LINGER)]));
    up.create_service("app", &app, json!({"desiredCount": 6}));
    up.service_is_stable("app", 40);

    let mut tasks_in = BTreeMap::new();
    for task in up.service_tasks("app") {
        *tasks_in.entry(field(&task, "availabilityZone").to_owned()).or_insert(0) += 1;
    }
    let zones: Vec<_> = tasks_in.iter().map(|(zone, tasks)| (zone.as_str(), *tasks)).collect();
    assert_eq!(zones, [("us-east-1a", 2), ("us-east-1b", 2), ("us-east-1c", 2)]);
}

#[test]
fn a_task_that_fits_nowhere_is_a_failure_and_a_service_event() {
    let world = World::new();
    let up = world.up(&[]);
    let instance = up.instances(1).remove(0);
    let huge = definition::with(definition::shell("huge", "true"), json!({"memory": 100_000_000}));
    let huge = up.register("huge", json!([huge]));

    let answer = up.ecs("run-task", json!({"taskDefinition": huge}));
    assert_eq!(answer["tasks"], json!([]));
    assert_eq!(field(&answer["failures"][0], "reason"), "RESOURCE:MEMORY");
    assert_eq!(field(&answer["failures"][0], "arn"), instance);
    up.create_service("huge", &huge, json!({"desiredCount": 1}));
    let id = instance.rsplit('/').next().expect("an ARN has an id");
    let event = up.event("huge", "was unable to place a task", 20);
    assert_eq!(
        event,
        format!(
            "(service huge) was unable to place a task because no container instance met all of its \
             requirements. The closest matching (container-instance {id}) has insufficient memory \
             available. For more information, see the Troubleshooting section of the Amazon ECS \
             Developer Guide."
        )
    );
    assert_eq!(world.containers(), []);
}

#[test]
fn a_cluster_without_instances_says_so() {
    let world = World::new();
    let server = world.server(&[]);
    server.ecs("create-cluster", json!({}));
    let app = server.register("app", json!([definition::shell("app", definition::LINGER)]));
    server.create_service("app", &app, json!({"desiredCount": 1}));
    server.event("app", "Reason: No Container Instances were found in your cluster.", 20);
    let refused = server.aws().try_ecs("run-task", &json!({"taskDefinition": app}));
    let refused = refused.expect_err("there is nowhere to run it");
    assert!(
        refused.contains("InvalidParameterException")
            && refused.contains("No Container Instances were found in your cluster."),
        "{refused}"
    );
}

#[test]
fn a_host_port_is_given_once_on_each_instance() {
    let world = World::new();
    let up = world.up(&[]);
    let instance = up.instances(1).remove(0);
    let port = world.free_port();
    let container = definition::with(
        definition::shell("app", definition::LINGER),
        json!({"portMappings": [{"containerPort": 8080, "hostPort": port}]}),
    );
    let app = up.register("app", json!([container]));
    let first = up.run_task(&app);
    let running = up.task_reaches(&first, "RUNNING", 20);
    let binding = &running["containers"][0]["networkBindings"][0];
    assert_eq!((&binding["hostPort"], &binding["containerPort"]), (&json!(port), &json!(8080)));

    let second = up.ecs("run-task", json!({"taskDefinition": app}));
    assert_eq!(second["tasks"], json!([]));
    assert_eq!(field(&second["failures"][0], "reason"), "RESOURCE:PORTS");
    assert_eq!(field(&second["failures"][0], "arn"), instance);
    up.ecs("stop-task", json!({"task": first}));
    up.task_reaches(&first, "STOPPED", 20);
    up.run_task(&app);
}

#[test]
fn a_draining_instance_gives_its_service_tasks_to_the_others() {
    let world = World::new();
    let up = world.up(&["--settle", "0s", "--instances", "2"]);
    let instances = up.instances(2);
    let app = up.register("app", json!([definition::shell("app", definition::LINGER)]));
    let witness = Witness::of_family(&world.family("app"));
    up.create_service("app", &app, json!({"desiredCount": 4}));
    up.service_is_stable("app", 30);
    let standalone =
        up.run_task(&up.register("alone", json!([definition::shell("app", definition::LINGER)])));
    up.task_reaches(&standalone, "RUNNING", 20);
    let drained = field(&up.task(&standalone), "containerInstanceArn").to_owned();
    let other = instances.iter().find(|i| **i != drained).expect("there are two");
    witness.mark();

    let input = json!({"containerInstances": [drained], "status": "DRAINING"});
    up.ecs("update-container-instances-state", input);

    eventually("all four run on the other instance", seconds(40), || {
        let tasks = up.service_tasks("app");
        let moved = tasks.iter().filter(|t| t["containerInstanceArn"] == *other);
        let left = json!({"containerInstance": drained, "serviceName": "app"});
        let left = arns(&up.ecs("list-tasks", left)["taskArns"]);
        let moved = moved.filter(|t| t["lastStatus"] == "RUNNING").count();
        if moved == 4 && left.is_empty() { Ok(()) } else { Err(format!("{tasks:?}")) }
    });
    up.service_is_stable("app", 20);
    assert!(witness.seen().running_min >= 4, "it went below the minimum: {:?}", witness.seen());
    assert_eq!(up.task(&standalone)["lastStatus"], "RUNNING", "a standalone task stays");
    let active = json!({"containerInstances": [drained], "status": "ACTIVE"});
    let active = up.ecs("update-container-instances-state", active);
    assert_eq!(active["containerInstances"][0]["status"], "ACTIVE");
}

/// What a task lacks where it does not fit and who holds that, as the command line and the control plane
/// say.
#[test]
fn explain_says_of_each_instance_why_it_would_take_a_task_or_not() {
    let world = World::new();
    let up = world.up(&["--instances", "2", "--memory", "256"]);
    let instances = up.instances(2);
    let large = definition::with(
        definition::shell("app", definition::LINGER),
        json!({"memory": 200, "cpu": 10}),
    );
    let large = up.register("large", json!([large]));
    let holder = run_tasks(&up, &large, json!({})).remove(0);
    let id = |arn: &str| arn.rsplit('/').next().expect("an ARN has an id").to_owned();
    let (task, full) = (id(field(&holder, "taskArn")), id(field(&holder, "containerInstanceArn")));
    let free = instances.iter().map(|arn| id(arn)).find(|id| *id != full).expect("there are two");
    let lacks = |instance: &str, task: &str, group: &str| {
        format!(
            "\n{instance} (us-east-1a)\n  RESOURCE:MEMORY: 200 MiB of memory asked, 56 free\n    200 MiB \
             of memory held by task {task} ({group}), app\n"
        )
    };
    let group = field(&holder, "group");

    // One instance has room: it is chosen, and the other says what it lacks, and who holds it.
    up.create_service("app", &large, json!({"desiredCount": 0}));
    let (text, code) = told(&up, &["explain", "service", "app", "--cluster", "default"]);
    let chosen = format!("\n{free} (us-east-1a)\n  chosen: it alone fits\n");
    assert!(text.starts_with("service app: 0 of 0 tasks placed;"), "{text}");
    assert!(text.contains(&chosen), "{text}");
    assert!(text.contains(&lacks(&full, &task, group)), "{text}");
    assert_eq!(code, Some(0));

    // None has: both say why, and the service says what it waits for.
    up.ecs("update-service", json!({"service": "app", "desiredCount": 2}));
    let event = up.event("app", "was unable to place a task", 30);
    let waits = event.replace("(service app) ", "\nwaits: ");
    let own = id(field(&up.service_tasks("app")[0], "taskArn"));
    let text = eventually("the service waits", seconds(10), || {
        let (text, code) = told(&up, &["explain", "service", "app"]);
        if text.contains(&waits) && code == Some(1) { Ok(text) } else { Err(text) }
    });
    assert!(text.starts_with("service app: 1 of 2 tasks placed;"), "{text}");
    assert!(text.contains("\nno container instance takes it\n"), "{text}");
    assert!(text.contains(&lacks(&full, &task, group)), "{text}");
    assert!(text.contains(&lacks(&free, &own, "service:app")), "{text}");

    // A task that is there: without it, it would be placed where it is.
    let (text, code) = told(&up, &["explain", "task", &task]);
    let place = format!("task {task} is RUNNING and is on container instance {full};");
    assert!(text.starts_with(&place), "{text}");
    let here = format!("\n{full} (us-east-1a, the task is here)\n  chosen: it alone fits\n");
    assert!(text.contains(&here), "{text}");
    assert!(text.contains(&lacks(&free, &own, "service:app")), "{text}");
    assert_eq!(code, Some(0));

    // The same as the control plane answers it, to whoever holds the key.
    let (answer, code) = told(&up, &["explain", "service", "app", "--json"]);
    let answer: Value = serde_json::from_str(&answer).expect("it is JSON");
    assert_eq!((&answer["chosen"], &answer["asks"]["memoryMib"]), (&Value::Null, &json!(200)));
    let numbers = |instance: &Value| (instance["asked"].clone(), instance["free"].clone());
    let told_of = answer["instances"].as_array().expect("a list");
    assert!(told_of.iter().all(|i| numbers(i) == (json!(200), json!(56))), "{answer}");
    assert_eq!((told_of.len(), code), (2, Some(1)));
    let port = up.url.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
    let refused = e2e::get(port, "/longshore/v1/explain/service/default/app");
    let refused = refused.expect_err("it is not signed");
    assert!(refused.contains("400 Bad Request"), "{refused}");

    // What is not there, and an expression that selects nothing, or is none.
    let exit_code = |arguments: &[&str]| {
        let command =
            Command::new(longshore()).args(arguments).envs(up.environment.clone()).output();
        let output = command.expect("longshore runs");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (code, why) = exit_code(&["explain", "service", "none"]);
    assert!(code == Some(2) && why.contains("ServiceNotFoundException"), "{code:?} {why}");
    let (code, why) = exit_code(&["query", "attribute:stack = prod"]);
    assert!(
        code == Some(2) && why.contains("at character 17: expected an operator"),
        "{code:?} {why}"
    );
    let (none, code) = told(&up, &["query", "attribute:stack == prod"]);
    assert_eq!(none.lines().next(), Some("0 of 2 container instances are selected"));
    assert_eq!(code, Some(1));
}
