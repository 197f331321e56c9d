//! What the host needs so that containers reach the task endpoint: its address, and a rule that leads
//! there from port 80.
//!
//! SDKs ask at port 80 of 169.254.170.2, and there is no other way to tell them. But to listen on that
//! very port would keep tasks from publishing the host's port 80, which is theirs; and where a task does
//! publish it, Docker's own rules would lead to that task whoever asks for the credentials of another.
//! So the endpoint listens on the port of Amazon's agent, which tasks are never given, and a rule before
//! Docker's leads there.
//!
//! Both are left behind when the agent ends: another process may use them, and without a listener they
//! lead nowhere.

use std::fs::{File, create_dir_all};
use std::net::{Ipv4Addr, SocketAddrV4};
use std::process::Command;

/// Where the endpoint listens.
pub const ADDRESS: SocketAddrV4 = SocketAddrV4::new(Ipv4Addr::new(169, 254, 170, 2), 51679);
/// Where the processes of a host find each other.
pub const PEERS: &str = "/run/longshore/endpoints";

const LOCK: &str = "/run/longshore/network.lock";
/// Names that the command has: the first in whose table Docker's own rules are is the one to use, since
/// a host may have two sets of tables.
const IPTABLES: [&str; 3] = ["iptables", "iptables-legacy", "iptables-nft"];
/// Where a packet from a container, and where one of the host itself, meets the rules.
const CHAINS: [&str; 2] = ["PREROUTING", "OUTPUT"];

/// Makes sure of both. Fails with a reason that says what to do by hand.
pub fn prepare() -> Result<(), String> {
    // Two processes that look at the same time would both add the rule.
    let lock = create_dir_all("/run/longshore").and_then(|()| File::create(LOCK));
    let lock = lock.and_then(|lock| lock.lock().map(|()| lock));
    let _lock = lock.map_err(|error| format!("{LOCK}: {error}"))?;
    let address = format!("{}/32", ADDRESS.ip());
    run("ip", &["addr", "replace", &address, "dev", "lo"])?;
    let iptables = iptables()?;
    for chain in CHAINS {
        let rule = rule(chain);
        if run(iptables, &with("-C", &rule)).is_err() {
            run(iptables, &with("-I", &rule))?;
        }
    }
    Ok(())
}

fn iptables() -> Result<&'static str, String> {
    let has_docker = |name: &&&str| run(name, &["-w", "-t", "nat", "-S", "DOCKER"]).is_ok();
    if let Some(name) = IPTABLES.iter().find(has_docker) {
        return Ok(name);
    }
    // Docker was told to make no rules: ours stand alone.
    run(IPTABLES[0], &["-w", "-t", "nat", "-S"]).map(|()| IPTABLES[0])
}

fn rule(chain: &str) -> Vec<String> {
    let (address, to) = (ADDRESS.ip().to_string(), ADDRESS.to_string());
    let words = [chain, "-d", &address, "-p", "tcp", "--dport", "80", "-j", "DNAT"];
    words.into_iter().chain(["--to-destination", &to]).map(str::to_owned).collect()
}

fn with<'a>(verb: &'a str, rule: &'a [String]) -> Vec<&'a str> {
    ["-w", "-t", "nat", verb].into_iter().chain(rule.iter().map(String::as_str)).collect()
}

fn run(program: &str, arguments: &[&str]) -> Result<(), String> {
    let said = |what: &str| format!("`{program} {}`: {what}", arguments.join(" "));
    let done = Command::new(program).args(arguments).output().map_err(|e| said(&e.to_string()))?;
    if done.status.success() {
        return Ok(());
    }
    Err(said(String::from_utf8_lossy(&done.stderr).trim()))
}

#[cfg(test)]
mod tests {
    use super::{rule, with};

    #[test]
    fn the_rule_leads_from_port_80_to_the_port_that_no_task_is_given() {
        assert_eq!(
            with("-I", &rule("OUTPUT")).join(" "),
            "-w -t nat -I OUTPUT -d 169.254.170.2 -p tcp --dport 80 -j DNAT --to-destination \
             169.254.170.2:51679"
        );
        let reserved = crate::Config::new(
            "http://localhost",
            "demo",
            "/tmp",
            crate::Credentials {
                access_key_id: String::new(),
                secret_access_key: String::new(),
                session_token: None,
            },
        )
        .reserved_ports;
        assert!(reserved.contains(&super::ADDRESS.port()));
    }
}
