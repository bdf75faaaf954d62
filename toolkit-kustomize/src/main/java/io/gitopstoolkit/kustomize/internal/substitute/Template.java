package io.gitopstoolkit.kustomize.internal.substitute;

import java.util.List;
import java.util.Map;

/**
 * A text with variables in it, as Flux reads it: <code>${name}</code>, operators on the value, and <code>$$</code> for a
 * dollar. Immutable.
 */
public final class Template {
    private final List<Part> parts;

    private Template(List<Part> parts) {
        this.parts = parts;
    }

    /**
     * Reads a template.
     *
     * @throws SubstitutionProblem if it is not well formed
     */
    public static Template parse(String text) {
        return new Template(List.copyOf(new TemplateParser(ByteText.of(text)).parse()));
    }

    /**
     * The text with values in place of variables.
     *
     * @param strict whether a variable must have a value, unless it has a default where it stands
     * @throws SubstitutionProblem if one has none, or the outcome is no text
     */
    public String evaluate(Map<String, String> variables, boolean strict) {
        String text = ByteText.decoded(new Evaluation(variables, strict).text(parts));
        if (text == null) {
            throw new SubstitutionProblem("the value of a variable is cut within a character");
        }
        return text;
    }

    private record Evaluation(Map<String, String> variables, boolean strict) {
        String text(List<Part> parts) {
            var text = new StringBuilder();
            for (Part part : parts) {
                text.append(text(part));
            }
            return text.toString();
        }

        private String text(Part part) {
            if (part instanceof Part.Text text) {
                return text.bytes();
            }
            var expression = (Part.Expression) part;
            List<String> arguments =
                    expression.arguments().stream().map(this::text).toList();
            String name = expression.variable();
            String value = variables.get(ByteText.decoded(name));
            if (value == null && strict && !expression.hasDefault()) {
                throw new SubstitutionProblem("variable not set (strict mode): \"" + ByteText.decoded(name) + '"');
            }
            return Functions.apply(expression.operator(), value == null ? "" : ByteText.of(value), arguments);
        }
    }
}
