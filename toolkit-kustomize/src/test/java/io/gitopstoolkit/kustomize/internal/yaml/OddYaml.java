package io.gitopstoolkit.kustomize.internal.yaml;

import java.util.Random;

/**
 * Makes YAML that no writer would: a document with most of what the language has, in which a few characters, lines or
 * indentations were changed. About a quarter of it is still YAML.
 */
final class OddYaml {
    private static final String[] BITS = {
        " ",
        "  ",
        "\n",
        "\n\n",
        "\t",
        ":",
        ": ",
        "- ",
        "-",
        "? ",
        "#",
        " # c",
        "\n# c\n",
        "\n  # c\n",
        "'",
        "\"",
        "|",
        ">",
        "|-\n",
        "|2\n",
        "[",
        "]",
        "{",
        "}",
        ",",
        ", ",
        "&a ",
        "*a",
        "!",
        "!!str ",
        "!!int ",
        "!x ",
        "%",
        "@",
        "`",
        "--",
        "...",
        "...\n",
        "\r",
        "\r\n",
        "\u0085",
        "\u2028",
        "\u2029",
        "\uFEFF",
        "é",
        "\uD83D\uDE00",
        "a",
        "1",
        "~",
        "null",
        "true",
        "\\",
        "\\n",
        "\\u12",
        "x: y\n",
        "\n    ",
        "a b",
        "=",
        "\u00A0",
        "0",
        ".",
        "_",
        "\u0007"
    };
    private static final String[] AT_LINE_START = {" ", "  ", "   ", "\t", "# ", "- ", "    ", "x: ", "? ", ": "};
    private static final String[] AT_LINE_END = {
        " # c", "#c", " ", "\t", "\t# c", ",", " x", ":", "\n", "\n#c", "\n      # c", "\n\t# x"
    };
    private static final String HEAD = "apiVersion: example.org/v1\nkind: Thing\nmetadata: {name: t}\n";
    private static final String[] BODIES = {"""
        spec:
          replicas: 3   # line
          labels: {app: web, tier: "front end", empty: , 'q': [a, {b: c}]}
          annotations:
            a.b/c: 'it''s'
            d: "x\\ty\\n\\u00e9\\x41\\
              joined"
          containers:
          - name: c1
            args: ["--a", --b=c, '{"x": 1}']
            ports:
            - containerPort: 80
            # foot of ports

            env:
            - {name: A, value: "1"}
            - name: B
              value: |
                line 1
                  line 2

                line 3
            - name: C
              value: >-
                folded text
                goes on

                here
          - name: c2
        """, """
        data:
          e: &x b
          f: *x
          n: !!str 12
          i: !!int "7"
          g: !local baz
          q: ! 12
          nul: ~
          em:
          fl: [1, 2.5, 1e3, .5, 0x1F, 017, 1_000, true, No, null, 2001-12-14]
          pair: [a: b, ? c : d, {e, f: }, [g]]
        ? complex key
        : complex value
        ? |
          block key
        : - one
          - two
        plain: multi line
          text here

          and more
        quoted: 'single
          line

          two'
        url: http://x.y/z?a=b#c
        """, """
        base: &base
          a: 1
          b: [x, y]
        derived:
          <<: *base
          b: 2
        list:
        - &one one
        - *one
        - # comment
          k: v
        - >2
           lead
          x
        - "a b
           c"
        - ? k1
          : v1
          ? k2
        -
        - - - deep
        last: end
        """};

    private final Random random;

    OddYaml(Random random) {
        this.random = random;
    }

    /** A document, perhaps of more than is read, but not of more that is. */
    String document() {
        var text = new StringBuilder(pick(BODIES));
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            change(text, random.nextInt(text.length()));
        }
        String document = HEAD + text;
        return document.contains("\n---") ? document() : document;
    }

    private void change(StringBuilder text, int at) {
        int lineStart = text.lastIndexOf("\n", at) + 1;
        int lineEnd = text.indexOf("\n", at) < 0 ? text.length() - 1 : text.indexOf("\n", at);
        switch (random.nextInt(9)) {
            case 0, 1, 2 -> text.insert(at, pick(BITS));
            case 3 -> text.deleteCharAt(at);
            case 4 -> text.delete(at, Math.min(text.length() - 1, at + 1 + random.nextInt(6)));
            case 5 -> text.replace(at, at + 1, pick(BITS));
            case 6 -> text.insert(lineStart, pick(AT_LINE_START));
            case 7 -> text.insert(lineStart, text.substring(lineStart, lineEnd + 1));
            default -> text.insert(lineEnd, pick(AT_LINE_END));
        }
    }

    private String pick(String[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}
