package io.grevy.openai.json;

import jakarta.json.JsonArray;
import java.util.ArrayList;
import java.util.List;

/** An array and where it stands. */
public record Elements(String path, JsonArray array) {

    public int size() {
        return array.size();
    }

    public List<Field> fields() {
        List<Field> fields = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            fields.add(new Field(path + "[" + i + "]", array.get(i)));
        }
        return fields;
    }
}
