package io.gitopstoolkit.kustomize.internal.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Strings that YAML has trouble with: written down by hand, and made at random. */
final class TrickyText {
    private static final String[] PIECES = {
        " ",
        "  ",
        "\n",
        "\n\n",
        "\t",
        "\r",
        "a",
        "b",
        "word",
        "x",
        ":",
        ": ",
        " #",
        "#",
        "-",
        "- ",
        "--- ",
        "?",
        ", ",
        "[",
        "]",
        "{",
        "}",
        "&",
        "*",
        "!",
        "|",
        ">",
        "'",
        "\"",
        "%",
        "@",
        "`",
        "\\",
        "=",
        "<<",
        "~",
        "0",
        "1",
        "12",
        ".",
        "_",
        "é",
        "漢",
        "\u0001",
        "\u00a0",
        "\u2028",
        "\u2029",
        "\ufeff",
        "\ud83d\ude00",
        "\u001b",
        "true",
        "null",
        "no",
        "longer-word",
        "several words in a row",
        "https://example.org/path?x=1&y=2",
        "\u0000",
        "/",
        "+",
        "e",
        "0x",
        "0b"
    };

    private static final String NUMERIC = "0123456789+-._:eExXbBoOTtZ ";

    private TrickyText() {}

    /** The corners that were thought of. */
    static List<String> corners() {
        var corners = new ArrayList<String>(List.of(
                "",
                " ",
                "  ",
                "\n",
                "\n\n",
                "a",
                "a ",
                " a",
                "a\n",
                "a\n\n",
                "\na",
                "a\nb",
                "a\n b",
                " a\nb",
                "a \nb",
                "a\n\nb",
                "a\tb",
                "\ta",
                "a\t",
                "a\n\tb",
                "a\r\nb",
                "a\rb",
                "---",
                "--- a",
                "---a",
                "...",
                "-",
                "- a",
                "-a",
                "--",
                "?",
                "? a",
                "?a",
                ":",
                ": a",
                ":a",
                "a: b",
                "a:b",
                "a:",
                "a #b",
                "a#b",
                "#a",
                "a:\tb",
                "&a",
                "*a",
                "!a",
                "|",
                ">",
                "'",
                "\"",
                "it's",
                "say \"hi\"",
                "'quoted'",
                "%a",
                "@a",
                "`a`",
                "[a]",
                "{a}",
                "a,b",
                ",a",
                "a[b",
                "=",
                "<<",
                "<",
                "~",
                "~a",
                "null",
                "Null",
                "NULL",
                "nULL",
                "true",
                "True",
                "TRUE",
                "tRUE",
                "false",
                "y",
                "Y",
                "n",
                "N",
                "yes",
                "Yes",
                "YES",
                "no",
                "No",
                "NO",
                "on",
                "On",
                "ON",
                "off",
                "Off",
                "OFF",
                "oN"));
        corners.addAll(List.of(
                "0",
                "-0",
                "+0",
                "00",
                "01",
                "08",
                "0o7",
                "0o8",
                "0O7",
                "0x1F",
                "0x",
                "0xg",
                "0X1f",
                "0b11",
                "0b2",
                "0B1",
                "-0b11",
                "0b-11",
                "0o-7",
                "1_000",
                "_1",
                "1_",
                "1__0",
                "0_1",
                "1.",
                "1.0",
                ".5",
                ".5_0",
                "._5",
                ".5_",
                "1e3",
                "1E3",
                "1e+3",
                "1e",
                "e1",
                "1.5e-7",
                "1e400",
                "-1e400",
                ".inf",
                "-.inf",
                "+.inf",
                ".Inf",
                ".INF",
                ".iNF",
                ".nan",
                ".NaN",
                ".NAN",
                "+.nan",
                "inf",
                "nan",
                "+1",
                "+",
                "-1",
                "1:30",
                "1:60",
                "12:30:45",
                "1:30.5",
                "-1:30",
                "1:",
                ":1",
                "1_0:30",
                "190:20:30",
                "2020-01-01",
                "2020-1-1",
                "2020-13-01",
                "2020-02-30",
                "2020-01-01T00:00:00Z",
                "2020-01-01t00:00:00Z",
                "2020-01-01 00:00:00",
                "2020-01-01  0:0:0",
                "2020-01-01T1:2:3.5Z",
                "2020-01-01T00:00:00+01:30",
                "2020-01-01T00:00:00-00:00",
                "2020-01-01T00:00:00+0100",
                "2020-01-01T24:00:00Z",
                "2020-01-01T00:00:00.123456789Z",
                "2020-01-01T00:00:00.1234567891Z",
                "2020-01-01 00:00:00 +1",
                "9223372036854775807",
                "9223372036854775808",
                "18446744073709551615",
                "18446744073709551616",
                "-9223372036854775808",
                "-9223372036854775809",
                "0x7fffffffffffffff",
                "0xffffffffffffffff",
                "0x10000000000000000",
                "1e5",
                "123456789012",
                "0777",
                "0o0",
                "-0x10",
                "+0x10",
                "1.2.3",
                "1,000",
                "12e03"));
        corners.add("\ufeff");
        corners.add("\ufeffx y");
        corners.add("x\ufeff");
        corners.add("\ud83d\ude00 smile");
        corners.add("a\u2028b");
        corners.add("a\u2028 b");
        corners.add("\u2028");
        corners.add("a\nb\u2028c\n");
        corners.add("\u00a0");
        corners.add("word ".repeat(30));
        corners.add("word ".repeat(30).strip());
        corners.add("two  blanks ".repeat(20).strip());
        corners.add("it's  'it' ".repeat(20).strip());
        corners.add("tab\t and blank ".repeat(20).strip());
        corners.add("é漢 ".repeat(60).strip());
        corners.add("x".repeat(100) + " y " + "z".repeat(100) + " end");
        corners.add("a".repeat(127));
        corners.add("a".repeat(128));
        corners.add("a".repeat(129));
        corners.add("é".repeat(64));
        corners.add("é".repeat(65));
        return corners;
    }

    /** A string of random pieces, seldom longer than a few lines. */
    static String random(Random random) {
        int style = random.nextInt(10);
        if (style == 0) {
            return numeric(random);
        }
        int pieces = random.nextInt(style == 1 ? 60 : 8);
        var text = new StringBuilder();
        for (int i = 0; i < pieces; i++) {
            text.append(style == 1 ? words(random) : PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    /** What looks like a number or a date, and now and then is one. */
    static String numeric(Random random) {
        var text = new StringBuilder();
        int length = 1 + random.nextInt(8);
        for (int i = 0; i < length; i++) {
            text.append(NUMERIC.charAt(random.nextInt(NUMERIC.length())));
        }
        return text.toString();
    }

    private static String words(Random random) {
        String[] words = {"a ", "word ", "longer-word ", "it's ", "x: ", "  ", "\"q\" ", "é ", "end"};
        return words[random.nextInt(words.length)];
    }
}
