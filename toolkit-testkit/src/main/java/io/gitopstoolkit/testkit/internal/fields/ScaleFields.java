package io.gitopstoolkit.testkit.internal.fields;

import io.gitopstoolkit.testkit.internal.fields.ManagedFields.Owned;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The managers of an object as its scale subresource sees them: those of the replicas alone, under the name that the field
 * has in a Scale.
 */
public final class ScaleFields {
    private static final String SCALE_VERSION = "autoscaling/v1";

    private final ManagedFields parent;
    private final String apiVersion;
    private final FieldSet replicas;
    private final FieldSet replicasOfScale;

    /**
     * For one object.
     *
     * @param replicas where the object holds them, such as {@code spec}, {@code replicas}
     */
    public ScaleFields(Map<String, Object> object, String apiVersion, List<String> replicas) {
        this.parent = ManagedFields.of(object);
        this.apiVersion = apiVersion;
        this.replicas = set(replicas);
        this.replicasOfScale = set(List.of("spec", "replicas"));
    }

    private static FieldSet set(List<String> path) {
        var set = new FieldSet();
        set.insert(path.stream().map(PathElement::ofField).toList());
        return set;
    }

    /** Writes the managers of the replicas into a Scale. */
    public void writeTo(Map<String, Object> scale) {
        var managed = new ManagedFields();
        parent.all().forEach((manager, owned) -> {
            if (owned.apiVersion().equals(apiVersion) && holds(owned, replicas)) {
                managed.put(in(manager, SCALE_VERSION), new Owned(replicasOfScale, SCALE_VERSION, owned.time()));
            }
        });
        managed.writeTo(scale);
    }

    /**
     * Writes the managers back into the object, as a write to its Scale has left them. Managers of updates are known by
     * the version that they write in, so that they come back as other ones, without a time, as from the real server.
     */
    public void merge(Map<String, Object> scale, Map<String, Object> object) {
        var left = new LinkedHashMap<>(ManagedFields.of(scale).all());
        var managed = new ManagedFields();
        parent.all().forEach((manager, owned) -> {
            boolean holds = owned.apiVersion().equals(apiVersion) && holds(owned, replicas);
            boolean stays = !holds || left.remove(manager) != null;
            FieldSet fields = stays ? owned.fields() : owned.fields().difference(replicas);
            if (!fields.isEmpty()) {
                managed.put(manager, new Owned(fields, owned.apiVersion(), owned.time()));
            }
        });
        left.forEach((manager, owned) -> {
            if (holds(owned, replicasOfScale)) {
                managed.put(manager, new Owned(replicas, apiVersion, ""));
            }
        });
        managed.writeTo(object);
    }

    private static boolean holds(Owned owned, FieldSet field) {
        return !owned.fields().intersection(field).isEmpty();
    }

    private static Manager in(Manager manager, String version) {
        return manager.applies()
                ? manager
                : new Manager(manager.name(), manager.operation(), version, manager.subresource());
    }
}
