package io.gitopstoolkit.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.gitopstoolkit.testkit.RealKubernetes;
import io.gitopstoolkit.testkit.WorkloadSimulator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("cluster")
class QuickstartIT {
    @Test
    void printsTheSameChangesOnARealApiServer() {
        try (RealKubernetes kubernetes = RealKubernetes.start();
                WorkloadSimulator workloads = WorkloadSimulator.start(kubernetes.client())) {
            var cluster = new Cluster(kubernetes.client(), "a real API server", workloads::close);
            Run real = Run.of(options -> cluster.borrowed());
            Run embedded = Run.of(Cluster::of);
            assertThat(real.exitCode()).describedAs(real.output()).isZero();
            assertThat(real.changes()).isNotEmpty().isEqualTo(embedded.changes());
        }
    }
}
