package io.gitopstoolkit.kustomize.internal.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExpressionTest {
    private static final String LETTERS = "ab.-*.ab";
    private static final String VALUES = "aab.-b\n\u00e9\ud83d\ude00";

    @Test
    void matchesWhatTheRegularExpressionMatches() {
        var random = new Random(20261123);
        int matched = 0;
        for (int i = 0; i < 200_000; i++) {
            String text = text(random, LETTERS, 6);
            String value = text(random, VALUES, 6);
            Pattern pattern;
            try {
                pattern = Pattern.compile("^(?:" + text + ")$");
            } catch (PatternSyntaxException e) {
                assertThatThrownBy(() -> Expression.of(text)).isInstanceOf(PatternSyntaxException.class);
                continue;
            }
            boolean expected = pattern.matcher(value).find();
            assertThat(Expression.of(text).matches(value))
                    .as("%s on %s", text, value)
                    .isEqualTo(expected);
            matched += expected ? 1 : 0;
        }
        assertThat(matched).isGreaterThan(1_000);
    }

    @Test
    void takesTheWholeTextForAnExpression() {
        assertThat(Expression.of("a|b").matches("ab")).isFalse();
        assertThat(Expression.of("app-1.*").matches("app-12")).isTrue();
        assertThat(Expression.of("app-1.*").matches("my-app-12")).isFalse();
        assertThat(Expression.of(".*web.*").matches("web")).isTrue();
    }

    private static String text(Random random, String letters, int maxLength) {
        var text = new StringBuilder();
        for (int length = random.nextInt(maxLength + 1); length > 0; length--) {
            int at = random.nextInt(letters.codePointCount(0, letters.length()));
            text.appendCodePoint(letters.codePointAt(letters.offsetByCodePoints(0, at)));
        }
        return text.toString();
    }
}
