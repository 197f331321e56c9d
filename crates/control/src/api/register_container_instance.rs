//! RegisterContainerInstance: an agent brings its host, or comes back with it.

use std::collections::BTreeSet;

use arn::{ClusterName, DEFAULT_CLUSTER};
use model::{
    Attribute, ClusterStatus, ContainerInstance, ContainerInstanceStatus, Host, Resources,
    VersionInfo,
};
use serde::Deserialize;
use store::Tx;
use wire::{Error, ecs};

use super::{attributes, create_cluster, lookup, render, tags};
use crate::{Cx, hosts::guard};

/// The zone of a host that names none.
const DEFAULT_ZONE_SUFFIX: &str = "a";

/// Registers a container instance; one that names its ARN is the one that it was, with its status,
/// its own attributes and its tags as they are.
pub fn register_container_instance(
    tx: &mut Tx,
    cx: &mut Cx,
    input: ecs::RegisterContainerInstanceRequest,
) -> Result<ecs::RegisterContainerInstanceResponse, Error> {
    let cluster = cluster(tx, cx, input.cluster.as_deref())?;
    let registered = resources(&input)?;
    let known = match input.container_instance_arn.as_deref().filter(|a| !a.is_empty()) {
        Some(text) => Some(lookup::container_instance(tx, cx, &cluster, text)?),
        None => None,
    };
    let host = cx.principal.host().map(ToOwned::to_owned);
    if let Some(known) = &known {
        guard::check_instance(host.as_deref(), known)?;
    }
    if known.as_ref().is_some_and(|i| i.status == ContainerInstanceStatus::Inactive) {
        return Err(Error::client(
            "The container instance has been deregistered; register without containerInstanceArn.",
        ));
    }
    let given = attributes::of_agent(input.attributes.as_deref().unwrap_or_default())?;
    let document = IdentityDocument::parse(input.instance_identity_document.as_deref());
    let version_info = version_info(input.version_info.as_ref());
    let mut instance = match known {
        Some(known) => {
            let mut instance = (*known).clone();
            merge(&mut instance.attributes, given);
            instance.version += 1;
            instance
        }
        None => ContainerInstance {
            cluster: cluster.clone(),
            id: cx.instance_id(),
            ec2_instance_id: document.instance_id.clone(),
            status: ContainerInstanceStatus::Active,
            agent_connected: false,
            agent_connected_at: cx.now,
            registered: Resources::default(),
            attributes: given,
            version_info: VersionInfo::default(),
            registered_at: cx.now,
            tags: tags::parse(input.tags.as_deref())?,
            version: 1,
            seq_num: 0,
            runtime_status: None,
            host: host.clone(),
        },
    };
    instance.registered = registered;
    instance.version_info = version_info;
    add_derived(&mut instance, cx, &document);
    instance.attributes.sort();
    check_capacity(tx, &mut instance)?;
    let answer =
        render::container_instance(tx, cx, &instance, &[ecs::ContainerInstanceField::Tags]);
    if let Some(row) = host.and_then(|host| tx.hosts().get(&host).cloned()) {
        let container_instance = Some((instance.cluster.clone(), instance.id));
        tx.put(Host { container_instance, ..(*row).clone() });
    }
    tx.put(instance);
    Ok(ecs::RegisterContainerInstanceResponse { container_instance: Some(answer) })
}

/// The cluster; the default one is made on first use, as ECS does.
fn cluster(tx: &mut Tx, cx: &mut Cx, text: Option<&str>) -> Result<ClusterName, Error> {
    let text = text.filter(|t| !t.is_empty());
    let name = lookup::cluster_name(cx, text)?;
    let exists = tx.clusters().get(&name).is_some_and(|c| c.status == ClusterStatus::Active);
    if !exists && name.as_str() == DEFAULT_CLUSTER {
        create_cluster(tx, cx, ecs::CreateClusterRequest::default())?;
    }
    lookup::cluster(tx, cx, Some(name.as_str())).map(|c| c.name.clone())
}

/// What comes with the host replaces what came before under the same name; the rest stays.
fn merge(attributes: &mut Vec<Attribute>, given: Vec<Attribute>) {
    let names: BTreeSet<&str> = given.iter().map(|a| a.name.as_str()).collect();
    attributes.retain(|a| !names.contains(a.name.as_str()) && !a.name.contains("ecs.capability."));
    attributes.extend(given);
}

/// Attributes that the service itself sets when the agent does not: from the document of a host in EC2,
/// else for the usual host.
fn add_derived(instance: &mut ContainerInstance, cx: &Cx, document: &IdentityDocument) {
    let zone = format!("{}{DEFAULT_ZONE_SUFFIX}", cx.home().region);
    let architecture = document.architecture.as_deref();
    let derived = [
        ("ecs.availability-zone", Some(document.availability_zone.as_deref().unwrap_or(&zone))),
        ("ecs.cpu-architecture", Some(architecture.unwrap_or("x86_64"))),
        ("ecs.os-type", Some("linux")),
        ("ecs.instance-type", document.instance_type.as_deref()),
        ("ecs.ami-id", document.image_id.as_deref()),
    ];
    for (name, value) in derived {
        if let Some(value) = value.filter(|_| instance.attribute(name).is_none()) {
            instance.attributes.push(Attribute::new(name, value));
        }
    }
}

fn resources(input: &ecs::RegisterContainerInstanceRequest) -> Result<Resources, Error> {
    let mut all = Resources::default();
    for resource in input.total_resources.iter().flatten() {
        let name = resource.name.as_deref().unwrap_or_default();
        let integer = i64::from(resource.integer_value.unwrap_or(0));
        let set = resource.string_set_value.as_deref().unwrap_or_default();
        match name {
            "CPU" | "MEMORY" if integer < 0 => {
                return Err(Error::invalid_parameter(format!(
                    "totalResources: {name} is {integer}; it cannot be negative."
                )));
            }
            "CPU" => all.cpu_units = integer,
            "MEMORY" => all.memory_mib = integer,
            "PORTS" => all.tcp_ports = ports(name, set)?,
            "PORTS_UDP" => all.udp_ports = ports(name, set)?,
            // Resources that no task can ask for yet are not kept.
            _ => {}
        }
    }
    for device in input.platform_devices.iter().flatten() {
        if device.r#type == Some(ecs::PlatformDeviceType::Gpu)
            && let Some(id) = &device.id
        {
            all.gpus.insert(id.clone());
        }
    }
    Ok(all)
}

fn ports(name: &str, set: &[String]) -> Result<BTreeSet<u16>, Error> {
    set.iter()
        .map(|text| {
            text.parse().map_err(|_| {
                Error::invalid_parameter(format!(
                    "totalResources: {name} has '{text}', which is not a port."
                ))
            })
        })
        .collect()
}

/// A host cannot come back smaller than what its tasks hold. A port that a task holds is the task's,
/// also when the host now keeps it for itself.
fn check_capacity(tx: &Tx, instance: &mut ContainerInstance) -> Result<(), Error> {
    let held = &tx.usage(&instance.cluster, instance.id).held;
    let now = &mut instance.registered;
    if held.cpu_units > now.cpu_units
        || held.memory_mib > now.memory_mib
        || !held.gpus.is_subset(&now.gpus)
    {
        return Err(Error::client(format!(
            "Container instance type changes are not supported: its tasks hold {} CPU units, {} MiB and {} GPUs, and it registers {}, {} and {}.",
            held.cpu_units,
            held.memory_mib,
            held.gpus.len(),
            now.cpu_units,
            now.memory_mib,
            now.gpus.len()
        )));
    }
    now.tcp_ports.retain(|port| !held.tcp_ports.contains(port));
    now.udp_ports.retain(|port| !held.udp_ports.contains(port));
    Ok(())
}

fn version_info(given: Option<&ecs::VersionInfo>) -> VersionInfo {
    given.map_or_else(VersionInfo::default, |info| VersionInfo {
        agent_version: info.agent_version.clone(),
        agent_hash: info.agent_hash.clone(),
        docker_version: info.docker_version.clone(),
    })
}

/// What EC2 says of a host in its instance identity document. Nothing elsewhere.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-identity-documents.html>
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct IdentityDocument {
    architecture: Option<String>,
    availability_zone: Option<String>,
    image_id: Option<String>,
    instance_id: Option<String>,
    instance_type: Option<String>,
}

impl IdentityDocument {
    fn parse(text: Option<&str>) -> IdentityDocument {
        text.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
    }
}
