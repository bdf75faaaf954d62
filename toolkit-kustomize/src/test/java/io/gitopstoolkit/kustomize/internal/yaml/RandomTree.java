package io.gitopstoolkit.kustomize.internal.yaml;

import java.util.Random;

/** Makes resources with random maps and lists, as YAML in block and flow style. */
final class RandomTree {
    private static final String[] KEYS = {
        "a",
        "b",
        "B",
        "a1",
        "a10",
        "a2",
        "a02",
        "a-b",
        "a.b/c",
        "name",
        "é",
        "Z",
        "_x",
        "1",
        "10",
        "9",
        "no",
        "null",
        "x y",
        "k:v",
        "app.kubernetes.io/name",
        "0x1",
        "key with blank",
        "#k",
        "-k",
        "ключ"
    };

    private static final String[] BARE = {
        "1",
        "8080",
        "true",
        "null",
        "word",
        "1.5",
        "0.10",
        "1e3",
        "~",
        "yes",
        "010",
        "1_000",
        "2020-01-01",
        "0x1f",
        "''",
        "\"\"",
        "[]",
        "{}",
        "12345678901234567890",
        "1.0",
        "123456789.123456789",
        "1e21",
        "-0.0",
        "100000000000000000000",
        "0.00001",
        "1e-7",
        "3.14159265358979",
        "5e-324",
        "1.7976931348623157e308",
        "100m",
        "1Gi"
    };

    private final Random random;
    private final StringBuilder yaml = new StringBuilder();

    RandomTree(Random random) {
        this.random = random;
    }

    String resource(String name) {
        yaml.append("apiVersion: example.org/v1\nkind: Thing\nmetadata:\n  name: ")
                .append(name)
                .append("\nspec:\n");
        map(2, 4);
        return yaml.toString();
    }

    private void map(int indent, int depth) {
        int start = random.nextInt(KEYS.length);
        int count = 1 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            yaml.append(" ".repeat(indent))
                    .append(ScalarText.json(KEYS[(start + i * 5) % KEYS.length]))
                    .append(':');
            value(indent, depth);
        }
    }

    private void value(int indent, int depth) {
        switch (depth == 0 ? 0 : random.nextInt(4)) {
            case 1 -> {
                yaml.append('\n');
                map(indent + 2, depth - 1);
            }
            case 2 -> {
                yaml.append('\n');
                list(indent + 1, depth - 1);
            }
            default -> yaml.append(' ').append(scalar()).append('\n');
        }
    }

    private void list(int indent, int depth) {
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            yaml.append(" ".repeat(indent)).append('-');
            value(indent + 1, depth);
        }
    }

    private String scalar() {
        return random.nextInt(3) == 0 ? ScalarText.json(TrickyText.random(random)) : BARE[random.nextInt(BARE.length)];
    }
}
