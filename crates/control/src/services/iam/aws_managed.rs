//! The managed policies of AWS that users of ECS attach, built in under their ARNs.
//! <https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html>
//!
//! Their documents are in `aws_managed/`, one file for each, named like the policy. They grant what
//! AWS's grant on the services that are spoken here; what they say of other services is kept where it
//! is short, because a simulation may ask for it.

use model::Timestamp;

/// A managed policy of AWS.
#[derive(Debug)]
pub struct AwsManaged {
    /// Its name.
    pub name: &'static str,
    /// Begins and ends with `/`.
    pub path: &'static str,
    /// What it is for.
    pub description: &'static str,
    /// Its document.
    pub document: &'static str,
}

/// When they are said to have been made: 2015-02-06, as most of AWS's.
pub const CREATED_AT: Timestamp = Timestamp(1_423_247_999_000);

impl AwsManaged {
    /// Its ARN.
    pub fn arn(&self) -> String {
        format!("arn:aws:iam::aws:policy{}{}", self.path, self.name)
    }

    /// Its unique id: always the same, out of its name.
    pub fn id(&self) -> String {
        // FNV-1a, twice 64 bits for 17 letters of 5 bits.
        let hash = |seed: u64| {
            self.name
                .bytes()
                .fold(seed, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
        };
        let mut bits =
            u128::from(hash(0xcbf2_9ce4_8422_2325)) << 64 | u128::from(hash(0x9e37_79b9));
        let mut id = "ANPA".to_owned();
        for _ in 0..17 {
            id.push(char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[(bits % 32) as usize]));
            bits /= 32;
        }
        id
    }
}

/// The policy with this ARN.
pub fn find(arn: &str) -> Option<&'static AwsManaged> {
    let resource = arn.strip_prefix("arn:aws:iam::aws:policy")?;
    ALL.iter()
        .find(|policy| resource.strip_prefix(policy.path).is_some_and(|name| name == policy.name))
}

macro_rules! policies {
    ($($path:literal $name:literal $description:literal;)+) => {
        /// All of them.
        pub const ALL: &[AwsManaged] = &[$(AwsManaged {
            name: $name,
            path: $path,
            description: $description,
            document: include_str!(concat!("aws_managed/", $name, ".json")),
        }),+];
    };
}

policies! {
    "/" "AdministratorAccess" "Grants everything.";
    "/" "AmazonEC2ContainerRegistryFullAccess" "Grants everything on container images.";
    "/" "AmazonEC2ContainerRegistryPowerUser" "Grants pushing and pulling container images.";
    "/" "AmazonEC2ContainerRegistryReadOnly" "Grants pulling container images.";
    "/" "AmazonECS_FullAccess" "Grants everything on Amazon ECS, and what it needs of other services.";
    "/" "AmazonSSMManagedInstanceCore" "Grants a host what the SSM agent does.";
    "/" "AmazonSSMReadOnlyAccess" "Grants reading SSM, and so its parameters.";
    "/" "CloudWatchLogsFullAccess" "Grants everything on logs.";
    "/" "CloudWatchLogsReadOnlyAccess" "Grants reading logs.";
    "/" "IAMFullAccess" "Grants everything on IAM.";
    "/" "IAMReadOnlyAccess" "Grants reading IAM.";
    "/" "PowerUserAccess" "Grants everything but IAM and the account.";
    "/" "ReadOnlyAccess" "Grants reading.";
    "/" "SecretsManagerReadWrite" "Grants reading and writing secrets.";
    "/aws-service-role/" "AmazonECSServiceRolePolicy" "What ECS itself does in the account.";
    "/service-role/" "AmazonEC2ContainerServiceAutoscaleRole" "Grants scaling services.";
    "/service-role/" "AmazonEC2ContainerServiceEventsRole" "Grants running tasks on events.";
    "/service-role/" "AmazonEC2ContainerServiceRole" "Grants ECS registering targets at load balancers.";
    "/service-role/" "AmazonEC2ContainerServiceforEC2Role" "Grants a container instance what its agent does.";
    "/service-role/" "AmazonECSInfrastructureRolePolicyForVolumes" "Grants ECS managing the volumes of tasks.";
    "/service-role/" "AmazonECSTaskExecutionRolePolicy" "Grants pulling images and sending logs.";
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_document_is_a_policy_and_every_id_its_own() {
        for policy in ALL {
            let parsed = iam::Policy::parse(policy.document, iam::Grammar::Identity);
            assert!(parsed.is_ok(), "{}: {}", policy.name, parsed.unwrap_err());
            assert_eq!(find(&policy.arn()).map(|found| found.name), Some(policy.name));
        }
        let ids: BTreeSet<String> = ALL.iter().map(AwsManaged::id).collect();
        assert_eq!(ids.len(), ALL.len());
        assert!(ids.iter().all(|id| id.len() == 21));
        assert!(find("arn:aws:iam::aws:policy/AmazonECSTaskExecutionRolePolicy").is_none());
    }
}
