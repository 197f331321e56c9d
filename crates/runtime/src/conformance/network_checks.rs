//! Ports and addresses.

use super::{Bench, Program};
use crate::{ContainerStatus, ErrorKind, PortBinding};

fn wildcard(bindings: &[PortBinding]) -> &PortBinding {
    let mut found = bindings.iter().filter(|binding| binding.bind_ip == "0.0.0.0");
    found.next().expect("a binding on all IPv4 addresses")
}

fn port_80(host_port: u16) -> PortBinding {
    PortBinding { container_port: 80, host_port, ..PortBinding::default() }
}

/// Host port 0 is a port of the engine's choice.
pub async fn the_engine_chooses_a_free_port(bench: &Bench) {
    let runtime = bench.runtime();
    let mut ports = Vec::new();
    for _ in 0..2 {
        let mut spec = bench.spec(Program::RunsUntilStopped);
        spec.publish(&port_80(0));
        let id = runtime.create(&spec).await.expect("create");
        assert_eq!(bench.state(&id).await.port_bindings, []);
        runtime.start(&id).await.expect("start");
        let state = bench.state(&id).await;
        let binding = wildcard(&state.port_bindings);
        assert_eq!((binding.container_port, binding.protocol.as_str()), (80, "tcp"));
        ports.push(binding.host_port);
    }
    assert!(!ports.contains(&0));
    assert_ne!(ports[0], ports[1]);
}

/// The second one fails to start, stays created, and starts when the first one has ended.
pub async fn a_taken_port_is_refused_until_it_is_free(bench: &Bench) {
    let runtime = bench.runtime();
    let mut spec = bench.spec(Program::IgnoresStop);
    spec.publish(&port_80(0));
    let holder = runtime.create(&spec).await.expect("create");
    runtime.start(&holder).await.expect("start");
    let taken = wildcard(&bench.state(&holder).await.port_bindings).host_port;

    let mut spec = bench.spec(Program::IgnoresStop);
    spec.publish(&port_80(taken));
    let second = runtime.create(&spec).await.expect("create");
    let error = runtime.start(&second).await.expect_err("the port is taken");
    assert_eq!(error.kind, ErrorKind::CannotStartContainer);
    assert!(error.message.contains("port is already allocated"), "{error}");
    let state = bench.state(&second).await;
    assert_eq!((state.status, state.exit_code), (ContainerStatus::Created, None));
    assert!(!state.error.is_empty());

    runtime.kill(&holder).await.expect("kill");
    runtime.remove(&holder, true).await.expect("remove");
    runtime.start(&second).await.expect("the port is free");
    let state = bench.state(&second).await;
    assert_eq!(wildcard(&state.port_bindings).host_port, taken);
    assert_eq!(state.error, "");
}

/// What the metadata endpoint tells of networks.
pub async fn bridge_gives_an_address_and_host_gives_none(bench: &Bench) {
    let runtime = bench.runtime();
    let mut spec = bench.spec(Program::RunsUntilStopped);
    spec.set_network_mode("bridge");
    let id = runtime.create(&spec).await.expect("create");
    runtime.start(&id).await.expect("start");
    let state = bench.state(&id).await;
    assert_eq!(state.network_mode, "bridge");
    assert!(state.ip_addresses.contains_key("bridge"), "{:?}", state.ip_addresses);

    let mut spec = bench.spec(Program::RunsUntilStopped);
    spec.set_network_mode("host");
    let id = runtime.create(&spec).await.expect("create");
    runtime.start(&id).await.expect("start");
    let state = bench.state(&id).await;
    assert_eq!(state.network_mode, "host");
    assert!(state.ip_addresses.is_empty() && state.port_bindings.is_empty());
}
