//! Longshore's own paths, under `/longshore/v1/`, and the actions that they ask: `longshore:…`, which no
//! policy of AWS's names.

use arn::Home;

use crate::{Ask, Call, Facts, subject::Subject};

/// A request on a path of Longshore's own. Names are as the path has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Own<'a> {
    /// `GET waiting`: what waits, and why.
    GetWaiting,
    /// `GET watch/service/CLUSTER/NAME`.
    WatchService(&'a str, &'a str),
    /// `GET plan/service/CLUSTER/NAME`. It shows what UpdateService would do and writes nothing.
    PlanService(&'a str, &'a str),
    /// `GET explain/service/CLUSTER/NAME`.
    ExplainService(&'a str, &'a str),
    /// `GET explain/task/CLUSTER/ID`.
    ExplainTask(&'a str, &'a str),
    /// `GET alarms`.
    ListAlarms,
    /// `PUT alarms/NAME`: it can roll deployments back.
    PutAlarm,
    /// `DELETE alarms/NAME`.
    DeleteAlarm,
    /// `GET iam/explain`: whether somebody may do something, and why.
    ExplainAccess,
    /// `GET iam/who-can`.
    WhoCan,
    /// The log of calls.
    LookupEvents,
    /// Tokens by which a host joins.
    CreateToken,
    /// The tokens that are there, without their secrets.
    ListTokens,
    /// Takes a token back.
    DeleteToken,
    /// The keys of hosts, without their secrets.
    ListHostKeys,
    /// Takes a host's key back, which disconnects it.
    RevokeHostKey,
}

impl Own<'_> {
    /// The action, such as `longshore:GetWaiting`.
    pub fn action(self) -> &'static str {
        match self {
            Own::GetWaiting => "longshore:GetWaiting",
            Own::WatchService(..) => "longshore:WatchService",
            Own::PlanService(..) => "longshore:PlanService",
            Own::ExplainService(..) => "longshore:ExplainService",
            Own::ExplainTask(..) => "longshore:ExplainTask",
            Own::ListAlarms => "longshore:ListAlarms",
            Own::PutAlarm => "longshore:PutAlarm",
            Own::DeleteAlarm => "longshore:DeleteAlarm",
            Own::ExplainAccess => "longshore:ExplainAccess",
            Own::WhoCan => "longshore:WhoCan",
            Own::LookupEvents => "longshore:LookupEvents",
            Own::CreateToken => "longshore:CreateToken",
            Own::ListTokens => "longshore:ListTokens",
            Own::DeleteToken => "longshore:DeleteToken",
            Own::ListHostKeys => "longshore:ListHostKeys",
            Own::RevokeHostKey => "longshore:RevokeHostKey",
        }
    }

    /// What the request asks: its action on the service or task in its path, with the keys that ECS's
    /// own actions have on it, or on `*`.
    pub fn asks(self, facts: &dyn Facts, home: &Home) -> Vec<Ask> {
        let mut call = Call::new(self.action(), facts, home);
        let subject = match self {
            Own::WatchService(cluster, name)
            | Own::PlanService(cluster, name)
            | Own::ExplainService(cluster, name) => call.service(Some(cluster), Some(name)),
            Own::ExplainTask(cluster, id) => call.task(Some(cluster), Some(id)),
            _ => Subject::any(),
        };
        call.on(subject);
        call.finish()
    }
}
