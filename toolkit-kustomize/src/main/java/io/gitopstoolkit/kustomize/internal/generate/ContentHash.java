package io.gitopstoolkit.kustomize.internal.generate;

import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import io.gitopstoolkit.kustomize.internal.yaml.GoJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * The suffix that kustomize gives the name of a ConfigMap or Secret: ten characters of a SHA-256 over its content. The
 * object's name is no part of it.
 */
public final class ContentHash {
    /** Stands for the digits in their order, without those that could make a word. */
    private static final String DIGITS = "gh2k456789mbcdtf";

    private static final int LENGTH = 10;

    private ContentHash() {}

    /** The hash of a ConfigMap or Secret, or null for another kind, of which kustomize hashes the layout of its YAML too. */
    public static @Nullable String of(MapNode object) {
        String kind = object.getText("kind");
        if ("ConfigMap".equals(kind)) {
            return hash(content(object, "ConfigMap", "binaryData"));
        }
        if ("Secret".equals(kind)) {
            MapNode content = content(object, "Secret", "stringData");
            content.put("type", valueOf(object.get("type")));
            return hash(content);
        }
        return null;
    }

    private static MapNode content(MapNode object, String kind, String moreData) {
        var content = new MapNode();
        content.put("kind", kind);
        // Kustomize looks for a field "metadata/name", which no object has.
        content.put("name", "");
        content.put("data", valueOf(object.get("data")));
        if (object.get(moreData) instanceof MapNode more) {
            content.put(moreData, more);
        }
        return content;
    }

    private static Node valueOf(@Nullable Node node) {
        if (node instanceof ScalarNode scalar) {
            return ScalarNode.string(scalar.text());
        }
        return node == null ? ScalarNode.string("") : node;
    }

    private static String hash(MapNode content) {
        byte[] digest = sha256(GoJson.write(content).getBytes(StandardCharsets.UTF_8));
        var hash = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH / 2; i++) {
            hash.append(DIGITS.charAt((digest[i] >> 4) & 0xF)).append(DIGITS.charAt(digest[i] & 0xF));
        }
        return hash.toString();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
