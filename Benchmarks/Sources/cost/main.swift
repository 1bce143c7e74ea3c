import CProbe
import Workloads

for workload in Workloads.all {
    let loop = workload.prepare()
    loop(10)
    let before = probe_allocations()
    loop(100)
    print(workload.name, probe_allocations() - before)
}
