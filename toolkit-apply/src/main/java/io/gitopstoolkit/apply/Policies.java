package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Manifest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an object says of how it is to be handled, by annotation or label, with the owner's group or Flux's as prefix. The
 * case of the value does not matter.
 *
 * @see <a href="https://fluxcd.io/flux/components/kustomize/kustomizations/#controlling-the-apply-behavior-of-resources">
 *     Flux: controlling the apply behavior of resources</a>
 */
final class Policies {
    private static final String FLUX = "kustomize.toolkit.fluxcd.io";

    private final List<String> prefixes;

    Policies(Owner owner) {
        this.prefixes = List.of(owner.group(), FLUX);
    }

    /** Why the object is neither to be applied nor to be deleted; empty where it may be. */
    Optional<String> exclusion(Manifest object) {
        return find(object, "ssa", "Ignore").or(() -> find(object, "reconcile", "disabled"));
    }

    /** Why the object is only to be created, and never changed; empty where it may be. */
    Optional<String> ifNotPresent(Manifest object) {
        return find(object, "ssa", "IfNotPresent");
    }

    /** Whether fields and metadata that other tools left on the object are to stay. */
    boolean merges(Manifest object) {
        return find(object, "ssa", "Merge").isPresent();
    }

    /** Whether the object may be deleted and created again. */
    boolean forces(Manifest object) {
        return find(object, "force", "enabled").isPresent();
    }

    /** The annotation or label that has the value, such as {@code annotation example.org/ssa: Ignore}. */
    private Optional<String> find(Manifest object, String name, String value) {
        return prefixes.stream()
                .map(prefix -> prefix + '/' + name)
                .flatMap(key -> find(object.annotations(), key, value)
                        .map(found -> "annotation " + found)
                        .or(() -> find(object.labels(), key, value).map(found -> "label " + found))
                        .stream())
                .findFirst();
    }

    private static Optional<String> find(Map<String, String> metadata, String key, String value) {
        return Optional.ofNullable(metadata.get(key))
                .filter(value::equalsIgnoreCase)
                .map(found -> key + ": " + found);
    }
}
