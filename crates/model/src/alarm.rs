//! Alarms: what an alarm source, such as CloudWatch, says. Services name those that give their
//! deployments up.
//! <https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricAlarm.html>

use alloc::string::String;
use serde::{Deserialize, Serialize};

use crate::{AlarmState, Timestamp};

/// An alarm and its newest state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alarm {
    /// Its name, 1 to 255 characters.
    pub name: String,
    /// Its state.
    pub state: AlarmState,
    /// Why it is in this state, as its source says; may be empty.
    pub reason: String,
    /// When it came to this state.
    pub updated_at: Timestamp,
}
