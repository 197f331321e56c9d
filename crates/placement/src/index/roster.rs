//! The cluster as the index keeps it: a slot for each container instance, and a log of the slots
//! that changed.

use alloc::{
    borrow::Cow,
    collections::{BTreeMap, VecDeque},
    string::String,
    sync::Arc,
    vec::Vec,
};
use arn::InstanceId;
use model::{ContainerInstance, Resources, Task, TaskStatus, Timestamp, Usage};
use query::InstanceView;

use super::tenants::{Numbers, Tenants};
use crate::{BinpackField, ClusterView, PeerCount, Peers, Placement};

/// A container instance and what its tasks amount to.
///
/// In a large cluster the time of a placement is the time of waiting for memory, so what each one
/// reads stands together, in three cache lines that follow each other.
#[repr(C, align(64))]
pub(super) struct Slot {
    /// Of a vacant slot it means nothing.
    pub(super) id: InstanceId,
    /// Grows when `instance` changes, and never comes again.
    pub(super) version: u64,
    registered_cpu_units: i64,
    registered_memory_mib: i64,
    pub(super) usage: Usage,
    tenants: Tenants,
    /// `None` once it is forgotten while tasks are left.
    pub(super) instance: Option<Arc<ContainerInstance>>,
}

const _: () = assert!(size_of::<Slot>() == 192, "a slot fills three cache lines");

/// All slots.
#[derive(Default)]
pub(super) struct Roster {
    pub(super) slots: Vec<Slot>,
    by_id: BTreeMap<InstanceId, u32>,
    /// The instance that was chosen last is the next to change, as a rule.
    recent: Option<(InstanceId, u32)>,
    vacant: Vec<u32>,
    versions: u64,
    peers: Numbers<Peers>,
    groups: Numbers<String>,
    /// Slots in the order of their changes; the first has the number `log_start`.
    log: VecDeque<u32>,
    log_start: u64,
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
    /// How many slots there are.
    pub(super) fn len(&self) -> usize {
        self.slots.len()
    }

    pub(super) fn set_instance(&mut self, instance: Arc<ContainerInstance>) {
        self.versions += 1;
        let version = self.versions;
        let slot = self.slot(instance.id);
        slot.version = version;
        slot.registered_cpu_units = instance.registered.cpu_units;
        slot.registered_memory_mib = instance.registered.memory_mib;
        slot.instance = Some(instance);
    }

    pub(super) fn remove_instance(&mut self, id: InstanceId) {
        if self.number(id).is_some() {
            self.slot(id).instance = None;
            self.vacate(id);
        }
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

    /// The slot of an instance, made if there is none, and noted as changed.
    fn slot(&mut self, id: InstanceId) -> &mut Slot {
        let number = self.number(id).unwrap_or_else(|| self.occupy(id));
        self.log.push_back(number);
        // Who is further behind looks at every slot anyway, see `changed_since`.
        let surplus = self.log.len().saturating_sub(self.slots.len());
        if surplus > self.slots.len() + 64 {
            self.log.drain(..surplus);
            self.log_start += surplus as u64;
        }
        &mut self.slots[number as usize]
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
        }
        self.slots[number as usize].id = id;
        self.by_id.insert(id, number);
        number
    }

    fn add(&mut self, id: InstanceId, share: &Share<'_>) {
        let (peers, group) = (self.peers.hold(&*share.peers), self.groups.hold(share.group));
        let slot = self.slot(id);
        slot.usage.held.add(share.reserved);
        let running = u32::from(share.is_running);
        slot.usage.running_count += running;
        slot.usage.pending_count += 1 - running;
        slot.tenants.add(peers, group, share.count());
    }

    fn take(&mut self, id: InstanceId, share: &Share<'_>) {
        let (peers, group) = (self.peers.find(&*share.peers), self.groups.find(share.group));
        let (Some(peers), Some(group)) = (peers, group) else { return };
        let slot = self.slot(id);
        slot.usage.held.subtract(share.reserved);
        let running = u32::from(share.is_running);
        slot.usage.running_count = slot.usage.running_count.saturating_sub(running);
        slot.usage.pending_count = slot.usage.pending_count.saturating_sub(1 - running);
        slot.tenants.take(peers, group, share.count());
        self.peers.release(peers);
        self.groups.release(group);
        self.vacate(id);
    }

    /// Gives up the slot of an instance that is forgotten and has no task left.
    fn vacate(&mut self, id: InstanceId) {
        let Some(number) = self.number(id) else { return };
        let slot = &mut self.slots[number as usize];
        if slot.instance.is_none() && slot.tenants.is_empty() {
            *slot = Slot::vacant();
            self.recent = None;
            self.by_id.remove(&id);
            self.vacant.push(number);
        }
    }

    /// The number that the next change will have.
    pub(super) fn log_end(&self) -> u64 {
        self.log_start + self.log.len() as u64
    }

    /// The slots that changed since `seen`; `None` when looking at all of them is no more work.
    pub(super) fn changed_since(&self, seen: u64) -> Option<impl Iterator<Item = u32>> {
        let skip = seen.checked_sub(self.log_start)?;
        let count = self.log_end() - seen;
        let few = count <= self.slots.len() as u64;
        few.then(|| self.log.iter().skip(skip as usize).copied())
    }

    fn find(&self, id: InstanceId) -> Option<&Slot> {
        self.number(id).map(|number| &self.slots[number as usize])
    }

    /// The number that these peers have in slots, if they have any task.
    pub(super) fn peers_number(&self, peers: &Peers) -> Option<u32> {
        self.peers.find(peers)
    }
}

impl Slot {
    fn vacant() -> Self {
        Slot {
            id: InstanceId(0),
            version: 0,
            registered_cpu_units: 0,
            registered_memory_mib: 0,
            usage: Usage::default(),
            tenants: Tenants::default(),
            instance: None,
        }
    }

    /// How much of a resource nothing holds.
    pub(super) fn free(&self, field: BinpackField) -> i64 {
        match field {
            BinpackField::Cpu => self.registered_cpu_units - self.usage.held.cpu_units,
            BinpackField::Memory => self.registered_memory_mib - self.usage.held.memory_mib,
        }
    }

    /// How many tasks of the peers of this number are here.
    pub(super) fn peers(&self, number: Option<u32>) -> PeerCount {
        let mut count = PeerCount::default();
        for tenant in self.tenants.iter().filter(|tenant| Some(tenant.peers) == number) {
            count.live += tenant.count.live;
            count.wanted += tenant.count.wanted;
        }
        count
    }
}

/// A slot with an instance, as an expression sees it.
pub(super) struct SlotView<'a> {
    pub(super) roster: &'a Roster,
    pub(super) slot: &'a Slot,
    pub(super) instance: &'a ContainerInstance,
}

impl InstanceView for SlotView<'_> {
    fn attribute(&self, name: &str) -> Option<&str> {
        self.instance.attribute(name)
    }

    fn agent_connected(&self) -> bool {
        self.instance.agent_connected
    }

    fn agent_version(&self) -> Option<&str> {
        self.instance.version_info.agent_version.as_deref()
    }

    fn ec2_instance_id(&self) -> Option<&str> {
        self.instance.ec2_instance_id.as_deref()
    }

    fn registered_at(&self) -> Timestamp {
        self.instance.registered_at
    }

    fn running_tasks_count(&self) -> u32 {
        self.slot.usage.running_count
    }

    fn hosts_group_where(&self, wanted: &mut dyn FnMut(&str) -> bool) -> bool {
        let groups = self.slot.tenants.iter().map(|tenant| tenant.group);
        groups.filter_map(|group| self.roster.groups.name(group)).any(|group| wanted(group))
    }

    fn hosts_group(&self, group: &str) -> bool {
        let number = self.roster.groups.find(group);
        number.is_some_and(|number| self.slot.tenants.iter().any(|t| t.group == number))
    }
}

impl Share<'_> {
    fn count(&self) -> PeerCount {
        PeerCount { live: 1, wanted: u32::from(self.is_wanted) }
    }
}

impl ClusterView for Roster {
    fn instances(&self) -> impl Iterator<Item = (&ContainerInstance, &Usage)> {
        self.slots.iter().filter_map(|slot| Some((&**slot.instance.as_ref()?, &slot.usage)))
    }

    fn instance(&self, id: InstanceId) -> Option<(&ContainerInstance, &Usage)> {
        let slot = self.find(id)?;
        Some((slot.instance.as_ref()?, &slot.usage))
    }

    fn peers(&self, instance: InstanceId, peers: &Peers) -> PeerCount {
        self.find(instance)
            .map_or_else(PeerCount::default, |slot| slot.peers(self.peers.find(peers)))
    }

    fn hosts_group_where(
        &self,
        instance: InstanceId,
        wanted: &mut dyn FnMut(&str) -> bool,
    ) -> bool {
        let groups = self.find(instance).into_iter().flat_map(|slot| slot.tenants.iter());
        groups.filter_map(|tenant| self.groups.name(tenant.group)).any(|group| wanted(group))
    }
}
