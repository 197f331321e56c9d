//! Gateways, which this control plane does not serve. The reference that we have does not list their
//! actions yet: they are asked on no resource, and the roles are handed over as everywhere.

use crate::{guarded, roles::Taker, subject::Subject};

guarded! {
    CreateGateway(input, call) {
        let tags = input.tags.as_deref();
        call.on(Subject::any().with_request_tags(tags));
        call.tags_on_creation(Subject::any(), tags);
        call.pass(input.infrastructure_role_arn.as_deref(), Taker::Ecs);
    }

    UpdateGateway(input, call) {
        call.on(Subject::any());
        call.pass(input.infrastructure_role_arn.as_deref(), Taker::Ecs);
    }

    AssociateGatewayWithCluster(_input, _call) {}

    DisassociateGatewayFromCluster(_input, _call) {}

    DeleteGateway(_input, _call) {}

    DescribeGateway(_input, _call) {}

    DescribeGatewayResources(_input, _call) {}

    DescribeGatewayRoute(_input, _call) {}

    ListGateways(_input, _call) {}

    ListGatewayClusterAssociations(_input, _call) {}

    ListGatewayRoutes(_input, _call) {}
}
