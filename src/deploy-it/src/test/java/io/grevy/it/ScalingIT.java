package io.grevy.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/** Three Grevys behind nginx, with an engine that takes no CPU time: what {@code docs/scaling.md} says of them. */
@Timeout(600)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ScalingIT {

    private static final int CONVERSATIONS = 30;

    private static final List<Node> nodes = new ArrayList<>();
    private static Nginx nginx;
    private static Load load;

    @BeforeAll
    static void start() throws Exception {
        Path user = StubServer.make();
        for (int i = 0; i < 3; i++) {
            nodes.add(Node.start(user));
        }
        for (Node node : nodes) {
            node.awaitReady();
        }
        nginx = Nginx.start(nodes);
        load = new Load();
    }

    @AfterAll
    static void end() {
        if (load != null) {
            load.close();
        }
        if (nginx != null) {
            nginx.close();
        }
        nodes.forEach(Node::kill);
    }

    @Test
    @Order(1)
    void aConversationStaysWhereItIsAndConversationsAreSpread() throws Exception {
        Map<String, String> homes = homes();

        assertThat(homes.values()).as("the nodes of %s", homes).contains(addresses(nodes));
        assertThat(homes()).isEqualTo(homes);
    }

    /** As many requests as one node runs at once, on one node; three times as many, on three. */
    @Test
    @Order(2)
    void threeNodesDoMoreThanTwoAndAHalfTimesTheWorkOfOne(TestReporter reporter) throws Exception {
        int tokens = 60;
        load.askAtOnce(nginx.uri("/"), 12, 1);

        List<Load.Answer> ofOne = load.askAtOnce(nodes.get(0).uri(), 4, tokens);
        List<Load.Answer> ofThree = load.askAtOnce(nginx.uri("/"), 12, tokens);

        assertThat(ofOne).allMatch(answer -> answer.whole() && answer.words().size() == tokens);
        assertThat(ofThree).allMatch(answer -> answer.whole() && answer.words().size() == tokens);
        double ratio = wordsPerSecond(ofThree) / wordsPerSecond(ofOne);
        reporter.publishEntry("throughput of three nodes over that of one", String.valueOf(ratio));
        assertThat(ratio).as("throughput of three nodes over that of one").isGreaterThan(2.5);
    }

    /** While all of them run: from the moment when the last has begun to the moment when the first ends. */
    private static double wordsPerSecond(List<Load.Answer> answers) {
        long from = answers.stream()
                .mapToLong(answer -> answer.words().get(0))
                .max()
                .orElseThrow();
        long to = answers.stream()
                .mapToLong(answer -> answer.words().get(answer.words().size() - 1))
                .min()
                .orElseThrow();
        assertThat(to).as("all run at once").isGreaterThan(from);
        long words = answers.stream()
                .flatMap(answer -> answer.words().stream())
                .filter(word -> word > from && word <= to)
                .count();
        return words * 1e9 / (to - from);
    }

    @Test
    @Order(3)
    void aNodeThatIsDrainedLosesNothing() throws Exception {
        Map<String, String> homes = homes();
        Node leaving = nodes.get(0);
        Map<String, Load.Asked> streams = streamsUnderWay(homes);

        nginx.takeOut(leaving);
        leaving.terminate();
        Map<String, String> moved = homes();

        for (Map.Entry<String, Load.Asked> stream : streams.entrySet()) {
            Load.Answer answer = stream.getValue().answer().get();
            assertThat(answer.servedBy()).isEqualTo(homes.get(stream.getKey()));
            assertThat(answer.whole()).as("stream at %s", answer.servedBy()).isTrue();
        }
        assertThat(leaving.awaitEnd()).isTrue();
        homes.forEach((conversation, home) -> {
            if (home.equals(leaving.address())) {
                assertThat(moved.get(conversation)).isIn((Object[]) addresses(nodes.subList(1, 3)));
            } else {
                assertThat(moved).containsEntry(conversation, home);
            }
        });
    }

    @Test
    @Order(4)
    void aNodeThatIsKilledLosesItsOwnStreamsAndNoOthers() throws Exception {
        Map<String, String> homes = homes();
        Node killed = nodes.get(1);
        assertThat(homes).containsValues(killed.address(), nodes.get(2).address());
        Map<String, Load.Asked> streams = streamsUnderWay(homes);

        killed.kill();

        for (Map.Entry<String, Load.Asked> stream : streams.entrySet()) {
            Load.Answer answer = stream.getValue().answer().get();
            assertThat(answer.whole())
                    .as("stream at %s", answer.servedBy())
                    .isEqualTo(!answer.servedBy().equals(killed.address()));
        }
        assertThat(homes().values()).containsOnly(nodes.get(2).address());
    }

    /** The node that serves each conversation now; all of them answer. */
    private static Map<String, String> homes() throws Exception {
        Map<String, Load.Asked> asked = ask(1);
        Map<String, String> homes = new LinkedHashMap<>();
        for (Map.Entry<String, Load.Asked> one : asked.entrySet()) {
            Load.Answer answer = one.getValue().answer().get();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.whole()).isTrue();
            // Of several addresses the last is the one that answered.
            homes.put(one.getKey(), answer.servedBy().replaceAll(".*, ", ""));
        }
        return homes;
    }

    /** A stream for each conversation whose node has room for it at once, some words of which have come. */
    private static Map<String, Load.Asked> streamsUnderWay(Map<String, String> homes) throws Exception {
        Map<String, Load.Asked> streams = new LinkedHashMap<>();
        Map<String, Integer> perNode = new LinkedHashMap<>();
        for (Map.Entry<String, String> home : homes.entrySet()) {
            if (perNode.merge(home.getValue(), 1, Integer::sum) <= 2) {
                streams.put(home.getKey(), load.ask(nginx.uri("/"), home.getKey(), 60));
            }
        }
        for (Load.Asked stream : streams.values()) {
            stream.begun().await();
        }
        return streams;
    }

    private static Map<String, Load.Asked> ask(int tokens) {
        Map<String, Load.Asked> asked = new LinkedHashMap<>();
        for (int i = 0; i < CONVERSATIONS; i++) {
            asked.put("conversation-" + i, load.ask(nginx.uri("/"), "conversation-" + i, tokens));
        }
        return asked;
    }

    private static String[] addresses(List<Node> nodes) {
        return nodes.stream().map(Node::address).toArray(String[]::new);
    }
}
