//! What each call asks of IAM: from an operation and its input to the actions, resources and
//! condition keys that must be allowed before a handler sees it.
//!
//! The source of all of it is AWS's service authorization reference for ECS:
//! <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html>.
//! A file for each group of operations holds what the reference has in a table; where the reference
//! is silent, the file says what was chosen, and `docs/iam.md` lists it.
//!
//! - [`asks`] is what the dispatch of a control plane calls, for any operation that is [`Guarded`];
//! - [`asks_to_connect`] is the same for the sockets of agents, which are no operations;
//! - [`Own`] has the paths that are Longshore's and not AWS's;
//! - [`Facts`] is what must be known of the state.
//!
//! A resource is named by its ARN whether it is there or not, so that a caller without a permission
//! cannot find out what exists. A text that no ARN can be made of is asked about as `*`, which only a
//! statement about everything allows; the handler refuses such a text in any case, by the same
//! grammar of `arn`.
//!
//! A condition key that tells of a member has the member's default where a call that creates
//! something leaves it out (`ecs:enable-execute-command` is then `false`). Where a call that changes
//! something leaves it as it is, the key has what is there, as far as that is kept, and is absent
//! otherwise.

mod account_settings;
mod agents;
mod attributes;
mod call;
mod capacity_providers;
mod clusters;
mod container_instances;
mod daemons;
mod deployments;
mod express;
mod facts;
mod gateways;
mod keys;
mod own;
mod roles;
mod service_settings;
mod services;
mod subject;
mod tags;
mod task_definitions;
mod task_sets;
mod tasks;
#[cfg(test)]
mod tests;

use arn::Home;
use iam::Context;

pub use agents::{Connection, asks_to_connect};
pub use call::Call;
pub use facts::Facts;
pub use own::Own;
pub use roles::role_arn;

/// One thing that must be allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// Service and action, such as `ecs:RunTask`.
    pub action: &'static str,
    /// An ARN, or `*`. The number that is not known yet of what is to be created is a `*` in it:
    /// `task/CLUSTER/*`.
    pub resource: String,
    /// The keys that this request and this resource have. Those of the caller and of the connection
    /// (`aws:PrincipalArn`, `aws:SourceIp`, `aws:CurrentTime` and so on) are not among them.
    pub context: Context,
}

/// An operation with what it asks of IAM. Every operation of the API has it, also those that no
/// control plane of ours serves.
pub trait Guarded: wire::Op {
    /// Puts down what a call with `input` asks.
    fn ask(input: &Self::Input, call: &mut Call<'_>);
}

/// What a call of `O` asks: all of it must be allowed. There is always at least one.
///
/// `facts` should be of the state that the handler will see: a family without a revision means the
/// newest ACTIVE one of that state.
pub fn asks<O: Guarded>(input: &O::Input, facts: &dyn Facts, home: &Home) -> Vec<Ask> {
    let mut call = Call::new(O::ACTION, facts, home);
    O::ask(input, &mut call);
    call.finish()
}

/// Ties operations to what they ask: `Operation(input, call) { statements }`.
macro_rules! guarded {
    ($( $(#[$doc:meta])* $operation:ident($input:ident, $call:ident) $body:block )+) => { $(
        $(#[$doc])*
        impl $crate::Guarded for wire::op::$operation {
            fn ask($input: &<Self as wire::Op>::Input, $call: &mut $crate::Call<'_>) $body
        }
    )+ };
}
use guarded;
