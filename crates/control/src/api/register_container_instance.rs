//! RegisterContainerInstance: an agent brings its host, or comes back with it.

use std::collections::BTreeSet;

use arn::ClusterName;
use model::{
    Attribute, Cluster, ClusterStatus, ContainerInstance, ContainerInstanceStatus, Resources,
    VersionInfo,
};
use store::Tx;
use wire::{Error, ecs};

use super::{attributes, create_cluster, lookup, render, tags};
use crate::Cx;

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
    if known.as_ref().is_some_and(|i| i.status == ContainerInstanceStatus::Inactive) {
        return Err(Error::client(
            "The container instance has been deregistered; register without containerInstanceArn.",
        ));
    }
    let given = attributes::parse(input.attributes.as_deref().unwrap_or_default(), usize::MAX)?;
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
            ec2_instance_id: ec2_instance_id(input.instance_identity_document.as_deref()),
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
        },
    };
    instance.registered = registered;
    instance.version_info = version_info;
    add_derived(&mut instance, cx);
    instance.attributes.sort();
    check_capacity(tx, &instance)?;
    let answer =
        render::container_instance(tx, cx, &instance, &[ecs::ContainerInstanceField::Tags]);
    tx.put(instance);
    Ok(ecs::RegisterContainerInstanceResponse { container_instance: Some(answer) })
}

/// The cluster; the default one is made on first use, as ECS does.
fn cluster(tx: &mut Tx, cx: &Cx, text: Option<&str>) -> Result<ClusterName, Error> {
    let text = text.filter(|t| !t.is_empty());
    let name = lookup::cluster_name(cx, text)?;
    let exists = tx.clusters().get(&name).is_some_and(|c| c.status == ClusterStatus::Active);
    if !exists && name.as_str() == lookup::DEFAULT_CLUSTER {
        tx.put(Cluster {
            name: name.clone(),
            status: ClusterStatus::Active,
            created_at: cx.now,
            settings: create_cluster::settings(None)?,
            configuration: None,
            tags: Vec::new(),
        });
    }
    lookup::cluster(tx, cx, Some(name.as_str())).map(|c| c.name.clone())
}

/// What comes with the host replaces what came before under the same name; the rest stays.
fn merge(attributes: &mut Vec<Attribute>, given: Vec<Attribute>) {
    let names: BTreeSet<&str> = given.iter().map(|a| a.name.as_str()).collect();
    attributes.retain(|a| !names.contains(a.name.as_str()) && !a.name.contains("ecs.capability."));
    attributes.extend(given);
}

/// Attributes that the service itself sets when the agent does not.
fn add_derived(instance: &mut ContainerInstance, cx: &Cx) {
    let zone = format!("{}{DEFAULT_ZONE_SUFFIX}", cx.home().region);
    for (name, value) in [
        ("ecs.availability-zone", zone.as_str()),
        ("ecs.cpu-architecture", "x86_64"),
        ("ecs.os-type", "linux"),
    ] {
        if instance.attribute(name).is_none() {
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

/// A host cannot come back smaller than what its tasks hold.
fn check_capacity(tx: &Tx, instance: &ContainerInstance) -> Result<(), Error> {
    let held = &tx.usage(&instance.cluster, instance.id).held;
    let now = &instance.registered;
    if held.cpu_units > now.cpu_units || held.memory_mib > now.memory_mib {
        return Err(Error::client(format!(
            "Container instance type changes are not supported: its tasks hold {} CPU units and {} MiB, and it registers {} and {}.",
            held.cpu_units, held.memory_mib, now.cpu_units, now.memory_mib
        )));
    }
    Ok(())
}

fn version_info(given: Option<&ecs::VersionInfo>) -> VersionInfo {
    given.map_or_else(VersionInfo::default, |info| VersionInfo {
        agent_version: info.agent_version.clone(),
        agent_hash: info.agent_hash.clone(),
        docker_version: info.docker_version.clone(),
    })
}

fn ec2_instance_id(document: Option<&str>) -> Option<String> {
    let document: serde_json::Value = serde_json::from_str(document?).ok()?;
    document.get("instanceId")?.as_str().map(Into::into)
}
