//! What users do about deployments that are under way: they set alarms, and stop deployments.

use model::{Alarm, AlarmState, Service};
use serde_json::json;

use crate::{World, settings::ALARMS, wishes::typed};

impl World {
    /// An alarm goes on, or off. It is on for a shorter time than it is off.
    pub(crate) fn set_alarm(&mut self) {
        let name = self.dice.pick(ALARMS).copied().unwrap_or_default();
        let state = if self.dice.once_in(3) { AlarmState::Alarm } else { AlarmState::Ok };
        self.count("alarm set");
        self.note(|| format!("user: alarm {name} to {state:?}"));
        let (name, updated_at) = (name.into(), self.now);
        let alarm = Alarm { name, state, reason: "as chance has it".into(), updated_at };
        self.ask(|tx, _| {
            control::alarms::set(tx, alarm);
            Ok(())
        });
    }

    /// StopServiceDeployment of one that is under way.
    pub(crate) fn stop_deployment(&mut self) {
        let Some(arn) = self.some_deployment(|_| true) else { return };
        let (deed, how) = if self.dice.once_in(2) {
            ("deployment aborted", "ABORT")
        } else {
            ("deployment turned back", "ROLLBACK")
        };
        self.count(deed);
        self.note(|| format!("user: stop service deployment {arn} by {how}"));
        let input = typed(json!({"serviceDeploymentArn": arn, "stopType": how}));
        self.ask(|tx, cx| control::api::stop_service_deployment(tx, cx, input));
    }

    /// The ARN of a service deployment under way.
    fn some_deployment(&mut self, is_meant: impl Fn(&Service) -> bool) -> Option<String> {
        let state = self.plane.snapshot()?;
        let services = state.services().iter().filter(|service| is_meant(service));
        let open = services.filter_map(|service| service.service_deployment.as_ref());
        let open: Vec<_> = open.filter(|it| it.is_under_way()).collect();
        let it = self.dice.pick(&open)?;
        Some(self.plane.settings.home.service_deployment_arn(&it.cluster, &it.service, &it.id))
    }
}
