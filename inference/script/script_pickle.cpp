// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/script/script_pickle.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string>

namespace geneglass {
namespace {

struct Instruction {
  uint8_t code;
  uint8_t width;        ///< bytes of a constant, or of the length of a text
  bool isText = false;  ///< that many bytes follow
};

/// What LibTorch 1.13 writes; of the protocol's others none.
constexpr Instruction kInstructions[] = {
    {'(', 0},  {')', 0},  {'.', 0},       {'G', 8},  {'J', 4},  {'K', 1},  {'M', 2},       {'N', 0},
    {'Q', 0},  {'R', 0},  {'X', 4, true}, {']', 0},  {'a', 0},  {'b', 0},  {'e', 0},       {'h', 1},
    {'j', 4},  {'q', 1},  {'r', 4},       {'s', 0},  {'t', 0},  {'u', 0},  {'}', 0},       {0x80, 1},
    {0x81, 0}, {0x85, 0}, {0x86, 0},      {0x87, 0}, {0x88, 0}, {0x89, 0}, {0x8a, 1, true}};

constexpr std::string_view kGlobals[] = {"collections.OrderedDict",
                                         "torch._utils._rebuild_tensor_v2",
                                         "torch._utils._rebuild_parameter",
                                         "torch.jit._pickle.build_boollist",
                                         "torch.jit._pickle.build_doublelist",
                                         "torch.jit._pickle.build_intlist",
                                         "torch.jit._pickle.build_tensorlist",
                                         "torch.jit._pickle.restore_type_tag"};

bool isKnown(const std::string& module, const std::string& name) {
  const std::string whole = module + "." + name;
  if (std::ranges::find(kGlobals, whole) != std::end(kGlobals)) return true;
  if (module == "torch") return name.ends_with("Storage") || name == "device";
  return module.starts_with("__torch__") && !whole.starts_with("__torch__.torch.classes.");
}

}  // namespace

Result<void> checkScriptPickle(std::string_view pickle) {
  size_t at = 0;
  const auto take = [&](uint64_t count) {
    const bool whole = count <= pickle.size() - at;
    const std::string_view taken = whole ? pickle.substr(at, count) : std::string_view();
    at = whole ? at + count : pickle.size() + 1;
    return taken;
  };
  const auto line = [&] {
    const size_t end = pickle.find('\n', at);
    const std::string_view whole = take(end == pickle.npos ? pickle.size() + 1 : end + 1 - at);
    return std::string(whole.substr(0, whole.size() - (whole.empty() ? 0 : 1)));
  };
  while (at < pickle.size()) {
    const auto code = static_cast<uint8_t>(pickle[at++]);
    if (code == '.') return {};
    if (code == 'c') {
      const std::string module = line(), name = at <= pickle.size() ? line() : "";
      if (at <= pickle.size() && !isKnown(module, name))
        return fail(fmt::format("names '{}.{}'", module, name));
    } else {
      const auto known = std::ranges::find(kInstructions, code, &Instruction::code);
      if (known == std::end(kInstructions))
        return fail(fmt::format("holds an instruction (0x{:02x}) that LibTorch does not write", code));
      uint64_t value = 0;
      const std::string_view bytes = take(known->width);
      for (size_t i = bytes.size(); i-- > 0;) value = value << 8 | static_cast<uint8_t>(bytes[i]);
      if (known->isText && at <= pickle.size()) take(value);
    }
    if (at > pickle.size()) break;
  }
  return fail("is not whole");
}

}  // namespace geneglass
