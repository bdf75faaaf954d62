package io.gitopstoolkit.kustomize.internal.yaml;

import io.gitopstoolkit.kustomize.KustomizeException.Reason;
import io.gitopstoolkit.kustomize.internal.tree.ListNode;
import io.gitopstoolkit.kustomize.internal.tree.MapNode;
import io.gitopstoolkit.kustomize.internal.tree.Node;
import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import io.gitopstoolkit.kustomize.internal.tree.ScalarType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Makes a tree of one document: anchors and merge keys expanded, every scalar resolved. For one use. */
final class TreeBuilder {
    private static final LoadSettings FAST = settings(false);
    private static final LoadSettings EXACT = settings(true);
    private static final ScalarNode EMPTY_IN_FLOW =
            ScalarNode.of("", ScalarType.NULL, io.gitopstoolkit.kustomize.internal.tree.ScalarStyle.SINGLE_QUOTED);

    private final Parser parser;
    private final ScalarFactory scalars;
    private final Dialect dialect;
    private final YamlLimits limits;
    private final Map<Anchor, Node> anchors = new HashMap<>();
    private final Set<Anchor> open = new HashSet<>();
    private final int openEnd;
    private int depth;
    private int flowDepth;
    private int aliasedNodes;

    TreeBuilder(String text, Dialect dialect, YamlLimits limits, boolean exact) {
        boolean open = !text.isEmpty() && !text.endsWith("\n");
        LoadSettings settings = exact || open ? EXACT : FAST;
        this.openEnd = open ? text.codePointCount(0, text.length()) : Integer.MAX_VALUE;
        this.parser = new ParserImpl(settings, new StreamReader(settings, text));
        this.scalars = new ScalarFactory(dialect);
        this.dialect = dialect;
        this.limits = limits;
    }

    private static LoadSettings settings(boolean exact) {
        return LoadSettings.builder()
                .setUseMarks(exact)
                .setParseComments(false)
                .setCodePointLimit(Integer.MAX_VALUE)
                .build();
    }

    /** The first document, or null where there is none. */
    @Nullable
    Node build() {
        try {
            parser.next();
            if (!parser.checkEvent(Event.ID.DocumentStart)) {
                return null;
            }
            parser.next();
            Node root = node(parser.next());
            parser.next();
            return root;
        } catch (YamlEngineException e) {
            throw YamlProblem.of(e);
        }
    }

    private Node node(Event event) {
        return switch (event.getEventId()) {
            case Scalar -> scalar((ScalarEvent) event);
            case Alias -> alias((AliasEvent) event);
            case MappingStart -> map((CollectionStartEvent) event);
            case SequenceStart -> list((CollectionStartEvent) event);
            default -> throw problem("an unexpected " + event.getEventId(), event);
        };
    }

    private Node scalar(ScalarEvent event) {
        ScalarNode scalar = scalars.value(event);
        if (flowDepth > 0 && scalar.isNull() && scalar.text().isEmpty() && dialect == Dialect.RESOURCE) {
            scalar = EMPTY_IN_FLOW;
        } else if (endsText(event) && scalar.text().endsWith("\n")) {
            scalar = scalar.withText(scalar.text().substring(0, scalar.text().length() - 1));
        }
        if (event.getAnchor().isPresent()) {
            anchors.put(event.getAnchor().get(), scalar);
        }
        return scalar;
    }

    /** Whether a block runs to the end of a text without a last line break; the parser adds one, kustomize does not. */
    private boolean endsText(ScalarEvent event) {
        boolean block = event.getScalarStyle() == ScalarStyle.LITERAL || event.getScalarStyle() == ScalarStyle.FOLDED;
        return block && event.getEndMark().map(Mark::getIndex).orElse(-1) == openEnd;
    }

    private Node alias(AliasEvent event) {
        Anchor anchor = event.getAlias();
        if (open.contains(anchor)) {
            throw problem("the anchor '" + anchor.getValue() + "' contains itself", event);
        }
        Node target = anchors.get(anchor);
        if (target == null) {
            throw problem("the anchor '" + anchor.getValue() + "' is not defined", event);
        }
        countAliased(target, event);
        return target.copy();
    }

    private void countAliased(Node node, Event event) {
        if (++aliasedNodes > limits.maxAliasedNodes()) {
            throw new YamlProblem(
                    Reason.LIMIT_EXCEEDED,
                    "aliases add more than the limit of " + limits.maxAliasedNodes() + " nodes",
                    event.getStartMark());
        }
        if (node instanceof MapNode map) {
            for (int i = 0; i < map.size(); i++) {
                countAliased(map.valueAt(i), event);
            }
        } else if (node instanceof ListNode list) {
            for (Node item : list) {
                countAliased(item, event);
            }
        }
    }

    private Node list(CollectionStartEvent start) {
        var list = new ListNode();
        begin(start, list);
        for (Event event = parser.next(); event.getEventId() != Event.ID.SequenceEnd; event = parser.next()) {
            list.add(node(event));
        }
        end(start);
        return list;
    }

    private Node map(CollectionStartEvent start) {
        var map = new MapNode();
        begin(start, map);
        List<Node> merges = null;
        for (Event event = parser.next(); event.getEventId() != Event.ID.MappingEnd; event = parser.next()) {
            if (ScalarFactory.isMergeKey(event)) {
                if (merges != null && dialect == Dialect.RESOURCE) {
                    throw problem("two merge keys in one map", event);
                }
                merges = mergeSources(node(parser.next()), event);
                continue;
            }
            String key = key(event);
            if (dialect == Dialect.CONFIGURATION) {
                map.put(key, node(parser.next()));
            } else if (key.equals("<<")) {
                // Kustomize drops the key in quotes too, while it looks for merge keys.
                node(parser.next());
            } else if (map.has(key)) {
                throw problem("the key '" + key + "' stands twice in one map", event);
            } else {
                map.append(key, node(parser.next()));
            }
        }
        end(start);
        if (merges != null) {
            merge(map, merges);
        }
        return map;
    }

    private String key(Event event) {
        Node key = node(event);
        if (key instanceof ScalarNode scalar) {
            String name = scalars.key(scalar, depth == 1);
            if (name != null) {
                return name;
            }
        }
        throw problem("a key that is no string; put it in quotes", event);
    }

    /** The maps of a merge key, the strongest first. */
    private List<Node> mergeSources(Node value, Event event) {
        var sources = new ArrayList<Node>();
        if (value instanceof ListNode list) {
            for (Node item : list) {
                if (!(item instanceof MapNode)) {
                    throw problem("a merge key takes a map or a list of maps", event);
                }
                sources.add(item);
            }
        } else if (value instanceof MapNode) {
            sources.add(value);
        } else {
            throw problem("a merge key takes a map or a list of maps", event);
        }
        return sources;
    }

    private static void merge(MapNode map, List<Node> sources) {
        for (Node source : sources) {
            var from = (MapNode) source;
            for (int i = 0; i < from.size(); i++) {
                if (!map.has(from.keyAt(i))) {
                    map.append(from.keyAt(i), from.valueAt(i));
                }
            }
        }
    }

    private void begin(CollectionStartEvent start, Node node) {
        flowDepth += start.isFlow() ? 1 : 0;
        if (++depth > limits.maxDepth()) {
            throw new YamlProblem(
                    Reason.LIMIT_EXCEEDED,
                    "more than the limit of " + limits.maxDepth() + " levels deep",
                    start.getStartMark());
        }
        start.getAnchor().ifPresent(anchor -> {
            anchors.put(anchor, node);
            open.add(anchor);
        });
    }

    private void end(CollectionStartEvent start) {
        flowDepth -= start.isFlow() ? 1 : 0;
        depth--;
        start.getAnchor().ifPresent(open::remove);
    }

    private static YamlProblem problem(String what, Event event) {
        return new YamlProblem(Reason.INVALID_YAML, what, event.getStartMark());
    }
}
