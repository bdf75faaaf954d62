package io.gitopstoolkit.kustomize;

import static io.gitopstoolkit.kustomize.KustomizeException.Reason.SUBSTITUTION_FAILED;
import static java.util.Objects.requireNonNull;

import io.gitopstoolkit.api.Deadline;
import io.gitopstoolkit.api.Manifest;
import io.gitopstoolkit.api.ManifestSet;
import io.gitopstoolkit.api.Transformer;
import io.gitopstoolkit.kustomize.internal.substitute.ManifestTemplate;
import io.gitopstoolkit.kustomize.internal.substitute.SubstitutionProblem;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Puts values in place of bash-style variables in manifests: Flux's post-build substitution ({@code spec.postBuild}).
 *
 * <p>Each manifest is written as YAML, its variables are evaluated in that text, and it is read again: a value such as
 * {@code 3} or {@code true} becomes a number or a boolean where nothing else stands beside it; a variable whose value is
 * {@code "3"} with the quotes becomes a string. Every number is a 64-bit float on the way, as in Flux. A manifest
 * with the label or annotation {@value #ANNOTATION}{@code : disabled} is left alone.
 *
 * <table>
 * <caption>Expressions; only the form with braces is one, and {@code $$} is a dollar</caption>
 * <tr><td><code>${v}</code></td><td>the value</td></tr>
 * <tr><td><code>${v:=d} ${v:-d} ${v=d}</code></td><td>{@code d} where the value is empty or missing; {@code d} may hold
 *     expressions</td></tr>
 * <tr><td><code>${v:n} ${v:n:len}</code></td><td>from byte {@code n} on, {@code len} bytes</td></tr>
 * <tr><td><code>${#v}</code></td><td>the length in bytes</td></tr>
 * <tr><td><code>${v^} ${v^^} ${v,} ${v,,}</code></td><td>first or all letters in upper or lower case</td></tr>
 * <tr><td><code>${v#p} ${v##p} ${v%p} ${v%%p}</code></td><td>without the shortest or longest start or end that a pattern
 *     matches</td></tr>
 * <tr><td><code>${v/a/b} ${v//a/b} ${v/#a/b} ${v/%a/b}</code></td><td>the first, every, a leading, a trailing {@code a}
 *     replaced by {@code b}, as text</td></tr>
 * </table>
 *
 * <p>Values appear in no message. Immutable, and safe between threads.
 *
 * @see <a href="https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution">Flux's
 *     description</a>
 */
public final class Substitution implements Transformer {
    /** The annotation or label that keeps a manifest as it is when its value is {@code disabled}. */
    public static final String ANNOTATION = "kustomize.toolkit.fluxcd.io/substitute";

    private static final String NAME = "^[_[:alpha:]][_[:alpha:][:digit:]]*$";
    private static final Pattern NAMES = Pattern.compile("[_a-zA-Z][_a-zA-Z0-9]*");

    private final Map<String, String> variables;
    private final boolean isStrict;
    private final boolean isAlways;

    private Substitution(Map<String, String> variables, boolean isStrict, boolean isAlways) {
        this.variables = variables;
        this.isStrict = isStrict;
        this.isAlways = isAlways;
    }

    /**
     * A substitution that refuses a variable without a value, unless a default stands with it: Flux's default.
     *
     * @param variables values by name; line breaks are taken out of values, as Flux does
     * @throws KustomizeException if a name is not made of letters, digits and underscores, or begins with a digit
     */
    public static Substitution strict(Map<String, String> variables) {
        return new Substitution(checked(variables), true, false);
    }

    /**
     * A substitution that takes a variable without a value for empty.
     *
     * @param variables values by name; line breaks are taken out of values, as Flux does
     * @throws KustomizeException if a name is not made of letters, digits and underscores, or begins with a digit
     */
    public static Substitution lenient(Map<String, String> variables) {
        return new Substitution(checked(variables), false, false);
    }

    /**
     * The same that evaluates expressions even where it has no variable at all; without it such a substitution changes
     * nothing. Flux calls this the strategy {@code Always}, and its default {@code WithVariables}.
     */
    public Substitution always() {
        return new Substitution(variables, isStrict, true);
    }

    /**
     * The manifests with values in place of variables.
     *
     * @throws KustomizeException if an expression is not well formed, a variable has no value, or what comes out is no
     *     manifest; the message names the object
     * @throws io.gitopstoolkit.api.DeadlineException if the time is over, or the thread is interrupted
     */
    @Override
    public ManifestSet transform(ManifestSet manifests, Deadline deadline) {
        requireNonNull(manifests, "manifests");
        requireNonNull(deadline, "deadline");
        if (variables.isEmpty() && !isAlways) {
            return manifests;
        }
        var substituted = new ArrayList<Manifest>(manifests.manifests().size());
        for (Manifest manifest : manifests) {
            deadline.check("substitute variables in " + manifest.ref());
            substituted.add(isDisabled(manifest) ? manifest : substituted(manifest));
        }
        return manifests.withManifests(substituted);
    }

    /** How many variables; neither their names nor their values. */
    @Override
    public String toString() {
        return "Substitution[" + variables.size() + " variables" + (isStrict ? ", strict]" : "]");
    }

    private Manifest substituted(Manifest manifest) {
        try {
            return ManifestTemplate.evaluate(manifest, variables, isStrict);
        } catch (SubstitutionProblem e) {
            throw new KustomizeException(
                    SUBSTITUTION_FAILED, manifest.ref() + ": variable substitution failed: " + e.getMessage());
        }
    }

    private static boolean isDisabled(Manifest manifest) {
        return "disabled".equals(manifest.labels().get(ANNOTATION))
                || "disabled".equals(manifest.annotations().get(ANNOTATION));
    }

    private static Map<String, String> checked(Map<String, String> variables) {
        var checked = new TreeMap<String, String>();
        requireNonNull(variables, "variables").forEach((name, value) -> {
            if (!NAMES.matcher(name).matches()) {
                throw new KustomizeException(
                        SUBSTITUTION_FAILED, "'" + name + "' var name is invalid, must match '" + NAME + "'");
            }
            checked.put(name, value.replace("\n", ""));
        });
        return checked;
    }
}
