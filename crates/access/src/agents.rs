//! What agents do for their host, as in the policy AmazonEC2ContainerServiceforEC2Role: reports are
//! asked on the cluster, sockets on the container instance.
//! <https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEC2ContainerServiceforEC2Role.html>

use arn::{ClusterName, Home, Resource};

use crate::{Ask, Call, Facts, guarded};

guarded! {
    DiscoverPollEndpoint(_input, _call) {}

    SubmitTaskStateChange(input, call) {
        call.on(call.cluster(input.cluster.as_deref()));
    }

    SubmitContainerStateChange(input, call) {
        call.on(call.cluster(input.cluster.as_deref()));
    }

    SubmitAttachmentStateChanges(input, call) {
        call.on(call.cluster(input.cluster.as_deref()));
    }
}

/// A socket that an agent opens; no operation of the API does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connection {
    /// ACS, what the host is to run: `ecs:Poll`.
    Poll,
    /// TCS, what the host measures: `ecs:StartTelemetrySession`.
    StartTelemetrySession,
}

impl Connection {
    /// The action, such as `ecs:Poll`.
    pub fn action(self) -> &'static str {
        match self {
            Connection::Poll => "ecs:Poll",
            Connection::StartTelemetrySession => "ecs:StartTelemetrySession",
        }
    }
}

/// What opening a socket asks, for a container instance and a cluster by name or ARN. Without a
/// cluster it is the one in the container instance's ARN.
pub fn asks_to_connect(
    connection: Connection,
    cluster: Option<&str>,
    container_instance: &str,
    facts: &dyn Facts,
    home: &Home,
) -> Vec<Ask> {
    let own = match home.parse(container_instance) {
        Ok(Resource::ContainerInstance(cluster, _)) => cluster,
        _ => None,
    };
    let cluster = cluster.or(own.as_ref().map(ClusterName::as_str));
    let mut call = Call::new(connection.action(), facts, home);
    call.on(call.container_instance(cluster, Some(container_instance)));
    call.finish()
}
