// SPDX-License-Identifier: GPL-3.0-or-later
#include <dlfcn.h>
#include <fmt/format.h>

#include <filesystem>
#include <string>

#include "inference/encoder/script_network.h"

namespace geneglass {
namespace {

using Make = void (*)(const ModelPackage&, Result<std::unique_ptr<TileNetwork>>&);

/// ../lib/geneglass from the program, in the build tree and where it is installed.
std::filesystem::path libraryFile() {
  std::error_code error;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  const std::filesystem::path inside = "geneglass/script_network.so";
  for (const char* folder : {"lib", GENEGLASS_LIBRARY_FOLDER})
    if (const auto file = program.parent_path().parent_path() / folder / inside; exists(file, error))
      return file;
  return program.parent_path().parent_path() / "lib" / inside;
}

}  // namespace

Result<std::unique_ptr<TileNetwork>> loadScriptNetwork(const ModelPackage& package) {
  const std::filesystem::path file = libraryFile();
  void* library = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);  // stays: LibTorch cannot be unloaded
  void* make = library ? dlsym(library, "geneglassMakeScriptNetwork") : nullptr;
  if (!make) return fail(fmt::format("LibTorch cannot be loaded for it ({})", dlerror()));
  Result<std::unique_ptr<TileNetwork>> network = fail("it was not made");
  reinterpret_cast<Make>(make)(package, network);
  return network;
}

}  // namespace geneglass
