//! From an operation of IAM to its handler.

use super::{
    access_keys, account, attachments, authorization_details, boundaries, context_keys,
    inline_policies, instance_profiles, policies, policy_versions, roles, simulate, tags, users,
};

crate::services::dispatch::operations! {
    iam:
    write CreateUser => users::create_user;
    read GetUser => users::get_user;
    read ListUsers => users::list_users;
    write UpdateUser => users::update_user;
    write DeleteUser => users::delete_user;

    write CreateAccessKey => access_keys::create_access_key;
    read ListAccessKeys => access_keys::list_access_keys;
    write UpdateAccessKey => access_keys::update_access_key;
    write DeleteAccessKey => access_keys::delete_access_key;
    read GetAccessKeyLastUsed => access_keys::get_access_key_last_used;

    write CreateRole => roles::create_role;
    read GetRole => roles::get_role;
    read ListRoles => roles::list_roles;
    write UpdateRole => roles::update_role;
    write UpdateAssumeRolePolicy => roles::update_assume_role_policy;
    write DeleteRole => roles::delete_role;

    write PutUserPolicy => inline_policies::put_user_policy;
    read GetUserPolicy => inline_policies::get_user_policy;
    read ListUserPolicies => inline_policies::list_user_policies;
    write DeleteUserPolicy => inline_policies::delete_user_policy;
    write PutRolePolicy => inline_policies::put_role_policy;
    read GetRolePolicy => inline_policies::get_role_policy;
    read ListRolePolicies => inline_policies::list_role_policies;
    write DeleteRolePolicy => inline_policies::delete_role_policy;

    write CreatePolicy => policies::create_policy;
    read GetPolicy => policies::get_policy;
    read ListPolicies => policies::list_policies;
    write DeletePolicy => policies::delete_policy;
    write CreatePolicyVersion => policy_versions::create_policy_version;
    read GetPolicyVersion => policy_versions::get_policy_version;
    read ListPolicyVersions => policy_versions::list_policy_versions;
    write SetDefaultPolicyVersion => policy_versions::set_default_policy_version;
    write DeletePolicyVersion => policy_versions::delete_policy_version;

    write AttachUserPolicy => attachments::attach_user_policy;
    write DetachUserPolicy => attachments::detach_user_policy;
    read ListAttachedUserPolicies => attachments::list_attached_user_policies;
    write AttachRolePolicy => attachments::attach_role_policy;
    write DetachRolePolicy => attachments::detach_role_policy;
    read ListAttachedRolePolicies => attachments::list_attached_role_policies;
    read ListEntitiesForPolicy => attachments::list_entities_for_policy;

    write PutUserPermissionsBoundary => boundaries::put_user_permissions_boundary;
    write DeleteUserPermissionsBoundary => boundaries::delete_user_permissions_boundary;
    write PutRolePermissionsBoundary => boundaries::put_role_permissions_boundary;
    write DeleteRolePermissionsBoundary => boundaries::delete_role_permissions_boundary;

    write CreateInstanceProfile => instance_profiles::create_instance_profile;
    read GetInstanceProfile => instance_profiles::get_instance_profile;
    read ListInstanceProfiles => instance_profiles::list_instance_profiles;
    read ListInstanceProfilesForRole => instance_profiles::list_instance_profiles_for_role;
    write AddRoleToInstanceProfile => instance_profiles::add_role_to_instance_profile;
    write RemoveRoleFromInstanceProfile => instance_profiles::remove_role_from_instance_profile;
    write DeleteInstanceProfile => instance_profiles::delete_instance_profile;

    write TagUser => tags::tag_user;
    write UntagUser => tags::untag_user;
    read ListUserTags => tags::list_user_tags;
    write TagRole => tags::tag_role;
    write UntagRole => tags::untag_role;
    read ListRoleTags => tags::list_role_tags;
    write TagPolicy => tags::tag_policy;
    write UntagPolicy => tags::untag_policy;
    read ListPolicyTags => tags::list_policy_tags;
    write TagInstanceProfile => tags::tag_instance_profile;
    write UntagInstanceProfile => tags::untag_instance_profile;
    read ListInstanceProfileTags => tags::list_instance_profile_tags;

    write CreateAccountAlias => account::create_account_alias;
    read ListAccountAliases => account::list_account_aliases;
    write DeleteAccountAlias => account::delete_account_alias;

    read SimulateCustomPolicy => simulate::simulate_custom_policy;
    read SimulatePrincipalPolicy => simulate::simulate_principal_policy;
    read GetContextKeysForCustomPolicy => context_keys::get_context_keys_for_custom_policy;
    read GetContextKeysForPrincipalPolicy => context_keys::get_context_keys_for_principal_policy;
    read GetAccountAuthorizationDetails =>
        authorization_details::get_account_authorization_details;
}
