"""IAM and STS through boto3 and the aws CLI: users, keys, roles, policies, profiles, simulation."""

import json
import subprocess

import boto3

import suite
from suite import check, eq, name, run, true

iam = boto3.client("iam")
sts = boto3.client("sts")

ACCOUNT = sts.get_caller_identity()["Account"]
LOOK = {"Version": "2012-10-17", "Statement": [
    {"Sid": "Look", "Effect": "Allow", "Action": ["ecs:Describe*", "ecs:List*"], "Resource": "*"}]}
TRUST = {"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
EXECUTION = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"


def refused(code, status, says, call, **parameters):
    suite.refused(code, call, says, http_status=status, **parameters)


@check
def the_caller_is_the_root_user():
    who = sts.get_caller_identity()
    eq((who["Arn"], who["UserId"]), (f"arn:aws:iam::{ACCOUNT}:root", ACCOUNT))
    eq(sts.get_access_key_info(AccessKeyId="AKIAIOSFODNN7EXAMPLE")["Account"], ACCOUNT)
    eq(iam.get_user()["User"]["Arn"], who["Arn"])


@check
def a_user_comes_is_renamed_and_goes():
    user = name("ada")
    made = iam.create_user(UserName=user, Path="/crew/", Tags=[{"Key": "team", "Value": "red"}])["User"]
    eq((made["Arn"], made["Path"]), (f"arn:aws:iam::{ACCOUNT}:user/crew/{user}", "/crew/"))
    true(made["UserId"].startswith("AIDA") and len(made["UserId"]) == 21, made["UserId"])
    eq(iam.get_user(UserName=user)["User"]["Tags"], [{"Key": "team", "Value": "red"}])
    refused("EntityAlreadyExists", 409, f"User with name {user.upper()} already exists.",
            iam.create_user, UserName=user.upper())
    refused("NoSuchEntity", 404, "The user with name nobody cannot be found.", iam.get_user, UserName="nobody")
    refused("ValidationError", 400, "at 'userName' failed to satisfy constraint", iam.create_user, UserName="a b")
    iam.update_user(UserName=user, NewUserName=user + "2", NewPath="/")
    eq([u["UserName"] for u in iam.list_users(PathPrefix="/crew/")["Users"]], [])
    true(user + "2" in [u["UserName"] for u in iam.list_users()["Users"]], "the user is listed")
    iam.delete_user(UserName=user + "2")
    refused("NoSuchEntity", 404, "cannot be found", iam.delete_user, UserName=user + "2")


@check
def a_user_has_at_most_two_access_keys():
    user = name("keys")
    iam.create_user(UserName=user)
    first = iam.create_access_key(UserName=user)["AccessKey"]
    true(first["AccessKeyId"].startswith("AKIA") and len(first["AccessKeyId"]) == 20, first["AccessKeyId"])
    eq((len(first["SecretAccessKey"]), first["Status"]), (40, "Active"))
    second = iam.create_access_key(UserName=user)["AccessKey"]["AccessKeyId"]
    refused("LimitExceeded", 409, "Cannot exceed quota for AccessKeysPerUser: 2", iam.create_access_key, UserName=user)
    iam.update_access_key(UserName=user, AccessKeyId=second, Status="Inactive")
    keys = {k["AccessKeyId"]: k["Status"] for k in iam.list_access_keys(UserName=user)["AccessKeyMetadata"]}
    eq(keys, {first["AccessKeyId"]: "Active", second: "Inactive"})
    used = iam.get_access_key_last_used(AccessKeyId=second)
    eq((used["UserName"], used["AccessKeyLastUsed"]["ServiceName"]), (user, "N/A"))
    refused("DeleteConflict", 409, "must delete access keys first", iam.delete_user, UserName=user)
    for key in keys:
        iam.delete_access_key(UserName=user, AccessKeyId=key)
    refused("NoSuchEntity", 404, f"The Access Key with id {second} cannot be found.",
            iam.delete_access_key, UserName=user, AccessKeyId=second)
    iam.delete_user(UserName=user)


@check
def a_role_with_inline_policies():
    role = name("web")
    made = iam.create_role(RoleName=role, AssumeRolePolicyDocument=json.dumps(TRUST), Description="a & <b>",
                           MaxSessionDuration=7200)["Role"]
    eq((made["Arn"], made["AssumeRolePolicyDocument"]), (f"arn:aws:iam::{ACCOUNT}:role/{role}", TRUST))
    eq((made["Description"], made["MaxSessionDuration"]), ("a & <b>", 7200))
    iam.put_role_policy(RoleName=role, PolicyName="look", PolicyDocument=json.dumps(LOOK))
    eq(iam.get_role_policy(RoleName=role, PolicyName="look")["PolicyDocument"], LOOK)
    eq(iam.list_role_policies(RoleName=role)["PolicyNames"], ["look"])
    refused("NoSuchEntity", 404, "The role policy with name other cannot be found.",
            iam.get_role_policy, RoleName=role, PolicyName="other")
    refused("DeleteConflict", 409, "must delete policies first", iam.delete_role, RoleName=role)
    long = {**LOOK, "Statement": [{**LOOK["Statement"][0], "Action": [f"ecs:{'x' * 100}{i}" for i in range(110)]}]}
    refused("LimitExceeded", 409, f"Maximum policy size of 10240 bytes exceeded for role {role}",
            iam.put_role_policy, RoleName=role, PolicyName="long", PolicyDocument=json.dumps(long))
    iam.update_role(RoleName=role, Description="new")
    eq(iam.get_role(RoleName=role)["Role"]["MaxSessionDuration"], 3600)
    open_to_all = {**TRUST, "Statement": [{**TRUST["Statement"][0], "Principal": {"AWS": ACCOUNT}}]}
    iam.update_assume_role_policy(RoleName=role, PolicyDocument=json.dumps(open_to_all))
    eq(iam.get_role(RoleName=role)["Role"]["AssumeRolePolicyDocument"], open_to_all)
    iam.delete_role_policy(RoleName=role, PolicyName="look")
    iam.delete_role(RoleName=role)


@check
def a_malformed_document_is_refused_with_the_place():
    wrong = {**LOOK, "Statement": [{**LOOK["Statement"][0], "Condition": {"StringLikes": {"aws:x": "y"}}}]}
    refused("MalformedPolicyDocument", 400, "StringLikes", iam.create_policy, PolicyName=name("bad"),
            PolicyDocument=json.dumps(wrong))
    refused("MalformedPolicyDocument", 400, "", iam.create_role, RoleName=name("bad"),
            AssumeRolePolicyDocument=json.dumps(LOOK))


@check
def a_managed_policy_has_versions():
    policy = name("look")
    made = iam.create_policy(PolicyName=policy, PolicyDocument=json.dumps(LOOK), Description="looks")["Policy"]
    arn = made["Arn"]
    eq((arn, made["DefaultVersionId"], made["AttachmentCount"]), (f"arn:aws:iam::{ACCOUNT}:policy/{policy}", "v1", 0))
    refused("EntityAlreadyExists", 409, f"A policy called {policy} already exists.", iam.create_policy,
            PolicyName=policy, PolicyDocument=json.dumps(LOOK))
    for number in range(2, 6):
        version = iam.create_policy_version(PolicyArn=arn, PolicyDocument=json.dumps(LOOK), SetAsDefault=number == 3)
        eq(version["PolicyVersion"]["VersionId"], f"v{number}")
    refused("LimitExceeded", 409, "can have up to 5 versions", iam.create_policy_version, PolicyArn=arn,
            PolicyDocument=json.dumps(LOOK))
    versions = iam.list_policy_versions(PolicyArn=arn)["Versions"]
    eq([v["VersionId"] for v in versions], ["v5", "v4", "v3", "v2", "v1"])
    eq([v["VersionId"] for v in versions if v["IsDefaultVersion"]], ["v3"])
    eq(iam.get_policy_version(PolicyArn=arn, VersionId="v5")["PolicyVersion"]["Document"], LOOK)
    refused("DeleteConflict", 409, "default version", iam.delete_policy_version, PolicyArn=arn, VersionId="v3")
    refused("DeleteConflict", 409, "more than one version", iam.delete_policy, PolicyArn=arn)
    iam.set_default_policy_version(PolicyArn=arn, VersionId="v5")
    for number in range(1, 5):
        iam.delete_policy_version(PolicyArn=arn, VersionId=f"v{number}")
    iam.delete_policy(PolicyArn=arn)
    refused("NoSuchEntity", 404, f"Policy {arn} was not found.", iam.get_policy, PolicyArn=arn)


@check
def policies_are_attached():
    role, policy = name("role"), name("policy")
    iam.create_role(RoleName=role, AssumeRolePolicyDocument=json.dumps(TRUST))
    arn = iam.create_policy(PolicyName=policy, PolicyDocument=json.dumps(LOOK))["Policy"]["Arn"]
    for attached in [arn, EXECUTION, arn]:
        iam.attach_role_policy(RoleName=role, PolicyArn=attached)
    there = iam.list_attached_role_policies(RoleName=role)["AttachedPolicies"]
    eq({p["PolicyArn"]: p["PolicyName"] for p in there}, {arn: policy, EXECUTION: EXECUTION.split("/")[-1]})
    eq(iam.get_policy(PolicyArn=arn)["Policy"]["AttachmentCount"], 1)
    users = iam.list_entities_for_policy(PolicyArn=arn)
    eq([r["RoleName"] for r in users["PolicyRoles"]], [role])
    refused("DeleteConflict", 409, "attached to entities", iam.delete_policy, PolicyArn=arn)
    refused("DeleteConflict", 409, "must detach all policies first", iam.delete_role, RoleName=role)
    missing = arn + "x"
    refused("NoSuchEntity", 404, f"Policy {missing} does not exist or is not attachable.",
            iam.attach_role_policy, RoleName=role, PolicyArn=missing)
    iam.put_role_permissions_boundary(RoleName=role, PermissionsBoundary=arn)
    eq(iam.get_role(RoleName=role)["Role"]["PermissionsBoundary"]["PermissionsBoundaryArn"], arn)
    iam.delete_role_permissions_boundary(RoleName=role)
    for attached in [arn, EXECUTION]:
        iam.detach_role_policy(RoleName=role, PolicyArn=attached)
    refused("NoSuchEntity", 404, "was not found", iam.detach_role_policy, RoleName=role, PolicyArn=arn)
    iam.delete_policy(PolicyArn=arn)
    iam.delete_role(RoleName=role)


@check
def an_entity_has_at_most_ten_policies():
    user = name("many")
    iam.create_user(UserName=user)
    arns = [iam.create_policy(PolicyName=name(f"p{i}"), PolicyDocument=json.dumps(LOOK))["Policy"]["Arn"] for i in range(11)]
    for arn in arns[:10]:
        iam.attach_user_policy(UserName=user, PolicyArn=arn)
    refused("LimitExceeded", 409, "Cannot exceed quota for PoliciesPerUser: 10", iam.attach_user_policy,
            UserName=user, PolicyArn=arns[10])
    pages = iam.get_paginator("list_attached_user_policies").paginate(UserName=user, PaginationConfig={"PageSize": 3})
    listed = [[p["PolicyArn"] for p in page["AttachedPolicies"]] for page in pages]
    eq((len(listed), sorted(sum(listed, []))), (4, sorted(arns[:10])))
    for arn in arns[:10]:
        iam.detach_user_policy(UserName=user, PolicyArn=arn)
    for arn in arns:
        iam.delete_policy(PolicyArn=arn)
    iam.delete_user(UserName=user)


@check
def what_ecs_expects_is_there_from_the_start():
    execution = iam.list_attached_role_policies(RoleName="ecsTaskExecutionRole")["AttachedPolicies"]
    eq([p["PolicyArn"] for p in execution], [EXECUTION])
    profile = iam.get_instance_profile(InstanceProfileName="ecsInstanceRole")["InstanceProfile"]
    eq([r["RoleName"] for r in profile["Roles"]], ["ecsInstanceRole"])
    own = iam.get_role(RoleName="AWSServiceRoleForECS")["Role"]
    eq(own["Path"], "/aws-service-role/ecs.amazonaws.com/")
    refused("UnmodifiableEntity", 400, "this role is only modifiable by AWS", iam.delete_role,
            RoleName="AWSServiceRoleForECS")
    version = iam.get_policy_version(PolicyArn=EXECUTION, VersionId="v1")["PolicyVersion"]["Document"]
    true("ecr:BatchGetImage" in version["Statement"][0]["Action"], version)
    names = {p["PolicyName"] for p in iam.list_policies(Scope="AWS")["Policies"]}
    true({"AdministratorAccess", "AmazonECS_FullAccess", "CloudWatchLogsFullAccess"} <= names, names)


@check
def an_instance_profile_has_one_role():
    profile, role = name("profile"), name("role")
    iam.create_role(RoleName=role, AssumeRolePolicyDocument=json.dumps(TRUST))
    made = iam.create_instance_profile(InstanceProfileName=profile, Path="/hosts/")["InstanceProfile"]
    eq((made["Arn"], made["Roles"]), (f"arn:aws:iam::{ACCOUNT}:instance-profile/hosts/{profile}", []))
    iam.add_role_to_instance_profile(InstanceProfileName=profile, RoleName=role)
    refused("LimitExceeded", 409, "InstanceSessionsPerInstanceProfile: 1", iam.add_role_to_instance_profile,
            InstanceProfileName=profile, RoleName=role)
    found = iam.list_instance_profiles_for_role(RoleName=role)["InstanceProfiles"]
    eq([p["InstanceProfileName"] for p in found], [profile])
    refused("DeleteConflict", 409, "must remove roles from instance profile first", iam.delete_role, RoleName=role)
    refused("DeleteConflict", 409, "must remove roles from instance profile first", iam.delete_instance_profile,
            InstanceProfileName=profile)
    iam.remove_role_from_instance_profile(InstanceProfileName=profile, RoleName=role)
    iam.delete_instance_profile(InstanceProfileName=profile)
    iam.delete_role(RoleName=role)
    refused("NoSuchEntity", 404, f"Instance Profile {profile} cannot be found.", iam.get_instance_profile,
            InstanceProfileName=profile)


@check
def tags_are_told_apart_whatever_their_case():
    user = name("tags")
    iam.create_user(UserName=user)
    refused("InvalidInput", 400, "Duplicate tag keys found", iam.tag_user, UserName=user,
            Tags=[{"Key": "a", "Value": "1"}, {"Key": "A", "Value": "2"}])
    iam.tag_user(UserName=user, Tags=[{"Key": "a", "Value": "1"}, {"Key": "b", "Value": ""}])
    iam.tag_user(UserName=user, Tags=[{"Key": "A", "Value": "2"}])
    eq(iam.list_user_tags(UserName=user)["Tags"], [{"Key": "A", "Value": "2"}, {"Key": "b", "Value": ""}])
    iam.untag_user(UserName=user, TagKeys=["a"])
    eq(iam.list_user_tags(UserName=user)["Tags"], [{"Key": "b", "Value": ""}])
    iam.delete_user(UserName=user)


@check
def the_account_has_one_alias():
    iam.create_account_alias(AccountAlias="my-dock")
    eq(iam.list_account_aliases()["AccountAliases"], ["my-dock"])
    refused("NoSuchEntity", 404, "The account alias with name other cannot be found.", iam.delete_account_alias,
            AccountAlias="other")
    refused("ValidationError", 400, "at 'accountAlias' failed", iam.create_account_alias, AccountAlias="two--hyphens")
    iam.delete_account_alias(AccountAlias="my-dock")
    eq(iam.list_account_aliases()["AccountAliases"], [])


@check
def policies_are_simulated():
    deny = {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "ecs:Describe*", "Resource": "*",
            "Condition": {"StringEquals": {"aws:ResourceTag/team": "blue"}}}}
    def decisions(**context):
        entries = [{"ContextKeyName": k.replace("__", ":"), "ContextKeyValues": [v], "ContextKeyType": "string"}
                   for k, v in context.items()]
        results = iam.simulate_custom_policy(PolicyInputList=[json.dumps(LOOK), json.dumps(deny)],
                                             ActionNames=["ecs:DescribeTasks", "ecs:RunTask"],
                                             ContextEntries=entries)["EvaluationResults"]
        return [(r["EvalActionName"], r["EvalDecision"]) for r in results], results
    plain, results = decisions()
    eq(plain, [("ecs:DescribeTasks", "allowed"), ("ecs:RunTask", "implicitDeny")])
    eq(results[0]["MatchedStatements"][0]["SourcePolicyId"], "PolicyInputList.1")
    eq(results[0]["MissingContextValues"], ["aws:resourcetag/team"])
    eq(decisions(**{"aws__ResourceTag/team": "blue"})[0][0], ("ecs:DescribeTasks", "explicitDeny"))
    eq(iam.get_context_keys_for_custom_policy(PolicyInputList=[json.dumps(deny)])["ContextKeyNames"],
       ["aws:resourcetag/team"])
    role = f"arn:aws:iam::{ACCOUNT}:role/ecsInstanceRole"
    of_role = iam.simulate_principal_policy(PolicySourceArn=role, ActionNames=["ecs:Poll", "ecs:DeleteCluster"])
    eq([r["EvalDecision"] for r in of_role["EvaluationResults"]], ["allowed", "implicitDeny"])
    refused("InvalidInput", 400, "Invalid Action", iam.simulate_custom_policy, PolicyInputList=[json.dumps(LOOK)],
            ActionNames=["RunTask"])


@check
def everything_about_the_account_at_once():
    details = iam.get_account_authorization_details(Filter=["Role"])
    roles = {r["RoleName"]: r for r in details["RoleDetailList"]}
    eq(roles["ecsInstanceRole"]["InstanceProfileList"][0]["InstanceProfileName"], "ecsInstanceRole")
    eq(details["Policies"], [])


@check
def the_aws_cli_reads_the_same():
    # Version 1 of the CLI leaves with 255 where version 2 leaves with 254.
    def aws(*arguments, codes=(0,)):
        done = subprocess.run(["aws", "--output", "json", *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True)
        true(done.returncode in codes, f"{arguments} left with {done.returncode} ({done.stderr.strip()})")
        return json.loads(done.stdout) if 0 in codes and done.stdout.strip() else done.stderr
    eq(aws("sts", "get-caller-identity")["Account"], ACCOUNT)
    user = name("cli")
    aws("iam", "create-user", "--user-name", user, "--tags", "Key=a,Value=b")
    eq(aws("iam", "get-user", "--user-name", user)["User"]["Tags"], [{"Key": "a", "Value": "b"}])
    told = aws("iam", "create-user", "--user-name", user, codes=(254, 255))
    true("(EntityAlreadyExists)" in told, told)
    aws("iam", "delete-user", "--user-name", user)


run()
