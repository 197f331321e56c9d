//! Tokens are used up, and a host reaches no other's.

use access::Ask;
use iam::Context;
use model::{
    ContainerInstance, ContainerInstanceStatus, Host, Resources, Task, Timestamp, VersionInfo,
};
use wire::ErrorCode;

use super::{Terms, create_token, guard, mint, revoke, take_in};
use crate::{App, api::dispatch::refusal, signed};

const TRUST_EC2: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}"#;

fn instance(id: u128, host: &str) -> ContainerInstance {
    ContainerInstance {
        cluster: "default".parse().expect("a name"),
        id: arn::InstanceId(id),
        ec2_instance_id: None,
        status: ContainerInstanceStatus::Active,
        agent_connected: true,
        agent_connected_at: Timestamp(0),
        registered: Resources::default(),
        attributes: Vec::new(),
        version_info: VersionInfo::default(),
        registered_at: Timestamp(0),
        tags: Vec::new(),
        version: 1,
        seq_num: 0,
        runtime_status: None,
        host: Some(host.into()),
    }
}

fn host(id: &str) -> Host {
    Host {
        id: id.into(),
        secret: String::new(),
        role: "host".into(),
        cluster: "default".parse().ok(),
        joined_at: Timestamp(0),
        container_instance: None,
        revoked_at: None,
    }
}

#[tokio::test]
async fn a_host_reaches_its_own_and_no_others() {
    let (app, _) = signed::app().await;
    signed::change(&app, |tx| {
        tx.put(host("A"));
        tx.put(host("B"));
        tx.put(instance(1, "A"));
        tx.put(instance(2, "B"));
        for (task, on) in [(1, 1), (2, 2)] {
            let cluster = "default".parse().expect("a name");
            let definition = "web:1".parse().expect("a task definition");
            let mut task = Task::new(cluster, arn::TaskId(task), definition);
            task.container_instance = Some(arn::InstanceId(on));
            tx.put(task);
        }
    })
    .await;
    let (state, home) = (app.store.snapshot(), app.settings.home.clone());
    let may = |action: &'static str, resource: &str| {
        let resource = match resource.split_once('/') {
            Some(_) => format!("arn:aws:ecs:us-east-1:000000000000:{resource}"),
            None => resource.to_owned(),
        };
        guard::refusal(&state, &home, "A", &Ask { action, resource, context: Context::new() })
            .is_none()
    };
    let id = |number: u128| format!("{number:032x}");
    for (number, is_own) in [(1, true), (2, false)] {
        let instance = format!("container-instance/default/{}", id(number));
        let task = format!("task/default/{}", id(number));
        assert_eq!(may("ecs:Poll", &instance), is_own, "{instance}");
        assert_eq!(may("ecs:DescribeTasks", &task), is_own, "{task}");
        assert_eq!(may("ecs:StopTask", &task), is_own, "{task}");
    }
    for (action, resource, is_allowed) in [
        ("ecs:RegisterContainerInstance", "cluster/default", true),
        ("ecs:RegisterContainerInstance", "cluster/other", false),
        ("ecs:RegisterContainerInstance", "*", false),
        ("ecs:TagResource", "container-instance/default/*", true),
        ("ecs:TagResource", "container-instance/other/*", false),
        ("ecs:StartTask", "task-definition/web:1", false),
        ("ecs:DescribeTasks", "task/default/*", false),
        ("ecs:ListTasks", "*", false),
        ("ecs:DiscoverPollEndpoint", "*", true),
        ("ecs:DescribeTaskDefinition", "task-definition/web:1", true),
        ("ecr:GetAuthorizationToken", "*", true),
    ] {
        assert_eq!(may(action, resource), is_allowed, "{action} on {resource}");
    }
}

/// A role that hosts can have.
async fn with_role(app: &App) {
    signed::change(app, |tx| {
        let role = signed::role("host", &[]);
        tx.put(model::iam::Role { trust_policy: TRUST_EC2.into(), ..role });
    })
    .await;
}

#[tokio::test]
async fn a_token_is_good_for_so_many_hosts_and_so_long() {
    let (app, _) = signed::app().await;
    with_role(&app).await;
    let terms = |uses, role: &str| Terms { role: role.into(), cluster: None, ttl_ms: 60_000, uses };
    let make = |terms: Terms| {
        let mut cx = app.own_cx();
        app.store.update(move |tx| create_token(tx, &mut cx, terms))
    };
    let join = |token: String, later_ms: i64| {
        let mut cx = app.own_cx();
        cx.now = cx.now.plus_ms(later_ms);
        app.store.update(move |tx| take_in(tx, &mut cx, &token))
    };
    let (_, token) = make(terms(2, "host")).await.expect("a token");
    assert!(
        !format!("{:?}", app.store.snapshot().join_tokens().iter().next()).contains(&token[21..])
    );
    let (first, _) = join(token.clone(), 0).await.expect("the first joins");
    join(token.clone(), 0).await.expect("the second joins");
    let refused = join(token, 0).await.map_err(refusal).expect_err("it is used up");
    assert_eq!(refused.code, ErrorCode::AccessDenied);
    let (_, token) = make(terms(1, "host")).await.expect("a token");
    assert!(join(token.clone(), 60_000).await.is_err(), "it is over");
    assert!(join(format!("{token}0"), 0).await.is_err(), "it is another");
    assert!(make(terms(1, "ecsInstanceRole")).await.is_err(), "hosts cannot take that role");

    let id = first.id.clone();
    let made = mint(&app.store.snapshot(), &mut app.own_cx(), &id);
    assert!(made.is_ok_and(|made| made.access_key_id.starts_with("ASIA")));
    let cx = app.own_cx();
    let revoked = app.store.update(move |tx| revoke(tx, &cx, &id)).await;
    assert!(revoked.is_ok());
    assert!(mint(&app.store.snapshot(), &mut app.own_cx(), &first.id).is_err());
}
