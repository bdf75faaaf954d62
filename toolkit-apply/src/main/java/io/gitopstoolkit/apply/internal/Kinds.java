package io.gitopstoolkit.apply.internal;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.internal.Api.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The kinds that the API server serves, asked for once and again when one is not known: by aggregated discovery, or
 * where the server has none, group by group. Safe between threads.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/overview/kubernetes-api/#aggregated-discovery">Kubernetes: aggregated
 *     discovery</a>
 */
public final class Kinds {
    private static final String AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
            + "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json";
    private static final int NOT_FOUND = 404;

    private final Api api;
    private final Object lock = new Object();
    private volatile Known known = new Known(Map.of(), Map.of(), false);

    /** Asks over {@code api}, when first needed. */
    public Kinds(Api api) {
        this.api = api;
    }

    private record Key(String groupOrVersion, String kind) {}

    /** One state of discovery: by API version and kind, and by group and kind, there the preferred version. */
    private record Known(Map<Key, Kind> byVersion, Map<Key, Kind> byGroup, boolean incomplete) {}

    /** The kind in exactly this version, if it is served. */
    public Optional<Kind> find(String apiVersion, String kind, Deadline deadline) {
        var key = new Key(apiVersion, kind);
        Kind cached = known.byVersion().get(key);
        return Optional.ofNullable(
                cached != null
                        ? cached
                        : reload(ObjectRef.groupOf(apiVersion), deadline)
                                .byVersion()
                                .get(key));
    }

    /** The kind in the version that the server prefers, if it serves any. */
    public Optional<Kind> preferred(String group, String kind, Deadline deadline) {
        var key = new Key(group, kind);
        Kind cached = known.byGroup().get(key);
        return Optional.ofNullable(
                cached != null ? cached : reload(group, deadline).byGroup().get(key));
    }

    /** Whether a kind of this plural name is served, in any version. */
    public boolean serves(String group, String plural, Deadline deadline) {
        return serves(known, group, plural) || serves(reload(group, deadline), group, plural);
    }

    private static boolean serves(Known known, String group, String plural) {
        return known.byGroup().values().stream()
                .anyMatch(kind -> kind.group().equals(group) && kind.plural().equals(plural));
    }

    /** Asks anew for the next kind, because the server does not serve what it said. */
    public void forget() {
        known = new Known(Map.of(), Map.of(), false);
    }

    /** Whether the last answer left out groups whose own server could not be asked. */
    public boolean isIncomplete() {
        return known.incomplete();
    }

    private Known reload(String group, Deadline deadline) {
        synchronized (lock) {
            var loading = new Loading();
            if (aggregated("/apis", loading, deadline)) {
                aggregated("/api", loading, deadline);
                known = loading.known();
            } else {
                known = loading.startingFrom(known).byGroup(group, deadline).known();
            }
            return known;
        }
    }

    private boolean aggregated(String path, Loading loading, Deadline deadline) {
        Answer answer = api.send(Request.get(path).accepting(AGGREGATED), deadline);
        if (!Tree.text(answer.body(), "", "kind").equals("APIGroupDiscoveryList")) {
            return false;
        }
        Tree.maps(answer.body(), "items").forEach(loading::group);
        return true;
    }

    /** Collects the answers of one round. */
    private final class Loading {
        private final Map<Key, Kind> byVersion = new LinkedHashMap<>();
        private final Map<Key, Kind> byGroup = new LinkedHashMap<>();
        private boolean incomplete;

        Known known() {
            return new Known(byVersion, byGroup, incomplete);
        }

        Loading startingFrom(Known before) {
            byVersion.putAll(before.byVersion());
            byGroup.putAll(before.byGroup());
            return this;
        }

        /** An {@code APIGroupDiscovery}; its versions come in the order of preference. */
        void group(Map<String, @Nullable Object> group) {
            String name = Tree.text(group, "", "metadata", "name");
            for (var version : Tree.maps(group, "versions")) {
                incomplete |= Tree.text(version, "", "freshness").equals("Stale");
                String apiVersion = (name.isEmpty() ? "" : name + '/') + Tree.text(version, "", "version");
                for (var resource : Tree.maps(version, "resources")) {
                    add(new Kind(
                            apiVersion,
                            Tree.text(resource, "", "responseKind", "kind"),
                            Tree.text(resource, "", "resource"),
                            Tree.text(resource, "", "scope").equals("Namespaced")));
                }
            }
        }

        /** What a server without aggregated discovery says about one group. */
        Loading byGroup(String group, Deadline deadline) {
            for (String apiVersion : versions(group, deadline)) {
                String path = group.isEmpty() ? "/api/" + apiVersion : "/apis/" + apiVersion;
                for (var resource : Tree.maps(getOrEmpty(path, deadline), "resources")) {
                    String plural = Tree.text(resource, "", "name");
                    if (!plural.contains("/")) {
                        boolean namespaced = Boolean.TRUE.equals(resource.get("namespaced"));
                        add(new Kind(apiVersion, Tree.text(resource, "", "kind"), plural, namespaced));
                    }
                }
            }
            return this;
        }

        private List<String> versions(String group, Deadline deadline) {
            if (group.isEmpty()) {
                return List.of("v1");
            }
            var answer = getOrEmpty("/apis/" + Kind.escape(group), deadline);
            var versions = new ArrayList<String>();
            for (var version : Tree.maps(answer, "versions")) {
                versions.add(Tree.text(version, "", "groupVersion"));
            }
            String preferred = Tree.text(answer, "", "preferredVersion", "groupVersion");
            if (versions.remove(preferred)) {
                versions.add(0, preferred);
            }
            return versions;
        }

        private Map<String, @Nullable Object> getOrEmpty(String path, Deadline deadline) {
            try {
                return api.send(Request.get(path), deadline).body();
            } catch (ApiException e) {
                if (e.status() == NOT_FOUND) {
                    return Map.of();
                }
                throw e;
            }
        }

        private void add(Kind kind) {
            byVersion.putIfAbsent(new Key(kind.apiVersion(), kind.name()), kind);
            byGroup.putIfAbsent(new Key(kind.group(), kind.name()), kind);
        }
    }
}
