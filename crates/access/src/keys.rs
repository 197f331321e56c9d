//! The names of the condition keys, as AWS writes them.
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security_iam_service-with-iam.html#security_iam_service-with-iam-id-based-policies-conditionkeys>

/// Followed by a tag's key: its value in the request.
pub const REQUEST_TAG: &str = "aws:RequestTag/";
/// Followed by a tag's key: its value on the resource.
pub const RESOURCE_TAG: &str = "aws:ResourceTag/";
/// ECS's own name of [`RESOURCE_TAG`].
pub const ECS_RESOURCE_TAG: &str = "ecs:ResourceTag/";
/// The keys of the tags in the request; multivalued.
pub const TAG_KEYS: &str = "aws:TagKeys";
/// The service that a role is handed to, such as `ecs-tasks.amazonaws.com`.
pub const PASSED_TO_SERVICE: &str = "iam:PassedToService";

/// The name of an account setting.
pub const ACCOUNT_SETTING: &str = "ecs:account-setting";
/// `true` or `false`.
pub const AUTO_ASSIGN_PUBLIC_IP: &str = "ecs:auto-assign-public-ip";
/// ARNs; multivalued.
pub const CAPACITY_PROVIDER: &str = "ecs:capacity-provider";
/// An ARN.
pub const CLUSTER: &str = "ecs:cluster";
/// `EC2`, `FARGATE`, `EXTERNAL`; multivalued.
pub const COMPUTE_COMPATIBILITY: &str = "ecs:compute-compatibility";
/// ARNs; multivalued.
pub const CONTAINER_INSTANCES: &str = "ecs:container-instances";
/// The name of a container.
pub const CONTAINER_NAME: &str = "ecs:container-name";
/// The action that creates what is tagged, such as `RunTask`.
pub const CREATE_ACTION: &str = "ecs:CreateAction";
/// An ARN.
pub const DAEMON: &str = "ecs:daemon";
/// An ARN.
pub const DAEMON_TASK_DEFINITION: &str = "ecs:daemon-task-definition";
/// `true` or `false`.
pub const ENABLE_EBS_VOLUMES: &str = "ecs:enable-ebs-volumes";
/// `true` or `false`.
pub const ENABLE_ECS_MANAGED_TAGS: &str = "ecs:enable-ecs-managed-tags";
/// `true` or `false`.
pub const ENABLE_EXECUTE_COMMAND: &str = "ecs:enable-execute-command";
/// `true` or `false`.
pub const ENABLE_SERVICE_CONNECT: &str = "ecs:enable-service-connect";
/// `true` or `false`.
pub const ENABLE_VPC_LATTICE: &str = "ecs:enable-vpc-lattice";
/// The id of a KMS key.
pub const FARGATE_EPHEMERAL_STORAGE_KMS_KEY: &str = "ecs:fargate-ephemeral-storage-kms-key";
/// `true` or `false`.
pub const INSTANCE_METADATA_TAGS_PROPAGATION: &str = "ecs:instance-metadata-tags-propagation";
/// The ARN of a namespace of Cloud Map, or its name where the request has that.
pub const NAMESPACE: &str = "ecs:namespace";
/// `true` or `false`.
pub const PRIVILEGED: &str = "ecs:privileged";
/// Where tasks get their tags from.
pub const PROPAGATE_TAGS: &str = "ecs:propagate-tags";
/// An ARN.
pub const SERVICE: &str = "ecs:service";
/// Ids; multivalued.
pub const SUBNET: &str = "ecs:subnet";
/// An ARN.
pub const TASK: &str = "ecs:task";
/// CPU units.
pub const TASK_CPU: &str = "ecs:task-cpu";
/// An ARN.
pub const TASK_DEFINITION: &str = "ecs:task-definition";
/// MiB.
pub const TASK_MEMORY: &str = "ecs:task-memory";
