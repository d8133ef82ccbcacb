package io.grevy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StopStringsTest {

    @ParameterizedTest
    @CsvSource({
        "I see a red circle., circle, 'I see a red circle'",
        "aaab, aab, 'aaab'",
        "abcdef, abc|ab, 'ab'",
        "no stop here, xyz, 'no stop here'"
    })
    void givesTheStopTooWhereThatIsWishedHoweverItIsCut(String text, String stops, String expected) {
        for (int cut = 0; cut <= text.length(); cut++) {
            StopStrings searched = new StopStrings(List.of(stops.split("\\|")), true);

            String given = searched.add(text.substring(0, cut)) + searched.add(text.substring(cut)) + searched.finish();

            assertThat(given).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "I see a red circle., circle, 'I see a red '",
        "I see a red circle., red|see, 'I '",
        "aaab, aab, 'a'",
        "abcabcabd, abcabd, 'abc'",
        "no stop here, xyz, 'no stop here'",
        "ends with a beginning: ab, abc, 'ends with a beginning: ab'",
        "überall, r|ü, ''"
    })
    void givesTheTextBeforeTheEarliestStopHoweverItIsCut(String text, String stops, String expected) {
        for (int first = 0; first <= text.length(); first++) {
            for (int second = first; second <= text.length(); second++) {
                StopStrings searched = new StopStrings(List.of(stops.split("\\|")), false);
                String given = searched.add(text.substring(0, first))
                        + searched.add(text.substring(first, second))
                        + searched.add(text.substring(second))
                        + searched.finish();

                assertThat(given).as("cut at %d and %d", first, second).isEqualTo(expected);
                assertThat(searched.found().isPresent()).isEqualTo(!expected.equals(text));
            }
        }
    }

    @Test
    void holdsBackOnlyWhatMayBecomeAStop() {
        StopStrings stops = new StopStrings(List.of("END"), false);

        assertThat(stops.add("THE E")).isEqualTo("THE ");
        assertThat(stops.add("N")).isEmpty();
        assertThat(stops.add("E")).isEqualTo("EN");
        assertThat(stops.add("ND of it")).isEmpty();
        assertThat(stops.found()).contains("END");
    }

    @Test
    void passesEverythingThroughWithoutStops() {
        StopStrings stops = new StopStrings(List.of(), false);

        assertThat(stops.add("a piece")).isEqualTo("a piece");
        assertThat(stops.finish()).isEmpty();
    }
}
