package io.gitopstoolkit.kustomize.internal.yaml;

/** Reads the escapes of text in double quotes. */
final class Escapes {
    private final Cursor cursor;
    private final ByteText text;

    Escapes(Cursor cursor, ByteText text) {
        this.cursor = cursor;
        this.text = text;
    }

    /** Appends what the escape before the cursor stands for; the text that it is in starts at {@code start}. */
    void read(int start) {
        byte letter = cursor.ahead(1);
        int digits = switch (letter) {
            case 'x' -> 2;
            case 'u' -> 4;
            case 'U' -> 8;
            default -> 0;
        };
        if (digits > 0) {
            cursor.at += 2;
            text.appendCodePoint(codePoint(digits, start));
            cursor.at += digits;
        } else {
            text.appendCodePoint(meaning(letter, start));
            cursor.at += 2;
        }
    }

    private static int meaning(byte letter, int start) {
        return switch (letter) {
            case '0' -> 0;
            case 'a' -> 0x07;
            case 'b' -> '\b';
            case 't', '\t' -> '\t';
            case 'n' -> '\n';
            case 'v' -> 0x0B;
            case 'f' -> '\f';
            case 'r' -> '\r';
            case 'e' -> 0x1B;
            case ' ', '"', '\'', '\\' -> letter;
            case 'N' -> 0x85;
            case '_' -> 0xA0;
            case 'L' -> 0x2028;
            case 'P' -> 0x2029;
            default -> throw new YamlProblem("an escape in double quotes that YAML 1.1 does not have", start);
        };
    }

    private int codePoint(int digits, int start) {
        long value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = Character.digit(cursor.ahead(i), 16);
            if (digit < 0) {
                throw new YamlProblem("an escape in double quotes without its " + digits + " digits", start);
            }
            value = (value << 4) | digit;
        }
        if ((value >= 0xD800 && value <= 0xDFFF) || value > 0x10FFFF) {
            throw new YamlProblem("an escape in double quotes that stands for no character", start);
        }
        return (int) value;
    }
}
