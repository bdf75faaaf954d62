package io.gitopstoolkit.kustomize.internal.transform;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ImageNameTest {
    private static final String[] PARTS = {
        "a", "b", ".", "/", ":", "1", "@sha256:", "-", "{", "é", "\n", "\ud83d\ude00", " ", "_"
    };

    @Test
    void matchesWhatTheRegularExpressionMatches() {
        var random = new Random(20261123);
        int matched = 0;
        for (int i = 0; i < 200_000; i++) {
            String name = text(random, 4, 3);
            String image =
                    (random.nextBoolean() ? name : text(random, 4, PARTS.length)) + text(random, 5, PARTS.length);
            boolean expected = Pattern.compile("^" + name + "(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$")
                    .matcher(image)
                    .find();
            assertThat(new ImageName(name).matches(image))
                    .as("%s on %s", name, image)
                    .isEqualTo(expected);
            matched += expected ? 1 : 0;
        }
        assertThat(matched).isGreaterThan(1_000);
    }

    private static String text(Random random, int maxParts, int choices) {
        var text = new StringBuilder();
        for (int parts = random.nextInt(maxParts + 1); parts > 0; parts--) {
            text.append(PARTS[random.nextInt(choices)]);
        }
        return text.toString();
    }
}
