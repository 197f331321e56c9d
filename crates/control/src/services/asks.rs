//! What calls of IAM and STS ask of IAM: from an input to actions, resources and condition keys.
//! <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html>
//! <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html>
//!
//! The members say it: one called `UserName` names a user, whatever the operation. So there is one rule
//! for each member and not one for each operation.

use access::Ask;
use iam::Context;
use model::iam::{self as nouns, InstanceProfile, ManagedPolicy, Role, User, key_of};
use serde_json::Value;
use store::State;
use wire::Op;

use super::iam::{entity::Entity, policies};
use crate::{Cx, authority::caller::role_by_arn};

/// Operations of STS that nobody needs a permission for.
/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html>
const FREE: [&str; 2] = ["GetCallerIdentity", "GetSessionToken"];

/// What a call of `O` asks: all of it must be allowed.
pub fn asks<O: Op>(state: &State, cx: &Cx, input: &O::Input) -> Vec<Ask> {
    let input = serde_json::to_value(input).expect("invariant: the generated shapes are JSON");
    let action = O::ACTION;
    if O::SERVICE == wire::sts::SERVICE && FREE.contains(&O::NAME) {
        return Vec::new();
    }
    let call = Call { state, cx, name: O::NAME, input: &input };
    let (resource, mut context) = call.resource();
    call.describe(&mut context);
    let mut asks = vec![Ask { action, resource, context }];
    match O::NAME {
        // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
        "AddRoleToInstanceProfile" => {
            let (resource, mut context) = call.named::<Role>("role", "RoleName", "/");
            context.insert("iam:PassedToService", "ec2.amazonaws.com");
            asks.push(Ask { action: "iam:PassRole", resource, context });
        }
        // Both the user that is and the one that is to be.
        // https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateUser.html
        "UpdateUser" => {
            let name = call.text("NewUserName").or(call.text("UserName")).unwrap_or_default();
            let there = call.text("UserName").and_then(|it| state.users().get(&key_of(it)));
            let path = call.text("NewPath").or(there.map(|user| user.path.as_str()));
            let arn = nouns::arn(&cx.home().account, "user", path.unwrap_or("/"), name);
            asks.push(Ask { action, resource: arn, context: asks[0].context.clone() });
        }
        // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
        "AssumeRole" => {
            for (member, action) in
                [("Tags", "sts:TagSession"), ("SourceIdentity", "sts:SetSourceIdentity")]
            {
                if input
                    .get(member)
                    .is_some_and(|value| value.as_array().is_none_or(|it| !it.is_empty()))
                {
                    asks.push(Ask { action, ..asks[0].clone() });
                }
            }
        }
        _ => {}
    }
    asks
}

/// A call whose asks are being put down.
struct Call<'a> {
    state: &'a State,
    cx: &'a Cx,
    name: &'static str,
    input: &'a Value,
}

impl Call<'_> {
    fn text(&self, member: &str) -> Option<&str> {
        self.input.get(member).and_then(Value::as_str)
    }

    /// What the call is about, with what its tags say; everything where it names nothing.
    fn resource(&self) -> (String, Context) {
        let account = &self.cx.home().account;
        let path = self.text("Path").unwrap_or("/");
        if self.text("InstanceProfileName").is_some() {
            return self.named::<InstanceProfile>("instance-profile", "InstanceProfileName", path);
        }
        if self.text("RoleName").is_some() {
            return self.named::<Role>("role", "RoleName", path);
        }
        if self.text("UserName").is_some() {
            return self.named::<User>("user", "UserName", path);
        }
        if let Some(arn) = self.text("PolicyArn") {
            let found = policies::by_arn(self.state, account, arn);
            return (arn.to_owned(), tagged(found.as_ref().map_or(&[], |it| it.tags())));
        }
        if self.text("PolicyName").is_some() {
            return self.named::<ManagedPolicy>("policy", "PolicyName", path);
        }
        if let Some(arn) = self.text("RoleArn") {
            let role = role_by_arn(self.state, self.cx.home(), arn);
            return (arn.to_owned(), tagged(role.as_ref().map_or(&[], |role| &role.tags)));
        }
        if let Some(arn) = self.text("PolicySourceArn") {
            return (arn.to_owned(), Context::new());
        }
        let of_key =
            self.text("AccessKeyId").and_then(|id| self.state.access_keys().get(&id.into()));
        if let Some(user) = of_key.and_then(|key| self.state.users().get(&key_of(&key.user))) {
            return (user.arn(account), tagged(&user.tags));
        }
        // Without a name these are about the caller.
        let own =
            ["GetUser", "CreateAccessKey", "ListAccessKeys", "UpdateAccessKey", "DeleteAccessKey"];
        if own.contains(&self.name) {
            return (self.cx.principal.arn.clone(), Context::new());
        }
        ("*".into(), Context::new())
    }

    /// The ARN of what a member names: with the path of what is there, or with the path given.
    fn named<E: Entity + HasPath>(
        &self,
        kind: &str,
        member: &str,
        path: &str,
    ) -> (String, Context) {
        let name = self.text(member).unwrap_or_default();
        let account = &self.cx.home().account;
        match E::table(self.state).get(&key_of(name)) {
            Some(there) => {
                (nouns::arn(account, kind, there.path(), there.name()), tagged(there.tags()))
            }
            None => (nouns::arn(account, kind, path, name), Context::new()),
        }
    }

    /// The permissions boundary that the user or role has whose policies the call changes.
    fn boundary(&self) -> Option<String> {
        let verbs = ["Attach", "Detach", "Put", "Delete"];
        let is_about_policies = verbs.iter().any(|verb| self.name.starts_with(verb))
            && (self.name.ends_with("Policy") || self.name.ends_with("PermissionsBoundary"));
        if !is_about_policies || self.text("PermissionsBoundary").is_some() {
            return None;
        }
        let user = self.text("UserName").and_then(|name| self.state.users().get(&key_of(name)));
        let role = self.text("RoleName").and_then(|name| self.state.roles().get(&key_of(name)));
        let permissions = user.map(|it| &it.permissions).or(role.map(|it| &it.permissions));
        permissions?.boundary.clone()
    }

    /// The keys that the input says.
    fn describe(&self, context: &mut Context) {
        let keys = [
            ("iam:PermissionsBoundary", "PermissionsBoundary"),
            ("sts:ExternalId", "ExternalId"),
            ("sts:RoleSessionName", "RoleSessionName"),
            ("sts:SourceIdentity", "SourceIdentity"),
        ];
        for (key, member) in keys {
            if let Some(value) = self.text(member) {
                context.insert(key, value);
            }
        }
        if let Some(boundary) = self.boundary() {
            context.insert("iam:PermissionsBoundary", boundary);
        }
        if self.name.starts_with("Attach") || self.name.starts_with("Detach") {
            context.insert("iam:PolicyARN", self.text("PolicyArn").unwrap_or_default());
        }
        let array = |member: &str| self.input.get(member).and_then(Value::as_array);
        let mut tag_keys = Vec::new();
        for tag in array("Tags").into_iter().flatten() {
            let text = |member: &str| tag.get(member).and_then(Value::as_str).unwrap_or_default();
            context.insert(format!("aws:RequestTag/{}", text("Key")), text("Value"));
            tag_keys.push(text("Key"));
        }
        tag_keys.extend(array("TagKeys").into_iter().flatten().filter_map(Value::as_str));
        if !tag_keys.is_empty() {
            context.insert_all("aws:TagKeys", tag_keys);
        }
        if let Some(keys) = array("TransitiveTagKeys") {
            context.insert_all("sts:TransitiveTagKeys", keys.iter().filter_map(Value::as_str));
        }
    }
}

/// The keys of a resource's tags, under both of their names.
fn tagged(tags: &[model::Tag]) -> Context {
    let mut context = Context::new();
    for tag in tags {
        context.insert(format!("aws:ResourceTag/{}", tag.key), tag.value.as_str());
        context.insert(format!("iam:ResourceTag/{}", tag.key), tag.value.as_str());
    }
    context
}

/// Something with a path in its ARN.
trait HasPath {
    /// Begins and ends with `/`.
    fn path(&self) -> &str;
}

macro_rules! with_path {
    ($($entity:ident)+) => { $(
        impl HasPath for $entity {
            fn path(&self) -> &str {
                &self.path
            }
        }
    )+ };
}
with_path! { InstanceProfile ManagedPolicy Role User }
