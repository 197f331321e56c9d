//! The operations of the AWS IAM API.
//! `cargo xtask codegen` writes this file; edit the generator instead.

use super::schema;
use crate::generate::operations;

operations! {
    "AWS IAM", "IAM", "iam", "2010-05-08";
    AddRoleToInstanceProfile writes: AddRoleToInstanceProfileRequest as ADD_ROLE_TO_INSTANCE_PROFILE_REQUEST => () {
        EntityAlreadyExists,
        LimitExceeded,
        NoSuchEntity,
        ServiceFailure,
        UnmodifiableEntity,
    }
    AttachRolePolicy writes: AttachRolePolicyRequest as ATTACH_ROLE_POLICY_REQUEST => () {
        InvalidInput,
        LimitExceeded,
        NoSuchEntity,
        PolicyNotAttachable,
        ServiceFailure,
        UnmodifiableEntity,
    }
    AttachUserPolicy writes: AttachUserPolicyRequest as ATTACH_USER_POLICY_REQUEST => () {
        InvalidInput,
        LimitExceeded,
        NoSuchEntity,
        PolicyNotAttachable,
        ServiceFailure,
    }
    CreateAccessKey writes: CreateAccessKeyRequest as CREATE_ACCESS_KEY_REQUEST => CreateAccessKeyResponse {
        LimitExceeded,
        NoSuchEntity,
        ServiceFailure,
    }
    CreateAccountAlias writes: CreateAccountAliasRequest as CREATE_ACCOUNT_ALIAS_REQUEST => () {
        ConcurrentModification,
        EntityAlreadyExists,
        LimitExceeded,
        ServiceFailure,
    }
    CreateInstanceProfile writes: CreateInstanceProfileRequest as CREATE_INSTANCE_PROFILE_REQUEST => CreateInstanceProfileResponse {
        ConcurrentModification,
        EntityAlreadyExists,
        InvalidInput,
        LimitExceeded,
        ServiceFailure,
    }
    CreatePolicy writes: CreatePolicyRequest as CREATE_POLICY_REQUEST => CreatePolicyResponse {
        ConcurrentModification,
        EntityAlreadyExists,
        InvalidInput,
        LimitExceeded,
        MalformedPolicyDocument,
        ServiceFailure,
    }
    CreatePolicyVersion writes: CreatePolicyVersionRequest as CREATE_POLICY_VERSION_REQUEST => CreatePolicyVersionResponse {
        InvalidInput,
        LimitExceeded,
        MalformedPolicyDocument,
        NoSuchEntity,
        ServiceFailure,
    }
    CreateRole writes: CreateRoleRequest as CREATE_ROLE_REQUEST => CreateRoleResponse {
        ConcurrentModification,
        EntityAlreadyExists,
        InvalidInput,
        LimitExceeded,
        MalformedPolicyDocument,
        ServiceFailure,
    }
    CreateUser writes: CreateUserRequest as CREATE_USER_REQUEST => CreateUserResponse {
        ConcurrentModification,
        EntityAlreadyExists,
        InvalidInput,
        LimitExceeded,
        NoSuchEntity,
        ServiceFailure,
    }
    DeleteAccessKey writes: DeleteAccessKeyRequest as DELETE_ACCESS_KEY_REQUEST => () {
        LimitExceeded,
        NoSuchEntity,
        ServiceFailure,
    }
    DeleteAccountAlias writes: DeleteAccountAliasRequest as DELETE_ACCOUNT_ALIAS_REQUEST => () {
        ConcurrentModification,
        LimitExceeded,
        NoSuchEntity,
        ServiceFailure,
    }
    DeleteInstanceProfile writes: DeleteInstanceProfileRequest as DELETE_INSTANCE_PROFILE_REQUEST => () {
        DeleteConflict,
        LimitExceeded,
        NoSuchEntity,
        ServiceFailure,
    }
    DeletePolicy writes: DeletePolicyRequest as DELETE_POLICY_REQUEST => () {
        DeleteConflict,
        InvalidInput,
        LimitExceeded,
        NoSuchEntity,
        ServiceFailure,
    }
    DeletePolicyVersion writes: DeletePolicyVersionRequest as DELETE_POLICY_VERSION_REQUEST => () {
        DeleteConflict,
        InvalidInput,
        LimitExceeded,
        NoSuchEntity,
        ServiceFailure,
    }
    DeleteRole writes: DeleteRoleRequest as DELETE_ROLE_REQUEST => () {
        ConcurrentModification,
        DeleteConflict,
        LimitExceeded,
        NoSuchEntity,
        ServiceFailure,
        UnmodifiableEntity,
    }
    DeleteRolePermissionsBoundary writes: DeleteRolePermissionsBoundaryRequest as DELETE_ROLE_PERMISSIONS_BOUNDARY_REQUEST => () {
        NoSuchEntity,
        ServiceFailure,
        UnmodifiableEntity,
    }
    DeleteRolePolicy writes: DeleteRolePolicyRequest as DELETE_ROLE_POLICY_REQUEST => () {
        LimitExceeded,
        NoSuchEntity,
        ServiceFailure,
        UnmodifiableEntity,
    }
    DeleteUser writes: DeleteUserRequest as DELETE_USER_REQUEST => () {
        ConcurrentModification,
        DeleteConflict,
        LimitExceeded,
        NoSuchEntity,
        ServiceFailure,
    }
    DeleteUserPermissionsBoundary writes: DeleteUserPermissionsBoundaryRequest as DELETE_USER_PERMISSIONS_BOUNDARY_REQUEST => () {
        NoSuchEntity,
        ServiceFailure,
    }
    DeleteUserPolicy writes: DeleteUserPolicyRequest as DELETE_USER_POLICY_REQUEST => () {
        LimitExceeded,
        NoSuchEntity,
        ServiceFailure,
    }
    DetachRolePolicy writes: DetachRolePolicyRequest as DETACH_ROLE_POLICY_REQUEST => () {
        InvalidInput,
        LimitExceeded,
        NoSuchEntity,
        ServiceFailure,
        UnmodifiableEntity,
    }
    DetachUserPolicy writes: DetachUserPolicyRequest as DETACH_USER_POLICY_REQUEST => () {
        InvalidInput,
        LimitExceeded,
        NoSuchEntity,
        ServiceFailure,
    }
    GetAccessKeyLastUsed reads: GetAccessKeyLastUsedRequest as GET_ACCESS_KEY_LAST_USED_REQUEST => GetAccessKeyLastUsedResponse {
    }
    GetAccountAuthorizationDetails reads: GetAccountAuthorizationDetailsRequest as GET_ACCOUNT_AUTHORIZATION_DETAILS_REQUEST => GetAccountAuthorizationDetailsResponse {
        ServiceFailure,
    }
    GetContextKeysForCustomPolicy reads: GetContextKeysForCustomPolicyRequest as GET_CONTEXT_KEYS_FOR_CUSTOM_POLICY_REQUEST => GetContextKeysForPolicyResponse {
        InvalidInput,
    }
    GetContextKeysForPrincipalPolicy reads: GetContextKeysForPrincipalPolicyRequest as GET_CONTEXT_KEYS_FOR_PRINCIPAL_POLICY_REQUEST => GetContextKeysForPolicyResponse {
        InvalidInput,
        NoSuchEntity,
    }
    GetInstanceProfile reads: GetInstanceProfileRequest as GET_INSTANCE_PROFILE_REQUEST => GetInstanceProfileResponse {
        NoSuchEntity,
        ServiceFailure,
    }
    GetPolicy reads: GetPolicyRequest as GET_POLICY_REQUEST => GetPolicyResponse {
        InvalidInput,
        NoSuchEntity,
        ServiceFailure,
    }
    GetPolicyVersion reads: GetPolicyVersionRequest as GET_POLICY_VERSION_REQUEST => GetPolicyVersionResponse {
        InvalidInput,
        NoSuchEntity,
        ServiceFailure,
    }
    GetRole reads: GetRoleRequest as GET_ROLE_REQUEST => GetRoleResponse {
        NoSuchEntity,
        ServiceFailure,
    }
    GetRolePolicy reads: GetRolePolicyRequest as GET_ROLE_POLICY_REQUEST => GetRolePolicyResponse {
        NoSuchEntity,
        ServiceFailure,
    }
    GetUser reads: GetUserRequest as GET_USER_REQUEST => GetUserResponse {
        NoSuchEntity,
        ServiceFailure,
    }
    GetUserPolicy reads: GetUserPolicyRequest as GET_USER_POLICY_REQUEST => GetUserPolicyResponse {
        NoSuchEntity,
        ServiceFailure,
    }
    ListAccessKeys reads: ListAccessKeysRequest as LIST_ACCESS_KEYS_REQUEST => ListAccessKeysResponse {
        NoSuchEntity,
        ServiceFailure,
    }
    ListAccountAliases reads: ListAccountAliasesRequest as LIST_ACCOUNT_ALIASES_REQUEST => ListAccountAliasesResponse {
        ServiceFailure,
    }
    ListAttachedRolePolicies reads: ListAttachedRolePoliciesRequest as LIST_ATTACHED_ROLE_POLICIES_REQUEST => ListAttachedRolePoliciesResponse {
        InvalidInput,
        NoSuchEntity,
        ServiceFailure,
    }
    ListAttachedUserPolicies reads: ListAttachedUserPoliciesRequest as LIST_ATTACHED_USER_POLICIES_REQUEST => ListAttachedUserPoliciesResponse {
        InvalidInput,
        NoSuchEntity,
        ServiceFailure,
    }
    ListEntitiesForPolicy reads: ListEntitiesForPolicyRequest as LIST_ENTITIES_FOR_POLICY_REQUEST => ListEntitiesForPolicyResponse {
        InvalidInput,
        NoSuchEntity,
        ServiceFailure,
    }
    ListInstanceProfileTags reads: ListInstanceProfileTagsRequest as LIST_INSTANCE_PROFILE_TAGS_REQUEST => ListInstanceProfileTagsResponse {
        NoSuchEntity,
        ServiceFailure,
    }
    ListInstanceProfiles reads: ListInstanceProfilesRequest as LIST_INSTANCE_PROFILES_REQUEST => ListInstanceProfilesResponse {
        ServiceFailure,
    }
    ListInstanceProfilesForRole reads: ListInstanceProfilesForRoleRequest as LIST_INSTANCE_PROFILES_FOR_ROLE_REQUEST => ListInstanceProfilesForRoleResponse {
        NoSuchEntity,
        ServiceFailure,
    }
    ListPolicies reads: ListPoliciesRequest as LIST_POLICIES_REQUEST => ListPoliciesResponse {
        ServiceFailure,
    }
    ListPolicyTags reads: ListPolicyTagsRequest as LIST_POLICY_TAGS_REQUEST => ListPolicyTagsResponse {
        InvalidInput,
        NoSuchEntity,
        ServiceFailure,
    }
    ListPolicyVersions reads: ListPolicyVersionsRequest as LIST_POLICY_VERSIONS_REQUEST => ListPolicyVersionsResponse {
        InvalidInput,
        NoSuchEntity,
        ServiceFailure,
    }
    ListRolePolicies reads: ListRolePoliciesRequest as LIST_ROLE_POLICIES_REQUEST => ListRolePoliciesResponse {
        NoSuchEntity,
        ServiceFailure,
    }
    ListRoleTags reads: ListRoleTagsRequest as LIST_ROLE_TAGS_REQUEST => ListRoleTagsResponse {
        NoSuchEntity,
        ServiceFailure,
    }
    ListRoles reads: ListRolesRequest as LIST_ROLES_REQUEST => ListRolesResponse {
        ServiceFailure,
    }
    ListUserPolicies reads: ListUserPoliciesRequest as LIST_USER_POLICIES_REQUEST => ListUserPoliciesResponse {
        NoSuchEntity,
        ServiceFailure,
    }
    ListUserTags reads: ListUserTagsRequest as LIST_USER_TAGS_REQUEST => ListUserTagsResponse {
        NoSuchEntity,
        ServiceFailure,
    }
    ListUsers reads: ListUsersRequest as LIST_USERS_REQUEST => ListUsersResponse {
        ServiceFailure,
    }
    PutRolePermissionsBoundary writes: PutRolePermissionsBoundaryRequest as PUT_ROLE_PERMISSIONS_BOUNDARY_REQUEST => () {
        InvalidInput,
        NoSuchEntity,
        PolicyNotAttachable,
        ServiceFailure,
        UnmodifiableEntity,
    }
    PutRolePolicy writes: PutRolePolicyRequest as PUT_ROLE_POLICY_REQUEST => () {
        LimitExceeded,
        MalformedPolicyDocument,
        NoSuchEntity,
        ServiceFailure,
        UnmodifiableEntity,
    }
    PutUserPermissionsBoundary writes: PutUserPermissionsBoundaryRequest as PUT_USER_PERMISSIONS_BOUNDARY_REQUEST => () {
        InvalidInput,
        NoSuchEntity,
        PolicyNotAttachable,
        ServiceFailure,
    }
    PutUserPolicy writes: PutUserPolicyRequest as PUT_USER_POLICY_REQUEST => () {
        LimitExceeded,
        MalformedPolicyDocument,
        NoSuchEntity,
        ServiceFailure,
    }
    RemoveRoleFromInstanceProfile writes: RemoveRoleFromInstanceProfileRequest as REMOVE_ROLE_FROM_INSTANCE_PROFILE_REQUEST => () {
        LimitExceeded,
        NoSuchEntity,
        ServiceFailure,
        UnmodifiableEntity,
    }
    SetDefaultPolicyVersion writes: SetDefaultPolicyVersionRequest as SET_DEFAULT_POLICY_VERSION_REQUEST => () {
        InvalidInput,
        LimitExceeded,
        NoSuchEntity,
        ServiceFailure,
    }
    SimulateCustomPolicy reads: SimulateCustomPolicyRequest as SIMULATE_CUSTOM_POLICY_REQUEST => SimulatePolicyResponse {
        InvalidInput,
        PolicyEvaluation,
    }
    SimulatePrincipalPolicy reads: SimulatePrincipalPolicyRequest as SIMULATE_PRINCIPAL_POLICY_REQUEST => SimulatePolicyResponse {
        InvalidInput,
        NoSuchEntity,
        PolicyEvaluation,
    }
    TagInstanceProfile writes: TagInstanceProfileRequest as TAG_INSTANCE_PROFILE_REQUEST => () {
        ConcurrentModification,
        InvalidInput,
        LimitExceeded,
        NoSuchEntity,
        ServiceFailure,
    }
    TagPolicy writes: TagPolicyRequest as TAG_POLICY_REQUEST => () {
        ConcurrentModification,
        InvalidInput,
        LimitExceeded,
        NoSuchEntity,
        ServiceFailure,
    }
    TagRole writes: TagRoleRequest as TAG_ROLE_REQUEST => () {
        ConcurrentModification,
        InvalidInput,
        LimitExceeded,
        NoSuchEntity,
        ServiceFailure,
    }
    TagUser writes: TagUserRequest as TAG_USER_REQUEST => () {
        ConcurrentModification,
        InvalidInput,
        LimitExceeded,
        NoSuchEntity,
        ServiceFailure,
    }
    UntagInstanceProfile writes: UntagInstanceProfileRequest as UNTAG_INSTANCE_PROFILE_REQUEST => () {
        ConcurrentModification,
        InvalidInput,
        NoSuchEntity,
        ServiceFailure,
    }
    UntagPolicy writes: UntagPolicyRequest as UNTAG_POLICY_REQUEST => () {
        ConcurrentModification,
        InvalidInput,
        NoSuchEntity,
        ServiceFailure,
    }
    UntagRole writes: UntagRoleRequest as UNTAG_ROLE_REQUEST => () {
        ConcurrentModification,
        NoSuchEntity,
        ServiceFailure,
    }
    UntagUser writes: UntagUserRequest as UNTAG_USER_REQUEST => () {
        ConcurrentModification,
        NoSuchEntity,
        ServiceFailure,
    }
    UpdateAccessKey writes: UpdateAccessKeyRequest as UPDATE_ACCESS_KEY_REQUEST => () {
        InvalidInput,
        LimitExceeded,
        NoSuchEntity,
        ServiceFailure,
    }
    UpdateAssumeRolePolicy writes: UpdateAssumeRolePolicyRequest as UPDATE_ASSUME_ROLE_POLICY_REQUEST => () {
        LimitExceeded,
        MalformedPolicyDocument,
        NoSuchEntity,
        ServiceFailure,
        UnmodifiableEntity,
    }
    UpdateRole writes: UpdateRoleRequest as UPDATE_ROLE_REQUEST => UpdateRoleResponse {
        NoSuchEntity,
        ServiceFailure,
        UnmodifiableEntity,
    }
    UpdateUser writes: UpdateUserRequest as UPDATE_USER_REQUEST => () {
        ConcurrentModification,
        EntityAlreadyExists,
        EntityTemporarilyUnmodifiable,
        LimitExceeded,
        NoSuchEntity,
        ServiceFailure,
    }
}

crate::generate::answers! {
    AddRoleToInstanceProfile => None,
    AttachRolePolicy => None,
    AttachUserPolicy => None,
    CreateAccessKey => Some(&schema::CREATE_ACCESS_KEY_RESPONSE),
    CreateAccountAlias => None,
    CreateInstanceProfile => Some(&schema::CREATE_INSTANCE_PROFILE_RESPONSE),
    CreatePolicy => Some(&schema::CREATE_POLICY_RESPONSE),
    CreatePolicyVersion => Some(&schema::CREATE_POLICY_VERSION_RESPONSE),
    CreateRole => Some(&schema::CREATE_ROLE_RESPONSE),
    CreateUser => Some(&schema::CREATE_USER_RESPONSE),
    DeleteAccessKey => None,
    DeleteAccountAlias => None,
    DeleteInstanceProfile => None,
    DeletePolicy => None,
    DeletePolicyVersion => None,
    DeleteRole => None,
    DeleteRolePermissionsBoundary => None,
    DeleteRolePolicy => None,
    DeleteUser => None,
    DeleteUserPermissionsBoundary => None,
    DeleteUserPolicy => None,
    DetachRolePolicy => None,
    DetachUserPolicy => None,
    GetAccessKeyLastUsed => Some(&schema::GET_ACCESS_KEY_LAST_USED_RESPONSE),
    GetAccountAuthorizationDetails => Some(&schema::GET_ACCOUNT_AUTHORIZATION_DETAILS_RESPONSE),
    GetContextKeysForCustomPolicy => Some(&schema::GET_CONTEXT_KEYS_FOR_POLICY_RESPONSE),
    GetContextKeysForPrincipalPolicy => Some(&schema::GET_CONTEXT_KEYS_FOR_POLICY_RESPONSE),
    GetInstanceProfile => Some(&schema::GET_INSTANCE_PROFILE_RESPONSE),
    GetPolicy => Some(&schema::GET_POLICY_RESPONSE),
    GetPolicyVersion => Some(&schema::GET_POLICY_VERSION_RESPONSE),
    GetRole => Some(&schema::GET_ROLE_RESPONSE),
    GetRolePolicy => Some(&schema::GET_ROLE_POLICY_RESPONSE),
    GetUser => Some(&schema::GET_USER_RESPONSE),
    GetUserPolicy => Some(&schema::GET_USER_POLICY_RESPONSE),
    ListAccessKeys => Some(&schema::LIST_ACCESS_KEYS_RESPONSE),
    ListAccountAliases => Some(&schema::LIST_ACCOUNT_ALIASES_RESPONSE),
    ListAttachedRolePolicies => Some(&schema::LIST_ATTACHED_ROLE_POLICIES_RESPONSE),
    ListAttachedUserPolicies => Some(&schema::LIST_ATTACHED_USER_POLICIES_RESPONSE),
    ListEntitiesForPolicy => Some(&schema::LIST_ENTITIES_FOR_POLICY_RESPONSE),
    ListInstanceProfileTags => Some(&schema::LIST_INSTANCE_PROFILE_TAGS_RESPONSE),
    ListInstanceProfiles => Some(&schema::LIST_INSTANCE_PROFILES_RESPONSE),
    ListInstanceProfilesForRole => Some(&schema::LIST_INSTANCE_PROFILES_FOR_ROLE_RESPONSE),
    ListPolicies => Some(&schema::LIST_POLICIES_RESPONSE),
    ListPolicyTags => Some(&schema::LIST_POLICY_TAGS_RESPONSE),
    ListPolicyVersions => Some(&schema::LIST_POLICY_VERSIONS_RESPONSE),
    ListRolePolicies => Some(&schema::LIST_ROLE_POLICIES_RESPONSE),
    ListRoleTags => Some(&schema::LIST_ROLE_TAGS_RESPONSE),
    ListRoles => Some(&schema::LIST_ROLES_RESPONSE),
    ListUserPolicies => Some(&schema::LIST_USER_POLICIES_RESPONSE),
    ListUserTags => Some(&schema::LIST_USER_TAGS_RESPONSE),
    ListUsers => Some(&schema::LIST_USERS_RESPONSE),
    PutRolePermissionsBoundary => None,
    PutRolePolicy => None,
    PutUserPermissionsBoundary => None,
    PutUserPolicy => None,
    RemoveRoleFromInstanceProfile => None,
    SetDefaultPolicyVersion => None,
    SimulateCustomPolicy => Some(&schema::SIMULATE_POLICY_RESPONSE),
    SimulatePrincipalPolicy => Some(&schema::SIMULATE_POLICY_RESPONSE),
    TagInstanceProfile => None,
    TagPolicy => None,
    TagRole => None,
    TagUser => None,
    UntagInstanceProfile => None,
    UntagPolicy => None,
    UntagRole => None,
    UntagUser => None,
    UpdateAccessKey => None,
    UpdateAssumeRolePolicy => None,
    UpdateRole => Some(&schema::UPDATE_ROLE_RESPONSE),
    UpdateUser => None,
}
