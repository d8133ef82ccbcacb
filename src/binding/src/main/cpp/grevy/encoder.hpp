// A pipeline's pictures encoded beside it: once, and without a lock that other requests need.
#pragma once
#include <cstring>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "grevy/checks.hpp"
#include "grevy/errors.hpp"
#include "grevy/genai/continuous_batching_pipeline.hpp"
#include "grevy/genai/inputs_embedder.hpp"
#include "grevy/merger.hpp"
#include "grevy/objects.hpp"

namespace grevy {
namespace genai = ov::genai;

// As Java holds an encoded picture.
class KeptPicture {
public:
    KeptPicture() {}
    void share(const KeptPicture& other) { picture = other.picture; }
    int64_t bytes() const { return picture ? picture->bytes() : 0; }

    std::shared_ptr<const EncodedPicture> picture;
};

// A request's, in the order of their tags.
class KeptPictures {
public:
    KeptPictures() {}
    void add(const KeptPicture& kept) { list.push_back(kept.picture); }

    EncodedPictureList list;
};

// Works on the pipeline's own embedder, which is found by its class.
class Encoder {
public:
    // Throws, with the reason, where the library isn't as expected or this type of model wasn't tried.
    explicit Encoder(genai::ContinuousBatchingPipeline& pipeline)
        : implementation(implementationOf(pipeline)), embedder(embedderOf(implementation)), family(familyOf(embedder)) {
        if (genai::FAMILIES[family].merges)
            merger = std::make_unique<Merger>(embedder, family);
    }

    // Any thread.
    void encode(const ov::Tensor& pixels, KeptPicture& out) {
        // Left behind if it is of another size: then it couldn't be destroyed either.
        auto* encoded = new genai::Images(library().encodeImages(&embedder, {pixels}));
        if (strideOf(*encoded) != sizeof(genai::EncodedImage))
            throw std::runtime_error("an EncodedImage doesn't have the expected size");
        const std::unique_ptr<genai::Images> images(encoded);
        auto picture = std::make_shared<EncodedPicture>(images->front());
        if (merger)
            merger->run(*picture);
        out.picture = std::move(picture);
    }

    // As the library's own add_request, which isn't to run meanwhile.
    genai::GenerationHandle add(uint64_t id, const std::string& prompt, const EncodedPictureList& pictures,
                                const genai::GenerationConfig& config) {
        genai::Images images;
        images.reserve(pictures.size());
        for (const auto& picture : pictures)
            images.push_back(picture->image);
        library().applyChatTemplate(&embedder, true);
        const Normalized normalized(embedder, prompt, images);
        Metrics metrics;
        std::optional<Merger::Scope> scope;
        if (merger)
            scope.emplace(*merger, pictures);
        ov::Tensor embeds;
        std::optional<ov::Tensor> types;
        if (library().hasTypes(&embedder))
            std::tie(embeds, types) =
                put<std::pair<ov::Tensor, ov::Tensor>>(library().embedWithTypes, normalized, images, metrics);
        else
            embeds = put<ov::Tensor>(library().embed, normalized, images, metrics);
        return library().addRequest(implementation, id, embeds, config, types, std::nullopt,
                                    library().extraInputs(&embedder));
    }

private:
    // In room of which the last bytes tell whether the library's object is larger than it is declared.
    class Normalized {
    public:
        Normalized(genai::InputsEmbedder& embedder, const std::string& prompt, const genai::Images& images) {
            std::memset(room, CANARY, sizeof room);
            new (room) genai::NormalizedPrompt(
                library().normalizePrompt(&embedder, prompt, 0, 0, images, Merger::noVideos()));
            for (const unsigned char byte : get().tail.bytes)
                if (byte != CANARY)
                    throw std::runtime_error("a NormalizedPrompt doesn't have the expected size");
        }
        Normalized(const Normalized&) = delete;
        ~Normalized() { reinterpret_cast<genai::NormalizedPrompt*>(room)->~NormalizedPrompt(); }
        const genai::NormalizedPrompt& get() const { return *reinterpret_cast<const genai::NormalizedPrompt*>(room); }

    private:
        alignas(8) unsigned char room[sizeof(genai::NormalizedPrompt)];
    };

    // Zeroes are empty lists to the library, which adds to them.
    struct Metrics {
        genai::Opaque<8192> storage{};
        genai::VLMPerfMetrics& get() { return reinterpret_cast<genai::VLMPerfMetrics&>(storage); }
        ~Metrics() { library().destroyMetrics(&storage); }
    };

    template <class Result, class Embed>
    Result put(Embed embed, const Normalized& prompt, const genai::Images& images, Metrics& metrics) {
        static const genai::History none;
        return embed(&embedder, prompt.get().unified_prompt, images, Merger::noVideos(), metrics.get(), true,
                     prompt.get().images_sequence, prompt.get().videos_sequence, none);
    }

    static const genai::EmbedderLibrary& library() { return genai::EmbedderLibrary::get(); }

    // The first function of a table, to which the objects of its class point.
    static void* functions(void* table) { return static_cast<char*>(table) + 2 * sizeof(void*); }

    static void* implementationOf(genai::ContinuousBatchingPipeline& pipeline) {
        const auto& pointer = reinterpret_cast<const std::shared_ptr<void>&>(pipeline);
        if (!madeShared(pointer) || *static_cast<void**>(pointer.get()) != functions(library().pipelineTable))
            throw std::runtime_error("the pipeline isn't the library's plain one");
        return pointer.get();
    }

    // The one word of the pipeline that points at an InputsEmbedder.
    static genai::InputsEmbedder& embedderOf(void* implementation) {
        Peek peek;
        genai::InputsEmbedder* found = nullptr;
        int count = 0;
        for (std::size_t at = sizeof(void*); at + sizeof(void*) <= objectSize(implementation); at += sizeof(void*)) {
            void* word = *reinterpret_cast<void**>(static_cast<char*>(implementation) + at);
            const bool aligned = reinterpret_cast<uintptr_t>(word) % alignof(void*) == 0;
            if (word != nullptr && aligned && peek.word(word) == functions(library().embedderTable)) {
                found = static_cast<genai::InputsEmbedder*>(word);
                count++;
            }
        }
        if (count != 1)
            throw std::runtime_error("the pipeline's embedder was found " + std::to_string(count) + " times");
        return *found;
    }

    static std::size_t familyOf(const genai::InputsEmbedder& embedder) {
        if (!madeShared(embedder.implementation))
            throw std::runtime_error("the embedder isn't laid out as expected");
        std::string names;
        for (std::size_t i = 0; i < genai::FAMILIES.size(); i++) {
            if (*static_cast<void**>(embedder.implementation.get()) == functions(library().familyTables[i]))
                return i;
            names += (i == 0 ? "" : ", ") + std::string(genai::FAMILIES[i].name);
        }
        throw std::runtime_error("the model's type is none of those that were tried: " + names);
    }

    static std::size_t strideOf(const genai::Images& images) {
        const auto& ends = reinterpret_cast<const char* const (&)[2]>(images);
        return static_cast<std::size_t>(ends[1] - ends[0]);
    }

    void* const implementation;
    genai::InputsEmbedder& embedder;
    const std::size_t family;
    std::unique_ptr<Merger> merger;
};

}  // namespace grevy
