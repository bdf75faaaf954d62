package io.gitopstoolkit.apply;

import static java.util.Objects.requireNonNull;

/**
 * Where an owner's {@link Inventory} is kept in the cluster.
 *
 * <p>A ConfigMap and a Secret hold one line for each object, and above 400,000 characters the same compressed: 20,000
 * objects and more. They carry the owner's labels and {@code <group>/inventory}, are created when needed, and go with
 * {@link Applier#uninstall}. In a status the entries are plain, as Flux has them, and some 10,000 objects fit. An inventory
 * that does not fit is refused before anything is applied.
 */
public sealed interface InventoryLocation {
    /** The ConfigMap {@code inventory.<owner's name>.<owner's group>} in the owner's namespace; the default. */
    static InventoryLocation configMap() {
        return new InConfigMap("");
    }

    /** The ConfigMap of this name in the owner's namespace. */
    static InventoryLocation configMap(String name) {
        return new InConfigMap(named(name));
    }

    /** The Secret of this name in the owner's namespace, for whoever may not see what is delivered. */
    static InventoryLocation secret(String name) {
        return new InSecret(named(name));
    }

    /**
     * The field {@code status.inventory.entries} of an object, in Flux's format: its Kustomization, or an object of your own
     * kind. Only this field is written, by a field manager of its own, by the status subresource where the kind has one. The
     * object must exist, and its definition must allow the field.
     *
     * @param apiVersion such as {@code kustomize.toolkit.fluxcd.io/v1}
     * @param namespace empty for a kind of cluster scope
     */
    static InventoryLocation statusOf(String apiVersion, String kind, String namespace, String name) {
        return new InStatus(apiVersion, kind, namespace, named(name));
    }

    /**
     * In a ConfigMap.
     *
     * @param name empty for the default
     */
    record InConfigMap(String name) implements InventoryLocation {
        /** Checks that it is there. */
        public InConfigMap {
            requireNonNull(name, "name");
        }
    }

    /** In a Secret. */
    record InSecret(String name) implements InventoryLocation {
        /** Checks that it is there. */
        public InSecret {
            named(name);
        }
    }

    /** In the status of an object. */
    record InStatus(String apiVersion, String kind, String namespace, String name) implements InventoryLocation {
        /** Checks that all are there. */
        public InStatus {
            requireNonNull(namespace, "namespace");
            named(apiVersion);
            named(kind);
            named(name);
        }
    }

    private static String named(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException(
                    "the object that keeps the inventory needs an apiVersion, a kind and a name");
        }
        return name;
    }
}
