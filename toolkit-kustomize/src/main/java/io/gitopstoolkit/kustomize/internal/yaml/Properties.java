package io.gitopstoolkit.kustomize.internal.yaml;

/** Scans anchors, aliases, tags and directives. */
final class Properties {
    private static final String URI_MARKS = ";/?:@&=+$,.!~*'()[]%";
    private static final String AFTER_ANCHOR = "?:,]}%@`";

    private final Cursor cursor;
    private final Tokens tokens;
    private final ByteText uri = new ByteText();

    Properties(Cursor cursor, Tokens tokens) {
        this.cursor = cursor;
        this.tokens = tokens;
    }

    /** Scans {@code &name} or {@code *name}. */
    void scanAnchor(TokenType type) {
        int start = cursor.at++;
        String name = readWord();
        boolean ended = cursor.isBlankBreakOrEnd(cursor.at) || AFTER_ANCHOR.indexOf(cursor.current()) >= 0;
        if (name.isEmpty() || !ended) {
            throw new YamlProblem("the name of an anchor or alias takes letters, digits, - and _", start);
        }
        tokens.add(type, start, name, "");
    }

    private String readWord() {
        int from = cursor.at;
        while (cursor.isWord()) {
            cursor.at++;
        }
        return ascii(from, cursor.at);
    }

    @SuppressWarnings("deprecation") // the bytes are ASCII
    private String ascii(int from, int to) {
        return new String(cursor.bytes, 0, from, to - from);
    }

    /** Scans a tag: its handle is empty where the suffix is all of it. */
    void scanTag() {
        int start = cursor.at;
        String handle = "";
        String suffix;
        if (cursor.ahead(1) == '<') {
            cursor.at += 2;
            suffix = readUri("", false, start);
            if (cursor.current() != '>') {
                throw new YamlProblem("a tag that begins with !< and does not end with >", start);
            }
            cursor.at++;
        } else {
            handle = readHandle(start);
            if (handle.length() > 1 && handle.endsWith("!")) {
                suffix = readUri("", false, start);
            } else {
                suffix = readUri(handle.substring(1), true, start);
                handle = suffix.isEmpty() ? "" : "!";
                suffix = suffix.isEmpty() ? "!" : suffix;
            }
        }
        if (!cursor.isBlankBreakOrEnd(cursor.at)) {
            throw new YamlProblem("a blank is missing behind a tag", start);
        }
        tokens.add(TokenType.TAG, start, handle, suffix);
    }

    /** Reads {@code !}, {@code !name!}, or the beginning of a tag like {@code !name}. */
    private String readHandle(int start) {
        if (cursor.current() != '!') {
            throw new YamlProblem("the handle of a tag begins with !", start);
        }
        int from = cursor.at++;
        while (cursor.isWord()) {
            cursor.at++;
        }
        if (cursor.current() == '!') {
            cursor.at++;
        }
        return ascii(from, cursor.at);
    }

    private String readUri(String head, boolean mayBeEmpty, int start) {
        uri.clear();
        int from = cursor.at;
        while (cursor.isWord() || (cursor.current() > ' ' && URI_MARKS.indexOf(cursor.current()) >= 0)) {
            if (cursor.current() == '%') {
                readEscapes(start);
            } else {
                uri.append((char) cursor.current());
                cursor.at++;
            }
        }
        if (cursor.at == from && !mayBeEmpty) {
            throw new YamlProblem("a tag without a name", start);
        }
        return head + uri;
    }

    /** Reads one character, each of its bytes written as a percent sign and two digits. */
    private void readEscapes(int start) {
        int missing = 1;
        boolean first = true;
        while (missing > 0) {
            int high = cursor.current() == '%' ? Character.digit(cursor.ahead(1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(cursor.ahead(2), 16);
            if (low < 0) {
                throw new YamlProblem("an escape in a tag without its two digits", start);
            }
            int octet = (high << 4) | low;
            boolean fits = first ? (octet < 0x80 || octet >= 0xC0) && octet < 0xF8 : (octet & 0xC0) == 0x80;
            if (!fits) {
                throw new YamlProblem("an escape in a tag that is not UTF-8", start);
            }
            missing = first ? Cursor.width((byte) octet) : missing;
            first = false;
            uri.append((char) octet);
            cursor.at += 3;
            missing--;
        }
    }

    /** Scans a line that begins with a percent sign. */
    void scanDirective() {
        int start = cursor.at++;
        String name = readWord();
        if (name.isEmpty() || !cursor.isBlankBreakOrEnd(cursor.at)) {
            throw new YamlProblem("a directive without a name", start);
        }
        switch (name) {
            case "YAML" -> scanVersion(start);
            case "TAG" -> scanTagDirective(start);
            default -> throw new YamlProblem("a directive that is neither YAML nor TAG", start);
        }
        skipBlanks();
        if (cursor.current() == '#') {
            cursor.skipLine();
        }
        if (!cursor.isBreakOrEnd()) {
            throw new YamlProblem("only a comment may stand behind a directive", start);
        }
        if (!cursor.isEnd()) {
            cursor.skipBreak();
        }
    }

    private void scanVersion(int start) {
        skipBlanks();
        int major = readNumber(start);
        if (cursor.current() != '.') {
            throw new YamlProblem("a YAML directive without a version", start);
        }
        cursor.at++;
        int minor = readNumber(start);
        tokens.add(TokenType.VERSION_DIRECTIVE, start, major + "." + minor, "");
    }

    private int readNumber(int start) {
        int from = cursor.at;
        int number = 0;
        while (cursor.current() >= '0' && cursor.current() <= '9') {
            number = number * 10 + cursor.current() - '0';
            cursor.at++;
            if (cursor.at - from > 2) {
                throw new YamlProblem("a YAML directive with a long version", start);
            }
        }
        if (cursor.at == from) {
            throw new YamlProblem("a YAML directive without a version", start);
        }
        return number;
    }

    private void scanTagDirective(int start) {
        skipBlanks();
        String handle = readHandle(start);
        if (handle.length() > 1 && !handle.endsWith("!")) {
            throw new YamlProblem("the handle of a tag ends with !", start);
        }
        if (!cursor.isBlank()) {
            throw new YamlProblem("a TAG directive takes a handle, a blank and a prefix", start);
        }
        skipBlanks();
        String prefix = readUri("", false, start);
        if (!cursor.isBlankBreakOrEnd(cursor.at)) {
            throw new YamlProblem("the prefix of a TAG directive is no tag", start);
        }
        tokens.add(TokenType.TAG_DIRECTIVE, start, handle, prefix);
    }

    private void skipBlanks() {
        while (cursor.isBlank()) {
            cursor.at++;
        }
    }
}
