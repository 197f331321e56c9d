//! What users ask of a service: every setting, in combinations that chance finds.

use serde_json::{Map, Value, json};

use crate::dice::Dice;

/// The alarms that deployments watch.
pub const ALARMS: &[&str] = &["errors", "latency"];

/// The settings of a service that CreateService and UpdateService share, as members of their input.
pub fn any(dice: &mut Dice, is_daemon: bool) -> Map<String, Value> {
    let mut members = Map::new();
    let mut set = |name: &str, value: Value| members.insert(name.into(), value);
    set("deploymentConfiguration", configuration(dice, is_daemon));
    if dice.once_in(3) {
        set("healthCheckGracePeriodSeconds", json!(dice.below(20)));
    }
    if dice.once_in(3) && !is_daemon {
        let strategies = [
            json!([{"type": "random"}]),
            json!([{"type": "spread", "field": "instanceId"}]),
            json!([{"type": "binpack", "field": "memory"}]),
            json!([{"type": "spread", "field": "attribute:ecs.availability-zone"},
                {"type": "binpack", "field": "cpu"}]),
        ];
        set("placementStrategy", dice.pick(&strategies).cloned().unwrap_or_default());
    }
    if dice.once_in(6) && !is_daemon {
        let expression = "attribute:ecs.availability-zone in [us-east-1a, us-east-1b]";
        let constraints = [
            json!({"type": "distinctInstance"}),
            json!({"type": "memberOf", "expression": expression}),
        ];
        set("placementConstraints", json!([dice.pick(&constraints)]));
    }
    members
}

/// Settings with which a service can come to rest, whatever was asked of it before.
pub fn plain(is_daemon: bool) -> Map<String, Value> {
    let (minimum, maximum) = if is_daemon { (0, 100) } else { (50, 200) };
    let mut members = Map::new();
    let configuration = json!({
        "minimumHealthyPercent": minimum, "maximumPercent": maximum,
        "deploymentCircuitBreaker": {"enable": false, "rollback": false},
        "alarms": {"enable": false, "rollback": false, "alarmNames": []},
        "bakeTimeInMinutes": 0,
        "earlySuccessCriteria": {"enable": false},
    });
    members.insert("deploymentConfiguration".into(), configuration);
    members.insert("placementConstraints".into(), json!([]));
    members
}

fn configuration(dice: &mut Dice, is_daemon: bool) -> Value {
    let (minimum, maximum) = percentages(dice, is_daemon);
    let mut configuration = json!({
        "minimumHealthyPercent": minimum,
        "maximumPercent": maximum,
    });
    if !dice.once_in(3) {
        configuration["deploymentCircuitBreaker"] = json!({
            "enable": true,
            "rollback": !dice.once_in(3),
            "thresholdConfiguration": threshold(dice),
            "resetOnHealthyTask": !dice.once_in(3),
        });
    }
    if dice.once_in(4) {
        configuration["bakeTimeInMinutes"] = json!(dice.below(3));
    }
    if dice.once_in(4) {
        let cleanup = ["BLOCKING", "DEFERRED"];
        configuration["earlySuccessCriteria"] = json!({
            "enable": true,
            "healthyPercent": dice.between(minimum, 100),
            "sourceServiceRevisionCleanup": dice.pick(&cleanup),
        });
    }
    if dice.once_in(3) {
        let first = dice.below(ALARMS.len() as u64) as usize;
        configuration["alarms"] = json!({
            "enable": true, "rollback": !dice.once_in(3), "alarmNames": &ALARMS[first..],
        });
    }
    configuration
}

/// Of each kind, low enough that a few failures reach it; or none, which is the default.
fn threshold(dice: &mut Dice) -> Value {
    match dice.below(4) {
        0 => json!({"type": "COUNT", "value": dice.between(1, 6)}),
        1 => json!({"type": "BOUNDED_PERCENT", "value": dice.between(1, 100)}),
        2 => json!({"type": "UNBOUNDED_PERCENT", "value": dice.between(1, 150)}),
        _ => Value::Null,
    }
}

/// What a service with the EXTERNAL controller has of its own: the two percentages.
pub fn external(dice: &mut Dice) -> Map<String, Value> {
    let (minimum, maximum) = percentages(dice, false);
    let mut members = Map::new();
    members.insert("deploymentController".into(), json!({"type": "EXTERNAL"}));
    let configuration = json!({"minimumHealthyPercent": minimum, "maximumPercent": maximum});
    members.insert("deploymentConfiguration".into(), configuration);
    members
}

/// minimumHealthyPercent and maximumPercent: the usual ones, or any.
fn percentages(dice: &mut Dice, is_daemon: bool) -> (u64, u64) {
    let usual = [(100, 200), (50, 100), (100, 150), (0, 100), (50, 200), (75, 150)];
    match (is_daemon, dice.once_in(3)) {
        (true, _) => (dice.below(101), 100),
        (false, false) => dice.pick(&usual).copied().unwrap_or((100, 200)),
        (false, true) => (dice.below(101), dice.between(101, 300)),
    }
}
