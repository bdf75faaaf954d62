package io.gitopstoolkit.testkit.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Lists and watches of a random sequence. */
final class RandomReads {
    private static final String NOT_OLDER = "resourceVersionMatch=NotOlderThan";
    private static final List<String> LABELS = List.of(
            "k0",
            "!k0",
            "k0=v0",
            "k0!=v0",
            "k0%20in%20(v0,v1)",
            "k0%20notin%20(v0)",
            "k0==v1,k1",
            "k0%3Dv%20v",
            "k0%3E1",
            "k0%20in%20()",
            "k0%20within%20(a)",
            "=v");
    private static final List<String> FIELDS = List.of(
            "metadata.name=o0",
            "metadata.name!=o0",
            "metadata.namespace={ns}",
            "status.phase=Pending",
            "spec.unknown=1",
            "metadata.name",
            "type=Opaque");
    private static final List<String> VERSIONS = List.of(
            "resourceVersion=0",
            "resourceVersion={mark}",
            "resourceVersion={mark}&" + NOT_OLDER,
            "resourceVersion={mark}&resourceVersionMatch=Exact",
            "resourceVersion=0&resourceVersionMatch=Exact",
            "resourceVersionMatch=Exact",
            "resourceVersion={mark}&resourceVersionMatch=Other",
            "resourceVersion=abc");

    private final Random random;

    RandomReads(Random random) {
        this.random = random;
    }

    /** A list of the kind's objects, whose version later reads refer to. */
    Exchange mark(RandomKind kind) {
        return get(kind.path() + own(kind));
    }

    Exchange list(RandomKind kind) {
        if (!kind.isNamespaced()) {
            return get(kind.path() + "?fieldSelector=metadata.name=" + kind.name(random.nextInt(2)));
        }
        return switch (random.nextInt(8)) {
            case 0 -> get(kind.path() + "?" + pick(VERSIONS));
            case 1 -> get(kind.path() + "?limit=1" + (random.nextInt(4) == 0 ? "&" + pick(VERSIONS) : ""));
            case 2 -> get(kind.path() + "?limit=1&continue={continue}");
            case 3 -> get(kind.path() + "?limit=" + pick(List.of("0", "2", "-1", "x")));
            case 4 -> get(kind.path() + "?continue=" + pick(List.of("{continue}", "abc", "e30")));
            default -> get(kind.path() + selection(kind));
        };
    }

    /** A query that selects some objects. */
    String selection(RandomKind kind) {
        return switch (random.nextInt(4)) {
            case 0 -> "";
            case 1 -> "?fieldSelector=" + pick(FIELDS);
            default -> "?labelSelector=" + pick(LABELS);
        };
    }

    /** Watches of all events since the last list, one with a selector, one from the start and a wrong one. */
    List<Exchange> watches(RandomKind kind) {
        var watches = new ArrayList<Exchange>();
        String own = kind.isNamespaced() ? "" : "&fieldSelector=metadata.name=" + kind.name(0);
        watches.add(watch(kind, "resourceVersion={mark}" + own));
        if (kind.isNamespaced()) {
            watches.add(watch(kind, "resourceVersion={mark}&labelSelector=" + pick(LABELS)));
            watches.add(watch(kind, "resourceVersion={mark}&fieldSelector=" + pick(FIELDS)));
        }
        String initial = "&sendInitialEvents=" + pick(List.of("true", "true", "false"));
        watches.add(watch(
                kind,
                pick(List.of("", "resourceVersion=0", "resourceVersion=abc", "resourceVersionMatch=Exact", NOT_OLDER))
                        + own));
        watches.add(watch(kind, NOT_OLDER + initial + "&allowWatchBookmarks=true" + own));
        watches.add(watch(kind, pick(List.of(NOT_OLDER + initial, "allowWatchBookmarks=true" + initial)) + own));
        return watches;
    }

    private static Exchange watch(RandomKind kind, String query) {
        return new Exchange("WATCH", kind.path() + "?watch=true&timeoutSeconds=1&" + query, "application/json", "");
    }

    private static String own(RandomKind kind) {
        return kind.isNamespaced() ? "" : "?fieldSelector=metadata.name=" + kind.name(0);
    }

    private static Exchange get(String path) {
        return new Exchange("GET", path, "application/json", "");
    }

    private String pick(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }
}
