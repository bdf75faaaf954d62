package io.gitopstoolkit.testkit.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.gitopstoolkit.testkit.KubeApi;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Random sequences of requests against the embedded API and the real one. {@code -Dtestkit.random.minutes=30} goes on
 * with one seed after the other for that long; {@code -Dtest.seed=<n>} tells the first one. A failure shows the seed, the
 * requests that matter and the first difference, for up to {@code -Dtestkit.random.differences=<n>} differences.
 */
@KubeApi
class RandomDifferentialIT {
    private static final int REQUESTS = 150;
    private static final int SEQUENCES = 4;
    private static final long SEED = Long.getLong("test.seed", 1);
    private static final long MINUTES = Long.getLong("testkit.random.minutes", 0);
    private static final int MOST_DIFFERENCES = Integer.getInteger("testkit.random.differences", 1);

    @Test
    void answersRandomSequencesAlike(KubernetesClient truth) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
        try (var embedded = new ApiAlone();
                var patient = Session.withoutRetries(truth)) {
            var run = new RandomRun(patient, embedded.client(), REQUESTS);
            run.run(SEED, MOST_DIFFERENCES, seed -> MINUTES > 0 ? System.nanoTime() < end : seed < SEED + SEQUENCES);

            assertThat(run.differences())
                    .as("%s from seed %d", run.summary(), SEED)
                    .isEmpty();
        }
    }
}
