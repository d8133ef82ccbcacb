package io.grevy.openai.json;

import io.grevy.openai.ApiException;
import io.grevy.openai.ErrorCode;
import java.util.List;

/** The ids of tokens and where they stand. */
public record TokenList(String path, List<Integer> ids) {

    public TokenList {
        ids = List.copyOf(ids);
    }

    /** @throws ApiException if the field is no array, or an element is no id of any vocabulary */
    public static TokenList of(Field field) {
        return new TokenList(
                field.path(),
                field.asArray().fields().stream()
                        .map(id -> id.asInt(0, Integer.MAX_VALUE))
                        .toList());
    }

    public int size() {
        return ids.size();
    }

    /**
     * As an array.
     *
     * @param vocabularySize how many tokens the model has
     * @throws ApiException if one of these isn't among them
     */
    public int[] within(int vocabularySize) {
        for (int i = 0; i < ids.size(); i++) {
            if (ids.get(i) >= vocabularySize) {
                String where = path + "[" + i + "]";
                throw ApiException.at(
                        where,
                        ErrorCode.INVALID_VALUE,
                        "%s is %d; this model's tokens are numbered from 0 to %d."
                                .formatted(where, ids.get(i), vocabularySize - 1));
            }
        }
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }
}
