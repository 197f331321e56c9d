//! What a Lambda function is asked about a deployment, and what its answer means.
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/lambda-lifecycle-hooks.html>

use model::{HookTarget, LifecycleStage, Service, ServiceDeployment, TrafficWeights};
use rollout::HookAnswer;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::ASK_AGAIN_MS;
use crate::app::App;

/// The longest delay that a function may ask for: a day.
const DELAY_S_MAX: i64 = 86_400;

/// A call to make.
pub struct Question {
    /// The function.
    pub function_arn: String,
    /// Its event.
    pub body: Value,
}

/// What the function of the run `id` is to be asked; none when it is not to be asked any more.
pub fn question(app: &App, service: &Service, id: &str) -> Option<Question> {
    let it = service.shifting()?;
    let mut runs = it.shift.hook_runs.iter();
    let run = runs.find(|run| run.id == id && run.is_open() && run.invoke_at.is_some())?;
    let HookTarget::AwsLambda { function_arn, details, .. } = &run.target else { return None };
    let home = &app.settings.home;
    let is_test = run.stage == LifecycleStage::TestTrafficShift;
    let is_production = matches!(
        run.stage,
        LifecycleStage::PreProductionTrafficShift | LifecycleStage::ProductionTrafficShift
    );
    let production = |weights: TrafficWeights| weights.production_permille;
    let mut body = json!({
        "executionId": execution_id(id),
        "lifecycleStage": run.stage.as_str(),
        "resourceArn": home.service_deployment_arn(&it.cluster, &it.service, &it.id),
        "executionDetails": {
            "serviceArn": home.service_arn(&it.cluster, &it.service),
            "targetServiceRevisionArn":
                home.service_revision_arn(&it.cluster, &it.service, &it.target),
            "testTrafficWeights": weights(app, it, is_test, |weights| weights.test_permille),
            "productionTrafficWeights": weights(app, it, is_production, production),
        },
    });
    if let Some(details) = details.as_deref().and_then(|d| serde_json::from_str::<Value>(d).ok()) {
        body["hookDetails"] = details;
    }
    Some(Question { function_arn: function_arn.clone(), body })
}

/// A UUID of a run: the same, however often it is asked.
fn execution_id(run: &str) -> String {
    let digest: [u8; 32] = Sha256::digest(run).into();
    arn::uuid(u128::from_be_bytes(
        *digest.first_chunk().expect("invariant: 32 bytes begin with 16"),
    ))
}

/// The percentages of both revisions, by ARN; nothing in the stages that do not move this traffic.
fn weights(
    app: &App,
    it: &ServiceDeployment,
    is_shown: bool,
    of: impl Fn(TrafficWeights) -> u32,
) -> Value {
    let mut shown = Map::new();
    let home = &app.settings.home;
    let requested = it.shift.requested;
    let sides = [(Some(&it.target), requested), (it.shift.blue.as_ref(), requested.rest())];
    for (id, weights) in sides.into_iter().filter(|_| is_shown) {
        if let Some(id) = id {
            let arn = home.service_revision_arn(&it.cluster, &it.service, id);
            shown.insert(arn, percent(of(weights)));
        }
    }
    Value::Object(shown)
}

fn percent(permille: u32) -> Value {
    if permille.is_multiple_of(10) {
        json!(permille / 10)
    } else {
        json!(f64::from(permille) / 10.0)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Said {
    hook_status: String,
    call_back_delay: Option<i64>,
    hook_details: Option<Map<String, Value>>,
}

/// What the answer of a function means; what it says of `hookDetails` is merged into those of the
/// question. An error says why the answer is none.
pub fn answer(body: &[u8], asked_with: &Value) -> Result<HookAnswer, String> {
    let said: Said = serde_json::from_slice(body).map_err(|error| error.to_string())?;
    match said.hook_status.as_str() {
        "SUCCEEDED" => Ok(HookAnswer::Succeeded),
        "FAILED" => Ok(HookAnswer::Failed),
        "IN_PROGRESS" => {
            let delay_s = said.call_back_delay.map(|delay| delay.clamp(1, DELAY_S_MAX));
            let details = said.hook_details.map(|new| {
                let mut all = asked_with.as_object().cloned().unwrap_or_default();
                all.extend(new);
                Value::Object(all).to_string()
            });
            let ask_again_ms = delay_s.map_or(ASK_AGAIN_MS, |delay| delay * 1_000);
            Ok(HookAnswer::InProgress { ask_again_ms, details })
        }
        other => Err(format!("the hookStatus '{other}' is none of SUCCEEDED, FAILED, IN_PROGRESS")),
    }
}
