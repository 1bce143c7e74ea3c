import Workloads

for workload in Workloads.all { workload.prepare()(1) }
