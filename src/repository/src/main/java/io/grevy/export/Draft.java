package io.grevy.export;

import io.grevy.repository.Speculation;
import io.grevy.repository.Speculation.DraftModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A smaller model that guesses for the exported one.
 *
 * @param folder the name of its folder within the other's
 */
record Draft(ExportSource source, String folder) {
    private static final String SOURCE = "draft_source_model";
    private static final String NAME = "draft_model_name";

    /** Reads {@code draft_source_model}, {@code draft_model_name} and {@code draft_eagle3_mode}. */
    static Optional<Draft> read(OptionTexts texts, Path base) {
        if (texts.flag("draft_eagle3_mode", false)) {
            throw ExportException.refused(
                    "draft_eagle3_mode: EAGLE-3 draft models are not served; a draft model is a whole smaller model");
        }
        Optional<String> named = texts.text(NAME);
        // As with export_model.py, either of the two says which.
        Optional<String> source = texts.text(SOURCE).or(() -> named);
        if (source.isPresent() && texts.flag("prompt_lookup_decoding", false)) {
            throw ExportException.refused(SOURCE + " and prompt_lookup_decoding exclude each other");
        }
        return source.map(text -> new Draft(
                ExportSource.of(SOURCE, text, base),
                named.orElseGet(() -> ExportSource.nameOf(text, base)).replace('/', '-')));
    }

    /** Brings its files into the model's folder, and says where they are. */
    Speculation bring(Path model, Conversion conversion, String device) throws IOException, InterruptedException {
        Path place = model.resolve(folder);
        Path brought = source.bring(place, conversion.ofDraft());
        return new DraftModel(
                brought.isAbsolute() ? brought : Path.of(folder),
                Optional.of(device),
                OptionalInt.empty(),
                OptionalInt.empty());
    }
}
