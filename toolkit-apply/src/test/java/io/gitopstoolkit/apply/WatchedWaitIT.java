package io.gitopstoolkit.apply;

import io.gitopstoolkit.testkit.RealKubernetes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;

/** On a real kube-apiserver and etcd of its own, for they are restarted. */
@Tag("cluster")
class WatchedWaitIT extends WatchedWaitBehavior {
    private static final RealKubernetes SERVER = RealKubernetes.start();

    WatchedWaitIT() {
        super(SERVER.client());
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    /** The cache of a new API server begins with the state at its start. */
    @Override
    void expire() {
        SERVER.stopApiServer();
        SERVER.startApiServer();
    }
}
