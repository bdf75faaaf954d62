package io.gitopstoolkit.archtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the compiler does not tell of sources: sizes, documentation, tests that do not run, things put off. */
class SourcesTest {
    private static final int MOST_LINES = 400;
    private static final List<SourceFile> MAIN = read("src/main/java");
    private static final List<SourceFile> TESTS = read("src/test/java");

    // In two halves, so that this file does not find itself.
    private static final Pattern NOT_RUN = Pattern.compile(
            "@Dis" + "abled|@Enabled(If|On|For)|\\bAssum" + "ptions?\\b|\\bassum" + "(e|ing)(That|True|False)\\b");
    private static final Pattern PUT_OFF = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X|HA" + "CK)\\b");

    @Test
    void areAllLookedAt() {
        assertThat(MAIN).hasSizeGreaterThan(150);
        assertThat(TESTS).hasSizeGreaterThan(40);
        assertThat(MAIN.stream().mapToInt(SourceFile::methods).sum()).isGreaterThan(1_000);
    }

    @Test
    void haveNoLongFiles() {
        assertThat(all().stream().filter(file -> file.lines() > MOST_LINES))
                .extracting(file -> file.name() + ", " + file.lines() + " lines")
                .isEmpty();
    }

    /** Tests may hold a table of cases in a method. */
    @Test
    void haveNoLongMethods() {
        assertThat(MAIN).flatExtracting(SourceFile::longMethods).isEmpty();
    }

    @Test
    void documentWhatIsPublic() {
        assertThat(MAIN.stream()
                        .filter(file -> file.name().startsWith("toolkit-")
                                && !file.name().contains("/internal/")
                                && !file.name().startsWith("toolkit-archtest")))
                .flatExtracting(SourceFile::undocumented)
                .isEmpty();
    }

    @Test
    void runEveryTest() {
        assertThat(TESTS.stream().filter(file -> NOT_RUN.matcher(file.text()).find()))
                .extracting(SourceFile::name)
                .isEmpty();
    }

    @Test
    void putNothingOff() {
        assertThat(all().stream().filter(file -> PUT_OFF.matcher(file.text()).find()))
                .extracting(SourceFile::name)
                .isEmpty();
    }

    @Test
    void areMeasuredAsTheyAre() {
        SourceFile file = SourceFile.parse("Source.java", """
                /** Said. */
                public class Source {
                    public int unsaid() { return 1; }
                    /** Said. */
                    public int said() { return 2; }
                    int hidden() { return 3; }
                    @Override public String toString() { return ""; }
                    public interface Unsaid { void member(); }
                    static class Hidden { public void inside() {} }
                    public Runnable local() {
                        return new Runnable() { public void run() {} };
                    }
                    void tooLong() {
                %s    }
                }
                """.formatted("        hidden();\n".repeat(49)));
        assertThat(file.undocumented())
                .containsExactly(
                        "Source.java: unsaid", "Source.java: Unsaid", "Source.java: member", "Source.java: local");
        assertThat(file.longMethods()).containsExactly("Source.java: tooLong, 51 lines");
        assertThat(file.lines()).isEqualTo(64);
    }

    private static List<SourceFile> all() {
        var all = new ArrayList<>(MAIN);
        all.addAll(TESTS);
        return all;
    }

    private static List<SourceFile> read(String folder) {
        List<Path> files = House.sources(folder);
        return files.stream().map(SourceFile::read).toList();
    }
}
