package io.gitopstoolkit.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Kustomizations to render, of three sizes; the same bytes at every run. */
public enum RenderInput {
    /** One base of a Deployment, Service and ConfigMap, and one overlay with patches. */
    SMALL,
    /**
     * 50 objects under three overlays with components, patches, images, generators, a name prefix and replacements.
     */
    MEDIUM,
    /** 2,000 objects in 200 files, with 20 patches, labels, a namespace, images and generators. */
    LARGE;

    private static final int OBJECTS_IN_FILE = 10;

    /** The directory to render. */
    public String path() {
        return switch (this) {
            case SMALL -> "overlay";
            case MEDIUM -> "overlays/three";
            case LARGE -> "all";
        };
    }

    /** The files, by path. */
    public Map<String, String> files() {
        return switch (this) {
            case SMALL -> small();
            case MEDIUM -> medium();
            case LARGE -> large(2_000);
        };
    }

    /** Files like those of {@link #LARGE}, for another number of objects, of which two are generated. */
    static Map<String, String> large(int objects) {
        var files = new LinkedHashMap<String, String>();
        var kustomization = new StringBuilder("namespace: production\nresources:\n");
        for (int first = 0; first < objects - 2; first += OBJECTS_IN_FILE) {
            String file = "objects-" + first / OBJECTS_IN_FILE + ".yaml";
            files.put("all/" + file, objects(first, Math.min(first + OBJECTS_IN_FILE, objects - 2)));
            kustomization.append("  - ").append(file).append('\n');
        }
        kustomization.append("""
                labels:
                  - pairs: {team: payments}
                    includeSelectors: true
                images:
                  - {name: registry.example.org/app, newTag: 2.0.0}
                configMapGenerator:
                  - name: settings
                    literals: [LEVEL=info]
                secretGenerator:
                  - name: token
                    literals: [token=not-a-real-one]
                patches:
                """);
        for (int patch = 0; patch < objects / 100; patch++) {
            String file = "patch-" + patch + ".yaml";
            files.put("all/" + file, replicas(patch * 40, 3));
            kustomization.append("  - path: ").append(file).append('\n');
            if (patch % 2 > 0) {
                kustomization.append("    target: {kind: Deployment, name: app-" + patch * 40 + "}\n");
            }
        }
        files.put("all/kustomization.yaml", kustomization.toString());
        return files;
    }

    private static String objects(int from, int to) {
        var objects = new StringBuilder();
        for (int i = from; i < to; i++) {
            objects.append(i == from ? "" : "---\n")
                    .append(
                            switch (i % 4) {
                                case 0 -> deployment(i);
                                case 1 -> service(i - 1);
                                case 2 -> configMap(i - 2);
                                default -> serviceAccount(i - 3);
                            });
        }
        return objects.toString();
    }

    /** Writes files below {@code directory}. */
    static void write(Map<String, String> files, Path directory) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = directory.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }

    private static Map<String, String> small() {
        var files = new LinkedHashMap<String, String>();
        files.put("base/kustomization.yaml", "resources: [app.yaml]\n");
        files.put("base/app.yaml", deployment(0) + "---\n" + service(0) + "---\n" + configMap(0));
        files.put("overlay/kustomization.yaml", """
                namespace: production
                resources: [../base]
                patches:
                  - path: replicas.yaml
                  - target: {kind: Service}
                    patch: |
                      - {op: replace, path: /spec/ports/0/port, value: 8080}
                images:
                  - name: registry.example.org/app
                    newTag: 2.0.0
                """);
        files.put("overlay/replicas.yaml", replicas(0, 3));
        return files;
    }

    private static void addMediumBase(Map<String, String> files) {
        var resources = new StringBuilder("resources:\n");
        for (int i = 0; i < 16; i++) {
            files.put("base/app-" + i + ".yaml", deployment(i) + "---\n" + service(i) + "---\n" + configMap(i));
            resources.append("  - app-").append(i).append(".yaml\n");
        }
        resources.append("configMapGenerator:\n  - name: settings\n    literals: [LEVEL=info, REGION=eu]\n");
        resources.append("secretGenerator:\n  - name: token\n    literals: [token=not-a-real-one]\n");
        files.put("base/kustomization.yaml", resources.toString());
    }

    private static Map<String, String> medium() {
        var files = new LinkedHashMap<String, String>();
        addMediumBase(files);
        files.put("components/limits/kustomization.yaml", """
                apiVersion: kustomize.config.k8s.io/v1alpha1
                kind: Component
                patches:
                  - target: {kind: Deployment, name: app-1.*}
                    patch: |
                      - op: add
                        path: /spec/template/spec/containers/0/resources
                        value: {limits: {memory: 256Mi}}
                """);
        files.put("overlays/one/kustomization.yaml", """
                resources: [../../base]
                components: [../../components/limits]
                labels:
                  - pairs: {team: payments}
                    includeSelectors: true
                """);
        files.put("overlays/two/kustomization.yaml", """
                resources: [../one]
                namePrefix: eu-
                commonAnnotations: {contact: payments@example.org}
                configMapGenerator:
                  - name: settings
                    behavior: merge
                    literals: [LEVEL=debug]
                """);
        files.put("overlays/three/kustomization.yaml", """
                namespace: production
                resources: [../two]
                images:
                  - name: registry.example.org/app
                    newName: mirror.example.org/app
                    newTag: 2.0.0
                patches:
                  - path: replicas.yaml
                replicas:
                  - {name: app-4, count: 5}
                replacements:
                  - source: {kind: ConfigMap, name: app-0, fieldPath: data.number}
                    targets:
                      - select: {kind: Deployment}
                        fieldPaths: [spec.template.metadata.annotations.number]
                        options: {create: true}
                """);
        files.put("overlays/three/replicas.yaml", replicas(3, 3).replace("name: app-3", "name: eu-app-3"));
        return files;
    }

    private static String deployment(int i) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: app-%1$d
                  labels:
                    app: app-%1$d
                spec:
                  replicas: 1
                  selector:
                    matchLabels:
                      app: app-%1$d
                  template:
                    metadata:
                      labels:
                        app: app-%1$d
                    spec:
                      serviceAccountName: app-%1$d
                      containers:
                        - name: app
                          image: registry.example.org/app:1.0.0
                          args: ["--listen=:8080", "--name", "app-%1$d"]
                          ports:
                            - name: http
                              containerPort: 8080
                          envFrom:
                            - configMapRef:
                                name: app-%1$d
                          env:
                            - name: LEVEL
                              valueFrom:
                                configMapKeyRef:
                                  name: settings
                                  key: LEVEL
                          readinessProbe:
                            httpGet: {path: /healthz, port: http}
                """.formatted(i);
    }

    private static String service(int i) {
        return """
                apiVersion: v1
                kind: Service
                metadata:
                  name: app-%1$d
                spec:
                  selector:
                    app: app-%1$d
                  ports:
                    - name: http
                      port: 80
                      targetPort: http
                """.formatted(i);
    }

    private static String configMap(int i) {
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: app-%1$d
                data:
                  number: "%1$d"
                  settings.properties: |
                    name=app-%1$d
                    mode=production
                """.formatted(i);
    }

    private static String serviceAccount(int i) {
        return """
                apiVersion: v1
                kind: ServiceAccount
                metadata:
                  name: app-%1$d
                """.formatted(i);
    }

    private static String replicas(int i, int count) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: app-%1$d
                spec:
                  replicas: %2$d
                """.formatted(i, count);
    }
}
