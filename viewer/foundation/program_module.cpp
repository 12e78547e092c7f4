// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/program_module.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <filesystem>
#include <string>

namespace geneglass {

std::filesystem::path libraryPlace(const std::string& name) {
  std::error_code error;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  const std::filesystem::path root = program.parent_path().parent_path();
  const std::filesystem::path inside = "geneglass/" + name;
  for (const char* folder : {"lib", GENEGLASS_LIBRARY_FOLDER})
    if (const auto file = root / folder / inside; exists(file, error)) return file;
  return root / "lib" / inside;
}

Result<void*> functionOfModule(const char* name, const char* function) {
  void* library = dlopen(libraryPlace(std::string(name) + ".so").c_str(), RTLD_NOW | RTLD_LOCAL);
  void* found = library ? dlsym(library, function) : nullptr;
  if (found) return found;
  const char* problem = dlerror();
  return fail(problem ? problem : "it has no such function");
}

}  // namespace geneglass
