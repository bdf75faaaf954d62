package io.gitopstoolkit.apply;

/** When in a delivery an object is applied, in order. */
enum Phase {
    /** Before all else. */
    PRE_SYNC("PreSync"),
    /** With the objects that are no hooks. */
    SYNC("Sync"),
    /** When all of those are healthy. */
    POST_SYNC("PostSync"),
    /** When the delivery failed. */
    SYNC_FAIL("SyncFail");

    private final String word;

    Phase(String word) {
        this.word = word;
    }

    /** The word of Argo CD. */
    @Override
    public String toString() {
        return word;
    }
}
