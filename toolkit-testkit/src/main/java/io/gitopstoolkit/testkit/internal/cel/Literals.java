package io.gitopstoolkit.testkit.internal.cel;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypes;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at the literals in an expression: texts that stand for patterns, times and durations, and lists and maps, whose
 * entries must be of one type but for what is formatted.
 */
final class Literals {
    private static final java.util.regex.Pattern DURATION =
            java.util.regex.Pattern.compile("[-+]?(0|(\\d+(\\.\\d*)?|\\.\\d+)(ns|us|µs|μs|ms|s|m|h))+");

    private Literals() {}

    static List<CelIssue> check(CelAbstractSyntaxTree tree) {
        var issues = new ArrayList<CelIssue>();
        CelNavigableAst.fromAst(tree).getRoot().allNodes().forEach(node -> {
            switch (node.getKind()) {
                case CALL -> check(tree, node.expr(), issues);
                case LIST -> checkEntries(tree, node, issues);
                case MAP -> checkEntries(tree, node, issues);
                default -> {}
            }
        });
        return issues;
    }

    private static void checkEntries(CelAbstractSyntaxTree tree, CelNavigableExpr node, List<CelIssue> issues) {
        boolean isFormatted = node.parent()
                .filter(parent -> parent.getKind() == CelExpr.ExprKind.Kind.CALL)
                .filter(parent -> parent.expr().call().function().equals("format"))
                .isPresent();
        if (isFormatted) {
            return;
        }
        if (node.getKind() == CelExpr.ExprKind.Kind.LIST) {
            checkTypes(tree, node.expr().list().elements(), issues);
        } else {
            var keys = new ArrayList<CelExpr>();
            var values = new ArrayList<CelExpr>();
            node.expr().map().entries().forEach(entry -> {
                keys.add(entry.key());
                values.add(entry.value());
            });
            checkTypes(tree, keys, issues);
            checkTypes(tree, values, issues);
        }
    }

    private static void checkTypes(CelAbstractSyntaxTree tree, List<CelExpr> entries, List<CelIssue> issues) {
        CelType first = null;
        for (CelExpr entry : entries) {
            CelType type = tree.getType(entry.id()).orElse(SimpleType.DYN);
            first = first == null ? type : first;
            boolean isOpen = type.kind() == CelKind.DYN || first.kind() == CelKind.DYN || type instanceof OptionalType;
            if (!isOpen && !type.equals(first)) {
                String message =
                        "expected type '" + CelTypes.format(first) + "' but found '" + CelTypes.format(type) + "'";
                issues.add(CelIssue.formatError(entry.id(), place(tree, entry), message));
            }
        }
    }

    private static CelSourceLocation place(CelAbstractSyntaxTree tree, CelExpr expression) {
        Integer offset = tree.getSource().getPositionsMap().get(expression.id());
        return tree.getSource().getOffsetLocation(offset == null ? 0 : offset).orElse(CelSourceLocation.NONE);
    }

    private static void check(CelAbstractSyntaxTree tree, CelExpr expression, List<CelIssue> issues) {
        CelExpr.CelCall call = expression.call();
        if (call.args().isEmpty()) {
            return;
        }
        CelExpr last = call.args().get(call.args().size() - 1);
        boolean isText = last.getKind() == CelExpr.ExprKind.Kind.CONSTANT
                && last.constant().getKind() == CelConstant.Kind.STRING_VALUE;
        if (isText && !isValid(call.function(), last.constant().stringValue())) {
            issues.add(CelIssue.formatError(last.id(), place(tree, last), "invalid " + call.function() + " argument"));
        }
    }

    private static boolean isValid(String function, String text) {
        try {
            switch (function) {
                case "matches" -> Pattern.compile(text);
                case "timestamp" -> DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
                case "duration" -> {
                    return DURATION.matcher(text).matches();
                }
                default -> {}
            }
            return true;
        } catch (PatternSyntaxException | DateTimeParseException e) {
            return false;
        }
    }
}
