package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.health.Health;
import io.gitopstoolkit.apply.health.Health.State;
import io.gitopstoolkit.apply.health.HealthCheck;
import io.gitopstoolkit.apply.internal.Tree;
import java.util.Set;

/**
 * Judges hooks by whether they have done their work, and all else as before: a Pod that is to end has to end, a Job that is
 * suspended has done nothing yet, and a Workflow of Argo says so in its phase.
 */
record HookHealth(HealthCheck ordinary, Set<ObjectRef> hooks) implements HealthCheck {
    @Override
    public Health check(Manifest live) {
        Health health = ordinary.check(live);
        return hooks.contains(live.ref()) && health.state() == State.CURRENT ? finished(live, health) : health;
    }

    private static Health finished(Manifest live, Health health) {
        var content = live.content();
        String phase = Tree.text(content, "", "status", "phase");
        String kind = live.ref().group() + '/' + live.ref().kind();
        boolean runsOn = switch (kind) {
            case "/Pod" ->
                !Tree.text(content, "Always", "spec", "restartPolicy").equals("Always") && !phase.equals("Succeeded");
            case "batch/Job" -> Boolean.TRUE.equals(Tree.at(content, "spec", "suspend"));
            case "argoproj.io/Workflow" -> !phase.equals("Succeeded");
            default -> false;
        };
        if (!runsOn) {
            return health;
        }
        return phase.equals("Failed") || phase.equals("Error")
                ? Health.failed("the hook ended as " + phase)
                : Health.inProgress("the hook has not ended yet");
    }
}
