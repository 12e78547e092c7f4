// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/script/script_archive.h"

#include <fmt/format.h>

#include <set>
#include <utility>

#include "inference/script/script_pickle.h"
#include "inference/script/script_source.h"

namespace geneglass {
namespace {

constexpr size_t kMostMembers = 100'000;

bool isCode(std::string_view name) {
  return name.starts_with("code/") && name.ends_with(".py");
}

bool isPickle(std::string_view name) {
  return name == "data.pkl" || name == "constants.pkl" ||
         (name.starts_with("code/") && name.ends_with(".debug_pkl"));
}

/// Tensors, and facts that are not followed.
bool isPlain(std::string_view name) {
  for (const std::string_view folder : {"data/", "constants/", "extra/", ".data/"})
    if (name.starts_with(folder)) return true;
  return name == "version" || name == "byteorder" || name == ".format_version" ||
         name == ".storage_alignment";
}

tl::unexpected<Error> notRun(const std::string& member, const std::string& why) {
  return fail(fmt::format("its program is not run: '{}' {}, which no encoder needs", member, why));
}

Result<void> checkNames(const ScriptArchive& archive) {
  if (archive.names.size() > kMostMembers)
    return fail(fmt::format("it has more than {} members", kMostMembers));
  std::set<std::string_view> seen;
  for (const std::string& name : archive.names) {
    if (!seen.insert(name).second) return notRun(name, "is there twice");
    if (isPlain(name)) continue;
    if (!isCode(name) && !isPickle(name)) return notRun(name, "is a member of another kind");
  }
  return {};
}

}  // namespace

bool isReadMember(std::string_view name) {
  return !isPlain(name);
}

Result<void> checkScriptArchive(const ScriptArchive& archive) {
  if (const Result<void> fine = checkNames(archive); !fine) return fine;
  ScriptNames declared;
  std::vector<std::pair<std::string, std::string>> codes;
  for (const std::string& name : archive.names) {
    if (isPlain(name)) continue;
    std::string text = archive.read(name);
    if (text.size() > kLongestReadMember) return notRun(name, "has more than 64 MiB");
    const Result<void> fine = isPickle(name) ? checkScriptPickle(text) : Result<void>();
    if (!fine) return notRun(name, fine.error().sentence);
    if (isCode(name)) addDeclaredNames(codes.emplace_back(name, std::move(text)).second, declared);
  }
  for (const auto& [name, code] : codes)
    if (const Result<void> fine = checkScriptSource(code, declared); !fine)
      return notRun(name, fine.error().sentence);
  return {};
}

}  // namespace geneglass
