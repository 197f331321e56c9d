//! The structures of the AWS IAM API.
//! `cargo xtask codegen` writes this file; edit the generator instead.

use std::collections::BTreeMap;

use super::enumerations::*;
use crate::Timestamp;
use crate::generate::structures;

structures! {
    "AWS IAM", "PascalCase";
    AccessKey {
        /// Required.
        access_key_id: String,
        create_date: Timestamp,
        /// Required.
        secret_access_key: String,
        /// Required.
        status: StatusType,
        /// Required.
        user_name: String,
    }
    AccessKeyLastUsed {
        last_used_date: Timestamp,
        /// Required.
        region: String,
        /// Required.
        service_name: String,
    }
    AccessKeyMetadata {
        access_key_id: String,
        create_date: Timestamp,
        status: StatusType,
        user_name: String,
    }
    AddRoleToInstanceProfileRequest {
        /// Required.
        instance_profile_name: String,
        /// Required.
        role_name: String,
    }
    AttachRolePolicyRequest {
        /// Required.
        policy_arn: String,
        /// Required.
        role_name: String,
    }
    AttachUserPolicyRequest {
        /// Required.
        policy_arn: String,
        /// Required.
        user_name: String,
    }
    AttachedPermissionsBoundary {
        permissions_boundary_arn: String,
        permissions_boundary_type: PermissionsBoundaryAttachmentType,
    }
    AttachedPolicy {
        policy_arn: String,
        policy_name: String,
    }
    ContextEntry {
        context_key_name: String,
        context_key_type: ContextKeyTypeEnum,
        context_key_values: Vec<String>,
    }
    CreateAccessKeyRequest {
        user_name: String,
    }
    CreateAccessKeyResponse {
        /// Required.
        access_key: AccessKey,
    }
    CreateAccountAliasRequest {
        /// Required.
        account_alias: String,
    }
    CreateInstanceProfileRequest {
        /// Required.
        instance_profile_name: String,
        path: String,
        tags: Vec<Tag>,
    }
    CreateInstanceProfileResponse {
        /// Required.
        instance_profile: InstanceProfile,
    }
    CreatePolicyRequest {
        description: String,
        path: String,
        /// Required.
        policy_document: String,
        /// Required.
        policy_name: String,
        tags: Vec<Tag>,
    }
    CreatePolicyResponse {
        policy: Policy,
    }
    CreatePolicyVersionRequest {
        /// Required.
        policy_arn: String,
        /// Required.
        policy_document: String,
        set_as_default: bool,
    }
    CreatePolicyVersionResponse {
        policy_version: PolicyVersion,
    }
    CreateRoleRequest {
        /// Required.
        assume_role_policy_document: String,
        description: String,
        max_session_duration: i32,
        path: String,
        permissions_boundary: String,
        /// Required.
        role_name: String,
        tags: Vec<Tag>,
    }
    CreateRoleResponse {
        /// Required.
        role: Role,
    }
    CreateUserRequest {
        path: String,
        permissions_boundary: String,
        tags: Vec<Tag>,
        /// Required.
        user_name: String,
    }
    CreateUserResponse {
        user: User,
    }
    DeleteAccessKeyRequest {
        /// Required.
        access_key_id: String,
        user_name: String,
    }
    DeleteAccountAliasRequest {
        /// Required.
        account_alias: String,
    }
    DeleteInstanceProfileRequest {
        /// Required.
        instance_profile_name: String,
    }
    DeletePolicyRequest {
        /// Required.
        policy_arn: String,
    }
    DeletePolicyVersionRequest {
        /// Required.
        policy_arn: String,
        /// Required.
        version_id: String,
    }
    DeleteRolePermissionsBoundaryRequest {
        /// Required.
        role_name: String,
    }
    DeleteRolePolicyRequest {
        /// Required.
        policy_name: String,
        /// Required.
        role_name: String,
    }
    DeleteRoleRequest {
        /// Required.
        role_name: String,
    }
    DeleteUserPermissionsBoundaryRequest {
        /// Required.
        user_name: String,
    }
    DeleteUserPolicyRequest {
        /// Required.
        policy_name: String,
        /// Required.
        user_name: String,
    }
    DeleteUserRequest {
        /// Required.
        user_name: String,
    }
    DetachRolePolicyRequest {
        /// Required.
        policy_arn: String,
        /// Required.
        role_name: String,
    }
    DetachUserPolicyRequest {
        /// Required.
        policy_arn: String,
        /// Required.
        user_name: String,
    }
    EvaluationResult {
        /// Required.
        eval_action_name: String,
        /// Required.
        eval_decision: PolicyEvaluationDecisionType,
        eval_decision_details: BTreeMap<String, PolicyEvaluationDecisionType>,
        eval_resource_name: String,
        matched_statements: Vec<Statement>,
        missing_context_values: Vec<String>,
        organizations_decision_detail: OrganizationsDecisionDetail,
        permissions_boundary_decision_detail: PermissionsBoundaryDecisionDetail,
        resource_specific_results: Vec<ResourceSpecificResult>,
    }
    GetAccessKeyLastUsedRequest {
        /// Required.
        access_key_id: String,
    }
    GetAccessKeyLastUsedResponse {
        access_key_last_used: AccessKeyLastUsed,
        user_name: String,
    }
    GetAccountAuthorizationDetailsRequest {
        filter: Vec<EntityType>,
        marker: String,
        max_items: i32,
    }
    GetAccountAuthorizationDetailsResponse {
        group_detail_list: Vec<GroupDetail>,
        is_truncated: bool,
        marker: String,
        policies: Vec<ManagedPolicyDetail>,
        role_detail_list: Vec<RoleDetail>,
        user_detail_list: Vec<UserDetail>,
    }
    GetContextKeysForCustomPolicyRequest {
        /// Required.
        policy_input_list: Vec<String>,
    }
    GetContextKeysForPolicyResponse {
        context_key_names: Vec<String>,
    }
    GetContextKeysForPrincipalPolicyRequest {
        policy_input_list: Vec<String>,
        /// Required.
        policy_source_arn: String,
    }
    GetInstanceProfileRequest {
        /// Required.
        instance_profile_name: String,
    }
    GetInstanceProfileResponse {
        /// Required.
        instance_profile: InstanceProfile,
    }
    GetPolicyRequest {
        /// Required.
        policy_arn: String,
    }
    GetPolicyResponse {
        policy: Policy,
    }
    GetPolicyVersionRequest {
        /// Required.
        policy_arn: String,
        /// Required.
        version_id: String,
    }
    GetPolicyVersionResponse {
        policy_version: PolicyVersion,
    }
    GetRolePolicyRequest {
        /// Required.
        policy_name: String,
        /// Required.
        role_name: String,
    }
    GetRolePolicyResponse {
        /// Required.
        policy_document: String,
        /// Required.
        policy_name: String,
        /// Required.
        role_name: String,
    }
    GetRoleRequest {
        /// Required.
        role_name: String,
    }
    GetRoleResponse {
        /// Required.
        role: Role,
    }
    GetUserPolicyRequest {
        /// Required.
        policy_name: String,
        /// Required.
        user_name: String,
    }
    GetUserPolicyResponse {
        /// Required.
        policy_document: String,
        /// Required.
        policy_name: String,
        /// Required.
        user_name: String,
    }
    GetUserRequest {
        user_name: String,
    }
    GetUserResponse {
        /// Required.
        user: User,
    }
    GroupDetail {
        arn: String,
        attached_managed_policies: Vec<AttachedPolicy>,
        create_date: Timestamp,
        group_id: String,
        group_name: String,
        group_policy_list: Vec<PolicyDetail>,
        path: String,
    }
    InstanceProfile {
        /// Required.
        arn: String,
        /// Required.
        create_date: Timestamp,
        /// Required.
        instance_profile_id: String,
        /// Required.
        instance_profile_name: String,
        /// Required.
        path: String,
        /// Required.
        roles: Vec<Role>,
        tags: Vec<Tag>,
    }
    ListAccessKeysRequest {
        marker: String,
        max_items: i32,
        user_name: String,
    }
    ListAccessKeysResponse {
        /// Required.
        access_key_metadata: Vec<AccessKeyMetadata>,
        is_truncated: bool,
        marker: String,
    }
    ListAccountAliasesRequest {
        marker: String,
        max_items: i32,
    }
    ListAccountAliasesResponse {
        /// Required.
        account_aliases: Vec<String>,
        is_truncated: bool,
        marker: String,
    }
    ListAttachedRolePoliciesRequest {
        marker: String,
        max_items: i32,
        path_prefix: String,
        /// Required.
        role_name: String,
    }
    ListAttachedRolePoliciesResponse {
        attached_policies: Vec<AttachedPolicy>,
        is_truncated: bool,
        marker: String,
    }
    ListAttachedUserPoliciesRequest {
        marker: String,
        max_items: i32,
        path_prefix: String,
        /// Required.
        user_name: String,
    }
    ListAttachedUserPoliciesResponse {
        attached_policies: Vec<AttachedPolicy>,
        is_truncated: bool,
        marker: String,
    }
    ListEntitiesForPolicyRequest {
        entity_filter: EntityType,
        marker: String,
        max_items: i32,
        path_prefix: String,
        /// Required.
        policy_arn: String,
        policy_usage_filter: PolicyUsageType,
    }
    ListEntitiesForPolicyResponse {
        is_truncated: bool,
        marker: String,
        policy_groups: Vec<PolicyGroup>,
        policy_roles: Vec<PolicyRole>,
        policy_users: Vec<PolicyUser>,
    }
    ListInstanceProfileTagsRequest {
        /// Required.
        instance_profile_name: String,
        marker: String,
        max_items: i32,
    }
    ListInstanceProfileTagsResponse {
        is_truncated: bool,
        marker: String,
        /// Required.
        tags: Vec<Tag>,
    }
    ListInstanceProfilesForRoleRequest {
        marker: String,
        max_items: i32,
        /// Required.
        role_name: String,
    }
    ListInstanceProfilesForRoleResponse {
        /// Required.
        instance_profiles: Vec<InstanceProfile>,
        is_truncated: bool,
        marker: String,
    }
    ListInstanceProfilesRequest {
        marker: String,
        max_items: i32,
        path_prefix: String,
    }
    ListInstanceProfilesResponse {
        /// Required.
        instance_profiles: Vec<InstanceProfile>,
        is_truncated: bool,
        marker: String,
    }
    ListPoliciesRequest {
        marker: String,
        max_items: i32,
        only_attached: bool,
        path_prefix: String,
        policy_usage_filter: PolicyUsageType,
        scope: PolicyScopeType,
    }
    ListPoliciesResponse {
        is_truncated: bool,
        marker: String,
        policies: Vec<Policy>,
    }
    ListPolicyTagsRequest {
        marker: String,
        max_items: i32,
        /// Required.
        policy_arn: String,
    }
    ListPolicyTagsResponse {
        is_truncated: bool,
        marker: String,
        /// Required.
        tags: Vec<Tag>,
    }
    ListPolicyVersionsRequest {
        marker: String,
        max_items: i32,
        /// Required.
        policy_arn: String,
    }
    ListPolicyVersionsResponse {
        is_truncated: bool,
        marker: String,
        versions: Vec<PolicyVersion>,
    }
    ListRolePoliciesRequest {
        marker: String,
        max_items: i32,
        /// Required.
        role_name: String,
    }
    ListRolePoliciesResponse {
        is_truncated: bool,
        marker: String,
        /// Required.
        policy_names: Vec<String>,
    }
    ListRoleTagsRequest {
        marker: String,
        max_items: i32,
        /// Required.
        role_name: String,
    }
    ListRoleTagsResponse {
        is_truncated: bool,
        marker: String,
        /// Required.
        tags: Vec<Tag>,
    }
    ListRolesRequest {
        marker: String,
        max_items: i32,
        path_prefix: String,
    }
    ListRolesResponse {
        is_truncated: bool,
        marker: String,
        /// Required.
        roles: Vec<Role>,
    }
    ListUserPoliciesRequest {
        marker: String,
        max_items: i32,
        /// Required.
        user_name: String,
    }
    ListUserPoliciesResponse {
        is_truncated: bool,
        marker: String,
        /// Required.
        policy_names: Vec<String>,
    }
    ListUserTagsRequest {
        marker: String,
        max_items: i32,
        /// Required.
        user_name: String,
    }
    ListUserTagsResponse {
        is_truncated: bool,
        marker: String,
        /// Required.
        tags: Vec<Tag>,
    }
    ListUsersRequest {
        marker: String,
        max_items: i32,
        path_prefix: String,
    }
    ListUsersResponse {
        is_truncated: bool,
        marker: String,
        /// Required.
        users: Vec<User>,
    }
    ManagedPolicyDetail {
        arn: String,
        attachment_count: i32,
        create_date: Timestamp,
        default_version_id: String,
        description: String,
        is_attachable: bool,
        path: String,
        permissions_boundary_usage_count: i32,
        policy_id: String,
        policy_name: String,
        policy_version_list: Vec<PolicyVersion>,
        update_date: Timestamp,
    }
    OrganizationsDecisionDetail {
        allowed_by_organizations: bool,
    }
    PermissionsBoundaryDecisionDetail {
        allowed_by_permissions_boundary: bool,
    }
    Policy {
        arn: String,
        attachment_count: i32,
        create_date: Timestamp,
        default_version_id: String,
        description: String,
        is_attachable: bool,
        path: String,
        permissions_boundary_usage_count: i32,
        policy_id: String,
        policy_name: String,
        tags: Vec<Tag>,
        update_date: Timestamp,
    }
    PolicyDetail {
        policy_document: String,
        policy_name: String,
    }
    PolicyGroup {
        group_id: String,
        group_name: String,
    }
    PolicyRole {
        role_id: String,
        role_name: String,
    }
    PolicyUser {
        user_id: String,
        user_name: String,
    }
    PolicyVersion {
        create_date: Timestamp,
        document: String,
        is_default_version: bool,
        version_id: String,
    }
    Position {
        column: i32,
        line: i32,
    }
    PutRolePermissionsBoundaryRequest {
        /// Required.
        permissions_boundary: String,
        /// Required.
        role_name: String,
    }
    PutRolePolicyRequest {
        /// Required.
        policy_document: String,
        /// Required.
        policy_name: String,
        /// Required.
        role_name: String,
    }
    PutUserPermissionsBoundaryRequest {
        /// Required.
        permissions_boundary: String,
        /// Required.
        user_name: String,
    }
    PutUserPolicyRequest {
        /// Required.
        policy_document: String,
        /// Required.
        policy_name: String,
        /// Required.
        user_name: String,
    }
    RemoveRoleFromInstanceProfileRequest {
        /// Required.
        instance_profile_name: String,
        /// Required.
        role_name: String,
    }
    ResourceSpecificResult {
        eval_decision_details: BTreeMap<String, PolicyEvaluationDecisionType>,
        /// Required.
        eval_resource_decision: PolicyEvaluationDecisionType,
        /// Required.
        eval_resource_name: String,
        matched_statements: Vec<Statement>,
        missing_context_values: Vec<String>,
        permissions_boundary_decision_detail: PermissionsBoundaryDecisionDetail,
    }
    Role {
        /// Required.
        arn: String,
        assume_role_policy_document: String,
        /// Required.
        create_date: Timestamp,
        description: String,
        max_session_duration: i32,
        /// Required.
        path: String,
        permissions_boundary: AttachedPermissionsBoundary,
        /// Required.
        role_id: String,
        role_last_used: RoleLastUsed,
        /// Required.
        role_name: String,
        tags: Vec<Tag>,
    }
    RoleDetail {
        arn: String,
        assume_role_policy_document: String,
        attached_managed_policies: Vec<AttachedPolicy>,
        create_date: Timestamp,
        instance_profile_list: Vec<InstanceProfile>,
        path: String,
        permissions_boundary: AttachedPermissionsBoundary,
        role_id: String,
        role_last_used: RoleLastUsed,
        role_name: String,
        role_policy_list: Vec<PolicyDetail>,
        tags: Vec<Tag>,
    }
    RoleLastUsed {
        last_used_date: Timestamp,
        region: String,
    }
    SetDefaultPolicyVersionRequest {
        /// Required.
        policy_arn: String,
        /// Required.
        version_id: String,
    }
    SimulateCustomPolicyRequest {
        /// Required.
        action_names: Vec<String>,
        caller_arn: String,
        context_entries: Vec<ContextEntry>,
        marker: String,
        max_items: i32,
        permissions_boundary_policy_input_list: Vec<String>,
        /// Required.
        policy_input_list: Vec<String>,
        resource_arns: Vec<String>,
        resource_handling_option: String,
        resource_owner: String,
        resource_policy: String,
    }
    SimulatePolicyResponse {
        evaluation_results: Vec<EvaluationResult>,
        is_truncated: bool,
        marker: String,
    }
    SimulatePrincipalPolicyRequest {
        /// Required.
        action_names: Vec<String>,
        caller_arn: String,
        context_entries: Vec<ContextEntry>,
        marker: String,
        max_items: i32,
        permissions_boundary_policy_input_list: Vec<String>,
        policy_input_list: Vec<String>,
        /// Required.
        policy_source_arn: String,
        resource_arns: Vec<String>,
        resource_handling_option: String,
        resource_owner: String,
        resource_policy: String,
    }
    Statement {
        end_position: Position,
        source_policy_id: String,
        source_policy_type: PolicySourceType,
        start_position: Position,
    }
    Tag {
        /// Required.
        key: String,
        /// Required.
        value: String,
    }
    TagInstanceProfileRequest {
        /// Required.
        instance_profile_name: String,
        /// Required.
        tags: Vec<Tag>,
    }
    TagPolicyRequest {
        /// Required.
        policy_arn: String,
        /// Required.
        tags: Vec<Tag>,
    }
    TagRoleRequest {
        /// Required.
        role_name: String,
        /// Required.
        tags: Vec<Tag>,
    }
    TagUserRequest {
        /// Required.
        tags: Vec<Tag>,
        /// Required.
        user_name: String,
    }
    UntagInstanceProfileRequest {
        /// Required.
        instance_profile_name: String,
        /// Required.
        tag_keys: Vec<String>,
    }
    UntagPolicyRequest {
        /// Required.
        policy_arn: String,
        /// Required.
        tag_keys: Vec<String>,
    }
    UntagRoleRequest {
        /// Required.
        role_name: String,
        /// Required.
        tag_keys: Vec<String>,
    }
    UntagUserRequest {
        /// Required.
        tag_keys: Vec<String>,
        /// Required.
        user_name: String,
    }
    UpdateAccessKeyRequest {
        /// Required.
        access_key_id: String,
        /// Required.
        status: StatusType,
        user_name: String,
    }
    UpdateAssumeRolePolicyRequest {
        /// Required.
        policy_document: String,
        /// Required.
        role_name: String,
    }
    UpdateRoleRequest {
        description: String,
        max_session_duration: i32,
        /// Required.
        role_name: String,
    }
    UpdateRoleResponse {}
    UpdateUserRequest {
        new_path: String,
        new_user_name: String,
        /// Required.
        user_name: String,
    }
    User {
        /// Required.
        arn: String,
        /// Required.
        create_date: Timestamp,
        password_last_used: Timestamp,
        /// Required.
        path: String,
        permissions_boundary: AttachedPermissionsBoundary,
        tags: Vec<Tag>,
        /// Required.
        user_id: String,
        /// Required.
        user_name: String,
    }
    UserDetail {
        arn: String,
        attached_managed_policies: Vec<AttachedPolicy>,
        create_date: Timestamp,
        group_list: Vec<String>,
        path: String,
        permissions_boundary: AttachedPermissionsBoundary,
        tags: Vec<Tag>,
        user_id: String,
        user_name: String,
        user_policy_list: Vec<PolicyDetail>,
    }
}
