//! Who may ask for what belongs to a task's role: that task's own containers, where the network tells
//! them apart.

use std::net::{IpAddr, Ipv4Addr};

use runtime::ContainerState;

use super::host;

/// Whether an address is that of a container of these. One in the host's network has the host's own
/// address, as has everything else in that network: there only the id in the path guards. A container
/// with a network of its own cannot have that address, since the kernel takes no such packet from it.
pub fn is_one_of(containers: &[Option<ContainerState>], source: IpAddr) -> bool {
    let here = source.is_loopback() || source == IpAddr::V4(*host::ADDRESS.ip());
    let mut running = containers.iter().flatten().filter(|state| state.status.is_running());
    running.any(|state| match state.network_mode.as_str() {
        "host" => here,
        _ => state.ip_addresses.values().any(|own| same(*own, source)),
    })
}

fn same(one: IpAddr, other: IpAddr) -> bool {
    one.to_canonical() == other.to_canonical() && one != IpAddr::V4(Ipv4Addr::UNSPECIFIED)
}

#[cfg(test)]
mod tests {
    use super::is_one_of;
    use runtime::{ContainerState, ContainerStatus};

    fn container(mode: &str, address: &str, status: ContainerStatus) -> ContainerState {
        let ip_addresses = address.parse().ok().map(|address| (mode.to_owned(), address));
        ContainerState {
            network_mode: mode.into(),
            ip_addresses: ip_addresses.into_iter().collect(),
            status,
            ..ContainerState::default()
        }
    }

    fn asks(containers: &[Option<ContainerState>], source: &str) -> bool {
        is_one_of(containers, source.parse().expect("an address"))
    }

    #[test]
    fn a_container_is_known_by_its_address() {
        let bridge = [None, Some(container("bridge", "172.17.0.3", ContainerStatus::Running))];
        assert!(asks(&bridge, "172.17.0.3") && asks(&bridge, "::ffff:172.17.0.3"));
        for stranger in ["172.17.0.4", "127.0.0.1", "169.254.170.2", "0.0.0.0"] {
            assert!(!asks(&bridge, stranger), "{stranger}");
        }
    }

    #[test]
    fn one_in_the_network_of_the_host_has_the_address_of_the_host() {
        let host = [Some(container("host", "", ContainerStatus::Running))];
        assert!(asks(&host, "169.254.170.2") && asks(&host, "127.0.0.1"));
        assert!(!asks(&host, "172.17.0.3"));
    }

    #[test]
    fn one_that_does_not_run_asks_nothing() {
        let gone = [Some(container("bridge", "172.17.0.3", ContainerStatus::Exited))];
        assert!(!asks(&gone, "172.17.0.3"));
        let alone = [Some(container("none", "", ContainerStatus::Running))];
        assert!(!asks(&alone, "127.0.0.1"));
    }
}
