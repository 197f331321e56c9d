//! Numbers that limit a request, a list that is kept, or a loop of the control plane. The rules of task
//! definitions stand where they are checked.
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html>

/// Entries in a Describe call on clusters, tasks or container instances.
pub const DESCRIBE_COUNT_MAX: usize = 100;
/// Entries in DescribeServices.
pub const DESCRIBE_SERVICES_COUNT_MAX: usize = 10;
/// Entries in DescribeServiceDeployments.
pub const DESCRIBE_SERVICE_DEPLOYMENTS_COUNT_MAX: usize = 20;
/// Entries in DescribeServiceRevisions.
pub const DESCRIBE_SERVICE_REVISIONS_COUNT_MAX: usize = 20;
/// Tasks in one RunTask, container instances in one StartTask.
pub const RUN_TASK_COUNT_MAX: usize = 10;
/// Container instances in one UpdateContainerInstancesState.
pub const UPDATE_STATE_COUNT_MAX: usize = 10;
/// Task definitions in one DeleteTaskDefinitions.
pub const DELETE_TASK_DEFINITIONS_COUNT_MAX: usize = 10;
/// Entries of a page, for most List calls; also their default.
pub const PAGE_SIZE: usize = 100;
/// The default page of ListServices.
pub const LIST_SERVICES_PAGE_SIZE: usize = 10;
/// The default page of ListServiceDeployments.
pub const LIST_SERVICE_DEPLOYMENTS_PAGE_SIZE: usize = 20;
/// The default and largest page of ListAccountSettings.
pub const ACCOUNT_SETTINGS_PAGE_SIZE: usize = 10;
/// Tags on a resource.
pub const TAG_COUNT_MAX: usize = 50;
/// Characters of a tag's key.
pub const TAG_KEY_LEN_MAX: usize = 128;
/// Characters of a tag's value.
pub const TAG_VALUE_LEN_MAX: usize = 256;
/// Tasks that one service can want.
pub const DESIRED_COUNT_MAX: u32 = 5_000;
/// Containers in a task definition.
pub const CONTAINER_COUNT_MAX: usize = 10;
/// Characters of an image's name.
pub const IMAGE_LEN_MAX: usize = 255;
/// Characters of a task group's name.
pub const GROUP_LEN_MAX: usize = 255;
/// Characters of `startedBy` in RunTask.
pub const STARTED_BY_LEN_MAX: usize = 128;
/// Characters of `startedBy` in StartTask.
pub const START_TASK_STARTED_BY_LEN_MAX: usize = 36;
/// Characters of a client token of RunTask.
pub const RUN_TASK_TOKEN_LEN_MAX: usize = 64;
/// Characters of a client token of CreateService.
pub const CREATE_SERVICE_TOKEN_LEN_MAX: usize = 36;
/// Characters of a client token of CreateTaskSet.
pub const CREATE_TASK_SET_TOKEN_LEN_MAX: usize = 36;
/// Task sets of a service. ECS does not document the number, but names it when it refuses one more.
pub const TASK_SET_COUNT_MAX: usize = 5;
/// Characters of the overrides of a task, as JSON.
pub const OVERRIDES_LEN_MAX: usize = 8_192;
/// Custom attributes of a resource, and attributes in one PutAttributes.
pub const ATTRIBUTE_COUNT_MAX: usize = 10;
/// Characters of an attribute's name or value.
pub const ATTRIBUTE_LEN_MAX: usize = 128;
/// Characters of a container's or task's reason, and of a lifecycle hook's trouble, that are kept.
pub const REASON_LEN_MAX: usize = 1_024;
/// Events that a service keeps.
pub const SERVICE_EVENT_COUNT_MAX: u64 = 100;
/// Placements in one transaction of a service; the rest follows in the next.
pub const PLACEMENTS_PER_PASS_MAX: usize = 100;
/// How long a client token is remembered, in milliseconds: ECS says 24 hours.
pub const TOKEN_RETENTION_MS: i64 = 24 * 3_600_000;
/// Records that the reaper forgets in one transaction.
pub const FORGET_COUNT_MAX: usize = 100;
/// Reconciler runs under way at once.
pub const RECONCILE_COUNT_MAX: usize = 64;
/// How long a reconciliation that the store did not take waits, in milliseconds.
pub const RECONCILE_RETRY_MS: i64 = 1_000;
/// How often an agent hears that its session lives, in milliseconds. Amazon's agent leaves after 60
/// seconds without a message.
pub const HEARTBEAT_MS: u64 = 25_000;
/// Heartbeats that may go unanswered before a session is given up.
pub const HEARTBEATS_MISSED_MAX: u32 = 2;
/// How often an agent is told everything that it should run, in milliseconds.
pub const MANIFEST_PERIOD_MS: u64 = 600_000;
/// Characters of an alarm's name.
pub const ALARM_NAME_LEN_MAX: usize = 255;
/// The longest bake, in minutes: of a deployment, and after each step of its traffic.
pub const BAKE_TIME_MINUTES_MAX: u32 = 1_440;
/// Lifecycle hooks of each kind that a service has.
pub const LIFECYCLE_HOOK_COUNT_MAX: usize = 10;
/// Calls of Lambda functions under way at once.
pub const LAMBDA_CALL_COUNT_MAX: usize = 64;
/// How long one call of a Lambda function may take: Lambda's own limit is 15 minutes.
pub const LAMBDA_CALL_MAX: std::time::Duration = std::time::Duration::from_mins(16);
/// Tasks in one UpdateTaskProtection.
pub const PROTECT_COUNT_MAX: usize = 10;
/// How long calls under way may take when the server is told to end.
pub const SHUTDOWN_WAIT: std::time::Duration = std::time::Duration::from_secs(5);

/// How long a superseded service deployment is kept: 90 days.
pub const SERVICE_DEPLOYMENT_RETENTION_MS: i64 = 90 * 24 * 3_600_000;
/// After so long without anything to tell, a watcher gets an empty line.
pub const WATCH_REST: std::time::Duration = std::time::Duration::from_secs(15);
/// Records of the audit log that are read backwards to be told forwards.
pub const AUDIT_LAST_MAX: usize = 1_000;
/// Events that a watcher is told at first.
pub const WATCH_FIRST_EVENT_COUNT: usize = 10;
/// Users and roles whose compiled policies are kept.
pub const COMPILED_POLICIES_MAX: usize = 10_000;
/// Sessions whose opened tokens are kept.
pub const OPEN_SESSIONS_MAX: usize = 10_000;
/// How long new session tokens are sealed under one key.
pub const SESSION_KEY_PERIOD_MS: i64 = 24 * 3_600_000;
/// How long the credentials of a task's role are valid: 6 hours.
pub const TASK_SESSION_MS: i64 = 6 * 3_600_000;
/// The longest session, of GetSessionToken: 36 hours.
/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html>
pub const SESSION_MAX_S: i64 = 36 * 3_600;
/// How long the credentials of a host's role are valid: an hour.
pub const HOST_SESSION_MS: i64 = 3_600_000;
/// How long a token by which hosts join is good, in seconds: if nothing else is asked for, at least, at
/// most.
pub const TOKEN_TTL_S: u32 = 3_600;
/// See [`TOKEN_TTL_S`].
pub const TOKEN_TTL_S_MIN: u32 = 60;
/// See [`TOKEN_TTL_S`]: 30 days, as of an activation of Systems Manager.
pub const TOKEN_TTL_S_MAX: u32 = 30 * 24 * 3_600;
/// How many hosts can join by one token.
pub const TOKEN_USES_MAX: u32 = 1_000;
/// Decisions in one call of SimulatePrincipalPolicy or SimulateCustomPolicy.
pub const SIMULATION_COUNT_MAX: usize = 10_000;
