package io.gitopstoolkit.apply;

import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ObjectRef;
import io.gitopstoolkit.apply.internal.Kind;
import io.gitopstoolkit.apply.internal.Tree;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The form of an inventory in a ConfigMap or a Secret. */
record InventoryObject(Owner owner, String kindName, String name) {
    static final Kind CONFIG_MAP = new Kind("v1", "ConfigMap", "configmaps", true);
    static final Kind SECRET = new Kind("v1", "Secret", "secrets", true);

    private static final String KEY = "inventory";
    private static final String COMPRESSED_KEY = "inventory.gz";
    private static final String FORMAT = "1";
    /** Readable up to here. */
    private static final int LONGEST_TEXT = 400_000;
    /** What Kubernetes takes in one ConfigMap or Secret. */
    private static final int LARGEST_BYTES = 1024 * 1024;

    Kind kind() {
        return kindName.equals("Secret") ? SECRET : CONFIG_MAP;
    }

    ObjectRef ref() {
        return new ObjectRef("", kindName, owner.namespace(), name);
    }

    /**
     * Reads it out of the object.
     *
     * @throws IllegalArgumentException if it is damaged; the message says how
     */
    static Inventory parse(Manifest object, String group) {
        String format = object.annotations().getOrDefault(group + "/inventory-format", FORMAT);
        if (!format.equals(FORMAT)) {
            throw new IllegalArgumentException(
                    "its format is " + format + ", and this version of the toolkit knows format " + FORMAT + " alone");
        }
        Inventory inventory = InventoryText.parse(text(object));
        String size = object.annotations().getOrDefault(size(group), "");
        if (!size.isEmpty() && !size.equals(Integer.toString(inventory.entries().size()))) {
            throw new IllegalArgumentException("it holds " + inventory.entries().size()
                    + " objects, and its annotation " + size(group) + " says " + size);
        }
        return inventory;
    }

    private static String text(Manifest object) {
        boolean secret = object.kind().equals("Secret");
        if (Tree.at(object.content(), secret ? "data" : "binaryData", COMPRESSED_KEY) instanceof String bytes) {
            return InventoryText.decompress(Base64.getDecoder().decode(bytes));
        }
        if (Tree.at(object.content(), "data", KEY) instanceof String text) {
            return secret ? new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8) : text;
        }
        throw new IllegalArgumentException("data." + KEY + " is missing");
    }

    /**
     * The object that holds the inventory.
     *
     * @param before the one that it replaces, if there is one
     * @throws IllegalArgumentException if it is too large for one object
     */
    Manifest manifest(@Nullable Manifest before, Inventory inventory, String hooksRanFor) {
        var metadata = new LinkedHashMap<String, @Nullable Object>();
        metadata.put("name", name);
        metadata.put("namespace", owner.namespace());
        var labels = new LinkedHashMap<String, @Nullable Object>(owner.labels());
        labels.put(label(owner.group()), "true");
        metadata.put("labels", labels);
        var annotations = new LinkedHashMap<String, @Nullable Object>();
        annotations.put(owner.group() + "/inventory-format", FORMAT);
        annotations.put(
                size(owner.group()), Integer.toString(inventory.entries().size()));
        if (!hooksRanFor.isEmpty()) {
            annotations.put(InventoryStore.hooksAnnotation(owner), hooksRanFor);
        }
        metadata.put("annotations", annotations);
        if (before != null) {
            metadata.put("resourceVersion", Tree.text(before.content(), "", "metadata", "resourceVersion"));
        }
        var content = new LinkedHashMap<String, @Nullable Object>();
        content.put("apiVersion", "v1");
        content.put("kind", kindName);
        content.put("metadata", metadata);
        putData(content, InventoryText.of(inventory));
        return new Manifest(content);
    }

    private void putData(Map<String, @Nullable Object> content, String text) {
        boolean secret = kindName.equals("Secret");
        if (text.length() <= LONGEST_TEXT) {
            content.put("data", Map.of(KEY, secret ? base64(text.getBytes(StandardCharsets.UTF_8)) : text));
            return;
        }
        byte[] bytes = InventoryText.compress(text);
        if (bytes.length > LARGEST_BYTES) {
            throw new IllegalArgumentException("it takes " + bytes.length + " bytes, and " + LARGEST_BYTES
                    + " fit into one object; part the delivery into several, each with an owner of its own");
        }
        content.put(secret ? "data" : "binaryData", Map.of(COMPRESSED_KEY, base64(bytes)));
    }

    /** The label of each object that keeps an inventory of the group. */
    static String label(String group) {
        return group + "/inventory";
    }

    private static String size(String group) {
        return group + "/inventory-size";
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
