package io.grevy.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The rules for Prometheus, checked and tried out by its own tool; ImageIT has them evaluated on real figures. */
@Timeout(300)
class RulesIT {

    private final Path folder = Checkout.root().resolve("observability");

    @Test
    void areAccepted() throws Exception {
        assertThat(promtool("check", "rules", "rules.yaml")).contains("SUCCESS: 8 rules found");
    }

    @Test
    void goOffWhenTheyShouldAndOnlyThen() throws Exception {
        assertThat(promtool("test", "rules", "rules-test.yaml")).contains("SUCCESS");
    }

    private String promtool(String... arguments) throws Exception {
        String tool = Tools.ofDebian("prometheus", "usr/bin/promtool").toString();
        List<String> command = new java.util.ArrayList<>(List.of(tool));
        command.addAll(List.of(arguments));
        return Command.run(folder, Map.of(), command);
    }
}
