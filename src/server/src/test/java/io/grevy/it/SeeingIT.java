package io.grevy.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.URL;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The demo model's answers about pictures that it never saw. A picture that comes to it in another way than it should,
 * or words that do, make them wrong.
 */
@ExtendWith(ArquillianExtension.class)
class SeeingIT {

    private static final String MODEL = "grevy/demo";

    @ArquillianResource
    URL base;

    private Http http;

    @Deployment(testable = false)
    static WebArchive server() {
        return Deployments.of("seeing", MODEL, Deployments.model(MODEL));
    }

    @BeforeEach
    void connect() throws Exception {
        http = new Http(base);
        http.awaitModels();
    }

    static Stream<String> kinds() throws IOException {
        return HeldOut.cases().stream().map(HeldOut.Case::kind).distinct();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void answersAsManyQuestionsRightlyAsItsCardPromises(String kind) throws Exception {
        List<String> wrong = new ArrayList<>();

        int right = right(kind, Http::dataUri, wrong);

        assertThat(right)
                .as("right answers of %d; the others:%n%s", right + wrong.size(), String.join("\n", wrong))
                .isGreaterThanOrEqualTo(HeldOut.bounds().getInt(kind));
    }

    @Test
    void namesTooFewColoursRightlyWhereRedAndBlueAreSwapped() throws Exception {
        List<String> wrong = new ArrayList<>();

        int right = right("colour", SeeingIT::withRedAndBlueSwapped, wrong);

        assertThat(right).isLessThan(HeldOut.bounds().getInt("colour"));
        assertThat(right + wrong.size()).as("questions").isGreaterThanOrEqualTo(20);
    }

    private int right(String kind, Sending sending, List<String> wrong) throws Exception {
        int right = 0;
        for (HeldOut.Case one : HeldOut.cases()) {
            if (one.kind().equals(kind)) {
                List<String> answers = answers(one, sending.uri(one.picture()));
                if (one.isAnsweredBy(answers)) {
                    right++;
                } else {
                    wrong.add(one.picture().getFileName() + ": " + one.turns() + " got " + answers);
                }
            }
        }
        return right;
    }

    /** One after the other, each with all that was said before; the picture comes with the first. */
    private List<String> answers(HeldOut.Case one, String picture) throws Exception {
        List<JsonObject> messages = new ArrayList<>();
        List<String> answers = new ArrayList<>();
        for (HeldOut.Turn turn : one.turns()) {
            messages.add(question(turn.question(), answers.isEmpty() ? Optional.of(picture) : Optional.empty()));
            String answer = ask(messages);
            answers.add(answer);
            messages.add(message("assistant", Json.createValue(answer)));
        }
        return answers;
    }

    private static JsonObject question(String text, Optional<String> picture) {
        JsonArrayBuilder content = Json.createArrayBuilder();
        picture.ifPresent(uri -> content.add(Json.createObjectBuilder()
                .add("type", "image_url")
                .add("image_url", Json.createObjectBuilder().add("url", uri))));
        content.add(Json.createObjectBuilder().add("type", "text").add("text", text));
        return message("user", content.build());
    }

    private static JsonObject message(String role, JsonValue content) {
        return Json.createObjectBuilder()
                .add("role", role)
                .add("content", content)
                .build();
    }

    private String ask(List<JsonObject> messages) throws Exception {
        String question = Json.createObjectBuilder()
                .add("model", MODEL)
                .add("temperature", 0)
                .add("max_completion_tokens", 80)
                .add("messages", Json.createArrayBuilder(messages))
                .build()
                .toString();
        HttpResponse<String> response = http.post("/v3/chat/completions", question);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        try (JsonReader reader = Json.createReader(new StringReader(response.body()))) {
            JsonObject choice = reader.readObject().getJsonArray("choices").getJsonObject(0);
            return choice.getJsonObject("message").getString("content");
        }
    }

    private static String withRedAndBlueSwapped(Path file) throws IOException {
        BufferedImage picture = ImageIO.read(file.toFile());
        BufferedImage swapped = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                int rgb = picture.getRGB(x, y);
                swapped.setRGB(x, y, (rgb & 0xFF) << 16 | rgb & 0xFF00 | rgb >> 16 & 0xFF);
            }
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(swapped, "PNG", png);
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
    }

    /** A way in which a picture is sent. */
    @FunctionalInterface
    private interface Sending {
        String uri(Path picture) throws IOException;
    }
}
