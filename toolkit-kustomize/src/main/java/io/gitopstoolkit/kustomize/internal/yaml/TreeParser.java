package io.gitopstoolkit.kustomize.internal.yaml;

import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import io.gitopstoolkit.kustomize.internal.tree.ScalarStyle;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Makes a tree of the first document of a text, straight from its tokens: anchors and merge keys expanded, every scalar
 * resolved. For one use.
 */
final class TreeParser {
    /** How many tokens behind the end of a document Go's version 3 has seen when it stops reading. */
    private static final int TOKENS_AT_THE_END = 3;

    private final Scanner scanner;
    private final Tokens tokens;
    private final Dialect dialect;
    private final ScalarFactory scalars;
    private final Anchors anchors;
    private final TagHandles handles = new TagHandles();
    private final OpenParts parts = new OpenParts();
    private int depth;
    private int flowDepth;
    /** The tag of the last scalar that had one. */
    private String lastTag = "";

    TreeParser(Cursor cursor, Dialect dialect, YamlLimits limits) {
        this.scanner = new Scanner(cursor, dialect == Dialect.RESOURCE);
        this.tokens = scanner.tokens;
        this.dialect = dialect;
        this.scalars = new ScalarFactory(dialect);
        this.anchors = new Anchors(limits);
    }

    /** The first document, or null where there is none. */
    @Nullable
    Node parse() {
        TokenType type = scanner.peek();
        if (type == TokenType.STREAM_END) {
            return null;
        }
        Node root = beginDocument(type) ? node(true, false) : LeftOut.IN_BLOCK;
        scanner.peek();
        if (dialect == Dialect.RESOURCE) {
            scanner.scanAhead(TOKENS_AT_THE_END);
        }
        return root;
    }

    /** Reads what stands before the content; false where there is none. */
    private boolean beginDocument(TokenType first) {
        TokenType type = first;
        if (type != TokenType.VERSION_DIRECTIVE
                && type != TokenType.TAG_DIRECTIVE
                && type != TokenType.DOCUMENT_START) {
            return true;
        }
        while (type == TokenType.VERSION_DIRECTIVE || type == TokenType.TAG_DIRECTIVE) {
            if (type == TokenType.TAG_DIRECTIVE) {
                handles.add(tokens.text(), tokens.extra(), tokens.start());
            } else {
                handles.checkVersion(tokens.text(), tokens.start());
            }
            type = next();
        }
        if (type != TokenType.DOCUMENT_START) {
            throw problem("--- is missing behind the directives");
        }
        return switch (next()) {
            case VERSION_DIRECTIVE, TAG_DIRECTIVE, DOCUMENT_START, DOCUMENT_END, STREAM_END -> false;
            default -> true;
        };
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
            return scalar("", "");
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
            return scalar(anchor, tag);
        }
        if (!beginsCollection(type, block, dashes)) {
            return emptyWithProperties(anchor, tag);
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
            case BLOCK_MAP_START -> blockMap();
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
        return dialect == Dialect.RESOURCE ? LeftOut.placed(node, flowDepth > 0) : node;
    }

    private ScalarNode scalar(String anchor, String tag) {
        ScalarStyle style = tokens.style();
        ScalarNode scalar;
        if (tag.isEmpty()) {
            scalar = style == ScalarStyle.PLAIN
                    ? scalars.plain(text(), tokens.start())
                    : scalars.quoted(text(), style, tokens.start());
        } else {
            scalar = scalars.value(text(), style, tag, tokens.start());
        }
        if (!anchor.isEmpty()) {
            anchors.define(anchor, scalar);
        }
        tokens.take();
        return scalar;
    }

    private String text() {
        int to = tokens.to();
        if (to < 0) {
            return tokens.text();
        }
        int from = tokens.from();
        return new String(scanner.cursor.bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /** The node of a tag or an anchor without content. */
    private ScalarNode emptyWithProperties(String anchor, String tag) {
        boolean bare = tag.isEmpty() || (tag.equals("!") && dialect == Dialect.RESOURCE);
        ScalarNode scalar = bare ? empty() : scalars.value("", ScalarStyle.PLAIN, tag, tokens.start());
        if (!anchor.isEmpty()) {
            anchors.define(anchor, scalar);
        }
        return scalar;
    }

    private ScalarNode empty() {
        return flowDepth > 0 && dialect == Dialect.RESOURCE ? LeftOut.IN_FLOW : LeftOut.IN_BLOCK;
    }

    private ListNode blockList() {
        int mark = parts.mark();
        TokenType type = next();
        while (type == TokenType.BLOCK_ENTRY) {
            type = next();
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
            type = next();
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

    private MapNode blockMap() {
        var entries = new MapEntries(parts, dialect);
        TokenType type = next();
        while (type == TokenType.KEY) {
            int start = tokens.start();
            type = next();
            boolean bare = type == TokenType.KEY || type == TokenType.VALUE || type == TokenType.BLOCK_END;
            Node key = bare ? LeftOut.IN_BLOCK : key(true, start);
            boolean aliased = false;
            Node value = LeftOut.IN_BLOCK;
            if (scanner.peek() == TokenType.VALUE) {
                type = next();
                if (type != TokenType.KEY && type != TokenType.VALUE && type != TokenType.BLOCK_END) {
                    aliased = type == TokenType.ALIAS;
                    value = node(true, true);
                }
            }
            add(entries, key, value, aliased, start);
            type = scanner.peek();
        }
        if (type != TokenType.BLOCK_END) {
            throw problem("a key is missing, or the line is indented wrongly");
        }
        tokens.take();
        return entries.finish();
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
                LeftOut.placeEntries(value, flowDepth > 0);
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
        if (dialect == Dialect.RESOURCE && LeftOut.is(key)) {
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
        TokenType type = next();
        while (type != TokenType.FLOW_MAP_END) {
            flowEntry(entries, type);
            type = scanner.peek();
            if (type == TokenType.FLOW_ENTRY) {
                type = next();
            } else if (type != TokenType.FLOW_MAP_END) {
                throw problem("a comma or } is missing");
            }
        }
        tokens.take();
        return entries.finish();
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
