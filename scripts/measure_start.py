"""`scripts/measure start`: from CreateService to running tasks, and what a control plane at rest uses."""

import os
import pathlib
import statistics
import subprocess
import sys
import time

from measuring import delete_service, longshore_up

IMAGE = "longshore/demo:v1"
TASKS = 4
IDLE_S = 30


def docker_runs(round_number):
    """Seconds for four `docker run -d` side by side, and their end."""
    names = [f"longshore-measure-{round_number}-{n}" for n in range(TASKS)]
    begin = time.monotonic()
    runs = [
        subprocess.Popen(
            ["docker", "run", "-d", "--name", name, "-p", "8080", "-m", "64m", IMAGE],
            stdout=subprocess.DEVNULL,
        )
        for name in names
    ]
    codes = [run.wait() for run in runs]
    taken = time.monotonic() - begin
    subprocess.run(["docker", "rm", "-f", *names], check=True, stdout=subprocess.DEVNULL)
    if any(codes):
        sys.exit("docker run failed")
    return taken


def service(up, round_number):
    """Seconds from CreateService until four tasks are running; the service is gone afterwards."""
    name = f"measure-{round_number}"
    begin = time.monotonic()
    up.ecs.create_service(serviceName=name, taskDefinition="measure", desiredCount=TASKS)
    up.steady(name)
    taken = time.monotonic() - begin
    delete_service(up.ecs, name)
    return taken


def cpu_s(pid):
    """CPU seconds that a process has used."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_mib(pid):
    """Resident memory of a process."""
    pages = int(pathlib.Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def main(rounds):
    with longshore_up() as up:
        up.ecs.register_task_definition(
            family="measure",
            containerDefinitions=[{
                "name": "app", "image": IMAGE, "memory": 64,
                "portMappings": [{"containerPort": 8080}],
            }],
        )
        ours, bare = [], []
        for number in range(rounds + 1):
            pair = (docker_runs(number), service(up, number))
            if number:  # the first round warms up
                bare.append(pair[0])
                ours.append(pair[1])
        before = cpu_s(up.process.pid)
        time.sleep(IDLE_S)
        idle = (cpu_s(up.process.pid) - before) / IDLE_S
        print(f"rounds                                  {rounds}")
        print(f"4 x docker run -d in parallel, median   {statistics.median(bare):.3f} s")
        print(f"CreateService to 4 running, median      {statistics.median(ours):.3f} s")
        print(f"ratio                                   {statistics.median(ours) / statistics.median(bare):.2f}")
        print(f"idle CPU of up with 3 instances         {idle * 100:.2f} % of one core")
        print(f"resident memory of it                   {resident_mib(up.process.pid):.1f} MiB")
