package io.gitopstoolkit.testkit.internal.git;

import io.gitopstoolkit.testkit.internal.web.PendingFaults;
import io.gitopstoolkit.testkit.internal.web.RecordedRequests;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;

/**
 * What the ways to one Git server share.
 *
 * @param closed opens when the server is closed
 * @param threads of the commands over SSH
 */
public record GitTraffic(
        GitRepositories repositories,
        PendingFaults faults,
        RecordedRequests requests,
        CountDownLatch closed,
        ExecutorService threads) {}
