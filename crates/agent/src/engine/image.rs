//! Getting the image of a container.

use runtime::{ErrorKind, ImageInfo, Retry, RuntimeError};

use super::container::{Doing, What};
use super::context::Context;
use super::{Outcome, PullBehavior, Stage, Target, Task, Verb};

/// As often as a pull is tried, with growing pauses.
const PULL_ATTEMPTS: u32 = 5;

impl Task {
    /// The next step towards the image: look for it, or pull it.
    pub(super) fn get_image(&mut self, index: usize, cx: &mut Context<'_>) {
        let reference = self.body.containers[index].image.clone();
        let always = cx.settings.pull_behavior == PullBehavior::Always;
        let container = &mut self.containers[index];
        let (what, verb) = if always || container.checked {
            self.pull_started_at.get_or_insert(cx.now);
            (What::Pull, Verb::Pull(reference))
        } else {
            (What::Check, Verb::ImagePresent(reference))
        };
        let target = Target::Container { task: self.arn.clone(), index };
        container.doing = Some(Doing { call: cx.out.call(target, verb), what });
    }

    /// The image was looked for.
    pub(super) fn checked(&mut self, index: usize, outcome: Outcome, cx: &mut Context<'_>) {
        let reference = &self.body.containers[index].image;
        let container = &mut self.containers[index];
        match outcome {
            Outcome::Image(Some(image)) => {
                let pinned = reference.contains("@sha256:");
                let enough = match cx.settings.pull_behavior {
                    PullBehavior::PreferCached => true,
                    PullBehavior::Once => cx.pulled.contains(reference),
                    PullBehavior::Default | PullBehavior::Always => pinned,
                };
                let local_only = image.repo_digests.is_empty();
                if enough || local_only {
                    self.has_image(index, &image);
                } else {
                    container.cached = Some(image);
                    container.checked = true;
                }
            }
            Outcome::Failed(_) => container.retry(cx.now),
            _ => container.checked = true,
        }
    }

    /// The image was pulled, or not.
    pub(super) fn pulled(&mut self, index: usize, outcome: Outcome, cx: &mut Context<'_>) {
        self.pull_stopped_at = Some(cx.now);
        let container = &mut self.containers[index];
        match outcome {
            Outcome::Pulled(image) => {
                let reference = &self.body.containers[index].image;
                let remember = cx.settings.pull_behavior == PullBehavior::Once;
                if remember && cx.pulled.insert(reference.clone()) {
                    cx.out.push(super::Effect::SaveInstance);
                }
                self.has_image(index, &image);
            }
            Outcome::Failed(error) => {
                let falls_back = cx.settings.pull_behavior == PullBehavior::Default;
                if let Some(image) = container.cached.take().filter(|_| falls_back) {
                    tracing::info!(task = self.arn, %error, "the cached image is used");
                    self.has_image(index, &image);
                } else if worth_another_try(&error, container.attempts) {
                    container.retry(cx.now);
                } else {
                    self.stop_unstarted(index, None, Some(error.to_string()));
                }
            }
            _ => {}
        }
    }

    fn has_image(&mut self, index: usize, image: &ImageInfo) {
        let container = &mut self.containers[index];
        container.settle();
        container.cached = None;
        container.image_digest.clone_from(&image.digest);
        container.image_env.clone_from(&image.env);
        container.stage = container.stage.max(Stage::Pulled);
    }
}

fn worth_another_try(error: &RuntimeError, attempts: u32) -> bool {
    error.kind == ErrorKind::EngineUnreachable
        || error.retry == Retry::Later && attempts + 1 < PULL_ATTEMPTS
}
