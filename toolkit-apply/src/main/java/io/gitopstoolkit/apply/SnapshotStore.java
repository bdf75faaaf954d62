package io.gitopstoolkit.apply;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Digest;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.api.Revision;
import io.gitopstoolkit.apply.ApplyException.Reason;
import io.gitopstoolkit.apply.PrunePolicy.Propagation;
import io.gitopstoolkit.apply.internal.Kind;
import io.gitopstoolkit.apply.internal.Tree;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the manifests of healthy deliveries in Secrets of the owner's namespace, each in as many parts as the size of an
 * object asks for. The first part is written last, and deleted first: a snapshot that has it is whole.
 */
final class SnapshotStore {
    private static final Kind SECRET = new Kind("v1", "Secret", "secrets", true);
    private static final String KEY = "manifests.json.gz";
    /** The values of a Secret may have 1 MiB together. */
    private static final int PART = 768 << 10;

    private final Cluster cluster;
    private final RollbackPolicy policy;
    private final String prefix;

    SnapshotStore(Cluster cluster, RollbackPolicy policy) {
        this.cluster = cluster;
        this.policy = policy;
        Owner owner = cluster.owner();
        String group = Digest.sha256(owner.group().getBytes(UTF_8)).hex().substring(0, 10);
        this.prefix = "healthy." + owner.name() + '.' + group + '.';
    }

    /**
     * A snapshot without its manifests.
     *
     * @param number counts up
     * @param digest of the manifests
     * @param parts how many Secrets it takes
     */
    record Head(long number, Revision revision, String digest, int parts) {}

    /**
     * What is kept.
     *
     * @param heads of whole snapshots, the latest first
     * @param failed the digest of the manifests that a rollback under way returns from; empty where none is
     * @param objects all Secrets, with their metadata alone
     */
    record Kept(List<Head> heads, String failed, List<Manifest> objects) {
        Optional<Head> latest() {
            return heads.stream().findFirst();
        }

        boolean hasLatest(String digest) {
            return latest().filter(head -> head.digest().equals(digest)).isPresent();
        }
    }

    Kept look(Deadline deadline) {
        String selector = annotation("healthy") + '=' + cluster.owner().name();
        List<Manifest> objects = cluster.labelled(SECRET, cluster.owner().namespace(), selector, deadline);
        var heads = new ArrayList<Head>();
        String failed = "";
        for (Manifest object : objects) {
            if (object.ref().equals(ref("rollback"))) {
                failed = object.annotations().getOrDefault(annotation("from"), "");
            } else {
                head(object).ifPresent(heads::add);
            }
        }
        heads.sort(Comparator.comparingLong(Head::number).reversed());
        return new Kept(List.copyOf(heads), failed, objects);
    }

    private Optional<Head> head(Manifest object) {
        Map<String, String> annotations = object.annotations();
        OptionalLong number = number(object);
        String parts = annotations.getOrDefault(annotation("parts"), "");
        String revision = annotations.getOrDefault(annotation("revision"), "");
        if (number.isEmpty() || !parts.matches("[1-9][0-9]{0,5}") || revision.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Head(
                number.getAsLong(),
                Revision.parse(revision),
                annotations.getOrDefault(annotation("digest"), ""),
                Integer.parseInt(parts)));
    }

    /** The number in the name of a part. */
    private OptionalLong number(Manifest object) {
        String name = object.ref().name();
        String rest = name.startsWith(prefix) ? name.substring(prefix.length()) : "";
        return rest.matches("[0-9]{1,15}(\\.[0-9]{1,6})?")
                ? OptionalLong.of(Long.parseLong(rest.replaceFirst("\\..*", "")))
                : OptionalLong.empty();
    }

    /** The compressed manifests, if they may be kept. */
    byte[] encode(ManifestSet set) {
        byte[] bytes = SnapshotCodec.encode(set);
        if (bytes.length > policy.maxBytes()) {
            throw new Failure(
                    Reason.INVALID_SET,
                    "the delivery takes " + bytes.length + " bytes to keep for a rollback, and at most "
                            + policy.maxBytes() + " are kept; nothing was applied; split it, allow more by"
                            + " RollbackPolicy.withMaxBytes, or deliver without a rollback policy");
        }
        return bytes;
    }

    /** Keeps what {@link #encode} made of {@code set} as the latest, and drops what is more than is to be kept. */
    void keep(ManifestSet set, byte[] bytes, Kept before, Deadline deadline) {
        long number = 1
                + before.objects().stream()
                        .map(this::number)
                        .flatMapToLong(OptionalLong::stream)
                        .max()
                        .orElse(0);
        int parts = Math.max(1, (bytes.length + PART - 1) / PART);
        for (int part = parts - 1; part >= 0; part--) {
            var annotations = new LinkedHashMap<String, String>();
            if (part == 0) {
                annotations.put(annotation("revision"), set.revision().toString());
                annotations.put(annotation("digest"), set.digest().toString());
                annotations.put(annotation("parts"), String.valueOf(parts));
            }
            byte[] some = Arrays.copyOfRange(bytes, part * PART, Math.min(bytes.length, (part + 1) * PART));
            String text = Base64.getEncoder().encodeToString(some);
            write(name(number, part), annotations, Map.of(KEY, text), deadline);
        }
        drop(before, deadline);
    }

    /** Deletes what is one too many now, and parts that have no first one, first parts first. */
    private void drop(Kept before, Deadline deadline) {
        List<Long> kept = before.heads().stream()
                .limit(policy.revisions() - 1L)
                .map(Head::number)
                .toList();
        before.objects().stream()
                .filter(object -> number(object).isPresent()
                        && !kept.contains(number(object).getAsLong()))
                .sorted(Comparator.comparing(object -> head(object).isEmpty()))
                .forEach(object -> cluster.delete(SECRET, object, Propagation.BACKGROUND, deadline));
    }

    /** Drops all that is kept. */
    void clear(Deadline deadline) {
        look(deadline).objects().stream()
                .sorted(Comparator.comparing(object -> head(object).isEmpty()))
                .forEach(object -> cluster.delete(SECRET, object, Propagation.BACKGROUND, deadline));
    }

    ManifestSet load(Head head, Deadline deadline) {
        var bytes = new ByteArrayOutputStream();
        for (int part = 0; part < head.parts(); part++) {
            ObjectRef ref = ref(name(head.number(), part));
            Manifest object = cluster.get(SECRET, ref, deadline).orElseThrow(() -> damaged(ref, "it is missing"));
            try {
                bytes.writeBytes(Base64.getDecoder().decode(Tree.text(object.content(), "", "data", KEY)));
            } catch (IllegalArgumentException e) {
                throw damaged(ref, "data[" + KEY + "] is not Base64");
            }
        }
        return decode(head, bytes.toByteArray());
    }

    private ManifestSet decode(Head head, byte[] bytes) {
        ObjectRef ref = ref(name(head.number(), 0));
        ManifestSet set;
        try {
            set = SnapshotCodec.decode(bytes);
        } catch (IllegalArgumentException e) {
            throw damaged(ref, "it cannot be read");
        }
        if (!set.digest().toString().equals(head.digest())) {
            throw damaged(ref, "it is not what was written");
        }
        return set;
    }

    private static Failure damaged(ObjectRef ref, String how) {
        return new Failure(
                Reason.SNAPSHOT_DAMAGED,
                ref + ": the healthy delivery that is kept there is damaged: " + how
                        + "; delete it, and deliver a revision that is healthy");
    }

    /** Notes, for the next run if this one ends, that a rollback from these manifests is under way. */
    void begin(String failed, Deadline deadline) {
        write("rollback", Map.of(annotation("from"), failed), Map.of(), deadline);
    }

    /** Drops the note of {@link #begin}. */
    void end(Deadline deadline) {
        cluster.get(SECRET, ref("rollback"), deadline)
                .ifPresent(note -> cluster.delete(SECRET, note, Propagation.BACKGROUND, deadline));
    }

    private void write(String name, Map<String, String> annotations, Map<String, String> data, Deadline deadline) {
        var metadata = new LinkedHashMap<String, @Nullable Object>();
        metadata.put("name", prefix + name);
        metadata.put("namespace", cluster.owner().namespace());
        metadata.put("labels", Map.of(annotation("healthy"), cluster.owner().name()));
        metadata.put("annotations", annotations);
        var content = new LinkedHashMap<String, @Nullable Object>();
        content.put("apiVersion", "v1");
        content.put("kind", "Secret");
        content.put("metadata", metadata);
        content.put("type", annotation("healthy"));
        content.put("data", data);
        var secret = new Manifest(content);
        cluster.apply(new Target(secret, secret.ref(), SECRET, false), deadline);
    }

    private ObjectRef ref(String name) {
        return new ObjectRef("", "Secret", cluster.owner().namespace(), prefix + name);
    }

    private static String name(long number, int part) {
        return part == 0 ? String.valueOf(number) : number + "." + part;
    }

    /** Of the owner's group. */
    private String annotation(String name) {
        return cluster.owner().group() + '/' + name;
    }
}
