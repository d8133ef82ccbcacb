package io.grevy.openai;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The models that take requests. */
@Schema(name = "ModelList")
public record ModelList(
        @Schema(required = true, enumeration = "list") String object,
        @Schema(required = true) List<ModelCard> data) implements JsonAnswer {

    public ModelList {
        data = List.copyOf(data);
    }

    @Override
    public JsonObject toJson() {
        JsonArrayBuilder cards = Json.array();
        data.forEach(card -> cards.add(card.toJson()));
        return Json.object().add("object", object).add("data", cards).build();
    }
}
