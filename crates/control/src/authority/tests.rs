//! Who may call: keys, tokens, policies, and what a denial says.

use std::sync::Arc;

use access::Ask;
use iam::Context;
use model::{
    Task, TaskStatus, Timestamp,
    iam::{AccessKey, SessionClaims, SessionOf},
};
use sigv4::Credentials;
use wire::{Error, ErrorCode};

use super::{Asker, secrets, tokens};
use crate::{App, auth, signed};

const DESCRIBE_WEB: &str = r#"{"Version":"2012-10-17","Statement":{"Sid":"Web","Effect":"Allow","Action":"ecs:DescribeServices","Resource":"arn:aws:ecs:*:*:service/default/web"}}"#;
const TAGGED: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ecs:*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalTag/team":"a"},"DateGreaterThan":{"aws:CurrentTime":"2020-01-01T00:00:00Z"}}}}"#;

fn authenticated(app: &App, credentials: &Credentials) -> Result<Arc<Asker>, Error> {
    auth::authenticate(app, &signed::request_with(app, credentials, "POST", "/", b"{}"), b"{}")
}

fn may(app: &App, asker: &Asker, service: &str) -> Result<(), String> {
    let resource = format!("arn:aws:ecs:us-east-1:000000000000:service/default/{service}");
    let ask = Ask { action: "ecs:DescribeServices", resource, context: Context::new() };
    let admitted = asker.admit(&app.store.snapshot(), |_, _| vec![ask]);
    admitted.map_err(|error| {
        assert_eq!(error.code, ErrorCode::AccessDenied);
        error.message
    })
}

/// Makes a session of a role, for a task if there is one.
fn session(app: &Arc<App>, role: &str, policies: &[&str], task: Option<String>) -> Credentials {
    let of = SessionOf::Role { role: role.into(), session_name: "here".into() };
    let now = app.now();
    let claims = SessionClaims {
        policies: policies.iter().map(|text| (*text).into()).collect(),
        task,
        ..SessionClaims::new(of, now, now.plus_ms(60_000))
    };
    let made = tokens::mint(&app.store.snapshot(), &mut app.own_cx(), claims).expect("a key");
    Credentials {
        access_key_id: made.access_key_id,
        secret_access_key: made.secret_access_key,
        session_token: Some(made.session_token),
    }
}

#[tokio::test]
async fn a_user_may_what_its_policies_allow_as_they_are_now() {
    let (app, _) = signed::app().await;
    let mut cx = app.own_cx();
    let key = crate::keys::AccessKey {
        access_key_id: cx.access_key_id("AKIA"),
        secret_access_key: cx.secret_access_key(),
    };
    let row = AccessKey {
        id: key.access_key_id.clone(),
        user: "ann".into(),
        secret: secrets::seal(&mut cx, &key.access_key_id, &key.secret_access_key),
        is_active: true,
        created_at: Timestamp(0),
        last_used: None,
    };
    assert!(!row.secret.contains(&key.secret_access_key), "it is sealed");
    let (inactive, user) = (
        AccessKey { is_active: false, ..row.clone() },
        signed::user("ann", &[("web", DESCRIBE_WEB)]),
    );
    signed::change(&app, move |tx| {
        tx.put(row);
        tx.put(user);
    })
    .await;
    let credentials = signed::credentials(&key);
    let asker = authenticated(&app, &credentials).expect("its key is good");
    assert_eq!(asker.caller.arn, "arn:aws:iam::000000000000:user/ann");
    assert_eq!(may(&app, &asker, "web"), Ok(()));
    let denied = may(&app, &asker, "db").expect_err("no policy speaks of it");
    assert_eq!(
        denied,
        "User: arn:aws:iam::000000000000:user/ann is not authorized to perform: ecs:DescribeServices on resource: arn:aws:ecs:us-east-1:000000000000:service/default/db because no identity-based policy allows the ecs:DescribeServices action"
    );
    let checks = asker.take_checks();
    assert_eq!(checks.len(), 2);
    assert_eq!(
        (checks[0].policy.as_deref(), checks[0].statement.as_deref()),
        (Some("web"), Some("Web"))
    );
    assert!(checks[0].is_allowed && !checks[1].is_allowed);

    let user = signed::user("ann", &[]);
    signed::change(&app, move |tx| tx.put(user)).await;
    let asker = authenticated(&app, &credentials).expect("its key is good");
    assert!(may(&app, &asker, "web").is_err(), "the policy is gone");
    signed::change(&app, move |tx| tx.put(inactive)).await;
    let refused = authenticated(&app, &credentials).expect_err("the key is inactive");
    assert_eq!(refused.code, ErrorCode::UnrecognizedClient);
}

#[tokio::test]
async fn a_session_has_the_tags_and_limits_that_it_was_made_with() {
    let (app, _) = signed::app().await;
    signed::change(&app, |tx| {
        let mut role = signed::role("ops", &[("all", TAGGED)]);
        role.tags = vec![model::Tag { key: "team".into(), value: "a".into() }];
        tx.put(role);
    })
    .await;
    let whole = session(&app, "ops", &[], None);
    let asker = authenticated(&app, &whole).expect("a session");
    assert_eq!(asker.caller.arn, "arn:aws:sts::000000000000:assumed-role/ops/here");
    assert_eq!((may(&app, &asker, "web"), may(&app, &asker, "db")), (Ok(()), Ok(())));

    let limited = session(&app, "ops", &[DESCRIBE_WEB], None);
    let asker = authenticated(&app, &limited).expect("a session");
    assert_eq!(may(&app, &asker, "web"), Ok(()));
    let denied = may(&app, &asker, "db").expect_err("the session is limited");
    assert!(
        denied.ends_with("because no session policy allows the ecs:DescribeServices action"),
        "{denied}"
    );

    let mixed = Credentials { session_token: whole.session_token.clone(), ..limited.clone() };
    let refused = authenticated(&app, &mixed).expect_err("another session's token");
    assert_eq!(refused.code, ErrorCode::UnrecognizedClient);
    let without = Credentials { session_token: None, ..whole };
    assert!(authenticated(&app, &without).is_err(), "a session's key needs its token");
    signed::change(&app, |tx| drop(tx.delete::<model::iam::Role>(&"ops".to_owned()))).await;
    assert!(authenticated(&app, &limited).is_err(), "the role is gone");
    let another = model::iam::Role { id: "AROAANOTHER".into(), ..signed::role("ops", &[]) };
    signed::change(&app, move |tx| tx.put(another)).await;
    assert!(authenticated(&app, &limited).is_err(), "another role of that name is another");
}

#[tokio::test]
async fn the_credentials_of_a_stopped_task_are_refused() {
    let (app, _) = signed::app().await;
    let mut task = Task::new(
        "default".parse().expect("a name"),
        arn::TaskId(7),
        "web:1".parse().expect("a task definition"),
    );
    let arn = app.settings.home.task_arn(&task.cluster, task.id);
    let running = task.clone();
    signed::change(&app, move |tx| {
        tx.put(signed::role("web", &[("web", DESCRIBE_WEB)]));
        tx.put(running);
    })
    .await;
    let credentials = session(&app, "web", &[], Some(arn));
    let asker = authenticated(&app, &credentials).expect("the task is there");
    assert_eq!(may(&app, &asker, "web"), Ok(()));
    task.last_status = TaskStatus::Stopped;
    signed::change(&app, move |tx| tx.put(task)).await;
    let refused = authenticated(&app, &credentials).expect_err("it has stopped");
    assert_eq!(refused.code, ErrorCode::ExpiredToken);
}

#[tokio::test]
async fn keys_of_tokens_follow_each_other_and_old_tokens_live_on() {
    let (app, _) = signed::app().await;
    let (vault, mut cx) = (app.settings.vault.clone(), app.own_cx());
    let of = SessionOf::Root;
    let claims = SessionClaims::new(of, cx.now, cx.now.plus_ms(36 * 3_600_000));
    let old = tokens::mint(&app.store.snapshot(), &mut cx, claims.clone()).expect("a key");
    let is_good = |credentials: &model::iam::SessionCredentials| {
        let (id, token) = (&credentials.access_key_id, &credentials.session_token);
        tokens::open(&app.store.snapshot(), &vault, id, token).is_some()
    };
    let numbers = || -> Vec<u32> {
        app.store.snapshot().session_keys().iter().map(|key| key.number).collect()
    };
    let days = |days: i64| app.now().plus_ms(days * 24 * 3_600_000 + 1_000);
    for (day, left) in [(0, vec![1]), (1, vec![1, 2]), (3, vec![2, 3])] {
        let mut cx = app.own_cx();
        cx.now = days(day);
        signed::change(&app, move |tx| tokens::rotate(tx, &mut cx)).await;
        assert_eq!(numbers(), left, "on day {day}");
        assert_eq!(is_good(&old), left.contains(&1), "on day {day}");
    }
    let new = tokens::mint(&app.store.snapshot(), &mut cx, claims).expect("a key");
    assert!(new.session_token.starts_with("3."));
    assert!(is_good(&new));
}
