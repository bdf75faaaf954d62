package io.gitopstoolkit.kustomize.internal.patch;

import java.util.ArrayList;
import java.util.Random;

/** Makes JSON patches of an object that has something of everything. */
final class RandomOperations {
    static final String OBJECT = """
            apiVersion: example.org/v1
            kind: Thing
            metadata: {name: thing}
            spec:
              list: [a, 1, {x: 1, y: [true, null]}, null]
              empty: []
              none: null
              map: {a/b: 1, a~b: 2, "": 3, "01": z}
              big: 12345678901234567
              million: 1000000
              float: 1.50
              date: 2020-01-01
              text: "<&>"
              octal: 010
            """;

    private static final String[] PATHS = {
        "/spec/list",
        "/spec/list/0",
        "/spec/list/2",
        "/spec/list/3",
        "/spec/list/4",
        "/spec/list/5",
        "/spec/list/-",
        "/spec/list/-1",
        "/spec/list/-5",
        "/spec/list/+1",
        "/spec/list/01",
        "/spec/list/x",
        "/spec/list/2/x",
        "/spec/list/2/y/0",
        "/spec/list/0/x",
        "/spec/empty/0",
        "/spec/empty/-",
        "/spec/none",
        "/spec/none/x",
        "/spec/map/a~1b",
        "/spec/map/a~0b",
        "/spec/map/",
        "/spec/map/01",
        "/spec/map/new",
        "/spec/new",
        "/spec/new/deep",
        "/spec/big",
        "/spec/million",
        "/spec/float",
        "/spec/date",
        "/spec/text",
        "/spec/text/0",
        "spec/million",
        "/",
        "/spec/list/2/y/-1"
    };

    private static final String[] VALUES = {
        "1",
        "1.0",
        "1e3",
        "1000000",
        "text",
        "\"1\"",
        "null",
        "true",
        "yes",
        "{}",
        "[]",
        "{b: 1, a: [x]}",
        "[1, null, {a: 2}]",
        "2020-01-01",
        "12345678901234567",
        "010",
        "1.5",
        "a",
        "8",
        "{x: 1, y: [true, null]}",
        "''"
    };

    private static final String[] OPERATIONS = {
        "add", "add", "replace", "replace", "remove", "move", "copy", "test", "test"
    };

    private RandomOperations() {}

    static String patch(Random random) {
        var operations = new ArrayList<String>();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            operations.add(operation(random));
        }
        return "- " + String.join("\n- ", operations) + "\n";
    }

    private static String operation(Random random) {
        String operation = OPERATIONS[random.nextInt(OPERATIONS.length)];
        var fields = new ArrayList<String>();
        fields.add("op: " + (random.nextInt(30) == 0 ? "Add" : operation));
        fields.add("path: \"" + pick(random, PATHS) + "\"");
        if (operation.equals("move") || operation.equals("copy")) {
            fields.add("from: \"" + pick(random, PATHS) + "\"");
        } else if (random.nextInt(12) > 0) {
            fields.add("value: " + pick(random, VALUES));
        }
        return "{" + String.join(", ", fields) + "}";
    }

    private static String pick(Random random, String[] from) {
        return from[random.nextInt(from.length)];
    }
}
