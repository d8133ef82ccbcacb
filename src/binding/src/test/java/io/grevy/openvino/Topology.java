package io.grevy.openvino;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A kind of model that Grevy is tested with, by a model of that kind which comes with the source. */
record Topology(String name, Path model) {

    /** The fixtures, the demo model, and a GGUF file. */
    static Stream<Topology> all() {
        Stream<Topology> fixtures = Stream.of(
                        "qwen2_vl",
                        "qwen2_5_vl",
                        "qwen3_vl",
                        "llava",
                        "llava_next",
                        "internvl_chat",
                        "gemma3",
                        "phi3_v",
                        "minicpmv",
                        "qwen2",
                        "qwen3",
                        "llama")
                .map(type -> new Topology(type, Models.fixture(type)));
        return Stream.concat(
                fixtures,
                Stream.of(
                        new Topology("llama, GGUF", Models.shipped("fixtures/llama_gguf/llama.gguf")),
                        new Topology("qwen2_vl, the demo", Models.demo())));
    }

    boolean seesPictures() {
        return ModelFolder.takesPictures(model);
    }

    /** What both sides of the comparison are asked: about none, one and three pictures, of many shapes. */
    List<Models.Question> questions() {
        Stream<Models.Question> text = Stream.of(
                Models.Question.of("What colour is the circle?"),
                Models.Question.of("Where is the green star? ".repeat(30).strip()));
        Stream<Models.Question> pictures = Stream.of(
                Models.Question.of("<ov_genai_image_0>Describe the image.", new int[] {160, 120, 1}),
                Models.Question.of("<ov_genai_image_0>Describe the image.", new int[] {448, 300, 2}),
                Models.Question.of(
                        "<ov_genai_image_2>How many<ov_genai_image_0>squares?<ov_genai_image_1>",
                        new int[] {112, 112, 3},
                        new int[] {224, 140, 4},
                        new int[] {90, 200, 5}));
        List<Models.Question> questions =
                seesPictures() ? Stream.concat(text, pictures).toList() : text.toList();
        assertThat(questions).isNotEmpty();
        return questions;
    }

    @Override
    public String toString() {
        return name;
    }
}
