//! Policies as AWS's documentation has them, decided on what calls ask. The names of cluster, family
//! and roles are those of [`World`]; `~` stands for the beginning of an ARN of ECS here.

use iam::{Grammar, Named, Policies, Policy, Principal, Request, decide};
use wire::op;

use super::{
    calls::asked,
    world::{ID_TEXT, World, home},
};
use crate::{Ask, Connection, Guarded, Own, asks_to_connect};

/// Whether the user `a` with this policy may do all that is asked; AWS's sentence where not.
fn decided(document: &str, asks: &[Ask]) -> Result<(), String> {
    let document = document.replace('~', "arn:aws:ecs:eu-central-1:111122223333:");
    let policy =
        Policy::parse(&document, Grammar::Identity).expect("a policy of the documentation");
    let identity = [Named { name: "test", policy: &policy }];
    for Ask { action, resource, context } in asks {
        let mut context = context.clone();
        context.insert("aws:username", "a");
        let principal = Principal::User { arn: "arn:aws:iam::111122223333:user/a" };
        let request = Request { principal, action, resource, context: &context };
        let decision = decide(&request, &Policies { identity: &identity, ..Policies::default() });
        if let Some(sentence) = decision.sentence(&request) {
            return Err(sentence.to_string());
        }
    }
    Ok(())
}

fn may<O: Guarded>(document: &str, body: &str) -> Result<(), String> {
    decided(document, &asked::<O>(body, &World::default()))
}

/// In a world where the task definition has no roles.
fn may_without_roles<O: Guarded>(document: &str, body: &str) -> Result<(), String> {
    decided(document, &asked::<O>(body, &World::default().without_roles()))
}

fn is_denied(answer: Result<(), String>, action: &str, resource: &str) {
    let resource = resource.replace('~', "arn:aws:ecs:eu-central-1:111122223333:");
    let sentence = answer.expect_err("a denial");
    let wanted = format!("is not authorized to perform: {action} ");
    assert!(sentence.contains(&wanted), "{sentence}");
    assert!(resource == "*" || sentence.contains(&resource), "{sentence}");
}

/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security_iam_id-based-policy-examples.html#IAM_cluster_policies>
const ONE_CLUSTER: &str = r#"{"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Action": ["ecs:Describe*", "ecs:List*"], "Resource": "*"},
    {"Effect": "Allow", "Action": ["ecs:DeleteCluster", "ecs:DeregisterContainerInstance",
        "ecs:ListContainerInstances", "ecs:RegisterContainerInstance",
        "ecs:SubmitContainerStateChange", "ecs:SubmitTaskStateChange"],
     "Resource": "~cluster/prod"},
    {"Effect": "Allow", "Action": ["ecs:DescribeContainerInstances", "ecs:DescribeTasks",
        "ecs:ListTasks", "ecs:UpdateContainerAgent", "ecs:StartTask", "ecs:StopTask", "ecs:RunTask"],
     "Resource": "*", "Condition": {"ArnEquals": {"ecs:cluster": "~cluster/prod"}}}]}"#;

#[test]
fn a_user_limited_to_one_cluster() {
    let run = |cluster: &str| format!(r#"{{"cluster": "{cluster}", "taskDefinition": "web"}}"#);
    assert_eq!(may::<op::DeleteCluster>(ONE_CLUSTER, r#"{"cluster": "prod"}"#), Ok(()));
    assert_eq!(may::<op::DescribeServices>(ONE_CLUSTER, r#"{"services": ["web"]}"#), Ok(()));
    assert_eq!(may_without_roles::<op::RunTask>(ONE_CLUSTER, &run("prod")), Ok(()));
    is_denied(
        may::<op::DeleteCluster>(ONE_CLUSTER, r#"{"cluster": "b"}"#),
        "ecs:DeleteCluster",
        "~cluster/b",
    );
    is_denied(
        may::<op::SubmitTaskStateChange>(ONE_CLUSTER, "{}"),
        "ecs:SubmitTaskStateChange",
        "~cluster/default",
    );
    is_denied(may::<op::RunTask>(ONE_CLUSTER, &run("b")), "ecs:RunTask", "~task-definition/web:3");
    let roles = may::<op::RunTask>(ONE_CLUSTER, &run("prod"));
    is_denied(roles, "iam:PassRole", "arn:aws:iam::111122223333:role/web-task");
}

/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security_iam_id-based-policy-examples.html#IAM_run_policies>
#[test]
fn any_revision_of_one_family_on_one_cluster() {
    let policy = r#"{"Statement": [{"Effect": "Allow", "Action": ["ecs:RunTask"],
        "Condition": {"ArnEquals": {"ecs:cluster": "~cluster/prod"}},
        "Resource": ["~task-definition/web:*"]}]}"#;
    for definition in
        ["web", "web:3", "web:9", "arn:aws:ecs:eu-central-1:111122223333:task-definition/web"]
    {
        let body = format!(r#"{{"cluster": "prod", "taskDefinition": "{definition}"}}"#);
        assert_eq!(may_without_roles::<op::RunTask>(policy, &body), Ok(()), "{definition}");
    }
    let other = may::<op::RunTask>(policy, r#"{"cluster": "prod", "taskDefinition": "other"}"#);
    is_denied(other, "ecs:RunTask", "~task-definition/other:*");
    let elsewhere = may::<op::RunTask>(policy, r#"{"taskDefinition": "web:3"}"#);
    is_denied(elsewhere, "ecs:RunTask", "~task-definition/web:3");
}

/// The newest ACTIVE revision is what a family means, so that a statement about an older one does not
/// allow it.
#[test]
fn one_revision_of_a_family() {
    let policy = r#"{"Statement": {"Effect": "Allow", "Action": "ecs:RunTask",
        "Resource": "~task-definition/web:2"}}"#;
    let body = r#"{"cluster": "prod", "taskDefinition": "web"}"#;
    is_denied(may::<op::RunTask>(policy, body), "ecs:RunTask", "~task-definition/web:3");
}

/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security_iam_id-based-policy-examples.html#IAM_start_policies>
#[test]
fn tasks_started_on_one_container_instance() {
    let policy = format!(
        r#"{{"Statement": [{{"Effect": "Allow", "Action": ["ecs:StartTask"], "Condition": {{"ArnEquals": {{
        "ecs:cluster": "~cluster/prod",
        "ecs:container-instances": ["~container-instance/prod/{ID_TEXT}"]}}}},
        "Resource": ["~task-definition/web:*"]}}]}}"#
    );
    let start = |instance: &str| {
        let body = format!(
            r#"{{"cluster": "prod", "taskDefinition": "web:3", "containerInstances": ["{instance}"]}}"#
        );
        may_without_roles::<op::StartTask>(&policy, &body)
    };
    assert_eq!(start(ID_TEXT), Ok(()));
    is_denied(start("00000000000000000000000000000060"), "ecs:StartTask", "~task-definition/web:3");
    is_denied(start("no id"), "ecs:StartTask", "~task-definition/web:3");
}

/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security_iam_id-based-policy-examples.html#security_iam_id-based-policy-examples-view-cluster-tags>
#[test]
fn services_by_the_tag_of_their_owner() {
    let policy = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
        "Action": "ecs:DescribeServices", "Resource": "arn:aws:ecs:*:*:service/*",
        "Condition": {"StringEquals": {"ecs:ResourceTag/Team": "${aws:username}"}}}]}"#;
    let one = r#"{"cluster": "prod", "services": ["web"]}"#;
    assert_eq!(may::<op::DescribeServices>(policy, one), Ok(()));
    let two = r#"{"cluster": "prod", "services": ["web", "other"]}"#;
    is_denied(
        may::<op::DescribeServices>(policy, two),
        "ecs:DescribeServices",
        "~service/prod/other",
    );
    let none = r#"{"cluster": "prod", "services": []}"#;
    is_denied(may::<op::DescribeServices>(policy, none), "ecs:DescribeServices", "*");
}

/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html#ecs-exec-limit-access-container-name>
#[test]
fn no_commands_in_one_container_by_whatever_name() {
    let policy = r#"{"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "ecs:ExecuteCommand", "Resource": "*"},
        {"Effect": "Deny", "Action": ["ecs:ExecuteCommand"], "Resource": "*",
         "Condition": {"StringEquals": {"ecs:container-name": "app"}}}]}"#;
    let run = |container: &str| {
        let body = format!(
            r#"{{"cluster": "prod", "task": "{ID_TEXT}", "command": "ls", "interactive": true{container}}}"#
        );
        may::<op::ExecuteCommand>(policy, &body)
    };
    assert_eq!(run(r#", "container": "sidecar""#), Ok(()));
    is_denied(run(r#", "container": "app""#), "ecs:ExecuteCommand", "~cluster/prod");
    is_denied(run(""), "ecs:ExecuteCommand", "~cluster/prod");
}

/// The task alone is not enough: AWS's examples allow the cluster too.
#[test]
fn a_command_needs_the_cluster_and_the_task() {
    let policy = r#"{"Statement": {"Effect": "Allow", "Action": "ecs:ExecuteCommand",
        "Resource": "~task/prod/*"}}"#;
    let body = format!(
        r#"{{"cluster": "prod", "task": "{ID_TEXT}", "command": "ls", "interactive": true}}"#
    );
    is_denied(may::<op::ExecuteCommand>(policy, &body), "ecs:ExecuteCommand", "~cluster/prod");
}

/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html#ecs-exec-limit-access-run-task>
#[test]
fn tasks_and_services_only_without_exec() {
    let policy = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
        "Action": ["ecs:RunTask", "ecs:StartTask", "ecs:CreateService", "ecs:UpdateService"],
        "Resource": "*", "Condition": {"StringEquals": {"ecs:enable-execute-command": "false"}}}]}"#;
    let run = r#"{"cluster": "prod", "taskDefinition": "web"}"#;
    let with_exec = r#"{"cluster": "prod", "taskDefinition": "web", "enableExecuteCommand": true}"#;
    let scale = r#"{"cluster": "prod", "service": "web", "desiredCount": 2}"#;
    assert_eq!(may_without_roles::<op::RunTask>(policy, run), Ok(()));
    assert_eq!(may::<op::UpdateService>(policy, scale), Ok(()), "the service has it off");
    let denied = may_without_roles::<op::RunTask>(policy, with_exec);
    is_denied(denied, "ecs:RunTask", "~task-definition/web:3");
}

/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/supported-iam-actions-tagging.html>
#[test]
fn tags_while_something_is_created_and_at_no_other_time() {
    let policy = r#"{"Statement": [
        {"Effect": "Allow", "Action": ["ecs:CreateCluster", "ecs:CreateService"], "Resource": "*"},
        {"Effect": "Allow", "Action": ["ecs:TagResource"], "Resource": "*",
         "Condition": {"StringEquals": {"ecs:CreateAction": "CreateCluster"}}}]}"#;
    let tags = r#""tags": [{"key": "team", "value": "b"}]"#;
    let cluster = format!(r#"{{"clusterName": "new", {tags}}}"#);
    let service = format!(r#"{{"cluster": "prod", "serviceName": "new", {tags}}}"#);
    assert_eq!(may::<op::CreateCluster>(policy, &cluster), Ok(()));
    assert_eq!(may::<op::CreateService>(policy, r#"{"serviceName": "new", "tags": []}"#), Ok(()));
    is_denied(may::<op::CreateService>(policy, &service), "ecs:TagResource", "~service/prod/new");
    let direct = format!(r#"{{"resourceArn": "~cluster/prod", {tags}}}"#);
    is_denied(may::<op::TagResource>(policy, &direct), "ecs:TagResource", "~cluster/prod");

    let off = World::default().with_free_tags();
    assert_eq!(decided(policy, &asked::<op::CreateService>(&service, &off)), Ok(()));
}

/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/supported-iam-actions-tagging.html#control-tagging>
#[test]
fn only_one_value_of_a_tag() {
    let policy = r#"{"Statement": {"Effect": "Allow", "Action": ["ecs:RunTask", "ecs:TagResource"],
        "Resource": "*", "Condition": {"StringEquals": {"aws:RequestTag/team": ["a", "b"]},
        "ForAllValues:StringEquals": {"aws:TagKeys": ["team"]}}}}"#;
    let run = |tags: &str| {
        let body = format!(r#"{{"cluster": "prod", "taskDefinition": "web", "tags": [{tags}]}}"#);
        may_without_roles::<op::RunTask>(policy, &body)
    };
    assert_eq!(run(r#"{"key": "team", "value": "a"}"#), Ok(()));
    is_denied(run(r#"{"key": "team", "value": "c"}"#), "ecs:RunTask", "~task-definition/web:3");
    let more = run(r#"{"key": "team", "value": "a"}, {"key": "x", "value": "y"}"#);
    is_denied(more, "ecs:RunTask", "~task-definition/web:3");
}

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html>
#[test]
fn roles_that_may_be_handed_over_and_to_whom() {
    let policy = r#"{"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "ecs:*", "Resource": "*"},
        {"Effect": "Allow", "Action": "iam:PassRole",
         "Resource": ["arn:aws:iam::111122223333:role/web-task",
            "arn:aws:iam::111122223333:role/ecsTaskExecutionRole"],
         "Condition": {"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}}}]}"#;
    let register = |role: &str| {
        let body =
            format!(r#"{{"family": "web", "containerDefinitions": [], "taskRoleArn": "{role}"}}"#);
        may::<op::RegisterTaskDefinition>(policy, &body)
    };
    assert_eq!(register("web-task"), Ok(()));
    assert_eq!(register("arn:aws:iam::111122223333:role/web-task"), Ok(()));
    is_denied(register("admin"), "iam:PassRole", "arn:aws:iam::111122223333:role/admin");
    is_denied(register("x/web-task"), "iam:PassRole", "arn:aws:iam::111122223333:role/x/web-task");
    is_denied(
        register("arn:aws:iam::444455556666:role/web-task"),
        "iam:PassRole",
        "arn:aws:iam::444455556666:role/web-task",
    );

    let run = r#"{"cluster": "prod", "taskDefinition": "web"}"#;
    assert_eq!(may::<op::RunTask>(policy, run), Ok(()), "the roles of the task definition");
    let other =
        r#"{"cluster": "prod", "taskDefinition": "web", "overrides": {"taskRoleArn": "admin"}}"#;
    is_denied(
        may::<op::RunTask>(policy, other),
        "iam:PassRole",
        "arn:aws:iam::111122223333:role/admin",
    );
    let hook = r#"{"cluster": "prod", "service": "web",
        "deploymentConfiguration": {"lifecycleHooks": [{"roleArn": "web-task"}]}}"#;
    let to_ecs = may::<op::UpdateService>(policy, hook);
    is_denied(to_ecs, "iam:PassRole", "arn:aws:iam::111122223333:role/web-task");
}

#[test]
fn a_service_is_scaled_without_its_roles_being_handed_over_again() {
    let policy = r#"{"Statement": {"Effect": "Allow", "Action": "ecs:UpdateService",
        "Resource": "~service/prod/web"}}"#;
    let scale = r#"{"cluster": "prod", "service": "web", "desiredCount": 2}"#;
    let deploy = r#"{"cluster": "prod", "service": "web", "taskDefinition": "web:3"}"#;
    assert_eq!(may::<op::UpdateService>(policy, scale), Ok(()));
    let roles = may::<op::UpdateService>(policy, deploy);
    is_denied(roles, "iam:PassRole", "arn:aws:iam::111122223333:role/web-task");
    let other = r#"{"cluster": "prod", "service": "other", "desiredCount": 2}"#;
    is_denied(may::<op::UpdateService>(policy, other), "ecs:UpdateService", "~service/prod/other");
}

/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security_iam_id-based-policy-examples.html#IAM_disable_namespace_override_policies>
#[test]
fn only_one_namespace() {
    let policy = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
        "Action": ["ecs:CreateService", "ecs:UpdateService"], "Condition": {"ArnEquals": {
        "ecs:cluster": "~cluster/prod",
        "ecs:namespace": "arn:aws:servicediscovery:us-east-1:111122223333:namespace/ns-1"}},
        "Resource": "*"}]}"#;
    let create = |namespace: &str| {
        let body = format!(
            r#"{{"cluster": "prod", "serviceName": "new",
            "serviceConnectConfiguration": {{"enabled": true, "namespace":
            "arn:aws:servicediscovery:us-east-1:111122223333:namespace/{namespace}"}}}}"#
        );
        may::<op::CreateService>(policy, &body)
    };
    assert_eq!(create("ns-1"), Ok(()));
    is_denied(create("ns-2"), "ecs:CreateService", "~service/prod/new");
}

#[test]
fn task_definitions_of_a_limited_size_without_privileges() {
    let policy = r#"{"Statement": {"Effect": "Allow", "Action": "ecs:RegisterTaskDefinition",
        "Resource": "*", "Condition": {"StringEquals": {"ecs:privileged": "false"},
        "NumericLessThanEquals": {"ecs:task-cpu": "512", "ecs:task-memory": "1024"}}}}"#;
    let register = |members: &str| {
        let body = format!(r#"{{"family": "web", {members}}}"#);
        may::<op::RegisterTaskDefinition>(policy, &body)
    };
    let fits = r#""containerDefinitions": [{}], "cpu": ".5 vCPU", "memory": "1GB""#;
    let large = r#""containerDefinitions": [{}], "cpu": "1 vCPU", "memory": "1GB""#;
    let privileged =
        r#""containerDefinitions": [{"privileged": true}], "cpu": "256", "memory": "512""#;
    assert_eq!(register(fits), Ok(()));
    is_denied(register(large), "ecs:RegisterTaskDefinition", "*");
    is_denied(register(privileged), "ecs:RegisterTaskDefinition", "*");
}

/// <https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEC2ContainerServiceforEC2Role.html>
#[test]
fn what_an_agent_does_and_what_it_does_not() {
    let policy = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": [
        "ecs:CreateCluster", "ecs:DeregisterContainerInstance", "ecs:DiscoverPollEndpoint", "ecs:Poll",
        "ecs:RegisterContainerInstance", "ecs:StartTelemetrySession",
        "ecs:UpdateContainerInstancesState", "ecs:Submit*"], "Resource": "*"},
        {"Effect": "Allow", "Action": "ecs:TagResource", "Resource": "*", "Condition": {
         "StringEquals": {"ecs:CreateAction": ["CreateCluster", "RegisterContainerInstance"]}}}]}"#;
    let register = r#"{"cluster": "prod", "tags": [{"key": "team", "value": "a"}]}"#;
    assert_eq!(may::<op::RegisterContainerInstance>(policy, register), Ok(()));
    assert_eq!(may::<op::SubmitTaskStateChange>(policy, r#"{"cluster": "prod"}"#), Ok(()));
    assert_eq!(may::<op::DiscoverPollEndpoint>(policy, "{}"), Ok(()));
    is_denied(may::<op::ListTasks>(policy, "{}"), "ecs:ListTasks", "*");
    let connect = |policy: &str| {
        let world = World::default();
        decided(policy, &asks_to_connect(Connection::Poll, Some("prod"), ID_TEXT, &world, &home()))
    };
    assert_eq!(connect(policy), Ok(()));
    let without = policy.replace("\"ecs:Poll\",", "");
    is_denied(connect(&without), "ecs:Poll", &format!("~container-instance/prod/{ID_TEXT}"));
    let of_another_cluster = r#"{"Statement": {"Effect": "Allow", "Action": "ecs:Poll", "Resource": "*",
        "Condition": {"ArnEquals": {"ecs:cluster": "~cluster/b"}}}}"#;
    is_denied(connect(of_another_cluster), "ecs:Poll", ID_TEXT);
}

/// What the grammar of names refuses is asked about as everything, which a statement about something
/// does not allow.
#[test]
fn texts_that_name_nothing() {
    let policy = r#"{"Statement": {"Effect": "Allow", "Action": "*",
        "Resource": ["~*", "arn:aws:iam::*:role/*"]}}"#;
    let is_denied_at_all = |answer: Result<(), String>| {
        let sentence = answer.expect_err("a denial");
        assert!(sentence.contains("on resource: * because"), "{sentence}");
    };
    is_denied_at_all(may::<op::DeleteCluster>(policy, r#"{"cluster": "prod/web"}"#));
    is_denied_at_all(may::<op::DeleteCluster>(
        policy,
        r#"{"cluster": "arn:aws:ecs:us-east-1:111122223333:cluster/prod"}"#,
    ));
    is_denied_at_all(may::<op::DeleteService>(
        policy,
        r#"{"cluster": "prod", "service": "~service/b/web"}"#,
    ));
    is_denied_at_all(may::<op::StopTask>(policy, r#"{"cluster": "prod", "task": "*"}"#));
    is_denied_at_all(may::<op::TagResource>(
        policy,
        r#"{"resourceArn": "~task/0000000000000000000000000000005f", "tags": []}"#,
    ));
    is_denied_at_all(may::<op::RunTask>(policy, r#"{"taskDefinition": "web:*"}"#));
    is_denied_at_all(may::<op::DescribeServiceDeployments>(
        policy,
        r#"{"serviceDeploymentArns": ["~service-revision/prod/web/1"]}"#,
    ));
    is_denied_at_all(may::<op::DeleteCapacityProvider>(policy, r#"{"capacityProvider": "a*"}"#));
}

/// The list is refused for its length by the handler; it is not asked about name by name.
#[test]
fn a_list_that_is_too_long_is_asked_about_as_everything() {
    let policy = r#"{"Statement": {"Effect": "Allow", "Action": "*",
        "Resource": ["~*", "arn:aws:iam::*:role/*"]}}"#;
    let long = |item: &str| vec![item; 2_000].join(",");
    let tasks = format!(r#"{{"cluster": "prod", "tasks": [{}]}}"#, long(&format!("\"{ID_TEXT}\"")));
    let hooks = format!(
        r#"{{"cluster": "prod", "service": "web", "deploymentConfiguration": {{"lifecycleHooks": [{}]}}}}"#,
        long(r#"{"roleArn": "web-task"}"#)
    );
    let answers =
        [may::<op::DescribeTasks>(policy, &tasks), may::<op::UpdateService>(policy, &hooks)];
    for answer in answers {
        let sentence = answer.expect_err("a denial");
        assert!(sentence.contains("on resource: * because"), "{sentence}");
    }
}

/// An empty name in an override does not hide the role of the task definition.
#[test]
fn an_empty_role_is_none() {
    let policy = r#"{"Statement": {"Effect": "Allow", "Action": "ecs:*", "Resource": "*"}}"#;
    let run = r#"{"cluster": "prod", "taskDefinition": "web", "overrides": {"taskRoleArn": ""}}"#;
    let register = r#"{"family": "web", "containerDefinitions": [], "taskRoleArn": ""}"#;
    let role = "arn:aws:iam::111122223333:role/web-task";
    is_denied(may::<op::RunTask>(policy, run), "iam:PassRole", role);
    assert_eq!(may::<op::RegisterTaskDefinition>(policy, register), Ok(()));
}

#[test]
fn longshores_own_paths_are_asked_on_what_they_show() {
    let policy = r#"{"Statement": {"Effect": "Allow",
        "Action": ["longshore:Watch*", "longshore:Explain*"], "Resource": "~service/prod/web"}}"#;
    let ask = |own: Own<'_>| decided(policy, &own.asks(&World::default(), &home()));
    assert_eq!(ask(Own::WatchService("prod", "web")), Ok(()));
    assert_eq!(ask(Own::ExplainService("prod", "web")), Ok(()));
    is_denied(ask(Own::WatchService("prod", "x")), "longshore:WatchService", "~service/prod/x");
    is_denied(ask(Own::PlanService("prod", "web")), "longshore:PlanService", "~service/prod/web");
    let task = format!("~task/prod/{ID_TEXT}");
    is_denied(ask(Own::ExplainTask("prod", ID_TEXT)), "longshore:ExplainTask", &task);
    is_denied(ask(Own::GetWaiting), "longshore:GetWaiting", "*");
}
