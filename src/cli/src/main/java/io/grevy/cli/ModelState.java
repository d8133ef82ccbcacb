package io.grevy.cli;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;

/** One model as {@code /v1/config} reports it. */
record ModelState(String model, String state, String errorCode, String errorMessage) {

    boolean available() {
        return state.equals("AVAILABLE");
    }

    boolean failed() {
        return !errorCode.equals("OK");
    }

    /** Whether it is pulled, say, before it is loaded; the message then says how far that is. */
    boolean preparing() {
        return state.equals("LOADING") && !failed() && !errorMessage.isEmpty() && !errorMessage.equals("OK");
    }

    /** Whether nothing more is to be waited for. */
    boolean settled() {
        return available() || failed() || state.equals("END");
    }

    /** Empty where the text is not such a report. */
    static Optional<List<ModelState>> parse(String report) {
        try (JsonReader reader = Json.createReader(new StringReader(report))) {
            JsonObject models = reader.readObject();
            return Optional.of(models.keySet().stream()
                    .map(model -> of(model, models.getJsonObject(model)))
                    .toList());
        } catch (JsonException | ClassCastException | NullPointerException | IndexOutOfBoundsException e) {
            // What the JSON API throws for any other form.
            return Optional.empty();
        }
    }

    private static ModelState of(String model, JsonObject report) {
        JsonObject version = report.getJsonArray("model_version_status").getJsonObject(0);
        JsonObject status = version.getJsonObject("status");
        return new ModelState(
                model, version.getString("state"), status.getString("error_code"), status.getString("error_message"));
    }
}
