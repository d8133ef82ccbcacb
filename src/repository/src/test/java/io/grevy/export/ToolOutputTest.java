package io.grevy.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ToolOutputTest {
    private final List<String> log = new ArrayList<>();
    private final ToolOutput output = new ToolOutput(log::add);

    @Test
    void showsEachLineThatSaysSomething() throws IOException {
        output.read(new StringReader("first\n\n  \nsecond  \r\nlast"));

        assertThat(log).containsExactly("first", "second", "last");
        assertThat(output.last()).isEqualTo(log);
    }

    @Test
    void showsOfAProgressBarItsLastState() throws IOException {
        output.read(new StringReader("10 %\r20 %\r100 %\nafter\n"));

        assertThat(log).containsExactly("100 %", "after");
    }

    @Test
    void leavesOutColours() throws IOException {
        output.read(new StringReader("\u001B[1;31mred\u001B[0m and plain\n"));

        assertThat(log).containsExactly("red and plain");
    }

    @Test
    void keepsTheLastTwentyLines() throws IOException {
        output.read(new StringReader(
                IntStream.rangeClosed(1, 25).mapToObj(Integer::toString).collect(Collectors.joining("\n"))));

        assertThat(output.last()).hasSize(20).startsWith("6").endsWith("25");
    }
}
