//! The cluster as the index keeps it: a slot for each container instance, and a log of the slots
//! that changed.

use alloc::{
    borrow::Cow,
    collections::{BTreeMap, VecDeque},
    sync::Arc,
    vec::Vec,
};
use arn::InstanceId;
use model::{ContainerInstance, Resources, Task, TaskStatus, Timestamp, Usage};
use query::InstanceView;

use super::tenants::{Kinds, Tenant};
use crate::{BinpackField, ClusterView, PeerCount, Peers, Placement, fit};

/// How many kinds of tasks a slot has room for itself.
const NEAR: usize = 2;

/// The numbers of a container instance that placements read and write.
///
/// In a large cluster the time of a placement is the time of waiting for memory, for each instance
/// is in a place of its own there; so these numbers fill one cache line, and what else there is to
/// know stands in [`Body`].
#[repr(C, align(64))]
pub(super) struct Slot {
    /// Of a vacant slot it means nothing.
    pub(super) id: InstanceId,
    /// What is registered less what tasks hold; also below 0.
    free_cpu_units: i64,
    free_memory_mib: i64,
    running_count: u32,
    /// How many more kinds of tasks stand in the body.
    far_count: u32,
    near: [Tenant; NEAR],
}

const _: () = assert!(size_of::<Slot>() == 64, "a slot fills one cache line");

/// What is seldom read of a container instance.
#[derive(Default)]
pub(super) struct Body {
    /// Grows when `instance` changes, and never comes again.
    pub(super) version: u64,
    /// `None` once it is forgotten while tasks are left.
    pub(super) instance: Option<Arc<ContainerInstance>>,
    /// The host ports and GPUs that tasks hold; of CPU and memory the slot has what is free.
    pub(super) named: Resources,
    far: Vec<Tenant>,
}

/// All slots.
#[derive(Default)]
pub(super) struct Roster {
    pub(super) slots: Vec<Slot>,
    /// By slot.
    pub(super) bodies: Vec<Body>,
    by_id: BTreeMap<InstanceId, u32>,
    /// The instance that was chosen last is the next to change, as a rule.
    recent: Option<(InstanceId, u32)>,
    vacant: Vec<u32>,
    /// The newest version.
    pub(super) versions: u64,
    pub(super) kinds: Kinds,
    /// Changes in their order; the first has the number `log_start`.
    log: VecDeque<Noted>,
    log_start: u64,
}

/// A slot that changed.
#[derive(Clone, Copy)]
pub(super) struct Noted {
    /// Which.
    pub(super) number: u32,
    /// Whether the instance itself changed, not only its tasks.
    pub(super) is_instance: bool,
}

/// A task's part in what its instance holds.
#[derive(PartialEq)]
struct Share<'a> {
    reserved: &'a Resources,
    is_running: bool,
    is_wanted: bool,
    peers: Cow<'a, Peers>,
    group: &'a str,
}

impl<'a> Share<'a> {
    fn of(task: &'a Task) -> Option<(InstanceId, Self)> {
        let id = task.container_instance.filter(|_| task.is_live())?;
        let share = Share {
            reserved: &task.reserved,
            is_running: task.last_status >= TaskStatus::Running,
            is_wanted: task.is_wanted(),
            peers: Cow::Owned(match &task.owner {
                Some(owner) => Peers::Service(owner.service_id),
                None => Peers::Group(task.group.clone()),
            }),
            group: &task.group,
        };
        Some((id, share))
    }

    fn planned(placement: &'a Placement, peers: &'a Peers, group: &'a str) -> Self {
        let peers = Cow::Borrowed(peers);
        Share { reserved: &placement.reserved, is_running: false, is_wanted: true, peers, group }
    }
}

impl Roster {
    pub(super) fn set_instance(&mut self, instance: Arc<ContainerInstance>) {
        let number = self.number_or_new(instance.id);
        self.change_instance(number, Some(instance));
    }

    pub(super) fn remove_instance(&mut self, id: InstanceId) {
        if let Some(number) = self.number(id) {
            self.change_instance(number, None);
            self.vacate(number);
        }
    }

    fn change_instance(&mut self, number: u32, instance: Option<Arc<ContainerInstance>>) {
        let registered = |instance: &Option<Arc<ContainerInstance>>| {
            let registered = instance.as_ref().map(|instance| &instance.registered);
            registered.map_or((0, 0), |all| (all.cpu_units, all.memory_mib))
        };
        let (slot, body) = (&mut self.slots[number as usize], &mut self.bodies[number as usize]);
        let (old, new) = (registered(&body.instance), registered(&instance));
        slot.free_cpu_units += new.0 - old.0;
        slot.free_memory_mib += new.1 - old.1;
        self.versions += 1;
        body.version = self.versions;
        body.instance = instance;
        self.note(Noted { number, is_instance: true });
    }

    pub(super) fn set_task(&mut self, before: Option<&Task>, after: Option<&Task>) {
        let (before, after) = (before.and_then(Share::of), after.and_then(Share::of));
        // Most reports about a task change nothing for its instance.
        if before == after {
            return;
        }
        if let Some((id, share)) = before {
            self.take(id, &share);
        }
        if let Some((id, share)) = after {
            self.add(id, &share);
        }
    }

    pub(super) fn plan(&mut self, placement: &Placement, peers: &Peers, group: &str) {
        self.add(placement.instance, &Share::planned(placement, peers, group));
    }

    pub(super) fn unplan(&mut self, placement: &Placement, peers: &Peers, group: &str) {
        self.take(placement.instance, &Share::planned(placement, peers, group));
    }

    /// Puts a change into the log.
    fn note(&mut self, noted: Noted) {
        self.log.push_back(noted);
        // Who is further behind looks at every slot anyway, see `changed_since`.
        let surplus = self.log.len().saturating_sub(self.slots.len());
        if surplus > self.slots.len() + 64 {
            self.log.drain(..surplus);
            self.log_start += surplus as u64;
        }
    }

    fn number_or_new(&mut self, id: InstanceId) -> u32 {
        self.number(id).unwrap_or_else(|| self.occupy(id))
    }

    fn number(&self, id: InstanceId) -> Option<u32> {
        match self.recent {
            Some((recent, number)) if recent == id => Some(number),
            _ => self.by_id.get(&id).copied(),
        }
    }

    /// Remembers which instance was chosen.
    pub(super) fn note_chosen(&mut self, id: InstanceId, number: u32) {
        self.recent = Some((id, number));
    }

    fn occupy(&mut self, id: InstanceId) -> u32 {
        let number = self.vacant.pop().unwrap_or(self.slots.len() as u32);
        if number as usize == self.slots.len() {
            self.slots.push(Slot::vacant());
            self.bodies.push(Body::default());
        }
        self.slots[number as usize].id = id;
        self.by_id.insert(id, number);
        number
    }

    fn add(&mut self, id: InstanceId, share: &Share<'_>) {
        let kind = self.kinds.hold(&share.peers, share.group);
        let number = self.number_or_new(id);
        let (slot, body) = (&mut self.slots[number as usize], &mut self.bodies[number as usize]);
        slot.free_cpu_units -= share.reserved.cpu_units;
        slot.free_memory_mib -= share.reserved.memory_mib;
        slot.running_count += u32::from(share.is_running);
        if !share.reserved.is_plain() {
            body.named.add(&share.reserved.named());
        }
        let count = &mut slot.tenant(body, kind).count;
        count.live += 1;
        count.wanted += u32::from(share.is_wanted);
        self.note(Noted { number, is_instance: false });
    }

    fn take(&mut self, id: InstanceId, share: &Share<'_>) {
        let kind = self.kinds.find(&share.peers, share.group);
        let (Some(kind), Some(number)) = (kind, self.number(id)) else { return };
        let (slot, body) = (&mut self.slots[number as usize], &mut self.bodies[number as usize]);
        slot.free_cpu_units += share.reserved.cpu_units;
        slot.free_memory_mib += share.reserved.memory_mib;
        slot.running_count = slot.running_count.saturating_sub(u32::from(share.is_running));
        if !share.reserved.is_plain() {
            body.named.subtract(&share.reserved.named());
        }
        let count = &mut slot.tenant(body, kind).count;
        count.live = count.live.saturating_sub(1);
        count.wanted = count.wanted.saturating_sub(u32::from(share.is_wanted));
        slot.tidy(body);
        self.kinds.release(kind);
        self.note(Noted { number, is_instance: false });
        self.vacate(number);
    }

    /// Gives up the slot of an instance that is forgotten and has no task left.
    fn vacate(&mut self, number: u32) {
        if self.tenants(number).next().is_some() || self.bodies[number as usize].instance.is_some()
        {
            return;
        }
        let slot = core::mem::replace(&mut self.slots[number as usize], Slot::vacant());
        let body = &mut self.bodies[number as usize];
        *body = Body { version: body.version, ..Body::default() };
        self.recent = None;
        self.by_id.remove(&slot.id);
        self.vacant.push(number);
    }

    /// The tasks on an instance, by kind.
    fn tenants(&self, number: u32) -> impl Iterator<Item = &Tenant> {
        let slot = &self.slots[number as usize];
        // The body is another cache line.
        let far = if slot.far_count > 0 { &self.bodies[number as usize].far[..] } else { &[] };
        slot.near.iter().chain(far).filter(|tenant| !tenant.is_free())
    }

    /// How many tasks of these kinds are on an instance.
    pub(super) fn count(&self, number: u32, kinds: &[u32]) -> PeerCount {
        let mut count = PeerCount::default();
        for tenant in self.tenants(number).filter(|tenant| kinds.contains(&tenant.kind)) {
            count.live += tenant.count.live;
            count.wanted += tenant.count.wanted;
        }
        count
    }

    /// Whether the host ports and GPUs that a task needs are there and free.
    pub(super) fn has_named(&self, number: u32, needs: &Resources) -> bool {
        let body = &self.bodies[number as usize];
        let registered = body.instance.as_ref().map(|instance| &instance.registered);
        registered.is_some_and(|registered| fit::named(needs, registered, &body.named).is_none())
    }

    /// The instance of a slot; `None` once it is forgotten.
    pub(super) fn instance_of(&self, number: u32) -> Option<&ContainerInstance> {
        self.bodies[number as usize].instance.as_deref()
    }

    /// An instance and what its tasks hold; `None` once it is forgotten.
    pub(super) fn entry(&self, number: u32) -> Option<(&ContainerInstance, Usage)> {
        let (slot, body) = (&self.slots[number as usize], &self.bodies[number as usize]);
        let instance = body.instance.as_deref()?;
        let held = Resources {
            cpu_units: instance.registered.cpu_units - slot.free_cpu_units,
            memory_mib: instance.registered.memory_mib - slot.free_memory_mib,
            ..body.named.clone()
        };
        let live_count: u32 = self.tenants(number).map(|tenant| tenant.count.live).sum();
        let running_count = slot.running_count;
        Some((instance, Usage { held, pending_count: live_count - running_count, running_count }))
    }

    /// The number that the next change will have.
    pub(super) fn log_end(&self) -> u64 {
        self.log_start + self.log.len() as u64
    }

    /// What changed since `seen`; `None` when looking at all slots is no more work.
    pub(super) fn changed_since(&self, seen: u64) -> Option<impl Iterator<Item = Noted>> {
        let skip = seen.checked_sub(self.log_start)?;
        let count = self.log_end() - seen;
        let few = count <= self.slots.len() as u64;
        few.then(|| self.log.iter().skip(skip as usize).copied())
    }
}

impl Slot {
    fn vacant() -> Self {
        Slot {
            id: InstanceId(0),
            free_cpu_units: 0,
            free_memory_mib: 0,
            running_count: 0,
            far_count: 0,
            near: Default::default(),
        }
    }

    /// How much of a resource nothing holds.
    pub(super) fn free(&self, field: BinpackField) -> i64 {
        match field {
            BinpackField::Cpu => self.free_cpu_units,
            BinpackField::Memory => self.free_memory_mib,
        }
    }

    /// The place of a kind, made if there is none.
    fn tenant<'a>(&'a mut self, body: &'a mut Body, kind: u32) -> &'a mut Tenant {
        let find = |tenants: &[Tenant]| tenants.iter().position(|tenant| tenant.is(kind));
        if let Some(at) = find(&self.near) {
            return &mut self.near[at];
        }
        if self.far_count > 0
            && let Some(at) = find(&body.far)
        {
            return &mut body.far[at];
        }
        let new = Tenant { kind, count: PeerCount::default() };
        if let Some(at) = self.near.iter().position(Tenant::is_free) {
            self.near[at] = new;
            return &mut self.near[at];
        }
        self.far_count += 1;
        body.far.push_mut(new)
    }

    /// Forgets far kinds that have no task left.
    fn tidy(&mut self, body: &mut Body) {
        if self.far_count > 0 {
            body.far.retain(|tenant| !tenant.is_free());
            self.far_count = body.far.len() as u32;
        }
    }
}

/// A slot with an instance, as an expression sees it.
pub(super) struct SlotView<'a> {
    pub(super) roster: &'a Roster,
    pub(super) number: u32,
}

impl SlotView<'_> {
    fn instance(&self) -> &ContainerInstance {
        let instance = self.roster.bodies[self.number as usize].instance.as_ref();
        instance.expect("invariant: only slots with an instance are asked")
    }
}

impl InstanceView for SlotView<'_> {
    fn attribute(&self, name: &str) -> Option<&str> {
        self.instance().attribute(name)
    }

    fn agent_connected(&self) -> bool {
        self.instance().agent_connected
    }

    fn agent_version(&self) -> Option<&str> {
        self.instance().version_info.agent_version.as_deref()
    }

    fn ec2_instance_id(&self) -> Option<&str> {
        self.instance().ec2_instance_id.as_deref()
    }

    fn registered_at(&self) -> Timestamp {
        self.instance().registered_at
    }

    fn running_tasks_count(&self) -> u32 {
        self.roster.slots[self.number as usize].running_count
    }

    fn hosts_group_where(&self, wanted: &mut dyn FnMut(&str) -> bool) -> bool {
        let kinds = self.roster.tenants(self.number).map(|tenant| tenant.kind);
        kinds.filter_map(|kind| self.roster.kinds.group(kind)).any(wanted)
    }
}

impl ClusterView for Roster {
    fn instances(&self) -> impl Iterator<Item = (&ContainerInstance, Cow<'_, Usage>)> {
        let entries = (0..self.slots.len() as u32).filter_map(|number| self.entry(number));
        entries.map(|(instance, usage)| (instance, Cow::Owned(usage)))
    }

    fn instance(&self, id: InstanceId) -> Option<(&ContainerInstance, Cow<'_, Usage>)> {
        let (instance, usage) = self.entry(self.number(id)?)?;
        Some((instance, Cow::Owned(usage)))
    }

    fn peers(&self, instance: InstanceId, peers: &Peers) -> PeerCount {
        let count = |number| self.count(number, self.kinds.of(peers));
        self.number(instance).map_or_else(PeerCount::default, count)
    }

    fn hosts_group_where(
        &self,
        instance: InstanceId,
        wanted: &mut dyn FnMut(&str) -> bool,
    ) -> bool {
        let number = self.number(instance);
        number.is_some_and(|number| SlotView { roster: self, number }.hosts_group_where(wanted))
    }
}
