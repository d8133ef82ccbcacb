// What is declared in this folder, by hand, is the part of libopenvino_genai 2026.4.1 that Grevy uses: the library is
// distributed without headers.  Each declaration is of one of three kinds:
//
//   SYMBOL  an exported function or a class that is only ever behind a pointer of the library's own: no layout.
//   OPAQUE  storage larger than the real object, which exported functions make, copy and destroy.
//   LAYOUT  the real layout, of the members named; checked before or at the first use (see checks.hpp), with a padded
//           tail where the library may have more members than are named.
//
// So none of these may be put into a container or a variant by this side, where its size would count, except behind
// the exact types of the standard library.  Compile with -fno-sized-deallocation.
#pragma once
#include <cstddef>
#include <cstdint>

#define GREVY_GENAI __attribute__((visibility("default")))

namespace ov::genai {

// Eight, not sixteen: a stronger alignment would move the value inside a node of an unordered_map.
template <std::size_t Size>
struct Opaque {
    alignas(8) unsigned char bytes[Size];
};

}  // namespace ov::genai
