"""An agent that runs nothing: it registers, keeps the ACS session of Amazon's agent open, and reports what
a check tells it. With it a control plane without any container engine places and follows tasks."""

import base64
import json
import os
import socket
import struct
import threading
from urllib.parse import quote, urlencode, urlsplit

import boto3
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest

from suite import REGION, becomes, ecs

TEXT, CLOSE = 1, 8


def resources(cpu=1024, memory=1024, ports=("22",)):
    """totalResources as Amazon's agent sends them."""
    return [
        {"name": "CPU", "type": "INTEGER", "integerValue": cpu},
        {"name": "MEMORY", "type": "INTEGER", "integerValue": memory},
        {"name": "PORTS", "type": "STRINGSET", "stringSetValue": list(ports)},
        {"name": "PORTS_UDP", "type": "STRINGSET", "stringSetValue": []},
    ]


CAPABILITIES = [
    "com.amazonaws.ecs.capability.docker-remote-api.1.%d" % n for n in (17, 18, 19, 21, 24, 25, 29)
] + [
    "com.amazonaws.ecs.capability.logging-driver.json-file",
    "com.amazonaws.ecs.capability.privileged-container",
    "ecs.capability.container-health-check",
    "ecs.capability.container-ordering",
    "ecs.capability.container-restart-policy",
    "ecs.capability.full-sync",
    "ecs.capability.task-cpu-mem-limit",
]


def attributes(**values):
    own = {"ecs.os-type": "linux", "ecs.cpu-architecture": "x86_64", **values}
    return [{"name": c} for c in CAPABILITIES] + [{"name": k, "value": v} for k, v in own.items()]


class Agent:
    """A container instance; its ARN is `arn`."""

    def __init__(self, cluster, connect=True, custom=(), **sizes):
        self.cluster, self.payloads, self.manifests = cluster, [], 0
        own = attributes() + [{"name": k, "value": v} for k, v in dict(custom).items()]
        self.instance = ecs.register_container_instance(
            cluster=cluster, totalResources=resources(**sizes), attributes=own,
            versionInfo={"agentVersion": "1.105.1", "agentHash": "54d3e56b", "dockerVersion": "DockerVersion: 20.10.24"},
        )["containerInstance"]
        self.arn = self.instance["containerInstanceArn"]
        self.arrived = threading.Condition()
        if connect:
            self.connect()

    def connect(self):
        found = ecs.discover_poll_endpoint(cluster=self.cluster, containerInstance=self.arn)
        query = urlencode(sorted({
            "agentHash": "54d3e56b", "agentVersion": "1.105.1", "clusterArn": self.cluster,
            "containerInstanceArn": self.arn, "dockerVersion": "DockerVersion: 20.10.24",
            "protocolVersion": "2", "sendCredentials": "true", "seqNum": "1",
        }.items()), quote_via=quote, safe="")
        url = found["endpoint"].rstrip("/") + "/ws?" + query
        self.socket = upgrade(url)
        threading.Thread(target=self.read, daemon=True).start()
        self.until_connected(True)

    def disconnect(self):
        self.socket.shutdown(socket.SHUT_RDWR)
        self.until_connected(False)

    def until_connected(self, connected):
        """The control plane notes a session a moment after it is open."""
        def look():
            found = ecs.describe_container_instances(cluster=self.cluster, containerInstances=[self.arn])
            return found["containerInstances"][0]["agentConnected"] == connected
        becomes(f"agentConnected is {connected}", look)

    def read(self):
        try:
            while True:
                kind, data = read_frame(self.socket)
                if kind == CLOSE:
                    return
                if kind == TEXT:
                    self.take(json.loads(data))
        except (ConnectionError, OSError):
            return

    def take(self, envelope):
        kind, message = envelope["type"], envelope["message"]
        acknowledged = {"messageId": message.get("messageId")}
        if kind == "HeartbeatMessage":
            self.send("HeartbeatAckRequest", acknowledged)
        elif kind in ("PayloadMessage", "TaskManifestMessage"):
            acknowledged.update(cluster=message["clusterArn"], containerInstance=message["containerInstanceArn"])
            self.send("AckRequest", acknowledged)
        with self.arrived:
            if kind == "PayloadMessage":
                self.payloads.extend(message["tasks"])
            self.manifests += kind == "TaskManifestMessage"
            self.arrived.notify_all()

    def send(self, kind, message):
        write_frame(self.socket, json.dumps({"type": kind, "message": message}).encode())

    def payload(self, task, desired="RUNNING"):
        """The task as the control plane sent it, which may be a moment from now."""
        def find():
            return next((t for t in self.payloads if t["arn"] == task and t["desiredStatus"] == desired), None)
        with self.arrived:
            if not self.arrived.wait_for(find, timeout=10):
                raise AssertionError(f"no payload with {task} {desired} came")
            return find()

    def report(self, task, status, containers=None, **members):
        """SubmitTaskStateChange."""
        containers = [{"containerName": "app", "status": status}] if containers is None else containers
        return ecs.submit_task_state_change(
            cluster=self.cluster, task=task, status=status, containers=containers, **members)

    def runs(self, task):
        self.payload(task)
        binding = {"bindIP": "0.0.0.0", "containerPort": 8080, "hostPort": 32768, "protocol": "tcp"}
        self.report(task, "RUNNING", [{
            "containerName": "app", "status": "RUNNING", "runtimeId": "0" * 64, "networkBindings": [binding],
        }])

    def stops(self, task, code=0):
        self.report(task, "STOPPED", [{"containerName": "app", "status": "STOPPED", "exitCode": code}])


# RFC 6455, as little of it as this needs


def upgrade(url):
    parts = urlsplit(url)
    request = AWSRequest("GET", url.replace("wss:", "https:").replace("ws:", "http:"))
    SigV4Auth(boto3.Session().get_credentials(), "ecs", REGION).add_auth(request)
    headers = dict(request.headers.items()) | {
        "Host": parts.netloc, "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
    }
    connection = socket.create_connection((parts.hostname, parts.port or 80), timeout=120)
    lines = [f"GET {parts.path}?{parts.query} HTTP/1.1"] + [f"{k}: {v}" for k, v in headers.items()]
    connection.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
    head = b""
    while b"\r\n\r\n" not in head:
        # One byte at a time: what follows the head belongs to the first frame.
        byte = connection.recv(1)
        if not byte:
            break
        head += byte
    if not head.startswith(b"HTTP/1.1 101"):
        raise ConnectionError(f"the upgrade was answered with {head!r}")
    return connection


def read_exactly(connection, size):
    data = b""
    while len(data) < size:
        more = connection.recv(size - len(data))
        if not more:
            raise ConnectionError("closed")
        data += more
    return data


def read_frame(connection):
    first, second = read_exactly(connection, 2)
    size = second & 0x7F
    if size == 126:
        size, = struct.unpack("!H", read_exactly(connection, 2))
    elif size == 127:
        size, = struct.unpack("!Q", read_exactly(connection, 8))
    return first & 0x0F, read_exactly(connection, size)


def write_frame(connection, data):
    mask = os.urandom(4)
    size = len(data)
    head = bytes([0x80 | TEXT]) + (bytes([0x80 | size]) if size < 126 else bytes([0x80 | 126]) + struct.pack("!H", size))
    connection.sendall(head + mask + bytes(b ^ mask[i % 4] for i, b in enumerate(data)))
