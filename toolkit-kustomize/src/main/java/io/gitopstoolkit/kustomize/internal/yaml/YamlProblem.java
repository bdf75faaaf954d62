package io.gitopstoolkit.kustomize.internal.yaml;

import io.gitopstoolkit.kustomize.KustomizeException;
import io.gitopstoolkit.kustomize.KustomizeException.Reason;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** What is wrong with a document, before it is known which file it stands in. */
@SuppressWarnings("serial") // never leaves this package
final class YamlProblem extends RuntimeException {
    private final Reason why;
    private final String what;
    private final int line;
    private final int column;

    YamlProblem(Reason why, String what, Optional<Mark> mark) {
        super(what, null, false, false);
        this.why = why;
        this.what = what;
        this.line = mark.map(Mark::getLine).orElse(-1);
        this.column = mark.map(Mark::getColumn).orElse(-1);
    }

    /** The parser's problem without its excerpt of the text. */
    static YamlProblem of(YamlEngineException e) {
        if (e instanceof MarkedYamlEngineException marked) {
            String what = marked.getProblem();
            return new YamlProblem(Reason.INVALID_YAML, what == null ? "not YAML" : what, marked.getProblemMark());
        }
        String what = e instanceof ReaderException reader
                ? String.format("the control character U+%04X is not allowed", reader.getCodePoint())
                : "not YAML";
        return new YamlProblem(Reason.INVALID_YAML, what, Optional.empty());
    }

    /** The error with the file's name and the line in it. */
    KustomizeException explain(String name, int firstLine) {
        String where = line < 0 ? name : name + ":" + (firstLine + line) + ":" + (column + 1);
        return new KustomizeException(why, where + ": " + what);
    }
}
