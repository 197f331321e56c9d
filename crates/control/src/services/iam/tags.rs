//! Tags, which users, roles, policies and instance profiles have alike: Tag…, Untag…, List…Tags.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html>

use std::collections::BTreeSet;

use model::Tag;
use model::iam::{InstanceProfile, Role, User};
use store::{State, Tx};
use wire::{Error, iam};

use super::{
    entity::{Entity, edit, find},
    page, policies, render,
};
use crate::{Cx, api, limits};

/// Reads tags that a caller gives. The model has checked their characters and lengths.
pub fn parse(tags: Option<&[iam::Tag]>) -> Result<Vec<Tag>, Error> {
    let mut keys = BTreeSet::new();
    let tags = tags.unwrap_or_default().iter().map(|tag| {
        let key = tag.key.clone().unwrap_or_default();
        if key.to_ascii_lowercase().starts_with("aws:") {
            return Err(Error::invalid_input(format!(
                "The tag key '{key}' begins with aws:, which is reserved for system use."
            )));
        }
        if !keys.insert(key.to_ascii_lowercase()) {
            return Err(Error::invalid_input(
                "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
            ));
        }
        Ok(Tag { key, value: tag.value.clone().unwrap_or_default() })
    });
    tags.collect()
}

fn tag<E: Entity>(
    tx: &mut Tx,
    name: Option<&str>,
    given: Option<&[iam::Tag]>,
) -> Result<(), Error> {
    let given = parse(given)?;
    edit::<E>(tx, name, |entity| {
        let tags = entity.tags_mut();
        // Keys are told apart whatever their case, and keep the case of the newest.
        tags.retain(|old| !given.iter().any(|new| new.key.eq_ignore_ascii_case(&old.key)));
        api::tags::merge(tags, given);
        if tags.len() > limits::TAG_COUNT_MAX {
            return Err(Error::limit_exceeded("The number of tags has reached the maximum limit."));
        }
        Ok(())
    })
}

fn untag<E: Entity>(tx: &mut Tx, name: Option<&str>, keys: Option<&[String]>) -> Result<(), Error> {
    let keys = keys.unwrap_or_default();
    edit::<E>(tx, name, |entity| {
        let is_named = |tag: &Tag| keys.iter().any(|key| key.eq_ignore_ascii_case(&tag.key));
        entity.tags_mut().retain(|tag| !is_named(tag));
        Ok(())
    })
}

macro_rules! operations {
    ($(
        $entity:ident, $name:ident:
        $tag:ident($tag_request:ident), $untag:ident($untag_request:ident),
        $list:ident($list_request:ident, $list_name:literal) -> $list_response:ident;
    )+) => { $(
        #[doc = concat!("Puts tags on ", stringify!($entity), "s.")]
        pub fn $tag(tx: &mut Tx, _: &mut Cx, input: iam::$tag_request) -> Result<(), Error> {
            tag::<$entity>(tx, input.$name.as_deref(), input.tags.as_deref())
        }

        #[doc = concat!("Takes tags from ", stringify!($entity), "s.")]
        pub fn $untag(tx: &mut Tx, _: &mut Cx, input: iam::$untag_request) -> Result<(), Error> {
            untag::<$entity>(tx, input.$name.as_deref(), input.tag_keys.as_deref())
        }

        #[doc = concat!("Lists the tags of ", stringify!($entity), "s.")]
        pub fn $list(
            state: &State,
            _: &mut Cx,
            input: iam::$list_request,
        ) -> Result<iam::$list_response, Error> {
            let entity = find::<$entity>(state, input.$name.as_deref())?;
            let tags = entity.tags().clone();
            let marker = input.marker.as_deref();
            let page = page::items($list_name, input.max_items, marker, tags, |t| t.key.clone())?;
            Ok(iam::$list_response {
                is_truncated: Some(page.is_truncated()),
                tags: Some(page.items.iter().map(render::tag).collect()),
                marker: page.marker,
            })
        }
    )+ };
}

operations! {
    User, user_name: tag_user(TagUserRequest), untag_user(UntagUserRequest),
        list_user_tags(ListUserTagsRequest, "ListUserTags") -> ListUserTagsResponse;
    Role, role_name: tag_role(TagRoleRequest), untag_role(UntagRoleRequest),
        list_role_tags(ListRoleTagsRequest, "ListRoleTags") -> ListRoleTagsResponse;
    InstanceProfile, instance_profile_name:
        tag_instance_profile(TagInstanceProfileRequest),
        untag_instance_profile(UntagInstanceProfileRequest),
        list_instance_profile_tags(ListInstanceProfileTagsRequest, "ListInstanceProfileTags")
        -> ListInstanceProfileTagsResponse;
}

/// Puts tags on a managed policy.
pub fn tag_policy(tx: &mut Tx, cx: &mut Cx, input: iam::TagPolicyRequest) -> Result<(), Error> {
    let policy = policies::own(tx, cx, input.policy_arn.as_deref())?;
    tag::<model::iam::ManagedPolicy>(tx, Some(&policy.name), input.tags.as_deref())
}

/// Takes tags from a managed policy.
pub fn untag_policy(tx: &mut Tx, cx: &mut Cx, input: iam::UntagPolicyRequest) -> Result<(), Error> {
    let policy = policies::own(tx, cx, input.policy_arn.as_deref())?;
    untag::<model::iam::ManagedPolicy>(tx, Some(&policy.name), input.tag_keys.as_deref())
}

/// Lists the tags of a managed policy.
pub fn list_policy_tags(
    state: &State,
    cx: &mut Cx,
    input: iam::ListPolicyTagsRequest,
) -> Result<iam::ListPolicyTagsResponse, Error> {
    let tags = policies::find(state, cx, input.policy_arn.as_deref())?.tags().to_vec();
    let marker = input.marker.as_deref();
    let page = page::items("ListPolicyTags", input.max_items, marker, tags, |t| t.key.clone())?;
    Ok(iam::ListPolicyTagsResponse {
        is_truncated: Some(page.is_truncated()),
        tags: Some(page.items.iter().map(render::tag).collect()),
        marker: page.marker,
    })
}
