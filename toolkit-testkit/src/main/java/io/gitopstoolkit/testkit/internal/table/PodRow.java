package io.gitopstoolkit.testkit.internal.table;

import io.gitopstoolkit.testkit.internal.json.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The row of a pod: its state is told by the states of its containers. */
final class PodRow {
    private final Row row;
    private final List<Map<String, Object>> initContainers;
    private long restarts;
    private long sidecarRestarts;
    private String lastRestart = "";
    private String lastSidecarRestart = "";
    private long ready;
    private String reason;
    private boolean initializing;

    private PodRow(Row row) {
        this.row = row;
        this.initContainers = row.maps("spec", "initContainers");
        this.reason = row.textOr(row.text("status", "phase"), "status", "reason");
    }

    static List<Object> cells(Row row) {
        return new PodRow(row).print();
    }

    private List<Object> print() {
        for (Map<String, Object> condition : row.maps("status", "conditions")) {
            if (Tree.text(condition, "type").equals("PodScheduled")
                    && Tree.text(condition, "reason").equals("SchedulingGated")) {
                reason = "SchedulingGated";
            }
        }
        readInitContainers();
        if (!initializing || row.hasCondition("Initialized")) {
            readContainers();
        }
        if (row.isDeleted()) {
            readDeletion();
        }
        long total = row.size("spec", "containers")
                + initContainers.stream().filter(PodRow::isSidecar).count();
        String shownRestarts = restarts != 0 && !lastRestart.isEmpty()
                ? restarts + " (" + row.ago(lastRestart) + " ago)"
                : Long.toString(restarts);
        var cells = new ArrayList<Object>(
                List.of(row.name(), ready + "/" + total, reason, shownRestarts, row.age(), firstAddress()));
        cells.add(row.textOr(Row.NONE, "spec", "nodeName"));
        cells.add(row.textOr(Row.NONE, "status", "nominatedNodeName"));
        cells.add(readinessGates());
        return cells;
    }

    private static boolean isSidecar(Map<String, Object> initContainer) {
        return Tree.text(initContainer, "restartPolicy").equals("Always");
    }

    private void readInitContainers() {
        var byName = new LinkedHashMap<String, Map<String, Object>>();
        initContainers.forEach(container -> byName.put(Tree.text(container, "name"), container));
        List<Map<String, Object>> statuses = row.maps("status", "initContainerStatuses");
        for (int i = 0; i < statuses.size(); i++) {
            Map<String, Object> status = statuses.get(i);
            Map<String, Object> container = byName.get(Tree.text(status, "name"));
            boolean sidecar = container != null && isSidecar(container);
            countInitRestarts(status, sidecar);
            Map<String, Object> terminated = Tree.map(Tree.at(status, "state", "terminated"));
            if (terminated != null && Tree.number(terminated, 0, "exitCode") == 0) {
                continue;
            }
            if (sidecar && Boolean.TRUE.equals(status.get("started"))) {
                ready += Boolean.TRUE.equals(status.get("ready")) ? 1 : 0;
                continue;
            }
            reason = initReason(status, terminated, i);
            initializing = true;
            return;
        }
    }

    private void countInitRestarts(Map<String, Object> status, boolean sidecar) {
        restarts += Tree.number(status, 0, "restartCount");
        lastRestart = later(lastRestart, status);
        if (sidecar) {
            sidecarRestarts += Tree.number(status, 0, "restartCount");
            lastSidecarRestart = later(lastSidecarRestart, status);
        }
    }

    private String initReason(Map<String, Object> status, @Nullable Map<String, Object> terminated, int index) {
        if (terminated != null) {
            return "Init:" + endOf(terminated);
        }
        String waiting = Tree.text(status, "state", "waiting", "reason");
        return waiting.isEmpty() || waiting.equals("PodInitializing")
                ? "Init:" + index + "/" + initContainers.size()
                : "Init:" + waiting;
    }

    private void readContainers() {
        restarts = sidecarRestarts;
        lastRestart = lastSidecarRestart;
        boolean running = false;
        String error = "";
        List<Map<String, Object>> statuses = row.maps("status", "containerStatuses");
        for (int i = statuses.size() - 1; i >= 0; i--) {
            Map<String, Object> status = statuses.get(i);
            restarts += Tree.number(status, 0, "restartCount");
            lastRestart = later(lastRestart, status);
            String waiting = Tree.text(status, "state", "waiting", "reason");
            Map<String, Object> terminated = Tree.map(Tree.at(status, "state", "terminated"));
            if (!waiting.isEmpty()) {
                reason = waiting;
            } else if (terminated != null) {
                reason = endOf(terminated);
                error = Tree.number(terminated, 0, "exitCode") == 0 ? error : reason;
            } else if (Boolean.TRUE.equals(status.get("ready")) && Tree.at(status, "state", "running") != null) {
                running = true;
                ready++;
            }
        }
        if (reason.equals("Completed")) {
            reason = stateOfCompleted(running, error);
        }
    }

    private String stateOfCompleted(boolean running, String error) {
        if (running && row.hasCondition("Ready")) {
            return "Running";
        }
        if (!error.isEmpty()) {
            return error;
        }
        return running ? "NotReady" : reason;
    }

    private void readDeletion() {
        String phase = row.text("status", "phase");
        if (row.text("status", "reason").equals("NodeLost")) {
            reason = "Unknown";
        } else if (!phase.equals("Failed") && !phase.equals("Succeeded")) {
            reason = "Terminating";
        }
    }

    private static String endOf(Map<String, Object> terminated) {
        String said = Tree.text(terminated, "reason");
        if (!said.isEmpty()) {
            return said;
        }
        long signal = Tree.number(terminated, 0, "signal");
        return signal == 0 ? "ExitCode:" + Tree.number(terminated, 0, "exitCode") : "Signal:" + signal;
    }

    private static String later(String time, Map<String, Object> status) {
        String end = Tree.text(status, "lastState", "terminated", "finishedAt");
        return end.compareTo(time) > 0 ? end : time;
    }

    private String firstAddress() {
        List<Map<String, Object>> addresses = row.maps("status", "podIPs");
        String first = addresses.isEmpty() ? "" : Tree.text(addresses.get(0), "ip");
        return first.isEmpty() ? Row.NONE : first;
    }

    private String readinessGates() {
        List<Map<String, Object>> gates = row.maps("spec", "readinessGates");
        long open = gates.stream()
                .filter(gate -> row.hasCondition(Tree.text(gate, "conditionType")))
                .count();
        return gates.isEmpty() ? Row.NONE : open + "/" + gates.size();
    }
}
