// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstring>

#include "inference/script/script_archive.h"
#include "inference/script/script_source.h"
#include "inference/script/source_words.h"
#include "inference/script/zip_directory.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/parts.h"
#include "tests/support/written_npz.h"

// A TorchScript archive as it is read before it is run: its code, its members together, its directory.
namespace geneglass::fuzzing {
namespace {

const std::string kCode =
    "class Net(Module):\n  __parameters__ = [\"weight\", ]\n  weight : Tensor\n"
    "  kernel : Final[Tuple[int, int]] = (3, 3)\n  def forward(self: __torch__.Net,\n    x: Tensor) -> "
    "Tensor:\n"
    "    _1 = (getattr(self.inner, \"0\")).forward(x, )\n    y = torch.conv2d(_1, self.weight, None, [1, "
    "1])\n"
    "    for i in range(torch.len([B, C])):\n      z = torch.add(z, annotate(List[int], [1])[0], alpha=1)\n"
    "    return ops.prim.NumToTensor(torch.relu_(y))\n";

std::vector<std::string> scriptSeeds() {
  return {
      chosen(0, kCode), chosen(1, joinedParts({kCode, "\x80\x02).", "code/__torch__/a.py"})),
      chosen(2, written("seed", [](const auto& at) {
               testing::writeZip(at, {{"a/data.pkl", "\x80\x02)."}, {"a/code/__torch__.py", kCode}}, true);
             }))};
}

void readCode(std::string_view code) {
  const auto words = wordsOf(code);
  if (words)
    for (const SourceWord& word : *words)
      if (word.text.data() < code.data() || word.text.data() + word.text.size() > code.data() + code.size())
        broken("words lie in the source");
  ScriptNames names;
  addDeclaredNames(code, names);
  const auto fine = checkScriptSource(code, names);
  if (fine && !words) broken("code that has no words is not run");
  if (!fine || !words) return;
  std::string said = " ";
  for (const SourceWord& word : *words)
    said += word.kind == SourceWord::Kind::Text ? "\" " : std::string(word.text) + " ";
  for (const char* never : {" torch . save ", " torch . from_file ", " __setstate__ ", " ops . aten . save "})
    if (said.find(never) != std::string::npos) broken("code that writes or reads files is not run", never);
}

void readMembers(std::string_view bytes) {
  const auto parts = partsOf(bytes, 3);
  ScriptArchive archive;
  archive.names = {"version", "data.pkl", "code/__torch__.py", std::string(parts[2])};
  archive.read = [&](const std::string& name) { return std::string(parts[name == "data.pkl" ? 1 : 0]); };
  if (const auto fine = checkScriptArchive(archive); !fine && fine.error().sentence.empty())
    broken("a refusal says why");
}

void readZip(std::string_view bytes) {
  const ReadAt read = [&](uint64_t place, void* to, size_t count) {
    if (place > bytes.size() || bytes.size() - place < count) return false;
    std::memcpy(to, bytes.data() + place, count);
    return true;
  };
  (void)zipDirectory(read, bytes.size());
}

void readScript(std::string_view bytes) {
  constexpr void (*kReaders[])(std::string_view) = {readCode, readMembers, readZip};
  kReaders[choiceOf(bytes, std::size(kReaders))](bytes);
}

const AddedTarget kTarget({.name = "scripts",
                           .seeds = scriptSeeds,
                           .read = readScript,
                           .mostBytes = 2048,
                           .words = {
                               "torch.save(x, \"f\")", "ops.aten.save(", "__setstate__", "getattr(", "fork(",
                               "while True:", "import os", "class Own(Enum):", "range(9223372036854775807)",
                               "^Evil()", "CONSTANTS.c0", "unchecked_cast(", "PK\x05\x06", "PK\x06\x07",
                               "PK\x06\x06", "PK\x01\x02", "\"\"\"", "code/a.debug_pkl", "constants.pkl"}});

}  // namespace
}  // namespace geneglass::fuzzing
