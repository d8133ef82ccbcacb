package io.grevy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code docs/ovms.md} says of OVMS's flags is what the command line does with them. */
class OvmsFlagsTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `--([\\w-]+)` \\| (the same|refused)");

    @ParameterizedTest
    @MethodSource("rows")
    void aFlagIsTakenOrRefusedAsTheTableSays(Row row) {
        boolean taken = Stream.of(Flag.values()).anyMatch(flag -> flag.key().equals(row.flag))
                || Action.withFlag().anyMatch(action -> action.flag().equals("--" + row.flag));

        assertThat(taken).isEqualTo(row.says.equals("the same"));
        assertThat(NotYet.reason(row.flag).isPresent()).isEqualTo(row.says.equals("refused"));
    }

    @Test
    void everyFlagThatModelsOfTextHaveInOvmsIsInTheTable() throws IOException {
        assertThat(rows()).hasSizeGreaterThan(45).extracting(Row::flag).doesNotHaveDuplicates();
    }

    static Stream<Row> rows() throws IOException {
        Path document = Path.of(System.getProperty("repository.root"), "docs/ovms.md");
        return ROW.matcher(Files.readString(document)).results().map(row -> new Row(row.group(1), row.group(2)));
    }

    record Row(String flag, String says) {}
}
