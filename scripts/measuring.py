"""What scripts/measure uses: a control plane of our own, and Docker Engine asked over its socket."""

import concurrent.futures
import contextlib
import dataclasses
import http.client
import json
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse

import boto3

ROOT = pathlib.Path(__file__).resolve().parent.parent
LONGSHORE = ROOT / "target" / "release" / "longshore"
ADDRESS = "127.0.0.1:6457"
URL = f"http://{ADDRESS}"
DOCKER_SOCKET = "/var/run/docker.sock"
LOOK_EVERY_S = 0.01


class DockerSocket(http.client.HTTPConnection):
    """An HTTP connection over Docker's socket."""

    def __init__(self):
        super().__init__("docker")

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(DOCKER_SOCKET)


def engine(method, path, body=None, **query):
    """One call of the Docker Engine API; its answer."""
    link = DockerSocket()
    query = {k: json.dumps(v) if isinstance(v, dict) else v for k, v in query.items()}
    text = None if body is None else json.dumps(body)
    headers = {"Content-Type": "application/json"}
    link.request(method, f"{path}?{urllib.parse.urlencode(query)}", text, headers)
    answer = link.getresponse()
    said = answer.read()
    link.close()
    if answer.status >= 400:
        sys.exit(f"docker: {method} {path}: {said.decode()}")
    return json.loads(said) if said else None


def last_start(label, count, since, until):
    """The instant at which Docker started the last of the `count` containers with this label."""
    link = DockerSocket()
    filters = json.dumps({"event": ["start"], "label": [label]})
    query = urllib.parse.urlencode({"since": f"{since:.6f}", "until": f"{until:.6f}", "filters": filters})
    link.request("GET", f"/events?{query}")
    lines = link.getresponse().read().decode().splitlines()
    link.close()
    starts = sorted(json.loads(line)["timeNano"] / 1e9 for line in lines)
    if len(starts) < count:
        sys.exit(f"{len(starts)} containers with {label} were started, not {count}")
    return starts[count - 1]


def four_at_a_time(commands):
    """Runs commands, four of them side by side."""

    def run(command):
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        list(pool.map(run, commands))


def until(true):
    """Waits until `true()` is."""
    while not true():
        time.sleep(LOOK_EVERY_S)


@dataclasses.dataclass
class Up:
    """A control plane with three container instances on this engine."""

    process: subprocess.Popen
    ecs: object
    data: str

    def steady(self, service):
        """Waits for the end of a service's rollout by its events: a call of boto3 every few
        milliseconds would take a third of a core from those who start the containers."""
        watch = [LONGSHORE, "rollout", "watch", service, "--json", "--endpoint", URL, "--data", self.data]
        subprocess.run(watch, check=True, stdout=subprocess.DEVNULL)


@contextlib.contextmanager
def longshore_up():
    """An `Up`, for as long as it is needed."""
    data = tempfile.mkdtemp(prefix="longshore-measure-")
    up = subprocess.Popen(
        [LONGSHORE, "up", "--instances", "3", "--zones", "a,b,c", "--settle", "0s",
         "--data", data, "--listen", ADDRESS],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )
    instances = []
    try:
        if not up.stdout.readline().startswith("ready"):
            sys.exit("longshore did not come up")
        keys = json.loads(pathlib.Path(data, "keys.json").read_text())["root"]
        ecs = boto3.client(
            "ecs", region_name="us-east-1", endpoint_url=URL,
            aws_access_key_id=keys["access_key_id"],
            aws_secret_access_key=keys["secret_access_key"],
        )
        instances = ecs.list_container_instances()["containerInstanceArns"]
        yield Up(up, ecs, data)
    finally:
        up.send_signal(signal.SIGTERM)
        up.wait()
        remove_containers([f"longshore.container-instance={arn}" for arn in instances])
        shutil.rmtree(data)


def remove_containers(labels):
    """Removes the containers with any of these labels, which are our own."""
    for label in labels:
        ids = subprocess.run(
            ["docker", "ps", "-aq", "--filter", f"label={label}"],
            capture_output=True, text=True, check=True,
        ).stdout.split()
        if ids:
            subprocess.run(["docker", "rm", "-f", *ids], stdout=subprocess.DEVNULL, check=True)


def delete_service(ecs, name):
    """Deletes a service and waits until its tasks are gone."""
    ecs.delete_service(service=name, force=True)
    until(lambda: ecs.describe_services(services=[name])["services"][0]["status"] == "INACTIVE")
