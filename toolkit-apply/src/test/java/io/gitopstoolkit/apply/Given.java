package io.gitopstoolkit.apply;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.api.Revision;
import io.gitopstoolkit.apply.internal.Tree;
import java.time.Duration;
import java.util.List;

/** What the tests give to an applier. */
final class Given {
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private Given() {}

    /** A manifest written as YAML. */
    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be one more dependency
    static Manifest manifest(String yaml, Object... values) {
        return new Manifest(Tree.cast(YAML.unmarshal("---\n" + yaml.formatted(values), java.util.Map.class)));
    }

    static ManifestSet set(Manifest... manifests) {
        return ManifestSet.of(Revision.parse("main@sha1:5394cb7f48332b2de7c17dd8b8384bbc84b7e738"), List.of(manifests));
    }

    static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(60));
    }

    static Manifest configMap(String name, String color) {
        return manifest("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %s}
                data: {color: %s}
                """, name, color);
    }

    static Manifest namespace(String name) {
        return manifest("{apiVersion: v1, kind: Namespace, metadata: {name: %s}}", name);
    }

    static Manifest secret(String name, String value) {
        return manifest("""
                apiVersion: v1
                kind: Secret
                metadata: {name: %s}
                stringData: {password: %s}
                """, name, value);
    }

    static Manifest deployment(String name, String image) {
        return manifest("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s}
                spec:
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s}}
                    spec:
                      containers:
                        - name: web
                          image: %2$s
                          env: [{name: MODE, value: fast}]
                          ports: [{containerPort: 80}]
                """, name, image);
    }

    static Manifest definition(String group, String kind) {
        String lower = kind.toLowerCase(java.util.Locale.ROOT);
        return manifest("""
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: %2$ss.%1$s}
                spec:
                  group: %1$s
                  scope: Namespaced
                  names: {kind: %3$s, plural: %2$ss, singular: %2$s, listKind: %3$sList}
                  versions:
                    - name: v1
                      served: true
                      storage: true
                      schema:
                        openAPIV3Schema:
                          type: object
                          properties:
                            spec:
                              type: object
                              properties: {size: {type: integer}}
                """, group, lower, kind);
    }
}
