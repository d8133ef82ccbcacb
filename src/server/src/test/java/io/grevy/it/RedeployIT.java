package io.grevy.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.ExtendWith;

/** The application comes and goes while the server, and with it the loaded natives, stays. */
@ExtendWith(ArquillianExtension.class)
class RedeployIT {

    private static final String QUESTION = """
            {"model": "qwen2_vl", "max_tokens": 8, "temperature": 0,
             "messages": [{"role": "user", "content": [
               {"type": "text", "text": "What do you see?"},
               {"type": "image_url", "image_url": {"url": "%s"}}]}]}
            """;

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = "again", managed = false, testable = false)
    static WebArchive server() {
        return Deployments.of("again", "qwen2_vl", Deployments.model("fixtures/qwen2_vl"));
    }

    @RepeatedTest(4)
    void answersAfterEachRedeploy() throws Exception {
        deployer.deploy("again");
        try {
            Http http = new Http(Deployments.serverUrl());
            http.awaitModels();

            HttpResponse<String> answer = http.post(
                    "/v3/chat/completions",
                    QUESTION.formatted(Http.dataUri(Deployments.root().resolve("models/pictures/red-circle.png"))));

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).contains("\"completion_tokens\":8");
        } finally {
            deployer.undeploy("again");
        }
    }
}
