//! What every account has from the start: the roles that ECS's users expect, made once at the first
//! start. Whoever deletes them does not find them again.
//!
//! - `ecsTaskExecutionRole`: <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html>
//! - `ecsInstanceRole`: <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/instance_IAM_role.html>
//! - `AWSServiceRoleForECS`: <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using-service-linked-roles.html>

use model::iam::{Account, InstanceProfile, Permissions, Role};
use store::Tx;

use super::{account, entity::is_taken, ids};
use crate::{Cx, hosts::INSTANCE_ROLE};

/// A role as it is made.
struct Seed {
    name: &'static str,
    path: &'static str,
    description: &'static str,
    /// Who may assume it.
    service: &'static str,
    /// The managed policy that it has.
    policy: &'static str,
}

const ROLES: [Seed; 3] = [
    Seed {
        name: "ecsTaskExecutionRole",
        path: "/",
        description: "Lets agents pull images and send logs for tasks.",
        service: "ecs-tasks.amazonaws.com",
        policy: "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
    },
    Seed {
        name: INSTANCE_ROLE,
        path: "/",
        description: "Lets container instances register and run tasks.",
        service: "ec2.amazonaws.com",
        policy: "arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role",
    },
    Seed {
        name: "AWSServiceRoleForECS",
        path: "/aws-service-role/ecs.amazonaws.com/",
        description: "Role to enable Amazon ECS to manage your cluster.",
        service: "ecs.amazonaws.com",
        policy: "arn:aws:iam::aws:policy/aws-service-role/AmazonECSServiceRolePolicy",
    },
];

/// Makes them, if that was never done.
pub fn seed(tx: &mut Tx, cx: &mut Cx) {
    let account = account::get(tx, cx);
    if account.seeded_at.is_some() {
        return;
    }
    for seed in &ROLES {
        if !is_taken::<Role>(tx, seed.name) {
            let role = role(cx, seed);
            tx.put(role);
        }
    }
    if !is_taken::<InstanceProfile>(tx, INSTANCE_ROLE) {
        tx.put(InstanceProfile {
            name: INSTANCE_ROLE.into(),
            path: "/".into(),
            id: ids::unique_id(cx, "AIPA"),
            created_at: cx.now,
            role: Some(INSTANCE_ROLE.into()),
            tags: Vec::new(),
        });
    }
    tx.put(Account { seeded_at: Some(cx.now), ..account });
}

fn role(cx: &mut Cx, seed: &Seed) -> Role {
    let Seed { name, path, description, service, policy } = *seed;
    Role {
        name: name.into(),
        path: path.into(),
        id: ids::unique_id(cx, "AROA"),
        created_at: cx.now,
        trust_policy: format!(
            r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":{{"Service":"{service}"}},"Action":"sts:AssumeRole"}}]}}"#
        ),
        description: Some(description.into()),
        max_session_s: 3600,
        tags: Vec::new(),
        permissions: Permissions { attached: vec![policy.into()], ..Permissions::default() },
        last_used: None,
    }
}
