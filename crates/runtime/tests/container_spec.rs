//! A container's description, as payload and agent write it.

use runtime::{ContainerSpec, ErrorKind, PortBinding, Protocol};
use serde_json::json;

#[test]
fn the_payload_wins_where_it_says_something() {
    let mut spec = ContainerSpec::new("ecs-web-1-app", "web:1");
    spec.set_memory_bytes(64 << 20);
    spec.set_cpu_shares(2);
    spec.set_label("com.amazonaws.ecs.cluster", "default");
    let config = r#"{"Labels":{"team":"a"},"User":"nobody","Cmd":null}"#;
    spec.set_command(&["serve".into()]);
    spec.overlay(config, r#"{"CpuShares":512,"FutureOption":{"x":1}}"#).expect("objects");
    assert_eq!(
        spec.create_body(),
        json!({
            "Image": "web:1",
            "User": "nobody",
            "Cmd": ["serve"],
            "Labels": { "com.amazonaws.ecs.cluster": "default", "team": "a" },
            "HostConfig": { "Memory": 67_108_864, "CpuShares": 512, "FutureOption": { "x": 1 } },
        })
    );
}

#[test]
fn a_text_that_is_no_object_is_refused_by_its_member() {
    let mut spec = ContainerSpec::default();
    spec.overlay("", "  ").expect("empty texts say nothing");
    let error = spec.overlay("{}", "[]").expect_err("a list");
    assert_eq!(error.kind, ErrorKind::DockerClientConfig);
    assert!(error.to_string().starts_with("DockerClientConfigError: dockerConfig.hostConfig"));
}

#[test]
fn an_environment_variable_is_set_once() {
    let mut spec = ContainerSpec::default();
    spec.overlay(r#"{"Env":["AB=1","A=2"]}"#, "").expect("objects");
    spec.set_env("A", "3=3");
    assert_eq!(spec.config["Env"], json!(["AB=1", "A=3=3"]));
    assert_eq!((spec.env("A"), spec.env("AB"), spec.env("B")), (Some("3=3"), Some("1"), None));
}

#[test]
fn a_published_port_is_exposed_and_bound() {
    let mut spec = ContainerSpec::default();
    let dns = PortBinding {
        container_port: 53,
        protocol: Protocol::Udp,
        host_port: 5353,
        bind_ip: "127.0.0.1".into(),
    };
    spec.publish(&dns);
    spec.publish(&PortBinding { host_port: 0, bind_ip: String::new(), ..dns });
    assert_eq!(spec.config["ExposedPorts"], json!({ "53/udp": {} }));
    assert_eq!(
        spec.host_config["PortBindings"],
        json!({ "53/udp": [
            { "HostIp": "127.0.0.1", "HostPort": "5353" },
            { "HostIp": "", "HostPort": "" },
        ] })
    );
}

#[test]
fn a_health_check_of_none_is_none() {
    let mut spec = ContainerSpec::default();
    assert!(!spec.has_health_check());
    spec.overlay(r#"{"Healthcheck":{"Test":["NONE"]}}"#, "").expect("objects");
    assert!(!spec.has_health_check());
    spec.overlay(r#"{"Healthcheck":{"Test":["CMD-SHELL","true"]}}"#, "").expect("objects");
    assert!(spec.has_health_check());
}

#[test]
fn references_that_could_reach_another_address_are_refused() {
    let digest = format!("app@sha256:{}", "0".repeat(64));
    for good in ["app", "127.0.0.1:5000/team/app:v1.2_3-x", &digest] {
        assert!(runtime::is_image_reference(good), "{good}");
    }
    for bad in ["", "../containers/x", "app/..", "app?all=1", "app#x", "a//b", "app 1", "/app"] {
        assert!(!runtime::is_image_reference(bad), "{bad}");
    }
    let known = ["nginx@sha256:aa".to_owned(), "local:5000/nginx@sha256:bb".to_owned()];
    assert_eq!(
        runtime::digest_under("docker.io/library/nginx:1", &known).as_deref(),
        Some("sha256:aa")
    );
    assert_eq!(runtime::digest_under("local:5000/nginx", &known).as_deref(), Some("sha256:bb"));
    assert_eq!(runtime::digest_under("httpd", &known), None);
}
