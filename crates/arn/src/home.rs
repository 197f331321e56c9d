//! Where a control plane is at home (region and account), and the ARNs of what lives there.

use alloc::{format, string::String};
use core::str::FromStr;

use crate::{
    ClusterName, ContainerId, DeploymentId, InstanceId, Invalid, ServiceDeploymentId, ServiceName,
    TaskDefinitionId, TaskDefinitionRef, TaskId,
};

/// The partition is always `aws`; region and account are the control plane's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// For example `us-east-1`.
    pub region: String,
    /// Twelve digits.
    pub account: String,
}

/// What an ECS ARN names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resource {
    /// `cluster/NAME`
    Cluster(ClusterName),
    /// `service/CLUSTER/NAME`; the cluster is absent in the short format.
    Service(Option<ClusterName>, ServiceName),
    /// `task/CLUSTER/ID`; the cluster is absent in the short format.
    Task(Option<ClusterName>, TaskId),
    /// `container-instance/CLUSTER/ID`; the cluster is absent in the short format.
    ContainerInstance(Option<ClusterName>, InstanceId),
    /// `task-definition/FAMILY:REVISION`
    TaskDefinition(TaskDefinitionRef),
    /// `service-deployment/CLUSTER/SERVICE/ID`
    ServiceDeployment(ClusterName, ServiceName, ServiceDeploymentId),
    /// `service-revision/CLUSTER/SERVICE/NUMBER`
    ServiceRevision(ClusterName, ServiceName, DeploymentId),
    /// `task-set/CLUSTER/SERVICE/ecs-svc/NUMBER`
    TaskSet(ClusterName, ServiceName, DeploymentId),
    /// A resource type of ECS that this control plane does not keep.
    Other(String),
}

const ARN_RULE: &str = "an ARN of Amazon ECS in this region and account";

impl Home {
    fn arn(&self, rest: &str) -> String {
        format!("arn:aws:ecs:{}:{}:{rest}", self.region, self.account)
    }

    /// The ARN of a cluster.
    pub fn cluster_arn(&self, cluster: &ClusterName) -> String {
        self.arn(&format!("cluster/{cluster}"))
    }

    /// The ARN of a service, in the long format.
    pub fn service_arn(&self, cluster: &ClusterName, service: &ServiceName) -> String {
        self.arn(&format!("service/{cluster}/{service}"))
    }

    /// The ARN of a task, in the long format.
    pub fn task_arn(&self, cluster: &ClusterName, task: TaskId) -> String {
        self.arn(&format!("task/{cluster}/{task}"))
    }

    /// The ARN of a container of a task.
    pub fn container_arn(&self, cluster: &ClusterName, task: TaskId, id: ContainerId) -> String {
        self.arn(&format!("container/{cluster}/{task}/{}", id.uuid()))
    }

    /// The ARN of a container instance, in the long format.
    pub fn container_instance_arn(&self, cluster: &ClusterName, id: InstanceId) -> String {
        self.arn(&format!("container-instance/{cluster}/{id}"))
    }

    /// The ARN of one revision of a task definition.
    pub fn task_definition_arn(&self, id: &TaskDefinitionId) -> String {
        self.arn(&format!("task-definition/{id}"))
    }

    /// The ARN of a service deployment.
    pub fn service_deployment_arn(
        &self,
        cluster: &ClusterName,
        service: &ServiceName,
        id: &ServiceDeploymentId,
    ) -> String {
        self.arn(&format!("service-deployment/{cluster}/{service}/{id}"))
    }

    /// The ARN of a service revision, which shares the number of its deployment.
    pub fn service_revision_arn(
        &self,
        cluster: &ClusterName,
        service: &ServiceName,
        id: &DeploymentId,
    ) -> String {
        self.arn(&format!("service-revision/{cluster}/{service}/{}", id.number()))
    }

    /// The ARN of a task set.
    pub fn task_set_arn(
        &self,
        cluster: &ClusterName,
        service: &ServiceName,
        id: &DeploymentId,
    ) -> String {
        self.arn(&format!("task-set/{cluster}/{service}/{id}"))
    }

    /// Reads an ECS ARN, which must be of this region and account.
    pub fn parse(&self, arn: &str) -> Result<Resource, Invalid> {
        let invalid = || Invalid::new("arn", arn, ARN_RULE);
        let rest = arn.strip_prefix("arn:aws:ecs:").ok_or_else(invalid)?;
        let (region, rest) = rest.split_once(':').ok_or_else(invalid)?;
        let (account, rest) = rest.split_once(':').ok_or_else(invalid)?;
        if region != self.region || account != self.account {
            return Err(invalid());
        }
        let (kind, path) = rest.split_once('/').ok_or_else(invalid)?;
        Ok(match kind {
            "cluster" => Resource::Cluster(path.parse()?),
            "service" => two(path).map(|(c, s)| Resource::Service(c, s))?,
            "task" => two(path).map(|(c, t)| Resource::Task(c, t))?,
            "container-instance" => two(path).map(|(c, i)| Resource::ContainerInstance(c, i))?,
            "task-definition" => Resource::TaskDefinition(path.parse()?),
            "service-deployment" => {
                let (cluster, service, id) = three(path).ok_or_else(invalid)?;
                Resource::ServiceDeployment(cluster.parse()?, service.parse()?, id.parse()?)
            }
            "service-revision" => {
                let (cluster, service, number) = three(path).ok_or_else(invalid)?;
                let id = format!("ecs-svc/{number}").parse()?;
                Resource::ServiceRevision(cluster.parse()?, service.parse()?, id)
            }
            "task-set" => {
                let (cluster, service, id) = three(path).ok_or_else(invalid)?;
                Resource::TaskSet(cluster.parse()?, service.parse()?, id.parse()?)
            }
            _ => Resource::Other(kind.into()),
        })
    }

    /// A cluster by short name or ARN.
    pub fn cluster(&self, text: &str) -> Result<ClusterName, Invalid> {
        self.either(text, |resource| match resource {
            Resource::Cluster(cluster) => Some(cluster),
            _ => None,
        })
    }

    /// A task definition by family, `family:revision` or ARN.
    pub fn task_definition(&self, text: &str) -> Result<TaskDefinitionRef, Invalid> {
        self.either(text, |resource| match resource {
            Resource::TaskDefinition(reference) => Some(reference),
            _ => None,
        })
    }

    /// A service by name or ARN; a cluster in the ARN must be `cluster`.
    pub fn service(&self, text: &str, cluster: &ClusterName) -> Result<ServiceName, Invalid> {
        self.either(text, |resource| match resource {
            Resource::Service(c, service) if c.as_ref().is_none_or(|c| c == cluster) => {
                Some(service)
            }
            _ => None,
        })
    }

    /// A task by id or ARN; a cluster in the ARN must be `cluster`.
    pub fn task(&self, text: &str, cluster: &ClusterName) -> Result<TaskId, Invalid> {
        self.either(text, |resource| match resource {
            Resource::Task(c, task) if c.as_ref().is_none_or(|c| c == cluster) => Some(task),
            _ => None,
        })
    }

    /// A container instance by id or ARN; a cluster in the ARN must be `cluster`.
    pub fn container_instance(
        &self,
        text: &str,
        cluster: &ClusterName,
    ) -> Result<InstanceId, Invalid> {
        self.either(text, |resource| match resource {
            Resource::ContainerInstance(c, id) if c.as_ref().is_none_or(|c| c == cluster) => {
                Some(id)
            }
            _ => None,
        })
    }

    fn either<T: FromStr<Err = Invalid>>(
        &self,
        text: &str,
        pick: impl Fn(Resource) -> Option<T>,
    ) -> Result<T, Invalid> {
        if text.starts_with("arn:") {
            pick(self.parse(text)?).ok_or_else(|| Invalid::new("arn", text, ARN_RULE))
        } else {
            text.parse()
        }
    }
}

/// `CLUSTER/ID` or, in the short format, `ID`.
fn two<T: FromStr<Err = Invalid>>(path: &str) -> Result<(Option<ClusterName>, T), Invalid> {
    match path.split_once('/') {
        Some((cluster, id)) => Ok((Some(cluster.parse()?), id.parse()?)),
        None => Ok((None, path.parse()?)),
    }
}

/// `CLUSTER/SERVICE/ID`, where the id may hold slashes.
fn three(path: &str) -> Option<(&str, &str, &str)> {
    let (cluster, rest) = path.split_once('/')?;
    let (service, id) = rest.split_once('/')?;
    Some((cluster, service, id))
}
