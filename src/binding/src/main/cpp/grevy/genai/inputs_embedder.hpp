// The library's own embedding of prompts and pictures, which it has no public interface for.  Nothing here is linked:
// every function is asked for by its name when a pipeline wants it, so that a library without one of them still serves.
#pragma once
#include <dlfcn.h>

#include <array>
#include <memory>
#include <new>
#include <openvino/runtime/tensor.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "grevy/genai/generation.hpp"
#include "grevy/genai/opaque.hpp"

namespace ov::genai {

struct EncodedVideo;    // never made
struct VLMPerfMetrics;  // storage for the library to write to

struct NormalizedPrompt {  // LAYOUT; made by the library, destroyed here
    std::string unified_prompt;
    std::vector<std::size_t> images_sequence;
    std::vector<std::size_t> videos_sequence;
    Opaque<64> tail;
    NormalizedPrompt(const NormalizedPrompt&) = delete;
};

struct EncodedImage {  // LAYOUT of its size, which vectors count, and of the first member; copied by the library
    EncodedImage(const EncodedImage& other);
    EncodedImage& operator=(const EncodedImage&) = delete;
    ~EncodedImage();
    ov::Tensor& source() { return *reinterpret_cast<ov::Tensor*>(storage.bytes); }
    const ov::Tensor& source() const { return *reinterpret_cast<const ov::Tensor*>(storage.bytes); }

private:
    Opaque<192> storage;
};

class InputsEmbedder {  // LAYOUT; never made
public:
    InputsEmbedder() = delete;
    void** table;
    std::shared_ptr<void> implementation;
};

using Sequence = std::vector<std::size_t>;
using ExtraInputs = std::unordered_map<std::string, ov::Tensor>;
using Images = std::vector<EncodedImage>;
using Videos = std::vector<EncodedVideo>;
using History = std::vector<std::pair<std::size_t, std::size_t>>;

// A model type whose pictures were compared with the library's.
struct Family {
    const char* name;
    const char* embedder;  // its class, as a part of a symbol
    bool merges;           // whether its vision transformer runs when prompts are put together, not in encode_images
    bool deepens;          // whether that also leaves an extra input behind
};

constexpr std::array<Family, 7> FAMILIES{{
    {"llava", "19InputsEmbedderLLaVA", false, false},
    {"llava_next", "23InputsEmbedderLLaVANext", false, false},
    {"internvl_chat", "26InputsEmbedderInternVLChat", false, false},
    {"gemma3", "20InputsEmbedderGemma3", false, false},
    {"qwen2_vl", "21InputsEmbedderQwen2VL", true, false},
    {"qwen2_5_vl", "24InputsEmbedderQwen2_5_VL", true, false},
    {"qwen3_vl", "21InputsEmbedderQwen3VL", true, true},
}};

// Members of a class take it as their first argument, on each platform that the library is built for.
struct EmbedderLibrary {
    using Merge = std::pair<ov::Tensor, ov::Tensor> (*)(void*, const Images&, const Sequence&, const Videos&,
                                                        const Sequence&);

    void* pipelineTable;
    void* embedderTable;
    std::array<void*, FAMILIES.size()> familyTables;
    std::array<Merge, FAMILIES.size()> merges;
    void (*copyImage)(void*, const EncodedImage&);
    void (*destroyImage)(EncodedImage*);
    void (*destroyMetrics)(void*);
    Images (*encodeImages)(InputsEmbedder*, const std::vector<ov::Tensor>&);
    NormalizedPrompt (*normalizePrompt)(const InputsEmbedder*, const std::string&, std::size_t, std::size_t,
                                        const Images&, const Videos&);
    ov::Tensor (*embed)(InputsEmbedder*, const std::string&, const Images&, const Videos&, VLMPerfMetrics&, bool,
                        const Sequence&, const Sequence&, const History&);
    std::pair<ov::Tensor, ov::Tensor> (*embedWithTypes)(InputsEmbedder*, const std::string&, const Images&,
                                                        const Videos&, VLMPerfMetrics&, bool, const Sequence&,
                                                        const Sequence&, const History&);
    bool (*hasTypes)(const InputsEmbedder*);
    const ExtraInputs& (*extraInputs)(const InputsEmbedder*);
    void (*applyChatTemplate)(InputsEmbedder*, bool);
    GenerationHandle (*addRequest)(void*, uint64_t, const ov::Tensor&, const GenerationConfig&,
                                   std::optional<ov::Tensor>, std::optional<ov::Tensor>, std::optional<ExtraInputs>);

    // Throws where the library has no such function.
    static const EmbedderLibrary& get() {
        static const EmbedderLibrary library;
        return library;
    }

private:
    EmbedderLibrary() : handle(dlopen("libopenvino_genai.so.2641", RTLD_NOW | RTLD_NOLOAD)) {
        if (handle == nullptr)
            throw std::runtime_error("libopenvino_genai.so.2641 isn't loaded");
        find(pipelineTable, "_ZTVN2ov5genai26ContinuousBatchingPipeline22ContinuousBatchingImplE");
        find(embedderTable, "_ZTVN2ov5genai14InputsEmbedderE");
        for (std::size_t i = 0; i < FAMILIES.size(); i++) {
            find(familyTables[i], std::string("_ZTVN2ov5genai") + FAMILIES[i].embedder + "E");
            merges[i] = nullptr;
            if (FAMILIES[i].merges)
                find(merges[i], std::string("_ZN2ov5genai") + FAMILIES[i].embedder +
                                    "33run_video_image_embeddings_mergerERKSt6vectorINS0_12EncodedImageESaIS3_EERKS2_"
                                    "ImSaImEERKS2_INS0_12EncodedVideoESaISC_EESB_");
        }
        find(copyImage, "_ZN2ov5genai12EncodedImageC1ERKS1_");
        find(destroyImage, "_ZN2ov5genai12EncodedImageD1Ev");
        find(destroyMetrics, "_ZN2ov5genai14VLMPerfMetricsD1Ev");
        find(encodeImages, "_ZN2ov5genai14InputsEmbedder13encode_imagesERKSt6vectorINS_6TensorESaIS3_EE");
        find(normalizePrompt,
             "_ZNK2ov5genai14InputsEmbedder16normalize_promptERKNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEEmm"
             "RKSt6vectorINS0_12EncodedImageESaISB_EERKSA_INS0_12EncodedVideoESaISG_EE");
        const std::string embedded =
            "ERKNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEERKSt6vectorINS0_12EncodedImageESaISB_EE"
            "RKSA_INS0_12EncodedVideoESaISG_EERNS0_14VLMPerfMetricsEbRKSA_ImSaImEESQ_RKSA_ISt4pairImmESaISS_EE";
        find(embed, "_ZN2ov5genai14InputsEmbedder17get_inputs_embeds" + embedded);
        find(embedWithTypes, "_ZN2ov5genai14InputsEmbedder37get_inputs_embeds_with_token_type_ids" + embedded);
        find(hasTypes, "_ZNK2ov5genai14InputsEmbedder18has_token_type_idsEv");
        find(extraInputs, "_ZNK2ov5genai14InputsEmbedder19get_lm_extra_inputsB5cxx11Ev");
        find(applyChatTemplate, "_ZN2ov5genai14InputsEmbedder30set_apply_chat_template_statusEb");
        find(addRequest,
             "_ZN2ov5genai26ContinuousBatchingPipeline22ContinuousBatchingImpl11add_requestEmRKNS_6TensorE"
             "RKNS0_16GenerationConfigESt8optionalIS3_ESA_S9_ISt13unordered_mapINSt7__cxx1112basic_stringIcSt11"
             "char_traitsIcESaIcEEES3_St4hashISH_ESt8equal_toISH_ESaISt4pairIKSH_S3_EEEE");
    }

    template <class Function>
    void find(Function& function, const std::string& symbol) {
        function = reinterpret_cast<Function>(dlsym(handle, symbol.c_str()));
        if (function == nullptr)
            throw std::runtime_error("the library doesn't export " + symbol);
    }

    void* handle;  // kept open
};

inline EncodedImage::EncodedImage(const EncodedImage& other) { EmbedderLibrary::get().copyImage(this, other); }
inline EncodedImage::~EncodedImage() { EmbedderLibrary::get().destroyImage(this); }

}  // namespace ov::genai
