//! Tags: the resource is the one with the ARN in the request.

use arn::Resource;

use crate::{Call, daemons, guarded, keys, subject::Subject};

guarded! {
    TagResource(input, call) {
        let resource = tagged(call, input.resource_arn.as_deref());
        call.on(resource.with_request_tags(input.tags.as_deref()));
    }

    UntagResource(input, call) {
        let resource = tagged(call, input.resource_arn.as_deref());
        let keys = input.tag_keys.iter().flatten().map(String::as_str);
        call.on(resource.with_all(keys::TAG_KEYS, keys));
    }

    ListTagsForResource(input, call) {
        call.on(tagged(call, input.resource_arn.as_deref()));
    }
}

/// An ARN without a cluster, in the short format, names no resource: the handlers refuse it.
fn tagged(call: &Call<'_>, arn: Option<&str>) -> Subject {
    let text = arn.unwrap_or_default();
    match call.home.parse(text) {
        Ok(Resource::Other(kind)) => match kind.as_str() {
            "daemon" => daemons::daemon(call, arn),
            "capacity-provider" | "daemon-task-definition" => {
                Subject::arn_or_any(call.unkept(&kind, text))
            }
            _ => Subject::any(),
        },
        Ok(resource) => call.thing(Some(resource)),
        Err(_) => Subject::any(),
    }
}
