package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.ApplyException.Reason;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the annotations of an object say about when it is applied: Argo CD's sync waves and hooks, Helm's hooks as Argo CD
 * reads them, and the dependencies of cli-utils.
 *
 * @param hook whether the object is a hook, which runs, and is no lasting part of the set
 * @param phases when it is applied; none where it is not applied at all
 * @param wave the lower ones come first
 * @param removal when a hook is deleted
 * @param dependsOn what has to be healthy before it is applied
 * @see <a href="https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/">Argo CD: sync phases and waves</a>
 * @see <a href="https://github.com/kubernetes-sigs/cli-utils/blob/master/pkg/object/dependson/annotation.go">cli-utils:
 *     depends-on</a>
 */
record Directions(boolean hook, Set<Phase> phases, int wave, Set<Removal> removal, List<ObjectRef> dependsOn) {
    static final String ARGO_HOOK = "argocd.argoproj.io/hook";
    private static final String ARGO_REMOVAL = "argocd.argoproj.io/hook-delete-policy";
    private static final String ARGO_WAVE = "argocd.argoproj.io/sync-wave";
    private static final String HELM_HOOK = "helm.sh/hook";
    private static final String HELM_REMOVAL = "helm.sh/hook-delete-policy";
    private static final String HELM_WAVE = "helm.sh/hook-weight";
    private static final String DEPENDS_ON = "config.kubernetes.io/depends-on";

    static final Directions NONE = new Directions(false, Set.of(Phase.SYNC), 0, Set.of(), List.of());
    private static final Map<String, Phase> ARGO_PHASES = Map.of(
            "PreSync", Phase.PRE_SYNC, "Sync", Phase.SYNC, "PostSync", Phase.POST_SYNC, "SyncFail", Phase.SYNC_FAIL);
    private static final Set<String> NOT_APPLIED = Set.of("Skip", "PreDelete", "PostDelete");
    private static final Map<String, Phase> HELM_PHASES = Map.of(
            "pre-install", Phase.PRE_SYNC,
            "pre-upgrade", Phase.PRE_SYNC,
            "post-install", Phase.POST_SYNC,
            "post-upgrade", Phase.POST_SYNC);

    /** When a hook is deleted. */
    enum Removal {
        /** Before it runs again, or leaves the set. */
        BEFORE_CREATION("BeforeHookCreation", "before-hook-creation"),
        /** At the end of the delivery in which it succeeded. */
        SUCCEEDED("HookSucceeded", "hook-succeeded"),
        /** At the end of the delivery in which it failed. */
        FAILED("HookFailed", "hook-failed");

        private final String argo;
        private final String helm;

        Removal(String argo, String helm) {
            this.argo = argo;
            this.helm = helm;
        }

        @Override
        public String toString() {
            return argo;
        }
    }

    /**
     * Reads the annotations of an object.
     *
     * @param group the owner's, whose annotation {@code <group>/depends-on} is understood as well
     * @throws Failure if an annotation cannot be read
     */
    static Directions of(Manifest manifest, String group) {
        Map<String, String> annotations = manifest.annotations();
        if (annotations.isEmpty()) {
            return NONE;
        }
        try {
            return read(annotations, group);
        } catch (IllegalArgumentException e) {
            throw new Failure(Reason.INVALID_OBJECT, manifest.ref() + ": " + e.getMessage());
        }
    }

    /** Whether the object is as if it had none of the annotations. */
    boolean isPlain() {
        return equals(NONE);
    }

    private static Directions read(Map<String, String> annotations, String group) {
        boolean argo = annotations.containsKey(ARGO_HOOK);
        boolean helm =
                !argo && !annotations.getOrDefault(HELM_HOOK, "crd-install").equals("crd-install");
        Set<Phase> phases = EnumSet.of(Phase.SYNC);
        if (argo) {
            phases = argoPhases(annotations.getOrDefault(ARGO_HOOK, ""));
        } else if (helm) {
            phases = helmPhases(annotations.getOrDefault(HELM_HOOK, ""));
        }
        boolean hook = (argo || helm) && !"Skip".equals(annotations.get(ARGO_HOOK));
        return new Directions(
                hook, phases, wave(annotations), hook ? removal(annotations) : Set.of(), dependsOn(annotations, group));
    }

    private static Set<Phase> argoPhases(String hooks) {
        var phases = EnumSet.noneOf(Phase.class);
        for (String hook : list(hooks)) {
            Phase phase = ARGO_PHASES.get(hook);
            if (phase != null) {
                phases.add(phase);
            } else if (!NOT_APPLIED.contains(hook)) {
                throw new IllegalArgumentException("the annotation " + ARGO_HOOK + " knows no '" + hook
                        + "'; use PreSync, Sync, PostSync, SyncFail or Skip");
            }
        }
        return phases;
    }

    /** Helm has hooks that nobody else runs, such as for tests; they are not applied. */
    private static Set<Phase> helmPhases(String hooks) {
        var phases = EnumSet.noneOf(Phase.class);
        list(hooks).stream()
                .filter(HELM_PHASES::containsKey)
                .forEach(hook -> phases.add(HELM_PHASES.getOrDefault(hook, Phase.SYNC)));
        return phases;
    }

    private static Set<Removal> removal(Map<String, String> annotations) {
        var removal = EnumSet.noneOf(Removal.class);
        for (Removal each : Removal.values()) {
            if (list(annotations.getOrDefault(ARGO_REMOVAL, "")).contains(each.argo)
                    || list(annotations.getOrDefault(HELM_REMOVAL, "")).contains(each.helm)) {
                removal.add(each);
            }
        }
        return removal.isEmpty() ? EnumSet.of(Removal.BEFORE_CREATION) : removal;
    }

    private static int wave(Map<String, String> annotations) {
        String key = annotations.containsKey(ARGO_WAVE) ? ARGO_WAVE : HELM_WAVE;
        String wave = annotations.getOrDefault(key, "0").strip();
        try {
            return Integer.parseInt(wave);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the annotation " + key + " is no whole number: '" + wave + "'", e);
        }
    }

    private static List<ObjectRef> dependsOn(Map<String, String> annotations, String group) {
        var refs = new LinkedHashSet<ObjectRef>();
        for (String key : List.of(DEPENDS_ON, group + "/depends-on")) {
            list(annotations.getOrDefault(key, "")).forEach(text -> refs.add(dependency(key, text)));
        }
        return List.copyOf(refs);
    }

    private static ObjectRef dependency(String key, String text) {
        String[] parts = text.split("/", -1);
        boolean empty = Arrays.stream(parts).skip(1).anyMatch(String::isEmpty);
        if (parts.length == 3 && !empty) {
            return new ObjectRef(parts[0], parts[1], "", parts[2]);
        }
        if (parts.length == 5 && !empty && parts[1].equals("namespaces")) {
            return new ObjectRef(parts[0], parts[3], parts[2], parts[4]);
        }
        throw new IllegalArgumentException("the annotation " + key + " cannot be read: '" + text
                + "'; write <group>/namespaces/<namespace>/<kind>/<name>, or <group>/<kind>/<name>");
    }

    private static List<String> list(String texts) {
        return Stream.of(texts.split(","))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }
}
