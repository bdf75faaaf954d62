package io.gitopstoolkit.notify;

import io.gitopstoolkit.api.Event;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The metadata of an event as it is sent. Flux's controllers write keys as {@code <group of the object>/revision}, and
 * those from annotations as {@code event.toolkit.fluxcd.io/...}; receivers get them without the prefix. Unlike Flux,
 * which drops all other keys on receipt, this keeps them: here they come from the program, not from annotations.
 *
 * @see <a href="https://fluxcd.io/flux/components/notification/alerts/#event-metadata">Flux: event metadata</a>
 */
final class Metadata {
    static final String ANNOTATION_PREFIX = "event.toolkit.fluxcd.io/";

    private static final String COMMIT_STATUS = "commit_status";

    private Metadata() {}

    /** By key without prefix, sorted; the group's keys win over plain ones, and these over those from annotations. */
    static SortedMap<String, String> sent(Event event) {
        var annotations = new TreeMap<String, String>();
        var plain = new TreeMap<String, String>();
        var ofGroup = new TreeMap<String, String>();
        String group = groupPrefix(event);
        event.metadata().forEach((key, value) -> {
            if (key.startsWith(ANNOTATION_PREFIX)) {
                annotations.put(key.substring(ANNOTATION_PREFIX.length()), value);
            } else if (!group.isEmpty() && key.startsWith(group)) {
                ofGroup.put(key.substring(group.length()), value);
            } else {
                plain.put(key, value);
            }
        });
        ofGroup.keySet().removeAll(Set.of("checksum", "digest"));
        annotations.putAll(plain);
        annotations.putAll(ofGroup);
        annotations.remove("");
        return annotations;
    }

    /** The value of a key, with the group's prefix or without; empty where there is none. */
    static String value(Event event, String key) {
        Map<String, String> metadata = event.metadata();
        String plain = metadata.getOrDefault(key, "");
        return metadata.getOrDefault(groupPrefix(event) + key, plain);
    }

    /** Whether the event is only there to update the status of a commit, which people do not want to read. */
    static boolean isCommitStatusUpdate(Event event) {
        return value(event, COMMIT_STATUS).equals("update");
    }

    private static String groupPrefix(Event event) {
        String group = event.about().group();
        return group.isEmpty() ? "" : group + '/';
    }
}
