//! IAM: users, access keys, roles, policies and instance profiles.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/>

mod access_keys;
mod account;
mod attachments;
mod authorization_details;
pub(crate) mod aws_managed;
mod boundaries;
mod context_keys;
pub(super) mod dispatch;
pub(crate) mod documents;
pub(super) mod entity;
mod held;
pub(crate) mod ids;
mod inline_policies;
mod instance_profiles;
mod page;
pub(crate) mod policies;
mod policy_versions;
mod render;
mod roles;
pub(crate) mod seed;
mod simulate;
mod tags;
mod users;
