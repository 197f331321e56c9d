//! What the shapes of the AWS IAM API must look like.
//! `cargo xtask codegen` writes this file; edit the generator instead.

use super::enumerations::*;
use crate::schema::{Pattern, Shape, optional, required};
pub static ACCESS_KEY: Shape = Shape::Structure(&[
    required("AccessKeyId", &ACCESS_KEY_ID_TYPE),
    optional("CreateDate", &DATE_TYPE),
    required("SecretAccessKey", &ACCESS_KEY_SECRET_TYPE),
    required("Status", &STATUS_TYPE),
    required("UserName", &USER_NAME_TYPE),
]);
pub static ACCESS_KEY_LAST_USED: Shape = Shape::Structure(&[
    optional("LastUsedDate", &DATE_TYPE),
    required("Region", &STRING_TYPE),
    required("ServiceName", &STRING_TYPE),
]);
pub static ACCESS_KEY_METADATA: Shape = Shape::Structure(&[
    optional("AccessKeyId", &ACCESS_KEY_ID_TYPE),
    optional("CreateDate", &DATE_TYPE),
    optional("Status", &STATUS_TYPE),
    optional("UserName", &USER_NAME_TYPE),
]);
pub static ACTION_NAME_LIST_TYPE: Shape =
    Shape::List { element: &ACTION_NAME_TYPE, min: None, max: None };
pub static ACTION_NAME_TYPE: Shape = Shape::String { min: Some(3), max: Some(128), pattern: None };
pub static ADD_ROLE_TO_INSTANCE_PROFILE_REQUEST: Shape = Shape::Structure(&[
    required("InstanceProfileName", &INSTANCE_PROFILE_NAME_TYPE),
    required("RoleName", &ROLE_NAME_TYPE),
]);
pub static ATTACH_ROLE_POLICY_REQUEST: Shape =
    Shape::Structure(&[required("PolicyArn", &ARN_TYPE), required("RoleName", &ROLE_NAME_TYPE)]);
pub static ATTACH_USER_POLICY_REQUEST: Shape =
    Shape::Structure(&[required("PolicyArn", &ARN_TYPE), required("UserName", &USER_NAME_TYPE)]);
pub static ATTACHED_PERMISSIONS_BOUNDARY: Shape = Shape::Structure(&[
    optional("PermissionsBoundaryArn", &ARN_TYPE),
    optional("PermissionsBoundaryType", &PERMISSIONS_BOUNDARY_ATTACHMENT_TYPE),
]);
pub static ATTACHED_POLICY: Shape = Shape::Structure(&[
    optional("PolicyArn", &ARN_TYPE),
    optional("PolicyName", &POLICY_NAME_TYPE),
]);
pub static COLUMN_NUMBER: Shape = Shape::Integer { min: None, max: None };
pub static CONTEXT_ENTRY: Shape = Shape::Structure(&[
    optional("ContextKeyName", &CONTEXT_KEY_NAME_TYPE),
    optional("ContextKeyType", &CONTEXT_KEY_TYPE_ENUM),
    optional("ContextKeyValues", &CONTEXT_KEY_VALUE_LIST_TYPE),
]);
pub static CONTEXT_ENTRY_LIST_TYPE: Shape =
    Shape::List { element: &CONTEXT_ENTRY, min: None, max: None };
pub static CONTEXT_KEY_NAME_TYPE: Shape =
    Shape::String { min: Some(5), max: Some(256), pattern: None };
pub static CONTEXT_KEY_NAMES_RESULT_LIST_TYPE: Shape =
    Shape::List { element: &CONTEXT_KEY_NAME_TYPE, min: None, max: None };
pub static CONTEXT_KEY_TYPE_ENUM: Shape = Shape::Enumeration(ContextKeyTypeEnum::VALUES);
pub static CONTEXT_KEY_VALUE_LIST_TYPE: Shape =
    Shape::List { element: &CONTEXT_KEY_VALUE_TYPE, min: None, max: None };
pub static CONTEXT_KEY_VALUE_TYPE: Shape = Shape::String { min: None, max: None, pattern: None };
pub static CREATE_ACCESS_KEY_REQUEST: Shape =
    Shape::Structure(&[optional("UserName", &EXISTING_USER_NAME_TYPE)]);
pub static CREATE_ACCESS_KEY_RESPONSE: Shape =
    Shape::Structure(&[required("AccessKey", &ACCESS_KEY)]);
pub static CREATE_ACCOUNT_ALIAS_REQUEST: Shape =
    Shape::Structure(&[required("AccountAlias", &ACCOUNT_ALIAS_TYPE)]);
pub static CREATE_INSTANCE_PROFILE_REQUEST: Shape = Shape::Structure(&[
    required("InstanceProfileName", &INSTANCE_PROFILE_NAME_TYPE),
    optional("Path", &PATH_TYPE),
    optional("Tags", &TAG_LIST_TYPE),
]);
pub static CREATE_INSTANCE_PROFILE_RESPONSE: Shape =
    Shape::Structure(&[required("InstanceProfile", &INSTANCE_PROFILE)]);
pub static CREATE_POLICY_REQUEST: Shape = Shape::Structure(&[
    optional("Description", &POLICY_DESCRIPTION_TYPE),
    optional("Path", &POLICY_PATH_TYPE),
    required("PolicyDocument", &POLICY_DOCUMENT_TYPE),
    required("PolicyName", &POLICY_NAME_TYPE),
    optional("Tags", &TAG_LIST_TYPE),
]);
pub static CREATE_POLICY_RESPONSE: Shape = Shape::Structure(&[optional("Policy", &POLICY)]);
pub static CREATE_POLICY_VERSION_REQUEST: Shape = Shape::Structure(&[
    required("PolicyArn", &ARN_TYPE),
    required("PolicyDocument", &POLICY_DOCUMENT_TYPE),
    optional("SetAsDefault", &BOOLEAN_TYPE),
]);
pub static CREATE_POLICY_VERSION_RESPONSE: Shape =
    Shape::Structure(&[optional("PolicyVersion", &POLICY_VERSION)]);
pub static CREATE_ROLE_REQUEST: Shape = Shape::Structure(&[
    required("AssumeRolePolicyDocument", &POLICY_DOCUMENT_TYPE),
    optional("Description", &ROLE_DESCRIPTION_TYPE),
    optional("MaxSessionDuration", &ROLE_MAX_SESSION_DURATION_TYPE),
    optional("Path", &PATH_TYPE),
    optional("PermissionsBoundary", &ARN_TYPE),
    required("RoleName", &ROLE_NAME_TYPE),
    optional("Tags", &TAG_LIST_TYPE),
]);
pub static CREATE_ROLE_RESPONSE: Shape = Shape::Structure(&[required("Role", &ROLE)]);
pub static CREATE_USER_REQUEST: Shape = Shape::Structure(&[
    optional("Path", &PATH_TYPE),
    optional("PermissionsBoundary", &ARN_TYPE),
    optional("Tags", &TAG_LIST_TYPE),
    required("UserName", &USER_NAME_TYPE),
]);
pub static CREATE_USER_RESPONSE: Shape = Shape::Structure(&[optional("User", &USER)]);
pub static DELETE_ACCESS_KEY_REQUEST: Shape = Shape::Structure(&[
    required("AccessKeyId", &ACCESS_KEY_ID_TYPE),
    optional("UserName", &EXISTING_USER_NAME_TYPE),
]);
pub static DELETE_ACCOUNT_ALIAS_REQUEST: Shape =
    Shape::Structure(&[required("AccountAlias", &ACCOUNT_ALIAS_TYPE)]);
pub static DELETE_INSTANCE_PROFILE_REQUEST: Shape =
    Shape::Structure(&[required("InstanceProfileName", &INSTANCE_PROFILE_NAME_TYPE)]);
pub static DELETE_POLICY_REQUEST: Shape = Shape::Structure(&[required("PolicyArn", &ARN_TYPE)]);
pub static DELETE_POLICY_VERSION_REQUEST: Shape = Shape::Structure(&[
    required("PolicyArn", &ARN_TYPE),
    required("VersionId", &POLICY_VERSION_ID_TYPE),
]);
pub static DELETE_ROLE_PERMISSIONS_BOUNDARY_REQUEST: Shape =
    Shape::Structure(&[required("RoleName", &ROLE_NAME_TYPE)]);
pub static DELETE_ROLE_POLICY_REQUEST: Shape = Shape::Structure(&[
    required("PolicyName", &POLICY_NAME_TYPE),
    required("RoleName", &ROLE_NAME_TYPE),
]);
pub static DELETE_ROLE_REQUEST: Shape = Shape::Structure(&[required("RoleName", &ROLE_NAME_TYPE)]);
pub static DELETE_USER_PERMISSIONS_BOUNDARY_REQUEST: Shape =
    Shape::Structure(&[required("UserName", &USER_NAME_TYPE)]);
pub static DELETE_USER_POLICY_REQUEST: Shape = Shape::Structure(&[
    required("PolicyName", &POLICY_NAME_TYPE),
    required("UserName", &EXISTING_USER_NAME_TYPE),
]);
pub static DELETE_USER_REQUEST: Shape =
    Shape::Structure(&[required("UserName", &EXISTING_USER_NAME_TYPE)]);
pub static DETACH_ROLE_POLICY_REQUEST: Shape =
    Shape::Structure(&[required("PolicyArn", &ARN_TYPE), required("RoleName", &ROLE_NAME_TYPE)]);
pub static DETACH_USER_POLICY_REQUEST: Shape =
    Shape::Structure(&[required("PolicyArn", &ARN_TYPE), required("UserName", &USER_NAME_TYPE)]);
pub static ENTITY_TYPE: Shape = Shape::Enumeration(EntityType::VALUES);
pub static EVAL_DECISION_DETAILS_TYPE: Shape = Shape::Map {
    key: &EVAL_DECISION_SOURCE_TYPE,
    value: &POLICY_EVALUATION_DECISION_TYPE,
    min: None,
    max: None,
};
pub static EVAL_DECISION_SOURCE_TYPE: Shape =
    Shape::String { min: Some(3), max: Some(256), pattern: None };
pub static EVALUATION_RESULT: Shape = Shape::Structure(&[
    required("EvalActionName", &ACTION_NAME_TYPE),
    required("EvalDecision", &POLICY_EVALUATION_DECISION_TYPE),
    optional("EvalDecisionDetails", &EVAL_DECISION_DETAILS_TYPE),
    optional("EvalResourceName", &RESOURCE_NAME_TYPE),
    optional("MatchedStatements", &STATEMENT_LIST_TYPE),
    optional("MissingContextValues", &CONTEXT_KEY_NAMES_RESULT_LIST_TYPE),
    optional("OrganizationsDecisionDetail", &ORGANIZATIONS_DECISION_DETAIL),
    optional("PermissionsBoundaryDecisionDetail", &PERMISSIONS_BOUNDARY_DECISION_DETAIL),
    optional("ResourceSpecificResults", &RESOURCE_SPECIFIC_RESULT_LIST_TYPE),
]);
pub static EVALUATION_RESULTS_LIST_TYPE: Shape =
    Shape::List { element: &EVALUATION_RESULT, min: None, max: None };
pub static GET_ACCESS_KEY_LAST_USED_REQUEST: Shape =
    Shape::Structure(&[required("AccessKeyId", &ACCESS_KEY_ID_TYPE)]);
pub static GET_ACCESS_KEY_LAST_USED_RESPONSE: Shape = Shape::Structure(&[
    optional("AccessKeyLastUsed", &ACCESS_KEY_LAST_USED),
    optional("UserName", &EXISTING_USER_NAME_TYPE),
]);
pub static GET_ACCOUNT_AUTHORIZATION_DETAILS_REQUEST: Shape = Shape::Structure(&[
    optional("Filter", &ENTITY_LIST_TYPE),
    optional("Marker", &MARKER_TYPE),
    optional("MaxItems", &MAX_ITEMS_TYPE),
]);
pub static GET_ACCOUNT_AUTHORIZATION_DETAILS_RESPONSE: Shape = Shape::Structure(&[
    optional("GroupDetailList", &GROUP_DETAIL_LIST_TYPE),
    optional("IsTruncated", &BOOLEAN_TYPE),
    optional("Marker", &RESPONSE_MARKER_TYPE),
    optional("Policies", &MANAGED_POLICY_DETAIL_LIST_TYPE),
    optional("RoleDetailList", &ROLE_DETAIL_LIST_TYPE),
    optional("UserDetailList", &USER_DETAIL_LIST_TYPE),
]);
pub static GET_CONTEXT_KEYS_FOR_CUSTOM_POLICY_REQUEST: Shape =
    Shape::Structure(&[required("PolicyInputList", &SIMULATION_POLICY_LIST_TYPE)]);
pub static GET_CONTEXT_KEYS_FOR_POLICY_RESPONSE: Shape =
    Shape::Structure(&[optional("ContextKeyNames", &CONTEXT_KEY_NAMES_RESULT_LIST_TYPE)]);
pub static GET_CONTEXT_KEYS_FOR_PRINCIPAL_POLICY_REQUEST: Shape = Shape::Structure(&[
    optional("PolicyInputList", &SIMULATION_POLICY_LIST_TYPE),
    required("PolicySourceArn", &ARN_TYPE),
]);
pub static GET_INSTANCE_PROFILE_REQUEST: Shape =
    Shape::Structure(&[required("InstanceProfileName", &INSTANCE_PROFILE_NAME_TYPE)]);
pub static GET_INSTANCE_PROFILE_RESPONSE: Shape =
    Shape::Structure(&[required("InstanceProfile", &INSTANCE_PROFILE)]);
pub static GET_POLICY_REQUEST: Shape = Shape::Structure(&[required("PolicyArn", &ARN_TYPE)]);
pub static GET_POLICY_RESPONSE: Shape = Shape::Structure(&[optional("Policy", &POLICY)]);
pub static GET_POLICY_VERSION_REQUEST: Shape = Shape::Structure(&[
    required("PolicyArn", &ARN_TYPE),
    required("VersionId", &POLICY_VERSION_ID_TYPE),
]);
pub static GET_POLICY_VERSION_RESPONSE: Shape =
    Shape::Structure(&[optional("PolicyVersion", &POLICY_VERSION)]);
pub static GET_ROLE_POLICY_REQUEST: Shape = Shape::Structure(&[
    required("PolicyName", &POLICY_NAME_TYPE),
    required("RoleName", &ROLE_NAME_TYPE),
]);
pub static GET_ROLE_POLICY_RESPONSE: Shape = Shape::Structure(&[
    required("PolicyDocument", &POLICY_DOCUMENT_TYPE),
    required("PolicyName", &POLICY_NAME_TYPE),
    required("RoleName", &ROLE_NAME_TYPE),
]);
pub static GET_ROLE_REQUEST: Shape = Shape::Structure(&[required("RoleName", &ROLE_NAME_TYPE)]);
pub static GET_ROLE_RESPONSE: Shape = Shape::Structure(&[required("Role", &ROLE)]);
pub static GET_USER_POLICY_REQUEST: Shape = Shape::Structure(&[
    required("PolicyName", &POLICY_NAME_TYPE),
    required("UserName", &EXISTING_USER_NAME_TYPE),
]);
pub static GET_USER_POLICY_RESPONSE: Shape = Shape::Structure(&[
    required("PolicyDocument", &POLICY_DOCUMENT_TYPE),
    required("PolicyName", &POLICY_NAME_TYPE),
    required("UserName", &EXISTING_USER_NAME_TYPE),
]);
pub static GET_USER_REQUEST: Shape =
    Shape::Structure(&[optional("UserName", &EXISTING_USER_NAME_TYPE)]);
pub static GET_USER_RESPONSE: Shape = Shape::Structure(&[required("User", &USER)]);
pub static GROUP_DETAIL: Shape = Shape::Structure(&[
    optional("Arn", &ARN_TYPE),
    optional("AttachedManagedPolicies", &ATTACHED_POLICIES_LIST_TYPE),
    optional("CreateDate", &DATE_TYPE),
    optional("GroupId", &ID_TYPE),
    optional("GroupName", &GROUP_NAME_TYPE),
    optional("GroupPolicyList", &POLICY_DETAIL_LIST_TYPE),
    optional("Path", &PATH_TYPE),
]);
pub static INSTANCE_PROFILE: Shape = Shape::Structure(&[
    required("Arn", &ARN_TYPE),
    required("CreateDate", &DATE_TYPE),
    required("InstanceProfileId", &ID_TYPE),
    required("InstanceProfileName", &INSTANCE_PROFILE_NAME_TYPE),
    required("Path", &PATH_TYPE),
    required("Roles", &ROLE_LIST_TYPE),
    optional("Tags", &TAG_LIST_TYPE),
]);
pub static LINE_NUMBER: Shape = Shape::Integer { min: None, max: None };
pub static LIST_ACCESS_KEYS_REQUEST: Shape = Shape::Structure(&[
    optional("Marker", &MARKER_TYPE),
    optional("MaxItems", &MAX_ITEMS_TYPE),
    optional("UserName", &EXISTING_USER_NAME_TYPE),
]);
pub static LIST_ACCESS_KEYS_RESPONSE: Shape = Shape::Structure(&[
    required("AccessKeyMetadata", &ACCESS_KEY_METADATA_LIST_TYPE),
    optional("IsTruncated", &BOOLEAN_TYPE),
    optional("Marker", &RESPONSE_MARKER_TYPE),
]);
pub static LIST_ACCOUNT_ALIASES_REQUEST: Shape =
    Shape::Structure(&[optional("Marker", &MARKER_TYPE), optional("MaxItems", &MAX_ITEMS_TYPE)]);
pub static LIST_ACCOUNT_ALIASES_RESPONSE: Shape = Shape::Structure(&[
    required("AccountAliases", &ACCOUNT_ALIAS_LIST_TYPE),
    optional("IsTruncated", &BOOLEAN_TYPE),
    optional("Marker", &RESPONSE_MARKER_TYPE),
]);
pub static LIST_ATTACHED_ROLE_POLICIES_REQUEST: Shape = Shape::Structure(&[
    optional("Marker", &MARKER_TYPE),
    optional("MaxItems", &MAX_ITEMS_TYPE),
    optional("PathPrefix", &POLICY_PATH_TYPE),
    required("RoleName", &ROLE_NAME_TYPE),
]);
pub static LIST_ATTACHED_ROLE_POLICIES_RESPONSE: Shape = Shape::Structure(&[
    optional("AttachedPolicies", &ATTACHED_POLICIES_LIST_TYPE),
    optional("IsTruncated", &BOOLEAN_TYPE),
    optional("Marker", &RESPONSE_MARKER_TYPE),
]);
pub static LIST_ATTACHED_USER_POLICIES_REQUEST: Shape = Shape::Structure(&[
    optional("Marker", &MARKER_TYPE),
    optional("MaxItems", &MAX_ITEMS_TYPE),
    optional("PathPrefix", &POLICY_PATH_TYPE),
    required("UserName", &USER_NAME_TYPE),
]);
pub static LIST_ATTACHED_USER_POLICIES_RESPONSE: Shape = Shape::Structure(&[
    optional("AttachedPolicies", &ATTACHED_POLICIES_LIST_TYPE),
    optional("IsTruncated", &BOOLEAN_TYPE),
    optional("Marker", &RESPONSE_MARKER_TYPE),
]);
pub static LIST_ENTITIES_FOR_POLICY_REQUEST: Shape = Shape::Structure(&[
    optional("EntityFilter", &ENTITY_TYPE),
    optional("Marker", &MARKER_TYPE),
    optional("MaxItems", &MAX_ITEMS_TYPE),
    optional("PathPrefix", &PATH_TYPE),
    required("PolicyArn", &ARN_TYPE),
    optional("PolicyUsageFilter", &POLICY_USAGE_TYPE),
]);
pub static LIST_ENTITIES_FOR_POLICY_RESPONSE: Shape = Shape::Structure(&[
    optional("IsTruncated", &BOOLEAN_TYPE),
    optional("Marker", &RESPONSE_MARKER_TYPE),
    optional("PolicyGroups", &POLICY_GROUP_LIST_TYPE),
    optional("PolicyRoles", &POLICY_ROLE_LIST_TYPE),
    optional("PolicyUsers", &POLICY_USER_LIST_TYPE),
]);
pub static LIST_INSTANCE_PROFILE_TAGS_REQUEST: Shape = Shape::Structure(&[
    required("InstanceProfileName", &INSTANCE_PROFILE_NAME_TYPE),
    optional("Marker", &MARKER_TYPE),
    optional("MaxItems", &MAX_ITEMS_TYPE),
]);
pub static LIST_INSTANCE_PROFILE_TAGS_RESPONSE: Shape = Shape::Structure(&[
    optional("IsTruncated", &BOOLEAN_TYPE),
    optional("Marker", &RESPONSE_MARKER_TYPE),
    required("Tags", &TAG_LIST_TYPE),
]);
pub static LIST_INSTANCE_PROFILES_FOR_ROLE_REQUEST: Shape = Shape::Structure(&[
    optional("Marker", &MARKER_TYPE),
    optional("MaxItems", &MAX_ITEMS_TYPE),
    required("RoleName", &ROLE_NAME_TYPE),
]);
pub static LIST_INSTANCE_PROFILES_FOR_ROLE_RESPONSE: Shape = Shape::Structure(&[
    required("InstanceProfiles", &INSTANCE_PROFILE_LIST_TYPE),
    optional("IsTruncated", &BOOLEAN_TYPE),
    optional("Marker", &RESPONSE_MARKER_TYPE),
]);
pub static LIST_INSTANCE_PROFILES_REQUEST: Shape = Shape::Structure(&[
    optional("Marker", &MARKER_TYPE),
    optional("MaxItems", &MAX_ITEMS_TYPE),
    optional("PathPrefix", &PATH_PREFIX_TYPE),
]);
pub static LIST_INSTANCE_PROFILES_RESPONSE: Shape = Shape::Structure(&[
    required("InstanceProfiles", &INSTANCE_PROFILE_LIST_TYPE),
    optional("IsTruncated", &BOOLEAN_TYPE),
    optional("Marker", &RESPONSE_MARKER_TYPE),
]);
pub static LIST_POLICIES_REQUEST: Shape = Shape::Structure(&[
    optional("Marker", &MARKER_TYPE),
    optional("MaxItems", &MAX_ITEMS_TYPE),
    optional("OnlyAttached", &BOOLEAN_TYPE),
    optional("PathPrefix", &POLICY_PATH_TYPE),
    optional("PolicyUsageFilter", &POLICY_USAGE_TYPE),
    optional("Scope", &POLICY_SCOPE_TYPE),
]);
pub static LIST_POLICIES_RESPONSE: Shape = Shape::Structure(&[
    optional("IsTruncated", &BOOLEAN_TYPE),
    optional("Marker", &RESPONSE_MARKER_TYPE),
    optional("Policies", &POLICY_LIST_TYPE),
]);
pub static LIST_POLICY_TAGS_REQUEST: Shape = Shape::Structure(&[
    optional("Marker", &MARKER_TYPE),
    optional("MaxItems", &MAX_ITEMS_TYPE),
    required("PolicyArn", &ARN_TYPE),
]);
pub static LIST_POLICY_TAGS_RESPONSE: Shape = Shape::Structure(&[
    optional("IsTruncated", &BOOLEAN_TYPE),
    optional("Marker", &RESPONSE_MARKER_TYPE),
    required("Tags", &TAG_LIST_TYPE),
]);
pub static LIST_POLICY_VERSIONS_REQUEST: Shape = Shape::Structure(&[
    optional("Marker", &MARKER_TYPE),
    optional("MaxItems", &MAX_ITEMS_TYPE),
    required("PolicyArn", &ARN_TYPE),
]);
pub static LIST_POLICY_VERSIONS_RESPONSE: Shape = Shape::Structure(&[
    optional("IsTruncated", &BOOLEAN_TYPE),
    optional("Marker", &RESPONSE_MARKER_TYPE),
    optional("Versions", &POLICY_DOCUMENT_VERSION_LIST_TYPE),
]);
pub static LIST_ROLE_POLICIES_REQUEST: Shape = Shape::Structure(&[
    optional("Marker", &MARKER_TYPE),
    optional("MaxItems", &MAX_ITEMS_TYPE),
    required("RoleName", &ROLE_NAME_TYPE),
]);
pub static LIST_ROLE_POLICIES_RESPONSE: Shape = Shape::Structure(&[
    optional("IsTruncated", &BOOLEAN_TYPE),
    optional("Marker", &RESPONSE_MARKER_TYPE),
    required("PolicyNames", &POLICY_NAME_LIST_TYPE),
]);
pub static LIST_ROLE_TAGS_REQUEST: Shape = Shape::Structure(&[
    optional("Marker", &MARKER_TYPE),
    optional("MaxItems", &MAX_ITEMS_TYPE),
    required("RoleName", &ROLE_NAME_TYPE),
]);
pub static LIST_ROLE_TAGS_RESPONSE: Shape = Shape::Structure(&[
    optional("IsTruncated", &BOOLEAN_TYPE),
    optional("Marker", &RESPONSE_MARKER_TYPE),
    required("Tags", &TAG_LIST_TYPE),
]);
pub static LIST_ROLES_REQUEST: Shape = Shape::Structure(&[
    optional("Marker", &MARKER_TYPE),
    optional("MaxItems", &MAX_ITEMS_TYPE),
    optional("PathPrefix", &PATH_PREFIX_TYPE),
]);
pub static LIST_ROLES_RESPONSE: Shape = Shape::Structure(&[
    optional("IsTruncated", &BOOLEAN_TYPE),
    optional("Marker", &RESPONSE_MARKER_TYPE),
    required("Roles", &ROLE_LIST_TYPE),
]);
pub static LIST_USER_POLICIES_REQUEST: Shape = Shape::Structure(&[
    optional("Marker", &MARKER_TYPE),
    optional("MaxItems", &MAX_ITEMS_TYPE),
    required("UserName", &EXISTING_USER_NAME_TYPE),
]);
pub static LIST_USER_POLICIES_RESPONSE: Shape = Shape::Structure(&[
    optional("IsTruncated", &BOOLEAN_TYPE),
    optional("Marker", &RESPONSE_MARKER_TYPE),
    required("PolicyNames", &POLICY_NAME_LIST_TYPE),
]);
pub static LIST_USER_TAGS_REQUEST: Shape = Shape::Structure(&[
    optional("Marker", &MARKER_TYPE),
    optional("MaxItems", &MAX_ITEMS_TYPE),
    required("UserName", &EXISTING_USER_NAME_TYPE),
]);
pub static LIST_USER_TAGS_RESPONSE: Shape = Shape::Structure(&[
    optional("IsTruncated", &BOOLEAN_TYPE),
    optional("Marker", &RESPONSE_MARKER_TYPE),
    required("Tags", &TAG_LIST_TYPE),
]);
pub static LIST_USERS_REQUEST: Shape = Shape::Structure(&[
    optional("Marker", &MARKER_TYPE),
    optional("MaxItems", &MAX_ITEMS_TYPE),
    optional("PathPrefix", &PATH_PREFIX_TYPE),
]);
pub static LIST_USERS_RESPONSE: Shape = Shape::Structure(&[
    optional("IsTruncated", &BOOLEAN_TYPE),
    optional("Marker", &RESPONSE_MARKER_TYPE),
    required("Users", &USER_LIST_TYPE),
]);
pub static MANAGED_POLICY_DETAIL: Shape = Shape::Structure(&[
    optional("Arn", &ARN_TYPE),
    optional("AttachmentCount", &ATTACHMENT_COUNT_TYPE),
    optional("CreateDate", &DATE_TYPE),
    optional("DefaultVersionId", &POLICY_VERSION_ID_TYPE),
    optional("Description", &POLICY_DESCRIPTION_TYPE),
    optional("IsAttachable", &BOOLEAN_TYPE),
    optional("Path", &POLICY_PATH_TYPE),
    optional("PermissionsBoundaryUsageCount", &ATTACHMENT_COUNT_TYPE),
    optional("PolicyId", &ID_TYPE),
    optional("PolicyName", &POLICY_NAME_TYPE),
    optional("PolicyVersionList", &POLICY_DOCUMENT_VERSION_LIST_TYPE),
    optional("UpdateDate", &DATE_TYPE),
]);
pub static MANAGED_POLICY_DETAIL_LIST_TYPE: Shape =
    Shape::List { element: &MANAGED_POLICY_DETAIL, min: None, max: None };
pub static ORGANIZATIONS_DECISION_DETAIL: Shape =
    Shape::Structure(&[optional("AllowedByOrganizations", &BOOLEAN_TYPE)]);
pub static PERMISSIONS_BOUNDARY_ATTACHMENT_TYPE: Shape =
    Shape::Enumeration(PermissionsBoundaryAttachmentType::VALUES);
pub static PERMISSIONS_BOUNDARY_DECISION_DETAIL: Shape =
    Shape::Structure(&[optional("AllowedByPermissionsBoundary", &BOOLEAN_TYPE)]);
pub static POLICY: Shape = Shape::Structure(&[
    optional("Arn", &ARN_TYPE),
    optional("AttachmentCount", &ATTACHMENT_COUNT_TYPE),
    optional("CreateDate", &DATE_TYPE),
    optional("DefaultVersionId", &POLICY_VERSION_ID_TYPE),
    optional("Description", &POLICY_DESCRIPTION_TYPE),
    optional("IsAttachable", &BOOLEAN_TYPE),
    optional("Path", &POLICY_PATH_TYPE),
    optional("PermissionsBoundaryUsageCount", &ATTACHMENT_COUNT_TYPE),
    optional("PolicyId", &ID_TYPE),
    optional("PolicyName", &POLICY_NAME_TYPE),
    optional("Tags", &TAG_LIST_TYPE),
    optional("UpdateDate", &DATE_TYPE),
]);
pub static POLICY_DETAIL: Shape = Shape::Structure(&[
    optional("PolicyDocument", &POLICY_DOCUMENT_TYPE),
    optional("PolicyName", &POLICY_NAME_TYPE),
]);
pub static POLICY_EVALUATION_DECISION_TYPE: Shape =
    Shape::Enumeration(PolicyEvaluationDecisionType::VALUES);
pub static POLICY_GROUP: Shape =
    Shape::Structure(&[optional("GroupId", &ID_TYPE), optional("GroupName", &GROUP_NAME_TYPE)]);
pub static POLICY_GROUP_LIST_TYPE: Shape =
    Shape::List { element: &POLICY_GROUP, min: None, max: None };
pub static POLICY_IDENTIFIER_TYPE: Shape = Shape::String { min: None, max: None, pattern: None };
pub static POLICY_ROLE: Shape =
    Shape::Structure(&[optional("RoleId", &ID_TYPE), optional("RoleName", &ROLE_NAME_TYPE)]);
pub static POLICY_ROLE_LIST_TYPE: Shape =
    Shape::List { element: &POLICY_ROLE, min: None, max: None };
pub static POLICY_SOURCE_TYPE: Shape = Shape::Enumeration(PolicySourceType::VALUES);
pub static POLICY_USAGE_TYPE: Shape = Shape::Enumeration(PolicyUsageType::VALUES);
pub static POLICY_USER: Shape =
    Shape::Structure(&[optional("UserId", &ID_TYPE), optional("UserName", &USER_NAME_TYPE)]);
pub static POLICY_USER_LIST_TYPE: Shape =
    Shape::List { element: &POLICY_USER, min: None, max: None };
pub static POLICY_VERSION: Shape = Shape::Structure(&[
    optional("CreateDate", &DATE_TYPE),
    optional("Document", &POLICY_DOCUMENT_TYPE),
    optional("IsDefaultVersion", &BOOLEAN_TYPE),
    optional("VersionId", &POLICY_VERSION_ID_TYPE),
]);
pub static POSITION: Shape =
    Shape::Structure(&[optional("Column", &COLUMN_NUMBER), optional("Line", &LINE_NUMBER)]);
pub static PUT_ROLE_PERMISSIONS_BOUNDARY_REQUEST: Shape = Shape::Structure(&[
    required("PermissionsBoundary", &ARN_TYPE),
    required("RoleName", &ROLE_NAME_TYPE),
]);
pub static PUT_ROLE_POLICY_REQUEST: Shape = Shape::Structure(&[
    required("PolicyDocument", &POLICY_DOCUMENT_TYPE),
    required("PolicyName", &POLICY_NAME_TYPE),
    required("RoleName", &ROLE_NAME_TYPE),
]);
pub static PUT_USER_PERMISSIONS_BOUNDARY_REQUEST: Shape = Shape::Structure(&[
    required("PermissionsBoundary", &ARN_TYPE),
    required("UserName", &USER_NAME_TYPE),
]);
pub static PUT_USER_POLICY_REQUEST: Shape = Shape::Structure(&[
    required("PolicyDocument", &POLICY_DOCUMENT_TYPE),
    required("PolicyName", &POLICY_NAME_TYPE),
    required("UserName", &EXISTING_USER_NAME_TYPE),
]);
pub static REMOVE_ROLE_FROM_INSTANCE_PROFILE_REQUEST: Shape = Shape::Structure(&[
    required("InstanceProfileName", &INSTANCE_PROFILE_NAME_TYPE),
    required("RoleName", &ROLE_NAME_TYPE),
]);
pub static RESOURCE_HANDLING_OPTION_TYPE: Shape =
    Shape::String { min: Some(1), max: Some(64), pattern: None };
pub static RESOURCE_NAME_LIST_TYPE: Shape =
    Shape::List { element: &RESOURCE_NAME_TYPE, min: None, max: None };
pub static RESOURCE_NAME_TYPE: Shape =
    Shape::String { min: Some(1), max: Some(2048), pattern: None };
pub static RESOURCE_SPECIFIC_RESULT: Shape = Shape::Structure(&[
    optional("EvalDecisionDetails", &EVAL_DECISION_DETAILS_TYPE),
    required("EvalResourceDecision", &POLICY_EVALUATION_DECISION_TYPE),
    required("EvalResourceName", &RESOURCE_NAME_TYPE),
    optional("MatchedStatements", &STATEMENT_LIST_TYPE),
    optional("MissingContextValues", &CONTEXT_KEY_NAMES_RESULT_LIST_TYPE),
    optional("PermissionsBoundaryDecisionDetail", &PERMISSIONS_BOUNDARY_DECISION_DETAIL),
]);
pub static RESOURCE_SPECIFIC_RESULT_LIST_TYPE: Shape =
    Shape::List { element: &RESOURCE_SPECIFIC_RESULT, min: None, max: None };
pub static ROLE: Shape = Shape::Structure(&[
    required("Arn", &ARN_TYPE),
    optional("AssumeRolePolicyDocument", &POLICY_DOCUMENT_TYPE),
    required("CreateDate", &DATE_TYPE),
    optional("Description", &ROLE_DESCRIPTION_TYPE),
    optional("MaxSessionDuration", &ROLE_MAX_SESSION_DURATION_TYPE),
    required("Path", &PATH_TYPE),
    optional("PermissionsBoundary", &ATTACHED_PERMISSIONS_BOUNDARY),
    required("RoleId", &ID_TYPE),
    optional("RoleLastUsed", &ROLE_LAST_USED),
    required("RoleName", &ROLE_NAME_TYPE),
    optional("Tags", &TAG_LIST_TYPE),
]);
pub static ROLE_DETAIL: Shape = Shape::Structure(&[
    optional("Arn", &ARN_TYPE),
    optional("AssumeRolePolicyDocument", &POLICY_DOCUMENT_TYPE),
    optional("AttachedManagedPolicies", &ATTACHED_POLICIES_LIST_TYPE),
    optional("CreateDate", &DATE_TYPE),
    optional("InstanceProfileList", &INSTANCE_PROFILE_LIST_TYPE),
    optional("Path", &PATH_TYPE),
    optional("PermissionsBoundary", &ATTACHED_PERMISSIONS_BOUNDARY),
    optional("RoleId", &ID_TYPE),
    optional("RoleLastUsed", &ROLE_LAST_USED),
    optional("RoleName", &ROLE_NAME_TYPE),
    optional("RolePolicyList", &POLICY_DETAIL_LIST_TYPE),
    optional("Tags", &TAG_LIST_TYPE),
]);
pub static ROLE_LAST_USED: Shape =
    Shape::Structure(&[optional("LastUsedDate", &DATE_TYPE), optional("Region", &STRING_TYPE)]);
pub static SET_DEFAULT_POLICY_VERSION_REQUEST: Shape = Shape::Structure(&[
    required("PolicyArn", &ARN_TYPE),
    required("VersionId", &POLICY_VERSION_ID_TYPE),
]);
pub static SIMULATE_CUSTOM_POLICY_REQUEST: Shape = Shape::Structure(&[
    required("ActionNames", &ACTION_NAME_LIST_TYPE),
    optional("CallerArn", &RESOURCE_NAME_TYPE),
    optional("ContextEntries", &CONTEXT_ENTRY_LIST_TYPE),
    optional("Marker", &MARKER_TYPE),
    optional("MaxItems", &MAX_ITEMS_TYPE),
    optional("PermissionsBoundaryPolicyInputList", &SIMULATION_POLICY_LIST_TYPE),
    required("PolicyInputList", &SIMULATION_POLICY_LIST_TYPE),
    optional("ResourceArns", &RESOURCE_NAME_LIST_TYPE),
    optional("ResourceHandlingOption", &RESOURCE_HANDLING_OPTION_TYPE),
    optional("ResourceOwner", &RESOURCE_NAME_TYPE),
    optional("ResourcePolicy", &POLICY_DOCUMENT_TYPE),
]);
pub static SIMULATE_POLICY_RESPONSE: Shape = Shape::Structure(&[
    optional("EvaluationResults", &EVALUATION_RESULTS_LIST_TYPE),
    optional("IsTruncated", &BOOLEAN_TYPE),
    optional("Marker", &RESPONSE_MARKER_TYPE),
]);
pub static SIMULATE_PRINCIPAL_POLICY_REQUEST: Shape = Shape::Structure(&[
    required("ActionNames", &ACTION_NAME_LIST_TYPE),
    optional("CallerArn", &RESOURCE_NAME_TYPE),
    optional("ContextEntries", &CONTEXT_ENTRY_LIST_TYPE),
    optional("Marker", &MARKER_TYPE),
    optional("MaxItems", &MAX_ITEMS_TYPE),
    optional("PermissionsBoundaryPolicyInputList", &SIMULATION_POLICY_LIST_TYPE),
    optional("PolicyInputList", &SIMULATION_POLICY_LIST_TYPE),
    required("PolicySourceArn", &ARN_TYPE),
    optional("ResourceArns", &RESOURCE_NAME_LIST_TYPE),
    optional("ResourceHandlingOption", &RESOURCE_HANDLING_OPTION_TYPE),
    optional("ResourceOwner", &RESOURCE_NAME_TYPE),
    optional("ResourcePolicy", &POLICY_DOCUMENT_TYPE),
]);
pub static SIMULATION_POLICY_LIST_TYPE: Shape =
    Shape::List { element: &POLICY_DOCUMENT_TYPE, min: None, max: None };
pub static STATEMENT: Shape = Shape::Structure(&[
    optional("EndPosition", &POSITION),
    optional("SourcePolicyId", &POLICY_IDENTIFIER_TYPE),
    optional("SourcePolicyType", &POLICY_SOURCE_TYPE),
    optional("StartPosition", &POSITION),
]);
pub static STATEMENT_LIST_TYPE: Shape = Shape::List { element: &STATEMENT, min: None, max: None };
pub static TAG: Shape =
    Shape::Structure(&[required("Key", &TAG_KEY_TYPE), required("Value", &TAG_VALUE_TYPE)]);
pub static TAG_INSTANCE_PROFILE_REQUEST: Shape = Shape::Structure(&[
    required("InstanceProfileName", &INSTANCE_PROFILE_NAME_TYPE),
    required("Tags", &TAG_LIST_TYPE),
]);
pub static TAG_POLICY_REQUEST: Shape =
    Shape::Structure(&[required("PolicyArn", &ARN_TYPE), required("Tags", &TAG_LIST_TYPE)]);
pub static TAG_ROLE_REQUEST: Shape =
    Shape::Structure(&[required("RoleName", &ROLE_NAME_TYPE), required("Tags", &TAG_LIST_TYPE)]);
pub static TAG_USER_REQUEST: Shape = Shape::Structure(&[
    required("Tags", &TAG_LIST_TYPE),
    required("UserName", &EXISTING_USER_NAME_TYPE),
]);
pub static UNTAG_INSTANCE_PROFILE_REQUEST: Shape = Shape::Structure(&[
    required("InstanceProfileName", &INSTANCE_PROFILE_NAME_TYPE),
    required("TagKeys", &TAG_KEY_LIST_TYPE),
]);
pub static UNTAG_POLICY_REQUEST: Shape =
    Shape::Structure(&[required("PolicyArn", &ARN_TYPE), required("TagKeys", &TAG_KEY_LIST_TYPE)]);
pub static UNTAG_ROLE_REQUEST: Shape = Shape::Structure(&[
    required("RoleName", &ROLE_NAME_TYPE),
    required("TagKeys", &TAG_KEY_LIST_TYPE),
]);
pub static UNTAG_USER_REQUEST: Shape = Shape::Structure(&[
    required("TagKeys", &TAG_KEY_LIST_TYPE),
    required("UserName", &EXISTING_USER_NAME_TYPE),
]);
pub static UPDATE_ACCESS_KEY_REQUEST: Shape = Shape::Structure(&[
    required("AccessKeyId", &ACCESS_KEY_ID_TYPE),
    required("Status", &STATUS_TYPE),
    optional("UserName", &EXISTING_USER_NAME_TYPE),
]);
pub static UPDATE_ASSUME_ROLE_POLICY_REQUEST: Shape = Shape::Structure(&[
    required("PolicyDocument", &POLICY_DOCUMENT_TYPE),
    required("RoleName", &ROLE_NAME_TYPE),
]);
pub static UPDATE_ROLE_REQUEST: Shape = Shape::Structure(&[
    optional("Description", &ROLE_DESCRIPTION_TYPE),
    optional("MaxSessionDuration", &ROLE_MAX_SESSION_DURATION_TYPE),
    required("RoleName", &ROLE_NAME_TYPE),
]);
pub static UPDATE_ROLE_RESPONSE: Shape = Shape::Structure(&[]);
pub static UPDATE_USER_REQUEST: Shape = Shape::Structure(&[
    optional("NewPath", &PATH_TYPE),
    optional("NewUserName", &USER_NAME_TYPE),
    required("UserName", &EXISTING_USER_NAME_TYPE),
]);
pub static USER: Shape = Shape::Structure(&[
    required("Arn", &ARN_TYPE),
    required("CreateDate", &DATE_TYPE),
    optional("PasswordLastUsed", &DATE_TYPE),
    required("Path", &PATH_TYPE),
    optional("PermissionsBoundary", &ATTACHED_PERMISSIONS_BOUNDARY),
    optional("Tags", &TAG_LIST_TYPE),
    required("UserId", &ID_TYPE),
    required("UserName", &USER_NAME_TYPE),
]);
pub static USER_DETAIL: Shape = Shape::Structure(&[
    optional("Arn", &ARN_TYPE),
    optional("AttachedManagedPolicies", &ATTACHED_POLICIES_LIST_TYPE),
    optional("CreateDate", &DATE_TYPE),
    optional("GroupList", &GROUP_NAME_LIST_TYPE),
    optional("Path", &PATH_TYPE),
    optional("PermissionsBoundary", &ATTACHED_PERMISSIONS_BOUNDARY),
    optional("Tags", &TAG_LIST_TYPE),
    optional("UserId", &ID_TYPE),
    optional("UserName", &USER_NAME_TYPE),
    optional("UserPolicyList", &POLICY_DETAIL_LIST_TYPE),
]);
static ACCESS_KEY_ID_TYPE_PATTERN: Pattern = Pattern::translated(r"[\w]+", r"[0-9A-Za-z_]+");
pub static ACCESS_KEY_ID_TYPE: Shape =
    Shape::String { min: Some(16), max: Some(128), pattern: Some(&ACCESS_KEY_ID_TYPE_PATTERN) };
pub static ACCESS_KEY_METADATA_LIST_TYPE: Shape =
    Shape::List { element: &ACCESS_KEY_METADATA, min: None, max: None };
pub static ACCESS_KEY_SECRET_TYPE: Shape = Shape::String { min: None, max: None, pattern: None };
pub static ACCOUNT_ALIAS_LIST_TYPE: Shape =
    Shape::List { element: &ACCOUNT_ALIAS_TYPE, min: None, max: None };
static ACCOUNT_ALIAS_TYPE_PATTERN: Pattern =
    Pattern::translated(r"^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$", r"[a-z0-9]+(-[a-z0-9]+)*");
pub static ACCOUNT_ALIAS_TYPE: Shape =
    Shape::String { min: Some(3), max: Some(63), pattern: Some(&ACCOUNT_ALIAS_TYPE_PATTERN) };
pub static ARN_TYPE: Shape = Shape::String { min: Some(20), max: Some(2048), pattern: None };
pub static ATTACHED_POLICIES_LIST_TYPE: Shape =
    Shape::List { element: &ATTACHED_POLICY, min: None, max: None };
pub static ATTACHMENT_COUNT_TYPE: Shape = Shape::Integer { min: None, max: None };
pub static BOOLEAN_TYPE: Shape = Shape::Boolean;
pub static DATE_TYPE: Shape = Shape::Timestamp;
pub static ENTITY_LIST_TYPE: Shape = Shape::List { element: &ENTITY_TYPE, min: None, max: None };
static EXISTING_USER_NAME_TYPE_PATTERN: Pattern =
    Pattern::translated(r"[\w+=,.@-]+", r"[0-9A-Za-z_+=,.@-]+");
pub static EXISTING_USER_NAME_TYPE: Shape =
    Shape::String { min: Some(1), max: Some(128), pattern: Some(&EXISTING_USER_NAME_TYPE_PATTERN) };
pub static GROUP_DETAIL_LIST_TYPE: Shape =
    Shape::List { element: &GROUP_DETAIL, min: None, max: None };
pub static GROUP_NAME_LIST_TYPE: Shape =
    Shape::List { element: &GROUP_NAME_TYPE, min: None, max: None };
static GROUP_NAME_TYPE_PATTERN: Pattern =
    Pattern::translated(r"[\w+=,.@-]+", r"[0-9A-Za-z_+=,.@-]+");
pub static GROUP_NAME_TYPE: Shape =
    Shape::String { min: Some(1), max: Some(128), pattern: Some(&GROUP_NAME_TYPE_PATTERN) };
static ID_TYPE_PATTERN: Pattern = Pattern::translated(r"[\w]+", r"[0-9A-Za-z_]+");
pub static ID_TYPE: Shape =
    Shape::String { min: Some(16), max: Some(128), pattern: Some(&ID_TYPE_PATTERN) };
pub static INSTANCE_PROFILE_LIST_TYPE: Shape =
    Shape::List { element: &INSTANCE_PROFILE, min: None, max: None };
static INSTANCE_PROFILE_NAME_TYPE_PATTERN: Pattern =
    Pattern::translated(r"[\w+=,.@-]+", r"[0-9A-Za-z_+=,.@-]+");
pub static INSTANCE_PROFILE_NAME_TYPE: Shape = Shape::String {
    min: Some(1),
    max: Some(128),
    pattern: Some(&INSTANCE_PROFILE_NAME_TYPE_PATTERN),
};
static MARKER_TYPE_PATTERN: Pattern = Pattern::new(r"[\u0020-\u00FF]+");
pub static MARKER_TYPE: Shape =
    Shape::String { min: Some(1), max: Some(320), pattern: Some(&MARKER_TYPE_PATTERN) };
pub static MAX_ITEMS_TYPE: Shape = Shape::Integer { min: Some(1), max: Some(1000) };
static PATH_PREFIX_TYPE_PATTERN: Pattern = Pattern::new(r"\u002F[\u0021-\u007F]*");
pub static PATH_PREFIX_TYPE: Shape =
    Shape::String { min: Some(1), max: Some(512), pattern: Some(&PATH_PREFIX_TYPE_PATTERN) };
static PATH_TYPE_PATTERN: Pattern = Pattern::new(r"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)");
pub static PATH_TYPE: Shape =
    Shape::String { min: Some(1), max: Some(512), pattern: Some(&PATH_TYPE_PATTERN) };
pub static POLICY_DESCRIPTION_TYPE: Shape =
    Shape::String { min: None, max: Some(1000), pattern: None };
pub static POLICY_DETAIL_LIST_TYPE: Shape =
    Shape::List { element: &POLICY_DETAIL, min: None, max: None };
static POLICY_DOCUMENT_TYPE_PATTERN: Pattern = Pattern::new(r"[\u0009\u000A\u000D\u0020-\u00FF]+");
pub static POLICY_DOCUMENT_TYPE: Shape = Shape::String {
    min: Some(1),
    max: Some(131_072),
    pattern: Some(&POLICY_DOCUMENT_TYPE_PATTERN),
};
pub static POLICY_DOCUMENT_VERSION_LIST_TYPE: Shape =
    Shape::List { element: &POLICY_VERSION, min: None, max: None };
pub static POLICY_LIST_TYPE: Shape = Shape::List { element: &POLICY, min: None, max: None };
pub static POLICY_NAME_LIST_TYPE: Shape =
    Shape::List { element: &POLICY_NAME_TYPE, min: None, max: None };
static POLICY_NAME_TYPE_PATTERN: Pattern =
    Pattern::translated(r"[\w+=,.@-]+", r"[0-9A-Za-z_+=,.@-]+");
pub static POLICY_NAME_TYPE: Shape =
    Shape::String { min: Some(1), max: Some(128), pattern: Some(&POLICY_NAME_TYPE_PATTERN) };
static POLICY_PATH_TYPE_PATTERN: Pattern = Pattern::new(r"((/[A-Za-z0-9\.,\+@=_-]+)*)/");
pub static POLICY_PATH_TYPE: Shape =
    Shape::String { min: Some(1), max: Some(512), pattern: Some(&POLICY_PATH_TYPE_PATTERN) };
pub static POLICY_SCOPE_TYPE: Shape = Shape::Enumeration(PolicyScopeType::VALUES);
static POLICY_VERSION_ID_TYPE_PATTERN: Pattern = Pattern::new(r"v[1-9][0-9]*(\.[A-Za-z0-9-]*)?");
pub static POLICY_VERSION_ID_TYPE: Shape =
    Shape::String { min: None, max: None, pattern: Some(&POLICY_VERSION_ID_TYPE_PATTERN) };
pub static RESPONSE_MARKER_TYPE: Shape = Shape::String { min: None, max: None, pattern: None };
static ROLE_DESCRIPTION_TYPE_PATTERN: Pattern =
    Pattern::new(r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*");
pub static ROLE_DESCRIPTION_TYPE: Shape =
    Shape::String { min: None, max: Some(1000), pattern: Some(&ROLE_DESCRIPTION_TYPE_PATTERN) };
pub static ROLE_DETAIL_LIST_TYPE: Shape =
    Shape::List { element: &ROLE_DETAIL, min: None, max: None };
pub static ROLE_LIST_TYPE: Shape = Shape::List { element: &ROLE, min: None, max: None };
pub static ROLE_MAX_SESSION_DURATION_TYPE: Shape =
    Shape::Integer { min: Some(3600), max: Some(43200) };
static ROLE_NAME_TYPE_PATTERN: Pattern =
    Pattern::translated(r"[\w+=,.@-]+", r"[0-9A-Za-z_+=,.@-]+");
pub static ROLE_NAME_TYPE: Shape =
    Shape::String { min: Some(1), max: Some(64), pattern: Some(&ROLE_NAME_TYPE_PATTERN) };
pub static STATUS_TYPE: Shape = Shape::Enumeration(StatusType::VALUES);
pub static STRING_TYPE: Shape = Shape::String { min: None, max: None, pattern: None };
pub static TAG_KEY_LIST_TYPE: Shape =
    Shape::List { element: &TAG_KEY_TYPE, min: None, max: Some(50) };
static TAG_KEY_TYPE_PATTERN: Pattern = Pattern::new(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]+");
pub static TAG_KEY_TYPE: Shape =
    Shape::String { min: Some(1), max: Some(128), pattern: Some(&TAG_KEY_TYPE_PATTERN) };
pub static TAG_LIST_TYPE: Shape = Shape::List { element: &TAG, min: None, max: Some(50) };
static TAG_VALUE_TYPE_PATTERN: Pattern = Pattern::new(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*");
pub static TAG_VALUE_TYPE: Shape =
    Shape::String { min: Some(0), max: Some(256), pattern: Some(&TAG_VALUE_TYPE_PATTERN) };
pub static USER_DETAIL_LIST_TYPE: Shape =
    Shape::List { element: &USER_DETAIL, min: None, max: None };
pub static USER_LIST_TYPE: Shape = Shape::List { element: &USER, min: None, max: None };
static USER_NAME_TYPE_PATTERN: Pattern =
    Pattern::translated(r"[\w+=,.@-]+", r"[0-9A-Za-z_+=,.@-]+");
pub static USER_NAME_TYPE: Shape =
    Shape::String { min: Some(1), max: Some(64), pattern: Some(&USER_NAME_TYPE_PATTERN) };
