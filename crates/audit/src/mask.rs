//! Secrets that a record does not hold.
//!
//! CloudTrail leaves out secret access keys, passwords and secret values, or writes
//! `HIDDEN_DUE_TO_SECURITY_REASONS`; the parameters of ECS it shows, environment variables among them.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html>
//! One thing more is left out here: session tokens, which CloudTrail shows. Ours hold the session's
//! secret key, sealed; a log should not depend on the seal.

use serde_json::Value;

/// What CloudTrail writes in place of a value.
const HIDDEN: &str = "HIDDEN_DUE_TO_SECURITY_REASONS";

/// What is done with a secret.
#[derive(Clone, Copy)]
enum Mask {
    /// The member is not there.
    LeaveOut,
    /// The member says that it is hidden.
    Hide,
}

/// The secrets of a service's operations, wherever they stand in request or answer.
type Secrets = &'static [(&'static str, Mask)];

const KEYS: Secrets = &[("secretAccessKey", Mask::LeaveOut), ("sessionToken", Mask::LeaveOut)];

fn secrets(service: &str, operation: &str) -> Secrets {
    match (service, operation) {
        ("iam", "CreateAccessKey") | ("sts", _) => KEYS,
        ("iam", "ChangePassword") => {
            &[("oldPassword", Mask::LeaveOut), ("newPassword", Mask::LeaveOut)]
        }
        ("iam", "CreateLoginProfile" | "UpdateLoginProfile") => &[("password", Mask::LeaveOut)],
        ("ecs", "ExecuteCommand") => &[("tokenValue", Mask::Hide)],
        ("secretsmanager", "CreateSecret" | "PutSecretValue" | "UpdateSecret") => {
            &[("secretString", Mask::LeaveOut), ("secretBinary", Mask::LeaveOut)]
        }
        ("ssm", "PutParameter") => &[("value", Mask::Hide)],
        ("ecr", "GetAuthorizationToken") => &[("authorizationToken", Mask::LeaveOut)],
        _ => &[],
    }
}

/// Whether an operation takes or gives secrets.
pub(crate) fn has_secrets(service: &str, operation: &str) -> bool {
    !secrets(service, operation).is_empty()
}

/// Takes the secrets of an operation out of its parameters or its answer. Names are compared without
/// regard to case, as the protocols differ in it.
pub(crate) fn mask(service: &str, operation: &str, value: &mut Value) {
    let secrets = secrets(service, operation);
    if !secrets.is_empty() {
        walk(secrets, value);
    }
}

fn walk(secrets: Secrets, value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| walk(secrets, item)),
        Value::Object(members) => {
            let mask = |name: &str| {
                let found = secrets.iter().find(|(secret, _)| secret.eq_ignore_ascii_case(name));
                found.map(|(_, mask)| *mask)
            };
            members.retain(|name, _| !matches!(mask(name), Some(Mask::LeaveOut)));
            for (name, member) in members.iter_mut() {
                match mask(name) {
                    Some(_) => *member = HIDDEN.into(),
                    None => walk(secrets, member),
                }
            }
        }
        _ => {}
    }
}
