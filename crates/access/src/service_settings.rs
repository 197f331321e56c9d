//! The settings that CreateService and UpdateService share, as condition keys and handed-over roles.

use model::Service;
use wire::ecs;

use crate::{Call, call::Definition, clusters::strategy, keys, roles::Taker, subject::Subject};

/// The members of either request. What is `None` is left out, or left as it is.
#[derive(Default)]
pub(crate) struct Settings<'a> {
    task_definition: Option<&'a str>,
    providers: Option<&'a [ecs::CapacityProviderStrategyItem]>,
    network: Option<&'a ecs::AwsVpcConfiguration>,
    connect: Option<&'a ecs::ServiceConnectConfiguration>,
    lattice: Option<&'a [ecs::VpcLatticeConfiguration]>,
    volumes: Option<&'a [ecs::ServiceVolumeConfiguration]>,
    load_balancers: &'a [ecs::LoadBalancer],
    hooks: &'a [ecs::DeploymentLifecycleHook],
    propagate_tags: Option<&'static str>,
    has_managed_tags: Option<bool>,
    has_execute_command: Option<bool>,
    has_connect: Option<bool>,
    has_lattice: Option<bool>,
    has_ebs: Option<bool>,
}

impl<'a> Settings<'a> {
    /// Of a new service: what is left out has its default.
    pub fn of_create(input: &'a ecs::CreateServiceRequest) -> Self {
        let settings = Settings {
            task_definition: input.task_definition.as_deref(),
            providers: input.capacity_provider_strategy.as_deref(),
            network: network(input.network_configuration.as_ref()),
            connect: input.service_connect_configuration.as_ref(),
            lattice: input.vpc_lattice_configurations.as_deref(),
            volumes: input.volume_configurations.as_deref(),
            load_balancers: input.load_balancers.as_deref().unwrap_or_default(),
            hooks: hooks(input.deployment_configuration.as_ref()),
            propagate_tags: Some(input.propagate_tags.unwrap_or(ecs::PropagateTags::None).as_str()),
            has_managed_tags: Some(input.enable_ecs_managed_tags.unwrap_or_default()),
            has_execute_command: Some(input.enable_execute_command.unwrap_or_default()),
            ..Settings::default()
        }
        .with_flags();
        Settings {
            has_connect: settings.has_connect.or(Some(false)),
            has_lattice: settings.has_lattice.or(Some(false)),
            has_ebs: settings.has_ebs.or(Some(false)),
            ..settings
        }
    }

    /// Of a change: what is left out stays as it is, so that a policy on what a service may do speaks
    /// of every change of it.
    pub fn of_update(input: &'a ecs::UpdateServiceRequest, present: Option<&'a Service>) -> Self {
        Settings {
            task_definition: input.task_definition.as_deref(),
            providers: input.capacity_provider_strategy.as_deref(),
            network: network(input.network_configuration.as_ref()),
            connect: input.service_connect_configuration.as_ref(),
            lattice: input.vpc_lattice_configurations.as_deref(),
            volumes: input.volume_configurations.as_deref(),
            load_balancers: input.load_balancers.as_deref().unwrap_or_default(),
            hooks: hooks(input.deployment_configuration.as_ref()),
            propagate_tags: input
                .propagate_tags
                .map(ecs::PropagateTags::as_str)
                .or_else(|| Some(present?.propagate_tags.as_str())),
            has_managed_tags: input
                .enable_ecs_managed_tags
                .or_else(|| Some(present?.enable_ecs_managed_tags)),
            has_execute_command: input
                .enable_execute_command
                .or_else(|| Some(present?.enable_execute_command)),
            ..Settings::default()
        }
        .with_flags()
    }

    fn with_flags(self) -> Self {
        Settings {
            has_connect: self.connect.map(|it| it.enabled.unwrap_or_default()),
            has_lattice: self.lattice.map(|it| !it.is_empty()),
            has_ebs: self.volumes.map(|it| it.iter().any(|it| it.managed_ebs_volume.is_some())),
            ..self
        }
    }

    /// The task definition, where one is named.
    pub fn definition<'c>(&self, call: &Call<'c>) -> Option<Definition<'c>> {
        self.task_definition.map(|text| call.task_definition(Some(text)))
    }

    /// Adds the keys of the settings. The size is that of the task definition.
    pub fn describe(
        &self,
        call: &Call<'_>,
        definition: Option<&Definition<'_>>,
        service: Subject,
    ) -> Subject {
        let found = definition.and_then(|it| it.found);
        let providers = call.capacity_provider_arns(strategy(self.providers));
        let subnets = self.network.and_then(|it| it.subnets.as_deref()).unwrap_or_default();
        let has_public_ip =
            self.network.map(|it| it.assign_public_ip == Some(ecs::AssignPublicIp::Enabled));
        service
            .with_some(keys::TASK_DEFINITION, definition.and_then(|it| it.arn.clone()))
            .with_size(found.and_then(|it| it.cpu_units), found.and_then(|it| it.memory_mib))
            .with_all(keys::CAPACITY_PROVIDER, providers)
            .with_all(keys::SUBNET, subnets)
            .with_flag(keys::AUTO_ASSIGN_PUBLIC_IP, has_public_ip)
            .with_some(keys::NAMESPACE, self.connect.and_then(|it| it.namespace.as_deref()))
            .with_some(keys::PROPAGATE_TAGS, self.propagate_tags)
            .with_flag(keys::ENABLE_ECS_MANAGED_TAGS, self.has_managed_tags)
            .with_flag(keys::ENABLE_EXECUTE_COMMAND, self.has_execute_command)
            .with_flag(keys::ENABLE_SERVICE_CONNECT, self.has_connect)
            .with_flag(keys::ENABLE_VPC_LATTICE, self.has_lattice)
            .with_flag(keys::ENABLE_EBS_VOLUMES, self.has_ebs)
    }

    /// The roles that ECS itself is to work with: of hooks, load balancers, volumes, VPC Lattice and
    /// the certificates of Service Connect.
    pub fn pass_roles(&self, call: &mut Call<'_>) {
        for hook in self.hooks {
            call.pass(hook.role_arn.as_deref(), Taker::Ecs);
        }
        for balancer in self.load_balancers {
            let advanced = balancer.advanced_configuration.as_ref();
            call.pass(advanced.and_then(|it| it.role_arn.as_deref()), Taker::Ecs);
        }
        for volume in self.volumes.unwrap_or_default() {
            let volume = volume.managed_ebs_volume.as_ref();
            call.pass(volume.and_then(|it| it.role_arn.as_deref()), Taker::Ecs);
        }
        for lattice in self.lattice.unwrap_or_default() {
            call.pass(lattice.role_arn.as_deref(), Taker::Ecs);
        }
        for service in self.connect.and_then(|it| it.services.as_deref()).unwrap_or_default() {
            let role = service.tls.as_ref().and_then(|tls| tls.role_arn.as_deref());
            call.pass(role, Taker::Ecs);
        }
    }
}

fn network(configuration: Option<&ecs::NetworkConfiguration>) -> Option<&ecs::AwsVpcConfiguration> {
    configuration?.awsvpc_configuration.as_ref()
}

fn hooks(configuration: Option<&ecs::DeploymentConfiguration>) -> &[ecs::DeploymentLifecycleHook] {
    configuration.and_then(|it| it.lifecycle_hooks.as_deref()).unwrap_or_default()
}
