package io.gitopstoolkit.kustomize.internal.yaml;

/** The kinds of tokens, as libyaml's scanner makes them. */
enum TokenType {
    STREAM_END,
    VERSION_DIRECTIVE,
    TAG_DIRECTIVE,
    DOCUMENT_START,
    DOCUMENT_END,
    BLOCK_LIST_START,
    BLOCK_MAP_START,
    BLOCK_END,
    FLOW_LIST_START,
    FLOW_LIST_END,
    FLOW_MAP_START,
    FLOW_MAP_END,
    BLOCK_ENTRY,
    FLOW_ENTRY,
    KEY,
    VALUE,
    ALIAS,
    ANCHOR,
    TAG,
    SCALAR
}
