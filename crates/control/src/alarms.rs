//! The alarms that deployments watch. Until there is a CloudWatch to ask, their source is whoever sets
//! them through `/longshore/v1/alarms`; a source of another kind writes the same table.

use access::Own;
use axum::http::{Method, request::Parts};
use model::{Alarm, AlarmState, Service};
use serde::{Deserialize, Serialize};
use store::{State, Tx};
use wire::{Error, ErrorCode, awsjson};

use crate::{App, api::dispatch::refusal, auth, limits};

/// Where the list of all alarms is served.
pub const LIST_PATH: &str = "/longshore/v1/alarms";
/// Where one alarm is set and deleted.
pub const PATH: &str = "/longshore/v1/alarms/{name}";

/// Those of the alarms of the newest deployment of `service` that are in ALARM. An alarm that nobody
/// has set is not.
pub fn in_alarm(state: &State, service: &Service) -> Vec<String> {
    let Some(newest) = service.service_deployment.as_ref().filter(|it| it.watches_alarms()) else {
        return Vec::new();
    };
    let is_on = |name: &&String| {
        state.alarms().get(*name).is_some_and(|alarm| alarm.state == AlarmState::Alarm)
    };
    newest.configuration.alarms.names.iter().filter(is_on).cloned().collect()
}

/// Sets an alarm. The instant of its state changes only with its state.
pub fn set(tx: &mut Tx, alarm: Alarm) {
    let same = tx.alarms().get(&alarm.name).filter(|old| old.state == alarm.state);
    let updated_at = same.map_or(alarm.updated_at, |old| old.updated_at);
    tx.put(Alarm { updated_at, ..alarm });
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wish {
    state: AlarmState,
    #[serde(default)]
    reason: String,
}

#[derive(Serialize)]
struct List {
    alarms: Vec<Shown>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown {
    name: String,
    state: AlarmState,
    reason: String,
    /// Seconds since 1970.
    updated_at: wire::Timestamp,
}

/// Lists, sets or deletes alarms. `name` is absent in the list's path.
pub async fn answer(
    app: &App,
    request: &Parts,
    name: Option<String>,
    body: &[u8],
) -> Result<Vec<u8>, Error> {
    let own = match (&name, &request.method) {
        (None, _) => Own::ListAlarms,
        (Some(_), &Method::DELETE) => Own::DeleteAlarm,
        (Some(_), _) => Own::PutAlarm,
    };
    auth::admit(app, request, body, own)?;
    match name {
        None => {}
        Some(name) if request.method == Method::DELETE => {
            let deleted = app.store.update(move |tx| {
                let gone = tx.delete::<Alarm>(&name);
                gone.map(drop).ok_or_else(|| not_found(&name))
            });
            deleted.await.map_err(refusal)?;
        }
        Some(name) => {
            let alarm = parse(app, name, body)?;
            let put = app.store.update(move |tx| {
                set(tx, alarm);
                Ok(())
            });
            put.await.map_err(refusal)?;
        }
    }
    let alarms = app.store.snapshot();
    let alarms = alarms.alarms().iter().map(|alarm| Shown {
        name: alarm.name.clone(),
        state: alarm.state,
        reason: alarm.reason.clone(),
        updated_at: wire::Timestamp(alarm.updated_at.0),
    });
    Ok(awsjson::encode(&List { alarms: alarms.collect() }))
}

fn parse(app: &App, name: String, body: &[u8]) -> Result<Alarm, Error> {
    check_name(&name)?;
    let wish: Wish = serde_json::from_slice(body).map_err(|error| {
        Error::invalid_parameter(format!("The state of the alarm {name}: {error}."))
    })?;
    if wish.reason.len() > limits::REASON_LEN_MAX {
        return Err(Error::invalid_parameter(format!(
            "reason has {} bytes; at most {} are allowed.",
            wish.reason.len(),
            limits::REASON_LEN_MAX
        )));
    }
    Ok(Alarm { name, state: wish.state, reason: wish.reason, updated_at: app.now() })
}

/// Refuses what CloudWatch would not take as the name of an alarm.
/// <https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html>
pub fn check_name(name: &str) -> Result<(), Error> {
    match name.chars().count() {
        1..=limits::ALARM_NAME_LEN_MAX => Ok(()),
        count => Err(Error::invalid_parameter(format!(
            "The name of an alarm has {count} characters; it must have 1 to {}.",
            limits::ALARM_NAME_LEN_MAX
        ))),
    }
}

fn not_found(name: &str) -> Error {
    Error::new(ErrorCode::ResourceNotFound, format!("There is no alarm '{name}'."))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::{keys::AccessKey, signed};

    async fn asked(
        app: &App,
        key: &AccessKey,
        method: &str,
        name: Option<&str>,
        body: &Value,
    ) -> Result<Value, Error> {
        let path = name.map_or(LIST_PATH.into(), |name| PATH.replace("{name}", name));
        let body = body.to_string();
        let request = signed::request(app, key, method, &path, body.as_bytes());
        let answer = answer(app, &request, name.map(Into::into), body.as_bytes()).await?;
        Ok(serde_json::from_slice(&answer).expect("JSON"))
    }

    #[tokio::test]
    async fn alarms_are_set_listed_and_deleted() {
        let (app, keys) = signed::app().await;
        let root = &keys.root;
        let on = json!({"state": "ALARM", "reason": "too many errors"});
        let set = asked(&app, root, "PUT", Some("errors"), &on).await.expect("it is set");
        let alarm = &set["alarms"][0];
        assert_eq!(alarm["name"], "errors");
        assert_eq!((&alarm["state"], &alarm["reason"]), (&on["state"], &on["reason"]));
        let since = alarm["updatedAt"].clone();
        let again = json!({"state": "ALARM"});
        let set = asked(&app, root, "PUT", Some("errors"), &again).await.expect("it is set");
        assert_eq!(set["alarms"][0]["updatedAt"], since, "its state is the same");
        assert_eq!(set["alarms"][0]["reason"], "");
        assert_eq!(asked(&app, root, "GET", None, &json!({})).await.expect("a list"), set);

        for (wrong, says) in [
            (json!({"state": "alarm"}), "unknown variant"),
            (json!({"reason": "none"}), "missing field `state`"),
            (json!({"state": "OK", "value": 1}), "unknown field"),
            (json!({"state": "OK", "reason": "x".repeat(2_000)}), "reason has 2000 bytes"),
        ] {
            let refused = asked(&app, root, "PUT", Some("errors"), &wrong).await;
            let refused = refused.expect_err("it is wrong");
            assert_eq!(refused.code, ErrorCode::InvalidParameter);
            assert!(refused.message.contains(says), "{}", refused.message);
        }
        let long = "x".repeat(256);
        let refused = asked(&app, root, "PUT", Some(&long), &on).await.expect_err("it is long");
        assert!(refused.message.contains("it must have 1 to 255"), "{}", refused.message);

        let agent = asked(&app, &keys.agent, "PUT", Some("errors"), &on).await;
        assert_eq!(agent.expect_err("only root may").code, ErrorCode::AccessDenied);
        let left = asked(&app, root, "DELETE", Some("errors"), &json!({})).await;
        assert_eq!(left.expect("it is deleted"), json!({"alarms": []}));
        let gone = asked(&app, root, "DELETE", Some("errors"), &json!({})).await;
        assert_eq!(gone.expect_err("it is gone").code, ErrorCode::ResourceNotFound);
    }
}
