//! The Telemetry Communication Service: metrics, container health and the instance's own status.
//! Container health travels only here.
//!
//! What an agent sends is wrapped in a [`SignedFrame`](crate::SignedFrame); what a control plane
//! sends is a plain envelope. A page has at most ten tasks and 1 MiB; `fin` marks the last page.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

pub use crate::acs::TextMessage;
use crate::envelope::messages;
use crate::shape::{Absent, shapes};

messages! {
    /// From the agent to the control plane.
    Up {
        /// Use of CPU, memory, network and storage, every 20 seconds.
        PublishMetrics = "PublishMetricsRequest" => PublishMetricsRequest,
        /// The health of containers.
        PublishHealth = "PublishHealthRequest" => PublishHealthRequest,
        /// The status of the instance's own parts.
        PublishInstanceStatus = "PublishInstanceStatusRequest" => PublishInstanceStatusRequest,
    }
}

messages! {
    /// From the control plane to the agent.
    Down {
        /// Metrics have arrived.
        AckPublishMetric = "AckPublishMetric" => TextMessage,
        /// Health has arrived.
        AckPublishHealth = "AckPublishHealth" => TextMessage,
        /// A status has arrived.
        AckPublishInstanceStatus = "AckPublishInstanceStatus" => TextMessage,
        /// The session lives.
        Heartbeat = "HeartbeatMessage" => HeartbeatMessage,
        /// Logged only: to close, close the socket.
        StopTelemetrySession = "StopTelemetrySessionMessage" => TextMessage,
        /// The agent sent what cannot be read.
        BadRequestException = "BadRequestException" => TextMessage,
        /// The agent sent something that is not of its instance.
        ResourceValidationException = "ResourceValidationException" => TextMessage,
        /// A member has a value that is not allowed.
        InvalidParameterException = "InvalidParameterException" => TextMessage,
        /// The control plane failed.
        ServerException = "ServerException" => TextMessage,
    }
}

shapes! {
    /// `PublishMetricsRequest`
    PublishMetricsRequest {
        /// Where from, and which page.
        metadata: MetricsMetadata,
        /// Of up to ten tasks.
        task_metrics: Vec<TaskMetric>,
        /// On the first page only.
        instance_metrics: Option<InstanceMetrics>,
        /// When.
        timestamp: Option<Timestamp>,
    }

    /// Where metrics come from.
    MetricsMetadata {
        /// The cluster, as the agent was told it.
        cluster: String,
        /// The container instance's ARN.
        container_instance: String,
        /// The same for all pages of a round.
        message_id: String,
        /// Whether there are no tasks.
        idle: bool,
        /// Whether this is the last page.
        fin: bool,
    }

    /// Metrics of one task.
    TaskMetric {
        /// The task.
        task_arn: String,
        /// Its cluster.
        cluster_arn: String,
        /// The family.
        task_definition_family: String,
        /// The revision.
        task_definition_version: String,
        /// By container.
        container_metrics: Vec<ContainerMetric>,
    }

    /// Metrics of one container.
    ContainerMetric {
        /// The container.
        container_name: String,
        /// Percent of the whole host.
        cpu_stats_set: Option<StatsSet>,
        /// MiB without the page cache.
        memory_stats_set: Option<StatsSet>,
        /// Absent in host mode.
        network_stats_set: Option<NetworkStatsSet>,
        /// Block devices.
        storage_stats_set: Option<StorageStatsSet>,
        /// Restarts in place.
        restart_stats_set: Option<RestartStatsSet>,
    }

    /// Samples of a value, summed up.
    StatsSet {
        /// The least.
        min: f64,
        /// The greatest.
        max: f64,
        /// All together.
        sum: f64,
        /// How many.
        sample_count: i64,
    }

    /// Samples of a counter of bytes or packets, summed up; what does not fit 63 bits is in the
    /// members for overflow.
    CounterStatsSet {
        /// The least.
        min: i64,
        /// The greatest.
        max: i64,
        /// All together.
        sum: i64,
        /// How many.
        sample_count: i64,
        /// What `min` does not hold.
        overflow_min: Option<i64>,
        /// What `max` does not hold.
        overflow_max: Option<i64>,
        /// What `sum` does not hold.
        overflow_sum: Option<i64>,
    }

    /// Network counters.
    NetworkStatsSet {
        /// Received.
        rx_bytes: Option<CounterStatsSet>,
        /// Received.
        rx_packets: Option<CounterStatsSet>,
        /// Damaged on the way in.
        rx_errors: Option<CounterStatsSet>,
        /// Dropped on the way in.
        rx_dropped: Option<CounterStatsSet>,
        /// Sent.
        tx_bytes: Option<CounterStatsSet>,
        /// Sent.
        tx_packets: Option<CounterStatsSet>,
        /// Damaged on the way out.
        tx_errors: Option<CounterStatsSet>,
        /// Dropped on the way out.
        tx_dropped: Option<CounterStatsSet>,
        /// Rate in.
        rx_bytes_per_second: Option<StatsSet>,
        /// Rate out.
        tx_bytes_per_second: Option<StatsSet>,
    }

    /// Block device counters.
    StorageStatsSet {
        /// Read.
        read_size_bytes: Option<CounterStatsSet>,
        /// Written.
        write_size_bytes: Option<CounterStatsSet>,
    }

    /// Restarts in place.
    RestartStatsSet {
        /// How many since the task began.
        restart_count: i64,
    }

    /// Metrics of the instance.
    InstanceMetrics {
        /// Its file systems.
        storage: Option<InstanceStorageMetrics>,
    }

    /// `PublishHealthRequest`
    PublishHealthRequest {
        /// Where from, and which page.
        metadata: HealthMetadata,
        /// Up to ten.
        tasks: Vec<TaskHealth>,
        /// When.
        timestamp: Option<Timestamp>,
    }

    /// Where health comes from.
    HealthMetadata {
        /// The cluster, as the agent was told it.
        cluster: String,
        /// The container instance's ARN.
        container_instance: String,
        /// The same for all pages of a round.
        message_id: String,
        /// Whether this is the last page.
        fin: bool,
    }

    /// The health of a task's containers.
    TaskHealth {
        /// The task.
        task_arn: String,
        /// Its cluster.
        cluster_arn: String,
        /// The family.
        task_definition_family: String,
        /// The revision.
        task_definition_version: String,
        /// Those that have a health check.
        containers: Vec<ContainerHealth>,
    }

    /// The health of a container.
    ContainerHealth {
        /// The container.
        container_name: String,
        /// `HEALTHY`, `UNHEALTHY` or `UNKNOWN`.
        health_status: String,
        /// Since when.
        status_since: Option<Timestamp>,
        /// What the last check wrote.
        status_message: String,
    }

    /// `PublishInstanceStatusRequest`
    PublishInstanceStatusRequest {
        /// Where from.
        metadata: InstanceStatusMetadata,
        /// By part.
        statuses: Vec<InstanceStatus>,
        /// When.
        timestamp: Option<Timestamp>,
    }

    /// Where a status comes from.
    InstanceStatusMetadata {
        /// The cluster, as the agent was told it.
        cluster: String,
        /// The container instance's ARN.
        container_instance: String,
        /// Of this message.
        request_id: String,
    }

    /// The status of one part of an instance.
    InstanceStatus {
        /// `ContainerRuntime`.
        r#type: String,
        /// `OK`, `IMPAIRED`, `INSUFFICIENT_DATA` or `INITIALIZING`.
        status: String,
        /// When it was last looked at.
        last_updated: Option<Timestamp>,
        /// When it last changed.
        last_status_change: Option<Timestamp>,
    }

    /// `HeartbeatMessage`
    HeartbeatMessage {
        /// Always true.
        healthy: bool,
    }
}

/// How full the instance's file systems are, in percent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct InstanceStorageMetrics {
    /// The root file system.
    #[serde(rename = "OSFilesystem", skip_serializing_if = "Option::is_none")]
    pub os_filesystem: Option<f64>,
    /// The container runtime's file system.
    #[serde(rename = "DataFilesystem", skip_serializing_if = "Option::is_none")]
    pub data_filesystem: Option<f64>,
}

impl Absent for MetricsMetadata {}
impl Absent for HealthMetadata {}
impl Absent for InstanceStatusMetadata {}

/// Milliseconds since 1970; on the wire seconds with at most three decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp(pub i64);

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_f64(self.0 as f64 / 1000.0)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        /// As many seconds as a double still holds with every millisecond.
        const LIMIT_S: f64 = 2e12;
        let seconds = f64::deserialize(from)?;
        if seconds.abs() > LIMIT_S {
            return Err(de::Error::custom("time out of range"));
        }
        Ok(Self((seconds * 1000.0).round() as i64))
    }
}
