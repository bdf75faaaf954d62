package io.gitopstoolkit.kustomize.internal.yaml;

import io.gitopstoolkit.kustomize.internal.tree.ScalarStyle;
import java.util.Arrays;

/**
 * Takes a document apart into tokens as libyaml's scanner does in the form that Go's YAML libraries have it: the rules of
 * YAML 1.1, and where they leave things open, what that program does.
 *
 * @see <a href="https://yaml.org/spec/1.1/">YAML 1.1</a>
 */
final class Scanner {
    /** How far behind a token or a comment a comment may begin and still be read together with it. */
    private static final int COMMENT_DISTANCE = 512;

    final Cursor cursor;
    final Tokens tokens = new Tokens();
    final SimpleKeys keys;
    final PlainScalars plain;
    private final QuotedScalars quoted;
    private final BlockScalars blockScalars;
    private final Properties properties;
    private final boolean readsComments;

    private int[] indents = new int[16];
    private int indentCount;
    private int indent = -1;
    /** Whether the last token took a line break behind it along. */
    private boolean tookBreak;
    /** Whether a comment behind the last token on its line belongs to the token. */
    private boolean ownsComment;

    /**
     * A scanner of what a cursor stands before.
     *
     * @param readsComments as version 3 of Go's library does: a comment on a line of its own may then stand after tabs
     */
    Scanner(Cursor cursor, boolean readsComments) {
        this.cursor = cursor;
        this.readsComments = readsComments;
        keys = new SimpleKeys(cursor, tokens);
        plain = new PlainScalars(cursor);
        quoted = new QuotedScalars(cursor, tokens);
        blockScalars = new BlockScalars(cursor, tokens);
        properties = new Properties(cursor, tokens);
    }

    /** The type of the next token, which is scanned if it was not yet. */
    TokenType peek() {
        while (tokens.waiting() == 0 || keys.holdTheNext()) {
            scanToken();
        }
        return tokens.type();
    }

    /** Scans until a number of tokens wait. */
    void scanAhead(int count) {
        while (tokens.waiting() < count || keys.holdTheNext()) {
            scanToken();
        }
    }

    private void scanToken() {
        skipToToken();
        if (endBlocks(cursor.column())) {
            return;
        }
        if (cursor.isEnd()) {
            endStream();
            return;
        }
        tookBreak = false;
        ownsComment = false;
        if (cursor.column() == 0 && scanAtLineStart()) {
            return;
        }
        ownsComment = true;
        scanIndicator(cursor.current());
    }

    /** What only stands at the start of a line; false where it is something else. */
    private boolean scanAtLineStart() {
        byte first = cursor.current();
        if (first == '%') {
            endDocument();
            properties.scanDirective();
            return true;
        }
        if (first == '-' && cursor.isMarker('-')) {
            scanDocumentMarker(TokenType.DOCUMENT_START);
            return true;
        }
        if (first == '.' && cursor.isMarker('.')) {
            scanDocumentMarker(TokenType.DOCUMENT_END);
            return true;
        }
        return false;
    }

    private void scanIndicator(byte first) {
        switch (first) {
            case '[' -> openFlow(TokenType.FLOW_LIST_START);
            case '{' -> openFlow(TokenType.FLOW_MAP_START);
            case ']' -> closeFlow(TokenType.FLOW_LIST_END);
            case '}' -> closeFlow(TokenType.FLOW_MAP_END);
            case ',' -> scanFlowEntry();
            case '*' -> scanAnchor(TokenType.ALIAS);
            case '&' -> scanAnchor(TokenType.ANCHOR);
            case '!' -> scanTag();
            case '\'', '"' -> scanQuoted(first);
            case '|', '>' -> scanBlockScalar(first);
            case '-' -> scanAfterDash();
            case '?' -> scanAfterQuestionMark();
            case ':' -> scanAfterColon();
            case '%', '@', '`', '\t' -> throw cannotStart();
            default -> scanPlain();
        }
    }

    private void scanAfterDash() {
        if (cursor.isBlankBreakOrEnd(cursor.at + 1)) {
            scanBlockEntry();
        } else {
            scanPlain();
        }
    }

    private void scanAfterQuestionMark() {
        if (keys.inFlow() || cursor.isBlankBreakOrEnd(cursor.at + 1)) {
            scanKey();
        } else {
            scanPlain();
        }
    }

    private void scanAfterColon() {
        if (keys.inFlow() || cursor.isBlankBreakOrEnd(cursor.at + 1)) {
            scanValue();
        } else {
            scanPlain();
        }
    }

    private YamlProblem cannotStart() {
        byte c = cursor.current();
        String what = c == '\t' ? "a tab" : "the character " + (char) c;
        return new YamlProblem(what + " cannot begin a value; put it in quotes or indent with blanks", cursor.at);
    }

    /** Goes past blanks, comments and line breaks. */
    void skipToToken() {
        int commentEnd = -1;
        boolean sameLine = ownsComment && !tookBreak;
        int from = cursor.at;
        while (true) {
            while (cursor.current() == ' ' || (cursor.current() == '\t' && (keys.inFlow() || !keys.areAllowed()))) {
                cursor.at++;
            }
            if (cursor.current() == '\t'
                    && readsComments
                    && isTabBeforeComment(sameLine ? from : commentEnd, sameLine)) {
                cursor.at++;
                continue;
            }
            if (cursor.current() == '#') {
                cursor.skipLine();
                commentEnd = sameLine ? commentEnd : cursor.at;
            }
            if (!cursor.isBreak()) {
                return;
            }
            cursor.skipBreak();
            sameLine = false;
            ownsComment = false;
            if (!keys.inFlow()) {
                keys.allow(true);
            }
        }
    }

    /**
     * Whether a tab is part of the space between two comments, or between a token and its comment: Go's library skips that
     * by looking ahead, whatever it consists of.
     */
    private boolean isTabBeforeComment(int from, boolean sameLine) {
        if (from < 0) {
            return false;
        }
        int position = cursor.at;
        while (cursor.bytes[position] == ' '
                || cursor.bytes[position] == '\t'
                || (!sameLine && cursor.isBreak(position))) {
            position++;
        }
        return cursor.bytes[position] == '#' && position - from < COMMENT_DISTANCE;
    }

    private void beginBlock(int column, TokenType type, int start, int number) {
        if (keys.inFlow() || indent >= column) {
            return;
        }
        indentTo(column);
        if (number < 0) {
            tokens.add(type, start);
        } else {
            tokens.insert(type, start, number);
        }
    }

    /** Begins a block at a column. */
    void indentTo(int column) {
        if (indentCount == indents.length) {
            indents = Arrays.copyOf(indents, indentCount * 2);
        }
        indents[indentCount++] = indent;
        indent = column;
    }

    /** Ends the blocks that are indented more than a column; whether there were any. */
    private boolean endBlocks(int column) {
        if (keys.inFlow() || indent <= column) {
            return false;
        }
        while (indent > column) {
            tokens.add(TokenType.BLOCK_END, cursor.at);
            indent = indents[--indentCount];
        }
        return true;
    }

    private void endStream() {
        if (cursor.column() != 0) {
            cursor.lineStart = cursor.index();
            cursor.line++;
        }
        endDocument();
        tokens.add(TokenType.STREAM_END, cursor.at);
    }

    private void endDocument() {
        endBlocks(-1);
        keys.remove();
        keys.allow(false);
    }

    private void scanDocumentMarker(TokenType type) {
        endDocument();
        tokens.add(type, cursor.at);
        cursor.at += 3;
    }

    private void openFlow(TokenType type) {
        keys.save(indent);
        keys.forgetUnlessClosed();
        keys.enterFlow();
        keys.allow(true);
        tokens.add(type, cursor.at++);
    }

    private void closeFlow(TokenType type) {
        keys.remove();
        keys.leaveFlow();
        keys.allow(false);
        tokens.add(type, cursor.at++);
    }

    private void scanFlowEntry() {
        keys.remove();
        keys.allow(true);
        tokens.add(TokenType.FLOW_ENTRY, cursor.at++);
    }

    private void scanBlockEntry() {
        if (!keys.inFlow()) {
            if (!keys.areAllowed()) {
                throw new YamlProblem("a list cannot begin here", cursor.at);
            }
            beginBlock(cursor.column(), TokenType.BLOCK_LIST_START, cursor.at, -1);
        }
        keys.remove();
        keys.allow(true);
        ownsComment = false;
        tokens.add(TokenType.BLOCK_ENTRY, cursor.at++);
    }

    private void scanKey() {
        if (!keys.inFlow()) {
            if (!keys.areAllowed()) {
                throw new YamlProblem("a key cannot begin here", cursor.at);
            }
            beginBlock(cursor.column(), TokenType.BLOCK_MAP_START, cursor.at, -1);
        }
        keys.remove();
        keys.allow(!keys.inFlow());
        tokens.add(TokenType.KEY, cursor.at++);
    }

    private void scanValue() {
        if (keys.isPossible()) {
            int number = keys.number();
            tokens.insert(TokenType.KEY, keys.start(), number);
            beginBlock(keys.column(), TokenType.BLOCK_MAP_START, keys.start(), number);
            keys.forget();
            keys.allow(false);
        } else {
            if (!keys.inFlow()) {
                if (!keys.areAllowed()) {
                    throw new YamlProblem("a value cannot begin here: a key stands before it on the line", cursor.at);
                }
                beginBlock(cursor.column(), TokenType.BLOCK_MAP_START, cursor.at, -1);
            }
            keys.allow(!keys.inFlow());
        }
        tokens.add(TokenType.VALUE, cursor.at++);
    }

    private void scanAnchor(TokenType type) {
        keys.save(indent);
        keys.allow(false);
        properties.scanAnchor(type);
    }

    private void scanTag() {
        keys.save(indent);
        keys.allow(false);
        properties.scanTag();
    }

    private void scanQuoted(byte quote) {
        keys.save(indent);
        keys.allow(false);
        quoted.scan(quote);
    }

    private void scanPlain() {
        keys.save(indent);
        keys.allow(false);
        int start = cursor.at;
        readPlain();
        int end = plain.end();
        tokens.addScalar(start, end < 0 ? plain.composed() : null, start, end, ScalarStyle.PLAIN);
    }

    /** Reads bare text. */
    void readPlain() {
        tookBreak = plain.scan(indent + 1, keys.inFlow());
        if (tookBreak) {
            keys.allow(true);
        }
    }

    /** The column of the innermost block; -1 where there is none. */
    int indent() {
        return indent;
    }

    /** Notes that what was read without a token is the last thing before the cursor. */
    void passed() {
        tookBreak = false;
        ownsComment = true;
    }

    private void scanBlockScalar(byte indicator) {
        if (keys.inFlow()) {
            throw cannotStart();
        }
        keys.remove();
        keys.allow(true);
        blockScalars.scan(indicator == '|', indent);
        tookBreak = true;
    }
}
