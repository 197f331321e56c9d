//! The record, with CloudTrail's names.
//! <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html>

use std::borrow::Cow;

use model::Timestamp;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

use crate::Authorization;

/// The version of CloudTrail's format that records are written in.
pub(crate) const EVENT_VERSION: &str = "1.11";

type Text<'a> = Cow<'a, str>;
type Json<'a> = Cow<'a, RawValue>;

/// One call, as CloudTrail records it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Record<'a> {
    /// The version of the format.
    pub event_version: Text<'a>,
    /// Who called.
    pub user_identity: UserIdentity<'a>,
    /// When the call came, in UTC, such as `2026-11-25T15:41:59Z`.
    pub event_time: Text<'a>,
    /// The service, such as `ecs.amazonaws.com`.
    pub event_source: Text<'a>,
    /// The operation, such as `RunTask`.
    pub event_name: Text<'a>,
    /// The region that was called.
    pub aws_region: Text<'a>,
    /// The address that the call came from.
    #[serde(rename = "sourceIPAddress")]
    pub source_ip_address: Text<'a>,
    /// What the caller says it is; at most 1 KB.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<Text<'a>>,
    /// The error's code, if the call failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_code: Option<Text<'a>>,
    /// The error's message; at most 1 KB.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_message: Option<Text<'a>>,
    /// What was asked, without its secrets; at most 100 KB, else only its size is said.
    pub request_parameters: Option<Json<'a>>,
    /// What was answered, for calls that change something, without its secrets; at most 100 KB.
    pub response_elements: Option<Json<'a>>,
    /// What CloudTrail has no place for: the decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub additional_event_data: Option<Additional<'a>>,
    /// The id that the caller got with the answer.
    #[serde(rename = "requestID", default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<Text<'a>>,
    /// The record's own id, a UUID.
    #[serde(rename = "eventID")]
    pub event_id: Text<'a>,
    /// Whether the operation changes nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_only: Option<bool>,
    /// What the call was about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resources: Option<Vec<Resource<'a>>>,
    /// `AwsApiCall`, for a call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_type: Option<Text<'a>>,
    /// The version of the API that was called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub api_version: Option<Text<'a>>,
    /// Whether the call manages resources, as opposed to what is in them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub management_event: Option<bool>,
    /// The account whose log this is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipient_account_id: Option<Text<'a>>,
    /// The same in the records of all accounts that one call concerns.
    #[serde(rename = "sharedEventID", default, skip_serializing_if = "Option::is_none")]
    pub shared_event_id: Option<Text<'a>>,
    /// The VPC endpoint that the call came through.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vpc_endpoint_id: Option<Text<'a>>,
    /// `Management`, for calls that manage resources.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_category: Option<Text<'a>>,
    /// How the connection was encrypted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tls_details: Option<Json<'a>>,
}

/// Who called.
/// <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html>
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserIdentity<'a> {
    /// `Root`, `IAMUser`, `AssumedRole`, `AWSService`, `Unknown`, ….
    #[serde(rename = "type")]
    pub kind: Text<'a>,
    /// The unique id; of a session, that of the role, a colon, and the session's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub principal_id: Option<Text<'a>>,
    /// The caller's ARN.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arn: Option<Text<'a>>,
    /// The caller's account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_id: Option<Text<'a>>,
    /// The access key that the call is signed with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_key_id: Option<Text<'a>>,
    /// The user's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_name: Option<Text<'a>>,
    /// Of temporary credentials: where they come from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session_context: Option<SessionContext<'a>>,
    /// The service that made the call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invoked_by: Option<Text<'a>>,
    /// The external provider of the identity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity_provider: Option<Text<'a>>,
}

/// Where temporary credentials come from.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SessionContext<'a> {
    /// The role or user that they are of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session_issuer: Option<Issuer<'a>>,
    /// What a web identity provider says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub web_id_federation_data: Option<Json<'a>>,
    /// When they were made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attributes: Option<Attributes<'a>>,
    /// The identity behind the role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_identity: Option<Text<'a>>,
}

/// The role or user that a session is of.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Issuer<'a> {
    /// `Role`, `IAMUser` or `Root`.
    #[serde(rename = "type")]
    pub kind: Text<'a>,
    /// Its unique id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub principal_id: Option<Text<'a>>,
    /// Its ARN.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arn: Option<Text<'a>>,
    /// Its account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_id: Option<Text<'a>>,
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_name: Option<Text<'a>>,
}

/// How a session was made.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Attributes<'a> {
    /// When, in UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub creation_date: Option<Text<'a>>,
    /// `true` or `false`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mfa_authenticated: Option<Text<'a>>,
}

/// What a call was about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resource<'a> {
    /// Its ARN.
    #[serde(rename = "ARN", default, skip_serializing_if = "Option::is_none")]
    pub arn: Option<Text<'a>>,
    /// Its owner's account.
    #[serde(rename = "accountId", default, skip_serializing_if = "Option::is_none")]
    pub account_id: Option<Text<'a>>,
    /// Its type, such as `AWS::ECS::Service`.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Text<'a>>,
}

/// `additionalEventData`: ours when it is written, whatever it is when it is read.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Additional<'a> {
    /// The decision.
    Ours {
        /// What was asked of IAM, and what it said.
        authorization: Authorization<'a>,
    },
    /// As it was read.
    Read(Json<'a>),
}

impl<'de> Deserialize<'de> for Additional<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Box::deserialize(deserializer).map(|json| Self::Read(Cow::Owned(json)))
    }
}

impl<'a> UserIdentity<'a> {
    /// The holder of the root key.
    pub fn root(account: &'a str, access_key_id: &'a str) -> Self {
        UserIdentity {
            kind: "Root".into(),
            principal_id: Some(account.into()),
            arn: Some(format!("arn:aws:iam::{account}:root").into()),
            account_id: Some(account.into()),
            access_key_id: Some(access_key_id.into()),
            ..Self::default()
        }
    }

    /// A user with an access key of its own. `arn`, `id` and `name` are the user's.
    pub fn user(
        account: &'a str,
        arn: &'a str,
        id: &'a str,
        name: &'a str,
        access_key_id: &'a str,
    ) -> Self {
        UserIdentity {
            kind: "IAMUser".into(),
            principal_id: Some(id.into()),
            arn: Some(arn.into()),
            account_id: Some(account.into()),
            access_key_id: Some(access_key_id.into()),
            user_name: Some(name.into()),
            ..Self::default()
        }
    }

    /// A session of a role. `session_arn` is `arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION`.
    pub fn assumed_role(
        role: Issuer<'a>,
        session_name: &str,
        session_arn: &'a str,
        access_key_id: &'a str,
        created_at: Timestamp,
    ) -> Self {
        let role_id = role.principal_id.as_deref().unwrap_or_default();
        UserIdentity {
            kind: "AssumedRole".into(),
            principal_id: Some(format!("{role_id}:{session_name}").into()),
            arn: Some(session_arn.into()),
            account_id: role.account_id.clone(),
            access_key_id: Some(access_key_id.into()),
            session_context: Some(SessionContext {
                session_issuer: Some(role),
                attributes: Some(Attributes::at(created_at)),
                ..SessionContext::default()
            }),
            ..Self::default()
        }
    }

    /// A caller whose signature was not verified, with the key that it claims to have.
    pub fn unknown(claimed_access_key_id: Option<&'a str>) -> Self {
        UserIdentity {
            kind: "Unknown".into(),
            access_key_id: claimed_access_key_id.map(Into::into),
            ..Self::default()
        }
    }

    /// The same, with temporary credentials of the user itself, as GetSessionToken gives them.
    pub fn with_session(self, created_at: Timestamp) -> Self {
        let attributes = Some(Attributes::at(created_at));
        let session_context = Some(SessionContext { attributes, ..SessionContext::default() });
        UserIdentity { session_context, ..self }
    }
}

impl<'a> Issuer<'a> {
    /// A role, by its account, ARN, unique id and name.
    pub fn role(account: &'a str, arn: &'a str, id: &'a str, name: &'a str) -> Self {
        Issuer {
            kind: "Role".into(),
            principal_id: Some(id.into()),
            arn: Some(arn.into()),
            account_id: Some(account.into()),
            user_name: Some(name.into()),
        }
    }
}

impl Attributes<'_> {
    fn at(created_at: Timestamp) -> Self {
        Attributes {
            creation_date: Some(created_at.to_string().into()),
            mfa_authenticated: Some("false".into()),
        }
    }
}
