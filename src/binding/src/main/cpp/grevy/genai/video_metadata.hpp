#pragma once
#include <cstddef>
#include <vector>

#include "grevy/genai/opaque.hpp"

namespace ov::genai {

struct GREVY_GENAI VideoMetadata {  // LAYOUT; travels in an ov::Any
    float fps = 0;                             // of the frames given; 0 for unknown
    std::vector<std::size_t> frames_indices;  // those to show; with none, some model types choose for themselves
};

}  // namespace ov::genai
