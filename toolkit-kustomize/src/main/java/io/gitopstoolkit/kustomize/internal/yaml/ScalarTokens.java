package io.gitopstoolkit.kustomize.internal.yaml;

import io.gitopstoolkit.kustomize.internal.tree.ScalarNode;
import io.gitopstoolkit.kustomize.internal.tree.ScalarStyle;
import org.jspecify.annotations.Nullable;

/** Makes scalars of a document's tokens and bytes. */
final class ScalarTokens {
    private final byte[] bytes;
    private final Tokens tokens;
    private final KnownTexts texts;
    private final ScalarFactory scalars;
    private final Anchors anchors;

    ScalarTokens(byte[] bytes, Tokens tokens, KnownTexts texts, Anchors anchors) {
        this.bytes = bytes;
        this.tokens = tokens;
        this.texts = texts;
        this.scalars = texts.scalars();
        this.anchors = anchors;
    }

    /** Takes the scalar that waits; its anchor and tag are empty where it has none. */
    ScalarNode take(String anchor, String tag) {
        ScalarStyle style = tokens.style();
        ScalarNode scalar;
        if (!tag.isEmpty()) {
            scalar = scalars.value(text(), style, tag, tokens.start());
        } else if (style != ScalarStyle.PLAIN) {
            scalar = scalars.quoted(text(), style, tokens.start());
        } else if (tokens.to() < 0) {
            scalar = plain(tokens.text(), tokens.start());
        } else {
            scalar = plain(tokens.from(), tokens.to());
        }
        if (!anchor.isEmpty()) {
            anchors.define(anchor, scalar);
        }
        tokens.take();
        return scalar;
    }

    private String text() {
        return tokens.to() < 0 ? tokens.text() : text(tokens.from(), tokens.to());
    }

    /** The scalar of a tag or an anchor without content; {@code empty} is what stands for none of both. */
    ScalarNode leftOut(String anchor, String tag, ScalarNode empty) {
        ScalarNode scalar = tag.isEmpty() || scalars.ignores(tag)
                ? empty
                : scalars.value("", ScalarStyle.PLAIN, tag, tokens.start());
        if (!anchor.isEmpty()) {
            anchors.define(anchor, scalar);
        }
        return scalar;
    }

    /** The text between two bytes. */
    String text(int from, int to) {
        return texts.text(bytes, from, to);
    }

    /** What the text between two bytes means without quotes. */
    ScalarNode plain(int from, int to) {
        return texts.plain(bytes, from, to);
    }

    /** What a key between two bytes means without quotes. */
    ScalarNode key(int from, int to) {
        return texts.key(bytes, from, to);
    }

    /** What a composed text means without quotes. */
    ScalarNode plain(String composed, int at) {
        return scalars.plain(composed, at);
    }

    /** The key that a scalar stands for, or null where it cannot be one. */
    @Nullable
    String key(ScalarNode scalar, boolean top) {
        return scalars.key(scalar, top);
    }
}
