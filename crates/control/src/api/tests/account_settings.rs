//! Account settings.

use serde_json::{Value, json};

use super::{World, has, world};

fn settings(world: &mut World, input: Value) -> Vec<(String, String)> {
    let (all, _) = world.pages("ListAccountSettings", &input, "settings", 10);
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    all.iter().map(|s| (word(&s["name"]), word(&s["value"]))).collect()
}

fn insights(world: &mut World) -> Vec<(String, String)> {
    settings(world, json!({"name": "containerInsights", "effectiveSettings": true}))
}

#[test]
fn only_what_was_set_is_listed_unless_all_that_holds_is_asked_for() {
    let mut world = world();
    assert_eq!(settings(&mut world, json!({})), []);
    let all = settings(&mut world, json!({"effectiveSettings": true}));
    assert_eq!(all.len(), 11);
    assert!(all.is_sorted(), "{all:?}");
    assert!(all.contains(&("taskLongArnFormat".into(), "enabled".into())));
    assert!(all.contains(&("defaultLogDriverMode".into(), "non-blocking".into())));
}

#[test]
fn a_principals_own_setting_comes_before_the_default_of_the_account() {
    let mut world = world();
    let put = |value: &str| json!({"name": "containerInsights", "value": value});
    let default = world.ok("PutAccountSettingDefault", put("enhanced"));
    has(&default["setting"], json!({"principalArn": "arn:aws:iam::000000000000:root"}));
    assert_eq!(insights(&mut world)[0].1, "enhanced");
    let own = world.ok("PutAccountSetting", put("enabled"));
    has(
        &own["setting"],
        json!({
            "name": "containerInsights", "value": "enabled", "type": "user",
            "principalArn": "arn:aws:iam::000000000000:user/ada",
        }),
    );
    assert_eq!(insights(&mut world)[0].1, "enabled");
    let made = world.ok("CreateCluster", json!({"clusterName": "watched"}));
    has(&made["cluster"], json!({"settings": [{"name": "containerInsights", "value": "enabled"}]}));
    let deleted = world.ok("DeleteAccountSetting", json!({"name": "containerInsights"}));
    has(&deleted["setting"], json!({"value": "enhanced"}));
    assert_eq!(insights(&mut world)[0].1, "enhanced");
}

#[test]
fn another_principal_has_its_own() {
    let mut world = world();
    let role = "arn:aws:iam::000000000000:role/ops";
    let input = json!({"name": "awsvpcTrunking", "value": "enabled", "principalArn": role});
    world.ok("PutAccountSetting", input);
    assert_eq!(settings(&mut world, json!({})), []);
    let own = settings(&mut world, json!({"principalArn": role}));
    assert_eq!(own, [("awsvpcTrunking".to_owned(), "enabled".to_owned())]);
}
