package io.gitopstoolkit.kustomize.internal.yaml;

import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import org.jspecify.annotations.Nullable;

/**
 * Makes a tree of the first document of a text, straight from its tokens: anchors and merge keys expanded, every scalar
 * resolved. For one use.
 */
final class TreeParser {
    /** How many tokens behind the end of a document Go's version 3 has seen when it stops reading. */
    private static final int TOKENS_AT_THE_END = 3;

    private final Scanner scanner;
    private final Shortcuts shortcuts;
    private final Tokens tokens;
    private final Dialect dialect;
    private final ScalarTokens scalars;
    private final Anchors anchors;
    private final TagHandles handles = new TagHandles();
    private final OpenParts parts = new OpenParts();
    private int depth;
    private int flowDepth;
    /** The tag of the last scalar that had one. */
    private String lastTag = "";

    TreeParser(Cursor cursor, Dialect dialect, YamlLimits limits, KnownTexts texts) {
        this.scanner = new Scanner(cursor, dialect == Dialect.RESOURCE);
        this.shortcuts = new Shortcuts(scanner);
        this.tokens = scanner.tokens;
        this.dialect = dialect;
        this.anchors = new Anchors(limits);
        this.scalars = new ScalarTokens(cursor.bytes, tokens, texts, anchors);
    }

    /** The first document, or null where there is none. */
    @Nullable
    Node parse() {
        if (scanner.peek() == TokenType.STREAM_END) {
            return null;
        }
        Node root = handles.readHead(scanner) ? node(true, false) : Printed.IN_BLOCK;
        scanner.keys.holdAll();
        scanner.peek();
        if (dialect == Dialect.RESOURCE) {
            scanner.scanAhead(TOKENS_AT_THE_END);
        }
        return root;
    }

    /** Goes on to the next token. */
    private TokenType next() {
        tokens.take();
        return scanner.peek();
    }

    private YamlProblem problem(String what) {
        return new YamlProblem(what, tokens.start());
    }

    /**
     * A node with its tag and anchor.
     *
     * @param block whether a block collection may begin here
     * @param dashes whether a list may, that is not indented more than its key
     */
    private Node node(boolean block, boolean dashes) {
        TokenType type = scanner.peek();
        if (type == TokenType.SCALAR) {
            return inPlace(scalars.take("", ""));
        }
        if (type == TokenType.ALIAS) {
            return alias();
        }
        if (type != TokenType.ANCHOR && type != TokenType.TAG) {
            return collection(type, block, dashes);
        }
        return nodeWithProperties(type, block, dashes);
    }

    private Node nodeWithProperties(TokenType first, boolean block, boolean dashes) {
        String anchor = "";
        String tag = "";
        TokenType type = first;
        if (type == TokenType.ANCHOR) {
            anchor = tokens.text();
            type = next();
        }
        if (type == TokenType.TAG) {
            tag = handles.resolve(tokens.text(), tokens.extra(), tokens.start());
            lastTag = tag;
            type = next();
        }
        if (type == TokenType.ANCHOR && anchor.isEmpty()) {
            anchor = tokens.text();
            type = next();
        }
        if (type == TokenType.SCALAR) {
            return inPlace(scalars.take(anchor, tag));
        }
        if (!beginsCollection(type, block, dashes)) {
            return scalars.leftOut(anchor, tag, empty());
        }
        if (anchor.isEmpty()) {
            return collection(type, block, dashes);
        }
        Object mark = anchors.begin(anchor);
        Node node = collection(type, block, dashes);
        anchors.end(anchor, mark, node);
        return node;
    }

    private static boolean beginsCollection(TokenType type, boolean block, boolean dashes) {
        return switch (type) {
            case FLOW_LIST_START, FLOW_MAP_START -> true;
            case BLOCK_LIST_START, BLOCK_MAP_START -> block;
            case BLOCK_ENTRY -> dashes;
            default -> false;
        };
    }

    private Node collection(TokenType type, boolean block, boolean dashes) {
        if (!beginsCollection(type, block, dashes)) {
            throw problem("a value is missing, or a character stands where a value is expected");
        }
        anchors.checkDepth(++depth, tokens.start());
        boolean flow = type == TokenType.FLOW_LIST_START || type == TokenType.FLOW_MAP_START;
        flowDepth += flow ? 1 : 0;
        Node node = switch (type) {
            case BLOCK_MAP_START -> {
                tokens.take();
                yield blockMap();
            }
            case BLOCK_LIST_START -> blockList();
            case FLOW_MAP_START -> flowMap();
            case FLOW_LIST_START -> flowList();
            default -> dashedList();
        };
        flowDepth -= flow ? 1 : 0;
        depth--;
        return node;
    }

    private Node alias() {
        Node node = anchors.copy(tokens.text(), depth, tokens.start());
        tokens.take();
        return inPlace(node);
    }

    private Node inPlace(Node node) {
        return dialect == Dialect.RESOURCE ? Printed.placed(node, flowDepth > 0) : node;
    }

    private ScalarNode empty() {
        return flowDepth > 0 && dialect == Dialect.RESOURCE ? Printed.IN_FLOW : Printed.IN_BLOCK;
    }

    private ListNode blockList() {
        int mark = parts.mark();
        TokenType type = next();
        while (type == TokenType.BLOCK_ENTRY) {
            tokens.take();
            if (shortcuts.beginMap()) {
                parts.add(nestedMap());
                type = scanner.peek();
                continue;
            }
            type = scanner.peek();
            if (type == TokenType.BLOCK_ENTRY || type == TokenType.BLOCK_END) {
                parts.add(empty());
            } else {
                parts.add(node(true, false));
                type = scanner.peek();
            }
        }
        if (type != TokenType.BLOCK_END) {
            throw problem("a dash is missing before an item, or the line is indented wrongly");
        }
        tokens.take();
        return parts.takeList(mark);
    }

    /** A list whose dashes stand below the key that it belongs to. */
    private ListNode dashedList() {
        int mark = parts.mark();
        TokenType type = TokenType.BLOCK_ENTRY;
        while (type == TokenType.BLOCK_ENTRY) {
            tokens.take();
            if (shortcuts.beginMap()) {
                parts.add(nestedMap());
                type = scanner.peek();
                continue;
            }
            type = scanner.peek();
            switch (type) {
                case BLOCK_ENTRY, KEY, VALUE, BLOCK_END -> parts.add(empty());
                default -> {
                    parts.add(node(true, false));
                    type = scanner.peek();
                }
            }
        }
        return parts.takeList(mark);
    }

    /** A block map behind its first token, if it has one. */
    private MapNode blockMap() {
        var entries = new MapEntries(parts, dialect);
        while (true) {
            if (shortcuts.readKey()) {
                addPlain(entries);
                continue;
            }
            if (scanner.peek() != TokenType.KEY) {
                break;
            }
            int start = tokens.start();
            TokenType type = next();
            boolean bare = type == TokenType.KEY || type == TokenType.VALUE || type == TokenType.BLOCK_END;
            Node key = bare ? Printed.IN_BLOCK : key(true, start);
            boolean aliased = false;
            Node value = Printed.IN_BLOCK;
            if (scanner.peek() == TokenType.VALUE) {
                type = next();
                if (type != TokenType.KEY && type != TokenType.VALUE && type != TokenType.BLOCK_END) {
                    aliased = type == TokenType.ALIAS;
                    value = node(true, true);
                }
            }
            add(entries, key, value, aliased, start);
        }
        if (tokens.type() != TokenType.BLOCK_END) {
            throw problem("a key is missing, or the line is indented wrongly");
        }
        tokens.take();
        return entries.finish();
    }

    /** Adds the entry of a key that was skipped. */
    private void addPlain(MapEntries entries) {
        int start = shortcuts.start();
        ScalarNode key = scalars.key(start, shortcuts.end());
        Node value;
        if (shortcuts.readValue()) {
            int from = shortcuts.start();
            int to = shortcuts.end();
            value = to < 0 ? scalars.plain(shortcuts.composed(), from) : scalars.plain(from, to);
        } else if (shortcuts.beginMap()) {
            value = nestedMap();
        } else {
            TokenType type = scanner.peek();
            boolean leftOut = type == TokenType.KEY || type == TokenType.VALUE || type == TokenType.BLOCK_END;
            value = leftOut ? Printed.IN_BLOCK : node(true, true);
        }
        add(entries, key, value, false, start);
    }

    private MapNode nestedMap() {
        anchors.checkDepth(++depth, scanner.cursor.at);
        MapNode map = blockMap();
        depth--;
        return map;
    }

    private Node key(boolean block, int start) {
        lastTag = "";
        Node key = node(block, block);
        if (!lastTag.isEmpty() && depth > 1 && dialect == Dialect.RESOURCE && !ScalarFactory.allowsKey(lastTag)) {
            throw new YamlProblem("a key with a tag of its own; below the top of a document it takes none", start);
        }
        return key;
    }

    private void add(MapEntries entries, Node key, Node value, boolean aliased, int start) {
        if (key == ScalarFactory.MERGE_KEY) {
            if (dialect == Dialect.RESOURCE) {
                Printed.placeEntries(value, flowDepth > 0);
            }
            entries.merge(value, aliased, start);
            return;
        }
        String name = name(key);
        if (name == null) {
            throw new YamlProblem("a key that is no string; put it in quotes", start);
        }
        entries.add(name, value, start);
    }

    /** The key that a scalar stands for: kustomize writes one that was left out as an empty string. */
    private @Nullable String name(Node key) {
        if (dialect == Dialect.RESOURCE && Printed.isLeftOut(key)) {
            return "";
        }
        return key instanceof ScalarNode scalar ? scalars.key(scalar, depth == 1) : null;
    }

    private ListNode flowList() {
        int mark = parts.mark();
        TokenType type = next();
        while (type != TokenType.FLOW_LIST_END) {
            parts.add(type == TokenType.KEY ? flowPair() : node(false, false));
            type = scanner.peek();
            if (type == TokenType.FLOW_ENTRY) {
                type = next();
            } else if (type != TokenType.FLOW_LIST_END) {
                throw problem("a comma or ] is missing");
            }
        }
        tokens.take();
        return parts.takeList(mark);
    }

    /** A map of one entry within brackets. */
    private MapNode flowPair() {
        anchors.checkDepth(++depth, tokens.start());
        int start = tokens.start();
        var entries = new MapEntries(parts, dialect);
        TokenType type = next();
        Node key = empty();
        if (type == TokenType.VALUE || type == TokenType.FLOW_ENTRY || type == TokenType.FLOW_LIST_END) {
            // As in libyaml, the token that shows that there is no key is lost.
            tokens.take();
        } else {
            key = key(false, start);
        }
        boolean aliased = false;
        Node value = empty();
        if (scanner.peek() == TokenType.VALUE) {
            type = next();
            if (type != TokenType.FLOW_ENTRY && type != TokenType.FLOW_LIST_END) {
                aliased = type == TokenType.ALIAS;
                value = node(false, false);
            }
        }
        add(entries, key, value, aliased, start);
        depth--;
        return entries.finish();
    }

    private MapNode flowMap() {
        var entries = new MapEntries(parts, dialect);
        tokens.take();
        while (shortcuts.readQuotedKey() || scanner.peek() != TokenType.FLOW_MAP_END) {
            if (tokens.waiting() == 0) {
                addQuoted(entries);
            } else {
                flowEntry(entries, tokens.type());
            }
            TokenType type = scanner.peek();
            if (type == TokenType.FLOW_ENTRY) {
                tokens.take();
            } else if (type != TokenType.FLOW_MAP_END) {
                throw problem("a comma or } is missing");
            }
        }
        tokens.take();
        return entries.finish();
    }

    /** Adds the entry of a key in quotes that was read without a token. */
    private void addQuoted(MapEntries entries) {
        int start = shortcuts.start();
        String key = scalars.text(start, shortcuts.end());
        TokenType type = scanner.peek();
        boolean leftOut = type == TokenType.FLOW_ENTRY || type == TokenType.FLOW_MAP_END;
        entries.add(key, leftOut ? empty() : node(false, false), start);
    }

    private void flowEntry(MapEntries entries, TokenType first) {
        int start = tokens.start();
        Node key = empty();
        Node value = empty();
        boolean aliased = false;
        if (first != TokenType.KEY) {
            key = key(false, start);
        } else {
            TokenType type = next();
            if (type != TokenType.VALUE && type != TokenType.FLOW_ENTRY && type != TokenType.FLOW_MAP_END) {
                key = key(false, start);
            }
            if (scanner.peek() == TokenType.VALUE) {
                type = next();
                if (type != TokenType.FLOW_ENTRY && type != TokenType.FLOW_MAP_END) {
                    aliased = type == TokenType.ALIAS;
                    value = node(false, false);
                }
            }
        }
        add(entries, key, value, aliased, start);
    }
}
