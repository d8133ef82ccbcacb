package io.grevy.it;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The questions that the repository has for Prometheus, by where they stand. */
final class Queries {

    private Queries() {}

    /** Every query of the dashboard, for job {@code grevy} and all models. */
    static Map<String, String> ofDashboard() throws IOException {
        Map<String, String> queries = new LinkedHashMap<>();
        JsonObject dashboard = Json.createReader(new StringReader(read("observability/grafana-dashboard.json")))
                .readObject();
        for (JsonObject panel : dashboard.getJsonArray("panels").getValuesAs(JsonObject.class)) {
            if (panel.containsKey("targets")) {
                for (JsonObject target : panel.getJsonArray("targets").getValuesAs(JsonObject.class)) {
                    queries.put(
                            panel.getString("title") + " " + target.getString("refId"),
                            target.getString("expr")
                                    .replace("$job", "grevy")
                                    .replace("$model", ".*")
                                    .replace("$__rate_interval", "20s"));
                }
            }
        }
        return queries;
    }

    /** What the autoscalers ask. */
    static Map<String, String> ofAutoscalers() throws IOException {
        Map<String, String> queries = new LinkedHashMap<>();
        for (String file : List.of("components/autoscaling-keda/scaled-object.yaml", "overlays/kserve/model.yaml")) {
            Matcher query = Pattern.compile("query: (.*)").matcher(read("k8s/" + file));
            while (query.find()) {
                queries.put(
                        file + " " + queries.size(),
                        query.group(1).replace("model_name=\"internvl2-2b\"", "model_name=\"grevy/demo\""));
            }
        }
        Matcher adapter = Pattern.compile("seriesQuery: '([^{]*)\\{.*\\n(?:.*\\n)*?\\s*metricsQuery: '(.*)'")
                .matcher(read("k8s/components/autoscaling-prometheus-adapter/adapter-rules.yaml"));
        while (adapter.find()) {
            queries.put(
                    "prometheus-adapter " + queries.size(),
                    adapter.group(2)
                            .replace("<<.Series>>", adapter.group(1))
                            .replace("<<.LabelMatchers>>", "job=\"grevy\"")
                            .replace("<<.GroupBy>>", "instance"));
        }
        return queries;
    }

    private static String read(String path) throws IOException {
        return Files.readString(Checkout.root().resolve(Path.of(path)));
    }
}
